//! Cells, headings, and the ground they lie in.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A cell of the board: column from the left, row from the top, both from 0. Written `(column, row)`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(from = "(i32, i32)", into = "(i32, i32)")]
pub struct Cell {
    /// Column, from 0 at the left.
    pub column: i32,
    /// Row, from 0 at the top.
    pub row: i32,
}

impl Cell {
    /// The cell at that column and row.
    pub const fn new(column: i32, row: i32) -> Self {
        Self { column, row }
    }

    /// The neighbour in that direction.
    #[must_use]
    pub const fn step(self, heading: Heading) -> Self {
        let (dx, dy) = heading.offset();
        Self::new(self.column.saturating_add(dx), self.row.saturating_add(dy))
    }

    /// The cell at that offset.
    #[must_use]
    pub const fn offset(self, columns: i32, rows: i32) -> Self {
        Self::new(self.column.saturating_add(columns), self.row.saturating_add(rows))
    }

    /// The direction from here to an orthogonal neighbour.
    pub fn heading_to(self, other: Self) -> Option<Heading> {
        Heading::ALL.into_iter().find(|&heading| self.step(heading) == other)
    }
}

impl From<(i32, i32)> for Cell {
    fn from((column, row): (i32, i32)) -> Self {
        Self::new(column, row)
    }
}

impl From<Cell> for (i32, i32) {
    fn from(cell: Cell) -> Self {
        (cell.column, cell.row)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column {}, row {}", self.column, self.row)
    }
}

/// One of the four directions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Heading {
    /// Up.
    North,
    /// Right.
    East,
    /// Down.
    South,
    /// Left.
    West,
}

impl Heading {
    /// All four, clockwise from north.
    pub const ALL: [Self; 4] = [Self::North, Self::East, Self::South, Self::West];

    /// Columns and rows of one step.
    pub const fn offset(self) -> (i32, i32) {
        match self {
            Self::North => (0, -1),
            Self::East => (1, 0),
            Self::South => (0, 1),
            Self::West => (-1, 0),
        }
    }

    /// The direction in a mirror that stands upright.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::East => Self::West,
            Self::West => Self::East,
            other => other,
        }
    }

    /// The opposite direction.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::North => Self::South,
            Self::East => Self::West,
            Self::South => Self::North,
            Self::West => Self::East,
        }
    }
}

/// Where the outlets of a piece point: as drawn, or mirrored.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Facing {
    /// To the right, as pieces come out of the palette.
    #[default]
    East,
    /// To the left.
    West,
}

impl Facing {
    /// The other one.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::East => Self::West,
            Self::West => Self::East,
        }
    }
}

/// What a cell is made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Ground {
    /// Open air above the town. Nothing can be built there except what a level fixes.
    Sky,
    /// Rock. Nothing can be built there.
    Rock,
    /// Carved space: pipes and pieces go here.
    Tunnel,
}

impl Ground {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sky, Self::Rock, Self::Tunnel];

    /// The character that stands for it in a level's map.
    pub const fn char(self) -> char {
        match self {
            Self::Sky => '~',
            Self::Rock => '#',
            Self::Tunnel => '.',
        }
    }

    /// The ground that a character of a level's map stands for: `~` sky, `#` rock, `.` tunnel.
    pub const fn from_char(character: char) -> Option<Self> {
        match character {
            '~' => Some(Self::Sky),
            '#' => Some(Self::Rock),
            '.' => Some(Self::Tunnel),
            _ => None,
        }
    }
}

/// A level's terrain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Terrain {
    columns: i32,
    rows: i32,
    cells: Vec<Ground>,
}

impl Terrain {
    /// A terrain from rows of equal length.
    pub fn from_rows(rows: &[Vec<Ground>]) -> Self {
        let columns = rows.first().map_or(0, Vec::len);
        let cells =
            rows.iter().flat_map(|row| row.iter().copied().chain(std::iter::repeat(Ground::Rock)).take(columns));
        Self { columns: columns as i32, rows: rows.len() as i32, cells: cells.collect() }
    }

    /// How many columns it has.
    pub const fn columns(&self) -> i32 {
        self.columns
    }

    /// How many rows it has.
    pub const fn rows(&self) -> i32 {
        self.rows
    }

    /// Whether a cell lies on it.
    pub const fn contains(&self, cell: Cell) -> bool {
        cell.column >= 0 && cell.row >= 0 && cell.column < self.columns && cell.row < self.rows
    }

    /// What a cell is made of; beyond the edges everything is rock.
    pub fn ground(&self, cell: Cell) -> Ground {
        if self.contains(cell) { self.cells[(cell.row * self.columns + cell.column) as usize] } else { Ground::Rock }
    }

    /// The rows as the map of a level's file has them.
    pub fn to_rows(&self) -> Vec<String> {
        let character = |row, column| self.ground(Cell::new(column, row)).char();
        (0..self.rows).map(|row| (0..self.columns).map(|column| character(row, column)).collect()).collect()
    }

    /// Makes a cell of that ground; one that lies outside stays what it is.
    pub(crate) fn set(&mut self, cell: Cell, ground: Ground) {
        if self.contains(cell) {
            self.cells[(cell.row * self.columns + cell.column) as usize] = ground;
        }
    }

    /// All cells, row by row.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + use<> {
        let columns = self.columns;
        (0..self.rows).flat_map(move |row| (0..columns).map(move |column| Cell::new(column, row)))
    }
}
