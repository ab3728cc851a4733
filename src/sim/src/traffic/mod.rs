//! Traffic: when requests come, and what they ask for. Knows nothing of who serves them.

pub(crate) mod arrivals;
mod bursty;
mod check;
pub mod classes;
mod curve;
pub mod keys;

use crate::kernel::distribution::Distribution;
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// When the requests of one spring come. Rates are requests per simulated second.
///
/// ```
/// use pipe_maze_sim::traffic::RatePoint;
/// use pipe_maze_sim::{Time, Traffic};
///
/// // A day of a minute: 20 requests a second at night, 100 at noon.
/// let point = |s: u64, rate_per_s| RatePoint { at: Time::from_ms(1_000 * s), rate_per_s };
/// let day = Traffic::Curve {
///     points: vec![point(0, 20.0), point(30, 100.0), point(60, 20.0)],
///     repeat_ns: Some(60_000_000_000),
/// };
/// assert_eq!(day.rate_at(Time::from_ms(15_000)), 60.0);
/// assert_eq!(day.rate_at(Time::from_ms(90_000)), 100.0, "noon of the second day");
/// assert_eq!(day.mean_rate_per_s().map(f64::round), Some(60.0));
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Traffic {
    /// Independent exponential gaps: many users who know nothing of one another.
    Poisson {
        /// The mean rate.
        rate_per_s: f64,
    },
    /// Equal gaps, the first request after one of them.
    Deterministic {
        /// The rate.
        rate_per_s: f64,
    },
    /// A Markov-modulated Poisson process: the rate changes from phase to phase, in a circle that begins with the
    /// first. Each phase lasts for an exponential time.
    Bursty {
        /// The phases, in order.
        phases: Vec<Phase>,
    },
    /// A Poisson process whose rate follows a curve: straight lines between points, level before the first and after
    /// the last one.
    Curve {
        /// The points, by time. Two at the same time make a step.
        points: Vec<RatePoint>,
        /// The curve begins again each time that so many nanoseconds have passed: a day, say.
        repeat_ns: Option<u64>,
    },
    /// A recording.
    Replay {
        /// The time of each request, in order.
        #[serde(with = "crate::kernel::shared")]
        arrivals: Arc<[Time]>,
    },
    /// A fixed number of users. Each thinks, asks, waits for the end of its request, and thinks again.
    Closed {
        /// How many users.
        users: u32,
        /// How long one thinks.
        think: Distribution,
    },
}

/// A phase of bursty traffic.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Phase {
    /// The mean rate while it lasts.
    pub rate_per_s: f64,
    /// How long it lasts on average, in nanoseconds.
    pub mean_ns: u64,
}

/// A point of a curve of rates.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct RatePoint {
    /// When, since the start of the run or of the repetition.
    pub at: Time,
    /// The rate then.
    pub rate_per_s: f64,
}

impl Traffic {
    /// The mean rate: of a curve, over one repetition or up to its last point; of a recording, up to its last request.
    /// Nothing where only the answers decide it (closed traffic).
    pub fn mean_rate_per_s(&self) -> Option<f64> {
        match self {
            Self::Poisson { rate_per_s } | Self::Deterministic { rate_per_s } => Some(*rate_per_s),
            Self::Bursty { phases } => Some(bursty::mean_rate_per_s(phases)),
            Self::Curve { points, repeat_ns } => Some(curve::mean_rate_per_s(points, *repeat_ns)),
            Self::Replay { arrivals } => {
                let last_ns = arrivals.last().map_or(0, |at| at.as_ns());
                Some(if last_ns > 0 { arrivals.len() as f64 * 1e9 / last_ns as f64 } else { 0.0 })
            }
            Self::Closed { .. } => None,
        }
    }

    /// The rate that is to be expected at `at`: of bursty traffic its mean, since its phases are left to chance; of a
    /// recording the requests in the second that begins there; of closed traffic the most that its users can ask.
    pub fn rate_at(&self, at: Time) -> f64 {
        match self {
            Self::Curve { points, repeat_ns } => curve::rate_at(points, *repeat_ns, at),
            Self::Replay { arrivals } => {
                let before = |end: Time| arrivals.partition_point(|&arrival| arrival < end);
                (before(at.plus_ns(1_000_000_000)) - before(at)) as f64
            }
            Self::Closed { users, think } => {
                (f64::from(*users) * 1e9 / think.mean_ns() as f64).min(check::RATE_PER_S_MAX)
            }
            _ => self.mean_rate_per_s().unwrap_or(0.0),
        }
    }
}
