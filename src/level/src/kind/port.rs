//! Ports: where pipes join pieces.

use crate::grid::{Cell, Facing, Heading};

/// A place where a pipe joins a piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Port {
    /// The cell outside the piece in which a pipe to this port ends, relative to the piece's top left cell.
    pub mouth: (i32, i32),
    /// From the piece towards that cell.
    pub heading: Heading,
    /// The outlet's number, or nothing where requests come in here.
    pub outlet: Option<u8>,
}

impl Port {
    pub(super) const fn inlet(column: i32, row: i32, heading: Heading) -> Self {
        Self { mouth: (column, row), heading, outlet: None }
    }

    pub(super) const fn outlet(number: u8, column: i32, row: i32, heading: Heading) -> Self {
        Self { mouth: (column, row), heading, outlet: Some(number) }
    }

    /// The port of a piece that faces that way and is so many columns wide.
    #[must_use]
    pub const fn facing(self, facing: Facing, columns: i32) -> Self {
        match facing {
            Facing::East => self,
            Facing::West => {
                let (column, row) = self.mouth;
                Self { mouth: (columns - 1 - column, row), heading: self.heading.mirrored(), outlet: self.outlet }
            }
        }
    }

    /// The cell in which a pipe to this port ends, for a piece whose top left cell is `at`.
    pub const fn mouth_at(&self, at: Cell) -> Cell {
        at.offset(self.mouth.0, self.mouth.1)
    }
}
