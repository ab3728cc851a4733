//! What broke first: a card for each step from the first cause to the last effect. A press leads back into the run, to
//! just before it.

use super::Sources;
use crate::causes::{name_of, outcome_key};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::text::numerals::number;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::figures::{clock, duration, is_at_once, objective, percent, standing};
use crate::ui::settings::edit_words;
use crate::ui::widgets::{button, column, panel as instrument, row};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::{OnsetKind, OnsetStep};
use pipe_maze_level::{Board, Kind, Objective};
use pipe_maze_sim::{Cause, Outcome, PieceId, Time as SimTime};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, jump.in_set(FrameSystems::Tick).run_if(in_state(Screen::Debrief)));
}

/// How long before a step one comes back into the run, as a share of the time of flow.
const BEFORE: f64 = 0.015;

pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, onset, roomy, won, .. } = sources;
    if onset.steps.is_empty() {
        return;
    }
    let node = Node { padding: UiRect::axes(Val::Px(14.0), Val::Px(8.0)), ..column(6.0) };
    let node = if *roomy { Node { flex_grow: 1.0, flex_basis: Val::Px(0.0), ..node } } else { node };
    parent.spawn(instrument(node)).with_children(|panel| {
        panel.spawn(Node { justify_content: JustifyContent::SpaceBetween, ..row(10.0) }).with_children(|head| {
            head.spawn((
                kit.title(kit.texts.get(title(sources.session.level().is_to_break(), *won)), 16.0, palette::bone()),
                TextLayout::no_wrap(),
            ));
            if *roomy {
                head.spawn((
                    kit.body(kit.texts.get("onset-about"), 11.5, palette::periwinkle()),
                    TextLayout::no_wrap(),
                ));
            }
        });
        let cards =
            if *roomy { Node { align_items: AlignItems::Stretch, flex_grow: 1.0, ..row(5.0) } } else { column(5.0) };
        panel.spawn(cards).with_children(|cards| {
            for (nth, step) in onset.steps.iter().enumerate() {
                if *roomy && nth > 0 {
                    let arrow = Node { align_self: AlignSelf::Center, flex_shrink: 0.0, ..default() };
                    cards.spawn(arrow).with_child(kit.icon("icon-play", 11.0, palette::bone()));
                }
                card(cards, sources, (nth, step));
            }
        });
    });
}

/// What the chain is called.
const fn title(to_break: bool, won: bool) -> &'static str {
    match (to_break, won) {
        (false, true) => "onset-won",
        (true, false) => "onset-held",
        _ => "onset",
    }
}

fn card(cards: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, (nth, step): (usize, &OnsetStep)) {
    let Sources { kit, session, roomy, .. } = sources;
    let (title, detail) = words(kit.texts, session, step);
    let node = Node {
        flex_grow: 1.0,
        flex_basis: if *roomy { Val::Px(0.0) } else { Val::Auto },
        min_width: Val::Px(0.0),
        min_height: Val::Px(44.0),
        padding: UiRect::axes(Val::Px(9.0), Val::Px(6.0)),
        border_radius: BorderRadius::all(Val::Px(12.0)),
        ..row(9.0)
    };
    cards.spawn((button(ButtonId::Onset(nth), Look::QUIET), node)).with_children(|card| {
        let name = icon(session.board(), session, step);
        let height = (30.0 / kit.atlas.aspect(name)).min(30.0);
        let frame =
            Node { width: Val::Px(30.0), justify_content: JustifyContent::Center, flex_shrink: 0.0, ..default() };
        card.spawn(frame).with_child(kit.icon(name, height, tint(step.kind)));
        let node =
            Node { flex_grow: 1.0, flex_shrink: 1.0, flex_basis: Val::Px(0.0), min_width: Val::Px(0.0), ..column(1.0) };
        card.spawn(node).with_children(|lines| {
            let at = kit.texts.with("chart-s", &[("s", clock(step.at.as_ns()).into())]);
            lines.spawn((kit.strong(at, 11.5, shade(step.kind)), TextLayout::no_wrap()));
            lines.spawn(kit.strong(title, 11.5, palette::bone()));
            if !detail.is_empty() {
                lines.spawn(kit.body(detail, 10.5, palette::periwinkle()));
            }
        });
    });
}

/// What a step says: a title, and a line below it.
pub fn words(texts: &Texts, session: &Session, step: &OnsetStep) -> (String, String) {
    let room = step.piece.map(|id| name_of(texts, session, id)).unwrap_or_default();
    let per_s = |figure: f64| number(figure, 0).into();
    let said = |title: &str, detail: &str, variables: &[(&'static str, fluent_bundle::FluentValue<'static>)]| {
        let detail = if detail.is_empty() { String::new() } else { texts.with(detail, variables) };
        (texts.with(title, variables), detail)
    };
    match step.kind {
        OnsetKind::Began { per_s: rate } => said("onset-began", "onset-began-detail", &[("rate", per_s(rate))]),
        OnsetKind::Rose { from_per_s, to_per_s } => {
            let variables = [("room", room.into()), ("from", per_s(from_per_s)), ("to", per_s(to_per_s))];
            said("onset-rose", "onset-rose-detail", &variables)
        }
        OnsetKind::Struck { enemy } => said(
            "onset-struck",
            "onset-struck-detail",
            &[("enemy", name_of(texts, session, enemy).into()), ("room", room.into())],
        ),
        OnsetKind::Command { nth } => {
            let edit =
                session.timeline().and_then(|timeline| timeline.commands().get(nth)).map(|command| &command.edit);
            let what = edit.map(|edit| edit_words(texts, session, edit)).unwrap_or_default();
            said("onset-command", "onset-command-detail", &[("what", what.into())])
        }
        OnsetKind::Strained { workers, utilisation, waited_ns, full } => {
            let key = if full { "onset-full" } else { "onset-strained" };
            let detail = if is_at_once(waited_ns) { "onset-busy-detail" } else { "onset-strained-detail" };
            let variables = [
                ("room", room.into()),
                ("workers", workers.into()),
                ("busy", percent(utilisation).into()),
                ("waited", duration(texts, waited_ns).into()),
            ];
            said(key, detail, &variables)
        }
        OnsetKind::Retries { per_s: rate, tries } => {
            said("onset-retries", "onset-retries-detail", &[("rate", per_s(rate)), ("tries", number(tries, 1).into())])
        }
        OnsetKind::Slow { p50_ns } => {
            said("onset-slow", "onset-slow-detail", &[("half", duration(texts, p50_ns).into())])
        }
        OnsetKind::Opened => said("onset-opened", "", &[("room", room.into())]),
        OnsetKind::Lost { outcome, worst, count, .. } => {
            let how = texts.get(outcome_key(outcome));
            let variables = [
                ("room", room.into()),
                ("how", how.into()),
                ("total", duration(texts, worst.total_ns()).into()),
                ("count", count.into()),
            ];
            let title = if outcome == Outcome::Answered { "onset-late" } else { "onset-lost" };
            let detail = if is_at_once(worst.total_ns()) { "onset-lost-at-once" } else { "onset-lost-detail" };
            said(title, detail, &variables)
        }
        OnsetKind::Spent if session.level().is_to_break() => said("onset-broken", "onset-broken-detail", &[]),
        OnsetKind::Spent => said("onset-spent", "", &[]),
        OnsetKind::Missed { nth } => {
            let report = session.play().map(pipe_maze_level::Play::report);
            let Some(missed) = report.as_ref().and_then(|report| report.standings.get(nth)) else {
                return said("onset-missed", "", &[]);
            };
            let (asked, was) = (objective(texts, &missed.objective), standing(texts, missed));
            let title = match missed.objective {
                Objective::Break { .. } => "onset-stands",
                _ => "onset-missed",
            };
            said(title, "onset-missed-detail", &[("objective", asked.into()), ("was", was.into())])
        }
    }
}

/// The small picture of a step.
fn icon(board: &Board, session: &Session, step: &OnsetStep) -> &'static str {
    let failed = matches!(step.kind, OnsetKind::Lost { .. });
    match step.kind {
        OnsetKind::Began { .. } | OnsetKind::Rose { .. } => "spring-mini-flowing",
        OnsetKind::Struck { enemy } => enemy_icon(session, enemy),
        OnsetKind::Command { .. } => "navigator-mini",
        OnsetKind::Retries { .. } => "mushroom-mini-strain",
        OnsetKind::Opened => "breaker-mini-open",
        OnsetKind::Slow { .. } => "icon-clock",
        OnsetKind::Spent => "icon-heart",
        OnsetKind::Missed { .. } => "badge-failed",
        OnsetKind::Lost { cause: Cause::Pipe(_) | Cause::Lost(_) | Cause::Hazard(_) | Cause::NoRoute(_), .. } => {
            "pipe-mini"
        }
        OnsetKind::Strained { .. } | OnsetKind::Lost { .. } => {
            let piece = board.pieces().iter().find(|piece| Some(PieceId::from_name(&piece.name)) == step.piece);
            match (piece.map(|piece| piece.spec.kind()), failed) {
                (Some(Kind::Vault), false) => "vault-mini-strain",
                (Some(Kind::Vault), true) => "vault-mini-failed",
                (Some(Kind::Spring), _) => "spring-mini-flowing",
                (Some(Kind::WarpPipe), _) => "balancer-mini-failed",
                (Some(Kind::ApiGatewayStar), _) => "gateway-mini-strain",
                (Some(Kind::EventStormLightning), _) => "broker-mini-failed",
                (None, _) => "pipe-mini",
                (_, false) => "room-mini-strain",
                (_, true) => "room-mini-failed",
            }
        }
    }
}

fn enemy_icon(session: &Session, id: PieceId) -> &'static str {
    let enemies = session.board().enemies();
    let key = enemies.iter().find(|enemy| enemy.id() == id).map_or("", |enemy| enemy.kind.kind().key());
    match key {
        key if key.contains("piranha") => "flytrap-mini-active",
        key if key.contains("coordination") => "quorum-mini-active",
        _ => "press-mini-closed",
    }
}

/// Icons that are white are tinted.
fn tint(kind: OnsetKind) -> Color {
    match kind {
        OnsetKind::Spent => palette::failed(),
        OnsetKind::Slow { .. } => palette::strain(),
        _ => Color::WHITE,
    }
}

fn shade(kind: OnsetKind) -> Color {
    match kind {
        OnsetKind::Began { .. } | OnsetKind::Rose { .. } | OnsetKind::Command { .. } => palette::gold(),
        OnsetKind::Struck { .. } | OnsetKind::Strained { .. } | OnsetKind::Slow { .. } => palette::strain(),
        OnsetKind::Retries { .. } | OnsetKind::Opened => palette::strain(),
        OnsetKind::Lost { .. } | OnsetKind::Spent | OnsetKind::Missed { .. } => palette::failed_on_ink(),
    }
}

/// Back into the run, to just before a step.
fn jump(mut clicked: MessageReader<Clicked>, session: Option<ResMut<Session>>, mut commands: Commands) {
    let asked = clicked.read().find_map(|clicked| match clicked.0 {
        ButtonId::Onset(nth) => Some(nth),
        _ => None,
    });
    let (Some(nth), Some(mut session)) = (asked, session) else { return };
    let Some(timeline) = session.timeline() else { return };
    let Some(step) = timeline.onset().steps.get(nth).copied() else { return };
    let before_ns = (timeline.play().flow_ends_at().as_ns() as f64 * BEFORE) as u64;
    session.seek(SimTime::from_ns(step.at.as_ns().saturating_sub(before_ns)));
    commands.set_state(Screen::Board);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;
    use crate::board::tests::flowing;
    use pipe_maze_sim::Parts;

    #[test]
    fn every_step_has_words_in_both_languages_and_a_picture() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let atlas = Atlas::blank();
        let enemy = session.board().enemies()[0].id();
        let room = Some(PieceId::from_name(&session.board().pieces()[1].name));
        let kinds = [
            OnsetKind::Began { per_s: 40.0 },
            OnsetKind::Rose { from_per_s: 40.0, to_per_s: 80.0 },
            OnsetKind::Struck { enemy },
            OnsetKind::Command { nth: 0 },
            OnsetKind::Strained { workers: 4, utilisation: 0.97, waited_ns: 280_000_000, full: true },
            OnsetKind::Strained { workers: 4, utilisation: 0.97, waited_ns: 280_000_000, full: false },
            OnsetKind::Retries { per_s: 70.0, tries: 2.6 },
            OnsetKind::Slow { p50_ns: 500_000_000 },
            OnsetKind::Opened,
            OnsetKind::Lost {
                cause: Cause::Queue(PieceId(1)),
                outcome: Outcome::TimedOut,
                worst: Parts::default(),
                count: 3,
            },
            OnsetKind::Spent,
            OnsetKind::Missed { nth: 0 },
        ];
        let steps = kinds.into_iter().map(|kind| OnsetStep { at: SimTime::from_ms(900), piece: room, kind });
        let own = session.timeline().unwrap().onset().steps;
        assert!(own.len() > 1, "{own:?}");
        for step in steps.chain(own) {
            for code in ["en", "de"] {
                let (title, detail) = words(&Texts::of(code.parse().unwrap()), &session, &step);
                assert!(
                    title.len() > 4 && !title.contains("onset-") && !detail.contains("onset-"),
                    "{title}: {detail}"
                );
            }
            let name = icon(session.board(), &session, &step);
            assert!(atlas.frame(name).is_some(), "{name}");
        }
    }
}
