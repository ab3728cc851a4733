//! Applying an edit: all checks first, then the change, then its inverse as the result.

use super::{Board, Piece, Pipe, footprint, is_name};
use crate::edit::{Edit, Refusal, Setting};
use crate::grid::{Cell, Ground};
use crate::kind::{Kind, KindSpec};
use crate::limits::{PIECES_MAX, PIPES_MAX};
use std::collections::BTreeSet;

impl Board {
    /// Applies an edit and gives the one that undoes it.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, Refusal> {
        match edit {
            Edit::Place { name, kind, at } => self.place(name, *kind, *at),
            Edit::Remove { name } => self.remove(name),
            Edit::Move { name, to } => self.shift(name, *to),
            Edit::LayPipe { name, cells } => self.lay(name, cells),
            Edit::RemovePipe { name } => self.take_up(name),
            Edit::Configure { name, setting } => self.configure(name, *setting),
            Edit::Valve { name, shut } => self.valve(name, *shut),
            Edit::Restore { name, at, spec } => self.restore(name, *at, spec.clone()),
            Edit::RestorePipe { name, cells, shut } => self.restore_pipe(name, cells, *shut),
        }
    }

    /// Why an edit would be refused, without applying it.
    pub fn refusal(&self, edit: &Edit) -> Option<Refusal> {
        self.clone().apply(edit).err()
    }

    fn place(&mut self, name: &str, kind: Kind, at: Cell) -> Result<Edit, Refusal> {
        let clashes = self.clashes();
        let undo = self.put(name, at, kind.default_spec())?;
        self.check_new_clash(&clashes).inspect_err(|_| self.pieces.retain(|piece| piece.name != name))?;
        Ok(undo)
    }

    /// A piece as it was. Joins are not checked: they were as they were, too.
    fn restore(&mut self, name: &str, at: Cell, spec: KindSpec) -> Result<Edit, Refusal> {
        let Some(index) = self.pieces.iter().position(|piece| piece.name == name) else {
            return self.put(name, at, spec);
        };
        self.own_piece(name)?;
        if self.pieces[index].spec.kind() != spec.kind() {
            return Err(Refusal::NameTaken(name.into()));
        }
        self.check_ground(spec.kind(), at, name)?;
        let piece = &mut self.pieces[index];
        let before = (std::mem::replace(&mut piece.at, at), std::mem::replace(&mut piece.spec, spec));
        Ok(Edit::Restore { name: name.into(), at: before.0, spec: before.1 })
    }

    fn put(&mut self, name: &str, at: Cell, spec: KindSpec) -> Result<Edit, Refusal> {
        let kind = spec.kind();
        self.check_new_name(name)?;
        if self.pieces.len() >= 2 * PIECES_MAX {
            return Err(Refusal::BoardFull);
        }
        let price = self.stock(kind).ok_or(Refusal::NoneLeft(kind))?.price;
        if self.left(kind) == 0 {
            return Err(Refusal::NoneLeft(kind));
        }
        self.check_ground(kind, at, name)?;
        self.check_price(price, 0)?;
        let index = self.pieces.partition_point(|piece| piece.name.as_str() < name);
        self.pieces.insert(index, Piece { name: name.into(), at, spec, fixed: false });
        Ok(Edit::Remove { name: name.into() })
    }

    fn remove(&mut self, name: &str) -> Result<Edit, Refusal> {
        let index = self.own_piece(name)?;
        let piece = self.pieces.remove(index);
        Ok(Edit::Restore { name: piece.name, at: piece.at, spec: piece.spec })
    }

    fn shift(&mut self, name: &str, to: Cell) -> Result<Edit, Refusal> {
        let index = self.own_piece(name)?;
        let (kind, from) = (self.pieces[index].spec.kind(), self.pieces[index].at);
        self.check_ground(kind, to, name)?;
        let clashes = self.clashes();
        self.pieces[index].at = to;
        self.check_new_clash(&clashes).inspect_err(|_| self.pieces[index].at = from)?;
        Ok(Edit::Restore { name: name.into(), at: from, spec: self.pieces[index].spec.clone() })
    }

    fn lay(&mut self, name: &str, cells: &[Cell]) -> Result<Edit, Refusal> {
        self.check_route(name, cells)?;
        self.check_ends(cells)?;
        let shut = self.pipe(name).is_some_and(|pipe| pipe.shut);
        self.put_pipe(name, cells, shut)
    }

    /// A pipe as it was. Joins are not checked: they were as they were, too.
    fn restore_pipe(&mut self, name: &str, cells: &[Cell], shut: bool) -> Result<Edit, Refusal> {
        self.check_route(name, cells)?;
        self.put_pipe(name, cells, shut)
    }

    fn put_pipe(&mut self, name: &str, cells: &[Cell], shut: bool) -> Result<Edit, Refusal> {
        let old = self.pipes.iter().position(|pipe| pipe.name == name);
        if old.is_none() {
            self.check_new_name(name)?;
            if self.pipes.len() >= PIPES_MAX {
                return Err(Refusal::BoardFull);
            }
        }
        let old_cells = old.map_or(0, |index| self.pipes[index].cells.len());
        let price = |count: usize| self.rules.price_per_cell.saturating_mul(count as u32);
        self.check_price(price(cells.len()), price(old_cells))?;
        let pipe = Pipe { name: name.into(), cells: cells.to_vec(), shut };
        match old {
            Some(index) => {
                let before = std::mem::replace(&mut self.pipes[index], pipe);
                Ok(Edit::RestorePipe { name: before.name, cells: before.cells, shut: before.shut })
            }
            None => {
                let index = self.pipes.partition_point(|pipe| pipe.name.as_str() < name);
                self.pipes.insert(index, pipe);
                Ok(Edit::RemovePipe { name: name.into() })
            }
        }
    }

    fn take_up(&mut self, name: &str) -> Result<Edit, Refusal> {
        let index = self.pipe_index(name)?;
        let pipe = self.pipes.remove(index);
        Ok(Edit::RestorePipe { name: pipe.name, cells: pipe.cells, shut: pipe.shut })
    }

    fn configure(&mut self, name: &str, setting: Setting) -> Result<Edit, Refusal> {
        let piece = self.pieces.iter_mut().find(|piece| piece.name == name);
        let piece = piece.ok_or_else(|| Refusal::NoSuch(name.into()))?;
        match (&mut piece.spec, setting) {
            (KindSpec::WarpPipe(spec), Setting::Policy(policy)) => {
                let before = std::mem::replace(&mut spec.policy, policy);
                Ok(Edit::Configure { name: name.into(), setting: Setting::Policy(before) })
            }
            _ => Err(Refusal::NoKnob(name.into())),
        }
    }

    fn valve(&mut self, name: &str, shut: bool) -> Result<Edit, Refusal> {
        let index = self.pipe_index(name)?;
        let before = std::mem::replace(&mut self.pipes[index].shut, shut);
        Ok(Edit::Valve { name: name.into(), shut: before })
    }

    fn own_piece(&self, name: &str) -> Result<usize, Refusal> {
        let index = self.pieces.iter().position(|piece| piece.name == name);
        let index = index.ok_or_else(|| Refusal::NoSuch(name.into()))?;
        if self.pieces[index].fixed { Err(Refusal::Fixed(name.into())) } else { Ok(index) }
    }

    fn pipe_index(&self, name: &str) -> Result<usize, Refusal> {
        let index = self.pipes.iter().position(|pipe| pipe.name == name);
        index.ok_or_else(|| Refusal::NoSuch(name.into()))
    }

    /// The pipes whose ends join two outlets or two inlets. Taking a piece off can leave such a pipe behind.
    fn clashes(&self) -> Vec<String> {
        let clashing = self.pipes.iter().filter(|pipe| self.check_ends(&pipe.cells).is_err());
        clashing.map(|pipe| pipe.name.clone()).collect()
    }

    /// A piece that comes must not turn a pipe between two pieces into one between two outlets, or two inlets.
    fn check_new_clash(&self, before: &[String]) -> Result<(), Refusal> {
        let mut others = self.pipes.iter().filter(|pipe| !before.contains(&pipe.name));
        others.try_for_each(|pipe| self.check_ends(&pipe.cells))
    }

    fn check_new_name(&self, name: &str) -> Result<(), Refusal> {
        if !is_name(name) {
            return Err(Refusal::BadName(name.chars().take(40).collect()));
        }
        if self.has(name) { Err(Refusal::NameTaken(name.into())) } else { Ok(()) }
    }

    /// A piece of that kind may stand at that place; the piece `name` itself is not in its own way.
    fn check_ground(&self, kind: Kind, at: Cell, name: &str) -> Result<(), Refusal> {
        for cell in footprint(kind, at) {
            self.check_carved(cell)?;
            if let Some(piece) = self.piece_at(cell).filter(|piece| piece.name != name) {
                return Err(Refusal::PieceThere(cell, piece.name.clone()));
            }
            if let Some(pipe) = self.pipe_at(cell) {
                return Err(Refusal::PipeThere(cell, pipe.name.clone()));
            }
        }
        Ok(())
    }

    /// A pipe may run through those cells; the pipe `name` itself is not in its own way.
    fn check_route(&self, name: &str, cells: &[Cell]) -> Result<(), Refusal> {
        let mut seen = BTreeSet::new();
        for (i, &cell) in cells.iter().enumerate() {
            self.check_carved(cell)?;
            if i > 0 && cells[i - 1].heading_to(cell).is_none() {
                return Err(Refusal::NotBeside(cell));
            }
            if !seen.insert(cell) {
                return Err(Refusal::Twice(cell));
            }
            if let Some(piece) = self.piece_at(cell) {
                return Err(Refusal::PieceThere(cell, piece.name.clone()));
            }
            if let Some(pipe) = self.pipe_at(cell).filter(|pipe| pipe.name != name) {
                return Err(Refusal::PipeThere(cell, pipe.name.clone()));
            }
        }
        if cells.is_empty() { Err(Refusal::NoCells) } else { Ok(()) }
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

    fn check_price(&self, price: u32, given_back: u32) -> Result<(), Refusal> {
        let left = self.coins_left().saturating_add(given_back);
        if price > left { Err(Refusal::TooDear { price, left }) } else { Ok(()) }
    }
}
