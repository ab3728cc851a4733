//! What is seen of each piece but a pipe: plain values.

use crate::call::balancer::Policy;
use crate::call::breaker::BreakerState;
use crate::kernel::id::PieceId;
use crate::service::replica::ReplicaState;
use serde::{Deserialize, Serialize};

/// Counts since the start of the run. `issued` is the sum of the others and of what is in progress.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Totals {
    /// Requests issued.
    pub issued: u64,
    /// Requests answered in time.
    pub answered: u64,
    /// Requests whose client gave up.
    pub timed_out: u64,
    /// Requests that a full queue, a full log, or a gateway refused.
    pub rejected: u64,
    /// Requests for which no open pipe led on.
    pub no_route: u64,
    /// Requests answered with an error.
    pub failed: u64,
    /// Requests that their client did not send.
    pub short_circuited: u64,
}

impl Totals {
    /// Requests that have ended, in whatever way.
    pub const fn ended(&self) -> u64 {
        self.answered + self.timed_out + self.rejected + self.no_route + self.failed + self.short_circuited
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
    /// Workers of the replicas that are up.
    pub workers: u32,
    /// Requests that wait.
    pub queued: u32,
    /// Requests that may wait.
    pub queue_limit: u32,
    /// Requests finished.
    pub served: u64,
    /// Requests rejected.
    pub rejected: u64,
    /// Requests answered with an error.
    pub failed: u64,
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

/// A gateway.
#[derive(Clone, PartialEq, Debug)]
pub struct GatewayView {
    /// Which one.
    pub id: PieceId,
    /// For each outlet in use: its pipe, requests without an answer, requests sent.
    pub targets: Vec<(PieceId, u32, u64)>,
    /// Requests turned away because of the rate.
    pub limited: u64,
    /// Whole tokens in its bucket, and how many it holds, where it has one.
    pub tokens: Option<(u32, u32)>,
}

/// A replica of a service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ReplicaView {
    /// What it is doing.
    pub state: ReplicaState,
    /// Whether it stands still.
    pub paused: bool,
    /// Its workers that work.
    pub busy: u32,
}

/// The client's side of a call site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SiteView {
    /// Whose it is: a spring, a service or a broker.
    pub caller: PieceId,
    /// Its identity, as in [`crate::Fact::BreakerTurned`].
    pub id: u64,
    /// Calls under way.
    pub active: u32,
    /// Retries under way, as far as its budget counts them.
    pub retries: u32,
    /// Its breaker, if it has one.
    pub breaker: Option<BreakerState>,
    /// Trials of its half-open breaker that have not ended.
    pub trials: u32,
    /// Of its bulkhead, if it has one: attempts under way, and calls that wait.
    pub bulkhead: Option<(u32, u32)>,
}

/// A hazard.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HazardView {
    /// Which one.
    pub id: PieceId,
    /// The pipe or service that suffers from it.
    pub on: PieceId,
    /// Whether it is active.
    pub active: bool,
}
