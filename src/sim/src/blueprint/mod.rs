//! What a simulation is built from: plain data, checked as a whole before a run begins.

mod broker;
mod check;
mod client;
mod gateway;
mod hazard;
mod problem;
mod require;
mod work;

pub use broker::{BrokerSpec, PARTITIONS_MAX};
pub use check::{DURATION_NS_MAX, PIECES_MAX, QUEUE_MAX, RATE_PER_S_MAX, REPLICAS_MAX, WORKERS_MAX};
pub use client::{ClientSpec, RetryOn, RetrySpec};
pub use gateway::{GatewaySpec, RateLimitSpec, RouteSpec};
pub use hazard::{Fault, HazardSpec, Schedule, Window};
pub use problem::Problem;
pub use require::Require;
#[cfg(test)]
pub(crate) use require::wrong;
pub use work::{CallSpec, ClassSpec, EndpointId, EndpointSpec, PoolSpec, Step, Wait};

use crate::call::balancer::Policy;
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::service::contention::Contention;
use crate::service::queue::Discipline;
use crate::traffic::Traffic;
use serde::{Deserialize, Serialize};

/// Everything a run is made of. The order of the lists has no influence on the run, except that pieces which act at
/// the same nanosecond act in list order.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Blueprint {
    /// Sources of requests.
    pub springs: Vec<SpringSpec>,
    /// Machine rooms.
    pub services: Vec<ServiceSpec>,
    /// Warp pipes.
    pub balancers: Vec<BalancerSpec>,
    /// Gateway stars.
    pub gateways: Vec<GatewaySpec>,
    /// Message brokers.
    pub brokers: Vec<BrokerSpec>,
    /// Links between the pieces above.
    pub pipes: Vec<PipeSpec>,
    /// Faults that come and go.
    pub hazards: Vec<HazardSpec>,
}

/// A source of requests, and the client of each of them.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SpringSpec {
    /// Which piece this is.
    pub id: PieceId,
    /// When requests come.
    pub traffic: Traffic,
    /// No request is issued at or after this time.
    pub stop_at: Time,
    /// What they ask for. Each request is of one class, drawn by weight.
    pub classes: Vec<ClassSpec>,
}

impl SpringSpec {
    /// A spring with defaults: 10 requests a second (Poisson) for a minute, one class, 5 s timeout, 500 bytes there and
    /// 2,000 back.
    pub fn new(id: PieceId) -> Self {
        Self {
            id,
            traffic: Traffic::Poisson { rate_per_s: 10.0 },
            stop_at: Time::from_ms(60_000),
            classes: vec![ClassSpec::default()],
        }
    }

    /// The same spring with Poisson traffic of that rate.
    #[must_use]
    pub fn rate_per_s(mut self, rate_per_s: f64) -> Self {
        self.traffic = Traffic::Poisson { rate_per_s };
        self
    }

    /// The same spring with that traffic.
    #[must_use]
    pub fn traffic(mut self, traffic: Traffic) -> Self {
        self.traffic = traffic;
        self
    }

    /// The same spring, which stops at that time.
    #[must_use]
    pub fn stop_at(mut self, stop_at: Time) -> Self {
        self.stop_at = stop_at;
        self
    }

    /// The same spring, whose clients wait that long, in nanoseconds.
    #[must_use]
    pub fn timeout_ns(mut self, timeout_ns: u64) -> Self {
        self.classes.iter_mut().for_each(|class| class.call.client.timeout_ns = timeout_ns);
        self
    }

    /// The same spring with one class, which makes that call.
    #[must_use]
    pub fn calling(mut self, call: CallSpec) -> Self {
        self.classes = vec![ClassSpec { call, ..ClassSpec::default() }];
        self
    }
}

/// A service: `replicas x workers` workers that share one bounded queue.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ServiceSpec {
    /// Which piece this is.
    pub id: PieceId,
    /// Copies of the service. Each can fail alone.
    pub replicas: u32,
    /// Requests that one copy works on at the same time.
    pub workers: u32,
    /// Requests that may wait; one more is rejected.
    pub queue_limit: u32,
    /// Who is served next, and who is dropped while waiting.
    pub discipline: Discipline,
    /// How long a request occupies a worker, where no endpoint says otherwise.
    pub service_time: Distribution,
    /// How much busy workers of a copy slow each other down.
    pub contention: Contention,
    /// How long a copy takes to start, in nanoseconds.
    pub start_up_ns: u64,
    /// Whether work whose deadline has passed is refused when its turn comes.
    pub drops_expired: bool,
    /// How long it keeps the idempotency keys under which it has written, in nanoseconds, from the first time on; 0: not at
    /// all. It keeps the newest 65,536.
    #[serde(default)]
    pub keys_kept_ns: u64,
    /// What it does for each kind of call. Empty: any call occupies a worker for `service_time`.
    pub endpoints: Vec<EndpointSpec>,
    /// What its programs share: connections, locks, permits.
    pub pools: Vec<PoolSpec>,
}

impl ServiceSpec {
    /// A service with defaults: one worker, a queue of 100, exponential service time of mean 10 ms, no programs.
    pub fn new(id: PieceId) -> Self {
        Self {
            id,
            replicas: 1,
            workers: 1,
            queue_limit: 100,
            discipline: Discipline::Fifo,
            service_time: Distribution::Exponential { mean_ns: 10_000_000 },
            contention: Contention::default(),
            start_up_ns: 0,
            drops_expired: false,
            keys_kept_ns: 0,
            endpoints: Vec::new(),
            pools: Vec::new(),
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
    /// Its weight among the targets of a balancer, 1 to 1,000.
    pub weight: u32,
    /// The share of messages that it loses, 0 to 1, in each direction.
    pub loss: f64,
    /// What it adds to each message's propagation.
    pub jitter: Option<JitterSpec>,
    /// What opening a connection through it costs.
    pub connection: Option<ConnectionSpec>,
}

impl PipeSpec {
    /// A pipe with defaults: one cell of 1 ms, 10 MB/s, 1,000 waiting messages, no loss, no jitter, no connections.
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
            weight: 1,
            loss: 0.0,
            jitter: None,
            connection: None,
        }
    }
}

/// Varying delay in a pipe.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct JitterSpec {
    /// What is added to a message's propagation.
    pub extra: Distribution,
    /// Whether a message may overtake another (packets) or waits behind it (a stream).
    pub reorders: bool,
}

/// Connection set-up: a request that finds the pipe's connection closed first pays for opening it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ConnectionSpec {
    /// Round trips before the first byte: 1 for TCP, 2 with TLS 1.3, 3 with TLS 1.2.
    pub round_trips: u32,
    /// Idle time after which the connection closes, in nanoseconds; 0 opens one for each request.
    pub idle_ns: u64,
}
