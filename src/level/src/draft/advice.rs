//! What is doubtful about a level that may be sound.

use crate::board::Board;
use crate::format::{Flaw, Level, Place};

pub(super) fn flaws(level: &Level, board: &Board) -> Vec<(Place, Flaw)> {
    let mut flaws = Vec::new();
    for joint in board.joints().filter(|joint| !joint.is_whole()) {
        flaws.push((Place::Pipe(joint.pipe.name.clone()), Flaw::LooseEnd));
    }
    let _ = level;
    flaws
}
