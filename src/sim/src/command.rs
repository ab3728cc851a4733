//! Commands: the only way into a running simulation.

use crate::call::balancer::Policy;
use crate::kernel::id::PieceId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A change of a running simulation. It takes effect at the run's present time, before the events of that time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// A balancer chooses differently from now on.
    SetPolicy {
        /// The balancer.
        balancer: PieceId,
        /// How it chooses.
        policy: Policy,
    },
    /// A valve shuts or opens a pipe. A shut pipe takes no new request; what is in it, and responses, still flow.
    SetShut {
        /// The pipe.
        pipe: PieceId,
        /// Whether it is shut.
        shut: bool,
    },
}

/// Why a command was refused. A refused command changes nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Refusal {
    /// There is no balancer of that identity.
    NoSuchBalancer(PieceId),
    /// There is no pipe of that identity.
    NoSuchPipe(PieceId),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchBalancer(id) => write!(f, "there is no balancer {id} in this run"),
            Self::NoSuchPipe(id) => write!(f, "there is no pipe {id} in this run"),
        }
    }
}
