//! The player's hand on the board: which tool it holds, what it draws, carries and has selected.
//!
//! Pointer and keys move the same hand, so that everything which can be done with one can be done with the other. The
//! hand knows neither: it is a state machine from presses, moves and releases on cells to edits and previews.
//!
//! ```text
//! nothing ── press on free ground ──> drawing      ── release ──> a pipe is laid
//!    │    ── press on a pipe's end ─> drawing      ── release ──> it goes on, or gets shorter
//!    │    ── press on what stands ──> gripping     ── release ──> it is selected
//!    │                                    └── move ─> carrying, or rerouting ── release ──> it moves, with its pipes
//!    │    ── press with Shift, or with the select tool on free ground ─> boxing ── release ──> what is in it is selected
//!    │    ── press with a piece ────> placing      ── release ──> it stands there
//!    └─── paste, duplicate, hold ───> carrying     ── next press and release ──> it is put down
//! ```

mod carry;
mod clipboard;
mod draw;
mod preview;
mod route;
mod selection;
#[cfg(test)]
mod tests;

pub use carry::Carrying;
pub use draw::Drawing;
pub use preview::{Ghost, Preview};
pub use route::Rerouting;
pub use selection::Selection;

use crate::Screen;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::board::Clip;
use pipe_maze_level::{Board, Cell, Edit, Enemy, EnemyKind, Kind, Refusal};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hand>();
    app.add_systems(OnEnter(Screen::Board), |mut hand: ResMut<Hand>| *hand = Hand::default());
}

/// What the hand does when it touches the board.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tool {
    /// Draws pipes; selects and moves what is there.
    #[default]
    Pipe,
    /// Selects and moves what is there; on free ground it draws a box.
    Select,
    /// Moves the view.
    View,
    /// Places a piece.
    Place(Kind),
    /// Lets a fault loose.
    Loose(EnemyKind),
}

/// What the hand is at.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Doing {
    /// Nothing.
    #[default]
    Nothing,
    /// Pressed on what stands in that cell: a move takes it along.
    Gripping(Cell),
    /// Draws a pipe.
    Drawing(Drawing),
    /// Pulls a pipe elsewhere.
    Rerouting(Rerouting),
    /// Carries what is selected, or a copy.
    Carrying(Carrying),
    /// Draws a box from that cell.
    Boxing(Cell),
    /// Presses with a piece in the hand.
    Placing,
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
    /// What was refused.
    pub ghost: Ghost,
}

/// The player's hand.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Hand {
    /// What it holds.
    pub tool: Tool,
    /// Whether pieces that it places are turned round.
    pub turned: bool,
    /// The cell it is at.
    pub cursor: Cell,
    /// Whether the cursor shows: with the keyboard always.
    pub show_cursor: bool,
    /// What it is at.
    pub doing: Doing,
    /// Where it has just done something: the next ghost waits until it leaves that cell.
    pub rest: Option<Cell>,
    /// What is selected.
    pub selection: Selection,
    /// What was copied last.
    pub clip: Option<Clip>,
    /// The last refusal.
    pub reason: Option<Reason>,
    /// A kind that falls into its place, its upper left cell there, where it is placed with its middle anywhere upon it.
    pub magnet: Option<(Kind, Cell)>,
}

impl Hand {
    /// How long ago the last refusal was, in seconds.
    pub fn reason_age_s(&self, time: &Time) -> Option<f32> {
        self.reason.as_ref().map(|reason| (time.elapsed_secs_f64() - reason.since_s) as f32)
    }

    /// Shows why something was refused, at the cell concerned.
    pub fn refuse(&mut self, refusal: Refusal, now_s: f64) {
        self.refuse_ghost(refusal, Ghost::default(), now_s);
    }

    fn refuse_ghost(&mut self, refusal: Refusal, ghost: Ghost, now_s: f64) {
        let at = refusal.cell().unwrap_or(self.cursor);
        self.reason = Some(Reason { at, refusal, since_s: now_s, ghost });
    }

    /// The pipe that it draws.
    pub const fn drawing(&self) -> Option<&Drawing> {
        match &self.doing {
            Doing::Drawing(drawing) => Some(drawing),
            _ => None,
        }
    }

    /// Whether it carries something that the next press puts down.
    pub const fn carries(&self) -> bool {
        matches!(self.doing, Doing::Carrying(_))
    }

    /// Whether it draws, leads or carries something.
    pub const fn is_at_work(&self) -> bool {
        matches!(self.doing, Doing::Drawing(_) | Doing::Rerouting(_) | Doing::Carrying(_))
    }

    /// Takes up a tool.
    pub fn take_tool(&mut self, tool: Tool) {
        self.let_go();
        self.tool = tool;
        if let Tool::Place(_) | Tool::Loose(_) = tool {
            self.selection.clear();
            // The ghost comes with the pointer; where keys are in use it is at the cursor at once.
            self.rest = Some(self.cursor).filter(|_| !self.show_cursor);
        }
    }

    /// Gives up what it is at. Says whether there was something.
    pub fn cancel(&mut self) -> bool {
        std::mem::take(&mut self.doing) != Doing::Nothing
    }

    /// Lets go of everything that is not done yet, and takes up the first tool. Says whether there was something.
    pub fn let_go(&mut self) -> bool {
        let was = self.cancel();
        self.turned = false;
        let tool = std::mem::take(&mut self.tool);
        was || tool != Tool::Pipe
    }

    /// One step back: what it is at, then the tool, then what is selected. Says whether there was something.
    pub fn back(&mut self) -> bool {
        self.cancel() || self.let_go() || self.selection.clear()
    }

    /// Touches the board at a cell; with `adding`, to add to what is selected or to take from it.
    pub fn press(&mut self, session: &mut Session, cell: Cell, adding: bool, now_s: f64) {
        self.cursor = cell;
        let name = thing_at(session.board(), cell);
        if session.play().is_some() {
            self.selection.set(name);
            return;
        }
        self.rest = None;
        if let Doing::Carrying(carrying) = &mut self.doing {
            carrying.armed = true;
            return;
        }
        match (self.tool, name) {
            (Tool::Place(_) | Tool::Loose(_), _) => self.doing = Doing::Placing,
            (_, Some(name)) if adding => self.selection.toggle(name),
            (_, None) if adding => self.doing = Doing::Boxing(cell),
            (Tool::Pipe, Some(name)) => {
                let goes_on = draw::go_on(session.board(), &name, cell);
                self.doing = match goes_on.filter(|_| session.board().chaos().is_none()) {
                    Some(drawing) => Doing::Drawing(drawing),
                    None => Doing::Gripping(cell),
                };
                self.selection.grip(name);
            }
            (_, Some(name)) => {
                self.doing = Doing::Gripping(cell);
                self.selection.grip(name);
            }
            // Where the system stays as it is there is nothing to draw.
            (Tool::Pipe, None) if session.board().chaos().is_some() => {
                self.selection.clear();
            }
            (Tool::Pipe, None) => self.begin_pipe(session.board(), now_s),
            (_, None) => {
                self.selection.clear();
                self.doing = Doing::Boxing(cell);
            }
        }
    }

    /// Moves to a cell. What it is at follows.
    pub fn move_to(&mut self, session: &Session, cell: Cell, now_s: f64) {
        self.cursor = cell;
        self.rest = self.rest.filter(|&rest| rest == cell);
        if let Doing::Gripping(from) = self.doing
            && from != cell
        {
            self.take(session, from, now_s);
        }
        if let Doing::Carrying(carrying) = &mut self.doing {
            carrying.armed = true;
        }
        let board = session.board();
        let blocked = match &mut self.doing {
            Doing::Drawing(drawing) => drawing.follow(board, cell),
            Doing::Rerouting(rerouting) => rerouting.follow(board, cell),
            _ => None,
        };
        if let Some(refusal) = blocked {
            self.reason = Some(Reason { at: cell, refusal, since_s: now_s, ghost: Ghost::default() });
        }
    }

    /// Lets go of the board: what was begun is done.
    pub fn release(&mut self, session: &mut Session, now_s: f64) {
        match self.doing {
            Doing::Nothing => {}
            Doing::Gripping(cell) => {
                self.doing = Doing::Nothing;
                self.selection.set(thing_at(session.board(), cell));
            }
            Doing::Boxing(from) => {
                self.doing = Doing::Nothing;
                self.selection.add_all(session.board().inside(from, self.cursor));
            }
            Doing::Carrying(Carrying { armed: false, .. }) => {}
            Doing::Carrying(_) => self.put_down(session, now_s),
            Doing::Drawing(_) | Doing::Rerouting(_) => {
                self.finish(session, now_s);
            }
            Doing::Placing => self.place(session, now_s),
        }
    }

    /// Stays on what it has pressed: from now on the hand carries it, until the next press.
    pub fn hold(&mut self, session: &Session, now_s: f64) {
        let Doing::Gripping(from) = self.doing else { return };
        self.take(session, from, now_s);
        if let Doing::Carrying(carrying) = &mut self.doing {
            (carrying.stays, carrying.armed) = (true, false);
        }
    }

    /// What Enter does: what a press does, and the next time what a release does.
    pub fn act(&mut self, session: &mut Session, adding: bool, now_s: f64) {
        let cell = self.cursor;
        match self.doing {
            Doing::Carrying(_) => self.put_down(session, now_s),
            Doing::Nothing => {
                let again = thing_at(session.board(), cell).is_some_and(|name| self.selection.contains(&name));
                self.press(session, cell, adding, now_s);
                match self.doing {
                    Doing::Gripping(_) if again => self.hold(session, now_s),
                    Doing::Gripping(_) | Doing::Placing => self.release(session, now_s),
                    _ => {}
                }
            }
            _ => self.release(session, now_s),
        }
    }

    /// Removes what is selected, all of it or nothing.
    pub fn remove_selected(&mut self, session: &mut Session, now_s: f64) {
        self.cancel();
        let board = session.board();
        let names: Vec<&str> = self.selection.names().filter(|name| has(board, name)).collect();
        let edit = match names[..] {
            [] => return,
            [name] if board.pipe(name).is_some() => Edit::RemovePipe { name: name.into() },
            [name] => Edit::Remove { name: name.into() },
            _ if board.chaos().is_some() => {
                Edit::Batch(names.into_iter().map(|name| Edit::Remove { name: name.into() }).collect())
            }
            _ => board.removal(names),
        };
        match session.edit(&edit) {
            Ok(()) => {
                self.selection.clear();
            }
            Err(refusal) => self.refuse(refusal, now_s),
        }
    }

    /// Selects everything that is the player's own.
    pub fn select_all(&mut self, board: &Board) {
        if board.chaos().is_some() {
            self.selection.clear();
            return self.selection.add_all(board.faults().iter().map(|fault| fault.name.clone()));
        }
        let pieces = board.pieces().iter().filter(|piece| !piece.fixed).map(|piece| piece.name.clone());
        let pipes = board.pipes().iter().map(|pipe| pipe.name.clone());
        self.selection.clear();
        self.selection.add_all(pieces.chain(pipes));
    }

    /// Does what the preview shows; where it is refused, says why.
    fn finish(&mut self, session: &mut Session, now_s: f64) -> bool {
        let preview = self.preview(session);
        self.doing = Doing::Nothing;
        let Some(Preview { edit, ghost, .. }) = preview else { return true };
        match session.edit(&edit) {
            Ok(()) => true,
            Err(refusal) => {
                self.refuse_ghost(refusal, ghost, now_s);
                false
            }
        }
    }

    fn place(&mut self, session: &mut Session, now_s: f64) {
        let key = match self.tool {
            Tool::Place(kind) => kind.key(),
            Tool::Loose(kind) => kind.key(),
            _ => return,
        };
        let name = session.board().free_name(key);
        if self.finish(session, now_s) {
            self.selection.set(Some(name));
            let left = match self.tool {
                Tool::Place(kind) => session.board().left(kind),
                Tool::Loose(kind) => session.board().faults_left(kind),
                _ => 0,
            };
            if left == 0 {
                self.let_go();
            }
        }
        self.rest = Some(self.cursor);
    }
}

/// The fault of the player, the piece or the pipe in a cell.
fn thing_at(board: &Board, cell: Cell) -> Option<String> {
    if let Some(fault) = board.fault_at(cell) {
        return Some(fault.name.clone());
    }
    let piece = board.piece_at(cell).map(|piece| piece.name.clone());
    piece.or_else(|| board.pipe_at(cell).map(|pipe| pipe.name.clone()))
}

fn has(board: &Board, name: &str) -> bool {
    board.piece(name).is_some() || board.pipe(name).is_some() || fault(board, name).is_some()
}

/// The fault of the player of that name.
fn fault<'a>(board: &'a Board, name: &str) -> Option<&'a Enemy> {
    board.faults().iter().find(|fault| fault.name == name)
}
