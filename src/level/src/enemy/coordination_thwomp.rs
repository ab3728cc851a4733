//! The coordination thwomp: slams on a machine, which stands still, goes down, vanishes, becomes slow, or answers with
//! errors.

use super::{EnemyKindSpec, Strikes};
use crate::format::Rule;
use crate::kind::Require;
use pipe_maze_sim::Fault;
use serde::{Deserialize, Serialize};

/// Parameters of a coordination thwomp.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoordinationThwompSpec {
    /// What it does to the machine.
    #[serde(default)]
    pub blow: Blow,
    /// How many of the machine's copies it hits; all, where nothing is said. Errors concern all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replicas: Option<u32>,
}

/// What a blow does.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum Blow {
    /// The machine stands still, work and all, and goes on afterwards.
    #[default]
    Pause,
    /// The machine goes down, with what it works on, and starts again afterwards. Its connections are reset: who calls it
    /// is told at once.
    Crash,
    /// The same without a word (a power cut): who calls it waits until he gives up.
    Vanish,
    /// The machine takes so many times as long for what it begins.
    Slow {
        /// How many times.
        factor: f64,
    },
    /// The machine answers a share of what comes with an error instead of working.
    Errors {
        /// The share, in percent: above 0, at most 100.
        percent: f64,
    },
}

impl Blow {
    /// Whether it can hit some of a machine's copies alone.
    pub const fn hits_copies(&self) -> bool {
        !matches!(self, Self::Errors { .. })
    }
}

impl EnemyKindSpec for CoordinationThwompSpec {
    const KEY: &'static str = "coordination-thwomp";
    const STRIKES: Strikes = Strikes::Service;
    const DEFAULT: Self = Self { blow: Blow::Pause, replicas: None };

    fn fault(&self) -> Fault {
        let replicas = self.replicas.unwrap_or(u32::MAX);
        match self.blow {
            Blow::Pause => Fault::Pause { replicas },
            Blow::Crash => Fault::Crash { replicas, silent: false },
            Blow::Vanish => Fault::Crash { replicas, silent: true },
            Blow::Slow { factor } => Fault::Slow { factor, replicas },
            Blow::Errors { percent } => Fault::Errors { probability: percent / 100.0 },
        }
    }

    fn form(&self) -> (&'static str, Option<f64>) {
        match self.blow {
            Blow::Pause => ("pause", None),
            Blow::Crash => ("crash", None),
            Blow::Vanish => ("vanish", None),
            Blow::Slow { factor } => ("slow", Some(factor)),
            Blow::Errors { percent } => ("errors", Some(percent)),
        }
    }

    fn check(&self, require: Require<'_>) {
        require(self.replicas.is_none_or(|n| (1..=100).contains(&n)), "replicas", Rule::Between(1.0, 100.0));
        require(self.blow.hits_copies() || self.replicas.is_none(), "replicas", Rule::LeftOut);
        match self.blow {
            Blow::Pause | Blow::Crash | Blow::Vanish => {}
            Blow::Slow { factor } => {
                require((1.0..=10_000.0).contains(&factor), "factor", Rule::Between(1.0, 10_000.0));
            }
            Blow::Errors { percent } => {
                require(percent > 0.0 && percent <= 100.0, "percent", Rule::PositiveUpTo(100.0));
            }
        }
    }
}
