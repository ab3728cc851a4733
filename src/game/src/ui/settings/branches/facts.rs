//! Where two branches part: the first thing that differs, and the way from there to an outcome, in words.

use super::super::Sources;
use super::{LINKS_MAX, at};
use crate::causes::{name_of, outcome_key};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::figures::{duration, is_at_once};
use crate::ui::hud::branch_title;
use crate::ui::widgets::{button, column, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::timeline::{Link, LinkKind};
use pipe_maze_level::{Edit, Timeline};
use pipe_maze_sim::{BreakerState, Direction, Fact, Outcome};

/// What differs, below the table.
pub fn difference(
    sheet: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    (session, timeline): (&Session, &Timeline),
) {
    let (kit, comparison) = (sources.kit, sources.comparison);
    let Some(with) = comparison.with else { return };
    let names = [with, timeline.current()].map(|id| branch_title(kit.texts, timeline, id));
    sheet.spawn(column(3.0)).with_children(|lines| {
        let said = [("one", names[0].clone().into()), ("other", names[1].clone().into())];
        lines.spawn(kit.title(kit.texts.with("differ", &said), 15.0, palette::bone()));
        let Some(difference) = &comparison.difference else {
            lines.spawn(kit.body(kit.texts.get("differ-not"), 12.0, palette::periwinkle()));
            return;
        };
        let count = [("gained", difference.gained.into()), ("forfeited", difference.forfeited.into())];
        lines.spawn(kit.body(kit.texts.with("differ-count", &count), 12.0, palette::periwinkle()));
        for (nth, link) in difference.chain.iter().take(LINKS_MAX).enumerate() {
            line(lines, sources, (nth, link), words(kit.texts, session, link, &names));
        }
    });
}

fn line(lines: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, (nth, link): (usize, &Link), words: String) {
    let kit = sources.kit;
    let node = Node {
        min_height: Val::Px(if sources.layout.wide && !sources.layout.is_low() { 30.0 } else { 44.0 }),
        padding: UiRect::axes(Val::Px(10.0), Val::Px(3.0)),
        border_radius: BorderRadius::all(Val::Px(9.0)),
        ..row(10.0)
    };
    lines.spawn((button(ButtonId::Link(nth), Look::QUIET), node)).with_children(|line| {
        line.spawn(Node { width: Val::Px(48.0), flex_shrink: 0.0, ..default() })
            .with_child((kit.strong(at(kit.texts, link.at), 11.5, palette::gold()), TextLayout::no_wrap()));
        let shade = match &link.kind {
            LinkKind::Ended(_, end) if end.good => palette::ok(),
            LinkKind::Ended(..) => palette::failed_on_ink(),
            _ => palette::bone(),
        };
        line.spawn(Node { flex_shrink: 1.0, ..default() }).with_child(kit.body(words, 12.0, shade));
    });
}

/// What a link says.
fn words(texts: &Texts, session: &Session, link: &Link, names: &[String; 2]) -> String {
    let place = link.piece.map(|id| name_of(texts, session, id)).unwrap_or_default();
    let side = |nth: usize| names[nth.min(1)].clone();
    match &link.kind {
        LinkKind::Command(nth, edit) => texts
            .with("link-command", &[("branch", side(*nth).into()), ("what", edit_words(texts, session, edit).into())]),
        LinkKind::First(facts) => {
            let [one, other] = facts.map(|fact| fact_words(texts, session, fact.as_ref()));
            texts.with("link-first", &[("place", place.into()), ("one", one.into()), ("other", other.into())])
        }
        LinkKind::PieceDiffers => texts.with("link-piece", &[("place", place.into())]),
        LinkKind::RequestDiffers(facts) => {
            let [one, other] = facts.map(|fact| fact_words(texts, session, fact.as_ref()));
            texts.with("link-request", &[("place", place.into()), ("one", one.into()), ("other", other.into())])
        }
        LinkKind::Ended(nth, end) => {
            let how =
                if end.outcome == Outcome::Answered && end.good { "outcome-good" } else { outcome_key(end.outcome) };
            let (ns, branch, how) = (end.at.since_ns(end.issued_at), side(*nth), texts.get(how));
            if is_at_once(ns) {
                return texts.with("link-ended-at-once", &[("branch", branch.into()), ("how", how.into())]);
            }
            let total = duration(texts, ns);
            texts.with("link-ended", &[("branch", branch.into()), ("how", how.into()), ("total", total.into())])
        }
    }
}

/// What the player did.
pub fn edit_words(texts: &Texts, session: &Session, edit: &Edit) -> String {
    let named = |name: &str| name_of(texts, session, pipe_maze_sim::PieceId::from_name(name));
    match edit {
        Edit::Valve { name, shut } => {
            texts.with(if *shut { "edit-shut" } else { "edit-opened" }, &[("place", named(name).into())])
        }
        Edit::Configure { name, .. } => texts.with("edit-set", &[("place", named(name).into())]),
        _ => texts.get("edit-other"),
    }
}

/// What happened, in a few words.
fn fact_words(texts: &Texts, session: &Session, fact: Option<&Fact>) -> String {
    let Some(fact) = fact else { return texts.get("fact-nothing") };
    let key = match fact {
        Fact::Issued { .. } => "fact-issued",
        Fact::Entered { direction: Direction::Forward, .. } => "fact-entered",
        Fact::Entered { direction: Direction::Backward, .. } => "fact-entered-back",
        Fact::Lost { .. } => "fact-lost",
        Fact::Chosen { .. } => "fact-chosen",
        Fact::Began { .. } => "fact-began",
        Fact::Finished { .. } => "fact-finished",
        Fact::Rejected { .. } => "fact-rejected",
        Fact::Stored { .. } => "fact-stored",
        Fact::Abandoned { .. } => "fact-abandoned",
        Fact::Retried { .. } => "fact-retried",
        Fact::Hedged { .. } => "fact-hedged",
        Fact::ShortCircuited { .. } => "fact-short-circuited",
        Fact::BreakerTurned { state: BreakerState::Open, .. } => "fact-breaker-open",
        Fact::BreakerTurned { .. } => "fact-breaker-shut",
        Fact::HazardTurned { .. } => "fact-hazard",
        Fact::ReplicaTurned { .. } => "fact-replica",
        Fact::Appended { .. } => "fact-appended",
        Fact::Committed { .. } => "fact-committed",
        Fact::Redelivered { .. } => "fact-redelivered",
        Fact::Ended { .. } => "fact-ended",
        Fact::Applied { .. } => "fact-applied",
    };
    let place = match fact {
        Fact::Chosen { pipe, .. } => Some(*pipe),
        fact => fact.piece(),
    };
    let place = place.map(|id| name_of(texts, session, id)).unwrap_or_default();
    texts.with(key, &[("place", place.into())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use pipe_maze_level::BranchId;
    use pipe_maze_sim::Time;

    #[test]
    fn a_fork_is_told_from_the_change_to_the_outcome() {
        let mut session = flowing();
        session.advance_ns(8_000_000_000);
        session.seek(Time::from_ms(3_000));
        session.set_forks(true);
        let name = session.board().pipes()[0].name.clone();
        session.edit(&Edit::Valve { name, shut: true }).unwrap();
        session.advance_ns(5_000_000_000);
        let mut comparison = super::super::Comparison::default();
        comparison.refresh(&session);
        assert_eq!(comparison.with, Some(BranchId::MAIN));
        let difference = comparison.difference.clone().unwrap();
        assert!(difference.chain.len() >= 3, "{difference:#?}");
        for code in ["en", "de"] {
            let texts = Texts::of(code.parse().unwrap());
            let names = ["A".to_owned(), "B".to_owned()];
            for link in &difference.chain {
                let words = words(&texts, &session, link, &names);
                assert!(words.len() > 6 && !words.contains("link-") && !words.contains("fact-"), "{words}");
            }
        }
        let before = comparison.clone();
        comparison.refresh(&session);
        assert_eq!(comparison, before);
    }
}
