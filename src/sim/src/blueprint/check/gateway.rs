//! Gateways: routes, and the limit of the rate.

use super::Check;
use super::bounds::{DURATION_NS_MAX, OUTLETS_MAX, PARTS_MAX, QUEUE_MAX, TEN_YEARS};
use crate::blueprint::GatewaySpec;

impl Check<'_> {
    pub(super) fn gateway(&mut self, spec: &GatewaySpec) {
        let id = spec.id;
        self.require(spec.routes.len() <= PARTS_MAX, id, "routes", "at most 1,000");
        for route in &spec.routes {
            let weights: u64 = route.to.iter().map(|&(_, weight)| u64::from(weight)).sum();
            self.require(route.paths.len() <= PARTS_MAX, id, "route's paths", "at most 1,000");
            self.require((1..=OUTLETS_MAX).contains(&route.to.len()), id, "route's outlets", "1 to 256");
            self.require((1..=1_000_000).contains(&weights), id, "route's weights", "together 1 to 1,000,000");
        }
        if let Some(limit) = &spec.limit {
            self.require(limit.paths.len() <= PARTS_MAX, id, "limit's paths", "at most 1,000");
            self.require(limit.interval_ns <= DURATION_NS_MAX, id, "limit's interval_ns", TEN_YEARS);
            self.require((1..=QUEUE_MAX).contains(&limit.burst), id, "limit's burst", "from 1 to 10,000,000");
        }
    }
}
