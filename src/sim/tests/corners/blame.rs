//! Corners of blame: which hazard a late request is laid at where several meet.

use crate::*;

fn hazard(id: u64, on: PieceId, fault: Fault) -> HazardSpec {
    HazardSpec { id: PieceId(id), on, schedule: Schedule::always(), fault }
}

/// The one request of a world: the parts of its time in milliseconds, with workers and with hazards, and its cause.
fn blame(world: &Blueprint, orders: &[(u64, Action)]) -> (u64, u64, Cause) {
    let (_, log) = play(world, orders, 10_000);
    let end = |(_, fact): &(Time, Fact)| match fact {
        Fact::Ended { parts, cause, .. } => Some((parts.service_ns / MS, parts.hazard_ns / MS, *cause)),
        _ => None,
    };
    let ends: Vec<_> = log.iter().filter_map(end).collect();
    assert_eq!(ends.len(), 1);
    ends[0]
}

#[test]
fn of_several_delays_the_longest_is_to_blame_and_not_the_first() {
    for (delays_ms, worst) in [([50, 40, 60], 7_002), ([50, 60, 40], 7_001), ([60, 50, 40], 7_000), ([50; 3], 7_000)] {
        let mut world = pair(spring(&[1], 1_000), vec![compute(1)], 1);
        let way = world.pipes[0].id;
        let delay = |(nth, ms): (usize, u64)| hazard(7_000 + nth as u64, way, Fault::Delay { extra: constant(ms) });
        world.hazards = delays_ms.into_iter().enumerate().map(delay).collect();
        // There and back.
        let held_ms = 2 * delays_ms.iter().sum::<u64>();
        assert_eq!(blame(&world, &[]), (1, held_ms, Cause::Hazard(PieceId(worst))), "{delays_ms:?}");
    }
}

#[test]
fn of_two_that_slow_a_replica_the_stronger_is_to_blame_and_not_the_last() {
    for (factors, worst) in [([10.0, 2.0], 7_000), ([2.0, 10.0], 7_001)] {
        let mut world = pair(spring(&[1], 1_000), vec![compute(1)], 1);
        let slow = |(nth, factor)| hazard(7_000 + nth as u64, FRONT, Fault::Slow { factor, replicas: 1 });
        world.hazards = factors.into_iter().enumerate().map(slow).collect();
        assert_eq!(blame(&world, &[]), (1, 19, Cause::Hazard(PieceId(worst))), "{factors:?}");
    }
}

/// A kilobyte takes 10 ms there and none back; what it takes longer for a narrow pipe is the hazard's.
#[test]
fn what_a_narrow_pipe_costs_is_booked_on_the_hazard_that_takes_most_of_it() {
    for (factors, worst) in [([0.25, 1.0], 7_000), ([0.5, 0.5], 7_000), ([0.9999, 0.25], 7_001)] {
        let mut world = pair(spring(&[1], 1_000), vec![compute(1)], 1);
        world.pipes[0].bandwidth_bytes_per_s = 100_000;
        let class = &mut world.springs[0].classes[0];
        (class.call.request_bytes, class.call.response_bytes) = (1_000, 0);
        let way = world.pipes[0].id;
        let squeeze = |(nth, factor)| hazard(7_000 + nth as u64, way, Fault::Bandwidth { factor });
        world.hazards = factors.into_iter().enumerate().map(squeeze).collect();
        let (service_ms, held_ms, cause) = blame(&world, &[]);
        assert_eq!((service_ms, held_ms, cause), (1, 30, Cause::Hazard(PieceId(worst))), "{factors:?}");
    }
}

/// 10 ms of work take 30. They begin at 1 ms, and stand still from 6 to 11 ms.
#[test]
fn slow_work_that_stood_still_is_slow_afterwards_too() {
    for program in [vec![compute(10)], Vec::new()] {
        let mut world = pair(spring(&[1], 1_000), program, 10);
        world.services[0].service_time = constant(10);
        if world.services[0].endpoints[0].program.is_empty() {
            world.services[0].endpoints.clear();
        }
        world.hazards = vec![hazard(7_000, FRONT, Fault::Slow { factor: 3.0, replicas: 1 })];
        let slow = Cause::Hazard(PieceId(7_000));
        assert_eq!(blame(&world, &[]), (10, 20, slow));
        let paused = |paused| Action::SetPaused { service: FRONT, replica: 0, paused };
        assert_eq!(blame(&world, &[(6, paused(true)), (11, paused(false))]), (15, 20, slow));
        let schedule = Schedule::once(Time::from_ms(6), Time::from_ms(11));
        world.hazards.push(HazardSpec { schedule, ..hazard(7_001, FRONT, Fault::Pause { replicas: 1 }) });
        assert_eq!(blame(&world, &[]), (10, 25, slow));
    }
}
