//! The circuit breaker thwomp: a press over a pipe. It slams it shut, in one direction or in both, so that what is sent in
//! is gone and nobody says so; or it only squeezes it, or makes it leak.

use super::{EnemyKindSpec, Strikes};
use crate::format::Rule;
use crate::kind::Require;
use pipe_maze_sim::Fault;
use serde::{Deserialize, Serialize};

/// Parameters of a circuit breaker thwomp.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircuitBreakerThwompSpec {
    /// How it holds the pipe.
    #[serde(default, skip_serializing_if = "Grip::is_shut")]
    pub grip: Grip,
}

/// How a circuit breaker thwomp holds its pipe while it strikes.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum Grip {
    /// Nothing passes, in neither direction (a network partition).
    #[default]
    Shut,
    /// Requests vanish; responses pass (a connection that is half open).
    ShutForward,
    /// Responses vanish; requests arrive, and are worked on for nobody (a connection that is half open).
    ShutBackward,
    /// A share of the messages is lost, in either direction.
    Leak {
        /// The share, in percent: above 0, at most 100.
        percent: f64,
    },
    /// Only a part of the bandwidth is left, in either direction.
    Squeeze {
        /// The part, in percent: 0.01 to 100.
        percent: f64,
    },
}

impl Grip {
    /// Smallest part of a bandwidth that can be left, in percent.
    pub const SQUEEZE_PERCENT_MIN: f64 = 0.01;

    const fn is_shut(&self) -> bool {
        matches!(self, Self::Shut)
    }
}

impl EnemyKindSpec for CircuitBreakerThwompSpec {
    const KEY: &'static str = "circuit-breaker-thwomp";
    const STRIKES: Strikes = Strikes::Pipe;
    const DEFAULT: Self = Self { grip: Grip::Shut };

    fn fault(&self) -> Fault {
        match self.grip {
            Grip::Shut => Fault::Partition { forward: true, backward: true },
            Grip::ShutForward => Fault::Partition { forward: true, backward: false },
            Grip::ShutBackward => Fault::Partition { forward: false, backward: true },
            Grip::Leak { percent } => Fault::Loss { probability: percent / 100.0 },
            Grip::Squeeze { percent } => Fault::Bandwidth { factor: percent / 100.0 },
        }
    }

    fn form(&self) -> (&'static str, Option<f64>) {
        match self.grip {
            Grip::Shut => ("shut", None),
            Grip::ShutForward => ("shut-forward", None),
            Grip::ShutBackward => ("shut-backward", None),
            Grip::Leak { percent } => ("leak", Some(percent)),
            Grip::Squeeze { percent } => ("squeeze", Some(percent)),
        }
    }

    fn check(&self, require: Require<'_>) {
        match self.grip {
            Grip::Shut | Grip::ShutForward | Grip::ShutBackward => {}
            Grip::Leak { percent } => {
                require(percent > 0.0 && percent <= 100.0, "percent", Rule::PositiveUpTo(100.0));
            }
            Grip::Squeeze { percent } => {
                let least = Grip::SQUEEZE_PERCENT_MIN;
                require((least..=100.0).contains(&percent), "percent", Rule::Between(least, 100.0));
            }
        }
    }
}
