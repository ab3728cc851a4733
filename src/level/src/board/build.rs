//! From a board back to edits: how to build it on the level's own board, whatever way it was built.

use super::{Board, Piece};
use crate::edit::Edit;
use crate::format::Level;
use crate::limits::EDITS_MAX;

impl Board {
    /// Edits that make this board out of [`Board::new`] of its level; nothing where that is not possible, because it is
    /// no board of that level.
    pub fn edits(&self, level: &Level) -> Option<Vec<Edit>> {
        let mut built = Self::new(level);
        let mut edits = Vec::new();
        for wanted in [removals, pieces, pipes, power_ups, settings, faults] {
            built.settle_on(self, wanted, &mut edits);
        }
        // What was in another's way at first may be possible now.
        for wanted in [settings, pipes, power_ups, settings] {
            built.settle_on(self, wanted, &mut edits);
        }
        (built == *self && edits.len() <= EDITS_MAX).then_some(edits)
    }

    /// Applies what is wanted and possible, again and again while that leads to something.
    fn settle_on(&mut self, target: &Self, wanted: fn(&Self, &Self) -> Vec<Edit>, edits: &mut Vec<Edit>) {
        loop {
            let before = edits.len();
            for edit in wanted(self, target) {
                if self.apply(&edit).is_ok() {
                    edits.push(edit);
                }
            }
            if edits.len() == before || edits.len() > EDITS_MAX || wanted(self, target).is_empty() {
                return;
            }
        }
    }
}

/// The player's pieces and pipes that are not in the target, or stand otherwise there.
fn removals(built: &Board, target: &Board) -> Vec<Edit> {
    let pipes = built.pipes.iter().filter(|pipe| target.pipe(&pipe.name).is_none_or(|its| its.cells != pipe.cells));
    let pieces = built.pieces.iter().filter(|piece| {
        !piece.fixed && target.piece(&piece.name).is_none_or(|its| its.fixed || !stands_alike(its, piece))
    });
    let pieces = pieces.map(|piece| Edit::Remove { name: piece.name.clone() });
    pieces.chain(pipes.map(|pipe| Edit::RemovePipe { name: pipe.name.clone() })).collect()
}

fn stands_alike(a: &Piece, b: &Piece) -> bool {
    a.at == b.at && a.facing == b.facing && a.spec.kind() == b.spec.kind()
}

fn pieces(built: &Board, target: &Board) -> Vec<Edit> {
    missing(built, target, true)
}

fn power_ups(built: &Board, target: &Board) -> Vec<Edit> {
    missing(built, target, false)
}

/// Pieces that are still to be placed or turned: those on the ground, or those on pipes and pieces.
fn missing(built: &Board, target: &Board, on_ground: bool) -> Vec<Edit> {
    let wanted = target.pieces.iter().filter(|piece| piece.stands_on_ground() == on_ground);
    let edits = wanted.filter_map(|piece| {
        let name = piece.name.clone();
        match built.piece(&piece.name) {
            None => Some(Edit::Place { name, kind: piece.spec.kind(), at: piece.at }),
            Some(its) if its.facing != piece.facing => Some(Edit::Rotate { name, to: piece.facing }),
            Some(_) => None,
        }
    });
    edits.collect()
}

fn pipes(built: &Board, target: &Board) -> Vec<Edit> {
    let edits = target.pipes.iter().filter_map(|pipe| {
        let name = pipe.name.clone();
        match built.pipe(&pipe.name) {
            None => Some(Edit::LayPipe { name, cells: pipe.cells.clone() }),
            Some(its) if its.shut != pipe.shut => Some(Edit::Valve { name, shut: pipe.shut }),
            Some(_) => None,
        }
    });
    edits.collect()
}

/// Faults of the player that the target has not, and those that only it has.
fn faults(built: &Board, target: &Board) -> Vec<Edit> {
    let gone = built.faults().iter().filter(|fault| !target.faults().contains(fault));
    let new = target.faults().iter().filter(|fault| !built.faults().contains(fault));
    let gone = gone.map(|fault| Edit::Remove { name: fault.name.clone() });
    let new = new.map(|fault| {
        let at = fault.cells.first().copied().unwrap_or_default();
        Edit::PlaceEnemy { name: fault.name.clone(), kind: fault.kind.kind(), at }
    });
    gone.chain(new).collect()
}

fn settings(built: &Board, target: &Board) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (piece, its) in target.pieces.iter().filter_map(|piece| Some((piece, built.piece(&piece.name)?))) {
        for param in piece.spec.kind().params() {
            let wanted = param.get(&piece.spec);
            if wanted == param.get(&its.spec) {
                continue;
            }
            if let Some(setting) = wanted.and_then(|value| param.setting(value)) {
                edits.push(Edit::Configure { name: piece.name.clone(), setting });
            }
        }
    }
    edits
}
