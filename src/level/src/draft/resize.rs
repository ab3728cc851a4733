//! Another size of the map: everything goes where its ground goes.

use super::refusal::DraftRefusal;
use super::{start, steps};
use crate::format::Level;
use crate::grid::{Cell, Ground, Terrain};
use crate::limits::MAP_SIDE_MAX;

pub(super) fn resize(level: &mut Level, columns: i32, rows: i32, left: i32, above: i32) -> Result<(), DraftRefusal> {
    let side = 1..=MAP_SIDE_MAX as i32;
    let shift = -(MAP_SIDE_MAX as i32)..=MAP_SIDE_MAX as i32;
    let ok = side.contains(&columns) && side.contains(&rows) && shift.contains(&left) && shift.contains(&above);
    if !ok {
        return Err(DraftRefusal::MapSize);
    }
    let old = &level.terrain;
    let ground = |column: i32, row: i32| -> Ground {
        let (column, row) = ((column - left).clamp(0, old.columns() - 1), (row - above).clamp(0, old.rows() - 1));
        old.ground(Cell::new(column, row))
    };
    let map: Vec<Vec<Ground>> = (0..rows).map(|row| (0..columns).map(|column| ground(column, row)).collect()).collect();
    level.terrain = Terrain::from_rows(&map);
    for piece in &mut level.pieces {
        piece.at = piece.at.offset(left, above);
    }
    for cell in level.enemies.iter_mut().flat_map(|enemy| &mut enemy.cells) {
        *cell = cell.offset(left, above);
    }
    start::offset(&mut level.start, left, above);
    steps::offset(&mut level.tutorial, left, above);
    Ok(())
}
