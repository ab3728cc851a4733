//! Proofs: bit by bit as at once, certificates that can be computed again, and plays that become solutions.

mod shelf;

use pipe_maze_level::proof::{self, Prover};
use pipe_maze_level::replay::Check;
use pipe_maze_level::{Certificate, Level, Play, Solution, Timeline, Verdict};
use pipe_maze_sim::Time;
use std::sync::Arc;

const SLAM: &str = "3-flow-control/the-slam";
const STORM: &str = "2-communication/retry-storm";

/// A level of the campaign with a solution and a decoy.
fn candidates(path: &str, decoy: &str) -> (Level, Vec<(String, Solution)>, Vec<(String, Solution)>) {
    let named = |name: &str| vec![(name.to_owned(), shelf::solution(&format!("{path}.{name}")))];
    (shelf::level(path), named("solution"), named(decoy))
}

#[test]
fn a_proof_is_the_same_however_its_work_is_cut() {
    let (level, solutions, decoys) = candidates(STORM, "decoy-no-retries");
    let whole = proof::verify(&level, &solutions, &decoys, 5, 2).expect("the level is sound");
    let mut prover = Prover::new(Arc::new(level), &solutions, &decoys, 5, 2);
    let (mut steps, mut done) = (0, 0);
    while !prover.advance(1_000).expect("the level is sound") {
        assert!(prover.progress().done >= done && prover.proof().is_none() && !prover.has_failed());
        done = prover.progress().done;
        steps += 1;
    }
    assert!(steps > 20, "{steps} steps");
    assert_eq!((prover.progress().done, prover.progress().total), (6, 6));
    assert_eq!(prover.proof(), Some(whole.clone()));
    assert!(whole.holds());
    // A row is what plays of its own are.
    let play = Play::run(&shelf::level(STORM), &solutions[0].1, 5).expect("the level is sound");
    assert_eq!((whole.rows[0].digest, play.verdict()), (play.digest(), Some(Verdict::Won)));
}

#[test]
fn a_certificate_is_verified_by_computing_it_again_and_tells_what_was_changed() {
    let (level, solutions, decoys) = candidates(SLAM, "decoy-by-turns");
    let text = level.to_text();
    let level = Arc::new(level);
    let mut prover = Prover::new(Arc::clone(&level), &solutions, &decoys, 9, 2);
    assert!(prover.certificate(&text).is_none(), "it is not done");
    prover.advance(u64::MAX).expect("the level is sound");
    let written = prover.certificate(&text).expect("it is done").to_text();
    let certificate = Certificate::parse(&written).unwrap_or_else(|e| panic!("{e}"));
    assert!(certificate.claims_to_hold() && certificate.fits(&text));
    let again = |certificate: &Certificate, text: &str| {
        let mut prover = certificate.prover(Arc::clone(&level));
        prover.advance(u64::MAX).expect("it can be played");
        certificate.check(text, &prover.proof().expect("it is done"))
    };
    assert_eq!(again(&certificate, &text), Check::Verified);
    assert_eq!(again(&certificate, &text.replace("216", "217")), Check::OtherLevel);
    let mut forged = certificate.clone();
    forged.rows[2].won = 1;
    assert_eq!((again(&forged, &text), forged.claims_to_hold()), (Check::Differs, false));
    let mut forged = certificate.clone();
    forged.rows[0].solution = decoys[0].1.clone();
    assert_eq!(again(&forged, &text), Check::Differs);
    let mut old = certificate;
    old.rules -= 1;
    assert_eq!((again(&old, &text), old.fits(&text)), (Check::OtherRules, false));
    assert!(Certificate::parse(&written.replace("seeds: 2", "seeds: 0")).is_err());
    assert!(Certificate::parse(&written.replace("seeds: 2", "seeds: 99999999")).is_err());
}

#[test]
fn a_candidate_that_cannot_be_played_is_named() {
    let (level, solutions, _) = candidates(SLAM, "decoy-by-turns");
    let other = vec![("decoy-other".to_owned(), shelf::solution(&format!("{STORM}.solution")))];
    let (name, _) = proof::verify(&level, &solutions, &other, 1, 1).expect_err("it is for another level");
    assert_eq!(name, "decoy-other");
}

#[test]
fn a_play_becomes_a_solution_that_does_the_same() {
    let level = shelf::level(STORM);
    let solution = shelf::solution(&format!("{STORM}.solution"));
    let board = solution.board(&level).expect("the campaign is sound");
    let mut timeline = Timeline::start(&level, &board, 3).expect("it flows");
    for (nth, command) in solution.commands().into_iter().enumerate() {
        // Not on a whole millisecond, as nothing that a player does is.
        timeline.advance_to(command.given_at.plus_ns(77 + nth as u64), &mut ());
        timeline.command(&command.edit, &mut ()).expect("it is possible");
    }
    timeline.advance_to(Time::MAX, &mut ());
    let recorded = Solution::of(&level, timeline.start_board(), timeline.play()).expect("it is a board of the level");
    assert_eq!(recorded.flow.iter().map(|step| step.plus_ns).collect::<Vec<_>>(), [77, 78]);
    let read = Solution::parse(&recorded.to_text()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(read, recorded);
    let again = Play::run(&level, &read, 3).expect("it can be played");
    assert_eq!((again.digest(), again.verdict()), (timeline.play().digest(), Some(Verdict::Won)));
}
