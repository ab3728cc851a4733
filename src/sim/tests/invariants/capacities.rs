//! Capacities hold after every single event.

use crate::commands::orders;
use crate::genes::genes;
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
}

fn hold(run: &Simulation, world: &Blueprint, bulkheads: &[Option<u32>]) -> Result<(), TestCaseError> {
    let view = run.view();
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
    for (site, &most) in view.sites().zip(bulkheads) {
        prop_assert_eq!(site.bulkhead.is_some(), most.is_some(), "sites and calls are in the same order");
        if let (Some((in_flight, waiting)), Some(most)) = (site.bulkhead, most) {
            prop_assert!(in_flight <= most && (waiting == 0 || in_flight == most), "{:?}, at most {}", site, most);
        }
    }
    Ok(())
}

/// The size of each call site's bulkhead, in the order in which the view has the sites.
fn bulkheads(world: &Blueprint) -> Vec<Option<u32>> {
    let mut calls: Vec<&CallSpec> = world.springs.iter().flat_map(|s| &s.classes).map(|class| &class.call).collect();
    for endpoint in world.services.iter().flat_map(|service| &service.endpoints) {
        calls_of(&endpoint.program, &mut calls);
    }
    calls.iter().map(|call| call.client.bulkhead.map(|bulkhead| bulkhead.max_concurrent)).collect()
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
