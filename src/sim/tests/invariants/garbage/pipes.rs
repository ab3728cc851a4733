//! What is wrong with pipes, and with their ends.

use super::brush::{Brush, LONG_NS, NOWHERE};
use pipe_maze_sim::*;

pub fn spoil(brush: &mut Brush, world: &mut Blueprint) {
    let Some(pipe) = brush.take(&mut world.pipes, |pipe| pipe.id) else { return };
    brush.blot(&mut pipe.bandwidth_bytes_per_s, &[0], "bandwidth_bytes_per_s");
    if brush.dips() {
        (pipe.cells, pipe.propagation_ns_per_cell) = brush.dice.pick(&[(u32::MAX, u64::MAX), (1, LONG_NS)]);
        brush.note(&["cells x propagation_ns_per_cell"]);
    }
    brush.blot(&mut pipe.weight, &[0, 1_001, u32::MAX], "weight");
    brush.blot_number(&mut pipe.loss, "loss");
    brush.blot(&mut pipe.queue_limit, &[10_000_001, u32::MAX], "queue_limit");
    if brush.dips() {
        let mut extra = Distribution::Constant { mean_ns: 1 };
        brush.blot_time(&mut extra);
        pipe.jitter = Some(JitterSpec { extra, reorders: true });
    }
    if brush.dips() {
        let (mut round_trips, mut idle_ns) = (1, 0);
        brush.blot(&mut round_trips, &[11, u32::MAX], "round_trips");
        brush.blot(&mut idle_ns, &[LONG_NS], "idle_ns");
        pipe.connection = Some(ConnectionSpec { round_trips, idle_ns });
    }
    let id = pipe.id;
    brush.put_down(id);
}

/// Ends and outlets are spoilt in a new pipe, so that no other problem goes away with them.
pub fn add(brush: &mut Brush, world: &mut Blueprint) {
    let (spring, service, nth) = (world.springs[0].id, world.services[0].id, world.pipes.len() as u64);
    let id = PieceId(60_000 + nth);
    let mut pipe = PipeSpec { outlet: nth as u8 + 100, ..PipeSpec::new(id, spring, service) };
    brush.blot(&mut pipe.from, &[NOWHERE, id], "from");
    brush.blot(&mut pipe.to, &[NOWHERE, spring, id], "to");
    if pipe.from == spring && brush.dips() {
        let taken = world.pipes.iter().find(|other| other.from == spring);
        pipe.outlet = taken.expect("a pipe leads from each spring").outlet;
        brush.note(&["outlet"]);
    }
    world.pipes.push(pipe.clone());
    if brush.dips() {
        world.pipes.push(PipeSpec { outlet: pipe.outlet.wrapping_add(50), ..pipe });
        brush.note(&["id"]);
    }
    brush.put_down(id);
}
