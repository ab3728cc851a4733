//! The map to paint, and what lies around it.

/// What a cell of the map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// Open air above the ground: stays transparent.
    Sky,
    /// Solid ground.
    Rock,
    /// Carved space.
    Tunnel,
}

/// A map of cells, and how much ground around it is painted as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Cells in a row.
    pub columns: usize,
    /// Rows, from the top.
    pub rows: usize,
    /// The cells, row by row.
    pub cells: Vec<Cell>,
    /// How many cells around the map are painted: rock beside and below it, sky beside sky and above.
    pub margin: usize,
}

impl Ground {
    /// A map without margin.
    #[must_use]
    pub fn new(columns: usize, rows: usize, cells: Vec<Cell>) -> Self {
        Self { columns, rows, cells, margin: 0 }
    }

    /// The same map with a margin of `cells` cells.
    #[must_use]
    pub fn with_margin(mut self, cells: usize) -> Self {
        self.margin = cells;
        self
    }

    /// The cell at a column and row of the painted picture, margin included; both may lie outside of it.
    pub(crate) fn painted(&self, column: isize, row: isize) -> Cell {
        let (x, y) = (column - self.margin as isize, row - self.margin as isize);
        if y < 0 {
            return Cell::Sky;
        }
        if y >= self.rows as isize {
            return Cell::Rock;
        }
        let inside = x >= 0 && x < self.columns as isize;
        let nearest = x.clamp(0, self.columns as isize - 1);
        match self.cells[y as usize * self.columns + nearest as usize] {
            Cell::Tunnel if !inside => Cell::Rock,
            cell => cell,
        }
    }

    /// Whether a cell of the painted picture is sky.
    pub(crate) fn is_sky(&self, column: usize, row: usize) -> bool {
        self.painted(column as isize, row as isize) == Cell::Sky
    }

    /// Whether a cell is carved. The air right above a tunnel counts, so that a shaft opens straight into it.
    pub(crate) fn is_open(&self, column: isize, row: isize) -> bool {
        match self.painted(column, row) {
            Cell::Tunnel => true,
            Cell::Rock => false,
            Cell::Sky => self.painted(column, row + 1) == Cell::Tunnel,
        }
    }

    /// Columns and rows of the painted picture.
    pub(crate) fn painted_size(&self) -> (usize, usize) {
        (self.columns + 2 * self.margin, self.rows + 2 * self.margin)
    }

    /// The first painted row that holds ground, or the number of rows.
    pub(crate) fn surface(&self) -> usize {
        let (columns, rows) = self.painted_size();
        (0..rows).find(|&row| (0..columns).any(|column| !self.is_sky(column, row))).unwrap_or(rows)
    }
}
