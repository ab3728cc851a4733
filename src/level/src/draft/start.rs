//! What is built already when the player comes: kept as the edits that build it.

use super::refusal::DraftRefusal;
use crate::board::Board;
use crate::edit::Edit;
use crate::format::Level;
use crate::grid::Cell;
use crate::limits::EDITS_MAX;

/// Changes what is built already. While all of it can be built, it is kept as the fewest edits that do so.
pub(super) fn apply(level: &mut Level, edit: &Edit) -> Result<(), DraftRefusal> {
    let more = plain(std::slice::from_ref(edit))?;
    let (mut board, whole) = built(level);
    board.apply(edit)?;
    let tidied = whole.then(|| tidy(level, &board)).flatten();
    match tidied {
        Some(edits) => level.start = edits,
        None => level.start.extend(more),
    }
    Ok(())
}

/// The edits one by one, without batches. Those that are no part of the player's vocabulary are refused.
pub(super) fn plain(edits: &[Edit]) -> Result<Vec<Edit>, DraftRefusal> {
    let mut plain = Vec::new();
    for edit in edits {
        match edit {
            Edit::Batch(edits) => plain.extend(self::plain(edits)?),
            Edit::Restore(_) | Edit::RestorePipe(_) => return Err(DraftRefusal::NoSuchEntry),
            other => plain.push(other.clone()),
        }
        if plain.len() > EDITS_MAX {
            return Err(DraftRefusal::TooMany("start"));
        }
    }
    Ok(plain)
}

/// The level's board, and whether all that shall be built already can be.
pub(super) fn built(level: &Level) -> (Board, bool) {
    let mut board = Board::bare(level);
    let refused = level.start.iter().filter(|edit| board.apply(edit).is_err()).count();
    (board, refused == 0)
}

/// The fewest edits that build that board; nothing where it is none of the level.
pub(super) fn tidy(level: &Level, board: &Board) -> Option<Vec<Edit>> {
    let bare = Level { start: Vec::new(), ..level.clone() };
    board.edits(&bare)
}

/// Takes out what cannot be built any more.
pub(super) fn prune(level: &mut Level) {
    let mut board = Board::bare(level);
    level.start.retain(|edit| board.apply(edit).is_ok());
}

/// Gives something another name in all edits.
pub(super) fn rename(edits: &mut [Edit], from: &str, new: &str) {
    for edit in edits {
        match edit {
            Edit::Rename { name, to } => {
                [name, to].into_iter().filter(|each| *each == from).for_each(|each| *each = new.into())
            }
            Edit::Place { name, .. }
            | Edit::Remove { name }
            | Edit::Move { name, .. }
            | Edit::Rotate { name, .. }
            | Edit::LayPipe { name, .. }
            | Edit::Reroute { name, .. }
            | Edit::RemovePipe { name }
            | Edit::Configure { name, .. }
            | Edit::Valve { name, .. } => {
                if name == from {
                    *name = new.into();
                }
            }
            Edit::Batch(edits) => rename(edits, from, new),
            Edit::Restore(_) | Edit::RestorePipe(_) => {}
        }
    }
}

/// Puts all edits so many columns and rows further.
pub(super) fn offset(edits: &mut [Edit], columns: i32, rows: i32) {
    let further = |cell: &mut Cell| *cell = cell.offset(columns, rows);
    for edit in edits {
        match edit {
            Edit::Place { at, .. } => further(at),
            Edit::Move { to, .. } => further(to),
            Edit::LayPipe { cells, .. } | Edit::Reroute { cells, .. } => cells.iter_mut().for_each(further),
            Edit::Batch(edits) => offset(edits, columns, rows),
            _ => {}
        }
    }
}
