//! Corners of pipes: what opening a connection costs and when it is opened again, and pipes that are cut one way.

use crate::*;

const WAY: PieceId = PieceId(1_000);

/// Requests at these milliseconds, to a service that runs that program, through a pipe of 5 ms with connections.
fn connected(at_ms: &[u64], program: Vec<Step>, round_trips: u32, idle_ms: u64) -> Blueprint {
    let mut world = pair(spring(at_ms, 1_000), program, 1);
    (world.pipes[0].cells, world.pipes[0].propagation_ns_per_cell) = (1, 5 * MS);
    world.pipes[0].connection = Some(ConnectionSpec { round_trips, idle_ns: idle_ms * MS });
    world
}

/// How long each message was in the pipe in that direction, in nanoseconds, in the order in which they entered.
fn travels(log: &[(Time, Fact)], way: Direction) -> Vec<u64> {
    let travel = |(at, fact): &(Time, Fact)| match fact {
        Fact::Entered { pipe: WAY, direction, hop, .. } if *direction == way => Some(hop.exit_at.since_ns(*at)),
        _ => None,
    };
    log.iter().filter_map(travel).collect()
}

#[test]
fn opening_a_connection_costs_its_round_trips_and_nothing_else() {
    for round_trips in [0, 1, 2, 3] {
        let (_, log) = play(&connected(&[100], Vec::new(), round_trips, 30), &[], 1_000);
        let set_up_ms = 10 * u64::from(round_trips);
        assert_eq!(travels(&log, Direction::Forward), [(set_up_ms + 5) * MS], "{round_trips} round trips");
        assert_eq!(travels(&log, Direction::Backward), [5 * MS], "an answer comes over the open connection");
        assert_eq!(outcomes(&log), [Outcome::Answered]);
        assert_eq!(ends(&log)[0].0, 100 + set_up_ms + 10);
    }
}

/// A request at 100 ms opens it, its answer uses it last at 115 ms. The next ones find it open after a rest of 25 ms and of
/// just 30 ms, the last one finds it closed after 31 ms.
#[test]
fn a_connection_closes_after_its_idle_time_which_answers_interrupt_too() {
    let (_, log) = play(&connected(&[100, 140, 175, 211], Vec::new(), 1, 30), &[], 1_000);
    assert_eq!(travels(&log, Direction::Forward), [15, 5, 5, 15].map(|ms| ms * MS));
    assert_eq!(travels(&log, Direction::Backward), [5 * MS; 4]);
    let mut late = connected(&[100, 140, 175], Vec::new(), 1, 30);
    let Traffic::Replay { arrivals } = &mut late.springs[0].traffic else { unreachable!() };
    *arrivals = [Time::from_ms(100), Time::from_ms(140), Time::from_ms(175).plus_ns(1)].into();
    let (_, log) = play(&late, &[], 1_000);
    assert_eq!(travels(&log, Direction::Forward), [15, 5, 15].map(|ms| ms * MS), "a nanosecond too late");
}

#[test]
fn without_idle_time_each_request_opens_a_connection_of_its_own() {
    let mut world = connected(&[100, 100, 101, 130], Vec::new(), 2, 0);
    // Nobody waits behind another.
    world.pipes[0].jitter = Some(JitterSpec { extra: constant(0), reorders: true });
    let (_, log) = play(&world, &[], 1_000);
    assert_eq!(travels(&log, Direction::Forward), [25 * MS; 4], "in one instant, too");
    assert_eq!(travels(&log, Direction::Backward), [5 * MS; 4]);
}

/// The answer leaves 50 ms after its request came, which is more than the idle time: it pays nothing, and who comes after
/// it finds the connection open.
#[test]
fn an_answer_never_pays_however_long_it_took() {
    let (_, log) = play(&connected(&[100, 180], vec![compute(50)], 1, 30), &[], 1_000);
    assert_eq!(travels(&log, Direction::Forward), [15 * MS, 5 * MS]);
    assert_eq!(travels(&log, Direction::Backward), [5 * MS; 2]);
}

#[test]
fn who_comes_while_the_connection_is_opened_waits_for_it() {
    let (_, log) = play(&connected(&[100, 103, 114], Vec::new(), 1, 30), &[], 1_000);
    assert_eq!(travels(&log, Direction::Forward), [15 * MS, 12 * MS, 5 * MS]);
}

#[test]
fn a_request_that_is_lost_opens_no_connection() {
    let cut = |forward| Action::SetPartition { pipe: WAY, forward, backward: false };
    let (_, log) = play(&connected(&[100, 110], Vec::new(), 1, 30), &[(90, cut(true)), (105, cut(false))], 2_000);
    assert_eq!(travels(&log, Direction::Forward), [15 * MS]);
    assert_eq!(outcomes(&log), [Outcome::Answered, Outcome::TimedOut]);
}

/// Requests at 10, 16 and 70 ms, work of 20 ms; from 15 to 60 ms the pipe is cut one way or the other, or both.
#[test]
fn a_pipe_that_is_cut_one_way_carries_the_other_way() {
    let lost = |ms| (ms, Outcome::TimedOut, Cause::Lost(WAY));
    let answered = |ms| (ms, Outcome::Answered, Cause::Service(FRONT));
    for (forward, backward, begun, expected) in [
        (false, false, 3, [answered(30), answered(36), answered(90)]),
        (true, false, 2, [answered(30), lost(66), answered(90)]),
        (false, true, 3, [lost(60), lost(66), answered(90)]),
        (true, true, 2, [lost(60), lost(66), answered(90)]),
    ] {
        let world = pair(spring(&[10, 16, 70], 50), vec![compute(20)], 1);
        let cut = |forward, backward| Action::SetPartition { pipe: WAY, forward, backward };
        let (run, log) = play(&world, &[(15, cut(forward, backward)), (60, cut(false, false))], 1_000);
        assert_eq!(ends(&log), expected, "cut forward: {forward}, backward: {backward}");
        let works = count(&log, |fact| matches!(fact, Fact::Began { service: FRONT, .. }));
        assert_eq!(works, begun, "cut forward: {forward}, backward: {backward}");
        let losses = expected.iter().filter(|end| end.1 == Outcome::TimedOut).count();
        assert_eq!(run.view().pipes().map(|pipe| pipe.lost).sum::<u64>(), losses as u64);
        assert_empty(&run);
    }
}
