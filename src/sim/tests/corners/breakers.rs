//! Corners of breakers: what counts as an error, and what counts nowhere (`FACTS` CB-HYSTRIX).

use crate::*;

/// It looks every 10 ms, opens at half of `request_volume` calls or more, and stays open for 50 ms.
fn hystrix(request_volume: u32) -> BreakerSpec {
    BreakerSpec::Hystrix {
        request_volume,
        error_percent: 50,
        sleep_ns: 50 * MS,
        window_ns: 100 * MS,
        snapshot_ns: 10 * MS,
    }
}

/// It opens when half of that many calls have failed, stays open for 50 ms, and then makes as many trials.
fn resilience4j(calls: u32) -> BreakerSpec {
    BreakerSpec::Resilience4j {
        window: calls,
        minimum_calls: calls,
        failure_percent: 50,
        slow_call_ns: 1_000 * MS,
        slow_percent: 100,
        open_ns: 50 * MS,
        half_open_calls: calls,
    }
}

/// Requests at these milliseconds by that client, to a service that works for so long.
fn world(at_ms: &[u64], client: ClientSpec, work_ms: u64) -> Blueprint {
    let mut world = pair(spring(at_ms, 1_000), vec![compute(work_ms)], 1);
    world.springs[0].classes[0].call.client = client;
    world
}

/// When the breaker turned, in milliseconds, and what it was then.
fn turns(log: &[(Time, Fact)]) -> Vec<(u64, BreakerState)> {
    let turn = |(at, fact): &(Time, Fact)| match fact {
        Fact::BreakerTurned { state, .. } => Some((at.as_ns() / MS, *state)),
        _ => None,
    };
    log.iter().filter_map(turn).collect()
}

/// How a request that is issued at 12 ms ends, after others.
fn last(log: &[(Time, Fact)]) -> (u64, Outcome, Cause) {
    let end = |(at, fact): &(Time, Fact)| match fact {
        Fact::Ended { issued_at, outcome, cause, .. } if *issued_at == Time::from_ms(12) => {
            Some((at.as_ns() / MS, *outcome, *cause))
        }
        _ => None,
    };
    log.iter().find_map(end).expect("it ends")
}

const OPEN: (u64, Outcome, Cause) = (12, Outcome::ShortCircuited, Cause::Open(SPRING));

#[test]
fn a_timeout_is_an_error() {
    for breaker in [hystrix(2), resilience4j(2)] {
        for (work_ms, expected) in [(500, OPEN), (2, (14, Outcome::Answered, Cause::Service(FRONT)))] {
            let client = ClientSpec { breaker: Some(breaker), ..ClientSpec::with_timeout_ns(5 * MS) };
            let (run, log) = play(&world(&[1, 2, 12], client.clone(), work_ms), &[], 2_000);
            assert_eq!(last(&log), expected, "{breaker:?}");
            assert_empty(&run);
            // The same where each try has a time of its own.
            let client = ClientSpec { try_timeout_ns: Some(5 * MS), timeout_ns: 900 * MS, ..client };
            let (_, log) = play(&world(&[1, 2, 12], client, work_ms), &[], 2_000);
            assert_eq!(last(&log), expected, "{breaker:?}");
        }
    }
}

/// Three come at once, of which one enters; it is answered. The two that are turned away are two errors of three calls.
#[test]
fn a_full_bulkhead_is_an_error() {
    for breaker in [hystrix(3), resilience4j(3)] {
        for (max_concurrent, expected) in [(1, OPEN), (3, (15, Outcome::Answered, Cause::Service(FRONT)))] {
            let bulkhead = Some(BulkheadSpec { max_concurrent, max_waiting: 0, max_wait_ns: 0 });
            let client = ClientSpec { breaker: Some(breaker), bulkhead, ..ClientSpec::with_timeout_ns(1_000 * MS) };
            let (run, log) = play(&world(&[1, 1, 1, 12], client, 3), &[], 2_000);
            assert_eq!(last(&log), expected, "{breaker:?}");
            let full =
                ends(&log).iter().filter(|end| **end == (1, Outcome::ShortCircuited, Cause::Bulkhead(SPRING))).count();
            assert_eq!(full, 3 - max_concurrent as usize, "{breaker:?}");
            assert_empty(&run);
        }
    }
}

/// The same for those who have waited in vain: two wait from 1 to 4 ms for a place that is free at 9 ms.
#[test]
fn to_wait_in_vain_for_a_bulkhead_is_an_error() {
    for (breaker, max_wait_ms, expected) in [
        (hystrix(3), 3, OPEN),
        (resilience4j(3), 3, OPEN),
        // These are answered one after the other, at 9, 17 and 25 ms, before the last one.
        (hystrix(3), 300, (33, Outcome::Answered, Cause::Bulkhead(SPRING))),
    ] {
        let bulkhead = Some(BulkheadSpec { max_concurrent: 1, max_waiting: 5, max_wait_ns: max_wait_ms * MS });
        let client = ClientSpec { breaker: Some(breaker), bulkhead, ..ClientSpec::with_timeout_ns(1_000 * MS) };
        let (run, log) = play(&world(&[1, 1, 1, 12], client, 8), &[], 2_000);
        let (at, outcome, cause) = last(&log);
        assert_eq!((at, outcome), (expected.0, expected.1), "{breaker:?}");
        assert!(outcome == Outcome::Answered || cause == expected.2, "{cause:?}");
        assert_empty(&run);
    }
}

/// Two errors open it. Trials of 20 ms begin at 70 ms; who comes while they are under way is sent back, and that is no
/// error: the trials alone decide.
#[test]
fn what_an_open_breaker_sends_back_counts_nowhere() {
    for (breaker, trials, closes_ms) in [(hystrix(2), 1, 90), (resilience4j(2), 2, 91)] {
        let client = ClientSpec { breaker: Some(breaker), ..ClientSpec::with_timeout_ns(1_000 * MS) };
        let mut world = world(&[1, 2, 12, 20, 30, 40, 70, 71, 75, 80, 85, 100, 101], client, 20);
        let schedule = Schedule::once(Time::ZERO, Time::from_ms(50));
        let fault = Fault::Errors { probability: 1.0 };
        world.hazards = vec![HazardSpec { id: PieceId(7_000), on: FRONT, schedule, fault }];
        let (run, log) = play(&world, &[], 2_000);
        assert_eq!(turns(&log)[1..], [(70, BreakerState::HalfOpen), (closes_ms, BreakerState::Closed)], "{breaker:?}");
        assert_eq!(turns(&log)[0].1, BreakerState::Open);
        let of = |outcome| outcomes(&log).into_iter().filter(|&each| each == outcome).count();
        assert_eq!((of(Outcome::Failed), of(Outcome::Answered)), (2, trials + 2), "{breaker:?}");
        assert_eq!(of(Outcome::ShortCircuited), 9 - trials, "{breaker:?}");
        assert_empty(&run);
    }
}
