//! Copy, cut, paste, duplicate, and turning round.

use super::carry::{Carrying, Load};
use super::{Doing, Hand, Tool};
use crate::session::Session;
use pipe_maze_level::board::{Clip, ClipPiece, ClipPipe};
use pipe_maze_level::{Cell, Edit, Refusal};

impl Hand {
    /// Keeps a copy of what is selected. Says whether there was something to copy.
    pub fn copy(&mut self, session: &Session) -> bool {
        let copied = Clip::copy(session.board(), self.selection.names());
        let some = copied.is_some();
        if let Some((clip, _)) = copied {
            self.clip = Some(clip);
        }
        some
    }

    /// Keeps a copy of what is selected and removes it.
    pub fn cut(&mut self, session: &mut Session, now_s: f64) {
        if self.copy(session) {
            self.remove_selected(session, now_s);
        }
    }

    /// Takes what was copied last into the hand, its middle at the cursor.
    pub fn paste(&mut self, session: &Session, now_s: f64) {
        let Some(clip) = self.clip.clone() else { return };
        let (columns, rows) = size(&clip);
        let origin = self.cursor.offset(-(columns / 2), -(rows / 2));
        self.carry_copy(session, clip, origin, now_s);
    }

    /// Takes a copy of what is selected into the hand.
    pub fn duplicate(&mut self, session: &Session, now_s: f64) {
        if let Some((clip, _)) = Clip::copy(session.board(), self.selection.names()) {
            let kept = self.clip.replace(clip);
            self.paste(session, now_s);
            self.clip = kept;
        } else if let Some(name) = self.selection.only() {
            self.refuse(Refusal::Fixed(name.clone()), now_s);
        }
    }

    fn carry_copy(&mut self, session: &Session, clip: Clip, origin: Cell, now_s: f64) {
        if session.play().is_some() {
            self.refuse(Refusal::NotInFlow, now_s);
            return;
        }
        if matches!(self.tool, Tool::Place(_)) {
            self.let_go();
        }
        let load = Load::Copy(clip, origin);
        self.doing = Doing::Carrying(Carrying { load, grip: self.cursor, turned: false, stays: true, armed: false });
    }

    /// Turns round what it carries or is about to place, or else what is selected.
    pub fn turn(&mut self, session: &mut Session, now_s: f64) {
        match &mut self.doing {
            Doing::Carrying(carrying) => {
                carrying.turned ^= true;
                if let Load::Copy(clip, origin) = &mut carrying.load {
                    let columns = size(clip).0;
                    *clip = mirrored(clip, columns);
                    // The cell that is held stays the one that is held.
                    let held = carrying.grip.column - origin.column;
                    *origin = origin.offset(held - (columns - 1 - held), 0);
                }
            }
            Doing::Nothing if matches!(self.tool, Tool::Place(_)) => self.turned ^= true,
            Doing::Nothing => self.turn_selected(session, now_s),
            _ => {}
        }
    }

    fn turn_selected(&mut self, session: &mut Session, now_s: f64) {
        let pieces = self.selection.names().filter_map(|name| session.board().piece(name));
        let mut edits: Vec<Edit> =
            pieces.map(|p| Edit::Rotate { name: p.name.clone(), to: p.facing.turned() }).collect();
        let edit = match edits.len() {
            0 => return,
            1 => edits.swap_remove(0),
            _ => Edit::Batch(edits),
        };
        if let Err(refusal) = session.edit(&edit) {
            self.refuse(refusal, now_s);
        }
    }
}

/// Columns and rows of a clip.
pub(super) fn size(clip: &Clip) -> (i32, i32) {
    let corners = clip.pieces.iter().map(|piece| {
        let (columns, rows) = piece.kind.size();
        piece.at.offset(columns, rows)
    });
    let cells = clip.pipes.iter().flat_map(|pipe| pipe.cells.iter().map(|cell| cell.offset(1, 1)));
    corners.chain(cells).fold((0, 0), |(columns, rows), cell| (columns.max(cell.column), rows.max(cell.row)))
}

/// A clip of that many columns in a mirror that stands upright.
fn mirrored(clip: &Clip, columns: i32) -> Clip {
    let pieces = clip.pieces.iter().map(|piece| ClipPiece {
        at: Cell::new(columns - piece.kind.size().0 - piece.at.column, piece.at.row),
        facing: piece.facing.turned(),
        ..piece.clone()
    });
    let mirror = |cell: &Cell| Cell::new(columns - 1 - cell.column, cell.row);
    let pipes =
        clip.pipes.iter().map(|pipe| ClipPipe { cells: pipe.cells.iter().map(mirror).collect(), shut: pipe.shut });
    Clip { pieces: pieces.collect(), pipes: pipes.collect() }
}
