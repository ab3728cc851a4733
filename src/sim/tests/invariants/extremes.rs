//! What the check lets through, however strange, runs.

use crate::genes::{Dice, genes};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_accepted_runs(genes in genes(), seed: u64, count in 1usize..6) {
        let mut world = world(genes);
        let mut dice = genes.dice(9);
        (0..count).for_each(|_| strain(&mut world, &mut dice));
        let Ok(mut run) = Simulation::new(&world, seed) else { return Ok(()) };
        for _ in 0..3_000 {
            if !run.step(Time::MAX, &mut |_: Time, _: &Fact| ()) {
                break;
            }
        }
        prop_assert_eq!(run.digest(), run.clone().digest());
    }
}

/// Puts something extreme into a blueprint, which may or may not be refused.
fn strain(world: &mut Blueprint, dice: &mut Dice) {
    let number =
        |dice: &mut Dice| dice.pick(&[0, 1, 2, 1_000, 1_000_000, u64::from(u32::MAX), u64::MAX / 64, u64::MAX]);
    let (a, b) = (number(dice), number(dice));
    let small = |n: u64| n.min(u64::from(u32::MAX)) as u32;
    let (nth, share) = (dice.bits() as usize, dice.pick(&[0.0, 1e-300, 0.5, 1.0]));
    let (pipes, services) = (world.pipes.len(), world.services.len());
    let (pipe, service) = (&mut world.pipes[nth % pipes], &mut world.services[nth % services]);
    let (on_pipe, on_service) = (pipe.id, service.id);
    let mut hazard = None;
    match dice.below(18) {
        0 => pipe.bandwidth_bytes_per_s = a,
        1 => (pipe.cells, pipe.propagation_ns_per_cell) = (small(a), b),
        2 => pipe.queue_limit = small(a),
        3 => pipe.loss = share,
        4 => pipe.connection = Some(ConnectionSpec { round_trips: small(a), idle_ns: b }),
        5 => service.service_time = Distribution::Exponential { mean_ns: a },
        6 => service.service_time = Distribution::LogNormal { mean_ns: a, sigma: 4.0 },
        7 => service.workers = small(a),
        8 => service.start_up_ns = a,
        9 => service.contention = Contention { sigma: share, kappa: 1.0 },
        10 => world.springs[0].traffic = Traffic::Deterministic { rate_per_s: a as f64 },
        11 => world.springs[0].classes[0].call.request_bytes = small(a),
        12 => world.springs[0].classes[0].call.client.timeout_ns = a,
        13 => hazard = Some((on_pipe, Fault::Delay { extra: Distribution::Exponential { mean_ns: a } })),
        14..=16 => {
            let wide = b.clamp(1, 64) as u16;
            world.brokers.iter_mut().for_each(|broker| match dice.below(5) {
                0 => broker.linger_ns = a,
                1 => broker.append = Distribution::Exponential { mean_ns: a },
                2 => broker.redeliver_backoff_ns = a,
                3 => (broker.batch_events, broker.log_limit) = (small(a), small(b)),
                _ => broker.partitions = wide,
            });
        }
        _ => hazard = Some((on_service, Fault::Slow { factor: 10_000.0, replicas: small(b) })),
    }
    if let Some((on, fault)) = hazard {
        let id = PieceId(80_000 + world.hazards.len() as u64);
        world.hazards.push(HazardSpec { id, on, schedule: Schedule::always(), fault });
    }
}

/// Worlds without a spring, a service or anything at all are worlds, too.
#[test]
fn nothing_at_all_runs() {
    let mut run = Simulation::new(&Blueprint::default(), 0).unwrap();
    run.advance_to(Time::MAX, &mut ());
    assert_eq!(run.view().totals(), Totals::default());
}
