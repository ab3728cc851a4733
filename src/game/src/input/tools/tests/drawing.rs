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

const WINDING: &str = include_str!("../../../../../../levels/2-communication/impatient-queue.ron");

#[test]
fn a_drag_to_a_machine_leads_there_round_what_is_in_the_way() {
    let level = || Level::parse(WINDING).unwrap();
    let joined = |session: &Session| {
        let whole = session.board().joints().filter(|joint| joint.is_whole());
        whole.map(|joint| joint.target.unwrap().0.to_owned()).collect::<Vec<_>>()
    };
    let (spring, inlet) = ((10, 2), level().pieces.iter().find(|p| p.name == "counter").unwrap().mouth(None).unwrap());
    // Straight through the rock, to its port or to the machine itself.
    for end in [inlet, Cell::new(17, 9)] {
        let (mut session, mut hand) = (Session::open(level()), Hand::default());
        drag(&mut hand, &mut session, &[spring, (10, 3), (11, 5), (12, 6), (13, 8), end.into()]);
        assert_eq!(joined(&session), ["counter"], "{:?}", session.board().pipes());
        assert_eq!(session.board().pipes().len(), 1);
    }
    // A loose end is drawn on to it as well.
    let (mut session, mut hand) = (Session::open(level()), Hand::default());
    drag(&mut hand, &mut session, &[spring, (10, 3), (10, 4)]);
    assert!(joined(&session).is_empty());
    drag(&mut hand, &mut session, &[(10, 4), inlet.into()]);
    assert_eq!(joined(&session), ["counter"]);
    // Whoever goes on drawing has not been there.
    let (mut session, mut hand) = (Session::open(level()), Hand::default());
    pull(&mut hand, &mut session, &[spring, (10, 3), inlet.into()]);
    assert!(hand.preview(&session).unwrap().ghost.pipes[0].len() > 10);
    hand.move_to(&session, cell((10, 4)), 0.0);
    hand.release(&mut session, 0.0);
    assert_eq!(session.board().pipes()[0].cells.len(), 3);
}

#[test]
fn a_fast_drag_keeps_off_other_ports_where_it_can() {
    let (mut session, mut hand) = (session(), Hand::default());
    warp(&mut hand, &mut session, (5, 4));
    // Straight down from the upper outlet would block the two below it.
    drag(&mut hand, &mut session, &[(6, 3), (8, 6)]);
    let blocked = [(6, 4), (6, 5)].map(Cell::from);
    let cells = &session.board().pipes()[0].cells;
    assert!(blocked.iter().filter(|cell| cells.contains(cell)).count() <= 1, "{cells:?}");
}

#[test]
fn a_pipe_is_not_pulled_by_its_middle_to_another_machine() {
    let (mut session, mut hand) = (session(), Hand::default());
    warp(&mut hand, &mut session, (5, 4));
    // Past the middle outlet, at which the next pipe is tried.
    drag(&mut hand, &mut session, &[(6, 3), (6, 4), (7, 4), (8, 4), (8, 5), (8, 6), (9, 6)]);
    let before = session.board().clone();
    let south = before.piece("south").unwrap().mouth(None).unwrap();
    for end in [south, Cell::new(6, 9)] {
        drag(&mut hand, &mut session, &[(6, 4), (6, 5), (6, 6), (4, 7), end.into()]);
        assert_eq!(session.board(), &before, "the good pipe stays");
        assert_eq!(refused(&hand), Some(Refusal::LedElsewhere(end)));
    }
    // Elsewhere it is pulled as ever, though the way led over a machine.
    drag(&mut hand, &mut session, &[(8, 4), (9, 6), (10, 7), (9, 4)]);
    assert_ne!(session.board(), &before);
}
