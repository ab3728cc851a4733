//! The latency piranha plant: comes out of its pipe and bites what passes, which is held up.

use super::{EnemyKindSpec, Strikes};
use crate::kind::{Require, ServiceTime};
use pipe_maze_sim::Fault;
use serde::{Deserialize, Serialize};

/// Parameters of a latency piranha plant.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LatencyPiranhaPlantSpec {
    /// By how much it holds a message up.
    pub delay: ServiceTime,
}

impl EnemyKindSpec for LatencyPiranhaPlantSpec {
    const KEY: &'static str = "latency-piranha-plant";
    const STRIKES: Strikes = Strikes::Pipe;
    const DEFAULT: Self = Self { delay: ServiceTime::Constant { mean_ms: 300.0 } };

    fn fault(&self) -> Fault {
        Fault::Delay { extra: self.delay.distribution() }
    }

    fn form(&self) -> (&'static str, Option<f64>) {
        ("delay", Some(self.delay.mean_ms()))
    }

    fn check(&self, require: Require<'_>) {
        self.delay.check(require);
    }
}
