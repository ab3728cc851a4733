//! Drawing a pipe cell by cell.

use super::{Doing, Hand};
use pipe_maze_level::{Board, Cell, Edit, Heading, Piece, Refusal};
use std::collections::BTreeSet;

/// The longest gap that a fast pointer leaves and the hand fills, in cells.
const GAP_MAX: usize = 12;

/// A pipe that is being drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawing {
    /// Its name: new, or that of the pipe that goes on.
    pub name: String,
    /// Its cells so far; the last one moves.
    pub cells: Vec<Cell>,
    /// Cells from there on to what the pointer is on, round whatever is in the way: they are part of it if it is let go of
    /// there, and are forgotten when the pointer goes on.
    pub reach: Vec<Cell>,
}

impl Hand {
    /// Begins a pipe at the cursor.
    pub(super) fn begin_pipe(&mut self, board: &Board, now_s: f64) {
        self.selection.clear();
        let (name, cells) = (board.free_name("pipe"), vec![self.cursor]);
        match board.refusal(&Edit::LayPipe { name: name.clone(), cells: cells.clone() }) {
            None => self.doing = Doing::Drawing(Drawing { name, cells, reach: Vec::new() }),
            Some(refusal) => self.refuse(refusal, now_s),
        }
    }
}

/// Goes on with a pipe from its end in that cell.
pub(super) fn go_on(board: &Board, name: &str, cell: Cell) -> Option<Drawing> {
    let pipe = board.pipe(name)?;
    let mut cells = pipe.cells.clone();
    if cells.first() == Some(&cell) {
        cells.reverse();
    }
    (cells.last() == Some(&cell)).then(|| Drawing { name: name.into(), cells, reach: Vec::new() })
}

impl Drawing {
    /// Follows to a cell, round what is in the way where that is no detour, or back over its own cells. Gives the
    /// reason where it cannot.
    pub(super) fn follow(&mut self, board: &Board, cell: Cell) -> Option<Refusal> {
        self.reach.clear();
        if let Some(back) = self.cells.iter().position(|&c| c == cell) {
            self.cells.truncate(back + 1);
            return None;
        }
        let &last = self.cells.last()?;
        if let Some(steps) = bridge_gap(board, &self.name, &self.cells, last, cell) {
            self.cells.extend(steps);
            return None;
        }
        if let Some(steps) = self.straight_on(board, last, cell) {
            self.cells.extend(steps);
            return None;
        }
        // The end of the way may lie on the machine itself: then the pipe simply stops at its port.
        let joins = |piece: &Piece| piece.ports().any(|port| port.mouth_at(piece.at) == last);
        let on_goal = board.ground_piece_at(cell).is_some_and(joins);
        if !on_goal && let Some(reach) = self.reach(board, cell) {
            self.reach = reach;
            return None;
        }
        let probe = Edit::LayPipe { name: self.name.clone(), cells: vec![cell] };
        board.refusal(&probe).filter(|_| !on_goal)
    }

    /// All its cells, as they are laid if it is let go of now.
    pub fn all_cells(&self) -> Vec<Cell> {
        self.cells.iter().chain(&self.reach).copied().collect()
    }

    /// The shortest way round what is in the way to that port, or to a port of the machine that stands there, which the
    /// pipe can join.
    fn reach(&self, board: &Board, cell: Cell) -> Option<Vec<Cell>> {
        let (&first, &last) = (self.cells.first()?, self.cells.last()?);
        // Its own cells are in its way, and nobody else's.
        let mut bare = board.clone();
        let _ = bare.apply(&Edit::RemovePipe { name: self.name.clone() });
        let goals: Vec<Cell> = match bare.ground_piece_at(cell) {
            None if bare.is_mouth(cell) => vec![cell],
            None => return None,
            // Where it comes from it does not go.
            Some(piece) if piece.ports().any(|port| port.mouth_at(piece.at) == first) => return None,
            Some(piece) => piece.ports().map(|port| port.mouth_at(piece.at)).collect(),
        };
        let whole = |way: &[Cell]| self.cells.iter().chain(way).copied().collect::<Vec<Cell>>();
        let fits = |way: &[Cell]| {
            let edit = Edit::LayPipe { name: self.name.clone(), cells: whole(way) };
            matches!(bare.refusal(&edit), None | Some(Refusal::TooDear { .. }))
        };
        let keep_off: BTreeSet<Cell> = bare.all_mouths().into_iter().chain(self.cells.iter().copied()).collect();
        let goals = goals.into_iter().filter(|goal| !self.cells.contains(goal));
        let ways = goals.filter_map(|goal| bare.route_on(last, goal, &keep_off));
        ways.filter(|way| fits(way)).min_by_key(Vec::len)
    }

    /// The cells straight on to `goal`, over other pipes where there can be bridges; on a bridge itself a pipe may not
    /// end, but one that is being drawn may well be.
    fn straight_on(&self, board: &Board, last: Cell, goal: Cell) -> Option<Vec<Cell>> {
        let (columns, rows) = (goal.column - last.column, goal.row - last.row);
        let steps = columns.unsigned_abs() + rows.unsigned_abs();
        if (columns != 0 && rows != 0) || steps as usize > GAP_MAX {
            return None;
        }
        let by = (columns.signum(), rows.signum());
        let way: Vec<Cell> = (1..=steps as i32).map(|i| last.offset(by.0 * i, by.1 * i)).collect();
        let refusal = |more: &[Cell]| {
            let cells = self.cells.iter().chain(&way).chain(more).copied().collect();
            board.refusal(&Edit::LayPipe { name: self.name.clone(), cells })
        };
        let possible = match refusal(&[]) {
            None | Some(Refusal::TooDear { .. } | Refusal::SameWay(_)) => true,
            Some(Refusal::NoBridge(at, _)) if at == goal => {
                let beyond = refusal(&[goal.offset(by.0, by.1)]);
                !matches!(beyond, Some(Refusal::NoBridge(at, _) | Refusal::PipeThere(at, _)) if at == goal)
            }
            Some(_) => false,
        };
        possible.then_some(way)
    }

    /// The edit that lays it; nothing where that would change nothing.
    pub(super) fn edit(&self, board: &Board) -> Option<Edit> {
        let (name, cells) = (self.name.clone(), self.all_cells());
        let Some(pipe) = board.pipe(&name) else {
            // A touch without a move lays nothing, unless that one cell joins two ports.
            let meant = cells.len() > 1 || joins_two(board, cells[0]);
            return meant.then_some(Edit::LayPipe { name, cells });
        };
        let same = pipe.cells == cells || pipe.cells.iter().rev().eq(&cells);
        (!same).then_some(Edit::Reroute { name, cells })
    }
}

/// Whether a pipe of that one cell would join an outlet to an inlet.
fn joins_two(board: &Board, cell: Cell) -> bool {
    let mut trial = board.clone();
    let name = trial.free_name("pipe");
    let laid = trial.apply(&Edit::LayPipe { name: name.clone(), cells: vec![cell] }).is_ok();
    laid && trial.joints().any(|joint| joint.pipe.name == name && joint.is_whole())
}

/// The cells from `last` to `goal`, `goal` included: a shortest way through free cells, if it is no detour.
fn bridge_gap(board: &Board, name: &str, taken: &[Cell], last: Cell, goal: Cell) -> Option<Vec<Cell>> {
    let distance = last.column.abs_diff(goal.column) as usize + last.row.abs_diff(goal.row) as usize;
    if distance > GAP_MAX {
        return None;
    }
    let own = board.pipe(name);
    let free = |cell: Cell| {
        !taken.contains(&cell) && (board.is_free(cell) || own.is_some_and(|pipe| pipe.cells.contains(&cell)))
    };
    // A port in its way would be blocked: it keeps off them where it can.
    shortest((last, goal), distance, |cell| free(cell) && (cell == goal || !board.is_mouth(cell)))
        .or_else(|| shortest((last, goal), distance, free))
}

/// One of the ways of that many steps, if there is one.
fn shortest((last, goal): (Cell, Cell), distance: usize, free: impl Fn(Cell) -> bool) -> Option<Vec<Cell>> {
    let mut ways: Vec<Vec<Cell>> = vec![vec![]];
    for _ in 0..distance {
        let mut longer: Vec<Vec<Cell>> = Vec::new();
        for way in ways {
            let at = way.last().copied().unwrap_or(last);
            for heading in Heading::ALL {
                let next = at.step(heading);
                let nearer = next.column.abs_diff(goal.column) + next.row.abs_diff(goal.row)
                    < at.column.abs_diff(goal.column) + at.row.abs_diff(goal.row);
                // One way to each cell is enough.
                if nearer && free(next) && !longer.iter().any(|w| w.last() == Some(&next)) {
                    longer.push(way.iter().copied().chain([next]).collect());
                }
            }
        }
        ways = longer;
    }
    ways.into_iter().next().filter(|way| way.last() == Some(&goal))
}
