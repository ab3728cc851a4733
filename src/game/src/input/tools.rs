//! The player's hand on the board: which tool it holds, what it draws, carries and has selected.
//!
//! Pointer and keys move the same hand, so that everything which can be done with one can be done with the other.

use crate::Screen;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::{Board, Cell, Edit, Kind, Refusal};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hand>();
    app.add_systems(OnEnter(Screen::Board), |mut hand: ResMut<Hand>| *hand = Hand::default());
}

/// The longest gap that a fast pointer leaves and the hand fills, in cells.
const GAP_MAX: usize = 12;

/// What the hand does when it touches the board.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tool {
    /// Draws pipes, selects and moves what is there.
    #[default]
    Pipe,
    /// Places a piece.
    Place(Kind),
}

impl Tool {
    /// The top left cell of a piece that is placed with its middle at the cursor.
    pub const fn corner_for(kind: Kind, cursor: Cell) -> Cell {
        let (columns, rows) = kind.size();
        cursor.offset(-(columns / 2), -(rows / 2))
    }
}

/// A pipe that is being drawn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drawing {
    /// Its name: new, or that of the pipe that goes on.
    pub name: String,
    /// Its cells so far; the last one moves.
    pub cells: Vec<Cell>,
}

/// A refusal and where it shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// At which cell.
    pub at: Cell,
    /// Why.
    pub refusal: Refusal,
    /// When, in seconds since the game started.
    pub since_s: f64,
}

/// The player's hand.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Hand {
    /// What it holds.
    pub tool: Tool,
    /// The cell it is at.
    pub cursor: Cell,
    /// Whether the cursor shows: with the keyboard always.
    pub show_cursor: bool,
    /// The pipe it draws.
    pub drawing: Option<Drawing>,
    /// The piece it carries.
    pub carrying: Option<String>,
    /// The piece or pipe that is selected.
    pub selected: Option<String>,
    /// The last refusal.
    pub reason: Option<Reason>,
}

impl Hand {
    /// How long ago the last refusal was, in seconds.
    pub fn reason_age_s(&self, time: &Time) -> Option<f32> {
        self.reason.as_ref().map(|reason| (time.elapsed_secs_f64() - reason.since_s) as f32)
    }

    /// Shows why something was refused, at the cell concerned.
    pub fn refuse(&mut self, refusal: Refusal, now_s: f64) {
        let at = refusal.cell().unwrap_or(self.cursor);
        self.reason = Some(Reason { at, refusal, since_s: now_s });
    }

    /// Lets go of everything that is not done yet. Says whether there was something.
    pub fn let_go(&mut self) -> bool {
        let was = self.drawing.take().is_some() | self.carrying.take().is_some();
        let placed = std::mem::take(&mut self.tool) != Tool::Pipe;
        was | placed
    }

    /// Touches the board at the cursor: places, selects, or begins to draw or to carry.
    pub fn press(&mut self, session: &mut Session, now_s: f64) {
        let cell = self.cursor;
        if session.play().is_some() {
            self.select_at(session.board(), cell);
            return;
        }
        if let Tool::Place(kind) = self.tool {
            self.place(session, kind, now_s);
            return;
        }
        let board = session.board();
        if let Some(piece) = board.piece_at(cell) {
            self.selected = Some(piece.name.clone());
            return;
        }
        if let Some(pipe) = board.pipe_at(cell) {
            self.selected = Some(pipe.name.clone());
            let at_first = pipe.cells.first() == Some(&cell);
            if at_first || pipe.cells.last() == Some(&cell) {
                let mut cells = pipe.cells.clone();
                if at_first && cells.len() > 1 {
                    cells.reverse();
                }
                self.drawing = Some(Drawing { name: pipe.name.clone(), cells });
            }
            return;
        }
        self.selected = None;
        let name = board.free_name("pipe");
        match board.refusal(&Edit::LayPipe { name: name.clone(), cells: vec![cell] }) {
            None => self.drawing = Some(Drawing { name, cells: vec![cell] }),
            Some(refusal) => self.refuse(refusal, now_s),
        }
    }

    /// Moves to a cell. A pipe that is being drawn follows, round what is in the way where that is no detour.
    pub fn move_to(&mut self, session: &Session, cell: Cell, now_s: f64) {
        self.cursor = cell;
        let Some(drawing) = &mut self.drawing else { return };
        if let Some(back) = drawing.cells.iter().position(|&c| c == cell) {
            drawing.cells.truncate(back + 1);
            return;
        }
        let Some(&last) = drawing.cells.last() else { return };
        let board = session.board();
        match bridge_gap(board, &drawing.name, &drawing.cells, last, cell) {
            Some(steps) => drawing.cells.extend(steps),
            None => {
                // The end of the way may lie on the machine itself: then the pipe simply stops at its port.
                let on_goal = board.piece_at(cell).is_some() && board.is_mouth(last);
                let probe = Edit::LayPipe { name: drawing.name.clone(), cells: vec![cell] };
                if let (false, Some(refusal)) = (on_goal, board.refusal(&probe)) {
                    self.reason = Some(Reason { at: cell, refusal, since_s: now_s });
                }
            }
        }
    }

    /// Lets go of the board: what was drawn is laid.
    pub fn release(&mut self, session: &mut Session, now_s: f64) {
        let Some(drawing) = self.drawing.take() else { return };
        let unchanged = session
            .board()
            .pipe(&drawing.name)
            .is_some_and(|pipe| pipe.cells == drawing.cells || pipe.cells.iter().rev().eq(drawing.cells.iter()));
        // A touch without a move lays nothing, unless that one cell joins two ports.
        let single = drawing.cells.len() == 1 && session.board().pipe(&drawing.name).is_none();
        if unchanged || (single && !joins_two(session.board(), drawing.cells[0])) {
            return;
        }
        let edit = Edit::LayPipe { name: drawing.name, cells: drawing.cells };
        if let Err(refusal) = session.edit(&edit) {
            self.refuse(refusal, now_s);
        }
    }

    /// Takes the selected piece into the hand, if it is the player's own.
    pub fn carry(&mut self, session: &Session) {
        let own = |name: &String| session.board().piece(name).is_some_and(|piece| !piece.fixed);
        if session.play().is_none() {
            self.carrying = self.selected.clone().filter(own);
        }
    }

    /// Puts down what it carries, with its top left cell at the cursor.
    pub fn put_down(&mut self, session: &mut Session, now_s: f64) {
        let Some(name) = self.carrying.take() else { return };
        if session.board().piece(&name).is_some_and(|piece| piece.at == self.cursor) {
            return;
        }
        if let Err(refusal) = session.edit(&Edit::Move { name, to: self.cursor }) {
            self.refuse(refusal, now_s);
        }
    }

    /// Removes what is selected.
    pub fn remove_selected(&mut self, session: &mut Session, now_s: f64) {
        let Some(name) = self.selected.take() else { return };
        let is_pipe = session.board().pipe(&name).is_some();
        let edit = if is_pipe { Edit::RemovePipe { name: name.clone() } } else { Edit::Remove { name: name.clone() } };
        if let Err(refusal) = session.edit(&edit) {
            self.selected = Some(name);
            self.refuse(refusal, now_s);
        }
    }

    fn place(&mut self, session: &mut Session, kind: Kind, now_s: f64) {
        let name = session.board().free_name(kind.key());
        let at = Tool::corner_for(kind, self.cursor);
        match session.edit(&Edit::Place { name: name.clone(), kind, at }) {
            Ok(()) => {
                self.selected = Some(name);
                if session.board().left(kind) == 0 {
                    self.tool = Tool::Pipe;
                }
            }
            Err(refusal) => self.refuse(refusal, now_s),
        }
    }

    fn select_at(&mut self, board: &Board, cell: Cell) {
        let piece = board.piece_at(cell).map(|piece| piece.name.clone());
        self.selected = piece.or_else(|| board.pipe_at(cell).map(|pipe| pipe.name.clone()));
    }
}

/// Whether a pipe of that one cell would join an outlet to an inlet.
fn joins_two(board: &Board, cell: Cell) -> bool {
    let mut trial = board.clone();
    let laid = trial.apply(&Edit::LayPipe { name: trial.free_name("pipe"), cells: vec![cell] }).is_ok();
    laid && trial.joints().last().is_some_and(|joint| joint.is_whole())
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
            for heading in pipe_maze_level::Heading::ALL {
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

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Level;

    const LEVEL: &str = include_str!("../../../../levels/3-flow-control/two-rooms.ron");

    fn session() -> Session {
        Session::open(Level::parse(LEVEL).unwrap())
    }

    /// Presses at the first cell, moves through the others and lets go.
    fn drag(hand: &mut Hand, session: &mut Session, cells: &[(i32, i32)]) {
        hand.cursor = cells[0].into();
        hand.press(session, 0.0);
        for &cell in &cells[1..] {
            hand.move_to(session, cell.into(), 0.0);
        }
        hand.release(session, 0.0);
    }

    #[test]
    fn a_fast_drag_fills_its_gaps_and_a_drag_back_takes_cells_away() {
        let (mut session, mut hand) = (session(), Hand::default());
        drag(&mut hand, &mut session, &[(3, 2), (3, 5), (5, 6)]);
        let pipe = session.board().pipes()[0].clone();
        assert_eq!(pipe.cells.len(), 7, "{:?}", pipe.cells);
        // From its end the pipe goes on, and back over its own cells it gets shorter.
        drag(&mut hand, &mut session, &[(5, 6), (6, 6)]);
        assert_eq!(session.board().pipes()[0].cells.len(), 8);
        let back: (i32, i32) = pipe.cells[4].into();
        drag(&mut hand, &mut session, &[(6, 6), (5, 6), back]);
        assert_eq!(session.board().pipes()[0].cells, pipe.cells[..5]);
        assert_eq!(session.board().pipes().len(), 1);
    }

    #[test]
    fn rock_is_refused_with_its_reason_and_the_pipe_stops_before_it() {
        let (mut session, mut hand) = (session(), Hand::default());
        drag(&mut hand, &mut session, &[(3, 2), (3, 3), (3, 3), (2, 3), (2, 4)]);
        assert_eq!(hand.reason.as_ref().map(|r| r.refusal.clone()), Some(Refusal::Rock(Cell::new(2, 4))));
        assert_eq!(session.board().pipes()[0].cells.len(), 3);
    }

    #[test]
    fn a_touch_without_a_move_lays_nothing() {
        let (mut session, mut hand) = (session(), Hand::default());
        drag(&mut hand, &mut session, &[(3, 5)]);
        assert!(session.board().pipes().is_empty());
    }

    #[test]
    fn a_piece_is_placed_carried_and_removed() {
        let (mut session, mut hand) = (session(), Hand::default());
        hand.tool = Tool::Place(Kind::WarpPipe);
        hand.cursor = Cell::new(5, 5);
        hand.press(&mut session, 0.0);
        let name = hand.selected.clone().expect("what was placed is selected");
        let at = session.board().piece(&name).unwrap().at;
        assert_eq!(hand.tool, Tool::Pipe, "none is left to place");
        hand.carry(&session);
        hand.cursor = at.offset(0, -1);
        hand.put_down(&mut session, 0.0);
        assert_eq!(session.board().piece(&name).unwrap().at, at.offset(0, -1));
        hand.remove_selected(&mut session, 0.0);
        assert!(session.board().piece(&name).is_none());
        assert!(session.undo() && session.undo() && session.undo());
        assert!(session.board().pieces().iter().all(|piece| piece.fixed));
    }
}
