//! Resilience4j's breaker against `FACTS` CB-R4J, claim by claim.

use super::*;

fn closed() -> Breaker {
    Breaker::new(BreakerSpec::resilience4j())
}

/// Opened by the hundredth call at 1 s.
fn open() -> Breaker {
    let mut breaker = closed();
    calls(&mut breaker, at(1_000), 100, false);
    breaker
}

fn half_open() -> Breaker {
    let mut breaker = open();
    assert_eq!(permitted(&mut breaker, at(62_000), 99), 10);
    breaker
}

#[test]
fn it_needs_a_hundred_calls_and_looks_at_each() {
    let mut breaker = closed();
    calls(&mut breaker, at(0), 99, false);
    assert_eq!(breaker.state(at(0)), Closed);
    calls(&mut breaker, at(0), 1, true);
    assert_eq!(breaker.state(at(0)), Open, "99 of 100, found by a success");
}

#[test]
fn half_of_the_last_hundred_open_it() {
    let mut breaker = closed();
    calls(&mut breaker, at(0), 51, true);
    calls(&mut breaker, at(0), 49, false);
    assert_eq!(breaker.state(at(0)), Closed, "49 of 100");
    calls(&mut breaker, at(1), 1, false);
    assert_eq!(breaker.state(at(1)), Open, "the first success has left the window");
    let mut breaker = closed();
    calls(&mut breaker, at(0), 49, false);
    calls(&mut breaker, at(0), 10_000, true);
    calls(&mut breaker, at(0), 49, false);
    assert_eq!(breaker.state(at(0)), Closed, "the first 49 have left it");
}

#[test]
fn only_calls_slower_than_a_minute_are_slow_and_all_must_be() {
    for (slow_ns, fast, expected) in [(60 * S, 0, Closed), (60 * S + 1, 1, Closed), (60 * S + 1, 0, Open)] {
        let mut breaker = closed();
        for i in 0..100 {
            assert!(breaker.permit(at(0)));
            breaker.record(at(0), true, if i < fast { S } else { slow_ns });
        }
        assert_eq!(breaker.state(at(0)), expected, "{slow_ns} ns, {fast} fast");
    }
}

#[test]
fn a_failed_call_can_be_slow() {
    let spec = BreakerSpec::Resilience4j {
        window: 10,
        minimum_calls: 10,
        failure_percent: 100,
        slow_call_ns: S,
        slow_percent: 50,
        open_ns: 60 * S,
        half_open_calls: 10,
    };
    let mut breaker = Breaker::new(spec);
    for i in 0..10 {
        assert!(breaker.permit(at(0)));
        breaker.record(at(0), i < 5, if i < 5 { 0 } else { 2 * S });
    }
    assert_eq!(breaker.state(at(0)), Open);
}

#[test]
fn it_becomes_half_open_with_the_first_call_after_strictly_more_than_a_minute() {
    let mut breaker = open();
    assert!(!breaker.permit(at(61_000)));
    assert_eq!(breaker.state(at(1_000_000)), Open, "lazy: nobody has called");
    assert!(breaker.permit(at(61_000).plus_ns(1)));
    assert_eq!(breaker.state(at(61_001)), HalfOpen);
}

#[test]
fn ten_trials_are_permitted_and_then_decide() {
    for (failures, expected) in [(4, Closed), (5, Open), (10, Open)] {
        let mut breaker = half_open();
        for i in 0..10 {
            assert_eq!(breaker.state(at(62_000)), HalfOpen, "not before the tenth");
            breaker.record(at(62_000), i >= failures, 0);
        }
        assert_eq!(breaker.state(at(62_000)), expected, "{failures} of 10");
    }
}

#[test]
fn slow_trials_open_it_again() {
    let mut breaker = half_open();
    (0..10).for_each(|_| breaker.record(at(200_000), true, 60 * S + 1));
    assert_eq!(breaker.state(at(200_000)), Open);
    assert!(!breaker.permit(at(260_000)));
    assert!(breaker.permit(at(260_001)));
}

#[test]
fn closing_wipes_the_window() {
    let mut breaker = half_open();
    (0..10).for_each(|_| breaker.record(at(62_000), true, 0));
    calls(&mut breaker, at(62_000), 99, false);
    assert_eq!(breaker.state(at(62_000)), Closed, "99 calls are fewer than 100");
    calls(&mut breaker, at(62_000), 1, false);
    assert_eq!(breaker.state(at(62_000)), Open);
}

#[test]
fn a_cancelled_trial_gives_its_permission_back() {
    let mut breaker = half_open();
    breaker.abandon(at(62_000));
    assert_eq!(permitted(&mut breaker, at(62_000), 9), 1);
    (0..30).for_each(|_| breaker.abandon(at(62_000)));
    assert_eq!(permitted(&mut breaker, at(62_000), 99), 10, "no more than ten at once");
}

#[test]
fn a_smaller_minimum_decides_earlier() {
    let spec = BreakerSpec::Resilience4j {
        window: 20,
        minimum_calls: 4,
        failure_percent: 50,
        slow_call_ns: S,
        slow_percent: 100,
        open_ns: S,
        half_open_calls: 6,
    };
    let mut breaker = Breaker::new(spec);
    calls(&mut breaker, at(0), 4, false);
    assert_eq!(breaker.state(at(0)), Open);
    assert_eq!(permitted(&mut breaker, at(1_001), 99), 6);
    (0..4).for_each(|_| breaker.record(at(1_002), true, 0));
    assert_eq!(breaker.state(at(1_002)), Closed, "after four of six");
}

#[test]
fn what_ends_while_it_is_open_changes_nothing() {
    let mut breaker = open();
    (0..1_000).for_each(|_| breaker.record(at(2_000), true, 0));
    assert_eq!(breaker.state(at(2_000)), Open);
    assert_eq!(permitted(&mut breaker, at(62_000), 99), 10);
}
