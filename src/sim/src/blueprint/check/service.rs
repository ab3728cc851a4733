//! Services: workers, queues, pools and endpoints.

use super::Check;
use super::bounds::{DURATION_NS_MAX, PARTS_MAX, POOLS_MAX, QUEUE_MAX, REPLICAS_MAX, TEN_YEARS, WORKERS_MAX};
use crate::blueprint::ServiceSpec;
use std::collections::BTreeSet;

impl Check<'_> {
    pub(super) fn service(&mut self, spec: &ServiceSpec) {
        let id = spec.id;
        let workers = u64::from(spec.replicas) * u64::from(spec.workers);
        self.require((1..=REPLICAS_MAX).contains(&spec.replicas), id, "replicas", "from 1 to 1,000");
        self.require((1..=WORKERS_MAX).contains(&workers), id, "replicas x workers", "from 1 to 1,000,000");
        self.require(spec.queue_limit <= QUEUE_MAX, id, "queue_limit", "at most 10,000,000");
        self.require(spec.start_up_ns <= DURATION_NS_MAX, id, "start_up_ns", TEN_YEARS);
        spec.service_time.check(&mut self.of(id));
        spec.discipline.check(&mut self.of(id));
        spec.contention.check(&mut self.of(id));
        self.require(spec.endpoints.len() <= PARTS_MAX, id, "endpoints", "at most 1,000");
        self.require(spec.pools.len() <= POOLS_MAX, id, "pools", "at most 16");
        for pool in &spec.pools {
            self.require(pool.permits >= 1, id, "pool's permits", "at least 1");
            self.require(pool.queue_limit <= QUEUE_MAX, id, "pool's queue_limit", "at most 10,000,000");
        }
        let mut seen = BTreeSet::new();
        for endpoint in &spec.endpoints {
            self.require(seen.insert(endpoint.id), id, "endpoints", "of names that differ");
            self.program(spec, &endpoint.program);
        }
    }
}
