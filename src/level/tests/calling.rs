//! Rooms that call, vaults, classes and profiles, as the simulation has them.

mod shelf;

use pipe_maze_level::kind::KindSpec;
use pipe_maze_level::{Class, Level, Play, Verdict};
use pipe_maze_sim::{Fact, PieceId, Time};

const MS: f64 = 1e6;

fn run(level: &Level, edits: &str) -> Play {
    let play = Play::run(level, &shelf::joined(edits), 3).unwrap_or_else(|e| panic!("{e}"));
    assert!(play.is_over());
    play
}

fn median_ms(play: &Play) -> f64 {
    play.judge().latency_ns(0.5).expect("something was answered") as f64 / MS
}

fn served(play: &Play, name: &str) -> u64 {
    play.simulation().view().services().find(|s| s.id == PieceId::from_name(name)).expect("it is there").served
}

#[test]
fn calls_in_sequence_add_up_and_parallel_ones_take_as_long_as_the_longest() {
    // There and back through 7 cells and 10 ms of work; then 9 cells and 100 ms to the cache, 6 cells and 100 ms to the
    // store.
    let sequential = run(&shelf::rich(&[]), "");
    assert!((median_ms(&sequential) - (14.0 + 10.0 + 118.0 + 112.0)).abs() < 0.1, "{}", median_ms(&sequential));
    let parallel = run(&shelf::rich(&[("calls: Sequential", "calls: Parallel")]), "");
    assert!((median_ms(&parallel) - (14.0 + 10.0 + 118.0)).abs() < 0.1, "{}", median_ms(&parallel));
    for play in [&sequential, &parallel] {
        assert_eq!(served(play, "cache"), play.report().issued);
        assert_eq!(served(play, "store"), play.report().issued);
        assert_eq!(play.verdict(), Some(Verdict::Won));
    }
}

#[test]
fn a_room_calls_through_warp_pipes_and_without_pipes_calls_nobody() {
    let level = shelf::rich(&[]);
    let through = r#"RemovePipe(name: "to-cache"), RemovePipe(name: "to-store"),
        Place(name: "w", kind: WarpPipe, at: (11, 5)),
        LayPipe(name: "call", cells: [(9, 6), (10, 6)]),
        LayPipe(name: "a", cells: [(13, 5), (13, 4)]),
        LayPipe(name: "b", cells: [(13, 6), (13, 7), (13, 8), (13, 9), (13, 10)]),"#;
    let play = run(&level, through);
    let (cache, store) = (served(&play, "cache"), served(&play, "store"));
    assert_eq!(cache + store, play.report().issued, "one call for each request, to one vault or the other");
    assert!(cache.abs_diff(store) <= 1, "round robin");
    let alone = run(&level, r#"RemovePipe(name: "to-cache"), RemovePipe(name: "to-store"),"#);
    assert!((median_ms(&alone) - 24.0).abs() < 0.1);
    assert_eq!(served(&alone, "front"), alone.report().issued);
}

#[test]
fn a_call_that_takes_too_long_fails_the_request() {
    let level = shelf::rich(&[("calls: Sequential,", "calls: Sequential, call_timeout_ms: 50,")]);
    let report = run(&level, "").report();
    assert_eq!((report.good, report.failed), (0, report.issued));
}

#[test]
fn classes_come_at_their_rates_and_are_judged_apart() {
    let also = "timeout_ms: 1000, also: [\
        (class: Buy, rate_per_s: 30.0, request_bytes: 900), (class: Batch, rate_per_s: 10.0, timeout_ms: 100),\
    ])";
    let objectives = "ClassShare(class: Buy, at_least: 0.9, within_ms: 400.0), \
        ClassShare(class: Batch, at_least: 0.9, within_ms: 400.0)";
    let level = shelf::rich(&[("timeout_ms: 1000)", also), ("Cost(at_most: 400)", objectives)]);
    let play = run(&level, "");
    let report = play.report();
    let ended = |class: Class| report.classes.iter().find(|each| each.class == class).unwrap().ended as f64;
    // 400, 600 and 200 are to be expected: within four standard deviations.
    for (class, expected) in [(Class::Browse, 400.0), (Class::Buy, 600.0), (Class::Batch, 200.0_f64)] {
        let count = ended(class);
        assert!((count - expected).abs() < 4.0 * expected.sqrt(), "{class:?}: {count}, expected {expected}");
    }
    assert_eq!(Class::ALL.map(ended).iter().sum::<f64>(), report.issued as f64);
    // Clients of Batch wait 100 ms only, and every answer takes 254 ms.
    assert!(report.standings[1].met && !report.standings[2].met, "{:#?}", report.standings);
    assert_eq!(report.standings[2].value, Some(0.0));
}

fn issued(level: &Level, from_ms: u64, to_ms: u64) -> f64 {
    let mut play = Play::start(level, &shelf::build(level, ""), 5).expect("it flows");
    let mut count = 0.0;
    play.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| {
        let within = (Time::from_ms(from_ms)..Time::from_ms(to_ms)).contains(&at);
        count += f64::from(u8::from(within && matches!(fact, Fact::Issued { .. })));
    });
    count
}

#[test]
fn profiles_shape_the_traffic_and_tell_what_is_to_be_expected() {
    let with = |profile: &str| shelf::rich(&[("timeout_ms: 1000)", &format!("timeout_ms: 1000, profile: {profile})"))]);
    let expected = |level: &Level| match &level.pieces[0].spec {
        KindSpec::Spring(spring) => spring.requests(level.flow.duration_ms),
        _ => unreachable!("the first piece is the spring"),
    };
    let near = |count: f64, expected: f64| {
        assert!((count - expected).abs() < 4.0 * expected.sqrt().max(2.0), "{count}, expected {expected}");
    };
    let spike = with("Spike(at_ms: 5000, for_ms: 2000, factor: 10.0)");
    near(issued(&spike, 5_000, 7_000), 400.0);
    near(issued(&spike, 0, 5_000), 100.0);
    near(issued(&spike, 7_000, 20_000), 260.0);
    assert!((expected(&spike) - 760.0).abs() < 1e-6);
    let ramp = with("Ramp(from_ms: 0, to_ms: 20000, factor: 3.0)");
    near(issued(&ramp, 0, 20_000), 800.0);
    assert!((expected(&ramp) - 800.0).abs() < 1e-6);
    let curve = with("Curve(points: [(0, 0.0), (2000, 4.0)], repeat_ms: Some(4000))");
    near(issued(&curve, 0, 20_000), expected(&curve));
    assert!((expected(&curve) - 5.0 * (80.0 + 160.0)).abs() < 1e-6);
    let bursts = with("Bursts(calm_ms: 500, burst_ms: 500, factor: 5.0)");
    let count = issued(&bursts, 0, 20_000);
    assert!((600.0..1_900.0).contains(&count), "{count}");
    // Each of three users asks, waits 254 ms, thinks 246 ms, and so on: 3 / 0.5 s for 20 s.
    let users = with("Users(users: 3, think_ms: 246.0)");
    near(issued(&users, 0, 20_000), 120.0);
}
