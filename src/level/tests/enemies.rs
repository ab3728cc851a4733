//! Each enemy: its real effect in the simulation, what it costs, and when it is beaten.

mod shelf;

use pipe_maze_level::enemy::{Blow, Grip};
use pipe_maze_level::{EnemySpec, Level, LossReport, Play};
use pipe_maze_sim::{Cause, Fact, Outcome, Parts, PieceId, ReplicaState, Time};

/// The rich level with one enemy; times in simulated milliseconds.
fn with(kind: &str, place: &str, schedule: &str) -> Level {
    let enemy = format!("enemies: [(name: \"foe\", kind: {kind}, {place}, schedule: {schedule})]");
    shelf::rich(&[("enemies: []", &enemy)])
}

fn start(level: &Level) -> Play {
    Play::start(level, &shelf::build(level, ""), 3).expect("it flows")
}

/// The enemy at that time: whether it strikes, and what it has cost.
fn state(play: &mut Play, ms: u64) -> (bool, u64) {
    play.advance_to(Time::from_ms(ms), &mut ());
    let foe = play.enemies()[0];
    (foe.active, foe.loss)
}

fn finished(level: &Level) -> (u64, bool, u64) {
    let play = Play::run(level, &shelf::joined(""), 3).expect("it flows");
    let report = play.report();
    (report.enemies[0].loss, report.enemies[0].beaten, report.late + report.failed)
}

const STRIKE: &str = "At([(5000, 7000)])";

#[test]
fn a_piranha_holds_up_what_passes_its_cell_while_it_is_out() {
    let plant = |ms: f64| format!("LatencyPiranhaPlant(delay: Constant(mean_ms: {ms:?}))");
    let level = with(&plant(100.0), "cells: [(1, 5)]", STRIKE);
    let mut play = start(&level);
    let mut latencies = Vec::new();
    assert_eq!(play.enemies()[0].target, Some("feed"));
    assert_eq!(state(&mut play, 4_900), (false, 0));
    play.advance_to(Time::from_ms(6_500), &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { issued_at, parts, .. } = fact
            && *issued_at > Time::from_ms(5_100)
        {
            latencies.push(parts.total_ns() / 1_000_000);
        }
    });
    // There and back: twice 100 ms beside the 254 ms that it takes anyway.
    assert!(latencies.len() > 10 && latencies.iter().all(|&ms| (453..=455).contains(&ms)), "{latencies:?}");
    assert!(play.enemies()[0].active && play.enemies()[0].loss > 10);
    play.advance_to(Time::MAX, &mut ());
    assert!(!play.enemies()[0].active);
    let (loss, beaten, bad) = finished(&level);
    assert!(loss == bad && !beaten, "{loss} of {bad}");
    // A bite that nobody feels is beaten.
    assert_eq!(finished(&with(&plant(10.0), "cells: [(1, 5)]", STRIKE)), (0, true, 0));
}

#[test]
fn an_enemy_whose_cell_no_pipe_crosses_strikes_nobody() {
    let level = with("CircuitBreakerThwomp()", "cells: [(1, 10), (1, 11)]", "Always");
    let mut play = start(&level);
    assert_eq!(play.enemies()[0].target, None);
    assert_eq!(state(&mut play, 6_000), (false, 0));
    assert_eq!(finished(&level), (0, false, 0), "who meets nobody is not beaten");
}

#[test]
fn a_thwomp_makes_a_machine_stand_still_and_lets_it_go_on() {
    let level = with("CoordinationThwomp(blow: Pause)", "cells: [(5, 2)], on: \"front\"", STRIKE);
    let front = PieceId::from_name("front");
    let mut play = start(&level);
    assert_eq!(play.enemies()[0].target, Some("front"));
    let paused = |play: &Play| play.simulation().view().replicas(front).all(|replica| replica.paused);
    assert_eq!(state(&mut play, 5_000), (false, 0));
    play.advance_to(Time::from_ms(5_010), &mut ());
    assert!(paused(&play));
    let served = |play: &Play| play.simulation().view().services().find(|s| s.id == front).unwrap().served;
    play.advance_to(Time::from_ms(5_200), &mut ());
    let before = served(&play);
    play.advance_to(Time::from_ms(6_990), &mut ());
    assert_eq!(served(&play), before);
    play.advance_to(Time::from_ms(7_500), &mut ());
    assert!(!paused(&play) && served(&play) > before + 5);
    // What comes when it goes on meets a crowd: some of that is not laid at its door.
    let (loss, beaten, bad) = finished(&level);
    assert!(loss > 40 && (bad - 8..=bad).contains(&loss) && !beaten, "{loss} of {bad}");
}

#[test]
fn a_thwomp_takes_a_machine_down_or_makes_it_slow() {
    let level = with("CoordinationThwomp(blow: Crash)", "cells: [(16, 4)]", STRIKE);
    let store = PieceId::from_name("store");
    let mut play = start(&level);
    assert_eq!(play.enemies()[0].target, Some("store"));
    play.advance_to(Time::from_ms(6_000), &mut ());
    let mut replicas = play.simulation().view().replicas(store);
    assert!(replicas.all(|replica| matches!(replica.state, ReplicaState::Down { .. })));
    let (loss, beaten, bad) = finished(&level);
    assert!(loss > 20 && loss == bad && !beaten, "{loss} of {bad}");
    let slow = with("CoordinationThwomp(blow: Slow(factor: 5.0))", "cells: [(16, 1)], on: \"store\"", STRIKE);
    let (loss, beaten, bad) = finished(&slow);
    assert!(loss > 20 && loss == bad && !beaten, "{loss} of {bad}");
}

#[test]
fn a_gate_lets_nothing_through_while_it_is_shut() {
    let level = with("CircuitBreakerThwomp()", "cells: [(0, 4)], on: \"front\"", STRIKE);
    let mut play = start(&level);
    assert_eq!(play.enemies()[0].target, Some("feed"));
    let mut outcomes = Vec::new();
    play.advance_to(Time::MAX, &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { issued_at, outcome, .. } = fact
            && (Time::from_ms(5_000)..Time::from_ms(6_990)).contains(issued_at)
        {
            outcomes.push(*outcome);
        }
    });
    assert!(outcomes.len() > 20 && outcomes.iter().all(|&outcome| outcome == Outcome::TimedOut));
    let (loss, beaten, bad) = finished(&level);
    assert!(loss >= outcomes.len() as u64 && loss == bad && !beaten, "{loss} of {bad}");
}

/// How requests end that are issued while it strikes: how, where their time went, and why.
fn ends(level: &Level) -> Vec<(Outcome, Parts, Cause)> {
    let mut ends = Vec::new();
    start(level).advance_to(Time::MAX, &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { issued_at, outcome, parts, cause, .. } = fact
            && (Time::from_ms(5_000)..Time::from_ms(6_700)).contains(issued_at)
        {
            ends.push((*outcome, *parts, *cause));
        }
    });
    assert!(ends.len() > 20, "{ends:?}");
    ends
}

fn press(grip: &str) -> Level {
    with(&format!("CircuitBreakerThwomp(grip: {grip})"), "cells: [(1, 5)]", STRIKE)
}

/// One whose pipes carry 100,000 bytes a second: five times what flows through them.
fn narrow(grip: &str) -> Level {
    let mut level = press(grip);
    level.pipes.bandwidth_bytes_per_s = 100_000;
    level
}

fn stone(blow: &str) -> Level {
    with(&format!("CoordinationThwomp(blow: {blow})"), "cells: [(5, 2)], on: \"front\"", STRIKE)
}

const FOE: Cause = Cause::Hazard(PieceId::from_name("foe"));

/// Everything that is lost is laid at its door, and it is not beaten.
fn is_to_blame(level: &Level) {
    let (loss, beaten, bad) = finished(level);
    assert!(loss > 10 && loss == bad && !beaten, "{loss} of {bad}: {:?}", level.enemies[0].kind);
}

#[test]
fn a_gate_that_is_shut_one_way_lets_the_other_pass() {
    for (grip, arrive) in [("ShutForward", false), ("ShutBackward", true)] {
        let level = press(grip);
        let all = ends(&level);
        assert!(all.iter().all(|&(outcome, _, cause)| (outcome, cause) == (Outcome::TimedOut, FOE)), "{grip}: {all:?}");
        // What arrives is worked on, for nobody.
        let mut play = start(&level);
        let mut served = |ms: u64| {
            play.advance_to(Time::from_ms(ms), &mut ());
            let front = PieceId::from_name("front");
            play.simulation().view().services().find(|s| s.id == front).map(|s| s.served).unwrap_or_default()
        };
        let (before, after) = (served(5_500), served(6_900));
        assert_eq!(after > before + 10, arrive, "{grip}: {before} and {after}");
        is_to_blame(&level);
    }
}

#[test]
fn a_gate_that_leaks_loses_its_share() {
    let all = ends(&press("Leak(percent: 40.0)"));
    let lost = all.iter().filter(|end| end.2 == FOE && end.0 == Outcome::TimedOut).count();
    // A request is lost on the way there or on the way back: 1 - 0.6 x 0.6.
    let share = lost as f64 / all.len() as f64;
    assert!((0.45..0.83).contains(&share), "{share}");
    assert!(all.iter().any(|end| end.0 == Outcome::Answered));
    is_to_blame(&press("Leak(percent: 40.0)"));
}

#[test]
fn a_gate_that_squeezes_makes_requests_wait_and_is_to_blame_for_it() {
    // An answer has 2,000 bytes: 20 ms, and at a fifth of the bandwidth 100 ms, where 20 come each second.
    let level = narrow("Squeeze(percent: 20.0)");
    let all = ends(&level);
    let held = all.iter().filter(|end| end.1.hazard_ns > 100_000_000 && end.2 == FOE).count();
    assert!(held > 20, "{held} of {}: {:?}", all.len(), all.last());
    // What comes when the way is free again meets a crowd: some of that is not laid at its door.
    let (loss, beaten, bad) = finished(&level);
    assert!(loss > 100 && loss <= bad && loss * 10 >= bad * 9 && !beaten, "{loss} of {bad}");
    assert_eq!(finished(&narrow("Squeeze(percent: 100.0)")), (0, true, 0), "all of it is left: nobody suffers");
}

#[test]
fn a_thwomp_makes_a_machine_answer_with_errors() {
    let all = ends(&stone("Errors(percent: 50.0)"));
    let failed = all.iter().filter(|end| (end.0, end.2) == (Outcome::Failed, FOE)).count();
    let share = failed as f64 / all.len() as f64;
    assert!((0.3..0.7).contains(&share), "{share}");
    is_to_blame(&stone("Errors(percent: 50.0)"));
}

#[test]
fn a_machine_that_vanishes_says_nothing_and_one_that_crashes_does() {
    let front = PieceId::from_name("front");
    for (blow, outcome, silent) in [("Vanish", Outcome::TimedOut, true), ("Crash", Outcome::Failed, false)] {
        let level = stone(blow);
        let all = ends(&level);
        assert!(all.iter().all(|end| (end.0, end.2) == (outcome, Cause::Down(front))), "{blow}: {all:?}");
        let mut play = start(&level);
        play.advance_to(Time::from_ms(6_000), &mut ());
        let mut replicas = play.simulation().view().replicas(front);
        assert!(replicas.all(|replica| replica.state == ReplicaState::Down { silent }), "{blow}");
        is_to_blame(&level);
    }
}

#[test]
fn a_press_without_a_grip_is_shut_and_is_written_as_before() {
    let plain = with("CircuitBreakerThwomp()", "cells: [(1, 5)]", STRIKE);
    assert!(matches!(&plain.enemies[0].kind, EnemySpec::CircuitBreakerThwomp(press) if press.grip == Grip::Shut));
    assert_eq!(press("Shut"), plain);
    assert!(plain.to_text().contains("kind: CircuitBreakerThwomp(), cells"), "{}", plain.to_text());
}

#[test]
fn each_fault_is_read_as_it_was_written_and_has_a_text_of_its_own() {
    let presses = ["ShutForward", "ShutBackward", "Leak(percent: 0.5)", "Squeeze(percent: 12.5)"];
    let stones = ["Pause", "Crash", "Vanish", "Slow(factor: 3.0)", "Errors(percent: 5.0)"];
    let mut forms = vec!["delay", "shut"];
    for level in presses.map(press).into_iter().chain(stones.map(stone)) {
        let text = level.to_text();
        assert_eq!(Level::parse(&text).as_ref(), Ok(&level), "{text}");
        forms.push(level.enemies[0].kind.form().0);
    }
    let mut known: Vec<&str> = EnemySpec::forms().into_iter().map(|(form, _)| form).collect();
    forms.sort_unstable();
    known.sort_unstable();
    assert_eq!(forms, known);
    let errors = EnemySpec::CoordinationThwomp(pipe_maze_level::enemy::CoordinationThwompSpec {
        blow: Blow::Errors { percent: 5.0 },
        replicas: None,
    });
    assert_eq!(errors.form(), ("errors", Some(5.0)));
}

#[test]
fn the_fuzzers_begin_with_a_level_that_has_every_fault() {
    let text = include_str!("../../../fuzz/corpus/level/every-fault.ron");
    let level = Level::parse(text).unwrap_or_else(|errors| panic!("{errors}"));
    let forms: Vec<&str> = level.enemies.iter().map(|enemy| enemy.kind.form().0).collect();
    let missing = EnemySpec::forms().into_iter().map(|(form, _)| form).filter(|form| !forms.contains(form));
    assert_eq!(missing.collect::<Vec<_>>(), ["delay", "pause", "shut"]);
}

#[test]
fn what_is_lost_to_a_press_is_lost_to_it_in_the_debrief_too() {
    for grip in ["ShutForward", "ShutBackward", "Leak(percent: 40.0)", "Squeeze(percent: 20.0)"] {
        let play = Play::run(&narrow(grip), &shelf::joined(""), 3).expect("it flows");
        let report = LossReport::of(&play);
        let worst = report.pieces[0];
        assert!(worst.piece == PieceId::from_name("foe") && worst.share > 0.9, "{grip}: {:?}", report.pieces);
    }
}

#[test]
fn an_enemy_does_the_same_on_every_seed() {
    let level = with("CircuitBreakerThwomp()", "cells: [(0, 4)]", "Every(first_ms: 500, every_ms: 3000, for_ms: 700)");
    let turns = |seed: u64| {
        let mut play = Play::start(&level, &shelf::joined("").board(&level).unwrap(), seed).unwrap();
        let mut turns = Vec::new();
        play.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| {
            turns.extend(matches!(fact, Fact::HazardTurned { .. }).then_some(at));
        });
        turns
    };
    let expected: Vec<Time> = (0..7).flat_map(|n| [500 + n * 3_000, 1_200 + n * 3_000]).map(Time::from_ms).collect();
    assert_eq!(turns(1), expected);
    assert_eq!(turns(2), expected);
}
