//! What traffic may be: bounded, so that a run's work is.

use super::{Phase, RatePoint, Traffic};
use crate::blueprint::Require;
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

impl Traffic {
    /// Says of each parameter whether it is in range, and what is allowed. A NaN is out of range.
    pub fn check(&self, require: Require<'_>) {
        match self {
            Self::Poisson { rate_per_s } | Self::Deterministic { rate_per_s } => {
                check_rates(std::iter::once(*rate_per_s), require);
            }
            Self::Bursty { phases } => check_phases(phases, require),
            Self::Curve { points, repeat_ns } => check_points(points, *repeat_ns, require),
            Self::Replay { arrivals } => {
                require(arrivals.len() <= ARRIVALS_MAX, "arrivals", "at most 4,000,000");
                require(arrivals.is_sorted(), "arrivals", "in order of time");
                check_last("arrivals", arrivals.iter().max(), require);
            }
            Self::Closed { users, think } => {
                require((1..=USERS_MAX).contains(users), "users", "from 1 to 1,000,000");
                // Without it, users whose requests fail at once would ask again at the same instant, forever.
                require(think.mean_ns() > 0, "think", "longer than nothing on average");
                think.check(require);
            }
        }
    }
}

fn check_phases(phases: &[Phase], require: Require<'_>) {
    let lasting = phases.iter().all(|phase| (PHASE_NS_MIN..=DURATION_NS_MAX).contains(&phase.mean_ns));
    let per_round: f64 = phases.iter().map(|phase| phase.rate_per_s * phase.mean_ns as f64 / 1e9).sum();
    require((1..=PHASES_MAX).contains(&phases.len()), "phases", "from 1 to 64");
    let rates = check_rates(phases.iter().map(|phase| phase.rate_per_s), require);
    require(lasting, "mean_ns", "from 1 ms to ten years");
    // How many come in a round is known where both rates and times are.
    let too_few = lasting && rates && per_round > 0.0 && per_round < REQUESTS_PER_ROUND_MIN;
    require(!too_few, "phases", "with one request in 1,000 rounds at least, or none at all");
}

fn check_points(points: &[RatePoint], repeat_ns: Option<u64>, require: Require<'_>) {
    require((1..=POINTS_MAX).contains(&points.len()), "points", "from 1 to 10,000");
    require(points.is_sorted_by_key(|point| point.at), "points", "in order of time");
    check_rates(points.iter().map(|point| point.rate_per_s), require);
    let last = points.iter().map(|point| point.at).max();
    let in_time = check_last("points", last.as_ref(), require);
    let last_ns = last.filter(|_| in_time).map_or(0, Time::as_ns);
    let repeat = last_ns.max(REPEAT_NS_MIN)..=DURATION_NS_MAX;
    let repeats = repeat_ns.is_none_or(|ns| repeat.contains(&ns));
    require(repeats, "repeat_ns", "from 1 s to ten years, and not before the last point");
}

/// Gives back whether all is well, too.
fn check_rates(mut rates_per_s: impl Iterator<Item = f64>, require: Require<'_>) -> bool {
    let ok = rates_per_s.all(|rate_per_s| (0.0..=RATE_PER_S_MAX).contains(&rate_per_s));
    require(ok, "rate_per_s", "from 0 to 10,000,000");
    ok
}

/// Gives back whether all is well, too.
fn check_last(field: &'static str, last: Option<&Time>, require: Require<'_>) -> bool {
    let ok = last.is_none_or(|at| at.as_ns() <= DURATION_NS_MAX);
    require(ok, field, "at most ten years after the start");
    ok
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::wrong;
    use crate::kernel::distribution::Distribution;

    fn fields(traffic: &Traffic) -> Vec<&'static str> {
        wrong(|require| traffic.check(require))
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
            assert_eq!(fields(&Traffic::Poisson { rate_per_s }), ["rate_per_s"]);
            assert_eq!(fields(&Traffic::Deterministic { rate_per_s }), ["rate_per_s"]);
            assert_eq!(fields(&bursty(&[(rate_per_s, PHASE_NS_MIN)])), ["rate_per_s"]);
            assert_eq!(fields(&curve(&[(0, rate_per_s)], None)), ["rate_per_s"]);
        }
        assert!(fields(&Traffic::Poisson { rate_per_s: 0.0 }).is_empty());
    }

    #[test]
    fn bad_phases_are_named() {
        assert_eq!(fields(&bursty(&[])), ["phases"]);
        assert_eq!(fields(&bursty(&[(1.0, PHASE_NS_MIN); 65])), ["phases"]);
        assert_eq!(fields(&bursty(&[(1.0, 0)])), ["mean_ns"]);
        assert_eq!(fields(&bursty(&[(0.9, PHASE_NS_MIN), (0.0, PHASE_NS_MIN)])), ["phases"]);
        assert!(fields(&bursty(&[(1.0, PHASE_NS_MIN), (0.0, PHASE_NS_MIN)])).is_empty());
        assert!(fields(&bursty(&[(0.0, PHASE_NS_MIN)])).is_empty());
    }

    #[test]
    fn bad_curves_are_named() {
        assert_eq!(fields(&curve(&[], None)), ["points"]);
        assert_eq!(fields(&curve(&[(1, 1.0); POINTS_MAX + 1], None)), ["points"]);
        assert_eq!(fields(&curve(&[(2, 1.0), (1, 1.0)], None)), ["points"]);
        assert_eq!(fields(&curve(&[(u64::MAX, 1.0)], None)), ["points"]);
        assert_eq!(fields(&curve(&[(0, 1.0)], Some(REPEAT_NS_MIN - 1))), ["repeat_ns"]);
        assert_eq!(fields(&curve(&[(2_000, 1.0)], Some(1_999_999_999))), ["repeat_ns"]);
        assert!(fields(&curve(&[(0, 1.0), (2_000, 1.0), (2_000, 3.0)], Some(2_000_000_000))).is_empty());
    }

    #[test]
    fn every_bad_parameter_is_named() {
        assert_eq!(fields(&bursty(&[(-1.0, 0); 65])), ["phases", "rate_per_s", "mean_ns"]);
        let late = curve(&[(u64::MAX, -1.0), (1, 1.0)], Some(0));
        assert_eq!(fields(&late), ["points", "rate_per_s", "points", "repeat_ns"]);
        let unsorted = curve(&[(2_000, 1.0), (1_000, 1.0)], Some(1_000_000_000));
        assert_eq!(fields(&unsorted), ["points", "repeat_ns"]);
        assert_eq!(fields(&curve(&[(u64::MAX, 1.0)], Some(REPEAT_NS_MIN))), ["points"]);
        let closed = |users, stages, mean_ns| {
            let think = Distribution::Erlang { stages, mean_ns };
            fields(&Traffic::Closed { users, think })
        };
        assert_eq!(closed(0, 0, 0), ["users", "think", "stages"]);
        assert_eq!(closed(USERS_MAX + 1, 1_001, u64::MAX), ["users", "stages", "mean_ns"]);
        let arrivals = [u64::MAX, 1].map(Time::from_ns).into();
        assert_eq!(fields(&Traffic::Replay { arrivals }), ["arrivals"; 2]);
    }

    #[test]
    fn the_longest_lists_are_accepted() {
        let replay = |count: usize| Traffic::Replay { arrivals: vec![Time::ZERO; count].into() };
        assert!(fields(&replay(ARRIVALS_MAX)).is_empty());
        assert_eq!(fields(&replay(ARRIVALS_MAX + 1)), ["arrivals"]);
        assert!(fields(&curve(&[(1, 1.0); POINTS_MAX], None)).is_empty());
        assert!(fields(&bursty(&[(1.0, PHASE_NS_MIN); PHASES_MAX])).is_empty());
    }

    #[test]
    fn bad_recordings_and_users_are_named() {
        let replay = |times: &[u64]| Traffic::Replay { arrivals: times.iter().map(|&ns| Time::from_ns(ns)).collect() };
        assert_eq!(fields(&replay(&[2, 1])), ["arrivals"]);
        assert_eq!(fields(&replay(&[1, u64::MAX])), ["arrivals"]);
        assert!(fields(&replay(&[])).is_empty());
        let closed = |users, mean_ns| Traffic::Closed { users, think: Distribution::Exponential { mean_ns } };
        assert_eq!(fields(&closed(0, 1)), ["users"]);
        assert_eq!(fields(&closed(1, 0)), ["think"]);
        assert_eq!(fields(&closed(1, u64::MAX)), ["mean_ns"]);
        assert!(fields(&closed(1, 1)).is_empty());
    }
}
