//! Tools that give cells to paint: what a drag with brush, line or rectangle means, what a fill reaches, and mirrors.

use crate::grid::{Cell, Heading, Terrain};
use std::collections::BTreeSet;

/// Thickest brush, in cells.
pub const BRUSH_MAX: i32 = 9;

/// Where a mirror stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Mirror {
    /// Upright in the middle of the map: left and right are alike.
    Upright,
    /// Level in the middle of the map: above and below are alike.
    Level,
    /// Both.
    Both,
}

/// The cells under a round brush so many cells thick (1 to [`BRUSH_MAX`]) that is drawn from one cell to another; those
/// on the map, in order.
pub fn brush(terrain: &Terrain, from: Cell, to: Cell, thickness: i32) -> Vec<Cell> {
    let thickness = thickness.clamp(1, BRUSH_MAX);
    let mut cells = BTreeSet::new();
    for middle in line(terrain, from, to) {
        cells.extend(disc(middle, thickness).filter(|&cell| terrain.contains(cell)));
    }
    in_order(cells)
}

/// The cells on a straight line between two cells, ends included, without diagonal steps, so that it can be walked;
/// those on the map.
pub fn line(terrain: &Terrain, from: Cell, to: Cell) -> Vec<Cell> {
    let (from, to) = (near(terrain, from), near(terrain, to));
    let (columns, rows) = (to.column - from.column, to.row - from.row);
    let (mut at, mut cells) = (from, vec![from]);
    for _ in 0..columns.abs() + rows.abs() {
        // The step that stays nearer to the ideal line: compare how far along both axes are.
        let done_columns = (at.column - from.column).abs();
        let done_rows = (at.row - from.row).abs();
        let sideways = (2 * done_columns + 1) * rows.abs() <= (2 * done_rows + 1) * columns.abs();
        let heading = match (sideways, columns >= 0, rows >= 0) {
            (true, true, _) => Heading::East,
            (true, false, _) => Heading::West,
            (false, _, true) => Heading::South,
            (false, _, false) => Heading::North,
        };
        at = at.step(heading);
        cells.push(at);
    }
    cells.retain(|&cell| terrain.contains(cell));
    cells
}

/// The cells of a rectangle between two corners, filled or only its rim; those on the map, in order.
pub fn rectangle(terrain: &Terrain, a: Cell, b: Cell, filled: bool) -> Vec<Cell> {
    let (left, right) = (a.column.min(b.column), a.column.max(b.column));
    let (top, bottom) = (a.row.min(b.row), a.row.max(b.row));
    let rim =
        |cell: &Cell| filled || cell.column == left || cell.column == right || cell.row == top || cell.row == bottom;
    let within = |cell: &Cell| (left..=right).contains(&cell.column) && (top..=bottom).contains(&cell.row);
    terrain.cells().filter(within).filter(rim).collect()
}

/// The cells that hang together with this one and are of the same ground, in order.
pub fn fill(terrain: &Terrain, from: Cell) -> Vec<Cell> {
    let mut found = BTreeSet::new();
    let mut open: Vec<Cell> = terrain.contains(from).then_some(from).into_iter().collect();
    while let Some(cell) = open.pop() {
        if !found.insert(cell) {
            continue;
        }
        let neighbours = Heading::ALL.map(|heading| cell.step(heading));
        let alike = |next: &Cell| terrain.contains(*next) && terrain.ground(*next) == terrain.ground(from);
        open.extend(neighbours.into_iter().filter(alike).filter(|next| !found.contains(next)));
    }
    in_order(found)
}

/// These cells and their images in a mirror in the middle of the map; those on the map, in order.
pub fn mirror(terrain: &Terrain, cells: &[Cell], mirror: Mirror) -> Vec<Cell> {
    let sideways = |cell: Cell| Cell::new(terrain.columns() - 1 - cell.column, cell.row);
    let upside_down = |cell: Cell| Cell::new(cell.column, terrain.rows() - 1 - cell.row);
    let on_map = cells.iter().copied().filter(|&cell| terrain.contains(cell));
    let images = on_map.flat_map(|cell| match mirror {
        Mirror::Upright => vec![cell, sideways(cell)],
        Mirror::Level => vec![cell, upside_down(cell)],
        Mirror::Both => vec![cell, sideways(cell), upside_down(cell), upside_down(sideways(cell))],
    });
    in_order(images.collect())
}

/// Cells whose middle lies in a disc around a cell's middle.
fn disc(middle: Cell, thickness: i32) -> impl Iterator<Item = Cell> {
    let reach = thickness / 2;
    let square = (-reach..=reach).flat_map(move |row| (-reach..=reach).map(move |column| (column, row)));
    let inside = move |&(column, row): &(i32, i32)| 4 * (column * column + row * row) <= thickness * thickness;
    square.filter(inside).map(move |(column, row)| middle.offset(column, row))
}

/// The cell, or the nearest one to it that lies at most a brush off the map: no drag is longer than the map.
fn near(terrain: &Terrain, cell: Cell) -> Cell {
    Cell::new(
        cell.column.clamp(-BRUSH_MAX, terrain.columns() + BRUSH_MAX),
        cell.row.clamp(-BRUSH_MAX, terrain.rows() + BRUSH_MAX),
    )
}

/// Row by row.
fn in_order(cells: BTreeSet<Cell>) -> Vec<Cell> {
    let mut cells: Vec<Cell> = cells.into_iter().collect();
    cells.sort_by_key(|cell| (cell.row, cell.column));
    cells
}
