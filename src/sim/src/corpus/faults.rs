//! A run of all that goes wrong: every fault by schedule, and every command.

use super::clients::programs;
use super::{MS, exponential, id, ms};
use crate::*;

/// Every fault, by schedule.
pub(super) fn hazards() -> Blueprint {
    let mut blueprint = programs();
    let window = |from, to| Schedule::once(ms(from), ms(to));
    let faults = [
        ("delay", "spring>front", Schedule::cycle(ms(50), 20 * MS, 100 * MS), Fault::Delay { extra: exponential(10) }),
        ("loss", "front>a", window(200, 300), Fault::Loss { probability: 0.2 }),
        ("narrow", "front>b", window(100, 700), Fault::Bandwidth { factor: 0.05 }),
        ("cut", "front>a", window(400, 450), Fault::Partition { forward: false, backward: true }),
        ("slow", "b", window(500, 800), Fault::Slow { factor: 4.0, replicas: 1 }),
        ("errors", "a", window(600, 650), Fault::Errors { probability: 0.4 }),
        ("pause", "front", window(700, 760), Fault::Pause { replicas: 1 }),
        ("crash", "b", window(820, 880), Fault::Crash { replicas: 1, silent: true }),
        ("never", "b", Schedule::never(), Fault::Errors { probability: 1.0 }),
    ];
    blueprint.hazards = faults
        .into_iter()
        .map(|(name, on, schedule, fault)| HazardSpec { id: id(name), on: id(on), schedule, fault })
        .collect();
    blueprint
}

pub(super) fn commands() -> Vec<(Time, Action)> {
    let service = id("front");
    vec![
        (ms(100), Action::Scale { service, replicas: 4 }),
        (ms(150), Action::Crash { service, replica: 1, silent: false }),
        (ms(180), Action::Restart { service, replica: 1 }),
        (ms(220), Action::SetPaused { service, replica: 2, paused: true }),
        (ms(260), Action::SetPaused { service, replica: 2, paused: false }),
        (ms(300), Action::Drain { service, replica: 0 }),
        (ms(350), Action::SetShut { pipe: id("front>b"), shut: true }),
        (ms(380), Action::SetShut { pipe: id("front>b"), shut: false }),
        (ms(420), Action::SetPartition { pipe: id("front>b"), forward: true, backward: false }),
        (ms(460), Action::SetPartition { pipe: id("front>b"), forward: false, backward: false }),
        (ms(900), Action::SetHazard { hazard: id("never"), active: true }),
        (ms(950), Action::Scale { service, replicas: 1 }),
    ]
}
