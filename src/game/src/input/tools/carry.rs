//! Carrying: what is selected goes elsewhere with its pipes, or a copy is put down.

use super::{Doing, Hand, Rerouting, fault, has};
use crate::session::Session;
use pipe_maze_level::board::Clip;
use pipe_maze_level::{Board, Cell, Edit, Pipe, Refusal};

/// What the hand carries.
#[derive(Clone, PartialEq, Debug)]
pub struct Carrying {
    /// What.
    pub load: Load,
    /// The cell at which it was taken.
    pub grip: Cell,
    /// Whether pieces are turned round on the way.
    pub turned: bool,
    /// Whether it stays in the hand where it cannot be put down.
    pub stays: bool,
    /// Whether the next release puts it down.
    pub armed: bool,
}

/// Pieces and pipes of the board, or a copy.
#[derive(Clone, PartialEq, Debug)]
pub enum Load {
    /// These, by name.
    Things(Vec<String>),
    /// A copy whose top left cell was here.
    Copy(Clip, Cell),
}

impl Hand {
    /// Takes what it has pressed in that cell: everything that is selected, or the one pipe to pull it elsewhere.
    pub(super) fn take(&mut self, session: &Session, from: Cell, now_s: f64) {
        let board = session.board();
        let names: Vec<String> = self.selection.names().filter(|name| has(board, name)).map(str::to_owned).collect();
        self.doing = Doing::Nothing;
        if let [name] = &names[..]
            && board.chaos().is_none()
            && let Some(rerouting) = Rerouting::of(board, name, from)
        {
            self.doing = Doing::Rerouting(rerouting);
            return;
        }
        let is_system = |name: &String| board.chaos().is_some() && fault(board, name).is_none();
        let own = |name: &String| !is_system(name) && board.piece(name).is_none_or(|piece| !piece.fixed);
        let (own, fixed): (Vec<String>, Vec<String>) = names.into_iter().partition(own);
        if !own.is_empty() {
            let load = Load::Things(own);
            self.doing = Doing::Carrying(Carrying { load, grip: from, turned: false, stays: false, armed: true });
        } else if let Some(name) = fixed.into_iter().next() {
            let stays = if board.chaos().is_some() { Refusal::SystemStays } else { Refusal::Fixed(name) };
            self.refuse(stays, now_s);
        }
    }

    /// Puts down what it carries. What cannot be put down here, and was not dragged here, stays in the hand.
    pub(super) fn put_down(&mut self, session: &mut Session, now_s: f64) {
        let Doing::Carrying(carrying) = self.doing.clone() else { return };
        let before = session.board().clone();
        if !self.finish(session, now_s) {
            if carrying.stays {
                self.doing = Doing::Carrying(Carrying { armed: false, ..carrying });
            }
            return;
        }
        if let Load::Copy(..) = carrying.load {
            let after = session.board();
            let pieces = after.pieces().iter().map(|piece| &piece.name);
            let new = pieces.chain(after.pipes().iter().map(|pipe| &pipe.name)).filter(|name| !has(&before, name));
            self.selection.clear();
            self.selection.add_all(new.cloned());
        }
    }
}

impl Carrying {
    /// The edit that puts it down with the hand at that cell; nothing where that would change nothing.
    pub(super) fn edit(&self, board: &Board, cursor: Cell) -> Option<Edit> {
        let by = (cursor.column - self.grip.column, cursor.row - self.grip.row);
        match &self.load {
            Load::Copy(clip, origin) => Some(clip.put(board, origin.offset(by.0, by.1))),
            Load::Things(names) => things(board, names, by, self.turned),
        }
    }
}

fn things(board: &Board, names: &[String], by: (i32, i32), turned: bool) -> Option<Edit> {
    let (along, stays): (Vec<&Pipe>, bool) = (pipes_along(board, names), by == (0, 0));
    let mut pieces: Vec<_> = names.iter().filter_map(|name| board.piece(name)).collect();
    // Those in front go first, so that none is in another's way.
    pieces.sort_by_key(|piece| -(piece.at.column * by.0.signum() + piece.at.row * by.1.signum()));
    let mut edits = Vec::new();
    if !stays {
        edits.extend(along.iter().map(|pipe| Edit::RemovePipe { name: pipe.name.clone() }));
        let moves = pieces.iter().map(|p| Edit::Move { name: p.name.clone(), to: p.at.offset(by.0, by.1) });
        edits.extend(moves);
        let faults = names.iter().filter_map(|name| fault(board, name));
        edits.extend(faults.flat_map(|fault| {
            let to = fault.cells.first().map(|cell| cell.offset(by.0, by.1));
            to.map(|to| Edit::Move { name: fault.name.clone(), to })
        }));
        for pipe in along {
            let cells = pipe.cells.iter().map(|cell| cell.offset(by.0, by.1)).collect();
            edits.push(Edit::LayPipe { name: pipe.name.clone(), cells });
            if pipe.shut {
                edits.push(Edit::Valve { name: pipe.name.clone(), shut: true });
            }
        }
    }
    if turned {
        edits.extend(pieces.iter().map(|p| Edit::Rotate { name: p.name.clone(), to: p.facing.turned() }));
    }
    match edits.len() {
        0 => None,
        1 => edits.pop(),
        _ => Some(Edit::Batch(edits)),
    }
}

/// The pipes of these that go along as they are: those with no end at a piece that stays. The others follow the pieces.
fn pipes_along<'a>(board: &'a Board, names: &[String]) -> Vec<&'a Pipe> {
    let goes = |name: &str| names.iter().any(|each| each == name);
    let joints = board.joints().filter(|joint| goes(&joint.pipe.name));
    let along = joints.filter(|joint| {
        joint.source.is_none_or(|(piece, ..)| goes(piece)) && joint.target.is_none_or(|(piece, _)| goes(piece))
    });
    along.map(|joint| joint.pipe).collect()
}
