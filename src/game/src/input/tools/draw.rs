//! Drawing a pipe cell by cell.

use super::{Doing, Hand};
use pipe_maze_level::{Board, Cell, Edit, Heading, Refusal};

/// The longest gap that a fast pointer leaves and the hand fills, in cells.
const GAP_MAX: usize = 12;

/// A pipe that is being drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawing {
    /// Its name: new, or that of the pipe that goes on.
    pub name: String,
    /// Its cells so far; the last one moves.
    pub cells: Vec<Cell>,
}

impl Hand {
    /// Begins a pipe at the cursor.
    pub(super) fn begin_pipe(&mut self, board: &Board, now_s: f64) {
        self.selection.clear();
        let (name, cells) = (board.free_name("pipe"), vec![self.cursor]);
        match board.refusal(&Edit::LayPipe { name: name.clone(), cells: cells.clone() }) {
            None => self.doing = Doing::Drawing(Drawing { name, cells }),
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
    (cells.last() == Some(&cell)).then(|| Drawing { name: name.into(), cells })
}

impl Drawing {
    /// Follows to a cell, round what is in the way where that is no detour, or back over its own cells. Gives the
    /// reason where it cannot.
    pub(super) fn follow(&mut self, board: &Board, cell: Cell) -> Option<Refusal> {
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
        let on_goal = board.piece_at(cell).is_some() && board.is_mouth(last);
        let probe = Edit::LayPipe { name: self.name.clone(), cells: vec![cell] };
        board.refusal(&probe).filter(|_| !on_goal)
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
        let (name, cells) = (self.name.clone(), self.cells.clone());
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
