//! How long work takes.

use crate::kernel::random::Stream;
use serde::{Deserialize, Serialize};

/// A distribution of durations. Its mean is given in nanoseconds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
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
}

impl Distribution {
    /// The mean, in nanoseconds.
    pub const fn mean_ns(&self) -> u64 {
        match *self {
            Self::Constant { mean_ns } | Self::Exponential { mean_ns } | Self::Erlang { mean_ns, .. } => mean_ns,
        }
    }

    /// Whether the parameters make a distribution: 1 to 1,000 stages.
    pub fn is_valid(&self) -> bool {
        !matches!(self, Self::Erlang { stages, .. } if !(1..=1_000).contains(stages))
    }

    /// A draw, in nanoseconds.
    pub fn sample_ns(&self, stream: &mut Stream) -> u64 {
        match *self {
            Self::Constant { mean_ns } => mean_ns,
            Self::Exponential { mean_ns } => (mean_ns as f64 * stream.exponential()) as u64,
            Self::Erlang { stages, mean_ns } => {
                let sum: f64 = (0..stages).map(|_| stream.exponential()).sum();
                (mean_ns as f64 * sum / f64::from(stages)) as u64
            }
        }
    }
}
