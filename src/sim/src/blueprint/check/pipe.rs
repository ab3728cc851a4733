//! Pipes: what they are, and what they join.

use super::Check;
use super::bounds::{DURATION_NS_MAX, QUEUE_MAX, TEN_YEARS};
use crate::blueprint::{PipeSpec, Problem};
use std::collections::BTreeSet;

impl Check<'_> {
    pub(super) fn pipe(&mut self, spec: &PipeSpec) {
        let id = spec.id;
        let ns = u64::from(spec.cells).checked_mul(spec.propagation_ns_per_cell);
        let short = ns.is_some_and(|ns| ns <= DURATION_NS_MAX);
        self.require(short, id, "cells x propagation_ns_per_cell", TEN_YEARS);
        self.require(spec.bandwidth_bytes_per_s > 0, id, "bandwidth_bytes_per_s", "at least 1");
        self.require(spec.queue_limit <= QUEUE_MAX, id, "queue_limit", "at most 10,000,000");
        self.require((1..=1_000).contains(&spec.weight), id, "weight", "from 1 to 1,000");
        self.require((0.0..=1.0).contains(&spec.loss), id, "loss", "from 0 to 1");
        if let Some(jitter) = &spec.jitter {
            jitter.extra.check(&mut self.of(id));
        }
        if let Some(connection) = spec.connection {
            self.require(connection.round_trips <= 10, id, "round_trips", "at most 10");
            self.require(connection.idle_ns <= DURATION_NS_MAX, id, "idle_ns", TEN_YEARS);
        }
    }

    /// The ends of all pipes.
    pub(super) fn ends(&mut self) {
        let mut outlets = BTreeSet::new();
        for p in &self.blueprint.pipes {
            if !self.springs.contains(&p.from) && !self.answers(p.from) {
                let allowed = "a spring, a service, a balancer, a gateway or a broker of the blueprint";
                self.problems.push(Problem::BadEnd { pipe: p.id, end: "from", piece: p.from, allowed });
            }
            if !self.answers(p.to) {
                let allowed = "a service, a balancer, a gateway or a broker of the blueprint";
                self.problems.push(Problem::BadEnd { pipe: p.id, end: "to", piece: p.to, allowed });
            }
            if !outlets.insert((p.from, p.outlet)) {
                self.problems.push(Problem::OutletTaken { pipe: p.id, piece: p.from, outlet: p.outlet });
            }
        }
    }
}
