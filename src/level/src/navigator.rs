//! The Navigator, who carries interventions out and has to go where they are.
//!
//! He starts beside the first spring, goes the shortest way over open cells, dives into one warp pipe and comes out of
//! another, and stays where he has worked last. While he is on his way further orders wait: he goes from one to the next.
//! Where he is follows from the orders, and those are in the log, so it is the same whenever a run is computed again.

mod ways;

use crate::board::{Board, Piece};
use crate::edit::{Edit, Refusal};
use crate::grid::{Cell, Ground};
use crate::kind::Kind;
use pipe_maze_sim::Time;
use std::sync::Arc;
use ways::Ways;

/// A way that the Navigator goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Leg {
    /// When he sets out.
    pub departs_at: Time,
    /// When he is there.
    pub arrives_at: Time,
    /// The cells from where he stands to where he is wanted; one alone where he is there already. Two that do not touch
    /// are the mouths of warp pipes.
    pub way: Arc<[Cell]>,
    /// The place in the log of what he does there; nothing on the rest of a step that was begun for an order taken back.
    pub command: Option<usize>,
}

/// Where the Navigator is at a moment.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Position {
    /// The cell that he leaves.
    pub from: Cell,
    /// The cell that he goes to; the same where he stands.
    pub to: Cell,
    /// How much of the step is done, 0 to 1.
    pub share: f64,
}

/// Where he stands, and where he goes.
#[derive(Clone, Debug)]
pub struct Navigator {
    step_ns: u64,
    /// Where he stands, or whence the first leg leads.
    at: Cell,
    /// His way, one leg after the other.
    legs: Vec<Leg>,
}

impl Navigator {
    /// At home on a board, at that pace.
    pub(crate) fn at_home(board: &Board, step_ns: u64) -> Self {
        Self { step_ns, at: home(board), legs: Vec::new() }
    }

    /// What he goes to, in order; first what he is on the way to.
    pub fn legs(&self) -> &[Leg] {
        &self.legs
    }

    /// How long a step to the next cell takes, in nanoseconds of simulated time.
    pub const fn step_ns(&self) -> u64 {
        self.step_ns
    }

    /// Where he is.
    pub fn position(&self, now: Time) -> Position {
        let leg = self.legs.iter().rfind(|leg| leg.departs_at <= now);
        let Some(leg) = leg else { return Position { from: self.at, to: self.at, share: 0.0 } };
        let passed_ns = now.since_ns(leg.departs_at);
        let steps = passed_ns.checked_div(self.step_ns).unwrap_or(u64::MAX);
        let last = leg.way.len().saturating_sub(1);
        let nth = usize::try_from(steps).unwrap_or(usize::MAX).min(last);
        let from = leg.way.get(nth).copied().unwrap_or(self.at);
        let to = leg.way.get((nth + 1).min(last)).copied().unwrap_or(from);
        let share =
            if to == from { 0.0 } else { (passed_ns % self.step_ns.max(1)) as f64 / self.step_ns.max(1) as f64 };
        Position { from, to, share }
    }

    /// The way to what an edit changes, once everything before is done.
    pub(crate) fn plan(&self, board: &Board, now: Time, edit: &Edit) -> Result<Leg, Refusal> {
        let ways = Ways::of(board);
        let departs_at = self.legs.last().map_or(now, |leg| leg.arrives_at.max(now));
        let from = self.legs.last().and_then(|leg| leg.way.last()).copied().unwrap_or(self.at);
        let mut way = vec![from];
        for stop in stops(board, edit)? {
            let here = *way.last().unwrap_or(&from);
            let on = ways.shortest(here, &stop);
            let on = on.ok_or_else(|| Refusal::NoWay(stop.first().copied().unwrap_or(here)))?;
            way.extend(on.into_iter().skip(1));
        }
        let steps = way.len() as u64 - 1;
        let arrives_at = departs_at.plus_ns(steps.saturating_mul(self.step_ns));
        Ok(Leg { departs_at, arrives_at, way: way.into(), command: None })
    }

    pub(crate) fn go(&mut self, leg: Leg) {
        self.legs.push(leg);
    }

    /// He is where the first leg leads.
    pub(crate) fn arrive(&mut self) {
        if !self.legs.is_empty() {
            let leg = self.legs.remove(0);
            self.at = leg.way.last().copied().unwrap_or(self.at);
        }
    }

    /// Legs without work are over once he is there.
    pub(crate) fn pass(&mut self, now: Time) {
        while self.legs.first().is_some_and(|leg| leg.command.is_none() && leg.arrives_at <= now) {
            self.arrive();
        }
    }

    /// He turns back from the last leg: a step that is begun is finished.
    pub(crate) fn turn_back(&mut self, now: Time) {
        let Some(leg) = self.legs.pop() else { return };
        let steps = now.since_ns(leg.departs_at).div_ceil(self.step_ns.max(1));
        if leg.departs_at < now && steps > 0 {
            let way: Arc<[Cell]> = leg.way.iter().copied().take(steps as usize + 1).collect();
            let arrives_at = leg.departs_at.plus_ns((way.len() as u64 - 1).saturating_mul(self.step_ns));
            self.legs.push(Leg { departs_at: leg.departs_at, arrives_at, way, command: None });
            self.pass(now);
        }
    }

    /// Bytes that a copy takes on the heap beside what it shares with others.
    pub(crate) fn heap_bytes(&self) -> usize {
        size_of_val(&self.legs[..])
    }
}

/// Where the Navigator is when the water is turned on: beside the first spring, on the ground; where there is none, in the
/// first open cell.
pub fn home(board: &Board) -> Cell {
    let ways = Ways::of(board);
    let spring = board.pieces().iter().find(|piece| piece.spec.kind() == Kind::Spring);
    let beside = spring.into_iter().flat_map(|spring| {
        let (columns, rows) = spring.spec.kind().size();
        [-1, columns].map(|column| spring.at.offset(column, rows - 1))
    });
    let beside = beside.filter(|&cell| ways.is_open(cell));
    let within = spring.into_iter().flat_map(Piece::cells).filter(|&cell| ways.is_open(cell));
    let any = board.terrain().cells().filter(|&cell| board.terrain().ground(cell) != Ground::Rock);
    beside.chain(within).chain(any).next().unwrap_or_default()
}

/// Where one must be to carry an edit out: one of the cells of each.
fn stops(board: &Board, edit: &Edit) -> Result<Vec<Vec<Cell>>, Refusal> {
    let no_such = |name: &str| Refusal::NoSuch(name.into());
    match edit {
        Edit::Valve { name, .. } => {
            let pipe = board.pipe(name).ok_or_else(|| no_such(name))?;
            Ok(vec![vec![board.valve_cell(pipe)]])
        }
        Edit::Configure { name, .. } => {
            let piece = board.piece(name).ok_or_else(|| no_such(name))?;
            Ok(vec![beside(board, piece)])
        }
        Edit::Batch(edits) => {
            let stops = edits.iter().map(|edit| stops(board, edit)).collect::<Result<Vec<_>, _>>()?;
            Ok(stops.concat())
        }
        _ => Err(Refusal::NotInFlow),
    }
}

/// The cells from which one can reach a piece: those that touch it, or for what stands on a pipe that cell.
fn beside(board: &Board, piece: &Piece) -> Vec<Cell> {
    let host = if piece.stands_on_ground() { Some(piece) } else { board.ground_piece_at(piece.at) };
    let Some(host) = host else { return vec![piece.at] };
    let (columns, rows) = host.spec.kind().size();
    let left_and_right = (0..rows).rev().flat_map(|row| [(-1, row), (columns, row)]);
    let below_and_above = (0..columns).flat_map(|column| [(column, rows), (column, -1)]);
    left_and_right.chain(below_and_above).map(|(column, row)| host.at.offset(column, row)).collect()
}
