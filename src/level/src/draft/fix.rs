//! Quick fixes: an edit that mends a problem, where one can be told.

use super::edit::LevelEdit;
use crate::edit::Edit;
use crate::format::{Flaw, Level, Place};

pub(super) fn of(level: &Level, place: &Place, flaw: &Flaw) -> Option<LevelEdit> {
    match (place, flaw) {
        (Place::Pipe(name), Flaw::LooseEnd) => Some(LevelEdit::Start(Edit::RemovePipe { name: name.clone() })),
        (Place::Start(nth), Flaw::Start(_)) => {
            let mut edits = level.start.clone();
            edits.remove(*nth as usize);
            Some(LevelEdit::StartList(edits))
        }
        _ => None,
    }
}
