//! Tutorials: which step is shown follows from the board and the run, and the first level's leads to its victory.

mod shelf;

use pipe_maze_level::tutorial::{Button, Lesson, Trouble};
use pipe_maze_level::{Board, Cell, Edit, Kind, Level, Play, Spot, Verdict};
use pipe_maze_sim::Time;

const FIRST: &str = "3-flow-control/two-rooms";

fn nth(lesson: Option<Lesson<'_>>) -> Option<usize> {
    lesson.map(|lesson| lesson.nth)
}

#[test]
fn the_first_level_leads_step_by_step_to_its_victory() {
    let (level, solution) = (shelf::level(FIRST), shelf::solution(&format!("{FIRST}.solution")));
    let mut board = Board::new(&level);
    let first = level.lesson(&board, None).unwrap();
    assert_eq!(first.spots, [Spot::Stock(Kind::WarpPipe), Spot::Place(Kind::WarpPipe, Cell::new(4, 3))]);
    let mut seen = vec![first.nth];
    for edit in &solution.plan {
        board.apply(edit).unwrap();
        seen.extend(nth(level.lesson(&board, None)));
    }
    assert_eq!(seen, [0, 1, 2, 3, 4], "each edit of the solution is a step");
    assert_eq!(level.lesson(&board, None).unwrap().spots, [Spot::Button(Button::Water)]);
    let mut play = Play::start(&level, &board, 1).unwrap();
    assert_eq!(nth(level.lesson(&board, Some(&play))), Some(5));
    play.advance_to(Time::MAX, &mut ());
    assert_eq!((play.verdict(), level.lesson(&board, Some(&play))), (Some(Verdict::Won), None));
    // What is taken away has to be done again.
    board.apply(&Edit::RemovePipe { name: "to-north".into() }).unwrap();
    let lesson = level.lesson(&board, None).unwrap();
    assert_eq!(lesson.nth, 2);
    let inlet = level.pieces.iter().find(|piece| piece.name == "north").unwrap().mouth(None).unwrap();
    let [Spot::Way(way)] = &lesson.spots[..] else { panic!("{lesson:?}") };
    // Of three free outlets the one with the shortest way.
    assert_eq!((way.first(), way.last(), way.len()), (Some(&Cell::new(6, 4)), Some(&inlet), 6));
}

#[test]
fn what_was_put_where_no_water_can_enter_is_led_to_a_better_place() {
    let level = shelf::level(FIRST);
    let mut board = Board::new(&level);
    let place = |at| Edit::Place { name: "warp-pipe-1".into(), kind: Kind::WarpPipe, at };
    // One column too far to the left its way in is rock.
    board.apply(&place(Cell::new(3, 3))).unwrap();
    let piece = board.piece("warp-pipe-1").unwrap().clone();
    assert!(!board.is_free(piece.mouth(None).unwrap()), "{:?}", piece.mouth(None));
    let lesson = level.lesson(&board, None).unwrap();
    assert_eq!((lesson.trouble, lesson.nth), (Some(Trouble::Misplaced), 0));
    assert_eq!(
        lesson.spots,
        [Spot::Cells(vec![Kind::WarpPipe.middle(piece.at), Kind::WarpPipe.middle(Cell::new(4, 3))])]
    );
    board.apply(&Edit::Move { name: "warp-pipe-1".into(), to: Cell::new(4, 3) }).unwrap();
    let lesson = level.lesson(&board, None).unwrap();
    assert!(lesson.trouble.is_none() && lesson.nth == 1, "{lesson:?}");
}

/// The board of the first level with the warp pipe fed, and these pipes.
fn fed(level: &Level, pipes: &[(&str, &[(i32, i32)])]) -> Board {
    let mut board = Board::new(level);
    board
        .apply(&Edit::Place { name: "warp".into(), kind: Kind::WarpPipe, at: Cell::new(4, 3) })
        .expect("there is room");
    let feed: (&str, &[(i32, i32)]) = ("feed", &[(3, 2), (3, 3), (3, 4)]);
    for (name, cells) in [feed].iter().chain(pipes) {
        let cells = cells.iter().map(|&cell| cell.into()).collect();
        board.apply(&Edit::LayPipe { name: (*name).into(), cells }).expect("there is a way");
    }
    board
}

fn way(level: &Level, board: &Board) -> Vec<Cell> {
    let lesson = level.lesson(board, None).expect("a step is due");
    assert_eq!(lesson.trouble, None);
    let [Spot::Way(cells)] = &lesson.spots[..] else { panic!("{lesson:?}") };
    cells.clone()
}

#[test]
fn a_pipe_is_pointed_at_where_it_can_be_drawn_whatever_was_drawn_before() {
    let level = shelf::level(FIRST);
    // From the upper outlet, past the middle one.
    let past: &[(i32, i32)] = &[(6, 3), (6, 4), (7, 4), (8, 4), (8, 5), (8, 6), (9, 6)];
    let mut board = fed(&level, &[("to-north", past)]);
    let cells = way(&level, &board);
    assert_eq!(cells.first(), Some(&Cell::new(6, 5)), "the only outlet that is free");
    assert!(cells.iter().all(|&cell| board.is_free(cell)));
    let south = level.pieces.iter().find(|piece| piece.name == "south").unwrap().mouth(None);
    assert_eq!(cells.last().copied(), south);
    // Half of it is drawn: it is drawn on from there.
    board.apply(&Edit::LayPipe { name: "half".into(), cells: cells[..4].to_vec() }).unwrap();
    let rest = way(&level, &board);
    assert_eq!((rest.first(), rest.last(), rest.len()), (cells.get(3), cells.last(), cells.len() - 3));
    board.apply(&Edit::Reroute { name: "half".into(), cells }).unwrap();
    assert_eq!(level.lesson(&board, None).unwrap().nth, 4);
    // The other way round: from the room, but not yet at the warp pipe.
    let mut board = fed(&level, &[("to-north", past), ("back", &[(3, 10), (3, 9), (3, 8)])]);
    let rest = way(&level, &board);
    assert_eq!((rest.first(), rest.last()), (Some(&Cell::new(3, 8)), Some(&Cell::new(6, 5))));
    let mut whole = vec![Cell::new(3, 10), Cell::new(3, 9)];
    whole.extend(rest);
    board.apply(&Edit::Reroute { name: "back".into(), cells: whole }).unwrap();
    assert_eq!(level.lesson(&board, None).unwrap().nth, 4);
}

#[test]
fn whoever_does_what_the_hand_shows_wins_at_par() {
    let level = shelf::level(FIRST);
    let mut board = Board::new(&level);
    for step in 0..4 {
        let lesson = level.lesson(&board, None).unwrap();
        assert_eq!((lesson.nth, lesson.trouble), (step, None));
        let edit = match lesson.spots.last().unwrap().clone() {
            Spot::Place(kind, at) => Edit::Place { name: "warp".into(), kind, at },
            Spot::Way(cells) => Edit::LayPipe { name: format!("pipe-{step}"), cells },
            other => panic!("{other:?}"),
        };
        board.apply(&edit).unwrap();
    }
    assert!(board.cost() <= level.par.unwrap(), "{}", board.cost());
    for seed in 1..=8 {
        let mut play = Play::start(&level, &board, seed).unwrap();
        play.advance_to(Time::MAX, &mut ());
        assert_eq!(play.verdict(), Some(Verdict::Won), "seed {seed}");
    }
}

#[test]
fn what_leaves_no_way_is_to_be_taken_back() {
    let level = shelf::level(FIRST);
    // Past both other outlets.
    let loop_: &[(i32, i32)] = &[(6, 3), (6, 4), (6, 5), (6, 6), (6, 7), (7, 7), (8, 7), (8, 6), (9, 6)];
    let mut board = fed(&level, &[("to-north", loop_)]);
    let lesson = level.lesson(&board, None).unwrap();
    assert_eq!((lesson.nth, lesson.trouble, lesson.spots), (3, Some(Trouble::Blocked), vec![Spot::Undo]));
    board.apply(&Edit::RemovePipe { name: "to-north".into() }).unwrap();
    assert_eq!(level.lesson(&board, None).unwrap().trouble, None);
    // What cannot be paid is no way either.
    let short: &[(i32, i32)] = &[(6, 4), (7, 4), (8, 4), (8, 5), (8, 6), (9, 6)];
    for (budget, trouble) in [(170, None), (169, Some(Trouble::Blocked))] {
        let level = Level { budget, ..shelf::level(FIRST) };
        let board = fed(&level, &[("to-north", short)]);
        assert_eq!(level.lesson(&board, None).unwrap().trouble, trouble, "nine cells more, of {budget} coins");
    }
}

#[test]
fn nobody_is_taught_to_build_while_water_flows() {
    let level = shelf::level(FIRST);
    let board = Board::new(&level);
    let play = Play::start(&level, &board, 1).unwrap();
    assert_eq!(level.lesson(&board, Some(&play)), None);
}

#[test]
fn steps_that_cannot_be_shown_are_named() {
    let text = shelf::text(&format!("{FIRST}.ron"));
    let problem = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        Level::parse(&text.replacen(from, to, 1)).unwrap_err().to_string()
    };
    assert!(problem("(text: \"step-warp\"", "(text: \"step-none\"").contains("tutorial[0]"));
    assert!(problem("Place(WarpPipe, (4, 3))", "Place(WarpPipe, (400, 3))").contains("outside the map"));
    assert!(problem("Named(\"north\")", "Named(\"No Name\")").contains("a-z"));
    assert!(problem("until: Flowing", "until: Fleeing").contains("tutorial[4]"));
}
