//! Routes: the shortest way for a pipe between two cells, for builds that are made by program.

use crate::board::Board;
use crate::grid::{Cell, Heading};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

impl Board {
    /// The fewest free cells from one cell to another, both included, that keep off some others; nothing where there is
    /// no way. Of several equally short ones it is always the same.
    pub fn route(&self, from: Cell, to: Cell, keep_off: &BTreeSet<Cell>) -> Option<Vec<Cell>> {
        let open = |cell: Cell| self.is_free(cell) && (cell == from || cell == to || !keep_off.contains(&cell));
        if !open(from) || !open(to) {
            return None;
        }
        // From the end to the beginning, so that following it back gives the cells in order.
        let mut next_of = BTreeMap::from([(to, to)]);
        let mut ring = VecDeque::from([to]);
        while let Some(cell) = ring.pop_front() {
            if cell == from {
                let follow = |cell: &Cell| next_of.get(cell).copied().filter(|next| next != cell);
                return Some(std::iter::successors(Some(from), follow).collect());
            }
            for before in Heading::ALL.map(|heading| cell.step(heading)) {
                if open(before) && !next_of.contains_key(&before) {
                    next_of.insert(before, cell);
                    ring.push_back(before);
                }
            }
        }
        None
    }

    /// The fewest free cells that lead on from a cell, which is not one of them and need not be free, to another one, and keep
    /// off some others; nothing where there is no way.
    pub fn route_on(&self, from: Cell, to: Cell, keep_off: &BTreeSet<Cell>) -> Option<Vec<Cell>> {
        let beside = Heading::ALL.map(|heading| from.step(heading)).into_iter();
        let open = beside.filter(|next| *next == to || !keep_off.contains(next));
        open.filter_map(|next| self.route(next, to, keep_off)).min_by_key(Vec::len)
    }

    /// The cells in which pipes to any port of any piece end: others should keep off them.
    pub fn all_mouths(&self) -> BTreeSet<Cell> {
        let mouths =
            |piece: &crate::board::Piece| piece.ports().map(|port| port.mouth_at(piece.at)).collect::<Vec<_>>();
        self.pieces().iter().flat_map(mouths).collect()
    }
}
