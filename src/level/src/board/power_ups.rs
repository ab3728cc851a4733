//! Power-ups: pieces that stand on a pipe or on a piece, and change the calls that are made there.
//!
//! A power-up goes where its host goes, and leaves the board with it.

use super::{Board, Piece, Pipe};
use crate::edit::{Edit, Refusal};
use crate::grid::Cell;
use crate::kind::Stands;

impl Board {
    /// The power-up on a cell.
    pub fn power_up_at(&self, cell: Cell) -> Option<&Piece> {
        self.pieces.iter().find(|piece| !piece.stands_on_ground() && piece.at == cell)
    }

    /// The power-ups on a pipe.
    pub fn power_ups_on_pipe<'a>(&'a self, pipe: &'a Pipe) -> impl Iterator<Item = &'a Piece> {
        let there = |piece: &&Piece| piece.spec.kind().stands() == Stands::Pipe && pipe.cells.contains(&piece.at);
        self.pieces.iter().filter(there)
    }

    /// The power-ups on a piece.
    pub fn power_ups_on_piece<'a>(&'a self, host: &'a Piece) -> impl Iterator<Item = &'a Piece> {
        let on = |cell: Cell| host.stands_on_ground() && host.cells().any(|c| c == cell);
        self.pieces.iter().filter(move |piece| piece.spec.kind().stands() == Stands::Caller && on(piece.at))
    }

    pub(super) fn check_on_pipe(&self, piece: &Piece) -> Result<(), Refusal> {
        let mut pipes = self.pipes_at(piece.at);
        let (Some(pipe), None) = (pipes.next(), pipes.next()) else { return Err(Refusal::NeedsPipe(piece.at)) };
        has_one(piece, self.power_ups_on_pipe(pipe))
    }

    pub(super) fn check_on_caller(&self, piece: &Piece) -> Result<(), Refusal> {
        let host = self.ground_piece_at(piece.at).filter(|host| host.spec.kind().calls());
        let host = host.ok_or(Refusal::NeedsCaller(piece.at))?;
        has_one(piece, self.power_ups_on_piece(host))
    }

    /// A power-up on a pipe is of use only where calls are made. Not asked when something is put back as it was.
    pub(super) fn check_of_use(&self, piece: &Piece) -> Result<(), Refusal> {
        if piece.spec.kind().stands() != Stands::Pipe {
            return Ok(());
        }
        let mut here = self.joints().filter(|joint| joint.pipe.cells.contains(&piece.at));
        let source = here.find_map(|joint| joint.source).and_then(|(name, ..)| self.piece(name));
        match source {
            Some(source) if !source.spec.kind().calls() => Err(Refusal::NoCallsHere(piece.at)),
            _ => Ok(()),
        }
    }

    /// Takes the power-ups off a pipe, for as long as it is laid anew.
    pub(super) fn lift(&mut self, pipe: &str, undo: &mut Vec<Edit>) -> Vec<Lifted> {
        let Some(pipe) = self.pipe(pipe) else { return Vec::new() };
        let place = |cell: Cell| pipe.cells.iter().position(|&c| c == cell).unwrap_or_default();
        let lifted: Vec<Lifted> =
            self.power_ups_on_pipe(pipe).map(|piece| Lifted { piece: piece.clone(), place: place(piece.at) }).collect();
        for Lifted { piece, .. } in &lifted {
            undo.push(self.take_off(&piece.name));
        }
        lifted
    }

    /// Puts power-ups on a pipe again: where they stood, else as far from its first cell, else near there. One that
    /// finds no place stays off.
    pub(super) fn settle(&mut self, lifted: Vec<Lifted>, pipe: &str, undo: &mut Vec<Edit>) {
        for Lifted { piece, place } in lifted {
            let cells = self.pipe(pipe).map(|pipe| pipe.cells.clone()).unwrap_or_default();
            let mut places: Vec<(usize, Cell)> = cells.into_iter().enumerate().collect();
            places.sort_by_key(|&(i, cell)| (cell != piece.at, i.abs_diff(place)));
            let mut tries = places.into_iter().map(|(_, at)| self.restore(Piece { at, ..piece.clone() }));
            undo.extend(tries.find_map(Result::ok));
        }
    }

    /// Takes off a piece that is there.
    pub(super) fn take_off(&mut self, name: &str) -> Edit {
        match self.pieces.iter().position(|piece| piece.name == name) {
            Some(index) => Edit::Restore(self.pieces.remove(index)),
            None => Edit::Batch(Vec::new()),
        }
    }
}

/// A power-up that was taken off a pipe, and its place among the pipe's cells.
pub(super) struct Lifted {
    piece: Piece,
    place: usize,
}

fn has_one<'a>(piece: &Piece, mut there: impl Iterator<Item = &'a Piece>) -> Result<(), Refusal> {
    match there.find(|each| each.name != piece.name && each.spec.kind() == piece.spec.kind()) {
        Some(other) => Err(Refusal::HasOne(other.at, other.name.clone())),
        None => Ok(()),
    }
}
