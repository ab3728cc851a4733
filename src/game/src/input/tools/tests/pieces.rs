//! Pieces: placed, moved, removed.

use super::*;

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
