//! What the run tells: its marks as it comes to them, and the first request that fails.

use super::super::live::{Live, Weight};
use super::super::overview::budget;
use super::HappeningSystems;
use crate::Screen;
use crate::board::Facts;
use crate::board::callouts::told;
use crate::causes::{cause_key, name_of};
use crate::session::Session;
use crate::sharing::film::Rolling;
use crate::text::Texts;
use crate::ui::figures;
use bevy::prelude::*;
use pipe_maze_level::{BranchId, MarkKind, Timeline};
use pipe_maze_sim::{Fact, Outcome, PieceId, Time as SimTime};
use std::collections::BTreeSet;

pub(super) fn plugin(app: &mut App) {
    let systems = (listen, listen_for_failure).in_set(HappeningSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Board).and_then(not(resource_exists::<Rolling>))));
}

/// Which marks are known: of which run and branch, and after how many jumps.
#[derive(Default)]
struct Known {
    of: Option<(u64, BranchId, u64)>,
    marks: BTreeSet<(SimTime, MarkKind)>,
}

fn listen((session, texts): (Res<Session>, Res<Texts>), mut known: Local<Known>, mut live: ResMut<Live>) {
    let Some(timeline) = session.timeline() else {
        *known = Known::default();
        return;
    };
    let of = (session.attempts(), timeline.current(), session.jumps());
    // What had happened before one jumped there does not happen now.
    let jumped = known.of.is_some_and(|before| before != of);
    if known.of != Some(of) {
        (known.of, known.marks) = (Some(of), BTreeSet::new());
    }
    for (at, kind) in fresh(timeline, &mut known.marks) {
        if jumped && at < timeline.now() {
            continue;
        }
        if let Some((topic, weight, words)) = words(&texts, &session, kind) {
            live.bypass_change_detection().tell(topic, weight, words);
        }
    }
}

/// Marks that have been come to and were not known yet.
fn fresh(timeline: &Timeline, known: &mut BTreeSet<(SimTime, MarkKind)>) -> Vec<(SimTime, MarkKind)> {
    let now = timeline.now();
    let reached = timeline.marks().into_iter().filter(|mark| mark.at <= now).map(|mark| (mark.at, mark.kind));
    reached.filter(|mark| known.insert(*mark)).collect()
}

/// A mark in words, with the topic that later ones on the same thing share.
fn words(texts: &Texts, session: &Session, kind: MarkKind) -> Option<(String, Weight, String)> {
    let room = |id: PieceId| name_of(texts, session, id);
    let enemy = |id: PieceId| session.board().enemies().iter().find(|enemy| enemy.id() == id);
    let enemy_name = |id: PieceId| {
        enemy(id).map(|enemy| texts.get(&format!("enemy-{}", enemy.kind.kind().key()))).unwrap_or_default()
    };
    Some(match kind {
        MarkKind::Order { .. } => ("order".into(), Weight::News, texts.get("happen-order")),
        // What was done is told where it changes the board.
        MarkKind::Command { .. } => return None,
        MarkKind::Objective { nth, met } => {
            let asked = session.level().objectives.get(nth)?;
            let key = if met { "happen-objective-met" } else { "happen-objective-lost" };
            let words = texts.with(key, &[("objective", figures::objective(texts, asked).into())]);
            (format!("objective {nth}"), Weight::News, words)
        }
        MarkKind::BudgetLeft { percent } => {
            let words = match (percent <= 0, session.level().is_to_break()) {
                (true, true) => texts.get("happen-broken"),
                (true, false) => texts.get("happen-budget-empty"),
                (false, _) => budget(texts, session, f64::from(percent) / 100.0),
            };
            ("budget".into(), Weight::Alarm, words)
        }
        MarkKind::Burning { .. } if session.level().is_to_break() => return None,
        MarkKind::Burning { fast: true } => ("burning".into(), Weight::Alarm, texts.get("happen-burning")),
        MarkKind::Burning { fast: false } => ("burning".into(), Weight::Aside, texts.get("happen-burning-over")),
        MarkKind::Loss { cause } => {
            let why = texts.with(cause_key(cause), &[("room", room(cause.piece()).into())]);
            let words = texts.with("happen-loss", &[("why", why.into())]);
            (format!("loss {:?}", cause.piece()), Weight::News, words)
        }
        MarkKind::Breaker { caller, site, open } => {
            let key = if open { "happen-breaker-opens" } else { "happen-breaker-closes" };
            let words = texts.with(key, &[("room", room(caller).into())]);
            (format!("breaker {caller:?} {site}"), if open { Weight::News } else { Weight::Aside }, words)
        }
        MarkKind::Overload { service, full } => {
            let key = if full { "happen-overload" } else { "happen-overload-over" };
            let words = texts.with(key, &[("room", room(service).into())]);
            (format!("overload {service:?}"), if full { Weight::News } else { Weight::Aside }, words)
        }
        MarkKind::Enemy { enemy, active } => {
            let words = strikes(texts, session, enemy, active);
            (format!("enemy {enemy:?}"), if active { Weight::News } else { Weight::Aside }, words)
        }
        MarkKind::Beaten { enemy, beaten } => {
            let key = if beaten { "happen-beaten" } else { "happen-beaten-over" };
            let words = texts.with(key, &[("enemy", enemy_name(enemy).into())]);
            (format!("beaten {enemy:?}"), Weight::News, words)
        }
    })
}

/// The first request of a run that fails, and why.
fn listen_for_failure(
    (session, facts, texts): (Res<Session>, Res<Facts>, Res<Texts>),
    mut told_of: Local<Option<u64>>,
    mut live: ResMut<Live>,
) {
    if session.play().is_none() || *told_of == Some(session.attempts()) {
        return;
    }
    let failed = facts.0.iter().find_map(|(_, fact)| match *fact {
        Fact::Ended { outcome, parts, cause, .. } if outcome != Outcome::Answered => Some((outcome, parts, cause)),
        _ => None,
    });
    if let Some(failed) = failed {
        *told_of = Some(session.attempts());
        let words = texts.with("happen-first-failure", &[("told", told(&texts, &session, failed).into())]);
        live.bypass_change_detection().tell("failure", Weight::Alarm, words);
    }
}

/// That an enemy strikes, and what that makes of what it strikes; or that it rests.
fn strikes(texts: &Texts, session: &Session, id: PieceId, active: bool) -> String {
    let Some(enemy) = session.board().enemies().iter().find(|enemy| enemy.id() == id) else { return String::new() };
    let name = texts.get(&format!("enemy-{}", enemy.kind.kind().key()));
    let target = enemy.target(session.board()).map(|target| name_of(texts, session, PieceId::from_name(target)));
    match target {
        Some(room) if active => {
            let what = texts.get(&format!("struck-{}", enemy.kind.form().0));
            texts.with("happen-strikes-at", &[("enemy", name.into()), ("room", room.into()), ("what", what.into())])
        }
        _ => texts.with(if active { "happen-strikes" } else { "happen-strikes-over" }, &[("enemy", name.into())]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn every_mark_that_is_come_to_is_told_once_and_in_words() {
        let texts = Texts::english();
        let mut session = flowing();
        let (mut known, mut told) = (BTreeSet::new(), Vec::new());
        while session.verdict().is_none() {
            session.advance_ns(200_000_000);
            let timeline = session.timeline().unwrap();
            for (at, kind) in fresh(timeline, &mut known) {
                assert!(at <= timeline.now());
                told.extend(words(&texts, &session, kind).map(|(_, _, words)| words));
            }
        }
        // What only flickered has been told, and is no mark any longer.
        let marks = session.timeline().unwrap().marks();
        assert!(marks.len() > 10 && marks.iter().all(|mark| known.contains(&(mark.at, mark.kind))));
        for wanted in ["strikes", "error budget burns"] {
            assert!(told.iter().any(|words| words.contains(wanted)), "{wanted}: {told:#?}");
        }
        assert!(told.iter().all(|words| !words.contains("happen-") && !words.contains("  ")), "{told:#?}");
    }

    #[test]
    fn the_first_failure_is_told_with_its_cause_and_the_next_ones_are_not() {
        let mut app = App::new();
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let facts = session.take_facts();
        let failures = facts
            .iter()
            .filter(|(_, fact)| matches!(fact, Fact::Ended { outcome, .. } if *outcome != Outcome::Answered));
        assert!(failures.count() > 1);
        app.insert_resource(session).insert_resource(Facts(facts)).insert_resource(Texts::english());
        app.init_resource::<Live>();
        app.add_systems(Update, listen_for_failure);
        app.update();
        app.update();
        let mut live = app.world_mut().resource_mut::<Live>();
        assert!(live.speak(0.0) && live.said().1.starts_with("A request has failed, the first. "), "{}", live.said().1);
        assert!(!live.waits());
    }
}
