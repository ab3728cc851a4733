//! Undo and redo without limit: a board, and the edits that lead back and forth.

use super::Board;
use crate::edit::{Edit, Refusal};

/// A board with its past.
#[derive(Clone, Debug)]
pub struct History {
    board: Board,
    /// Edits that undo what was done, oldest first.
    done: Vec<Edit>,
    /// Edits that do again what was undone, oldest first.
    undone: Vec<Edit>,
}

impl History {
    /// A board without a past.
    pub const fn new(board: Board) -> Self {
        Self { board, done: Vec::new(), undone: Vec::new() }
    }

    /// The board as it is.
    pub const fn board(&self) -> &Board {
        &self.board
    }

    /// Applies an edit and remembers how to undo it.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Refusal> {
        let inverse = self.board.apply(edit)?;
        self.done.push(inverse);
        self.undone.clear();
        Ok(())
    }

    /// Undoes the last edit. Says whether there was one.
    pub fn undo(&mut self) -> bool {
        Self::turn(&mut self.board, &mut self.done, &mut self.undone)
    }

    /// Does again what was undone last. Says whether there was something.
    pub fn redo(&mut self) -> bool {
        Self::turn(&mut self.board, &mut self.undone, &mut self.done)
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to do again.
    pub fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    fn turn(board: &mut Board, from: &mut Vec<Edit>, to: &mut Vec<Edit>) -> bool {
        let Some(edit) = from.pop() else { return false };
        // An inverse of an edit that was applied is always possible; were it not, it is dropped and nothing changes.
        match board.apply(&edit) {
            Ok(inverse) => {
                to.push(inverse);
                true
            }
            Err(_) => false,
        }
    }
}
