//! Corners of programs: calls, waits, pools, loops.

use crate::*;

/// The program of FRONT that makes these calls and waits.
fn parallel(calls: Vec<CallSpec>, wait: Wait) -> Vec<Step> {
    vec![Step::Parallel { calls, wait }]
}

/// What becomes of a request whose program calls BACK so often well and so often badly.
fn together(good: usize, bad: usize, optional: bool, wait: Wait) -> Outcome {
    let missing = CallSpec { endpoint: EndpointId::from_name("missing"), optional, ..call(BACK) };
    let mut calls = vec![missing; bad];
    calls.extend(vec![call(BACK); good]);
    let (run, log) = play(&pair(spring(&[1], 1_000), parallel(calls, wait), 5), &[], 2_000);
    assert_empty(&run);
    outcomes(&log)[0]
}

#[test]
fn calls_made_together_succeed_as_their_wait_says() {
    use Outcome::{Answered, Failed};
    let cases = [
        (together(3, 0, false, Wait::All), Answered),
        (together(2, 1, false, Wait::All), Failed),
        (together(2, 1, true, Wait::All), Answered),
        (together(0, 2, true, Wait::All), Answered),
        (together(1, 2, false, Wait::Any), Answered),
        (together(0, 2, false, Wait::Any), Failed),
        (together(0, 2, true, Wait::Any), Failed),
        (together(2, 1, false, Wait::Quorum(2)), Answered),
        (together(1, 2, false, Wait::Quorum(2)), Failed),
        (together(0, 0, false, Wait::All), Answered),
        (together(0, 0, false, Wait::Any), Answered),
    ];
    for (nth, (outcome, expected)) in cases.into_iter().enumerate() {
        assert_eq!(outcome, expected, "case {nth}");
    }
}

#[test]
fn a_call_without_a_route_ends_within_its_step() {
    let world = |wait| {
        let mut world = pair(spring(&[1], 1_000), parallel(vec![call(PieceId(300)), call(BACK)], wait), 5);
        world.services.push(service(PieceId(300), 1, Vec::new()));
        world.pipes.push(pipe(1_002, FRONT, 1, PieceId(300)));
        world
    };
    let shut = [(0, Action::SetShut { pipe: PieceId(1_002), shut: true })];
    let (run, log) = play(&world(Wait::All), &shut, 100);
    assert_eq!(ends(&log), [(1, Outcome::Failed, Cause::NoRoute(FRONT))], "at once, without the other call");
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Began { service: BACK, .. })), 0);
    assert_empty(&run);
    let (run, log) = play(&world(Wait::Any), &shut, 100);
    assert_eq!(outcomes(&log), [Outcome::Answered]);
    assert_empty(&run);
}

/// Thousands of calls in a row that end at once, and as many requests that wait for one worker that takes no time:
/// nothing of it may go deep into the stack.
#[test]
fn what_happens_at_one_instant_does_not_recurse() {
    let optional = CallSpec { optional: true, ..call(BACK) };
    let world = pair(spring(&[1], 1_000), vec![Step::Call(optional); 30_000], 5);
    let (run, log) = play(&world, &[(0, Action::SetShut { pipe: PieceId(1_001), shut: true })], 100);
    assert_eq!(outcomes(&log), [Outcome::Answered]);
    assert_empty(&run);

    let mut world = pair(spring(&[1; 30_000], 1_000), Vec::new(), 5);
    world.services[0].workers = 1;
    let pause = |paused| Action::SetPaused { service: FRONT, replica: 0, paused };
    let (run, log) = play(&world, &[(0, pause(true)), (10, pause(false))], 100);
    assert_eq!(outcomes(&log), [Outcome::Answered; 30_000]);
    assert_empty(&run);

    let mut world = pair(spring(&[1; 30_000], 1_000), vec![Step::Acquire { pool: 0 }], 5);
    world.services[0].workers = 30_000;
    world.services[0].pools = vec![PoolSpec { permits: 1, queue_limit: 30_000 }];
    let (run, log) = play(&world, &[], 100);
    assert_eq!(outcomes(&log), [Outcome::Answered; 30_000]);
    assert_empty(&run);
}

#[test]
fn a_program_takes_a_pool_once() {
    let acquire = Step::Acquire { pool: 0 };
    let program = vec![acquire.clone(), acquire, Step::Release { pool: 0 }, Step::Release { pool: 0 }];
    let mut world = pair(spring(&[1, 2, 3], 1_000), program, 5);
    world.services[0].pools = vec![PoolSpec { permits: 1, queue_limit: 0 }];
    let (run, log) = play(&world, &[], 100);
    assert_eq!(outcomes(&log), [Outcome::Answered; 3]);
    assert!(run.view().pools(FRONT).all(|pool| pool == (0, 0)));
}

/// Two clients give up at the very instant at which the pool gives a permit to the first of them.
#[test]
fn a_permit_on_its_way_to_who_has_given_up_goes_to_the_next() {
    let program = vec![Step::Acquire { pool: 0 }, compute(10)];
    let mut world = pair(spring(&[1, 1, 1, 5], 10), program, 5);
    world.services[0].pools = vec![PoolSpec { permits: 1, queue_limit: 10 }];
    world.springs[0].classes[0].call.client.cancels = true;
    let (run, log) = play(&world, &[], 100);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Ended { .. })), 4);
    assert!(run.view().pools(FRONT).all(|pool| pool == (0, 0)));
    assert_empty(&run);
}

#[test]
fn a_circle_of_calls_ends_where_it_is_too_deep() {
    let mut world = pair(spring(&[1], 1_000), vec![Step::Call(call(BACK))], 5);
    world.services[1] = service(BACK, 100, vec![Step::Call(call(FRONT))]);
    world.pipes.push(pipe(1_002, BACK, 0, FRONT));
    let (run, log) = play(&world, &[], 5_000);
    assert_eq!(outcomes(&log), [Outcome::Failed]);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Began { .. })), 33);
    assert_empty(&run);
}

#[test]
fn a_circle_of_messages_ends_where_it_is_too_deep() {
    let mut world = pair(spring(&[1], 1_000), vec![Step::Publish(call(BACK))], 5);
    world.services[1] = service(BACK, 100, vec![Step::Publish(call(FRONT))]);
    world.pipes.push(pipe(1_002, BACK, 0, FRONT));
    let (run, log) = play(&world, &[], 5_000);
    assert_eq!(outcomes(&log), [Outcome::Answered], "who publishes does not wait");
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Began { .. })), 33);
    assert_empty(&run);
}

#[test]
fn a_call_after_the_deadline_is_not_made() {
    let mut client = ClientSpec::with_timeout_ns(1_000 * MS);
    client.propagates_deadline = true;
    let program = vec![compute(20), Step::Call(call(BACK).client(client))];
    let (run, log) = play(&pair(spring(&[1], 10), program, 5), &[], 1_000);
    assert_eq!(outcomes(&log), [Outcome::TimedOut]);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Began { service: BACK, .. })), 0);
    assert_empty(&run);
}
