//! Pipes: drawn, led elsewhere, refused.

use super::*;

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
