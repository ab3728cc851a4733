//! Where a request's time goes.

use serde::{Deserialize, Serialize};

/// Where a request's time went until it ended, in nanoseconds, with the time of the calls that it waited for. The parts
/// add up to its latency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Parts {
    /// In pipes: waiting for bandwidth, connecting, transmission and propagation, there and back.
    pub network_ns: u64,
    /// In services' queues, waiting for their pools, and in brokers' open batches.
    pub queue_ns: u64,
    /// With workers, and while brokers wrote.
    pub service_ns: u64,
    /// Held up by hazards.
    pub hazard_ns: u64,
    /// Held back by clients: back-off, a hedge's delay, waiting for a bulkhead.
    pub client_ns: u64,
}

impl Parts {
    /// The sum of the parts.
    pub const fn total_ns(&self) -> u64 {
        self.network_ns + self.queue_ns + self.service_ns + self.hazard_ns + self.client_ns
    }
}
