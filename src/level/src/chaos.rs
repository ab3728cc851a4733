//! Chaos levels: a system runs, and the player places the faults to find out what it does not stand.
//!
//! What stands there stays as it is. The level says which faults there are, how many, when each strikes, and how far apart
//! they may be: the blast radius. Which pipe or machine each strikes is the player's choice; it has to strike something.

use crate::enemy::{Enemy, EnemyKind, EnemySpec, Schedule};
use crate::grid::Cell;
use serde::{Deserialize, Serialize};

/// What a level lets the player do to its system.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chaos {
    /// How many faults can be placed at most.
    pub faults: u32,
    /// How many columns, and how many rows, any two of them may be apart.
    pub radius: u32,
    /// Which there are.
    pub arsenal: Vec<EnemyStock>,
}

/// Faults of one kind that the player can place.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnemyStock {
    /// What they are.
    pub kind: EnemySpec,
    /// How many.
    pub count: u32,
    /// Price of one, in coins.
    pub price: u32,
    /// When each strikes.
    pub schedule: Schedule,
}

impl Chaos {
    /// What a chaos level begins with, in a run of that many milliseconds: one machine may be held up once.
    pub fn first(duration_ms: u64) -> Self {
        let pause = EnemyKind::CoordinationThwomp.default_spec();
        Self { faults: 1, radius: 8, arsenal: vec![EnemyStock::first(pause, duration_ms)] }
    }

    /// The stock of a kind, if there is any.
    pub fn stock(&self, kind: EnemyKind) -> Option<&EnemyStock> {
        self.arsenal.iter().find(|stock| stock.kind.kind() == kind)
    }

    /// Whether two faults may be there at the same time.
    pub const fn is_within_blast(&self, a: Cell, b: Cell) -> bool {
        a.column.abs_diff(b.column) <= self.radius && a.row.abs_diff(b.row) <= self.radius
    }
}

impl EnemyStock {
    /// One fault of that kind, in the middle of a run of that many milliseconds, for nothing.
    pub fn first(kind: EnemySpec, duration_ms: u64) -> Self {
        let (from, to) = (duration_ms / 4, (duration_ms / 2).max(duration_ms / 4 + 1));
        Self { kind, count: 1, price: 0, schedule: Schedule::At(vec![(from, to)]) }
    }

    /// One of them, on a cell.
    pub(crate) fn placed(&self, name: &str, at: Cell) -> Enemy {
        let (kind, schedule) = (self.kind.clone(), self.schedule.clone());
        Enemy { name: name.into(), kind, cells: vec![at], on: None, schedule }
    }
}
