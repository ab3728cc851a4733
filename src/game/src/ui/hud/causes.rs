//! What hurts most: everything that was lost so far, laid at what it is due to, with its share of the error budget. The
//! rows add up to exactly what was lost; a press flies there, or rides the worst of them from its start.

use super::{HudSystems, Sources};
use crate::atlas::Atlas;
use crate::camera::Look as View;
use crate::causes::name_of;
use crate::fonts::Fonts;
use crate::palette;
use crate::ride::{Ask, RideSystems, place};
use crate::session::Session;
use crate::text::Texts;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Clicked, Look};
use crate::ui::figures::percent;
use crate::ui::widgets::{Kit, button, column, panel as instrument, row};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::LossReport;

pub(super) fn plugin(app: &mut App) {
    let shown = show.in_set(FrameSystems::Show).after(HudSystems);
    app.add_systems(Update, shown.run_if(in_state(Screen::Board)));
    app.add_systems(Update, heed.in_set(FrameSystems::Tick).before(RideSystems));
}

/// Seconds between two looks at the losses.
const READ_S: f32 = 0.4;
/// Most rows where there is room, and where there is little.
const ROWS: (usize, usize) = (3, 1);
/// How near the camera comes.
const ZOOM: f32 = 2.0;

/// Where the panel hangs.
#[derive(Component)]
pub(super) struct Slot;

/// Room for the panel, while water flows and nothing is inspected.
pub(super) fn slot(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    if sources.session.play().is_some() && sources.hand.selection.only().is_none() {
        parent.spawn((Slot, Node { flex_direction: FlexDirection::Column, ..default() }));
    }
}

/// A row: what it is due to, how many, the share of the budget, and which cause is the first of it.
#[derive(Clone, PartialEq, Debug)]
struct Row {
    name: String,
    count: u64,
    of_budget: f64,
    cause: Option<usize>,
}

/// The rows, at most so many and one for all others; their counts add up to what was lost.
fn rows(losses: &LossReport, most: usize, texts: &Texts, session: &Session) -> Vec<Row> {
    let mut rows: Vec<Row> = losses
        .pieces
        .iter()
        .take(most)
        .map(|loss| Row {
            name: name_of(texts, session, loss.piece),
            count: loss.count(),
            of_budget: loss.of_budget,
            cause: losses.causes.iter().position(|cause| cause.cause.piece() == loss.piece),
        })
        .collect();
    let others = losses.pieces.get(most..).unwrap_or_default();
    if !others.is_empty() {
        let count = others.iter().map(|loss| loss.count()).sum();
        let of_budget = others.iter().map(|loss| loss.of_budget).sum();
        rows.push(Row { name: texts.get("causes-others"), count, of_budget, cause: None });
    }
    rows
}

type Seen = (Entity, Vec<Row>);

fn show(
    mut commands: Commands,
    (session, layout, time): (Res<Session>, Res<Layout>, Res<Time>),
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    slots: Query<Entity, With<Slot>>,
    mut last: Local<Option<Seen>>,
    mut age_s: Local<f32>,
) {
    let (Ok(slot), Some(play)) = (slots.single(), session.play()) else {
        *last = None;
        return;
    };
    *age_s += time.delta_secs();
    let is_new = last.as_ref().is_none_or(|(before, _)| *before != slot);
    if !is_new && *age_s < READ_S {
        return;
    }
    *age_s = 0.0;
    let losses = LossReport::of(play);
    let roomy = layout.wide && !layout.is_low();
    let rows = rows(&losses, if roomy { ROWS.0 } else { ROWS.1 }, &texts, &session);
    if last.as_ref().is_some_and(|(before, same)| *before == slot && *same == rows) {
        return;
    }
    let kit = Kit { atlas: &atlas, fonts: &fonts, texts: &texts };
    commands.entity(slot).despawn_children().with_children(|slot| panel(slot, kit, &layout, (&rows, losses.lost)));
    *last = Some((slot, rows));
}

fn panel(slot: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, layout: &Layout, (rows, lost): (&[Row], u64)) {
    let Some(worst) = rows.first() else { return };
    if !layout.wide {
        folded(slot, kit, worst, lost);
        return;
    }
    let node = Node { width: Val::Px(286.0), padding: UiRect::axes(Val::Px(9.0), Val::Px(7.0)), ..column(3.0) };
    slot.spawn(instrument(node)).with_children(|list| {
        let head = Node { padding: UiRect::horizontal(Val::Px(5.0)), ..spread() };
        list.spawn(head).with_children(|head| heading(head, kit, 14.0, lost));
        rows.iter().for_each(|row| line(list, kit, layout, row));
    });
}

fn spread() -> Node {
    Node { justify_content: JustifyContent::SpaceBetween, ..row(8.0) }
}

fn heading(head: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, letters: f32, lost: u64) {
    head.spawn((kit.title(kit.texts.get("causes"), letters, palette::bone()), TextLayout::no_wrap()));
    let all = kit.texts.with("causes-lost", &[("count", lost.into())]);
    head.spawn((kit.strong(all, 11.5, palette::failed_on_ink()), TextLayout::no_wrap()));
}

/// On a phone held upright: what hurts most alone, in the height of a finger.
fn folded(slot: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, worst: &Row, lost: u64) {
    let node = Node { padding: UiRect::axes(Val::Px(7.0), Val::Px(4.0)), ..row(6.0) };
    slot.spawn(instrument(node)).with_children(|panel| {
        let both = Node {
            flex_grow: 1.0,
            flex_basis: Val::Px(0.0),
            min_height: Val::Px(44.0),
            padding: UiRect::axes(Val::Px(9.0), Val::Px(3.0)),
            border_radius: BorderRadius::all(Val::Px(10.0)),
            justify_content: JustifyContent::Center,
            overflow: Overflow::clip(),
            ..column(2.0)
        };
        let words = |both: &mut ChildSpawnerCommands<'_>| {
            both.spawn(spread()).with_children(|head| heading(head, kit, 13.0, lost));
            let line = Node { flex_wrap: FlexWrap::Wrap, ..spread() };
            both.spawn(line).with_children(|line| name_and_share(line, kit, worst));
        };
        let Some(nth) = worst.cause else {
            panel.spawn(both).with_children(words);
            return;
        };
        panel.spawn((button(ButtonId::Cause(nth), Look::QUIET), both)).with_children(words);
        kit.disc(panel, ButtonId::RideLoss(nth), "icon-play", 44.0, Look::QUIET);
    });
}

/// What it is due to; how many, and the share of the budget.
fn name_and_share(line: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, each: &Row) {
    let name = Node { flex_shrink: 1.0, min_width: Val::Px(0.0), ..default() };
    line.spawn(name).with_child(kit.strong(each.name.clone(), 12.0, palette::bone()));
    let share = percent(each.of_budget.min(99.99));
    let said = [("count", each.count.into()), ("share", share.into())];
    let figure = kit.texts.with("causes-row", &said);
    let still = Node { flex_shrink: 0.0, ..default() };
    line.spawn(still).with_child((kit.body(figure, 11.0, palette::periwinkle()), TextLayout::no_wrap()));
}

fn line(list: &mut ChildSpawnerCommands<'_>, kit: Kit<'_>, layout: &Layout, each: &Row) {
    let height = if layout.is_low() { 44.0 } else { 34.0 };
    let node = Node {
        flex_grow: 1.0,
        flex_basis: Val::Px(0.0),
        min_width: Val::Px(0.0),
        min_height: Val::Px(height),
        padding: UiRect::axes(Val::Px(8.0), Val::Px(2.0)),
        border_radius: BorderRadius::all(Val::Px(10.0)),
        justify_content: JustifyContent::SpaceBetween,
        // Where both are long the figure stands below the name.
        flex_wrap: FlexWrap::Wrap,
        align_content: AlignContent::Center,
        overflow: Overflow::clip(),
        ..row(8.0)
    };
    list.spawn(row(5.0)).with_children(|pair| {
        let words = |line: &mut ChildSpawnerCommands<'_>| name_and_share(line, kit, each);
        match each.cause {
            Some(nth) => {
                pair.spawn((button(ButtonId::Cause(nth), Look::QUIET), node)).with_children(words);
                kit.disc(pair, ButtonId::RideLoss(nth), "icon-play", height, Look::QUIET);
            }
            None => {
                pair.spawn(node).with_children(words);
            }
        }
    });
}

/// Flies to a cause, or rides its worst request.
fn heed(
    mut clicked: MessageReader<Clicked>,
    (session, screen): (Option<Res<Session>>, Res<State<Screen>>),
    mut view: ResMut<View>,
    mut ask: MessageWriter<Ask>,
) {
    for Clicked(id) in clicked.read() {
        let (ButtonId::Cause(nth) | ButtonId::RideLoss(nth)) = *id else { continue };
        let Some(play) = session.as_ref().and_then(|session| session.play()) else { continue };
        let losses = LossReport::of(play);
        let Some(loss) = losses.causes.get(nth) else { continue };
        if matches!(id, ButtonId::RideLoss(_)) {
            let (request, since) = loss.worst;
            ask.write(Ask { request, since, from_start: true });
        } else if *screen.get() == Screen::Board
            && let Some(at) = place::of(play.board(), loss.cause.piece())
        {
            view.fly_to(at, ZOOM);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn rows_add_up_to_exactly_what_was_lost_however_few_there_are() {
        let mut session = flowing();
        let texts = Texts::english();
        for _ in 0..12 {
            session.advance_ns(1_500_000_000);
            let losses = LossReport::of(session.play().unwrap());
            for most in 0..4 {
                let rows = rows(&losses, most, &texts, &session);
                assert_eq!(rows.iter().map(|row| row.count).sum::<u64>(), losses.lost);
                let shares: f64 = rows.iter().map(|row| row.of_budget).sum();
                assert!((shares - losses.lost as f64 / losses.allowed.max(1e-9)).abs() < 1e-6 * shares.max(1.0));
                assert!(rows.iter().all(|row| !row.name.is_empty()), "{rows:?}");
            }
        }
        let losses = LossReport::of(session.play().unwrap());
        assert!(losses.lost > 0 && losses.pieces.len() > 1, "{losses:?}");
        for loss in &losses.causes {
            assert!(place::of(session.board(), loss.cause.piece()).is_some(), "one can fly to {:?}", loss.cause);
        }
    }
}
