//! The vault: a database, at the end of the way.

use super::capacity::{self, capacity, is_one, one};
use super::param::{By, Param, Unit, get, set};
use super::{PieceKind, Port, Require, ServiceTime};
use crate::board::Piece;
use crate::format::is_default;
use crate::grid::Heading;
use crate::lower::Lowering;
use pipe_maze_sim::{PieceId, ServiceSpec};
use serde::{Deserialize, Serialize};

/// Parameters of a vault.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultSpec {
    /// Copies of the database.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub replicas: u32,
    /// Queries that each copy works on at the same time.
    pub workers: u32,
    /// Queries that may wait.
    pub queue: u32,
    /// How long a query takes.
    pub service_time: ServiceTime,
    /// Percent of the work that only one worker of a copy can do at a time, as behind a lock (Gunther's sigma).
    #[serde(default, skip_serializing_if = "is_default")]
    pub contention_percent: f64,
    /// Percent of its work that each worker of a copy pays for agreeing with each other one (Gunther's kappa).
    #[serde(default, skip_serializing_if = "is_default")]
    pub crosstalk_percent: f64,
    /// How long a copy takes to start, in simulated milliseconds.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start_up_ms: u64,
}

impl VaultSpec {
    pub(super) const DEFAULT: Self = Self {
        replicas: 1,
        workers: 8,
        queue: 50,
        service_time: ServiceTime::Exponential { mean_ms: 20.0 },
        contention_percent: 0.0,
        crosstalk_percent: 0.0,
        start_up_ms: 0,
    };
}

impl PieceKind for VaultSpec {
    const KEY: &'static str = "vault";
    const SIZE: (i32, i32) = (5, 4);
    const TURNS: bool = true;
    const ANSWERS: bool = true;
    const PORTS: &'static [Port] = &[Port::inlet(-1, 2, Heading::West)];
    const PARAMS: &'static [Param] = &[
        capacity!(Vault, queue),
        capacity!(Vault, replicas),
        capacity!(Vault, workers),
        capacity!(Vault, service_time),
        capacity!(Vault, contention),
        capacity!(Vault, crosstalk),
        capacity!(Vault, start_up),
    ];

    fn check(&self, require: Require<'_>) {
        capacity::check(self.replicas, self.workers, self.queue, &self.service_time, require);
        capacity::check_finer(self.contention_percent, self.crosstalk_percent, self.start_up_ms, require);
    }

    fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
        to.blueprint.services.push(ServiceSpec {
            replicas: self.replicas,
            workers: self.workers,
            queue_limit: self.queue,
            service_time: self.service_time.distribution(),
            contention: capacity::contention(self.contention_percent, self.crosstalk_percent),
            start_up_ns: self.start_up_ms.saturating_mul(1_000_000),
            ..ServiceSpec::new(PieceId::from_name(&piece.name))
        });
    }
}
