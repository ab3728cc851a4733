//! Power-ups and bridges: where they may be, what they cost, and what they do in the simulation.

mod shelf;

use pipe_maze_level::{Board, Cell, Clip, Edit, Kind, Level, Play, Refusal};
use pipe_maze_sim::{BreakerState, Fact, Outcome, PieceId, Time};

fn place(name: &str, kind: Kind, at: (i32, i32)) -> Edit {
    Edit::Place { name: name.into(), kind, at: at.into() }
}

fn fire(name: &str, at: (i32, i32)) -> Edit {
    place(name, Kind::CircuitBreakerFire, at)
}

fn mushroom(name: &str, at: (i32, i32)) -> Edit {
    place(name, Kind::ServiceMeshSuperMushroom, at)
}

fn pipe(name: &str, cells: &[(i32, i32)]) -> Edit {
    Edit::LayPipe { name: name.into(), cells: cells.iter().map(|&cell| cell.into()).collect() }
}

fn board(edits: &[Edit]) -> Board {
    let mut board = shelf::build(&shelf::rich(&[]), "");
    for edit in edits {
        board.apply(edit).unwrap_or_else(|e| panic!("{edit:?}: {e}"));
    }
    board
}

fn at(board: &Board, name: &str) -> Option<Cell> {
    board.piece(name).map(|piece| piece.at)
}

#[test]
fn power_ups_stand_where_calls_are_made_and_nowhere_else() {
    let mut board = board(&[fire("f", (0, 4)), mushroom("m", (5, 4))]);
    assert_eq!(board.piece_at(Cell::new(5, 4)).unwrap().name, "m");
    assert_eq!(board.apply(&fire("g", (1, 7))), Err(Refusal::NeedsPipe(Cell::new(1, 7))));
    assert_eq!(board.apply(&fire("g", (2, 5))), Err(Refusal::HasOne(Cell::new(0, 4), "f".into())));
    assert_eq!(board.apply(&mushroom("n", (6, 4))), Err(Refusal::HasOne(Cell::new(5, 4), "m".into())));
    assert_eq!(board.apply(&mushroom("n", (15, 4))), Err(Refusal::NeedsCaller(Cell::new(15, 4))));
    assert_eq!(board.apply(&mushroom("n", (2, 8))), Err(Refusal::NeedsCaller(Cell::new(2, 8))));
    let before = board.clone();
    let cost = board.cost();
    let undo = board.apply(&mushroom("n", (0, 1))).unwrap();
    assert_eq!(board.cost(), cost + 40);
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
    let warp = [place("w", Kind::WarpPipe, (3, 8)), pipe("p", &[(5, 8), (5, 7)])];
    warp.iter().for_each(|edit| drop(board.apply(edit).unwrap()));
    assert_eq!(board.apply(&fire("g", (5, 7))), Err(Refusal::NoCallsHere(Cell::new(5, 7))));
}

#[test]
fn power_ups_go_where_their_host_goes_and_leave_with_it() {
    let mut board = board(&[
        Edit::Batch(vec![Edit::RemovePipe { name: "to-cache".into() }, Edit::RemovePipe { name: "to-store".into() }]),
        place("r", Kind::MachineRoom, (4, 8)),
        mushroom("m", (5, 9)),
        pipe("out", &[(9, 11), (10, 11), (11, 11), (12, 11), (12, 10), (13, 10)]),
        fire("f", (12, 10)),
    ]);
    let before = board.clone();
    let undo = board.apply(&Edit::Move { name: "r".into(), to: (3, 9).into() }).unwrap();
    assert_eq!((at(&board, "m"), at(&board, "f")), (Some(Cell::new(4, 10)), Some(Cell::new(12, 10))));
    assert!(board.joints().find(|joint| joint.pipe.name == "out").unwrap().is_whole());
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
    // Laid through other cells, the pipe keeps its fire as far from its first cell.
    let reroute = pipe("out", &[(9, 11), (9, 10), (9, 9), (10, 9), (11, 9), (12, 9), (13, 9), (13, 10)]);
    let undo = board.apply(&reroute).unwrap();
    assert_eq!(at(&board, "f"), Some(Cell::new(11, 9)));
    board.apply(&undo).unwrap();
    assert_eq!(board, before);
    // A copy of all of it stands on a copy of its hosts.
    let (clip, origin) = Clip::copy(&board, ["r", "m", "f", "out"]).unwrap();
    let mut again = before.clone();
    again.apply(&again.removal(["r", "m", "f", "out"])).unwrap();
    again.apply(&clip.put(&again, origin)).unwrap();
    assert_eq!((again.pieces().len(), again.pipes().len()), (before.pieces().len(), before.pipes().len()));
    for (name, host) in [("r", "m"), ("out", "f")] {
        let remove =
            if name == "r" { Edit::Remove { name: name.into() } } else { Edit::RemovePipe { name: name.into() } };
        let undo = board.apply(&remove).unwrap();
        assert_eq!(at(&board, host), None);
        board.apply(&undo).unwrap();
        assert_eq!(board, before);
    }
}

#[test]
fn pipes_cross_straight_at_right_angles_where_the_level_has_bridges() {
    let mut crossed = board(&[]);
    let cost = crossed.cost();
    let across = pipe("across", &[(8, 8), (9, 8), (10, 8)]);
    let undo = crossed.apply(&across).unwrap();
    assert_eq!(crossed.bridges().into_iter().collect::<Vec<_>>(), [Cell::new(9, 8)]);
    assert_eq!(crossed.cost(), cost + 3 + 3);
    assert_eq!(crossed.pipes_at(Cell::new(9, 8)).count(), 2);
    // A bend, an end, along the pipe, a bridge that would bend away, and a fire are in the way.
    let blocked = |board: &mut Board, edit: &Edit, cell: (i32, i32), name: &str| {
        assert_eq!(board.apply(edit), Err(Refusal::NoBridge(cell.into(), name.into())), "{edit:?}");
    };
    blocked(&mut crossed, &pipe("p", &[(8, 9), (9, 9), (9, 10)]), (9, 9), "to-cache");
    blocked(&mut crossed, &pipe("p", &[(8, 7), (9, 7)]), (9, 7), "to-cache");
    blocked(&mut crossed, &pipe("p", &[(11, 8), (11, 9), (12, 9)]), (11, 9), "to-cache");
    let away = pipe("to-cache", &[(9, 6), (9, 7), (9, 8), (10, 8), (10, 9)]);
    blocked(&mut crossed, &away, (9, 8), "across");
    assert_eq!(crossed.apply(&fire("f", (9, 8))), Err(Refusal::NeedsPipe(Cell::new(9, 8))));
    crossed.apply(&undo).unwrap();
    crossed.apply(&fire("f", (9, 8))).unwrap();
    blocked(&mut crossed, &across, (9, 8), "to-cache");
    let plain = shelf::rich(&[(", price_per_bridge: 3", "")]);
    let mut plain = shelf::joined("").board(&plain).unwrap();
    assert_eq!(plain.apply(&across), Err(Refusal::PipeThere(Cell::new(9, 8), "to-cache".into())));
}

/// The rich level with an enemy that strikes from 5 s to 9 s.
fn haunted(kind: &str, place: &str) -> Level {
    let enemy = format!("enemies: [(name: \"foe\", kind: {kind}, {place}, schedule: At([(5000, 9000)]))]");
    shelf::rich(&[("enemies: []", &enemy)])
}

/// Plays to the end and gives the facts that are asked for.
fn facts(level: &Level, edits: &str, keep: impl Fn(&Fact) -> bool) -> (Play, Vec<(Time, Fact)>) {
    let mut play = Play::start(level, &shelf::build(level, edits), 3).expect("it flows");
    let mut kept = Vec::new();
    play.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| kept.extend(keep(fact).then_some((at, *fact))));
    (play, kept)
}

#[test]
fn a_breaker_opens_while_calls_fail_and_closes_when_they_succeed_again() {
    let level = haunted("CoordinationThwomp(blow: Crash)", "cells: [(5, 2)], on: \"front\"");
    let edits = "Place(name: \"fire\", kind: CircuitBreakerFire, at: (0, 4)),
        Configure(name: \"fire\", setting: Number(\"open-time\", 1000)),";
    let (play, turns) = facts(&level, edits, |fact| matches!(fact, Fact::BreakerTurned { .. }));
    let spring = PieceId::from_name("spring");
    let states: Vec<_> = turns
        .iter()
        .map(|(at, fact)| match fact {
            Fact::BreakerTurned { caller, state, .. } if *caller == spring => (*at, *state),
            other => panic!("{other:?}"),
        })
        .collect();
    assert!(states[0].1 == BreakerState::Open && states[0].0 > Time::from_ms(5_000), "{states:?}");
    assert_eq!(states.last().unwrap().1, BreakerState::Closed, "{states:?}");
    let short: u64 = play.simulation().view().totals().short_circuited;
    assert!(short > 20, "{short}");
    // What the breaker refuses because of the enemy is the enemy's doing.
    let report = play.report();
    assert_eq!(report.enemies[0].loss, report.late + report.failed);
    assert!(!report.enemies[0].beaten);
    let (_, without) = facts(&level, "", |fact| {
        matches!(fact, Fact::BreakerTurned { .. } | Fact::Ended { outcome: Outcome::ShortCircuited, .. })
    });
    assert!(without.is_empty());
}

#[test]
fn a_breaker_on_a_pipe_of_a_room_is_the_rooms() {
    let level = haunted("CoordinationThwomp(blow: Crash)", "cells: [(16, 4)]");
    let edits = "Place(name: \"fire\", kind: CircuitBreakerFire, at: (12, 5)),";
    let (play, turns) = facts(&level, edits, |fact| matches!(fact, Fact::BreakerTurned { .. }));
    let front = PieceId::from_name("front");
    assert!(turns.iter().any(|(_, fact)| matches!(fact, Fact::BreakerTurned { caller, .. } if *caller == front)));
    let with_breaker: Vec<_> = play.simulation().view().sites().filter(|site| site.breaker.is_some()).collect();
    assert_eq!((with_breaker.len(), with_breaker[0].caller), (1, front));
}

#[test]
fn retries_rescue_what_a_short_fault_destroys() {
    let enemy = "enemies: [(name: \"foe\", kind: CircuitBreakerThwomp(), cells: [(0, 4)], \
        schedule: Every(first_ms: 2000, every_ms: 4000, for_ms: 100))]";
    let level = shelf::rich(&[
        ("enemies: []", enemy),
        ("within_ms: 400.0", "within_ms: 900.0"),
        ("rate_per_s: 20.0", "rate_per_s: 10.0"),
    ]);
    let mushroom = "Place(name: \"m\", kind: ServiceMeshSuperMushroom, at: (0, 1)),
        Configure(name: \"m\", setting: Number(\"try-timeout\", 300)),";
    let retried = |fact: &Fact| matches!(fact, Fact::Retried { .. });
    let (without, none) = facts(&level, "", retried);
    let (with, retries) = facts(&level, mushroom, retried);
    let bad = |play: &Play| play.report().late + play.report().failed;
    assert!(none.is_empty() && bad(&without) >= 5, "{}", bad(&without));
    assert!(retries.len() >= 5 && bad(&with) == 0, "{} retries, {} bad", retries.len(), bad(&with));
    assert!(!without.report().enemies[0].beaten && with.report().enemies[0].beaten);
}

#[test]
fn a_sidecar_costs_each_message_a_little() {
    let level = shelf::rich(&[]);
    let (without, _) = facts(&level, "", |_| false);
    let (with, _) = facts(&level, "Place(name: \"m\", kind: ServiceMeshSuperMushroom, at: (4, 3)),", |_| false);
    let median_ms = |play: &Play| play.judge().latency_ns(0.5).unwrap() as f64 / 1e6;
    // A millisecond there and one back, for each of the front's two calls.
    assert!((median_ms(&with) - median_ms(&without) - 4.0).abs() < 0.1);
}
