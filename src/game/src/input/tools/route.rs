//! Pulling a pipe elsewhere: it is held at one of its cells and follows like a rubber band.
//!
//! As much of the pipe stays as can: of all ways from a cell before the one that is held, through where the hand is,
//! to a cell after it, the one with the fewest new cells is taken. So a long way that was meant stays long.

use pipe_maze_level::{Board, Cell, Edit, Heading, Refusal};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// How many cells on either side of the one that is held may give way.
const REACH_MAX: usize = 24;

/// A pipe that is being pulled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rerouting {
    /// The pipe.
    pub name: String,
    /// Its cells as they were.
    before: Vec<Cell>,
    /// Which of them is held; neither the first nor the last.
    held: usize,
    /// Its cells as they will be.
    pub cells: Vec<Cell>,
}

impl Rerouting {
    /// Takes hold of a pipe in that cell; nothing at its ends, which are drawn on instead.
    pub(super) fn of(board: &Board, name: &str, cell: Cell) -> Option<Self> {
        let before = board.pipe(name)?.cells.clone();
        let held = before.iter().position(|&c| c == cell)?;
        let within = held > 0 && held + 1 < before.len();
        within.then(|| Self { name: name.into(), cells: before.clone(), before, held })
    }

    /// Follows to a cell. Gives the reason where it cannot.
    pub(super) fn follow(&mut self, board: &Board, cell: Cell) -> Option<Refusal> {
        if self.before.contains(&cell) {
            self.cells.clone_from(&self.before);
            return None;
        }
        // What stands there, or another port, is not what a pipe is pulled to by its middle: it stays as it was.
        if board.ground_piece_at(cell).is_some() || board.is_mouth(cell) {
            self.cells.clone_from(&self.before);
            return Some(Refusal::LedElsewhere(cell));
        }
        if !board.is_free(cell) {
            return board.refusal(&Edit::LayPipe { name: self.name.clone(), cells: vec![cell] });
        }
        if let Some(cells) = self.through(board, cell) {
            self.cells = cells;
        }
        None
    }

    /// The edit that lays it; nothing where that would change nothing.
    pub(super) fn edit(&self) -> Option<Edit> {
        let changed = self.cells != self.before;
        changed.then(|| Edit::Reroute { name: self.name.clone(), cells: self.cells.clone() })
    }

    fn through(&self, board: &Board, via: Cell) -> Option<Vec<Cell>> {
        let first = self.held.saturating_sub(REACH_MAX);
        let last = (self.held + REACH_MAX).min(self.before.len() - 1);
        let pairs = || (first..self.held).flat_map(|a| (self.held + 1..=last).map(move |b| (a, b)));
        let best = |keeps_held| {
            let bent = pairs().filter_map(|(a, b)| self.bent(board, via, (a, b), keeps_held));
            bent.min_by_key(|(new, given_up, _)| (*new, *given_up)).map(|(_, _, cells)| cells)
        };
        // What is held leaves its place; in a narrow tunnel it may have to stay on the way.
        best(false).or_else(|| best(true))
    }

    /// The pipe that leaves its way at its `a`-th cell and is back at its `b`-th: how many cells are new, how many are
    /// given up, and all of them.
    fn bent(
        &self,
        board: &Board,
        via: Cell,
        (a, b): (usize, usize),
        keeps_held: bool,
    ) -> Option<(usize, usize, Vec<Cell>)> {
        let (before, after) = (&self.before[..=a], &self.before[b..]);
        let mut taken: BTreeSet<Cell> = before.iter().chain(after).copied().collect();
        let held = self.before[self.held];
        let free = |cell: Cell| (keeps_held || cell != held) && (board.is_free(cell) || self.before.contains(&cell));
        let there = way(before[a], via, |cell| free(cell) && !taken.contains(&cell))?;
        taken.extend(&there);
        let back = way(via, after[0], |cell| cell == after[0] || (free(cell) && !taken.contains(&cell)))?;
        let new: Vec<Cell> = there.into_iter().chain(back.into_iter().filter(|&cell| cell != after[0])).collect();
        let count = new.iter().filter(|cell| !self.before.contains(cell)).count();
        Some((count, b - a, before.iter().chain(&new).chain(after).copied().collect()))
    }
}

/// A shortest way from one cell to another, without the first and with the last; straight on where that is as short.
fn way(from: Cell, to: Cell, free: impl Fn(Cell) -> bool) -> Option<Vec<Cell>> {
    let mut came_from = BTreeMap::from([(from, from)]);
    let mut queue = VecDeque::from([from]);
    while let Some(at) = queue.pop_front() {
        if at == to {
            let mut cells = Vec::new();
            let mut at = to;
            while at != from {
                cells.push(at);
                at = *came_from.get(&at)?;
            }
            cells.reverse();
            return Some(cells);
        }
        let came = came_from.get(&at).and_then(|before| before.heading_to(at));
        for heading in came.into_iter().chain(Heading::ALL) {
            let next = at.step(heading);
            if free(next) && !came_from.contains_key(&next) {
                came_from.insert(next, at);
                queue.push_back(next);
            }
        }
    }
    None
}
