//! Each tool by cells alone: what it does, what it refuses, and how it is cancelled.

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
fn a_fast_drag_fills_its_gaps_and_a_drag_back_takes_cells_away() {
    let (mut session, mut hand) = (session(), Hand::default());
    drag(&mut hand, &mut session, &[(3, 2), (3, 5), (5, 6)]);
    let pipe = session.board().pipes()[0].clone();
    assert_eq!(pipe.cells.len(), 7, "{:?}", pipe.cells);
    // From its end the pipe goes on, and back over its own cells it gets shorter.
    drag(&mut hand, &mut session, &[(5, 6), (6, 6)]);
    assert_eq!(session.board().pipes()[0].cells.len(), 8);
    let back: (i32, i32) = pipe.cells[4].into();
    drag(&mut hand, &mut session, &[(6, 6), (5, 6), back]);
    assert_eq!(session.board().pipes()[0].cells, pipe.cells[..5]);
    assert_eq!(session.board().pipes().len(), 1);
}

#[test]
fn rock_is_refused_with_its_reason_and_the_pipe_stops_before_it() {
    let (mut session, mut hand) = (session(), Hand::default());
    drag(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 3), (2, 3), (2, 4)]);
    assert_eq!(refused(&hand), Some(Refusal::Rock(Cell::new(2, 4))));
    assert_eq!(session.board().pipes()[0].cells.len(), 3);
}

#[test]
fn a_pipe_is_drawn_over_another_only_where_there_are_bridges() {
    let cross = |session: &mut Session, hand: &mut Hand| {
        drag(hand, session, &[(3, 5), (4, 5), (5, 5), (6, 5)]);
        drag(hand, session, &[(5, 3), (5, 4), (5, 5), (5, 6)]);
        session.board().pipe("pipe-2").map(|pipe| pipe.cells.len())
    };
    let (mut plain, mut hand) = (session(), Hand::default());
    assert_eq!(cross(&mut plain, &mut hand), Some(2));
    assert!(matches!(refused(&hand), Some(Refusal::PipeThere(at, _)) if at == Cell::new(5, 5)));
    let level = LEVEL.replace("(price_per_cell: 5,", "(price_per_cell: 5, price_per_bridge: 10,");
    let (mut bridged, mut hand) = (Session::open(Level::parse(&level).unwrap()), Hand::default());
    assert_eq!(cross(&mut bridged, &mut hand), Some(4), "{:?}", hand.reason);
}

#[test]
fn a_touch_without_a_move_lays_nothing() {
    let (mut session, mut hand) = (session(), Hand::default());
    drag(&mut hand, &mut session, &[(3, 5)]);
    assert!(session.board().pipes().is_empty());
}

#[test]
fn what_is_drawn_says_what_it_costs_before_it_is_laid() {
    let (mut session, mut hand) = (session(), Hand::default());
    pull(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 4)]);
    let preview = hand.preview(&session).unwrap();
    assert_eq!(preview.refusal, None);
    assert_eq!((preview.price.coins, preview.price.round_trip_cells), (15, 6));
    assert_eq!(preview.ghost.pipes, [vec![Cell::new(3, 2), Cell::new(3, 3), Cell::new(3, 4)]]);
    assert!(session.board().pipes().is_empty());
}

#[test]
fn what_is_too_dear_is_refused_before_and_after_the_drop() {
    let level = LEVEL.replace("budget: 260", "budget: 12").replace("par: 170", "par: 10");
    let (mut session, mut hand) = (Session::open(Level::parse(&level).unwrap()), Hand::default());
    pull(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 4)]);
    let too_dear = Some(Refusal::TooDear { price: 15, left: 12 });
    assert_eq!(hand.preview(&session).unwrap().refusal, too_dear);
    hand.release(&mut session, 7.0);
    assert_eq!(refused(&hand), too_dear);
    let reason = hand.reason.as_ref().unwrap();
    assert_eq!((reason.ghost.pipes.len(), reason.since_s), (1, 7.0), "what was refused is shown");
    assert!(session.board().pipes().is_empty());
}

#[test]
fn a_pipe_is_pulled_elsewhere_and_keeps_its_ends() {
    let (mut session, mut hand) = (session(), Hand::default());
    drag(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 4), (3, 5), (3, 6)]);
    pull(&mut hand, &mut session, &[(3, 4), (4, 4), (5, 4)]);
    let preview = hand.preview(&session).unwrap();
    assert_eq!(preview.price.round_trip_cells_before, Some(10));
    assert!(preview.price.coins > 0 && preview.price.round_trip_cells > 10, "{preview:?}");
    assert!(!preview.ghost.vacated.is_empty());
    hand.release(&mut session, 0.0);
    let cells = &session.board().pipes()[0].cells;
    assert!(cells.contains(&Cell::new(5, 4)) && !cells.contains(&Cell::new(3, 4)), "{cells:?}");
    assert_eq!((cells.first(), cells.last()), (Some(&Cell::new(3, 2)), Some(&Cell::new(3, 6))));
    assert!(session.undo() && session.undo() && !session.can_undo(), "one edit each");
}

#[test]
fn a_pipe_is_not_pulled_into_rock_and_cancelling_leaves_it() {
    let (mut session, mut hand) = (session(), Hand::default());
    drag(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 4), (3, 5), (3, 6)]);
    let before = session.board().clone();
    pull(&mut hand, &mut session, &[(3, 4), (2, 4)]);
    assert_eq!(refused(&hand), Some(Refusal::Rock(Cell::new(2, 4))));
    hand.release(&mut session, 0.0);
    assert_eq!(session.board(), &before);
    pull(&mut hand, &mut session, &[(3, 4), (4, 4)]);
    assert!(hand.back());
    hand.release(&mut session, 0.0);
    assert_eq!(session.board(), &before);
}

#[test]
fn a_piece_is_placed_moved_and_removed() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 5));
    let at = session.board().piece(&name).unwrap().at;
    drag(&mut hand, &mut session, &[(5, 5), (5, 4)]);
    assert_eq!(session.board().piece(&name).unwrap().at, at.offset(0, -1));
    hand.remove_selected(&mut session, 0.0);
    assert!(session.board().piece(&name).is_none());
    assert!(session.undo() && session.undo() && session.undo());
    assert!(session.board().pieces().iter().all(|piece| piece.fixed));
}

#[test]
fn a_piece_takes_its_pipes_along() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    drag(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 4)]);
    let whole = |session: &Session| session.board().joints().filter(|joint| joint.is_whole()).count();
    assert_eq!(whole(&session), 1);
    pull(&mut hand, &mut session, &[(5, 4), (5, 5)]);
    let preview = hand.preview(&session).unwrap();
    assert_eq!((preview.ghost.pieces.len(), preview.ghost.pipes.len()), (1, 1));
    hand.release(&mut session, 0.0);
    assert_eq!(whole(&session), 1, "{:?}", session.board().pipes());
    assert_eq!(session.board().piece(&name).unwrap().at, Cell::new(4, 4));
}

#[test]
fn a_refused_drop_leaves_the_piece_and_says_why_at_the_cell() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    let before = session.board().clone();
    pull(&mut hand, &mut session, &[(5, 4), (5, 2)]);
    assert!(hand.preview(&session).unwrap().refusal.is_some());
    hand.release(&mut session, 0.0);
    assert_eq!(refused(&hand), Some(Refusal::Sky(Cell::new(4, 1))));
    assert_eq!(hand.reason.as_ref().unwrap().ghost.pieces.len(), 1);
    assert_eq!((session.board(), hand.selection.only()), (&before, Some(&name)));
}

#[test]
fn what_belongs_to_the_level_stays() {
    let (mut session, mut hand) = (session(), Hand::default());
    drag(&mut hand, &mut session, &[(5, 9), (3, 9)]);
    assert_eq!(refused(&hand), Some(Refusal::Fixed("south".into())));
    hand.remove_selected(&mut session, 0.0);
    assert!(session.board().piece("south").is_some());
    hand.duplicate(&session, 0.0);
    assert_eq!(hand.doing, Doing::Nothing);
}

#[test]
fn a_placed_piece_shows_its_ghost_and_the_next_one_waits_for_the_pointer() {
    let (mut session, mut hand) = (session(), Hand::default());
    hand.take_tool(Tool::Place(Kind::WarpPipe));
    assert_eq!(hand.preview(&session), None, "no pointer has come yet");
    hand.move_to(&session, Cell::new(5, 4), 0.0);
    assert_eq!(hand.preview(&session).map(|preview| preview.price.coins), Some(80));
    drag(&mut hand, &mut session, &[(5, 4)]);
    assert_eq!(hand.preview(&session), None);
    hand.move_to(&session, Cell::new(5, 5), 0.0);
    assert!(matches!(hand.preview(&session).unwrap().refusal, Some(Refusal::PieceThere(..))));
}

#[test]
fn a_second_finger_takes_back_a_placing() {
    let (mut session, mut hand) = (session(), Hand::default());
    hand.take_tool(Tool::Place(Kind::WarpPipe));
    pull(&mut hand, &mut session, &[(5, 4)]);
    assert!(hand.cancel());
    hand.release(&mut session, 0.0);
    assert!(!session.can_undo());
    assert_eq!(hand.tool, Tool::Place(Kind::WarpPipe), "the tool stays");
}

#[test]
fn a_box_selects_what_is_in_it_and_all_of_it_moves_at_once() {
    let (mut session, mut hand) = (session(), Hand::default());
    let first = warp(&mut hand, &mut session, (5, 4));
    drag(&mut hand, &mut session, &[(6, 5), (6, 6), (5, 6)]);
    hand.take_tool(Tool::Select);
    drag(&mut hand, &mut session, &[(3, 3), (6, 7)]);
    let names: Vec<&str> = hand.selection.names().collect();
    assert_eq!(names, ["pipe-1", first.as_str()]);
    let cells = session.board().pipe("pipe-1").unwrap().cells.clone();
    drag(&mut hand, &mut session, &[(4, 3), (4, 4)]);
    assert_eq!(session.board().piece(&first).unwrap().at, Cell::new(4, 4));
    let moved: Vec<Cell> = cells.iter().map(|cell| cell.offset(0, 1)).collect();
    assert_eq!(session.board().pipe("pipe-1").unwrap().cells, moved);
    assert!(session.undo());
    assert_eq!(session.board().pipe("pipe-1").unwrap().cells, cells, "one step undoes all of it");
    hand.remove_selected(&mut session, 0.0);
    assert!(session.board().pipes().is_empty() && session.board().piece(&first).is_none());
}

#[test]
fn pieces_side_by_side_are_not_in_each_others_way() {
    let wide = LEVEL.replace("count: 1", "count: 3").replace("budget: 260", "budget: 2000");
    let wide = wide.replace("#......##......#", "#..............#").replace("#.#....#.......#", "#.#............#");
    let (mut session, mut hand) = (Session::open(Level::parse(&wide).unwrap()), Hand::default());
    let left = warp(&mut hand, &mut session, (4, 4));
    let right = warp(&mut hand, &mut session, (6, 4));
    let at = |session: &Session, name: &String| session.board().piece(name).unwrap().at;
    for (from, to, column) in [((4, 4), (5, 4), 4), ((5, 4), (4, 4), 3)] {
        hand.select_all(session.board());
        drag(&mut hand, &mut session, &[from, to]);
        assert_eq!(refused(&hand), None);
        assert_eq!(at(&session, &left), Cell::new(column, 3));
        assert_eq!(at(&session, &right), Cell::new(column + 2, 3));
    }
}

#[test]
fn shift_adds_takes_away_and_draws_a_box_with_any_tool() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    drag(&mut hand, &mut session, &[(3, 6), (3, 7), (3, 8)]);
    hand.press(&mut session, Cell::new(5, 4), true, 0.0);
    hand.release(&mut session, 0.0);
    hand.press(&mut session, Cell::new(3, 7), true, 0.0);
    hand.release(&mut session, 0.0);
    assert_eq!(hand.selection.len(), 2);
    hand.press(&mut session, Cell::new(5, 4), true, 0.0);
    hand.release(&mut session, 0.0);
    assert!(!hand.selection.contains(&name) && hand.selection.len() == 1);
    hand.press(&mut session, Cell::new(6, 6), true, 0.0);
    assert_eq!(hand.doing, Doing::Boxing(Cell::new(6, 6)));
    hand.move_to(&session, Cell::new(3, 3), 0.0);
    hand.release(&mut session, 0.0);
    assert!(hand.selection.contains(&name));
}

#[test]
fn a_copy_is_put_down_with_its_settings_and_is_selected_then() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    assert!(hand.copy(&session));
    hand.move_to(&session, Cell::new(3, 7), 0.0);
    hand.paste(&session, 0.0);
    assert_eq!(hand.preview(&session).unwrap().price.coins, 80);
    drag(&mut hand, &mut session, &[(3, 7)]);
    let copy = hand.selection.only().cloned().unwrap();
    assert!(copy != name && session.board().piece(&copy).is_some());
    assert!(session.undo() && !session.board().pieces().iter().any(|piece| piece.name == copy));
}

#[test]
fn a_copy_that_cannot_be_put_down_stays_in_the_hand_until_it_is_let_go() {
    let (mut session, mut hand) = (session(), Hand::default());
    warp(&mut hand, &mut session, (5, 4));
    hand.duplicate(&session, 0.0);
    let before = session.board().clone();
    drag(&mut hand, &mut session, &[(5, 4)]);
    assert!(matches!(refused(&hand), Some(Refusal::PieceThere(..))));
    assert!(hand.carries() && session.board() == &before);
    drag(&mut hand, &mut session, &[(5, 4), (3, 7)]);
    assert!(!hand.carries() && session.board() != &before);
    hand.paste(&session, 0.0);
    assert!(!hand.carries(), "a duplicate is not a copy");
}

#[test]
fn what_is_cut_comes_back_by_paste_and_no_more_than_there_is_stock() {
    let level = LEVEL.replace("budget: 260", "budget: 2000");
    let (mut session, mut hand) = (Session::open(Level::parse(&level).unwrap()), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    hand.cut(&mut session, 0.0);
    assert!(session.board().piece(&name).is_none());
    hand.paste(&session, 0.0);
    drag(&mut hand, &mut session, &[(5, 5)]);
    assert_eq!(session.board().left(Kind::WarpPipe), 0);
    hand.paste(&session, 0.0);
    assert_eq!(hand.preview(&session).unwrap().refusal, Some(Refusal::NoneLeft(Kind::WarpPipe)));
    assert!(hand.back() && !hand.carries());
}

#[test]
fn a_piece_is_turned_where_it_stands_in_the_hand_and_before_it_is_placed() {
    let (mut session, mut hand) = (session(), Hand::default());
    let name = warp(&mut hand, &mut session, (5, 4));
    let facing = |session: &Session, name: &str| session.board().piece(name).unwrap().facing;
    hand.turn(&mut session, 0.0);
    assert_eq!(facing(&session, &name), Facing::West);
    pull(&mut hand, &mut session, &[(5, 4), (5, 5)]);
    hand.turn(&mut session, 0.0);
    hand.release(&mut session, 0.0);
    assert_eq!(facing(&session, &name), Facing::East);
    assert_eq!(session.board().piece(&name).unwrap().at, Cell::new(4, 4));
    hand.take_tool(Tool::Place(Kind::WarpPipe));
    hand.turn(&mut session, 0.0);
    drag(&mut hand, &mut session, &[(3, 8)]);
    let other = hand.selection.only().cloned().unwrap();
    assert_eq!(facing(&session, &other), Facing::West);
}

#[test]
fn a_copy_in_the_hand_is_mirrored_about_the_cell_that_is_held() {
    let (mut session, mut hand) = (session(), Hand::default());
    warp(&mut hand, &mut session, (5, 4));
    hand.duplicate(&session, 0.0);
    hand.turn(&mut session, 0.0);
    drag(&mut hand, &mut session, &[(2, 9)]);
    let piece = session.board().piece(hand.selection.only().unwrap()).unwrap();
    assert_eq!(piece.facing, Facing::West);
    assert!(piece.cells().any(|cell| cell == Cell::new(2, 9)), "{piece:?}");
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
