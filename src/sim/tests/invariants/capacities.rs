//! Capacities hold after every single event.

use crate::commands::orders;
use crate::genes::{Genes, Trait, genes};
use crate::play::{END, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn capacities_hold_at_every_step(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        let limits = bulkheads(&world);
        for &(at, action) in &orders(&world, genes) {
            while run.step(at, &mut ()) {
                hold(&run, &world, &limits)?;
            }
            run.advance_to(at, &mut ());
            let _ = run.apply(action, &mut ());
            hold(&run, &world, &limits)?;
        }
        while run.step(END, &mut ()) {
            hold(&run, &world, &limits)?;
        }
    }

    #[test]
    fn gateways_let_nobody_through_for_nothing(genes in genes(), seed: u64) {
        let genes = [Trait::Balancers, Trait::Classes, Trait::Limits].into_iter().fold(genes, Genes::with);
        let world = world(genes);
        let mut run = start(&world, seed);
        let mut tokens = Tokens::new(&world);
        for &(at, action) in &orders(&world, genes) {
            while run.step(at, &mut ()) {
                tokens.hold(&run)?;
            }
            run.advance_to(at, &mut ());
            let applied = run.apply(action, &mut ()).is_ok();
            tokens.note(action, applied);
        }
        while run.step(END, &mut ()) {
            tokens.hold(&run)?;
        }
    }
}

fn hold(run: &Simulation, world: &Blueprint, bulkheads: &[Option<BulkheadSpec>]) -> Result<(), TestCaseError> {
    let view = run.view();
    for (spec, pipe) in world.pipes.iter().zip(view.pipes()) {
        for way in [Direction::Forward, Direction::Backward] {
            let waiting = pipe.waiting(way, view.now());
            prop_assert!(waiting <= spec.queue_limit as usize, "{} wait before {}, {:?}", waiting, pipe.id, way);
            prop_assert!(waiting <= pipe.in_flight(way), "who waits before {} is under way", pipe.id);
        }
    }
    for (spec, service) in world.services.iter().zip(view.services()) {
        prop_assert!(service.queued <= service.queue_limit, "{:?}", service);
        let mut busy = 0;
        for replica in view.replicas(service.id) {
            busy += replica.busy;
            prop_assert!(replica.busy <= spec.workers, "{:?} of {}", replica, service.id);
            let idle = replica.state == ReplicaState::Up && !replica.paused && replica.busy < spec.workers;
            prop_assert!(
                service.queued == 0 || !idle,
                "{} wait while a worker of {:?} is idle",
                service.queued,
                replica
            );
            let stopped = matches!(replica.state, ReplicaState::Down { .. } | ReplicaState::Gone);
            prop_assert!(replica.busy == 0 || !stopped, "{:?} works although it is down", replica);
        }
        prop_assert_eq!(busy, service.busy);
        let takes = |replica: ReplicaView| matches!(replica.state, ReplicaState::Up | ReplicaState::Starting);
        prop_assert!(
            service.queued == 0 || view.replicas(service.id).any(takes),
            "some wait for a service that takes nothing any more"
        );
        for (pool, (used, waiting)) in spec.pools.iter().zip(view.pools(service.id)) {
            prop_assert!(used <= pool.permits && waiting <= pool.queue_limit, "{} in use, {} wait", used, waiting);
            prop_assert!(waiting == 0 || used == pool.permits, "some wait although a permit is free");
        }
    }
    prop_assert_eq!(view.sites().count(), bulkheads.len(), "each call of the blueprint has a site");
    for (site, spec) in view.sites().zip(bulkheads) {
        prop_assert_eq!(site.bulkhead.is_some(), spec.is_some(), "sites and calls are in the same order");
        if let (Some((in_flight, waiting)), Some(spec)) = (site.bulkhead, spec) {
            let most = spec.max_concurrent;
            prop_assert!(in_flight <= most && (waiting == 0 || in_flight == most), "{:?}, at most {}", site, most);
            let may_wait = if spec.max_wait_ns > 0 { spec.max_waiting } else { 0 };
            prop_assert!(waiting <= may_wait, "{:?}, {} may wait", site, may_wait);
        }
    }
    Ok(())
}

/// Each call site's bulkhead, in the order in which the view has the sites: springs, services, brokers.
fn bulkheads(world: &Blueprint) -> Vec<Option<BulkheadSpec>> {
    let mut calls: Vec<&CallSpec> = world.springs.iter().flat_map(|s| &s.classes).map(|class| &class.call).collect();
    for endpoint in world.services.iter().flat_map(|service| &service.endpoints) {
        calls_of(&endpoint.program, &mut calls);
    }
    for broker in &world.brokers {
        // A site for each outlet, and all of them alike.
        calls.extend(world.pipes.iter().filter(|pipe| pipe.from == broker.id).map(|_| &broker.consume));
    }
    calls.iter().map(|call| call.client.bulkhead).collect()
}

/// What gateways have let through: as much as is seen of their buckets.
struct Tokens {
    gateways: Vec<Gateway>,
}

/// A gateway, its limit at present, and how many it has sent on.
struct Gateway {
    id: PieceId,
    limit: Option<RateLimitSpec>,
    sent: u64,
}

impl Tokens {
    fn new(world: &Blueprint) -> Self {
        let gateway = |spec: &GatewaySpec| Gateway { id: spec.id, limit: spec.limit.clone(), sent: 0 };
        Self { gateways: world.gateways.iter().map(gateway).collect() }
    }

    /// Takes notice of a command that may have turned a limit.
    fn note(&mut self, action: Action, applied: bool) {
        let Action::SetRateLimit { gateway, interval_ns } = action else { return };
        for each in self.gateways.iter_mut().filter(|each| applied && each.id == gateway) {
            each.limit.iter_mut().for_each(|limit| limit.interval_ns = interval_ns);
        }
    }

    /// A bucket never holds more than its burst, and who has just been let through has taken a token.
    fn hold(&mut self, run: &Simulation) -> Result<(), TestCaseError> {
        for (each, gateway) in self.gateways.iter_mut().zip(run.view().gateways()) {
            let sent: u64 = gateway.targets.iter().map(|target| target.2).sum();
            let passed = sent - std::mem::replace(&mut each.sent, sent);
            prop_assert!(passed <= 1, "one event lets one through");
            prop_assert_eq!(gateway.tokens.map(|(_, burst)| burst), each.limit.as_ref().map(|limit| limit.burst));
            let (Some((tokens, burst)), Some(limit)) = (gateway.tokens, &each.limit) else { continue };
            prop_assert!(tokens <= burst, "{:?}", gateway);
            let all_pay = limit.paths.is_empty() && limit.interval_ns > 0;
            prop_assert!(passed == 0 || !all_pay || tokens < burst, "{:?} let one through for nothing", gateway);
        }
        Ok(())
    }
}

fn calls_of<'a>(steps: &'a [Step], calls: &mut Vec<&'a CallSpec>) {
    for step in steps {
        match step {
            Step::Call(call) | Step::Publish(call) => calls.push(call),
            Step::Parallel { calls: several, .. } => calls.extend(several),
            Step::Chance { then, otherwise, .. } | Step::ByKey { then, otherwise, .. } => {
                calls_of(then, calls);
                calls_of(otherwise, calls);
            }
            _ => {}
        }
    }
}
