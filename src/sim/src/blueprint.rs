//! What a simulation is built from: plain data, checked as a whole before a run begins.

mod check;

pub use check::Problem;

use crate::call::balancer::Policy;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::service::distribution::Distribution;
use serde::{Deserialize, Serialize};

/// Everything a run is made of. The order of the lists has no influence on the run, except that pieces which act at
/// the same nanosecond act in list order.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Blueprint {
    /// Sources of requests.
    pub springs: Vec<SpringSpec>,
    /// Machine rooms.
    pub services: Vec<ServiceSpec>,
    /// Warp pipes.
    pub balancers: Vec<BalancerSpec>,
    /// Links between the pieces above.
    pub pipes: Vec<PipeSpec>,
}

/// A source of requests: an open Poisson process (independent exponential gaps), and the client of each request.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SpringSpec {
    /// Which piece this is.
    pub id: PieceId,
    /// Mean requests per simulated second.
    pub rate_per_s: f64,
    /// No request is issued at or after this time.
    pub stop_at: Time,
    /// How long the client waits for a response before it gives up, in nanoseconds.
    pub timeout_ns: u64,
    /// Size of a request, in bytes.
    pub request_bytes: u32,
    /// Size of a response, in bytes.
    pub response_bytes: u32,
}

impl SpringSpec {
    /// A spring with defaults: 10 requests a second for a minute, 5 s timeout, 500 bytes there and 2,000 back.
    pub fn new(id: PieceId) -> Self {
        Self {
            id,
            rate_per_s: 10.0,
            stop_at: Time::from_ms(60_000),
            timeout_ns: 5_000_000_000,
            request_bytes: 500,
            response_bytes: 2_000,
        }
    }
}

/// A service: `replicas x workers` equal workers that share one bounded FIFO queue.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ServiceSpec {
    /// Which piece this is.
    pub id: PieceId,
    /// Copies of the service.
    pub replicas: u32,
    /// Requests that one copy works on at the same time.
    pub workers: u32,
    /// Requests that may wait; one more is rejected.
    pub queue_limit: u32,
    /// How long a request occupies a worker.
    pub service_time: Distribution,
}

impl ServiceSpec {
    /// A service with defaults: one worker, a queue of 100, exponential service time of mean 10 ms.
    pub fn new(id: PieceId) -> Self {
        Self {
            id,
            replicas: 1,
            workers: 1,
            queue_limit: 100,
            service_time: Distribution::Exponential { mean_ns: 10_000_000 },
        }
    }
}

/// A load balancer: forwards each request to one of the pipes that leave it, and the response back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct BalancerSpec {
    /// Which piece this is.
    pub id: PieceId,
    /// How it chooses.
    pub policy: Policy,
}

/// A pipe: a link with one FIFO for each direction. Requests flow from `from` to `to`, responses back.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct PipeSpec {
    /// Which pipe this is.
    pub id: PieceId,
    /// The piece that sends requests into it.
    pub from: PieceId,
    /// The place of this pipe among the outlets of `from`, lowest first; distinct for each pipe of a piece.
    pub outlet: u8,
    /// The piece that it leads to.
    pub to: PieceId,
    /// Its length in cells.
    pub cells: u32,
    /// Propagation through one cell, in nanoseconds.
    pub propagation_ns_per_cell: u64,
    /// Bytes a second that enter it at most, in each direction.
    pub bandwidth_bytes_per_s: u64,
    /// Messages that may wait to enter it, in each direction; one more is lost.
    pub queue_limit: u32,
}

impl PipeSpec {
    /// A pipe with defaults: one cell of 1 ms, 10 MB/s, 1,000 waiting messages.
    pub fn new(id: PieceId, from: PieceId, to: PieceId) -> Self {
        Self {
            id,
            from,
            outlet: 0,
            to,
            cells: 1,
            propagation_ns_per_cell: 1_000_000,
            bandwidth_bytes_per_s: 10_000_000,
            queue_limit: 1_000,
        }
    }
}
