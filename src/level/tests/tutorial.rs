//! Tutorials: which step is shown follows from the board and the run, and the first level's leads to its victory.

mod shelf;

use pipe_maze_level::tutorial::{Button, Lesson};
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
    let (outlet, inlet) =
        (Cell::new(6, 3), level.pieces.iter().find(|piece| piece.name == "north").unwrap().mouth(None));
    assert_eq!(lesson.spots, [Spot::Cells(vec![outlet, inlet.unwrap()])], "from a free outlet to the inlet");
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
    assert!(lesson.amiss && lesson.nth == 0);
    assert_eq!(
        lesson.spots,
        [Spot::Cells(vec![Kind::WarpPipe.middle(piece.at), Kind::WarpPipe.middle(Cell::new(4, 3))])]
    );
    board.apply(&Edit::Move { name: "warp-pipe-1".into(), to: Cell::new(4, 3) }).unwrap();
    let lesson = level.lesson(&board, None).unwrap();
    assert!(!lesson.amiss && lesson.nth == 1, "{lesson:?}");
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
