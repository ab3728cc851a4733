//! Each enemy: its real effect in the simulation, what it costs, and when it is beaten.

mod shelf;

use pipe_maze_level::{Level, Play};
use pipe_maze_sim::{Fact, Outcome, PieceId, ReplicaState, Time};

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
