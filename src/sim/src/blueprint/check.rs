//! The check of a blueprint: every problem at once, each with the piece it concerns.

use super::Blueprint;
use crate::kernel::id::PieceId;
use std::collections::BTreeSet;
use std::fmt;

/// Most pieces and pipes together.
pub const PIECES_MAX: usize = 20_000;
/// Most requests a second from one spring.
pub const RATE_PER_S_MAX: f64 = 10_000_000.0;
/// Longest time that a blueprint may name: ten years, in nanoseconds.
pub const DURATION_NS_MAX: u64 = 10 * 365 * 86_400 * 1_000_000_000;
/// Most workers of one service.
pub const WORKERS_MAX: u64 = 1_000_000;
/// Longest queue.
pub const QUEUE_MAX: u32 = 10_000_000;

/// Why a blueprint is refused.
#[derive(Clone, PartialEq, Debug)]
pub enum Problem {
    /// There are more pieces than the simulation takes (20,000).
    TooManyPieces {
        /// How many there are.
        count: usize,
    },
    /// Two pieces share an identity.
    Duplicate {
        /// The identity.
        id: PieceId,
    },
    /// A value lies outside what the simulation can represent.
    OutOfRange {
        /// The piece.
        id: PieceId,
        /// The field, with its unit last.
        field: &'static str,
        /// What is allowed.
        allowed: &'static str,
    },
    /// A pipe names a piece that does not exist, or one that cannot be at that end.
    BadEnd {
        /// The pipe.
        pipe: PieceId,
        /// The end: `from` or `to`.
        end: &'static str,
        /// The piece it names.
        piece: PieceId,
        /// What may be there.
        allowed: &'static str,
    },
    /// Two pipes leave the same outlet.
    OutletTaken {
        /// The later pipe.
        pipe: PieceId,
        /// The piece that they leave.
        piece: PieceId,
        /// The outlet.
        outlet: u8,
    },
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyPieces { count } => {
                write!(f, "{count} pieces and pipes: at most {PIECES_MAX} are allowed; remove some")
            }
            Self::Duplicate { id } => write!(f, "piece {id} occurs twice: give each piece a name of its own"),
            Self::OutOfRange { id, field, allowed } => write!(f, "piece {id}: {field} must be {allowed}"),
            Self::BadEnd { pipe, end, piece, allowed } => {
                write!(f, "pipe {pipe}: `{end}` names {piece}; it must name {allowed}")
            }
            Self::OutletTaken { pipe, piece, outlet } => {
                write!(f, "pipe {pipe}: outlet {outlet} of {piece} has a pipe already; use another outlet")
            }
        }
    }
}

impl Blueprint {
    /// Checks the whole blueprint.
    ///
    /// # Errors
    /// Every problem found, in the order of the lists; never an empty list.
    pub fn check(&self) -> Result<(), Vec<Problem>> {
        let mut problems = Vec::new();
        self.check_identities(&mut problems);
        self.check_ranges(&mut problems);
        self.check_pipes(&mut problems);
        if problems.is_empty() { Ok(()) } else { Err(problems) }
    }

    fn check_identities(&self, problems: &mut Vec<Problem>) {
        let count = self.springs.len() + self.services.len() + self.balancers.len() + self.pipes.len();
        if count > PIECES_MAX {
            problems.push(Problem::TooManyPieces { count });
        }
        let mut seen = BTreeSet::new();
        let ids = self.springs.iter().map(|s| s.id).chain(self.services.iter().map(|s| s.id));
        let ids = ids.chain(self.balancers.iter().map(|b| b.id)).chain(self.pipes.iter().map(|p| p.id));
        for id in ids {
            if !seen.insert(id) {
                problems.push(Problem::Duplicate { id });
            }
        }
    }

    fn check_ranges(&self, problems: &mut Vec<Problem>) {
        let mut require = |ok: bool, id, field, allowed| {
            if !ok {
                problems.push(Problem::OutOfRange { id, field, allowed });
            }
        };
        for s in &self.springs {
            let rate_ok = s.rate_per_s.is_finite() && (0.0..=RATE_PER_S_MAX).contains(&s.rate_per_s);
            require(rate_ok, s.id, "rate_per_s", "from 0 to 10,000,000");
            require(s.stop_at.as_ns() <= DURATION_NS_MAX, s.id, "stop_at", "at most ten years");
            require((1..=DURATION_NS_MAX).contains(&s.timeout_ns), s.id, "timeout_ns", "from 1 ns to ten years");
        }
        for s in &self.services {
            let workers = u64::from(s.replicas) * u64::from(s.workers);
            require((1..=WORKERS_MAX).contains(&workers), s.id, "replicas x workers", "from 1 to 1,000,000");
            require(s.queue_limit <= QUEUE_MAX, s.id, "queue_limit", "at most 10,000,000");
            require(s.service_time.mean_ns() <= DURATION_NS_MAX, s.id, "service_time", "of a mean up to ten years");
            require(s.service_time.is_valid(), s.id, "service_time", "of 1 to 1,000 stages");
        }
        for p in &self.pipes {
            let ns = u64::from(p.cells).checked_mul(p.propagation_ns_per_cell);
            require(
                ns.is_some_and(|ns| ns <= DURATION_NS_MAX),
                p.id,
                "cells x propagation_ns_per_cell",
                "at most ten years",
            );
            require(p.bandwidth_bytes_per_s > 0, p.id, "bandwidth_bytes_per_s", "at least 1");
            require(p.queue_limit <= QUEUE_MAX, p.id, "queue_limit", "at most 10,000,000");
        }
    }

    fn check_pipes(&self, problems: &mut Vec<Problem>) {
        let springs: BTreeSet<_> = self.springs.iter().map(|s| s.id).collect();
        let services: BTreeSet<_> = self.services.iter().map(|s| s.id).collect();
        let balancers: BTreeSet<_> = self.balancers.iter().map(|b| b.id).collect();
        let mut outlets = BTreeSet::new();
        for p in &self.pipes {
            if !springs.contains(&p.from) && !balancers.contains(&p.from) {
                let allowed = "a spring or a balancer of the blueprint";
                problems.push(Problem::BadEnd { pipe: p.id, end: "from", piece: p.from, allowed });
            }
            if !services.contains(&p.to) && !balancers.contains(&p.to) {
                let allowed = "a service or a balancer of the blueprint";
                problems.push(Problem::BadEnd { pipe: p.id, end: "to", piece: p.to, allowed });
            }
            let taken = !outlets.insert((p.from, p.outlet)) || (p.outlet > 0 && springs.contains(&p.from));
            if taken {
                problems.push(Problem::OutletTaken { pipe: p.id, piece: p.from, outlet: p.outlet });
            }
        }
    }
}
