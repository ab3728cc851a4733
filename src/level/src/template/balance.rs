//! Rooms of unequal speed. Who sends each room the same drowns the slow ones, and the fast one alone is not enough; who
//! looks at what each has to do gets by.

use super::Instance;
use super::die::Die;
use super::site::{Build, hall};
use crate::edit::{Edit, Setting};
use crate::format::{Level, Stock};
use crate::grid::Cell;
use crate::kind::{Kind, KindSpec, MachineRoomSpec, ServiceTime, SpringSpec};
use pipe_maze_sim::Policy;

const COLUMNS: i32 = 24;
/// Where rooms stand, and the warp pipe of the builds.
const ROOM_COLUMN: i32 = 17;
const WARP_COLUMN: i32 = 7;
/// The price of a warp pipe, in coins.
const WARP_PRICE: u32 = 60;

/// A room: its name, its top row, and the outlet that leads to it.
type Site = (&'static str, i32, u8);

const TWO: &[Site] = &[("north", 4, 0), ("south", 10, 2)];
const THREE: &[Site] = &[("north", 3, 0), ("middle", 8, 1), ("south", 13, 2)];

pub(super) fn draw(die: &mut Die, difficulty: u8) -> Option<Instance> {
    let sites = if difficulty <= 2 { TWO } else { THREE };
    let rows = sites.last()?.1 + 6;
    let mut level = hall("balance-rooms", 3, COLUMNS, rows)?;
    let fastest = die.whole(0, sites.len() as u32 - 1) as usize;
    let (workers, fast_ms) = (die.whole(3, 4), die.between(40.0, 60.0).round());
    // How many times as long the slow ones take. More, and the fast one alone would do; less, and equal shares would.
    let times = if sites.len() == 2 { die.between(1.9, 2.3) } else { die.between(2.5, 3.2) };
    let slow_ms = (fast_ms * times).round();
    let within_ms = (slow_ms * 4.0 + 300.0).round();
    let mut capacity_per_s = 0.0;
    for (nth, &(name, row, _)) in sites.iter().enumerate() {
        let mean_ms = if nth == fastest { fast_ms } else { slow_ms };
        let per_s = f64::from(workers) * 1_000.0 / mean_ms;
        capacity_per_s += per_s;
        // Long enough that who waits at the end of a full line comes too late.
        let queue = (per_s * within_ms / 1_000.0 * 1.5) as u32;
        let service_time = ServiceTime::Erlang { stages: 4, mean_ms };
        let room = MachineRoomSpec { workers, queue, service_time, ..MachineRoomSpec::DEFAULT };
        level.stand(name, Cell::new(ROOM_COLUMN, row), KindSpec::MachineRoom(room));
    }
    let load = if sites.len() == 2 { 0.85 } else { 0.80 + 0.01 * f64::from(difficulty) };
    let rate_per_s = (capacity_per_s * load).round();
    let spring = SpringSpec { rate_per_s, timeout_ms: 4_000, ..SpringSpec::DEFAULT };
    level.stand("spring", Cell::new(die.whole(2, 4) as i32, 0), KindSpec::Spring(spring));
    level.pipes.propagation_ms_per_cell = 3.0;
    level.inventory = vec![Stock { kind: Kind::WarpPipe, count: 1, price: WARP_PRICE, spec: None, knobs: Vec::new() }];
    level.put_pillars(die, u32::from(difficulty) + 1, (10, 4), (14, rows - 3));
    let build = balanced(&level, sites, rows)?;
    level.ask(within_ms, build.cost(), 1.7 - 0.08 * f64::from(difficulty));
    let by_load = build.with(policy(Policy::LeastRequestFullScan))?.solution(&level);
    let by_turns = balanced(&level, sites, rows)?.solution(&level);
    let alone = Build::on(&level).join("way", ("spring", 0), sites[fastest].0)?.solution(&level);
    Some(Instance {
        level,
        solutions: vec![("solution".into(), by_load)],
        decoys: vec![("decoy-by-turns".into(), by_turns), ("decoy-fastest-alone".into(), alone)],
    })
}

/// A warp pipe that leads to all rooms.
fn balanced(level: &Level, sites: &[Site], rows: i32) -> Option<Build> {
    let at = Cell::new(WARP_COLUMN, rows / 2 - 1);
    let warp = Edit::Place { name: "warp".into(), kind: Kind::WarpPipe, at };
    let mut build = Build::on(level).with(warp)?.join("feed", ("spring", 0), "warp")?;
    // From outside to inside: so none is in the other's way.
    let mut order: Vec<&Site> = sites.iter().collect();
    order.sort_by_key(|&&(_, _, outlet)| outlet == 1);
    for (name, _, outlet) in order {
        build = build.join(&format!("to-{name}"), ("warp", *outlet), name)?;
    }
    Some(build)
}

fn policy(policy: Policy) -> Edit {
    Edit::Configure { name: "warp".into(), setting: Setting::Policy(policy) }
}
