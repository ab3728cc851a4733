//! What traffic may be: bounded, so that a run's work is.

use super::{Phase, RatePoint, Traffic};
use crate::kernel::time::Time;

/// Most requests a second from one spring.
pub(super) const RATE_PER_S_MAX: f64 = 10_000_000.0;
/// The longest time: ten years, in nanoseconds.
const DURATION_NS_MAX: u64 = 10 * 365 * 86_400 * 1_000_000_000;
/// The shortest mean of a phase: one millisecond. It bounds how many phases a simulated second can have.
const PHASE_NS_MIN: u64 = 1_000_000;
/// Most phases.
const PHASES_MAX: usize = 64;
/// Fewest requests in a round of all phases, on average, if any come at all. It bounds the rounds before the next.
const REQUESTS_PER_ROUND_MIN: f64 = 0.001;
/// Most points of a curve.
const POINTS_MAX: usize = 10_000;
/// The shortest repetition of a curve: one second. It bounds how many points a simulated second can pass.
const REPEAT_NS_MIN: u64 = 1_000_000_000;
/// Most requests of a recording.
const ARRIVALS_MAX: usize = 4_000_000;
/// Most users of closed traffic.
const USERS_MAX: u32 = 1_000_000;

/// A field, and what is allowed there.
type Trouble = (&'static str, &'static str);

impl Traffic {
    /// The first parameter that is out of range, and what is allowed.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Poisson { rate_per_s } | Self::Deterministic { rate_per_s } => bad_rate(*rate_per_s),
            Self::Bursty { phases } => problem_of_phases(phases),
            Self::Curve { points, repeat_ns } => problem_of_points(points, *repeat_ns),
            Self::Replay { arrivals } if arrivals.len() > ARRIVALS_MAX => Some(("arrivals", "at most 4,000,000")),
            Self::Replay { arrivals } if !arrivals.is_sorted() => Some(("arrivals", "in order of time")),
            Self::Replay { arrivals } => arrivals.last().and_then(|&at| too_late("arrivals", at)),
            Self::Closed { users, .. } if !(1..=USERS_MAX).contains(users) => Some(("users", "from 1 to 1,000,000")),
            // Without it, users whose requests fail at once would ask again at the same instant, forever.
            Self::Closed { think, .. } if think.mean_ns() == 0 => Some(("think", "longer than nothing on average")),
            Self::Closed { think, .. } => think.problem(),
        }
    }
}

fn problem_of_phases(phases: &[Phase]) -> Option<Trouble> {
    if !(1..=PHASES_MAX).contains(&phases.len()) {
        return Some(("phases", "from 1 to 64"));
    }
    if phases.iter().any(|phase| !(PHASE_NS_MIN..=DURATION_NS_MAX).contains(&phase.mean_ns)) {
        return Some(("mean_ns", "from 1 ms to ten years"));
    }
    let bad = phases.iter().find_map(|phase| bad_rate(phase.rate_per_s));
    let per_round: f64 = phases.iter().map(|phase| phase.rate_per_s * phase.mean_ns as f64 / 1e9).sum();
    let too_few = per_round > 0.0 && per_round < REQUESTS_PER_ROUND_MIN;
    bad.or(too_few.then_some(("phases", "with one request in 1,000 rounds at least, or none at all")))
}

fn problem_of_points(points: &[RatePoint], repeat_ns: Option<u64>) -> Option<Trouble> {
    let Some(last) = points.last().filter(|_| points.len() <= POINTS_MAX) else {
        return Some(("points", "from 1 to 10,000"));
    };
    if !points.is_sorted_by_key(|point| point.at) {
        return Some(("points", "in order of time"));
    }
    let shortest_ns = last.at.as_ns().max(REPEAT_NS_MIN);
    if repeat_ns.is_some_and(|ns| !(shortest_ns..=DURATION_NS_MAX).contains(&ns)) {
        return Some(("repeat_ns", "from 1 s to ten years, and not before the last point"));
    }
    points.iter().find_map(|point| bad_rate(point.rate_per_s)).or_else(|| too_late("points", last.at))
}

/// A NaN is out of range.
fn bad_rate(rate_per_s: f64) -> Option<Trouble> {
    (!(0.0..=RATE_PER_S_MAX).contains(&rate_per_s)).then_some(("rate_per_s", "from 0 to 10,000,000"))
}

fn too_late(field: &'static str, at: Time) -> Option<Trouble> {
    (at.as_ns() > DURATION_NS_MAX).then_some((field, "at most ten years after the start"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::service::distribution::Distribution;

    fn field(traffic: &Traffic) -> Option<&'static str> {
        traffic.problem().map(|(field, _)| field)
    }

    fn bursty(phases: &[(f64, u64)]) -> Traffic {
        let phase = |&(rate_per_s, mean_ns)| Phase { rate_per_s, mean_ns };
        Traffic::Bursty { phases: phases.iter().map(phase).collect() }
    }

    fn curve(points: &[(u64, f64)], repeat_ns: Option<u64>) -> Traffic {
        let point = |&(ms, rate_per_s)| RatePoint { at: Time::from_ms(ms), rate_per_s };
        Traffic::Curve { points: points.iter().map(point).collect(), repeat_ns }
    }

    #[test]
    fn bad_rates_are_named() {
        for rate_per_s in [-1.0, f64::NAN, f64::INFINITY, 10_000_001.0] {
            assert_eq!(field(&Traffic::Poisson { rate_per_s }), Some("rate_per_s"));
            assert_eq!(field(&Traffic::Deterministic { rate_per_s }), Some("rate_per_s"));
            assert_eq!(field(&bursty(&[(rate_per_s, PHASE_NS_MIN)])), Some("rate_per_s"));
            assert_eq!(field(&curve(&[(0, rate_per_s)], None)), Some("rate_per_s"));
        }
        assert_eq!(field(&Traffic::Poisson { rate_per_s: 0.0 }), None);
    }

    #[test]
    fn bad_phases_are_named() {
        assert_eq!(field(&bursty(&[])), Some("phases"));
        assert_eq!(field(&bursty(&[(1.0, PHASE_NS_MIN); 65])), Some("phases"));
        assert_eq!(field(&bursty(&[(1.0, 0)])), Some("mean_ns"));
        assert_eq!(field(&bursty(&[(0.9, PHASE_NS_MIN), (0.0, PHASE_NS_MIN)])), Some("phases"));
        assert_eq!(field(&bursty(&[(1.0, PHASE_NS_MIN), (0.0, PHASE_NS_MIN)])), None);
        assert_eq!(field(&bursty(&[(0.0, PHASE_NS_MIN)])), None);
    }

    #[test]
    fn bad_curves_are_named() {
        assert_eq!(field(&curve(&[], None)), Some("points"));
        assert_eq!(field(&curve(&[(1, 1.0); POINTS_MAX + 1], None)), Some("points"));
        assert_eq!(field(&curve(&[(2, 1.0), (1, 1.0)], None)), Some("points"));
        assert_eq!(field(&curve(&[(u64::MAX, 1.0)], None)), Some("points"));
        assert_eq!(field(&curve(&[(0, 1.0)], Some(REPEAT_NS_MIN - 1))), Some("repeat_ns"));
        assert_eq!(field(&curve(&[(2_000, 1.0)], Some(1_999_999_999))), Some("repeat_ns"));
        assert_eq!(field(&curve(&[(0, 1.0), (2_000, 1.0), (2_000, 3.0)], Some(2_000_000_000))), None);
    }

    #[test]
    fn bad_recordings_and_users_are_named() {
        let replay = |times: &[u64]| Traffic::Replay { arrivals: times.iter().map(|&ns| Time::from_ns(ns)).collect() };
        assert_eq!(field(&replay(&[2, 1])), Some("arrivals"));
        assert_eq!(field(&replay(&[1, u64::MAX])), Some("arrivals"));
        assert_eq!(field(&replay(&[])), None);
        let closed = |users, mean_ns| Traffic::Closed { users, think: Distribution::Exponential { mean_ns } };
        assert_eq!(field(&closed(0, 1)), Some("users"));
        assert_eq!(field(&closed(1, 0)), Some("think"));
        assert_eq!(field(&closed(1, u64::MAX)), Some("mean_ns"));
        assert_eq!(field(&closed(1, 1)), None);
    }
}
