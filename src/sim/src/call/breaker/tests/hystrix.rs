//! Hystrix's breaker against `FACTS` CB-HYSTRIX, claim by claim.

use super::*;

fn closed() -> Breaker {
    Breaker::new(BreakerSpec::hystrix())
}

/// Opened by the snapshot at 500 ms.
fn open() -> Breaker {
    let mut breaker = closed();
    calls(&mut breaker, at(100), 20, false);
    assert_eq!(breaker.state(at(500)), Open);
    breaker
}

#[test]
fn it_looks_at_snapshots_not_at_calls() {
    let mut breaker = closed();
    calls(&mut breaker, at(100), 20, false);
    assert_eq!(breaker.state(at(499)), Closed);
    calls(&mut breaker, at(499), 1_000, false);
    assert_eq!(breaker.state(at(500)), Open);
    assert!(!breaker.permit(at(500)));
}

#[test]
fn a_bad_moment_between_two_snapshots_goes_unseen() {
    let mut breaker = closed();
    calls(&mut breaker, at(100), 20, false);
    calls(&mut breaker, at(400), 21, true);
    assert_eq!(breaker.state(at(500)), Closed, "20 of 41");
}

#[test]
fn it_needs_twenty_calls() {
    let mut breaker = closed();
    calls(&mut breaker, at(100), 19, false);
    assert_eq!(breaker.state(at(20_000)), Closed);
    calls(&mut breaker, at(600), 1, false);
    assert_eq!(breaker.state(at(999)), Closed);
    assert_eq!(breaker.state(at(1_000)), Open);
}

#[test]
fn it_needs_half_of_them_to_fail_cut_to_a_whole_percent() {
    for (errors, successes, expected) in [(10, 10, Open), (10, 11, Closed), (199, 200, Closed), (200, 200, Open)] {
        let mut breaker = closed();
        calls(&mut breaker, at(100), errors, false);
        calls(&mut breaker, at(100), successes, true);
        assert_eq!(breaker.state(at(500)), expected, "{errors} of {}", errors + successes);
    }
    // 101 of 200 are 50.5 %: cut to 50, less than 51.
    let BreakerSpec::Hystrix { request_volume, sleep_ns, window_ns, snapshot_ns, .. } = BreakerSpec::hystrix() else {
        unreachable!()
    };
    let spec = BreakerSpec::Hystrix { request_volume, error_percent: 51, sleep_ns, window_ns, snapshot_ns };
    let mut breaker = Breaker::new(spec);
    calls(&mut breaker, at(100), 101, false);
    calls(&mut breaker, at(100), 99, true);
    assert_eq!(breaker.state(at(500)), Closed);
    calls(&mut breaker, at(600), 4, false);
    assert_eq!(breaker.state(at(1_000)), Open, "105 of 204 are 51.5 %");
}

#[test]
fn the_window_is_ten_seconds() {
    // 10 failures in the first bucket are last seen by the snapshot at 10 s, together with those of 9.5 s to 10 s.
    for (second_ms, expected) in [(9_999, Open), (10_000, Closed)] {
        let mut breaker = closed();
        calls(&mut breaker, at(100), 10, false);
        calls(&mut breaker, at(second_ms), 10, false);
        assert_eq!(breaker.state(at(30_000)), expected);
    }
}

#[test]
fn it_opens_though_nobody_calls_when_successes_leave_the_window() {
    let mut breaker = closed();
    calls(&mut breaker, at(100), 40, true);
    calls(&mut breaker, at(5_000), 30, false);
    assert_eq!((breaker.state(at(10_499)), breaker.state(at(10_500))), (Closed, Open));
    // The sleep counts from that snapshot, though the first to ask comes later.
    assert!(!breaker.permit(at(15_500)));
    assert!(breaker.permit(at(15_501)));
}

#[test]
fn it_stays_open_for_strictly_more_than_the_sleep() {
    // It opened at 500 ms, when the snapshot was taken, though nobody asked before 5.5 s.
    let mut breaker = open();
    assert!(!breaker.permit(at(5_500)));
    assert_eq!(breaker.state(at(5_501)), Open, "it does not become half open by itself");
    assert!(breaker.permit(at(5_500).plus_ns(1)));
}

#[test]
fn exactly_one_probe_is_let_through() {
    let mut breaker = open();
    assert_eq!(permitted(&mut breaker, at(6_000), 50), 1);
    assert_eq!(breaker.state(at(6_000)), HalfOpen);
    assert_eq!(permitted(&mut breaker, at(600_000), 50), 0, "however long it takes");
}

#[test]
fn success_of_the_probe_closes_and_wipes_the_window() {
    let mut breaker = open();
    assert!(breaker.permit(at(6_000)));
    breaker.record(at(6_200), true, 0);
    assert_eq!(breaker.state(at(6_200)), Closed);
    assert_eq!(breaker.state(at(60_000)), Closed, "the twenty failures of 100 ms are forgotten");
    // Snapshots count from the closing. The probe is the first call of the new window: 18 + 1 are too few.
    calls(&mut breaker, at(6_300), 18, false);
    assert_eq!(breaker.state(at(6_700)), Closed);
    calls(&mut breaker, at(6_800), 1, false);
    assert_eq!((breaker.state(at(7_199)), breaker.state(at(7_200))), (Closed, Open));
}

#[test]
fn failure_of_the_probe_opens_for_another_sleep() {
    let mut breaker = open();
    assert!(breaker.permit(at(6_000)));
    breaker.record(at(7_000), false, 0);
    assert!(!breaker.permit(at(12_000)));
    assert!(breaker.permit(at(12_001)));
}

#[test]
fn a_cancelled_probe_opens_for_another_sleep() {
    let mut breaker = open();
    assert!(breaker.permit(at(6_000)));
    breaker.abandon(at(7_000));
    assert!(!breaker.permit(at(12_000)));
    assert!(breaker.permit(at(12_001)));
}

#[test]
fn short_circuited_and_cancelled_calls_count_nowhere() {
    let mut breaker = closed();
    calls(&mut breaker, at(100), 19, false);
    for _ in 0..50 {
        assert!(breaker.permit(at(200)));
        breaker.abandon(at(200));
    }
    assert_eq!(breaker.state(at(500)), Closed);
    let mut breaker = open();
    assert_eq!(permitted(&mut breaker, at(5_000), 1_000), 0);
    assert!(breaker.permit(at(5_501)));
    breaker.record(at(5_501), true, 0);
    assert_eq!(breaker.state(at(6_100)), Closed);
}

#[test]
fn a_late_answer_closes_a_half_open_circuit_as_the_probe_would() {
    let mut breaker = closed();
    assert!(breaker.permit(at(50)));
    calls(&mut breaker, at(100), 20, false);
    assert!(breaker.permit(at(6_000)));
    breaker.record(at(6_001), true, 5_951);
    assert_eq!(breaker.state(at(6_001)), Closed);
}
