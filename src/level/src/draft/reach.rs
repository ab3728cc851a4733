//! Where pipes from springs can lead: through dug cells, round the level's pieces, and on from what passes requests on.

use super::advice::on_ground;
use crate::board::Piece;
use crate::format::Level;
use crate::grid::{Cell, Ground, Heading};
use crate::kind::Kind;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many cells of pipe it takes from the nearest spring to each cell that a pipe can lead to.
pub(super) struct Reach<'a> {
    level: &'a Level,
    taken: BTreeSet<Cell>,
    cells: BTreeMap<Cell, u32>,
}

impl<'a> Reach<'a> {
    pub fn of(level: &'a Level) -> Self {
        let taken = on_ground(level).flat_map(Piece::cells).collect();
        let mut reach = Self { level, taken, cells: BTreeMap::new() };
        let mut open = VecDeque::new();
        let springs = level.pieces.iter().filter(|piece| piece.spec.kind() == Kind::Spring);
        for spring in springs {
            reach.leave(spring, 0, &mut open);
        }
        while let Some(cell) = open.pop_front() {
            let cells = reach.cells.get(&cell).copied().unwrap_or(0);
            for piece in on_ground(level).filter(|piece| piece.mouth(None) == Some(cell)) {
                reach.leave(piece, cells, &mut open);
            }
            for next in Heading::ALL.map(|heading| cell.step(heading)) {
                reach.enter(next, cells + 1, &mut open);
            }
        }
        reach
    }

    /// Whether a pipe can be laid through a cell.
    pub fn is_open(&self, cell: Cell) -> bool {
        self.level.terrain.ground(cell) == Ground::Tunnel && !self.taken.contains(&cell)
    }

    /// How many cells of pipe it takes from the nearest spring to a piece's inlet.
    pub fn cells_to(&self, piece: &Piece) -> Option<u32> {
        self.cells.get(&piece.mouth(None)?).copied()
    }

    /// Goes on from every outlet of a piece to which so many cells lead.
    fn leave(&mut self, piece: &Piece, cells: u32, open: &mut VecDeque<Cell>) {
        let outlets: Vec<Cell> =
            piece.ports().filter(|port| port.outlet.is_some()).map(|port| port.mouth_at(piece.at)).collect();
        for mouth in outlets {
            self.enter(mouth, cells + 1, open);
        }
    }

    fn enter(&mut self, cell: Cell, cells: u32, open: &mut VecDeque<Cell>) {
        if self.is_open(cell) && !self.cells.contains_key(&cell) {
            self.cells.insert(cell, cells);
            open.push_back(cell);
        }
    }
}
