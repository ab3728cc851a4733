//! Corners of clients: hedges, retries, breakers, bulkheads, users.

use crate::*;
use proptest::prelude::*;

/// A spring whose only class has that client.
fn with(mut spring: SpringSpec, client: ClientSpec) -> SpringSpec {
    spring.classes[0].call.client = client;
    spring
}

fn retry(retries: u32, base_ms: u64) -> RetrySpec {
    let backoff = Backoff { base_ns: base_ms * MS, cap_ns: base_ms * MS, multiplier: 1.0, jitter: Jitter::None };
    RetrySpec { retries, backoff, budget: BudgetSpec::Unlimited, on: RetryOn::default() }
}

const SHUT: [(u64, Action); 1] = [(0, Action::SetShut { pipe: PieceId(1_000), shut: true })];

#[test]
fn a_hedge_of_what_failed_at_once_is_not_sent() {
    for delay_ns in [0, MS] {
        let hedge = Some(HedgeSpec { delay_ns, max: 4 });
        let client = ClientSpec { hedge, ..ClientSpec::with_timeout_ns(100 * MS) };
        let (run, log) = play(&pair(with(spring(&[1], 1), client), Vec::new(), 1), &SHUT, 1_000);
        assert_eq!(ends(&log), [(1, Outcome::NoRoute, Cause::NoRoute(SPRING))]);
        assert_eq!(count(&log, |fact| matches!(fact, Fact::Hedged { .. })), 0);
        assert_empty(&run);
    }
}

#[test]
fn hedges_of_one_instant_go_out_together_and_one_answer_ends_them_all() {
    let hedge = Some(HedgeSpec { delay_ns: 0, max: 4 });
    let client = ClientSpec { hedge, ..ClientSpec::with_timeout_ns(100 * MS) };
    let (run, log) = play(&pair(with(spring(&[1], 1), client), vec![compute(7)], 1), &[], 1_000);
    assert_eq!(outcomes(&log), [Outcome::Answered]);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Hedged { .. })), 4);
    assert_empty(&run);
}

/// Five calls take turns at one place, 4 ms each, and each has two. The second waits from 1 to 4 ms and again from 10 to
/// 24 ms: beyond 21 ms, to which its first wait might have lasted. Likewise the others.
#[test]
fn a_call_may_wait_for_its_bulkhead_again() {
    let bulkhead = Some(BulkheadSpec { max_concurrent: 1, max_waiting: 10, max_wait_ns: 20 * MS });
    let mut client = ClientSpec { bulkhead, ..ClientSpec::with_timeout_ns(1_000 * MS) };
    client.try_timeout_ns = Some(4 * MS);
    client.retry = Some(retry(1, 2));
    let world = pair(with(spring(&[0, 1, 2, 3, 4], 1), client), vec![compute(500)], 1);
    let (run, log) = play(&world, &[], 5_000);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::ShortCircuited { .. })), 0);
    assert_eq!(outcomes(&log), [Outcome::TimedOut; 5]);
    assert_eq!(ends(&log).iter().map(|end| end.0).collect::<Vec<_>>(), [24, 28, 32, 36, 40]);
    assert_empty(&run);
}

#[test]
fn a_hystrix_breaker_tells_that_it_has_opened() {
    let breaker = Some(BreakerSpec::Hystrix {
        request_volume: 2,
        error_percent: 50,
        sleep_ns: 50 * MS,
        window_ns: 100 * MS,
        snapshot_ns: 10 * MS,
    });
    let client = ClientSpec { breaker, ..ClientSpec::with_timeout_ns(100 * MS) };
    let world = pair(with(spring(&[1, 2, 3, 30, 100], 1), client), vec![compute(1)], 1);
    let (_, log) = play(&world, &[SHUT[0], (50, Action::SetShut { pipe: PieceId(1_000), shut: false })], 1_000);
    let turns = log.iter().filter_map(|(at, fact)| match fact {
        Fact::BreakerTurned { state, .. } => Some((at.as_ns() / MS, *state)),
        _ => None,
    });
    let expected = [(30, BreakerState::Open), (100, BreakerState::HalfOpen), (101, BreakerState::Closed)];
    assert_eq!(turns.collect::<Vec<_>>(), expected);
}

/// A first call opens the breaker. Then two trials are made at 10 ms: one is sent, the other waits for its bulkhead. At
/// 15 ms nobody waits for either, and the second has its place, but has not been sent yet.
#[test]
fn a_trial_that_is_given_up_while_it_waits_gives_its_permission_back() {
    let breaker = BreakerSpec::Resilience4j {
        window: 1,
        minimum_calls: 1,
        failure_percent: 1,
        slow_call_ns: 1_000 * MS,
        slow_percent: 100,
        open_ns: MS,
        half_open_calls: 2,
    };
    let bulkhead = BulkheadSpec { max_concurrent: 1, max_waiting: 5, max_wait_ns: 100 * MS };
    let (breaker, bulkhead) = (Some(breaker), Some(bulkhead));
    let slow = call(BACK).client(ClientSpec { breaker, bulkhead, ..ClientSpec::default() });
    let quick = call(PieceId(300));
    let program = vec![Step::Parallel { calls: vec![slow, quick], wait: Wait::Any }];
    let mut world = pair(spring(&[1, 10, 10], 1_000), program, 500);
    world.services.push(service(PieceId(300), 10, vec![compute(5)]));
    world.pipes.push(pipe(1_002, FRONT, 1, PieceId(300)));
    let schedule = Schedule::once(Time::ZERO, Time::from_ms(5));
    let fault = Fault::Errors { probability: 1.0 };
    world.hazards.push(HazardSpec { id: PieceId(5_000), on: BACK, schedule, fault });
    let (run, log) = play(&world, &[], 5_000);
    assert_eq!(ends(&log).iter().map(|end| end.0).collect::<Vec<_>>(), [6, 15, 15]);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Began { service: BACK, .. })), 1, "the second is never sent");
    let site = run.view().sites().find(|site| site.breaker.is_some()).expect("one site has a breaker");
    assert_eq!((site.breaker, site.trials, site.bulkhead), (Some(BreakerState::HalfOpen), 0, Some((0, 0))));
}

/// Two balancers in a row, with one way into each: a retry avoids the target that the first balancer chose before, and
/// what the second chose says nothing about the first.
#[test]
fn a_retry_avoids_what_its_first_balancer_chose() {
    let client = ClientSpec { retry: Some(retry(1, 1)), ..ClientSpec::with_timeout_ns(1_000 * MS) };
    let (first, second) = (PieceId(10), PieceId(11));
    let world = Blueprint {
        springs: vec![with(spring(&[1], 1), client)],
        services: [100, 101, 102].map(|id| service(PieceId(id), 1, vec![Step::Fail])).into(),
        balancers: vec![
            BalancerSpec { id: first, policy: Policy::RoundRobin },
            BalancerSpec { id: second, policy: Policy::RoundRobin },
        ],
        pipes: vec![
            pipe(1_000, SPRING, 0, first),
            pipe(1_001, first, 0, second),
            pipe(1_002, first, 1, PieceId(102)),
            pipe(1_003, second, 0, PieceId(100)),
            pipe(1_004, second, 1, PieceId(101)),
        ],
        ..Blueprint::default()
    };
    let (_, log) = play(&world, &[], 100);
    let chosen = log.iter().filter_map(|(_, fact)| match fact {
        Fact::Chosen { balancer, pipe, .. } if *balancer == first => Some(*pipe),
        _ => None,
    });
    assert_eq!(chosen.collect::<Vec<_>>(), [PieceId(1_001), PieceId(1_002)]);
}

#[test]
fn a_user_thinks_after_every_kind_of_end() {
    let users = Traffic::Closed { users: 1, think: constant(5) };
    let user = || SpringSpec::new(SPRING).traffic(users.clone()).timeout_ns(20 * MS).stop_at(Time::from_ms(200));
    let breaker = BreakerSpec::Resilience4j {
        window: 1,
        minimum_calls: 1,
        failure_percent: 1,
        slow_call_ns: 1_000 * MS,
        slow_percent: 100,
        open_ns: 1_000 * MS,
        half_open_calls: 1,
    };
    let broken = ClientSpec { breaker: Some(breaker), ..ClientSpec::with_timeout_ns(20 * MS) };
    let asked = |world: Blueprint, orders: &[(u64, Action)], outcome: Outcome| {
        let (run, log) = play(&world, orders, 1_000);
        assert!(count(&log, |fact| matches!(fact, Fact::Issued { .. })) > 5, "{outcome:?}");
        assert_eq!(outcomes(&log).last(), Some(&outcome));
        assert_empty(&run);
    };
    asked(pair(user(), Vec::new(), 1), &[], Outcome::Answered);
    asked(pair(user(), vec![compute(50)], 1), &[], Outcome::TimedOut);
    asked(pair(user(), vec![Step::Fail], 1), &[], Outcome::Failed);
    asked(pair(user(), Vec::new(), 1), &SHUT, Outcome::NoRoute);
    asked(pair(with(user(), broken), Vec::new(), 1), &SHUT, Outcome::ShortCircuited);
    let mut full = pair(user(), vec![compute(50)], 1);
    (full.services[0].workers, full.services[0].queue_limit) = (1, 0);
    full.springs.push(SpringSpec { id: PieceId(2), ..spring(&[0, 51, 102, 153], 500) });
    full.pipes.push(pipe(1_005, PieceId(2), 0, FRONT));
    asked(full, &[], Outcome::Rejected);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A trial that is given up on whatever path gives its permission back: when all is well again, the breaker closes.
    #[test]
    fn no_breaker_stays_half_open(
        half_open_calls in 1u32..4, open_ms in 1u64..80, tries in prop::option::of(1u32..4),
        hedge in prop::option::of((0u64..30, 1u32..5)), bulkhead in prop::option::of((1u32..4, 0u32..4, 0u64..30)),
        try_timeout_ms in prop::option::of(5u64..40), cancels: bool, hystrix: bool, outage in 0usize..4, seed: u64,
    ) {
        let resilience4j = BreakerSpec::Resilience4j {
            window: 4,
            minimum_calls: 2,
            failure_percent: 50,
            slow_call_ns: 1_000 * MS,
            slow_percent: 100,
            open_ns: open_ms * MS,
            half_open_calls,
        };
        let hystrix_spec = BreakerSpec::Hystrix {
            request_volume: 2,
            error_percent: 50,
            sleep_ns: open_ms * MS,
            window_ns: 100 * MS,
            snapshot_ns: 10 * MS,
        };
        let client = ClientSpec {
            try_timeout_ns: try_timeout_ms.map(|ms| ms * MS),
            retry: tries.map(|tries| retry(tries, 3)),
            hedge: hedge.map(|(ms, max)| HedgeSpec { delay_ns: ms * MS, max }),
            breaker: Some(if hystrix { hystrix_spec } else { resilience4j }),
            bulkhead: bulkhead.map(|(max_concurrent, max_waiting, wait_ms)| BulkheadSpec {
                max_concurrent,
                max_waiting,
                max_wait_ns: wait_ms * MS,
            }),
            cancels,
            ..ClientSpec::with_timeout_ns(45 * MS)
        };
        let traffic = Traffic::Poisson { rate_per_s: 100.0 };
        let source = SpringSpec::new(SPRING).traffic(traffic).stop_at(Time::from_ms(3_000));
        let mut world = pair(with(source, client), vec![compute(1)], 1);
        let (on, fault) = [
            (FRONT, Fault::Errors { probability: 0.9 }),
            (FRONT, Fault::Pause { replicas: 1 }),
            (FRONT, Fault::Crash { replicas: 1, silent: true }),
            (PieceId(1_000), Fault::Loss { probability: 0.9 }),
        ][outage].clone();
        let schedule = Schedule::cycle(Time::from_ms(50), 150 * MS, 1_000_000 * MS);
        world.hazards.push(HazardSpec { id: PieceId(5_000), on, schedule, fault });
        let mut run = Simulation::new(&world, seed).unwrap();
        // In a second a hundred requests come: that none does has the probability exp(-100).
        run.advance_to(Time::from_ms(2_000), &mut ());
        let before = run.view().totals();
        run.advance_to(Time::from_ms(4_000), &mut ());
        // A client whose bulkhead is small may still refuse a few; a breaker that waits for ever refuses all.
        prop_assert!(run.view().totals().answered > before.answered, "{:?}", run.view().sites().collect::<Vec<_>>());
        assert_empty(&run);
    }
}
