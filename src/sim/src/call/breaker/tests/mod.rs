//! The breakers: what both have in common; each kind's claims are in a file of their own.

mod hystrix;
mod resilience4j;

use super::BreakerState::{Closed, HalfOpen, Open};
use super::*;
use crate::blueprint::wrong;
use proptest::prelude::*;

const S: u64 = 1_000_000_000;

fn at(ms: u64) -> Time {
    Time::from_ms(ms)
}

/// Permits and ends so many calls at once. All have to be permitted.
fn calls(breaker: &mut Breaker, now: Time, count: usize, ok: bool) {
    for _ in 0..count {
        assert!(breaker.permit(now), "at {now}");
        breaker.record(now, ok, 0);
    }
}

fn permitted(breaker: &mut Breaker, now: Time, asked: usize) -> usize {
    (0..asked).filter(|_| breaker.permit(now)).count()
}

fn fields(spec: BreakerSpec) -> Vec<&'static str> {
    wrong(|require| spec.check(require))
}

#[test]
fn the_defaults_are_sound() {
    assert!(fields(BreakerSpec::hystrix()).is_empty());
    assert!(fields(BreakerSpec::default()).is_empty());
}

#[test]
fn every_bad_field_of_hystrix_is_named() {
    let hystrix = |request_volume, error_percent, sleep_ns, window_ns, snapshot_ns| {
        fields(BreakerSpec::Hystrix { request_volume, error_percent, sleep_ns, window_ns, snapshot_ns })
    };
    assert_eq!(hystrix(0, 50, S, S, S), ["request_volume"]);
    assert_eq!(hystrix(1, 101, S, S, S), ["error_percent"]);
    assert_eq!(hystrix(1, 50, u64::MAX, S, S), ["sleep_ns"]);
    assert_eq!(hystrix(1, 50, S, S, 0), ["snapshot_ns"]);
    assert_eq!(hystrix(1, 50, S, S, 2 * S), ["window_ns"]);
    assert_eq!(hystrix(1, 50, S, S, 1), ["window_ns"], "too many buckets");
    assert_eq!(hystrix(1, 50, S, DURATION_NS_MAX + 1, DURATION_NS_MAX), ["window_ns"], "longer than a day");
    assert_eq!(hystrix(1, 50, S, u64::MAX, 1), ["window_ns", "window_ns"], "too long in both ways");
    let all = ["request_volume", "error_percent", "sleep_ns", "window_ns", "snapshot_ns"];
    assert_eq!(hystrix(0, 0, u64::MAX, 0, 0), all);
    assert_eq!(hystrix(0, 101, u64::MAX, u64::MAX, 0), all);
}

#[test]
fn every_bad_field_of_resilience4j_is_named() {
    let resilience4j = |calls, percent, ns| {
        fields(BreakerSpec::Resilience4j {
            window: calls,
            minimum_calls: calls,
            failure_percent: percent,
            slow_call_ns: ns,
            slow_percent: percent,
            open_ns: ns,
            half_open_calls: calls,
        })
    };
    assert_eq!(resilience4j(0, 1, 0), ["window", "minimum_calls", "half_open_calls"]);
    assert_eq!(resilience4j(10_001, 1, 0), ["window", "minimum_calls", "half_open_calls"]);
    assert_eq!(resilience4j(1, 0, 0), ["failure_percent", "slow_percent"]);
    assert_eq!(resilience4j(1, 101, 0), ["failure_percent", "slow_percent"]);
    assert_eq!(resilience4j(1, 1, DURATION_NS_MAX + 1), ["slow_call_ns", "open_ns"]);
    assert_eq!(resilience4j(0, 0, u64::MAX).len(), 7);
    assert!(resilience4j(10_000, 100, DURATION_NS_MAX).is_empty());
}

#[test]
fn the_digest_shows_what_has_happened() {
    let digest = |breaker: &Breaker| {
        let mut digest = Digest::EMPTY;
        breaker.fold_into(&mut digest);
        digest
    };
    for spec in [BreakerSpec::hystrix(), BreakerSpec::resilience4j()] {
        let mut breaker = Breaker::new(spec);
        let fresh = digest(&breaker);
        breaker.record(at(1), true, 0);
        let success = digest(&breaker);
        breaker.record(at(2), false, 0);
        assert!(fresh != success && success != digest(&breaker));
    }
}

proptest! {
    /// Whatever is asked and told: a closed circuit permits every call, and an open one none before its time is over.
    #[test]
    fn none_is_permitted_before_its_time(
        hystrix: bool, steps in prop::collection::vec((0u64..1_500, 0u8..10), 1..400),
    ) {
        let (failure_percent, slow_call_ns, slow_percent, open_ns) = (50, S, 100, 5 * S);
        let (window, minimum_calls, half_open_calls) = (10, 5, 3);
        let small = BreakerSpec::Resilience4j {
            window, minimum_calls, failure_percent, slow_call_ns, slow_percent, open_ns, half_open_calls,
        };
        let mut breaker = Breaker::new(if hystrix { BreakerSpec::hystrix() } else { small });
        let (mut now, mut last_not_open, mut flying) = (Time::ZERO, Time::ZERO, 0u32);
        for (wait_ms, step) in steps {
            now = now.plus_ns(wait_ms * 1_000_000);
            for _ in 0..8 {
                let state = breaker.state(now);
                if state != Open {
                    last_not_open = now;
                }
                match step {
                    0..=4 => {
                        let permitted = breaker.permit(now);
                        prop_assert!(permitted || state != Closed);
                        // It opened after it was last seen not to be open.
                        prop_assert!(!permitted || state != Open || now.since_ns(last_not_open) > 5 * S);
                        flying += u32::from(permitted);
                    }
                    _ if flying == 0 => {}
                    5..=8 => {
                        breaker.record(now, step == 5, 0);
                        flying -= 1;
                    }
                    _ => {
                        breaker.abandon(now);
                        flying -= 1;
                    }
                }
            }
        }
    }
}
