//! Running a world: with its commands, and then until nothing is left of it.

use crate::commands::Order;
use pipe_maze_sim::*;

pub type Log = Vec<(Time, Fact)>;

/// Until when worlds are watched; their springs have stopped well before.
pub const END: Time = Time::from_ms(800);

/// Most events until a world is empty. Programs that call several others at once, in a loop, multiply: one world in some
/// hundred thousand takes millions.
const EVENTS_MAX: u32 = 30_000_000;

/// A run of that world.
pub fn start(world: &Blueprint, seed: u64) -> Simulation {
    Simulation::new(world, seed).unwrap_or_else(|problems| panic!("the world is inconsistent: {problems:#?}"))
}

/// Gives the commands that lie before `until`, each at its time, and runs on to `until`.
pub fn play(run: &mut Simulation, orders: &[Order], until: Time, observer: &mut impl Observer) {
    let from = run.now();
    for &(at, action) in orders.iter().filter(|(at, _)| (from..until).contains(at)) {
        run.advance_to(at, observer);
        let _ = run.apply(action, observer);
    }
    run.advance_to(until, observer);
}

/// Ends every fault, has every replica up and waits until all is over.
pub fn calm(run: &mut Simulation, observer: &mut impl Observer) {
    let hazards: Vec<PieceId> = run.view().hazards().map(|hazard| hazard.id).collect();
    let pipes: Vec<PieceId> = run.view().pipes().map(|pipe| pipe.id).collect();
    let services: Vec<PieceId> = run.view().services().map(|service| service.id).collect();
    let mut orders: Vec<Action> =
        hazards.into_iter().map(|hazard| Action::SetHazard { hazard, active: false }).collect();
    for pipe in pipes {
        orders.push(Action::SetPartition { pipe, forward: false, backward: false });
        orders.push(Action::SetShut { pipe, shut: false });
    }
    for action in orders {
        run.apply(action, observer).expect("it is aimed at what is there");
    }
    for service in services {
        for (replica, each) in run.view().replicas(service).collect::<Vec<_>>().into_iter().enumerate() {
            let replica = replica as u32;
            let go_on = Action::SetPaused { service, replica, paused: false };
            while run.apply(go_on, observer).is_ok() {}
            if matches!(each.state, ReplicaState::Down { .. } | ReplicaState::Gone) {
                let restart = Action::Restart { service, replica };
                run.apply(restart, observer).expect("it is aimed at what is there");
            }
        }
    }
    // What no member ever manages to process is delivered again for ever, as long as there is a way.
    run.advance_to(run.now().plus_ns(3_000_000_000), observer);
    while let Some(pipe) = open_outlet(run) {
        run.apply(Action::SetShut { pipe, shut: true }, observer).expect("it is aimed at what is there");
    }
    // Longer than the longest of everything that can still be under way, and then some.
    let end = Time::from_ns(u64::MAX / 2);
    assert!((0..EVENTS_MAX).any(|_| !run.step(end, observer)), "it does not come to an end");
    run.advance_to(end, observer);
}

/// A pipe through which a broker delivers.
fn open_outlet(run: &Simulation) -> Option<PieceId> {
    run.view().brokers().flat_map(|broker| broker.partitions).find_map(|partition| partition.pipe)
}

/// Writes facts down.
pub fn logs(log: &mut Log) -> impl FnMut(Time, &Fact) {
    |at: Time, fact: &Fact| log.push((at, *fact))
}
