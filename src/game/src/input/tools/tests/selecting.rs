//! Many at once: boxes, copies, turning.

use super::*;

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
