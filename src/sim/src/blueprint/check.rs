//! The check of a blueprint: every problem at once, each with the piece it concerns.

use super::{
    Blueprint, BrokerSpec, CallSpec, ClientSpec, Fault, GatewaySpec, HazardSpec, PARTITIONS_MAX, PipeSpec, Problem,
    ServiceSpec, SpringSpec, Step, Wait,
};
use crate::kernel::id::PieceId;
use crate::service::distribution::Distribution;
use std::collections::BTreeSet;

#[cfg(test)]
mod tests;

/// Most pieces, pipes, hazards, classes, endpoints, steps of programs and partitions together.
pub const PIECES_MAX: usize = 60_000;
/// Most requests a second from one spring.
pub const RATE_PER_S_MAX: f64 = 10_000_000.0;
/// Longest time that a blueprint may name: ten years, in nanoseconds.
pub const DURATION_NS_MAX: u64 = 10 * 365 * 86_400 * 1_000_000_000;
/// Most workers of one service.
pub const WORKERS_MAX: u64 = 1_000_000;
/// Most replicas of one service.
pub const REPLICAS_MAX: u32 = 1_000;
/// Longest queue.
pub const QUEUE_MAX: u32 = 10_000_000;
/// Deepest nesting of branches in a program.
const NESTING_MAX: usize = 16;
/// Most calls that one step makes at once.
const CALLS_MAX: usize = 1_000;
/// Shortest time between two deliveries of one event: one millisecond, in nanoseconds.
const REDELIVER_NS_MIN: u64 = 1_000_000;
/// Most classes of a spring, endpoints or pools of a service, windows of a schedule.
const PARTS_MAX: usize = 1_000;
const TEN_YEARS: &str = "at most ten years";

impl Blueprint {
    /// Checks the whole blueprint.
    ///
    /// # Errors
    /// Every problem found, in the order of the lists; never an empty list.
    pub fn check(&self) -> Result<(), Vec<Problem>> {
        let mut check = Check::new(self);
        check.identities();
        self.springs.iter().for_each(|spec| check.spring(spec));
        self.services.iter().for_each(|spec| check.service(spec));
        self.gateways.iter().for_each(|spec| check.gateway(spec));
        self.brokers.iter().for_each(|spec| check.broker(spec));
        self.pipes.iter().for_each(|spec| check.pipe(spec));
        self.hazards.iter().for_each(|spec| check.hazard(spec));
        check.ends();
        if check.problems.is_empty() { Ok(()) } else { Err(check.problems) }
    }

    fn ids(&self) -> impl Iterator<Item = PieceId> {
        let pieces = self.springs.iter().map(|s| s.id).chain(self.services.iter().map(|s| s.id));
        let pieces = pieces.chain(self.gateways.iter().map(|g| g.id)).chain(self.brokers.iter().map(|b| b.id));
        let pipes = self.balancers.iter().map(|b| b.id).chain(self.pipes.iter().map(|p| p.id));
        pieces.chain(pipes).chain(self.hazards.iter().map(|h| h.id))
    }
}

/// What has been found so far.
struct Check<'a> {
    blueprint: &'a Blueprint,
    springs: BTreeSet<PieceId>,
    services: BTreeSet<PieceId>,
    /// Gateways among them: pipes lead to and from both alike.
    balancers: BTreeSet<PieceId>,
    brokers: BTreeSet<PieceId>,
    pipes: BTreeSet<PieceId>,
    /// Where each pipe leads from and to.
    links: BTreeSet<(PieceId, PieceId)>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn new(blueprint: &'a Blueprint) -> Self {
        Self {
            blueprint,
            springs: blueprint.springs.iter().map(|s| s.id).collect(),
            services: blueprint.services.iter().map(|s| s.id).collect(),
            balancers: blueprint
                .balancers
                .iter()
                .map(|b| b.id)
                .chain(blueprint.gateways.iter().map(|g| g.id))
                .collect(),
            brokers: blueprint.brokers.iter().map(|b| b.id).collect(),
            pipes: blueprint.pipes.iter().map(|p| p.id).collect(),
            links: blueprint.pipes.iter().map(|p| (p.from, p.to)).collect(),
            problems: Vec::new(),
        }
    }

    fn require(&mut self, ok: bool, id: PieceId, field: &'static str, allowed: &'static str) {
        if !ok {
            self.problems.push(Problem::OutOfRange { id, field, allowed });
        }
    }

    fn refuse(&mut self, id: PieceId, problem: Option<(&'static str, &'static str)>) {
        if let Some((field, allowed)) = problem {
            self.problems.push(Problem::OutOfRange { id, field, allowed });
        }
    }

    fn identities(&mut self) {
        let endpoints = self.blueprint.services.iter().flat_map(|s| &s.endpoints);
        // An endpoint has a number and an end of its own beside its steps.
        let steps = endpoints.map(|e| 1 + size_of_steps(&e.program, 0));
        let classes = self.blueprint.springs.iter().map(|s| s.classes.len());
        let routes = self.blueprint.gateways.iter().map(|g| g.routes.len());
        let partitions = self.blueprint.brokers.iter().map(|b| usize::from(b.partitions));
        let parts = steps.chain(classes).chain(routes).chain(partitions).sum::<usize>();
        let count = self.blueprint.ids().count() + parts;
        if count > PIECES_MAX {
            self.problems.push(Problem::TooManyPieces { count });
        }
        let mut seen = BTreeSet::new();
        let twice: Vec<PieceId> = self.blueprint.ids().filter(|&id| !seen.insert(id)).collect();
        self.problems.extend(twice.into_iter().map(|id| Problem::Duplicate { id }));
    }

    fn spring(&mut self, spec: &SpringSpec) {
        let id = spec.id;
        self.refuse(id, spec.traffic.problem());
        self.require(spec.stop_at.as_ns() <= DURATION_NS_MAX, id, "stop_at", TEN_YEARS);
        let weights: u64 = spec.classes.iter().map(|c| u64::from(c.weight)).sum();
        self.require((1..=PARTS_MAX).contains(&spec.classes.len()), id, "classes", "1 to 1,000");
        self.require(
            (1..=u64::from(u32::MAX)).contains(&weights),
            id,
            "classes' weights",
            "together 1 to 4,294,967,295",
        );
        for class in &spec.classes {
            self.require(class.priority <= 7, id, "priority", "from 0 to 7");
            self.refuse(id, class.keys.problem());
            self.call(id, &class.call);
        }
    }

    fn service(&mut self, spec: &ServiceSpec) {
        let id = spec.id;
        let workers = u64::from(spec.replicas) * u64::from(spec.workers);
        self.require((1..=REPLICAS_MAX).contains(&spec.replicas), id, "replicas", "from 1 to 1,000");
        self.require((1..=WORKERS_MAX).contains(&workers), id, "replicas x workers", "from 1 to 1,000,000");
        self.require(spec.queue_limit <= QUEUE_MAX, id, "queue_limit", "at most 10,000,000");
        self.require(spec.start_up_ns <= DURATION_NS_MAX, id, "start_up_ns", TEN_YEARS);
        self.time(id, &spec.service_time);
        self.refuse(id, spec.discipline.problem());
        self.refuse(id, spec.contention.problem());
        self.require(spec.endpoints.len() <= PARTS_MAX, id, "endpoints", "at most 1,000");
        self.require(spec.pools.len() <= 16, id, "pools", "at most 16");
        for pool in &spec.pools {
            self.require(pool.permits >= 1, id, "pool's permits", "at least 1");
            self.require(pool.queue_limit <= QUEUE_MAX, id, "pool's queue_limit", "at most 10,000,000");
        }
        let mut seen = BTreeSet::new();
        for endpoint in &spec.endpoints {
            self.require(seen.insert(endpoint.id), id, "endpoints", "of names that differ");
            self.steps(spec, &endpoint.program, 0);
        }
    }

    fn broker(&mut self, spec: &BrokerSpec) {
        let id = spec.id;
        self.require((1..=PARTITIONS_MAX).contains(&spec.partitions), id, "partitions", "from 1 to 64");
        self.require((1..=QUEUE_MAX).contains(&spec.log_limit), id, "log_limit", "from 1 to 10,000,000");
        self.require((1..=QUEUE_MAX).contains(&spec.batch_events), id, "batch_events", "from 1 to 10,000,000");
        self.require(spec.linger_ns <= DURATION_NS_MAX, id, "linger_ns", TEN_YEARS);
        self.time(id, &spec.append);
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

    fn steps(&mut self, service: &ServiceSpec, steps: &[Step], depth: usize) {
        let id = service.id;
        if depth > NESTING_MAX {
            self.require(false, id, "program", "of branches nested at most 16 deep");
            return;
        }
        for step in steps {
            match step {
                Step::Compute { time } | Step::Sleep { time } | Step::Read { time } | Step::Write { time } => {
                    self.time(id, time);
                }
                Step::Call(call) | Step::Publish(call) => self.call(id, call),
                Step::Parallel { calls, wait } => {
                    self.require(calls.len() <= CALLS_MAX, id, "parallel calls", "at most 1,000");
                    if let Wait::Quorum(quorum) = wait {
                        let possible = (1..=calls.len()).contains(&usize::from(*quorum));
                        self.require(possible, id, "quorum", "from 1 to the number of calls");
                    }
                    calls.iter().for_each(|call| self.call(id, call));
                }
                Step::Chance { probability, then, otherwise } => {
                    self.require((0.0..=1.0).contains(probability), id, "probability", "from 0 to 1");
                    self.steps(service, then, depth + 1);
                    self.steps(service, otherwise, depth + 1);
                }
                Step::ByKey { modulus, then, otherwise, .. } => {
                    self.require(*modulus >= 1, id, "modulus", "at least 1");
                    self.steps(service, then, depth + 1);
                    self.steps(service, otherwise, depth + 1);
                }
                Step::Acquire { pool } | Step::Release { pool } => {
                    let known = usize::from(*pool) < service.pools.len();
                    self.require(known, id, "pool", "the number of one of the service's pools, from 0");
                }
                Step::Fail => {}
            }
        }
    }

    fn gateway(&mut self, spec: &GatewaySpec) {
        let id = spec.id;
        self.require(spec.routes.len() <= PARTS_MAX, id, "routes", "at most 1,000");
        for route in &spec.routes {
            let weights: u64 = route.to.iter().map(|&(_, weight)| u64::from(weight)).sum();
            self.require(route.paths.len() <= PARTS_MAX, id, "route's paths", "at most 1,000");
            self.require((1..=256).contains(&route.to.len()), id, "route's outlets", "1 to 256");
            self.require((1..=1_000_000).contains(&weights), id, "route's weights", "together 1 to 1,000,000");
        }
        if let Some(limit) = &spec.limit {
            self.require(limit.paths.len() <= PARTS_MAX, id, "limit's paths", "at most 1,000");
            self.require(limit.interval_ns <= DURATION_NS_MAX, id, "limit's interval_ns", TEN_YEARS);
            self.require((1..=QUEUE_MAX).contains(&limit.burst), id, "limit's burst", "from 1 to 10,000,000");
        }
    }

    fn time(&mut self, id: PieceId, time: &Distribution) {
        self.refuse(id, time.problem());
    }

    fn call(&mut self, id: PieceId, call: &CallSpec) {
        self.client(id, &call.client);
        let Some(to) = call.to else { return };
        let leads = self.links.contains(&(id, to));
        if !leads || !self.answers(to) {
            let allowed = "a service, balancer or broker that a pipe from here leads to";
            self.problems.push(Problem::NoSuch { id, field: "call", piece: to, allowed });
        }
    }

    /// Whether requests may come to that piece.
    fn answers(&self, piece: PieceId) -> bool {
        [&self.services, &self.balancers, &self.brokers].into_iter().any(|kind| kind.contains(&piece))
    }

    fn client(&mut self, id: PieceId, client: &ClientSpec) {
        let time = 1..=DURATION_NS_MAX;
        self.require(time.contains(&client.timeout_ns), id, "timeout_ns", "from 1 ns to ten years");
        let tries = client.try_timeout_ns.is_none_or(|ns| time.contains(&ns));
        self.require(tries, id, "try_timeout_ns", "from 1 ns to ten years");
        if let Some(retry) = &client.retry {
            self.require((1..=100).contains(&retry.retries), id, "retries", "from 1 to 100");
            self.refuse(id, retry.backoff.problem());
            self.refuse(id, retry.budget.problem());
        }
        self.refuse(id, client.hedge.as_ref().and_then(crate::call::hedge::HedgeSpec::problem));
        self.refuse(id, client.breaker.as_ref().and_then(crate::call::breaker::BreakerSpec::problem));
        self.refuse(id, client.bulkhead.as_ref().and_then(crate::call::bulkhead::BulkheadSpec::problem));
    }

    fn pipe(&mut self, spec: &PipeSpec) {
        let id = spec.id;
        let ns = u64::from(spec.cells).checked_mul(spec.propagation_ns_per_cell);
        let short = ns.is_some_and(|ns| ns <= DURATION_NS_MAX);
        self.require(short, id, "cells x propagation_ns_per_cell", TEN_YEARS);
        self.require(spec.bandwidth_bytes_per_s > 0, id, "bandwidth_bytes_per_s", "at least 1");
        self.require(spec.queue_limit <= QUEUE_MAX, id, "queue_limit", "at most 10,000,000");
        self.require((1..=1_000).contains(&spec.weight), id, "weight", "from 1 to 1,000");
        self.require((0.0..=1.0).contains(&spec.loss), id, "loss", "from 0 to 1");
        if let Some(jitter) = &spec.jitter {
            self.time(id, &jitter.extra);
        }
        if let Some(connection) = spec.connection {
            self.require(connection.round_trips <= 10, id, "round_trips", "at most 10");
            self.require(connection.idle_ns <= DURATION_NS_MAX, id, "idle_ns", TEN_YEARS);
        }
    }

    fn hazard(&mut self, spec: &HazardSpec) {
        let id = spec.id;
        let windows = &spec.schedule.windows;
        let end = spec.schedule.repeat_ns.unwrap_or(u64::MAX);
        let rising = windows.windows(2).all(|pair| pair[0].to <= pair[1].from);
        let whole = windows.iter().all(|w| w.from < w.to && w.to.as_ns() <= end);
        self.require(windows.len() <= PARTS_MAX, id, "windows", "at most 1,000");
        self.require(rising && whole, id, "windows", "rising, apart, and within the repetition");
        self.require(end >= 1_000, id, "repeat_ns", "at least 1,000");
        let on_pipe = self.pipes.contains(&spec.on);
        let on_service = self.services.contains(&spec.on);
        let (fits, allowed) = match &spec.fault {
            Fault::Delay { .. } | Fault::Loss { .. } | Fault::Bandwidth { .. } | Fault::Partition { .. } => {
                (on_pipe, "a pipe of the blueprint")
            }
            Fault::Slow { .. } | Fault::Errors { .. } | Fault::Pause { .. } | Fault::Crash { .. } => {
                (on_service, "a service of the blueprint")
            }
        };
        if !fits {
            self.problems.push(Problem::NoSuch { id, field: "on", piece: spec.on, allowed });
        }
        match &spec.fault {
            Fault::Delay { extra } => self.time(id, extra),
            Fault::Loss { probability } | Fault::Errors { probability } => {
                self.require((0.0..=1.0).contains(probability), id, "probability", "from 0 to 1");
            }
            Fault::Bandwidth { factor } => {
                self.require(*factor > 0.0 && *factor <= 1.0, id, "factor", "above 0, at most 1");
            }
            Fault::Slow { factor, .. } => {
                self.require((1.0..=10_000.0).contains(factor), id, "factor", "from 1 to 10,000");
            }
            Fault::Partition { .. } | Fault::Pause { .. } | Fault::Crash { .. } => {}
        }
    }

    fn ends(&mut self) {
        let mut outlets = BTreeSet::new();
        for p in &self.blueprint.pipes {
            if !self.springs.contains(&p.from) && !self.answers(p.from) {
                let allowed = "a spring, a balancer, a broker or a service of the blueprint";
                self.problems.push(Problem::BadEnd { pipe: p.id, end: "from", piece: p.from, allowed });
            }
            if !self.answers(p.to) {
                let allowed = "a service, a balancer or a broker of the blueprint";
                self.problems.push(Problem::BadEnd { pipe: p.id, end: "to", piece: p.to, allowed });
            }
            if !outlets.insert((p.from, p.outlet)) {
                self.problems.push(Problem::OutletTaken { pipe: p.id, piece: p.from, outlet: p.outlet });
            }
        }
    }
}

/// Steps of a program, calls counted one by one, as deep as branches may be nested.
fn size_of_steps(steps: &[Step], depth: usize) -> usize {
    let size = |step: &Step| match step {
        Step::Parallel { calls, .. } => 1 + calls.len(),
        Step::Chance { then, otherwise, .. } | Step::ByKey { then, otherwise, .. } if depth < NESTING_MAX => {
            2 + size_of_steps(then, depth + 1) + size_of_steps(otherwise, depth + 1)
        }
        _ => 1,
    };
    steps.iter().map(size).sum()
}
