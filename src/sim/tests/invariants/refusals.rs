//! Commands at any time, in any state: applied, or refused with a reason, and then nothing has changed.

use crate::commands::{action, orders};
use crate::genes::genes;
use crate::play::{END, Log, logs, play, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_refused_command_changes_nothing(genes in genes(), seed: u64, ms in 0u64..800) {
        let world = world(genes);
        let mut run = start(&world, seed);
        play(&mut run, &orders(&world, genes), Time::from_ms(ms), &mut ());
        let mut dice = genes.dice(6);
        for _ in 0..20 {
            let before = run.clone();
            let order = action(&world, genes, &mut dice);
            let mut log = Log::new();
            let answer = run.apply(order, &mut logs(&mut log));
            match answer {
                Ok(()) => {
                    let told = log.last().map(|(_, fact)| *fact);
                    prop_assert_eq!(told, Some(Fact::Applied { action: order }));
                    prop_assert_ne!(run.digest(), before.digest(), "a command is part of what happened");
                }
                Err(refusal) => {
                    prop_assert!(log.is_empty(), "{:?}", log);
                    prop_assert_eq!(run.digest(), before.digest());
                    prop_assert!(!refusal.to_string().is_empty());
                    let (mut with, mut without) = (run.clone(), before);
                    with.advance_to(END, &mut ());
                    without.advance_to(END, &mut ());
                    prop_assert_eq!(with.digest(), without.digest(), "after {:?}", order);
                }
            }
        }
    }

    #[test]
    fn a_command_is_refused_exactly_where_its_piece_is_missing(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        run.advance_to(Time::from_ms(20), &mut ());
        let mut dice = genes.dice(7);
        for _ in 0..40 {
            let order = action(&world, genes, &mut dice);
            let expected = reason(&run, order);
            prop_assert_eq!(run.apply(order, &mut ()).err(), expected);
        }
    }
}

/// Why the present state refuses a command.
fn reason(run: &Simulation, action: Action) -> Option<Refusal> {
    let view = run.view();
    let no_service = |service| {
        let missing = view.services().all(|each| each.id != service);
        missing.then_some(Refusal::NoSuchService(service))
    };
    let no_replica = |service, replica: u32| {
        let missing = view.replicas(service).count() <= replica as usize;
        no_service(service).or(missing.then_some(Refusal::NoSuchReplica { service, replica }))
    };
    match action {
        Action::SetPolicy { balancer, .. } => {
            view.balancers().all(|each| each.id != balancer).then_some(Refusal::NoSuchBalancer(balancer))
        }
        Action::SetRateLimit { gateway, .. } => match view.gateways().find(|each| each.id == gateway) {
            None => Some(Refusal::NoSuchGateway(gateway)),
            Some(found) => found.tokens.is_none().then_some(Refusal::NoLimit(gateway)),
        },
        Action::SetShut { pipe, .. } | Action::SetPartition { pipe, .. } => {
            view.pipes().all(|each| each.id != pipe).then_some(Refusal::NoSuchPipe(pipe))
        }
        Action::SetHazard { hazard, .. } => {
            view.hazards().all(|each| each.id != hazard).then_some(Refusal::NoSuchHazard(hazard))
        }
        Action::Scale { service, .. } => no_service(service),
        Action::Crash { service, replica, .. }
        | Action::Restart { service, replica }
        | Action::Drain { service, replica }
        | Action::SetPaused { service, replica, paused: true } => no_replica(service, replica),
        Action::SetPaused { service, replica, paused: false } => no_replica(service, replica).or_else(|| {
            let stands = view.replicas(service).nth(replica as usize).is_some_and(|each| each.paused);
            (!stands).then_some(Refusal::NotPaused { service, replica })
        }),
    }
}
