//! The circuit breaker thwomp: slams a pipe shut. What is sent into it is gone, and nobody says so.

use super::{EnemyKindSpec, Strikes};
use pipe_maze_sim::Fault;
use serde::{Deserialize, Serialize};

/// Parameters of a circuit breaker thwomp: none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CircuitBreakerThwompSpec {}

impl EnemyKindSpec for CircuitBreakerThwompSpec {
    const KEY: &'static str = "circuit-breaker-thwomp";
    const STRIKES: Strikes = Strikes::Pipe;
    const DEFAULT: Self = Self {};

    fn fault(&self) -> Fault {
        Fault::Partition { forward: true, backward: true }
    }
}
