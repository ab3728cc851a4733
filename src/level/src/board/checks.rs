//! What an edit must not break: ground, names, ends and price, each with its reason.

use super::{Board, Piece, is_name};
use crate::edit::Refusal;
use crate::grid::{Cell, Ground};
use crate::kind::Stands;
use std::collections::BTreeSet;

impl Board {
    /// The pipes whose ends join two outlets or two inlets. Taking a piece off can leave such a pipe behind.
    pub(super) fn clashes(&self) -> Vec<String> {
        let clashing = self.pipes.iter().filter(|pipe| self.check_ends(&pipe.cells).is_err());
        clashing.map(|pipe| pipe.name.clone()).collect()
    }

    /// A piece that comes must not turn a pipe between two pieces into one between two outlets, or two inlets.
    pub(super) fn check_new_clash(&self, before: &[String]) -> Result<(), Refusal> {
        let mut others = self.pipes.iter().filter(|pipe| !before.contains(&pipe.name));
        others.try_for_each(|pipe| self.check_ends(&pipe.cells))
    }

    pub(super) fn check_new_name(&self, name: &str) -> Result<(), Refusal> {
        if !is_name(name) {
            return Err(Refusal::BadName(name.chars().take(40).collect()));
        }
        if self.has(name) { Err(Refusal::NameTaken(name.into())) } else { Ok(()) }
    }

    /// The piece may stand where it stands; it is not in its own way.
    pub(super) fn check_place(&self, piece: &Piece) -> Result<(), Refusal> {
        match piece.spec.kind().stands() {
            Stands::Ground => self.check_ground(piece),
            Stands::Pipe => self.check_on_pipe(piece),
            Stands::Caller => self.check_on_caller(piece),
        }
    }

    fn check_ground(&self, piece: &Piece) -> Result<(), Refusal> {
        for cell in piece.cells() {
            self.check_carved(cell)?;
            if let Some(there) = self.ground_piece_at(cell).filter(|there| there.name != piece.name) {
                return Err(Refusal::PieceThere(cell, there.name.clone()));
            }
            if let Some(pipe) = self.pipe_at(cell) {
                return Err(Refusal::PipeThere(cell, pipe.name.clone()));
            }
        }
        Ok(())
    }

    /// A pipe may run through those cells; the pipe `name` itself is not in its own way.
    pub(super) fn check_route(&self, name: &str, cells: &[Cell]) -> Result<(), Refusal> {
        let refused = self.check_cells(name, cells).map_err(|(_, refusal)| refusal);
        refused.and(if cells.is_empty() { Err(Refusal::NoCells) } else { Ok(()) })
    }

    /// The same, of what is there so far; says which cell is the first in which it may not.
    pub(super) fn check_cells(&self, name: &str, cells: &[Cell]) -> Result<(), (usize, Refusal)> {
        let mut seen = BTreeSet::new();
        let mut check = |i: usize, cell: Cell| {
            self.check_carved(cell)?;
            if i > 0 && cells[i - 1].heading_to(cell).is_none() {
                return Err(Refusal::NotBeside(cell));
            }
            if !seen.insert(cell) {
                return Err(Refusal::Twice(cell));
            }
            if let Some(piece) = self.ground_piece_at(cell) {
                return Err(Refusal::PieceThere(cell, piece.name.clone()));
            }
            self.check_bridge(name, cells, i)
        };
        cells.iter().enumerate().try_for_each(|(i, &cell)| check(i, cell).map_err(|refusal| (i, refusal)))
    }

    fn check_carved(&self, cell: Cell) -> Result<(), Refusal> {
        if !self.terrain.contains(cell) {
            return Err(Refusal::OutsideMap(cell));
        }
        match self.terrain.ground(cell) {
            Ground::Tunnel => Ok(()),
            Ground::Rock => Err(Refusal::Rock(cell)),
            Ground::Sky => Err(Refusal::Sky(cell)),
        }
    }

    pub(super) fn check_price(&self, price: u32, given_back: u32) -> Result<(), Refusal> {
        let left = self.coins_left().saturating_add(given_back);
        if price > left { Err(Refusal::TooDear { price, left }) } else { Ok(()) }
    }
}
