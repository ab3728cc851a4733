//! How long work takes.

mod check;
mod empirical;
mod moments;

#[cfg(test)]
mod tests;

use crate::kernel::random::Stream;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The longest draw of a Pareto distribution: one year, in nanoseconds. Its tail is so heavy that a draw could
/// otherwise outlast everything else in a run.
const PARETO_DRAW_NS_MAX: f64 = 365.0 * 86_400.0 * 1e9;

/// A distribution of durations, in nanoseconds. A draw is rounded down to whole nanoseconds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Distribution {
    /// Always the same (the D of M/D/1).
    Constant {
        /// The duration.
        mean_ns: u64,
    },
    /// Memoryless (the M of M/M/1).
    Exponential {
        /// The mean.
        mean_ns: u64,
    },
    /// The sum of `stages` exponentials; squared coefficient of variation 1/stages.
    Erlang {
        /// How many.
        stages: u32,
        /// The mean of the sum.
        mean_ns: u64,
    },
    /// The exponential of a normal: skewed, as latencies of programs often are. Squared coefficient of variation
    /// exp(sigma²) - 1.
    LogNormal {
        /// The mean of the durations themselves, not of their logarithms.
        mean_ns: u64,
        /// The standard deviation of the underlying normal.
        sigma: f64,
    },
    /// A power law: P(X > x) = (minimum / x)^shape. Its variance is infinite where the shape is 2 or less. A draw is
    /// at most one year.
    Pareto {
        /// The exponent of the tail; above 1, so that there is a mean.
        shape: f64,
        /// The shortest duration.
        minimum_ns: u64,
    },
    /// One of two exponentials (H2): most work is short and some is long; squared coefficient of variation above 1.
    HyperExponential {
        /// The probability of the first.
        p: f64,
        /// The mean of the first.
        mean_a_ns: u64,
        /// The mean of the second.
        mean_b_ns: u64,
    },
    /// Every whole nanosecond from the least to the most alike.
    Uniform {
        /// The least.
        min_ns: u64,
        /// The most.
        max_ns: u64,
    },
    /// As measured: quantiles, and straight lines between them.
    Empirical {
        /// Cumulative probability (0 to 1, the last one 1) and the duration that is not exceeded with it, both rising.
        /// A first probability above 0 is the probability of the first duration itself.
        #[serde(with = "crate::kernel::shared")]
        points: Arc<[(f64, u64)]>,
    },
}

impl Distribution {
    /// A draw, in nanoseconds.
    #[inline]
    pub fn sample_ns(&self, stream: &mut Stream) -> u64 {
        match self {
            Self::Constant { mean_ns } => *mean_ns,
            Self::Exponential { mean_ns } => (*mean_ns as f64 * stream.exponential()) as u64,
            other => other.sample_other_ns(stream),
        }
    }

    /// The draws that are not so common; apart, so that the common ones stay small enough to be inlined.
    fn sample_other_ns(&self, stream: &mut Stream) -> u64 {
        match *self {
            Self::Constant { mean_ns } => mean_ns,
            Self::Exponential { mean_ns } => (mean_ns as f64 * stream.exponential()) as u64,
            Self::Erlang { stages, mean_ns } => {
                let sum: f64 = (0..stages).map(|_| stream.exponential()).sum();
                (mean_ns as f64 * sum / f64::from(stages)) as u64
            }
            Self::LogNormal { mean_ns, sigma } => {
                (mean_ns as f64 * libm::exp(sigma * stream.normal() - sigma * sigma / 2.0)) as u64
            }
            Self::Pareto { shape, minimum_ns } => {
                // The logarithm of a Pareto variate over its minimum is an exponential one of mean 1/shape.
                let draw_ns = minimum_ns as f64 * libm::exp(stream.exponential() / shape);
                draw_ns.min(PARETO_DRAW_NS_MAX) as u64
            }
            Self::HyperExponential { p, mean_a_ns, mean_b_ns } => {
                let mean_ns = if stream.chance(p) { mean_a_ns } else { mean_b_ns };
                (mean_ns as f64 * stream.exponential()) as u64
            }
            Self::Uniform { min_ns, max_ns } => {
                // Lemire's multiply-shift on all 64 bits.
                let durations = u128::from(max_ns.saturating_sub(min_ns)) + 1;
                min_ns + ((u128::from(stream.bits()) * durations) >> 64) as u64
            }
            Self::Empirical { ref points } => empirical::quantile_ns(points, stream.unit()),
        }
    }
}
