//! The read-only view of a run: what the game draws and what tests read.

use crate::call::balancer::Policy;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::net::pipe::{Direction, Hop};
use crate::simulation::Simulation;
use serde::{Deserialize, Serialize};

/// The present state of a run. It borrows the run and cannot change it.
#[derive(Clone, Copy)]
pub struct View<'a>(pub(crate) &'a Simulation);

/// Counts since the start of the run. `issued = answered + timed_out + rejected + no_route + in progress`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Requests issued.
    pub issued: u64,
    /// Requests answered in time.
    pub answered: u64,
    /// Requests whose client gave up.
    pub timed_out: u64,
    /// Requests that a full queue refused.
    pub rejected: u64,
    /// Requests for which no open pipe led on.
    pub no_route: u64,
}

impl Totals {
    /// Requests that have ended, in whatever way.
    pub const fn ended(&self) -> u64 {
        self.answered + self.timed_out + self.rejected + self.no_route
    }
}

/// A spring.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SpringView {
    /// Which one.
    pub id: PieceId,
    /// Requests issued.
    pub issued: u64,
    /// Whether it still issues requests.
    pub flowing: bool,
}

/// A service.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ServiceView {
    /// Which one.
    pub id: PieceId,
    /// Workers that work.
    pub busy: u32,
    /// Workers in all.
    pub workers: u32,
    /// Requests that wait.
    pub queued: u32,
    /// Requests that may wait.
    pub queue_limit: u32,
    /// Requests finished.
    pub served: u64,
    /// Requests rejected.
    pub rejected: u64,
    /// Worker-nanoseconds of work done so far; its growth over time and workers is the utilisation.
    pub busy_ns: u64,
}

/// A balancer.
#[derive(Clone, PartialEq, Debug)]
pub struct BalancerView {
    /// Which one.
    pub id: PieceId,
    /// How it chooses.
    pub policy: Policy,
    /// For each outlet in use: its pipe, requests without an answer, requests sent.
    pub targets: Vec<(PieceId, u32, u64)>,
}

/// A pipe.
#[derive(Clone, Copy)]
pub struct PipeView<'a> {
    /// Which one.
    pub id: PieceId,
    /// Whether its valve is shut.
    pub shut: bool,
    /// Time through it without waiting or transmission, in nanoseconds.
    pub propagation_ns: u64,
    /// Messages lost in front of it.
    pub lost: u64,
    pipe: &'a crate::net::pipe::Pipe,
}

impl<'a> PipeView<'a> {
    /// The messages in one direction, oldest first.
    pub fn hops(&self, direction: Direction) -> impl Iterator<Item = &'a Hop> + use<'a> {
        self.pipe.lane(direction).hops.iter()
    }

    /// Messages that wait at the entrance of one direction at `now`.
    pub fn waiting(&self, direction: Direction, now: Time) -> usize {
        self.pipe.lane(direction).waiting(now)
    }

    /// Messages that have come out at the far end of one direction.
    pub fn carried(&self, direction: Direction) -> u64 {
        self.pipe.lane(direction).carried
    }
}

impl<'a> View<'a> {
    /// The run's present time.
    pub fn now(&self) -> Time {
        self.0.now()
    }

    /// Counts since the start.
    pub fn totals(&self) -> Totals {
        self.0.totals
    }

    /// Requests that still occupy something, those included whose client has given up.
    pub fn in_flight(&self) -> usize {
        self.0.requests.len()
    }

    /// The springs, in blueprint order.
    pub fn springs(&self) -> impl Iterator<Item = SpringView> + use<'a> {
        let now = self.0.now();
        self.0.springs.iter().map(move |s| SpringView {
            id: s.spec.id,
            issued: s.issued,
            flowing: now < s.spec.stop_at,
        })
    }

    /// The services, in blueprint order.
    pub fn services(&self) -> impl Iterator<Item = ServiceView> + use<'a> {
        let now = self.0.now();
        self.0.stations.iter().map(move |s| ServiceView {
            id: s.id,
            busy: s.busy,
            workers: s.workers,
            queued: s.queue.len() as u32,
            queue_limit: s.queue_limit,
            served: s.served,
            rejected: s.rejected,
            busy_ns: s.busy_ns(now),
        })
    }

    /// The balancers, in blueprint order.
    pub fn balancers(&self) -> impl Iterator<Item = BalancerView> + use<'a> {
        let pipes = &self.0.pipes;
        self.0.balancers.iter().map(move |b| BalancerView {
            id: b.id,
            policy: b.policy,
            targets: b.targets.iter().map(|t| (pipes[t.pipe as usize].pipe.id, t.active, t.sent)).collect(),
        })
    }

    /// The pipes, in blueprint order.
    pub fn pipes(&self) -> impl Iterator<Item = PipeView<'a>> + use<'a> {
        self.0.pipes.iter().map(|p| PipeView {
            id: p.pipe.id,
            shut: p.pipe.shut,
            propagation_ns: p.pipe.propagation_ns,
            lost: p.pipe.lost,
            pipe: &p.pipe,
        })
    }
}
