//! Levels with enemies, classes, profiles, power-ups and knobs that are wrong: each named in its place, with a remedy.

mod shelf;

use pipe_maze_level::{EnemySpec, Level};

const FOE: &str = r#"enemies: [(name: "foe", kind: CircuitBreakerThwomp(), cells: [(1, 5)], schedule: Always)]"#;

/// The one problem of the rich level after these changes.
fn problem(changes: &[(&str, &str)]) -> (String, String) {
    let errors = Level::parse(&shelf::rich_text(changes)).expect_err("it is bad").0;
    assert_eq!(errors.len(), 1, "{errors:#?}");
    (errors[0].place.clone(), errors[0].message.clone())
}

#[test]
fn bad_enemies_are_named() {
    let foe = |from: &str, to: &str| problem(&[("enemies: []", FOE), (from, to)]);
    let cases = [
        (foe("name: \"foe\"", "name: \"store\""), "enemies, `store`", "change one of them"),
        (foe("cells: [(1, 5)]", "cells: [(1, 50)]"), "enemies, `foe`", "column 1, row 50 lies outside"),
        (foe("cells: [(1, 5)]", "cells: []"), "enemies, `foe`", "cells must be from 1"),
        (foe("schedule: Always", "schedule: At([(5, 5)])"), "enemies, `foe`", "pairs (from, to)"),
        (foe("schedule: Always", "schedule: At([(5, 9), (8, 10)])"), "enemies, `foe`", "apart"),
        (
            foe("schedule: Always", "schedule: Every(first_ms: 0, every_ms: 9, for_ms: 8)"),
            "enemies, `foe`",
            "schedule, every_ms must be longer",
        ),
        (
            foe("schedule: Always", "schedule: Every(first_ms: 0, every_ms: 900, for_ms: 900)"),
            "enemies, `foe`",
            "below every_ms",
        ),
        (foe("CircuitBreakerThwomp()", "Lakitu()"), "enemies[0]", "LatencyPiranhaPlant"),
        (
            foe("CircuitBreakerThwomp()", "LatencyPiranhaPlant(delay: Constant(mean_ms: -1.0))"),
            "enemies, `foe`",
            "mean_ms",
        ),
        (
            foe("CircuitBreakerThwomp(), cells: [(1, 5)]", "CoordinationThwomp(), cells: [(1, 5)], on: \"spring\""),
            "enemies, `foe`",
            "no machine room or vault",
        ),
        (
            foe("CircuitBreakerThwomp()", "CoordinationThwomp(blow: Slow(factor: 0.5))"),
            "enemies, `foe`",
            "from 1 to 10,000",
        ),
        (
            foe("CircuitBreakerThwomp()", "CoordinationThwomp(blow: Errors(percent: 0.0))"),
            "enemies, `foe`",
            "percent must be above 0 and at most 100",
        ),
        (
            foe("CircuitBreakerThwomp()", "CoordinationThwomp(blow: Errors(percent: 5.0), replicas: Some(1))"),
            "enemies, `foe`",
            "replicas must be left out: errors concern every copy",
        ),
        (
            foe("CircuitBreakerThwomp()", "CircuitBreakerThwomp(grip: Leak(percent: 100.5))"),
            "enemies, `foe`",
            "percent must be above 0 and at most 100",
        ),
        (
            foe("CircuitBreakerThwomp()", "CircuitBreakerThwomp(grip: Squeeze(percent: 0.0))"),
            "enemies, `foe`",
            "percent must be from 0.01 to 100",
        ),
        (foe("CircuitBreakerThwomp()", "CircuitBreakerThwomp(grip: Tight)"), "enemies[0]", "Squeeze"),
    ];
    for ((place, message), expected_place, part) in cases {
        assert!(place == expected_place && message.contains(part), "{place}: {message}");
    }
}

#[test]
fn bad_traffic_is_named() {
    let spring = |to: &str| problem(&[("timeout_ms: 1000)", &format!("timeout_ms: 1000, {to})"))]);
    let cases = [
        (spring("also: [(class: Browse, rate_per_s: 1.0)]"), "browse comes twice"),
        (spring("also: [(class: Buy, rate_per_s: -1.0)]"), "also, rate_per_s must be"),
        (spring("also: [(class: Buy, rate_per_s: 1.0, timeout_ms: 0)]"), "also, timeout_ms"),
        (spring("priority: 8"), "from 0 to 7"),
        (spring("profile: Spike(at_ms: 1, for_ms: 0, factor: 2.0)"), "profile, for_ms"),
        (spring("profile: Ramp(from_ms: 9, to_ms: 1, factor: 2.0)"), "profile, to_ms"),
        (spring("profile: Ramp(from_ms: 1, to_ms: 9, factor: -2.0)"), "profile, factor"),
        (spring("profile: Curve(points: [])"), "profile, points"),
        (spring("profile: Curve(points: [(9, 1.0), (8, 1.0)])"), "in order of time"),
        (spring("profile: Bursts(calm_ms: 0, burst_ms: 1, factor: 2.0)"), "calm_ms"),
        (spring("profile: Users(users: 0, think_ms: 100.0)"), "profile, users"),
        (spring("profile: Users(users: 1, think_ms: 1e9)"), "profile, think_ms"),
        (spring("profile: Recorded(at_ms: [])"), "profile, at_ms must be from 1 to 10,000"),
        (spring("profile: Recorded(at_ms: [9, 8])"), "profile, at_ms must be in order of time"),
        (spring("profile: Recorded(at_ms: [86400001])"), "profile, at_ms must be in order of time, at most 86,400,000"),
        (spring(&format!("profile: Recorded(at_ms: [{}])", "1,".repeat(10_001))), "profile, at_ms must be from 1 to"),
    ];
    for ((place, message), part) in cases {
        assert!(place == "pieces, `spring`" && message.contains(part), "{place}: {message}");
    }
    let much = "timeout_ms: 1000, profile: Spike(at_ms: 0, for_ms: 20000, factor: 1000.0))";
    let (place, message) = problem(&[("timeout_ms: 1000)", much), ("rate_per_s: 20.0", "rate_per_s: 200.0")]);
    assert!(place == "flow" && message.contains("requests in all"), "{place}: {message}");
}

#[test]
fn bad_pieces_knobs_and_objectives_are_named() {
    let piece =
        |text: &str| problem(&[("enemies: []", "enemies: []"), ("    pieces: [", &format!("    pieces: [{text},"))]);
    let fire = "(name: \"f\", at: (0, 0), spec: CircuitBreakerFire())";
    let mushroom = "(name: \"m\", at: (15, 3), spec: ServiceMeshSuperMushroom(retries: 2))";
    let two = "(name: \"m\", at: (0, 1), spec: ServiceMeshSuperMushroom()), \
        (name: \"n\", at: (0, 0), spec: ServiceMeshSuperMushroom())";
    assert_eq!(piece(fire).0, "pieces, `f`");
    assert!(piece(mushroom).1.contains("nothing at column 15, row 3 makes calls"));
    let errors = Level::parse(&shelf::rich_text(&[("    pieces: [", &format!("    pieces: [{two},"))])).unwrap_err().0;
    assert_eq!(errors.len(), 2, "{errors:#?}");
    assert!(problem(&[("outlets: 2", "outlets: 4")]).1.contains("outlets must be at most 3"));
    assert!(problem(&[("knobs: [\"replicas\"]", "knobs: [\"colour\"]")]).1.contains("known are queue"));
    let other =
        ("(kind: WarpPipe, count: 2, price: 30)", "(kind: WarpPipe, count: 2, price: 30, spec: CircuitBreakerFire())");
    assert!(problem(&[other]).1.contains("of one kind"));
    let objective = |text: &str| problem(&[("Cost(at_most: 400)", text)]);
    assert_eq!(objective("Beaten(at_least: 1)").0, "objectives[1]");
    assert_eq!(objective("ErrorBudget(at_least: 1.5)").0, "objectives[1]");
    assert!(objective("ClassShare(class: Buy, at_least: 0.5, within_ms: 9.0)").1.contains("no spring issues buy"));
}

#[test]
fn what_cannot_be_built_already_is_named() {
    let start = |edits: &str| problem(&[("enemies: []", &format!("start: [{edits}]"))]);
    let laid = "LayPipe(name: \"feed\", cells: [(0, 2), (0, 3)])";
    let dear = "Place(name: \"w\", kind: WarpPipe, at: (8, 8)), Place(name: \"w\", kind: WarpPipe, at: (11, 8))";
    let (place, message) = start(&format!("{laid}, Remove(name: \"front\")"));
    assert!(place == "start[1]" && message.contains("front"), "{place}: {message}");
    let (place, message) = start(dear);
    assert!(place == "start[1]" && message.contains('w'), "{place}: {message}");
    assert_eq!(start("7").0, "start[0]");
    let (place, message) = problem(&[("pace_ms_per_s: 100.0", "pace_ms_per_s: 100.0, plan_s: 0")]);
    assert!(place == "flow, plan_s" && message.contains("from 1"), "{place}: {message}");
}

#[test]
fn a_level_has_what_its_file_says() {
    let level = shelf::rich(&[("enemies: []", FOE), ("budget: 500", "budget: 500")]);
    assert_eq!(level.enemies.len(), 1);
    assert!(matches!(level.enemies[0].kind, EnemySpec::CircuitBreakerThwomp(_)));
    let stock = level.stock(pipe_maze_level::Kind::MachineRoom).unwrap();
    assert!(stock.spec.is_some() && stock.knobs == ["replicas"]);
    assert_eq!(level.pipes.price_per_bridge, Some(3));
}

#[test]
fn a_par_of_nothing_and_an_unknown_genre_are_named() {
    let (place, message) = problem(&[("budget: 500", "par: 0, budget: 500")]);
    assert!(place == "par" && message.contains("from 1 to"), "{place}: {message}");
    assert_eq!(problem(&[("budget: 500", "genre: Quest, budget: 500")]).0, "genre");
    let level = shelf::rich(&[("budget: 500", "par: 400, genre: Migration, budget: 500")]);
    assert_eq!((level.par, level.genre), (Some(400), pipe_maze_level::Genre::Migration));
}
