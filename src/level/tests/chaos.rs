//! Chaos levels: faults are edits like others, within the blast radius, and nothing else can be changed.

mod shelf;

use pipe_maze_level::{Board, Cell, Edit, EnemyKind, History, Level, Play, Refusal, Solution, Verdict};

const LEVEL: &str = "2-communication/blast-radius";

fn place(name: &str, kind: EnemyKind, at: (i32, i32)) -> Edit {
    Edit::PlaceEnemy { name: name.into(), kind, at: at.into() }
}

const PLANT: EnemyKind = EnemyKind::LatencyPiranhaPlant;
const STONE: EnemyKind = EnemyKind::CoordinationThwomp;

#[test]
fn faults_are_placed_moved_and_taken_away_and_each_edit_has_its_inverse() {
    let level = shelf::level(LEVEL);
    let first = Board::new(&level);
    let mut history = History::new(first.clone());
    assert_eq!((history.board().faults_left(PLANT), history.board().cost()), (1, 0));
    let edits = [
        place("plant", PLANT, (10, 9)),
        place("stone", STONE, (5, 8)),
        Edit::Move { name: "plant".into(), to: Cell::new(2, 8) },
        Edit::Remove { name: "stone".into() },
    ];
    for edit in &edits {
        history.apply(edit).unwrap();
    }
    let last = history.board().clone();
    assert_eq!((last.faults().len(), last.faults_left(PLANT), last.faults_left(STONE), last.cost()), (1, 0, 1, 40));
    assert_eq!(last.fault_at(Cell::new(2, 8)).unwrap().target(&last), Some("feed"));
    let built = last.edits(&level).unwrap();
    let mut again = Board::new(&level);
    built.iter().for_each(|edit| assert!(again.apply(edit).is_ok(), "{edit:?}"));
    assert_eq!(again, last);
    while history.undo() {}
    assert_eq!(*history.board(), first);
    while history.redo() {}
    assert_eq!(*history.board(), last);
}

#[test]
fn what_cannot_be_is_refused_with_its_reason() {
    let level = shelf::level(LEVEL);
    let mut board = Board::new(&level);
    let refused = |board: &Board, edit: &Edit| board.refusal(edit);
    assert_eq!(refused(&board, &place("p", PLANT, (5, 8))), Some(Refusal::NothingToStrike(Cell::new(5, 8))));
    assert_eq!(refused(&board, &place("s", STONE, (10, 9))), Some(Refusal::NothingToStrike(Cell::new(10, 9))));
    assert_eq!(refused(&board, &place("counter", STONE, (5, 8))), Some(Refusal::NameTaken("counter".into())));
    assert_eq!(refused(&board, &place("p", PLANT, (99, 9))), Some(Refusal::OutsideMap(Cell::new(99, 9))));
    for edit in [
        Edit::RemovePipe { name: "feed".into() },
        Edit::Valve { name: "feed".into(), shut: true },
        Edit::Remove { name: "warp".into() },
        Edit::Move { name: "warp".into(), to: Cell::new(11, 9) },
    ] {
        assert_eq!(refused(&board, &edit), Some(Refusal::SystemStays), "{edit:?}");
        assert_eq!(refused(&board, &Edit::Batch(vec![edit])), Some(Refusal::SystemStays));
    }
    board.apply(&place("plant", PLANT, (10, 9))).unwrap();
    assert_eq!(refused(&board, &place("p", PLANT, (2, 6))), Some(Refusal::NoFaultLeft(PLANT)));
    assert_eq!(refused(&board, &place("s", STONE, (20, 9))), Some(Refusal::OutOfBlast(Cell::new(20, 9))));
    board.apply(&place("stone", STONE, (5, 8))).unwrap();
    let third = place("third", EnemyKind::CircuitBreakerThwomp, (2, 8));
    assert_eq!(refused(&board, &third), Some(Refusal::NoFaultLeft(EnemyKind::CircuitBreakerThwomp)), "two at most");
    let on_the_other = Edit::Move { name: "plant".into(), to: Cell::new(5, 8) };
    assert!(refused(&board, &on_the_other).is_some());
}

#[test]
fn while_it_flows_nothing_can_be_changed_and_the_fault_does_what_it_does_in_other_levels() {
    let level = shelf::level(LEVEL);
    let solution = shelf::solution(&format!("{LEVEL}.solution"));
    let mut play = Play::start(&level, &solution.board(&level).unwrap(), 1).unwrap();
    assert_eq!(play.command(&Edit::Valve { name: "feed".into(), shut: true }), Err(Refusal::SystemStays));
    play.advance_to(pipe_maze_sim::Time::from_ms(3_000), &mut ());
    let states = play.enemies();
    assert!(states.len() == 1 && states[0].active && states[0].target == Some("trunk"));
    assert_eq!(play.verdict(), None, "the budget is to be spent here, and to spend it ends nothing");
    play.advance_to(pipe_maze_sim::Time::MAX, &mut ());
    assert_eq!(play.verdict(), Some(Verdict::Won));
    assert!(play.report().budget.left < 0.0);
    let nothing = Play::run(&level, &Solution::nothing(&level), 1).unwrap();
    assert!(nothing.verdict() == Some(Verdict::Lost) && nothing.report().budget.left > 0.9);
}

#[test]
fn a_chaos_level_that_cannot_be_one_is_named() {
    let text = shelf::text(&format!("{LEVEL}.ron"));
    let problem = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Level::parse(&text.replacen(from, to, 1)).unwrap_err().to_string()
    };
    assert!(problem("genre: Chaos", "genre: Puzzle").contains("chaos"));
    assert!(problem("faults: 2", "faults: 0").contains("chaos, faults"));
    assert!(problem("radius: 8", "radius: 999").contains("chaos, radius"));
    assert!(problem("count: 1, price: 40", "count: 99, price: 40").contains("latency-piranha-plant"));
    let defended = problem("Break(good_share_at_most: 0.6", "GoodShare(at_least: 0.6");
    assert!(defended.contains("Break"), "{defended}");
}
