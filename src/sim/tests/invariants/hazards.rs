//! Random hazards, with schedules.

use crate::genes::{Dice, Genes, Trait};
use pipe_maze_sim::*;

/// Adds hazards on pipes and services.
pub fn add(blueprint: &mut Blueprint, genes: Genes) {
    let mut dice = genes.dice(4);
    for (each, first) in [(Trait::PipeHazards, 5_000), (Trait::ServiceHazards, 6_000)] {
        let pieces: Vec<PieceId> = match each {
            Trait::PipeHazards => blueprint.pipes.iter().map(|pipe| pipe.id).collect(),
            _ => blueprint.services.iter().map(|service| service.id).collect(),
        };
        for nth in 0..dice.between(1, 5) {
            let fault = if each == Trait::PipeHazards { on_pipe(&mut dice) } else { on_service(&mut dice) };
            let (on, schedule) = (dice.pick(&pieces), schedule(&mut dice));
            if genes.has(each) {
                blueprint.hazards.push(HazardSpec { id: PieceId(first + nth), on, schedule, fault });
            }
        }
    }
}

fn schedule(dice: &mut Dice) -> Schedule {
    let (from, first, active_ns) = (dice.ns(400), dice.ns(100), dice.some_ns(60));
    let period_ns = first + active_ns + dice.ns(150) + 1_000;
    let from = Time::from_ns(from);
    let mut at = Time::ZERO;
    let windows = (0..dice.below(4)).map(|_| {
        let (gap_ns, stay_ns) = (dice.ns(100), dice.some_ns(100));
        let window = Window { from: at.plus_ns(gap_ns), to: at.plus_ns(gap_ns).plus_ns(stay_ns) };
        at = window.to;
        window
    });
    let windows = Schedule { windows: windows.collect(), repeat_ns: None };
    dice.pick(&[
        Schedule::never(),
        Schedule::always(),
        Schedule::once(from, from.plus_ns(active_ns)),
        Schedule::once(from, from.plus_ns(active_ns)),
        Schedule::cycle(Time::from_ns(first), active_ns, period_ns),
        windows,
    ])
}

fn on_pipe(dice: &mut Dice) -> Fault {
    let (extra, probability, factor) = (dice.time(30), dice.share(80), 0.05 + dice.share(95));
    let partition = Fault::Partition { forward: dice.percent(60), backward: dice.percent(60) };
    dice.pick(&[Fault::Delay { extra }, Fault::Loss { probability }, Fault::Bandwidth { factor }, partition])
}

fn on_service(dice: &mut Dice) -> Fault {
    let (factor, probability) = (1.0 + 10.0 * dice.share(100), dice.share(80));
    let (replicas, silent) = (dice.small(0, 4), dice.percent(50));
    dice.pick(&[
        Fault::Slow { factor, replicas },
        Fault::Errors { probability },
        Fault::Pause { replicas },
        Fault::Crash { replicas, silent },
    ])
}
