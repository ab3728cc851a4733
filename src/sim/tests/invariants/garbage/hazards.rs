//! What is wrong with hazards: what they strike, when, and how hard.

use super::brush::{Brush, NOWHERE};
use pipe_maze_sim::*;

pub fn add(brush: &mut Brush, world: &mut Blueprint) {
    let id = PieceId(70_000 + world.hazards.len() as u64);
    let (pipe, service) = (world.pipes[0].id, world.services[0].id);
    let window = |from, to| Window { from: Time::from_ms(from), to: Time::from_ms(to) };
    let windows = |windows: &[(u64, u64)]| windows.iter().map(|&(from, to)| window(from, to)).collect();
    let schedule = |windows, repeat_ns| Schedule { windows, repeat_ns };
    let mut when = Schedule::always();
    brush.blot_all(
        &mut when,
        &[
            (schedule(windows(&[(2, 1)]), None), &["windows"]),
            (schedule(windows(&[(0, 2), (1, 3)]), None), &["windows"]),
            (schedule((0..1_001).map(|nth| window(nth, nth + 1)).collect(), None), &["windows"]),
            (schedule(windows(&[(0, 2)]), Some(1_000_000)), &["windows"]),
            (schedule(windows(&[(0, 2)]), Some(999)), &["windows", "repeat_ns"]),
            (schedule(Vec::new(), Some(0)), &["repeat_ns"]),
        ],
    );
    let (mut share, mut part, mut factor) = (0.5, 0.5, 2.0);
    let mut extra = Distribution::Constant { mean_ns: 1 };
    let kind = brush.dice.below(8);
    match kind {
        0 | 1 => brush.blot_number(&mut share, "probability"),
        2 => brush.blot(&mut part, &[0.0, f64::NAN, -1.0, 1.5], "factor"),
        3 => brush.blot_number(&mut factor, "factor"),
        4 => brush.blot_time(&mut extra),
        _ => {}
    }
    let (fault, mut on, other) = match kind {
        0 => (Fault::Loss { probability: share }, pipe, service),
        1 => (Fault::Errors { probability: share }, service, pipe),
        2 => (Fault::Bandwidth { factor: part }, pipe, service),
        3 => (Fault::Slow { factor, replicas: 1 }, service, pipe),
        4 => (Fault::Delay { extra }, pipe, service),
        5 => (Fault::Partition { forward: true, backward: true }, pipe, service),
        6 => (Fault::Pause { replicas: 1 }, service, pipe),
        _ => (Fault::Crash { replicas: 1, silent: true }, service, pipe),
    };
    brush.blot(&mut on, &[other, NOWHERE], "on");
    world.hazards.push(HazardSpec { id, on, schedule: when, fault });
    brush.put_down(id);
}
