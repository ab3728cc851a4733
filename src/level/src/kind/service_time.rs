//! How long work or a delay takes, as level files say it.

use super::Require;
use crate::format::Rule;
use crate::milliseconds::to_ns;
use pipe_maze_sim::Distribution;
use serde::{Deserialize, Serialize};

/// A distribution of durations, in simulated milliseconds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub enum ServiceTime {
    /// Always the same.
    Constant {
        /// The time.
        mean_ms: f64,
    },
    /// Memoryless.
    Exponential {
        /// The mean.
        mean_ms: f64,
    },
    /// The sum of several exponentials.
    Erlang {
        /// How many.
        stages: u32,
        /// The mean of the sum.
        mean_ms: f64,
    },
}

impl ServiceTime {
    /// The mean, in simulated milliseconds.
    pub const fn mean_ms(&self) -> f64 {
        match *self {
            Self::Constant { mean_ms } | Self::Exponential { mean_ms } | Self::Erlang { mean_ms, .. } => mean_ms,
        }
    }

    /// The same shape with another mean.
    #[must_use]
    pub const fn with_mean_ms(self, mean_ms: f64) -> Self {
        match self {
            Self::Constant { .. } => Self::Constant { mean_ms },
            Self::Exponential { .. } => Self::Exponential { mean_ms },
            Self::Erlang { stages, .. } => Self::Erlang { stages, mean_ms },
        }
    }

    /// The simulation's distribution.
    pub fn distribution(&self) -> Distribution {
        let mean_ns = to_ns(self.mean_ms());
        match *self {
            Self::Constant { .. } => Distribution::Constant { mean_ns },
            Self::Exponential { .. } => Distribution::Exponential { mean_ns },
            Self::Erlang { stages, .. } => Distribution::Erlang { stages, mean_ns },
        }
    }

    pub(crate) fn check(&self, require: Require<'_>) {
        let mean_ms = self.mean_ms();
        let mean_ok = mean_ms.is_finite() && mean_ms > 0.0 && mean_ms <= 1e7;
        require(mean_ok, "mean_ms", Rule::PositiveUpTo(1e7));
        require(self.distribution().is_valid(), "stages", Rule::Between(1.0, 1_000.0));
    }
}
