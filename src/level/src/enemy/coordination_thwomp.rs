//! The coordination thwomp: slams on a machine, which stands still, goes down, or becomes slow.

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
    /// How many of the machine's copies it hits; all, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replicas: Option<u32>,
}

/// What a blow does.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum Blow {
    /// The machine stands still, work and all, and goes on afterwards.
    #[default]
    Pause,
    /// The machine goes down, with what it works on, and starts again afterwards.
    Crash,
    /// The machine takes so many times as long for what it begins.
    Slow {
        /// How many times.
        factor: f64,
    },
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
            Blow::Slow { factor } => Fault::Slow { factor, replicas },
        }
    }

    fn check(&self, require: Require<'_>) {
        require(self.replicas.is_none_or(|n| (1..=100).contains(&n)), "replicas", Rule::Between(1.0, 100.0));
        if let Blow::Slow { factor } = self.blow {
            require((1.0..=10_000.0).contains(&factor), "factor", Rule::Between(1.0, 10_000.0));
        }
    }
}
