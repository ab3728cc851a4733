//! Brokers: partitions and batches, and the call that delivers.

use super::Check;
use super::bounds::{DURATION_NS_MAX, QUEUE_MAX, REDELIVER_NS_MIN, TEN_YEARS};
use crate::blueprint::{BrokerSpec, PARTITIONS_MAX};

impl Check<'_> {
    pub(super) fn broker(&mut self, spec: &BrokerSpec) {
        let id = spec.id;
        self.require((1..=PARTITIONS_MAX).contains(&spec.partitions), id, "partitions", "from 1 to 64");
        self.require((1..=QUEUE_MAX).contains(&spec.log_limit), id, "log_limit", "from 1 to 10,000,000");
        self.require((1..=QUEUE_MAX).contains(&spec.batch_events), id, "batch_events", "from 1 to 10,000,000");
        self.require(spec.linger_ns <= DURATION_NS_MAX, id, "linger_ns", TEN_YEARS);
        spec.append.check(&mut self.of(id));
        let backoff = REDELIVER_NS_MIN..=DURATION_NS_MAX;
        self.require(
            backoff.contains(&spec.redeliver_backoff_ns),
            id,
            "redeliver_backoff_ns",
            "from 1 ms to ten years",
        );
        // What it could do without would be lost: deliveries are made at least once.
        let plain = spec.consume.to.is_none() && !spec.consume.optional;
        self.require(plain, id, "consume", "a call that names no piece and is not optional");
        self.client(id, &spec.consume.client);
    }
}
