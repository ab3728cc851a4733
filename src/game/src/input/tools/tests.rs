//! Each tool by cells alone: what it does, what it refuses, and how it is cancelled.

mod drawing;
mod pieces;
mod selecting;

use super::*;
use pipe_maze_level::Level;
use pipe_maze_level::grid::Facing;

const LEVEL: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.ron");

/// The level, with three warp pipes and coins to spare.
fn session() -> Session {
    let level = LEVEL.replace("count: 1", "count: 3").replace("budget: 260", "budget: 2000");
    Session::open(Level::parse(&level).unwrap())
}

fn cell(cell: (i32, i32)) -> Cell {
    cell.into()
}

/// Presses at the first cell and moves through the others.
fn pull(hand: &mut Hand, session: &mut Session, cells: &[(i32, i32)]) {
    hand.press(session, cell(cells[0]), false, 0.0);
    for &to in &cells[1..] {
        hand.move_to(session, cell(to), 0.0);
    }
}

/// The same, and lets go.
fn drag(hand: &mut Hand, session: &mut Session, cells: &[(i32, i32)]) {
    pull(hand, session, cells);
    hand.release(session, 0.0);
}

/// Places a warp pipe with its middle there; gives its name.
fn warp(hand: &mut Hand, session: &mut Session, at: (i32, i32)) -> String {
    hand.take_tool(Tool::Place(Kind::WarpPipe));
    drag(hand, session, &[at]);
    hand.let_go();
    hand.selection.only().cloned().expect("what was placed is selected")
}

fn refused(hand: &Hand) -> Option<Refusal> {
    hand.reason.as_ref().map(|reason| reason.refusal.clone())
}

#[test]
fn a_finger_that_rests_takes_a_piece_which_the_next_touch_puts_down() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    pull(&mut hand, &mut session, &[(5, 4)]);
    hand.hold(&session, 0.0);
    hand.release(&mut session, 0.0);
    assert!(hand.carries(), "lifting the finger does not drop it");
    drag(&mut hand, &mut session, &[(5, 5)]);
    assert_eq!(session.board().piece(&name).unwrap().at, Cell::new(4, 4));
    // Held and then dragged it is dropped where the finger is lifted.
    pull(&mut hand, &mut session, &[(5, 5)]);
    hand.hold(&session, 0.0);
    hand.move_to(&session, Cell::new(5, 4), 0.0);
    hand.release(&mut session, 0.0);
    assert_eq!(session.board().piece(&name).unwrap().at, Cell::new(4, 3));
}

#[test]
fn keys_alone_select_take_move_drop_and_pull() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    hand.selection.clear();
    let enter = |hand: &mut Hand, session: &mut Session, at: (i32, i32)| {
        hand.move_to(session, cell(at), 0.0);
        hand.act(session, false, 0.0);
    };
    enter(&mut hand, &mut session, (5, 4));
    assert_eq!((hand.selection.only(), &hand.doing), (Some(&name), &Doing::Nothing));
    enter(&mut hand, &mut session, (5, 4));
    assert!(hand.carries());
    enter(&mut hand, &mut session, (5, 5));
    assert_eq!(session.board().piece(&name).unwrap().at, Cell::new(4, 4));
    hand.let_go();
    enter(&mut hand, &mut session, (3, 6));
    for row in 7..=10 {
        hand.move_to(&session, Cell::new(3, row), 0.0);
    }
    hand.act(&mut session, false, 0.0);
    assert_eq!(session.board().pipe("pipe-1").unwrap().cells.len(), 5);
    enter(&mut hand, &mut session, (3, 8));
    enter(&mut hand, &mut session, (3, 8));
    assert!(matches!(hand.doing, Doing::Rerouting(_)), "{:?}", hand.doing);
    enter(&mut hand, &mut session, (2, 8));
    assert!(session.board().pipe("pipe-1").unwrap().cells.contains(&Cell::new(2, 8)));
    hand.take_tool(Tool::Select);
    enter(&mut hand, &mut session, (1, 3));
    enter(&mut hand, &mut session, (6, 11));
    assert_eq!(hand.selection.len(), 2);
}

#[test]
fn while_water_flows_the_hand_only_selects() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    session.start(Some(1)).unwrap();
    let before = session.board().clone();
    drag(&mut hand, &mut session, &[(5, 4), (5, 5)]);
    assert_eq!(hand.selection.only(), Some(&name));
    hand.duplicate(&session, 0.0);
    assert_eq!(refused(&hand), Some(Refusal::NotInFlow));
    drag(&mut hand, &mut session, &[(3, 6), (3, 7)]);
    hand.remove_selected(&mut session, 0.0);
    assert!(session.board() == &before && hand.preview(&session).is_none());
}

#[test]
fn esc_goes_one_step_back_at_a_time() {
    let (mut session, mut hand) = (session(), Hand::default());
    warp(&mut hand, &mut session, (5, 4));
    hand.take_tool(Tool::Select);
    pull(&mut hand, &mut session, &[(5, 4), (5, 5)]);
    assert!(hand.back() && hand.doing == Doing::Nothing && hand.tool == Tool::Select);
    assert!(hand.back() && hand.tool == Tool::Pipe && !hand.selection.is_empty());
    assert!(hand.back() && hand.selection.is_empty());
    assert!(!hand.back());
}
