//! The warp pipe: a load balancer.

use super::param::{By, Param, get, set};
use super::{PieceKind, Port};
use crate::board::Piece;
use crate::grid::Heading;
use crate::lower::Lowering;
use pipe_maze_sim::{BalancerSpec, PieceId, Policy};
use serde::{Deserialize, Serialize};

/// Parameters of a warp pipe.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarpPipeSpec {
    /// How it chooses among its outlets.
    pub policy: Policy,
}

impl WarpPipeSpec {
    pub(super) const DEFAULT: Self = Self { policy: Policy::RoundRobin };
}

/// The policies and their names, in the order in which they are offered.
const POLICIES: [Policy; 6] = [
    Policy::RoundRobin,
    Policy::LeastRequest,
    Policy::Random,
    Policy::LeastRequestFullScan,
    Policy::PowerOfTwo,
    Policy::LeastResponseTime,
];
const NAMES: [&str; 6] =
    ["round-robin", "least-request", "random", "least-request-full-scan", "power-of-two", "least-response-time"];

/// The place of a policy among those offered.
pub(super) fn place(policy: Policy) -> f64 {
    POLICIES.iter().position(|&each| each == policy).unwrap_or_default() as f64
}

/// The policy at that place.
pub(crate) fn policy_at(place: f64) -> Policy {
    POLICIES.get(place as usize).copied().unwrap_or(Policy::RoundRobin)
}

impl PieceKind for WarpPipeSpec {
    const KEY: &'static str = "warp-pipe";
    const SIZE: (i32, i32) = (2, 3);
    const TURNS: bool = true;
    const PORTS: &'static [Port] = &[
        Port::inlet(-1, 1, Heading::West),
        Port::outlet(0, 2, 0, Heading::East),
        Port::outlet(1, 2, 1, Heading::East),
        Port::outlet(2, 2, 2, Heading::East),
    ];
    const PARAMS: &'static [Param] = &[Param::choice(
        "policy",
        &NAMES,
        get!(WarpPipe, |s| place(s.policy)),
        set!(WarpPipe, |s, value| s.policy = policy_at(value)),
    )
    .by(By::Anyone)
    .live()];

    fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
        to.blueprint.balancers.push(BalancerSpec { id: PieceId::from_name(&piece.name), policy: self.policy });
    }
}
