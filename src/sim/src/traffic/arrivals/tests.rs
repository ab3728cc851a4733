//! Arrivals against what each process is by definition. Counts at five standard errors.

use super::*;
use crate::blueprint::wrong;
use crate::kernel::distribution::Distribution;
use crate::traffic::{Phase, RatePoint};
use proptest::prelude::*;

const S: u64 = 1_000_000_000;

fn key(seed: u64) -> Key {
    Key::of_seed(seed).child(77)
}

/// All arrivals before `end_ns`.
fn until(traffic: &Traffic, seed: u64, end_ns: u64) -> Vec<u64> {
    assert!(wrong(|require| traffic.check(require)).is_empty());
    let (mut source, mut now) = (Arrivals::new(traffic, key(seed)), Time::ZERO);
    let times = (0..).map_while(|number| {
        now = source.next(number, now)?;
        (now.as_ns() < end_ns).then_some(now.as_ns())
    });
    times.collect()
}

fn curve(points: &[(u64, f64)], repeat_s: Option<u64>) -> Traffic {
    let point = |&(s, rate_per_s)| RatePoint { at: Time::from_ns(s * S), rate_per_s };
    Traffic::Curve { points: points.iter().map(point).collect(), repeat_ns: repeat_s.map(|s| s * S) }
}

fn bursty(phases: &[(f64, u64)]) -> Traffic {
    let phase = |&(rate_per_s, mean_ns)| Phase { rate_per_s, mean_ns };
    Traffic::Bursty { phases: phases.iter().map(phase).collect() }
}

/// Whether so many requests came as a Poisson variable of that mean allows.
fn assert_poisson(found: usize, mean: f64, what: &str) {
    assert!((found as f64 - mean).abs() <= 5.0 * mean.sqrt(), "{what}: {found}, expected {mean}");
}

#[test]
fn a_poisson_gap_is_the_requests_own_draw() {
    let mut source = Arrivals::new(&Traffic::Poisson { rate_per_s: 250.0 }, key(1));
    let unit = key(1).child(9).stream(Purpose::Interarrival).exponential();
    let at = source.next(9, Time::from_ns(5));
    assert_eq!(at, Some(Time::from_ns(5 + (unit * 4e6) as u64)));
    assert_poisson(until(&Traffic::Poisson { rate_per_s: 250.0 }, 2, 400 * S).len(), 100_000.0, "250/s");
}

#[test]
fn equal_gaps_do_not_drift() {
    let times = until(&Traffic::Deterministic { rate_per_s: 3.0 }, 1, 1_000 * S);
    assert_eq!(times[..4], [333_333_333, 666_666_666, 1_000_000_000, 1_333_333_333]);
    assert_eq!(times[2_997], 2_998 * S / 3);
}

#[test]
fn a_curve_is_followed_second_by_second() {
    // By hand, over a round of 12 s: 2 s level, 2 s up from 400 to 1,200, 2 s level, a step to nothing for 3 s, and
    // 3 s level at 300. Expected counts of each second, averaged over 50 rounds.
    let day = curve(&[(2, 400.0), (4, 1_200.0), (6, 1_200.0), (6, 0.0), (9, 0.0), (9, 300.0), (11, 300.0)], Some(12));
    let times = until(&day, 3, 600 * S);
    let expected = [400.0, 400.0, 600.0, 1_000.0, 1_200.0, 1_200.0, 0.0, 0.0, 0.0, 300.0, 300.0, 300.0];
    for (second, mean) in (0..).zip(expected) {
        let found = times.iter().filter(|&&ns| ns / S % 12 == second).count();
        assert_poisson(found, 50.0 * mean, &format!("second {second}"));
    }
    assert_eq!(day.mean_rate_per_s(), Some(5_700.0 / 12.0));
    assert_eq!(
        [0, 3, 5, 6, 9, 15].map(|s| day.rate_at(Time::from_ns(s * S))),
        [400.0, 800.0, 1_200.0, 0.0, 300.0, 800.0]
    );
}

#[test]
fn the_area_under_a_curve_between_requests_is_the_draw() {
    // 100 a second rising by 50 a second each second: an area of 100 t + 25 t².
    let times = until(&curve(&[(0, 100.0), (100, 5_100.0)], None), 4, 100 * S);
    let area = |ns: u64| (100.0 + 25.0 * ns as f64 / 1e9) * ns as f64 / 1e9;
    let mut before = 0.0;
    for (number, &ns) in (0..).zip(&times) {
        let unit = key(4).child(number).stream(Purpose::Interarrival).exponential();
        // Both ends are rounded by a nanosecond, at 5,100 a second at most.
        assert!((area(ns) - before - unit).abs() < 2.0 * 5.1e-6, "request {number}");
        before = area(ns);
    }
    assert_poisson(times.len(), area(100 * S), "all");
}

#[test]
fn a_curve_that_ends_at_nothing_ends() {
    let last = until(&curve(&[(0, 100.0), (10, 0.0)], None), 5, u64::MAX);
    assert_poisson(last.len(), 500.0, "a triangle");
    assert!(last.iter().all(|&ns| ns <= 10 * S));
    assert_eq!(until(&curve(&[(0, 0.0)], Some(5)), 5, u64::MAX), [0; 0]);
    assert_eq!(until(&Traffic::Poisson { rate_per_s: 0.0 }, 5, u64::MAX), [0; 0]);
    assert_eq!(until(&bursty(&[(0.0, S), (0.0, S)]), 5, u64::MAX), [0; 0]);
}

#[test]
fn a_rare_curve_skips_whole_rounds() {
    // One request in 1,000 rounds on average, in their last second.
    let times = until(&curve(&[(9, 0.0), (9, 0.001)], Some(10)), 6, 100_000_000 * S);
    assert_poisson(times.len(), 10_000.0, "in 10,000,000 rounds");
    assert!(times.iter().all(|ns| ns / S % 10 == 9));
}

#[test]
fn a_curve_can_begin_late() {
    let mut source = Arrivals::new(&curve(&[(0, 0.0), (5, 0.0), (5, 100.0)], Some(10)), key(7));
    let first = source.next(0, Time::from_ns(1_000_001 * S)).unwrap().as_ns();
    assert!((1_000_005 * S..1_000_006 * S).contains(&first), "{first}");
}

#[test]
fn constant_rates_agree_whatever_they_are_called() {
    let poisson = until(&Traffic::Poisson { rate_per_s: 500.0 }, 8, 100 * S);
    let same = [curve(&[(7, 500.0)], None), curve(&[(0, 500.0)], Some(3)), bursty(&[(500.0, S), (500.0, 2 * S)])];
    for traffic in same {
        let times = until(&traffic, 8, 100 * S);
        // The Poisson source rounds each gap down to a nanosecond; the others do not add up what they round.
        assert!(poisson.iter().zip(&times).zip(0..).all(|((&a, &b), number)| (a..=a + number + 1).contains(&b)));
        assert!(poisson.len().abs_diff(times.len()) <= 1);
    }
}

#[test]
fn rounding_does_not_add_up() {
    // At gaps of 100 ns, half a nanosecond lost with each would be 5,000 ns in the end.
    for traffic in [curve(&[(0, 1e7)], None), bursty(&[(1e7, S)])] {
        let (mut source, mut now, mut exact_ns) = (Arrivals::new(&traffic, key(10)), Time::ZERO, 0.0);
        for number in 0..10_000 {
            now = source.next(number, now).unwrap();
            exact_ns += 100.0 * key(10).child(number).stream(Purpose::Interarrival).exponential();
        }
        let lost_ns = exact_ns - now.as_ns() as f64;
        assert!((-1e-3..1.0 + 1e-3).contains(&lost_ns), "{traffic:?}: {lost_ns} ns");
    }
}

#[test]
fn bursts_are_as_uneven_as_theory_says() {
    // Two phases: Fischer and Meier-Hellstern, "The Markov-modulated Poisson process (MMPP) cookbook", 1993.
    let (rates, means_s) = ([2_000.0, 200.0], [0.1, 0.3]);
    let traffic = bursty(&[(rates[0], S / 10), (rates[1], 3 * S / 10)]);
    let (leave_a, leave_b) = (1.0 / means_s[0], 1.0 / means_s[1]);
    let change = leave_a + leave_b;
    let mean = (rates[0] * leave_b + rates[1] * leave_a) / change;
    assert!((traffic.mean_rate_per_s().unwrap() - mean).abs() < 1e-9);
    let (batches, windows, window_s) = (40, 50, 5.0);
    let spread =
        2.0 * leave_a * leave_b * (rates[0] - rates[1]) * (rates[0] - rates[1]) / (change * change * change * mean);
    let expected = 1.0 + spread * (1.0 - (1.0 - libm::exp(-change * window_s)) / (change * window_s));
    let mut counts = vec![0.0; batches * windows];
    let window_ns = (window_s * 1e9) as u64;
    // The first window is left out: the process begins in its first phase, not in equilibrium.
    for ns in until(&traffic, 9, window_ns * (counts.len() as u64 + 1)) {
        if let Some(window) = (ns / window_ns).checked_sub(1) {
            counts[window as usize] += 1.0;
        }
    }
    let dispersion = |counts: &[f64]| {
        let mean = counts.iter().sum::<f64>() / counts.len() as f64;
        counts.iter().map(|n| (n - mean) * (n - mean)).sum::<f64>() / (counts.len() - 1) as f64 / mean
    };
    let found: Vec<f64> = counts.chunks_exact(windows).map(dispersion).collect();
    let average = found.iter().sum::<f64>() / batches as f64;
    let error = 5.0 * (dispersion(&found) * average / batches as f64).sqrt();
    assert!(average - error > 1.0, "no burstier than Poisson: {average} +- {error}");
    assert!((average - expected).abs() < error, "{average} +- {error}, expected {expected}");
    let total: f64 = counts.iter().sum();
    let count = mean * window_s * counts.len() as f64;
    assert!((total - count).abs() < 5.0 * (expected * count).sqrt(), "{total}, expected {count}");
}

#[test]
fn bursts_begin_in_the_first_phase() {
    // Silence of 1 s on average comes first. E = 1 + 1/1001 + E/1001, which is 1.002.
    let traffic = bursty(&[(0.0, S), (1_000.0, S)]);
    let n = 10_000;
    let first = |seed| Arrivals::new(&traffic, key(seed)).next(0, Time::ZERO).unwrap().as_ns() as f64 / 1e9;
    let firsts: Vec<f64> = (0..n).map(first).collect();
    let mean = firsts.iter().sum::<f64>() / n as f64;
    let variance = firsts.iter().map(|t| (t - mean) * (t - mean)).sum::<f64>() / (n - 1) as f64;
    assert!((mean - 1.002).abs() < 5.0 * (variance / n as f64).sqrt(), "{mean}");
}

#[test]
fn a_recording_is_repeated_exactly() {
    let recorded = [0, 5, 5, 7, 3 * S];
    let traffic = Traffic::Replay { arrivals: recorded.iter().map(|&ns| Time::from_ns(ns)).collect() };
    assert_eq!(until(&traffic, 1, u64::MAX), recorded);
    assert_eq!(traffic.mean_rate_per_s(), Some(5.0 / 3.0));
    assert_eq!([0, 1, 2].map(|s| traffic.rate_at(Time::from_ns(s * S + 6))), [1.0, 0.0, 1.0]);
}

#[test]
fn closed_traffic_is_left_to_the_driver() {
    let closed = Traffic::Closed { users: 20, think: Distribution::Exponential { mean_ns: 4 * S } };
    assert_eq!(until(&closed, 1, u64::MAX), [0; 0]);
    assert_eq!((closed.mean_rate_per_s(), closed.rate_at(Time::ZERO)), (None, 5.0));
}

fn any_traffic() -> impl Strategy<Value = Traffic> {
    let rate = || prop_oneof![Just(0.0), 0.01..100.0, 1e3..1e7];
    let steps = prop::collection::vec((0u64..4, rate()), 1..8);
    let phases = prop::collection::vec((rate(), 1_000_000u64..S), 1..5);
    prop_oneof![
        rate().prop_map(|rate_per_s| Traffic::Poisson { rate_per_s }),
        rate().prop_map(|rate_per_s| Traffic::Deterministic { rate_per_s }),
        phases.prop_map(|phases| bursty(&phases)),
        (steps, prop::option::of(0u64..5)).prop_map(|(steps, rest_s)| {
            let mut at_s = 0;
            let points: Vec<_> = steps
                .into_iter()
                .map(|(gap_s, rate)| {
                    at_s += gap_s;
                    (at_s, rate)
                })
                .collect();
            curve(&points, rest_s.map(|s| at_s + s.max(1)))
        }),
    ]
}

proptest! {
    #[test]
    fn times_never_fall(traffic in any_traffic(), seed: u64, start_s in 0u64..100) {
        prop_assume!(wrong(|require| traffic.check(require)).is_empty());
        let (mut source, mut now) = (Arrivals::new(&traffic, key(seed)), Time::from_ns(start_s * S));
        for number in 0..300 {
            let Some(next) = source.next(number, now) else { break };
            prop_assert!(next >= now);
            now = next;
        }
    }
}
