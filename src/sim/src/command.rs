//! Commands: the only way into a running simulation.

use crate::call::balancer::Policy;
use crate::kernel::id::PieceId;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A change of a running simulation. It takes effect at the run's present time, before the events of that time.
/// How it is given, with an example: [`crate::Simulation::apply`].
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Action {
    /// A balancer chooses differently from now on.
    SetPolicy {
        /// The balancer.
        balancer: PieceId,
        /// How it chooses.
        policy: Policy,
    },
    /// A gateway that has a rate limit lets so many through from now on. Tokens that its bucket lacks it still lacks.
    SetRateLimit {
        /// The gateway.
        gateway: PieceId,
        /// Nanoseconds until one more token is in its bucket; 0: any number pass.
        interval_ns: u64,
    },
    /// A valve shuts or opens a pipe. A shut pipe takes no new request; what is in it, and responses, still flow.
    SetShut {
        /// The pipe.
        pipe: PieceId,
        /// Whether it is shut.
        shut: bool,
    },
    /// A pipe loses everything in a direction, or carries again. Senders do not notice.
    SetPartition {
        /// The pipe.
        pipe: PieceId,
        /// Requests vanish.
        forward: bool,
        /// Responses vanish.
        backward: bool,
    },
    /// A service shall have so many replicas: new ones start, superfluous ones drain. Without any, it fails requests
    /// at once.
    Scale {
        /// The service.
        service: PieceId,
        /// How many.
        replicas: u32,
    },
    /// A replica goes down, with what it works on. One that is down already stays as it is; one that drains is gone.
    Crash {
        /// The service.
        service: PieceId,
        /// Which replica, from 0.
        replica: u32,
        /// Whether it vanishes without a word, or its connections are reset.
        silent: bool,
    },
    /// A replica starts (again). One that runs loses what it works on.
    Restart {
        /// The service.
        service: PieceId,
        /// Which replica, from 0.
        replica: u32,
    },
    /// A replica takes no more work, finishes what it has, and is gone. Where it is the last one, those who wait fail at
    /// once.
    Drain {
        /// The service.
        service: PieceId,
        /// Which replica, from 0.
        replica: u32,
    },
    /// A replica stands still, or goes on.
    SetPaused {
        /// The service.
        service: PieceId,
        /// Which replica, from 0.
        replica: u32,
        /// Whether it stands still. Pauses add up; each is taken back once.
        paused: bool,
    },
    /// A hazard becomes active, or ceases, and follows its schedule no longer.
    SetHazard {
        /// The hazard.
        hazard: PieceId,
        /// Whether it is active.
        active: bool,
    },
}

impl Action {
    /// What the digest is told of it: kind, piece, and how.
    pub(crate) const fn words(self) -> [u64; 3] {
        match self {
            Self::SetPolicy { balancer, policy } => [101, balancer.0, policy as u64],
            Self::SetShut { pipe, shut } => [102, pipe.0, shut as u64],
            Self::SetPartition { pipe, forward, backward } => [103, pipe.0, forward as u64 | (backward as u64) << 1],
            Self::Scale { service, replicas } => [104, service.0, replicas as u64],
            Self::Crash { service, replica, silent } => [105, service.0, (replica as u64) << 1 | silent as u64],
            Self::Restart { service, replica } => [106, service.0, replica as u64],
            Self::Drain { service, replica } => [107, service.0, replica as u64],
            Self::SetPaused { service, replica, paused } => [108, service.0, (replica as u64) << 1 | paused as u64],
            Self::SetHazard { hazard, active } => [109, hazard.0, active as u64],
            Self::SetRateLimit { gateway, interval_ns } => [110, gateway.0, interval_ns],
        }
    }
}

/// Why a command was refused. A refused command changes nothing.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Refusal {
    /// There is no balancer of that identity.
    NoSuchBalancer(PieceId),
    /// There is no gateway of that identity.
    NoSuchGateway(PieceId),
    /// The gateway has no rate limit that could be turned.
    NoLimit(PieceId),
    /// There is no pipe of that identity.
    NoSuchPipe(PieceId),
    /// There is no service of that identity.
    NoSuchService(PieceId),
    /// There is no hazard of that identity.
    NoSuchHazard(PieceId),
    /// The service has no replica of that number.
    NoSuchReplica {
        /// The service.
        service: PieceId,
        /// The number.
        replica: u32,
    },
    /// The replica does not stand still.
    NotPaused {
        /// The service.
        service: PieceId,
        /// The number.
        replica: u32,
    },
    /// A service cannot have that many replicas beside those that drain.
    TooManyReplicas {
        /// The service.
        service: PieceId,
        /// How many it can have, those that drain included.
        allowed: u32,
    },
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuchBalancer(id) => write!(f, "there is no balancer {id} in this run"),
            Self::NoSuchGateway(id) => write!(f, "there is no gateway {id} in this run"),
            Self::NoLimit(id) => {
                write!(f, "gateway {id} has no rate limit; only one that is in its plan can be turned")
            }
            Self::NoSuchPipe(id) => write!(f, "there is no pipe {id} in this run"),
            Self::NoSuchService(id) => write!(f, "there is no service {id} in this run"),
            Self::NoSuchHazard(id) => write!(f, "there is no hazard {id} in this run"),
            Self::NoSuchReplica { service, replica } => {
                write!(f, "service {service} has no replica {replica}; they are numbered from 0")
            }
            Self::NotPaused { service, replica } => {
                write!(f, "replica {replica} of service {service} does not stand still; nothing is to be resumed")
            }
            Self::TooManyReplicas { service, allowed } => {
                write!(
                    f,
                    "service {service} can have at most {allowed} replicas, those that drain included; ask for fewer"
                )
            }
        }
    }
}
