//! When the requests of a spring come: how its rate changes with time, or when each of them came once.

pub mod recorded;

use crate::format::Rule;
use crate::kind::Require;
use crate::limits::{PROFILE_POINTS_MAX, RECORDED_MAX, USERS_MAX};
use crate::milliseconds::to_ns;
use pipe_maze_sim::traffic::{Phase, RatePoint};
use pipe_maze_sim::{Distribution, Time, Traffic};
use serde::{Deserialize, Serialize};

/// Highest multiple of a rate.
const FACTOR_MAX: f64 = 1_000.0;
/// A rate that grows by less than this factor is about the same.
const RISE_MIN: f64 = 1.1;
/// Longest time of a profile, in simulated milliseconds: a day.
const PROFILE_MS_MAX: u64 = 86_400_000;

/// How a rate changes with time: factors multiply it. Times are simulated milliseconds since the water flows.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum Profile {
    /// Always the same.
    #[default]
    Constant,
    /// Always the same, with equal gaps: a clock, and no crowd. The first request comes after one gap.
    Steady,
    /// It grows, or falls, along a straight line, and stays there.
    Ramp {
        /// When it begins to change.
        from_ms: u64,
        /// When it has changed.
        to_ms: u64,
        /// To what.
        factor: f64,
    },
    /// For a while it is another.
    Spike {
        /// When that begins.
        at_ms: u64,
        /// How long it lasts.
        for_ms: u64,
        /// What it is then.
        factor: f64,
    },
    /// Straight lines between points: time and factor. Two points at the same time make a step.
    Curve {
        /// The points, in order of time.
        points: Vec<(u64, f64)>,
        /// After how long the curve begins again.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        repeat_ms: Option<u64>,
    },
    /// Calm and bursts by turns, each of them for an exponential time.
    Bursts {
        /// How long calm lasts on average.
        calm_ms: u64,
        /// How long a burst lasts on average.
        burst_ms: u64,
        /// What the rate is in a burst.
        factor: f64,
    },
    /// So many users: each waits for its answer, thinks, and asks again. The rates are only the classes' shares.
    Users {
        /// How many.
        users: u32,
        /// How long one thinks on average.
        think_ms: f64,
    },
    /// A recording: each request at its own time. The rates are only the classes' shares.
    Recorded {
        /// The times, in order; several may be the same.
        at_ms: Vec<u64>,
    },
}

impl Profile {
    /// The simulation's traffic, for a rate that the factors multiply.
    pub(crate) fn traffic(&self, rate_per_s: f64) -> Traffic {
        let curve = |points: &[(u64, f64)], repeat_ms: Option<u64>| Traffic::Curve {
            points: points
                .iter()
                .map(|&(ms, factor)| RatePoint { at: Time::from_ms(ms), rate_per_s: rate_per_s * factor })
                .collect(),
            repeat_ns: repeat_ms.map(|ms| ms.saturating_mul(1_000_000)),
        };
        match *self {
            Self::Constant => Traffic::Poisson { rate_per_s },
            Self::Steady => Traffic::Deterministic { rate_per_s },
            Self::Ramp { .. } | Self::Spike { .. } => curve(&self.points(), None),
            Self::Curve { ref points, repeat_ms } => curve(points, repeat_ms),
            Self::Bursts { calm_ms, burst_ms, factor } => {
                let phase = |ms: u64, factor: f64| Phase {
                    rate_per_s: rate_per_s * factor,
                    mean_ns: ms.saturating_mul(1_000_000),
                };
                Traffic::Bursty { phases: vec![phase(calm_ms, 1.0), phase(burst_ms, factor)] }
            }
            Self::Users { users, think_ms } => {
                Traffic::Closed { users, think: Distribution::Exponential { mean_ns: to_ns(think_ms) } }
            }
            Self::Recorded { ref at_ms } => {
                Traffic::Replay { arrivals: at_ms.iter().map(|&ms| Time::from_ms(ms)).collect() }
            }
        }
    }

    /// The curve that it is, as times and factors; one that is always the same where it is no curve.
    pub fn points(&self) -> Vec<(u64, f64)> {
        match *self {
            Self::Constant | Self::Steady | Self::Bursts { .. } | Self::Users { .. } | Self::Recorded { .. } => {
                vec![(0, 1.0)]
            }
            Self::Ramp { from_ms, to_ms, factor } => vec![(from_ms, 1.0), (to_ms, factor)],
            Self::Spike { at_ms, for_ms, factor } => {
                let end_ms = at_ms.saturating_add(for_ms);
                vec![(at_ms, 1.0), (at_ms, factor), (end_ms, factor), (end_ms, 1.0)]
            }
            Self::Curve { ref points, .. } => points.clone(),
        }
    }

    /// Requests that are to be expected in that many simulated milliseconds; of users the most that they can ask.
    pub(crate) fn requests(&self, rate_per_s: f64, duration_ms: u64) -> f64 {
        if let Self::Recorded { at_ms } = self {
            return at_ms.partition_point(|&at| at < duration_ms) as f64;
        }
        match self.traffic(rate_per_s) {
            Traffic::Curve { points, repeat_ns: None } => area(&points, duration_ms as f64),
            Traffic::Curve { points, repeat_ns: Some(ns) } => {
                let (duration_ms, repeat_ms) = (duration_ms as f64, ns as f64 / 1e6);
                let rounds = (duration_ms / repeat_ms).floor();
                area(&points, repeat_ms) * rounds + area(&points, duration_ms - rounds * repeat_ms)
            }
            steady => steady.rate_at(Time::ZERO) * duration_ms as f64 / 1_000.0,
        }
    }

    /// When the rate grows within that many simulated milliseconds, where the level says so: the time, and the factors
    /// before and after. A rise that is part of a greater one is not told.
    pub fn rises(&self, duration_ms: u64) -> Vec<(u64, f64, f64)> {
        let points: Vec<(u64, f64)> = match *self {
            Self::Constant | Self::Steady | Self::Bursts { .. } | Self::Users { .. } | Self::Recorded { .. } => {
                return Vec::new();
            }
            Self::Ramp { from_ms, to_ms, factor } => vec![(from_ms, 1.0), (to_ms, factor)],
            Self::Spike { at_ms, factor, .. } => vec![(at_ms, 1.0), (at_ms, factor)],
            Self::Curve { ref points, .. } => points.clone(),
        };
        let repeat_ms = match *self {
            Self::Curve { repeat_ms, .. } => repeat_ms.filter(|ms| *ms > 0),
            _ => None,
        };
        let rounds = repeat_ms.map_or(1, |ms| (duration_ms / ms + 1).min(PROFILE_POINTS_MAX as u64));
        let mut rises: Vec<(u64, f64, f64)> = Vec::new();
        for round in 0..rounds {
            let begins_ms = repeat_ms.map_or(0, |ms| ms.saturating_mul(round));
            let mut open: Option<(u64, f64, f64)> = None;
            for pair in points.windows(2) {
                let ((at_ms, from), (_, to)) = (pair[0], pair[1]);
                let grows = to > from;
                match &mut open {
                    Some((_, _, top)) if grows => *top = to,
                    _ if grows => open = Some((begins_ms.saturating_add(at_ms), from, to)),
                    _ => rises.extend(open.take()),
                }
            }
            rises.extend(open);
        }
        rises.retain(|(at_ms, from, to)| *at_ms < duration_ms && *to >= from * RISE_MIN);
        rises
    }

    /// Whether the rate changes as no curve of the level says: by chance, or as it was recorded.
    pub const fn is_uneven(&self) -> bool {
        matches!(self, Self::Bursts { .. } | Self::Recorded { .. })
    }

    pub(crate) fn check(&self, require: Require<'_>) {
        let factor_ok = |factor: f64| (0.0..=FACTOR_MAX).contains(&factor);
        let factor_rule = Rule::Between(0.0, FACTOR_MAX);
        let time_ok = |ms: u64| ms <= PROFILE_MS_MAX;
        let last_ms_max = PROFILE_MS_MAX as f64;
        match *self {
            Self::Constant | Self::Steady => {}
            Self::Ramp { from_ms, to_ms, factor } => {
                require(from_ms <= to_ms && time_ok(to_ms), "profile, to_ms", Rule::AfterItsBegin(last_ms_max));
                require(factor_ok(factor), "profile, factor", factor_rule);
            }
            Self::Spike { at_ms, for_ms, factor } => {
                require(time_ok(at_ms), "profile, at_ms", Rule::AtMost(last_ms_max));
                require(for_ms > 0 && time_ok(for_ms), "profile, for_ms", Rule::Between(1.0, last_ms_max));
                require(factor_ok(factor), "profile, factor", factor_rule);
            }
            Self::Curve { ref points, repeat_ms } => {
                let count_ok = (1..=PROFILE_POINTS_MAX).contains(&points.len());
                require(count_ok, "profile, points", Rule::Between(1.0, PROFILE_POINTS_MAX as f64));
                let last_ms = points.last().map_or(0, |&(ms, _)| ms);
                let order_ok = points.is_sorted_by_key(|&(ms, _)| ms) && time_ok(last_ms);
                require(order_ok, "profile, points", Rule::InOrder(last_ms_max));
                require(points.iter().all(|&(_, f)| factor_ok(f)), "profile, points' factors", factor_rule);
                let least_ms = last_ms.max(1_000);
                let repeat_ok = repeat_ms.is_none_or(|ms| ms >= least_ms && time_ok(ms));
                require(repeat_ok, "profile, repeat_ms", Rule::Between(least_ms as f64, last_ms_max));
            }
            Self::Bursts { calm_ms, burst_ms, factor } => {
                let times_ok = calm_ms > 0 && burst_ms > 0 && time_ok(calm_ms) && time_ok(burst_ms);
                require(times_ok, "profile, calm_ms and burst_ms", Rule::Between(1.0, last_ms_max));
                require(factor_ok(factor), "profile, factor", factor_rule);
            }
            Self::Users { users, think_ms } => {
                require((1..=USERS_MAX).contains(&users), "profile, users", Rule::Between(1.0, f64::from(USERS_MAX)));
                let think_ok = think_ms.is_finite() && (1.0..=PROFILE_MS_MAX as f64).contains(&think_ms);
                require(think_ok, "profile, think_ms", Rule::Between(1.0, last_ms_max));
            }
            Self::Recorded { ref at_ms } => {
                let count_ok = (1..=RECORDED_MAX).contains(&at_ms.len());
                require(count_ok, "profile, at_ms", Rule::Between(1.0, RECORDED_MAX as f64));
                let order_ok = at_ms.is_sorted() && at_ms.last().is_none_or(|&ms| time_ok(ms));
                require(order_ok, "profile, at_ms", Rule::InOrder(last_ms_max));
            }
        }
    }
}

/// Requests under a curve up to `end_ms`.
fn area(points: &[RatePoint], end_ms: f64) -> f64 {
    let (mut sum, mut from_ms, mut from_rate) = (0.0, 0.0, points.first().map_or(0.0, |point| point.rate_per_s));
    let last = points.last().map_or(0.0, |point| point.rate_per_s);
    let points = points.iter().map(|point| (point.at.as_ms_f64(), point.rate_per_s)).chain([(f64::MAX, last)]);
    for (at_ms, rate) in points {
        let to_ms = at_ms.min(end_ms);
        let share = if at_ms > from_ms { (to_ms - from_ms) / (at_ms - from_ms) } else { 1.0 };
        let to_rate = from_rate + (rate - from_rate) * share;
        sum += (to_ms - from_ms) * (from_rate + to_rate) / 2.0 / 1_000.0;
        if at_ms >= end_ms {
            break;
        }
        (from_ms, from_rate) = (at_ms, rate);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A second at the rate and one at three times the rate, again and again.
    #[test]
    fn of_a_curve_that_is_repeated_the_last_round_may_be_cut_short() {
        let points = vec![(0, 1.0), (1_000, 1.0), (1_000, 3.0)];
        let curve = Profile::Curve { points, repeat_ms: Some(2_000) };
        let requests = [0, 500, 1_000, 1_500, 2_000, 3_000, 5_500].map(|ms| curve.requests(10.0, ms));
        assert_eq!(requests, [0.0, 5.0, 10.0, 25.0, 40.0, 50.0, 105.0]);
    }

    #[test]
    fn of_a_recording_those_are_expected_that_came_and_of_a_clock_what_it_beats() {
        let recorded = Profile::Recorded { at_ms: vec![0, 5, 5, 900] };
        assert_eq!([0, 1, 6, 900, 901].map(|ms| recorded.requests(10.0, ms)), [0.0, 1.0, 3.0, 3.0, 4.0]);
        assert_eq!(Profile::Steady.requests(10.0, 2_500), 25.0);
    }
}
