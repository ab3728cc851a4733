//! What the steps of a tutorial speak of: pieces, kinds of piece and fault, and knobs.

use super::{Condition, Pointer, Step, Which};
use crate::enemy::EnemyKind;
use crate::kind::Kind;

/// Something that a step speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Referred<'a> {
    /// One or several pieces.
    Piece(&'a Which),
    /// A kind in the inventory.
    Stock(Kind),
    /// A kind of fault in the arsenal.
    Fault(EnemyKind),
    /// A knob of a piece, by the key of its parameter.
    Knob(&'a Which, &'a str),
}

impl Step {
    /// Every piece that it speaks of.
    pub(crate) fn pieces_mut(&mut self) -> Vec<&mut Which> {
        let mut all: Vec<&mut Which> = self.points.iter_mut().flat_map(Pointer::pieces_mut).collect();
        self.until.note_pieces(&mut all);
        all
    }

    /// Everything that it speaks of.
    pub(crate) fn referred(&self) -> Vec<Referred<'_>> {
        let mut all: Vec<Referred<'_>> = self.points.iter().flat_map(Pointer::referred).collect();
        self.until.note_referred(&mut all);
        all
    }

    /// The names of pieces in it.
    pub(crate) fn names(&self) -> Vec<&str> {
        let name = |referred| match referred {
            Referred::Piece(Which::Named(name)) => Some(name.as_str()),
            _ => None,
        };
        self.referred().into_iter().filter_map(name).collect()
    }
}

impl Pointer {
    fn pieces_mut(&mut self) -> Vec<&mut Which> {
        match self {
            Self::Piece(which) => vec![which],
            Self::Pipe(from, to) => vec![from, to],
            _ => Vec::new(),
        }
    }

    /// Everything that it points at and that could be missing.
    pub(crate) fn referred(&self) -> Vec<Referred<'_>> {
        match self {
            Self::Piece(which) => vec![Referred::Piece(which)],
            Self::Pipe(from, to) => vec![Referred::Piece(from), Referred::Piece(to)],
            Self::Place(kind, _) => vec![Referred::Stock(*kind)],
            Self::Loose(kind, _) => vec![Referred::Fault(*kind)],
            Self::Cell(_) | Self::Button(_) => Vec::new(),
        }
    }
}

impl Condition {
    fn note_pieces<'a>(&'a mut self, all: &mut Vec<&'a mut Which>) {
        match self {
            Self::Joined(from, to) => all.extend([from, to]),
            Self::Turned(which, _) => all.push(which),
            Self::Either(parts) => parts.iter_mut().for_each(|part| part.note_pieces(all)),
            _ => {}
        }
    }

    fn note_referred<'a>(&'a self, all: &mut Vec<Referred<'a>>) {
        match self {
            Self::Placed(kind) => all.push(Referred::Stock(*kind)),
            Self::Loosed(kind) => all.push(Referred::Fault(*kind)),
            Self::Joined(from, to) => all.extend([Referred::Piece(from), Referred::Piece(to)]),
            Self::Turned(which, knob) => all.extend([Referred::Piece(which), Referred::Knob(which, knob)]),
            Self::Either(parts) => parts.iter().for_each(|part| part.note_referred(all)),
            Self::Flowing | Self::Passed(_) | Self::Suffered(_) | Self::Ordered | Self::Won => {}
        }
    }

    /// Every knob in it, with whose it is.
    pub(crate) fn knobs_mut(&mut self) -> Vec<&mut String> {
        match self {
            Self::Turned(_, knob) => vec![knob],
            Self::Either(parts) => parts.iter_mut().flat_map(Self::knobs_mut).collect(),
            _ => Vec::new(),
        }
    }
}
