//! Corners of what the documentation promises: of timeouts, deadlines, idempotence, replicas that go, and luck.

use crate::*;

fn written(log: &[(Time, Fact)]) -> usize {
    count(log, |fact| matches!(fact, Fact::Stored { written: true, .. }))
}

/// Answers that take as long as their clients wait: 2 ms there, 6 ms of work, 2 ms back. Whoever else waits since when.
#[test]
fn an_answer_in_the_instant_of_the_timeout_is_too_late_whoever_else_waits() {
    for try_timeout_ns in [None, Some(10 * MS)] {
        let mut world = pair(spring(&[1, 2, 3, 4, 5, 20], 10), vec![compute(6)], 1);
        (world.pipes[0].cells, world.pipes[0].propagation_ns_per_cell) = (1, 2 * MS);
        let client = &mut world.springs[0].classes[0].call.client;
        (client.try_timeout_ns, client.timeout_ns) =
            (try_timeout_ns, if try_timeout_ns.is_some() { 50 } else { 10 } * MS);
        let (run, log) = play(&world, &[], 1_000);
        assert_eq!(outcomes(&log), [Outcome::TimedOut; 6], "{try_timeout_ns:?}");
        assert_empty(&run);
    }
}

#[test]
fn work_that_expired_on_its_way_is_refused_by_an_idle_service_too() {
    let mut world = pair(spring(&[1], 10), vec![compute(5)], 1);
    (world.pipes[0].cells, world.pipes[0].propagation_ns_per_cell) = (1, 20 * MS);
    world.services[0].drops_expired = true;
    world.springs[0].classes[0].call.client.propagates_deadline = true;
    let (run, log) = play(&world, &[], 1_000);
    assert_eq!(outcomes(&log), [Outcome::TimedOut]);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Rejected { cause: Cause::Expired(FRONT), .. })), 1);
    assert_eq!(run.view().services().map(|service| service.busy_ns).sum::<u64>(), 0);
}

/// The second request finds the pool empty after it has written.
#[test]
fn what_must_not_be_done_twice_is_not_tried_again_once_it_has_been_begun() {
    for (first, writes) in [(vec![Step::Write { time: constant(1) }], 2), (Vec::new(), 0)] {
        let program = first.into_iter().chain([Step::Acquire { pool: 0 }, compute(50)]).collect();
        let mut world = pair(spring(&[1, 1], 1_000), program, 1);
        world.services[0].pools = vec![PoolSpec { permits: 1, queue_limit: 0 }];
        let backoff = Backoff { base_ns: 30 * MS, cap_ns: 30 * MS, multiplier: 1.0, jitter: Jitter::None };
        let retry = RetrySpec { retries: 3, backoff, budget: BudgetSpec::Unlimited, on: RetryOn::default() };
        world.springs[0].classes[0].idempotent = false;
        world.springs[0].classes[0].call.client.retry = Some(retry);
        let (_, log) = play(&world, &[], 2_000);
        assert_eq!(written(&log), writes);
        let retried = count(&log, |fact| matches!(fact, Fact::Retried { .. }));
        assert_eq!(retried > 0, writes == 0, "refused before any work, it is tried again");
    }
}

#[test]
fn what_must_not_be_done_twice_is_not_hedged() {
    for (idempotent, writes) in [(true, 3), (false, 1)] {
        let mut world = pair(spring(&[1], 1_000), vec![Step::Write { time: constant(20) }], 1);
        world.springs[0].classes[0].idempotent = idempotent;
        world.springs[0].classes[0].call.client.hedge = Some(HedgeSpec { delay_ns: 5 * MS, max: 2 });
        assert_eq!(written(&play(&world, &[], 2_000).1), writes);
    }
}

#[test]
fn a_replica_that_crashes_while_it_drains_does_not_come_back() {
    let mut world = pair(spring(&[1, 1], 1_000), vec![compute(500)], 1);
    world.services[0].replicas = 2;
    let schedule = Schedule::once(Time::from_ms(20), Time::from_ms(30));
    let fault = Fault::Crash { replicas: 2, silent: false };
    world.hazards = vec![HazardSpec { id: PieceId(7), on: FRONT, schedule, fault }];
    let (_, log) = play(&world, &[(10, Action::Scale { service: FRONT, replicas: 1 })], 2_000);
    let up = log.iter().filter_map(|(_, fact)| match fact {
        Fact::ReplicaTurned { replica, state: ReplicaState::Up, .. } => Some(*replica),
        _ => None,
    });
    assert_eq!(up.collect::<Vec<_>>(), [0]);
}

/// Requests of a load that is even, and the share that is answered, within five standard errors of what is expected.
fn assert_answered(world: &Blueprint, expected: f64) {
    let (run, _) = play(world, &[], 100_000);
    let totals = run.view().totals();
    let (share, n) = (totals.answered as f64 / totals.issued as f64, totals.issued as f64);
    assert!((share - expected).abs() < 5.0 * (expected * (1.0 - expected) / n).sqrt(), "{share}, expected {expected}");
}

#[test]
fn errors_of_two_hazards_strike_independently() {
    let mut world = pair(spring(&(0..10_000).collect::<Vec<_>>(), 100), Vec::new(), 1);
    let errors = |id| HazardSpec {
        id: PieceId(id),
        on: FRONT,
        schedule: Schedule::always(),
        fault: Fault::Errors { probability: 0.5 },
    };
    world.hazards = vec![errors(7), errors(8)];
    assert_answered(&world, 0.25);
}

#[test]
fn pipes_whose_identities_are_neighbours_lose_independently() {
    let hub = PieceId(50);
    for next in [1_001, 1_002] {
        let mut world = pair(spring(&(0..20_000).collect::<Vec<_>>(), 100), Vec::new(), 1);
        world.balancers = vec![BalancerSpec { id: hub, policy: Policy::RoundRobin }];
        let lossy = |id, from, to| PipeSpec { loss: 0.2, ..pipe(id, from, 0, to) };
        world.pipes = vec![lossy(1_000, SPRING, hub), lossy(next, hub, FRONT)];
        assert_answered(&world, 0.8 * 0.8 * 0.8 * 0.8);
    }
}

#[test]
fn one_mistake_is_one_problem() {
    let mut world = pair(spring(&[1], 1), Vec::new(), 1);
    world.springs[0].traffic = Traffic::Closed { users: 0, think: constant(1) };
    assert_eq!(world.check().map_err(|problems| problems.len()), Err(1));
}
