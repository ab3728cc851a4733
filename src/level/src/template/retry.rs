//! A pipe that is slammed shut again and again. What is in it is gone and nobody says so: only who gives a try up in
//! time, and tries again, is answered in time.

use super::Instance;
use super::die::Die;
use super::site::{Build, hall};
use crate::edit::{Edit, Setting};
use crate::enemy::{CircuitBreakerThwompSpec, Enemy, EnemySpec, Schedule};
use crate::format::{Level, Stock};
use crate::grid::Cell;
use crate::kind::{Kind, KindSpec, MachineRoomSpec, ServiceMeshSuperMushroomSpec, ServiceTime, SpringSpec};

const COLUMNS: i32 = 24;
const ROWS: i32 = 15;
/// How long a sidecar waits for a try until somebody turns that down, in simulated milliseconds.
const PATIENCE_MS: u64 = 3_000;
/// The price of a sidecar, in coins.
const SIDECAR_PRICE: u32 = 40;

pub(super) fn draw(die: &mut Die, difficulty: u8) -> Option<Instance> {
    let mut level = hall("retry-slam", 2, COLUMNS, ROWS)?;
    let mean_ms = die.between(20.0, 40.0).round();
    let room = MachineRoomSpec {
        workers: 8,
        queue: 60,
        service_time: ServiceTime::Erlang { stages: 4, mean_ms },
        ..MachineRoomSpec::DEFAULT
    };
    level.stand("orders", die.cell((14, 5), (17, 9)), KindSpec::MachineRoom(room));
    let spring_at = Cell::new(die.whole(2, 6) as i32, 0);
    let rate_per_s = f64::from(die.whole(40, 70));
    let spring = SpringSpec { rate_per_s, timeout_ms: 4_000, ..SpringSpec::DEFAULT };
    level.stand("spring", spring_at, KindSpec::Spring(spring));
    level.pipes.propagation_ms_per_cell = die.between(1.5, 3.0);
    level.put_pillars(die, u32::from(difficulty) * 2, (4, 5), (12, ROWS - 3));
    let every_ms = u64::from(die.whole(900, 1_300));
    let for_ms = (every_ms as f64 * (0.13 + 0.015 * f64::from(difficulty))) as u64;
    let schedule = Schedule::Every { first_ms: u64::from(die.whole(300, 700)), every_ms, for_ms };
    let mouth = Build::on(&level).mouth("orders")?;
    level.enemies = vec![Enemy {
        name: "rattler".into(),
        kind: EnemySpec::CircuitBreakerThwomp(CircuitBreakerThwompSpec::default()),
        cells: vec![mouth],
        on: Some("orders".into()),
        schedule,
    }];
    let sidecar = ServiceMeshSuperMushroomSpec {
        retries: 4,
        try_timeout_ms: PATIENCE_MS,
        budget_percent: 100,
        backoff_ms: 10,
        backoff_cap_ms: 50,
        hop_ms: 1.0,
        ..ServiceMeshSuperMushroomSpec::default()
    };
    level.inventory = vec![Stock {
        kind: Kind::ServiceMeshSuperMushroom,
        count: 1,
        price: SIDECAR_PRICE,
        spec: Some(KindSpec::ServiceMeshSuperMushroom(sidecar)),
        knobs: Vec::new(),
    }];
    let joined = joined(&level)?;
    let trip_ms = f64::from(joined.cells()) * level.pipes.propagation_ms_per_cell * 2.0 + 4.0;
    // Nearly every answer is home by then; so who waits longer waits for one that is lost.
    let try_ms = (trip_ms + mean_ms * 2.5).round();
    let within_ms = (for_ms as f64 + try_ms * 2.0 + trip_ms + mean_ms * 2.5).round();
    let mushroom = Edit::Place { name: "sidecar".into(), kind: Kind::ServiceMeshSuperMushroom, at: spring_at };
    let patient = joined.with(mushroom)?;
    level.ask(within_ms, patient.cost(), 1.7 - 0.08 * f64::from(difficulty));
    let setting = Setting::Number("try-timeout".into(), try_ms);
    let quick = Build::again(&level, &patient)?.with(Edit::Configure { name: "sidecar".into(), setting })?;
    let (quick, patient) = (quick.solution(&level), patient.solution(&level));
    let without = self::joined(&level)?.solution(&level);
    Some(Instance {
        level,
        solutions: vec![("solution".into(), quick)],
        decoys: vec![("decoy-no-retries".into(), without), ("decoy-patient".into(), patient)],
    })
}

fn joined(level: &Level) -> Option<Build> {
    Build::on(level).join("way", ("spring", 0), "orders")
}
