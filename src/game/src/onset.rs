//! What broke first, as players are told it. Where the aim is to break a system, its breaking is the success, and that it
//! held out is what went wrong: then the chain says what struck, what little was lost, and that it still stands.

use crate::session::Session;
use pipe_maze_level::prediction::{Breaks, Prediction, Question, Score, score as score_of, spell_of};
use pipe_maze_level::timeline::{OnsetKind, OnsetStep};
use pipe_maze_level::{MarkKind, Objective, Onset, Timeline, Verdict};
use pipe_maze_sim::{HazardView, PieceId};

/// Most strikes that are told of where nothing broke.
const STRIKES_MAX: usize = 3;

/// What broke first in the run, up to the moment that is shown; nothing where there is no run.
pub fn of(session: &Session) -> Onset {
    let Some(timeline) = session.timeline() else { return Onset::default() };
    let onset = timeline.onset();
    let aim = session.level().objectives.iter().position(|each| matches!(each, Objective::Break { .. }));
    match aim.filter(|_| timeline.play().verdict() == Some(Verdict::Lost)) {
        Some(nth) => held_out(timeline, &onset, nth),
        None => onset,
    }
}

/// The key of what is said first when a run is over.
pub const fn verdict_key(to_break: bool, won: bool) -> &'static str {
    match (to_break, won) {
        (true, true) => "debrief-broken",
        (false, true) => "debrief-won",
        (_, false) => "debrief-lost",
    }
}

/// How right a prediction was about the run.
pub fn score(said: &Prediction, session: &Session) -> Option<Score> {
    let timeline = session.timeline()?;
    let onset = of(session);
    let scored = score_of(said, session.level(), timeline, &onset);
    if !session.level().is_to_break() {
        return Some(scored);
    }
    let breaks = onset.broke.map_or(Breaks::Nothing, |broke| Breaks::Piece(broke.piece));
    let spell = onset.broke.map(|broke| spell_of(broke.at, timeline.play().flow_ends_at()));
    let broke = onset.broke.map(|broke| (broke.at, broke.load_per_s));
    let right = |question: Question, right: bool| match question {
        Question::Breaks => said.breaks == breaks,
        Question::Spell => said.spell == spell,
        Question::Band => right,
    };
    let answers = scored.answers.iter().map(|&(question, was)| (question, right(question, was))).collect();
    Some(Score { breaks, broke, spell, answers, ..scored })
}

/// What struck first of each enemy, or what came at all; the first loss to what cost most; and the aim that was missed.
fn held_out(timeline: &Timeline, onset: &Onset, nth: usize) -> Onset {
    let play = timeline.play();
    let now = timeline.now();
    let marks = timeline.marks();
    let hazards: Vec<HazardView> = play.simulation().view().hazards().collect();
    let place = |id: PieceId| hazards.iter().find(|hazard| hazard.id == id).map_or(id, |hazard| hazard.on);
    let mut steps: Vec<OnsetStep> = Vec::new();
    for mark in marks.iter().filter(|mark| mark.at <= now) {
        let MarkKind::Enemy { enemy, active: true } = mark.kind else { continue };
        let kind = OnsetKind::Struck { enemy };
        if steps.len() < STRIKES_MAX && steps.iter().all(|step| step.kind != kind) {
            steps.push(OnsetStep { at: mark.at, piece: Some(place(enemy)), kind });
        }
    }
    if steps.is_empty() {
        let came = |step: &&OnsetStep| matches!(step.kind, OnsetKind::Began { .. } | OnsetKind::Rose { .. });
        steps.extend(onset.steps.iter().find(came).copied());
    }
    let report = play.report();
    let lost = report.losses.first().and_then(|loss| {
        let first = marks.iter().find(|mark| mark.kind == MarkKind::Loss { cause: loss.cause })?;
        let kind =
            OnsetKind::Lost { cause: loss.cause, outcome: loss.outcome, worst: loss.worst_parts, count: loss.count };
        Some(OnsetStep { at: first.at, piece: Some(place(loss.cause.piece())), kind })
    });
    steps.extend(lost);
    steps.sort_by_key(|step| step.at);
    let at = now.min(play.flow_ends_at());
    steps.push(OnsetStep { at, piece: None, kind: OnsetKind::Missed { nth } });
    Onset { steps, broke: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Level, Solution};

    /// The level that is to be broken, with what is placed by one of its builds, to the end.
    fn run(build: &str) -> Session {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../levels/2-communication");
        let read = |name: &str| std::fs::read_to_string(folder.join(format!("blast-radius{name}.ron"))).unwrap();
        let mut session = Session::open(Level::parse(&read("")).unwrap());
        for edit in Solution::parse(&read(build)).unwrap().plan {
            session.edit(&edit).unwrap();
        }
        session.start(Some(1)).unwrap();
        session.advance_ns(600_000_000_000);
        session
    }

    fn said(breaks: Breaks) -> Prediction {
        Prediction { breaks, spell: None, band: None }
    }

    #[test]
    fn where_it_is_to_be_broken_what_broke_is_what_broke_first() {
        let session = run(".solution");
        assert_eq!(session.verdict(), Some(Verdict::Won));
        let onset = of(&session);
        let broke = onset.broke.expect("something gave in");
        let is_spent = |step: &OnsetStep| matches!(step.kind, OnsetKind::Spent);
        assert!(onset.steps.len() > 2 && onset.steps.last().is_some_and(is_spent), "{onset:?}");
        let right = |breaks| score(&said(breaks), &session).unwrap().right();
        assert_eq!((right(Breaks::Piece(broke.piece)), right(Breaks::Nothing)), (1, 0));
    }

    #[test]
    fn where_it_held_out_nothing_broke_and_the_chain_ends_with_that() {
        for build in [".decoy-front-door", ".decoy-one-of-three", ".decoy-stone-and-stone"] {
            let session = run(build);
            assert_eq!(session.verdict(), Some(Verdict::Lost));
            let onset = of(&session);
            let (first, last) = (onset.steps.first().unwrap(), onset.steps.last().unwrap());
            assert!(matches!(first.kind, OnsetKind::Struck { .. }), "{build}: {onset:?}");
            assert!(matches!(last.kind, OnsetKind::Missed { .. }) && last.at > first.at, "{build}: {onset:?}");
            assert!(!onset.steps.iter().any(|step| matches!(step.kind, OnsetKind::Slow { .. })), "{build}");
            let right = |breaks| score(&said(breaks), &session).unwrap().right();
            let room = Breaks::Piece(PieceId::from_name("counter"));
            assert_eq!((right(Breaks::Nothing), right(room)), (1, 0), "{build}");
        }
    }
}
