//! Bridges: a cell in which one pipe passes over another, both straight, at right angles.

use super::{Board, Pipe};
use crate::edit::Refusal;
use crate::grid::{Cell, Heading};
use std::collections::BTreeSet;

impl Board {
    /// The cells in which two pipes cross.
    pub fn bridges(&self) -> BTreeSet<Cell> {
        let mut seen = BTreeSet::new();
        let cells = self.pipes.iter().flat_map(|pipe| pipe.cells.iter().copied());
        cells.filter(|&cell| !seen.insert(cell)).collect()
    }

    /// What the bridges of these cells with other pipes than `name` cost.
    pub(super) fn price_of_bridges(&self, name: &str, cells: &[Cell]) -> u32 {
        let crosses = |cell: &&Cell| self.pipes_at(**cell).any(|pipe| pipe.name != name);
        let count = cells.iter().filter(crosses).count() as u32;
        self.rules.price_per_bridge.unwrap_or(0).saturating_mul(count)
    }

    /// The `i`-th cell of a pipe through these cells is free, or can be a bridge over the pipe that is there.
    pub(super) fn check_bridge(&self, name: &str, cells: &[Cell], i: usize) -> Result<(), Refusal> {
        let cell = cells[i];
        let others: Vec<&Pipe> = self.pipes_at(cell).filter(|pipe| pipe.name != name).collect();
        let Some(below) = others.first() else { return Ok(()) };
        if self.rules.price_per_bridge.is_none() {
            return Err(Refusal::PipeThere(cell, below.name.clone()));
        }
        let across = straight(cells, i);
        let along = below.cells.iter().position(|&c| c == cell).and_then(|i| straight(&below.cells, i));
        let crosses = matches!((across, along), (Some(a), Some(b)) if a != b);
        let sat_upon = self.power_up_at(cell).is_some() || self.enemies.iter().any(|e| e.cells.contains(&cell));
        if others.len() > 1 || !crosses || sat_upon {
            return Err(Refusal::NoBridge(cell, below.name.clone()));
        }
        Ok(())
    }
}

/// Whether cells run straight through the `i`-th of them: east and west, or north and south.
fn straight(cells: &[Cell], i: usize) -> Option<bool> {
    let before = cells.get(i.checked_sub(1)?)?.heading_to(cells[i])?;
    let after = cells[i].heading_to(*cells.get(i + 1)?)?;
    (before == after).then_some(matches!(before, Heading::East | Heading::West))
}
