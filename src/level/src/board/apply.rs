//! Applying an edit: all checks first, then the change, then its inverse as the result.

use super::shift::inverse;
use super::{Board, Piece, Pipe};
use crate::edit::{Edit, Refusal, Setting};
use crate::grid::{Cell, Facing};
use crate::kind::{Kind, Param, policy_at};
use crate::limits::{EDITS_MAX, PIECES_MAX, PIPES_MAX};

impl Board {
    /// Applies an edit and gives the one that undoes it.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, edit: &Edit) -> Result<Edit, Refusal> {
        self.check_system(edit)?;
        match edit {
            Edit::PlaceEnemy { name, kind, at } => self.place_fault(name, *kind, *at),
            Edit::Move { name, to } if self.is_enemy(name) => self.move_fault(name, *to),
            Edit::Remove { name } if self.is_enemy(name) => self.remove_fault(name),
            Edit::Place { name, kind, at } => self.place(name, *kind, *at),
            Edit::Remove { name } => self.remove(name),
            Edit::Move { name, to } => self.shift(name, *to),
            Edit::Rotate { name, to } => self.rotate(name, *to),
            Edit::Rename { name, to } => self.rename(name, to),
            Edit::LayPipe { name, cells } => self.lay(name, cells),
            Edit::Reroute { name, cells } => self.pipe_index(name).and_then(|_| self.lay(name, cells)),
            Edit::RemovePipe { name } => self.take_up(name),
            Edit::Configure { name, setting } => self.configure(name, setting),
            Edit::Valve { name, shut } => self.valve(name, *shut),
            Edit::Batch(edits) => self.batch(edits),
            Edit::Restore(piece) => self.restore(piece.clone()),
            Edit::RestorePipe(pipe) => self.restore_pipe(pipe),
        }
    }

    /// Why an edit would be refused, without applying it.
    pub fn refusal(&self, edit: &Edit) -> Option<Refusal> {
        self.clone().apply(edit).err()
    }

    /// All edits, or none of them.
    fn batch(&mut self, edits: &[Edit]) -> Result<Edit, Refusal> {
        if Edit::count_all(edits) > EDITS_MAX {
            return Err(Refusal::TooMany);
        }
        let mut trial = self.clone();
        let undo: Vec<Edit> = edits.iter().map(|edit| trial.apply(edit)).collect::<Result<_, _>>()?;
        *self = trial;
        Ok(inverse(undo))
    }

    fn place(&mut self, name: &str, kind: Kind, at: Cell) -> Result<Edit, Refusal> {
        let stock = self.stock(kind).ok_or(Refusal::NoneLeft(kind))?;
        let spec = stock.spec.clone().unwrap_or_else(|| kind.default_spec());
        let knobs = stock.knobs.clone();
        let piece = Piece { name: name.into(), at, facing: Facing::default(), spec, fixed: false, knobs };
        self.check_of_use(&piece)?;
        let clashes = self.clashes();
        let undo = self.put(piece)?;
        self.check_new_clash(&clashes).inspect_err(|_| self.pieces.retain(|piece| piece.name != name))?;
        Ok(undo)
    }

    /// A piece as it was. Joins are not checked: they were as they were, too.
    pub(super) fn restore(&mut self, piece: Piece) -> Result<Edit, Refusal> {
        let Some(index) = self.pieces.iter().position(|each| each.name == piece.name) else {
            return self.put(piece);
        };
        if self.pieces[index].spec.kind() != piece.spec.kind() {
            return Err(Refusal::NameTaken(piece.name));
        }
        // What is set about a piece of the level may be put back; the piece itself stays where it is.
        let stays = Piece { spec: piece.spec.clone(), ..self.pieces[index].clone() } == piece;
        if !stays {
            self.own_piece(&piece.name)?;
            self.check_place(&piece)?;
        }
        Ok(Edit::Restore(std::mem::replace(&mut self.pieces[index], piece)))
    }

    fn put(&mut self, piece: Piece) -> Result<Edit, Refusal> {
        let (name, kind) = (piece.name.clone(), piece.spec.kind());
        self.check_new_name(&name)?;
        if self.pieces.len() >= 2 * PIECES_MAX {
            return Err(Refusal::BoardFull);
        }
        let price = self.stock(kind).ok_or(Refusal::NoneLeft(kind))?.price;
        if self.left(kind) == 0 {
            return Err(Refusal::NoneLeft(kind));
        }
        self.check_place(&piece)?;
        self.check_price(price, 0)?;
        self.insert_piece(piece);
        Ok(Edit::Remove { name })
    }

    fn insert_piece(&mut self, piece: Piece) {
        let index = self.pieces.partition_point(|each| each.name < piece.name);
        self.pieces.insert(index, piece);
    }

    fn insert_pipe(&mut self, pipe: Pipe) {
        let index = self.pipes.partition_point(|each| each.name < pipe.name);
        self.pipes.insert(index, pipe);
    }

    /// Takes a piece off, and the power-ups that stand on it.
    fn remove(&mut self, name: &str) -> Result<Edit, Refusal> {
        let host = &self.pieces[self.own_piece(name)?];
        let mut names: Vec<String> = self.power_ups_on_piece(host).map(|piece| piece.name.clone()).collect();
        names.push(name.into());
        Ok(inverse(names.iter().map(|name| self.take_off(name)).collect()))
    }

    fn rename(&mut self, name: &str, to: &str) -> Result<Edit, Refusal> {
        if self.pipe(name).is_some() {
            self.check_new_name(to)?;
            let pipe = self.pipes.remove(self.pipe_index(name)?);
            self.insert_pipe(Pipe { name: to.into(), ..pipe });
        } else {
            let index = self.own_piece(name)?;
            self.check_new_name(to)?;
            let piece = self.pieces.remove(index);
            self.insert_piece(Piece { name: to.into(), ..piece });
        }
        Ok(Edit::Rename { name: to.into(), to: name.into() })
    }

    fn lay(&mut self, name: &str, cells: &[Cell]) -> Result<Edit, Refusal> {
        self.check_route(name, cells)?;
        self.check_ends(cells)?;
        let shut = self.pipe(name).is_some_and(|pipe| pipe.shut);
        let mut trial = self.clone();
        let mut undo = Vec::new();
        let lifted = trial.lift(name, &mut undo);
        undo.push(trial.put_pipe(Pipe { name: name.into(), cells: cells.to_vec(), shut })?);
        trial.settle(lifted, name, &mut undo);
        *self = trial;
        Ok(inverse(undo))
    }

    /// A pipe as it was. Joins are not checked: they were as they were, too.
    pub(super) fn restore_pipe(&mut self, pipe: &Pipe) -> Result<Edit, Refusal> {
        self.check_route(&pipe.name, &pipe.cells)?;
        self.put_pipe(pipe.clone())
    }

    fn put_pipe(&mut self, pipe: Pipe) -> Result<Edit, Refusal> {
        let old = self.pipes.iter().position(|each| each.name == pipe.name);
        if old.is_none() {
            self.check_new_name(&pipe.name)?;
            if self.pipes.len() >= PIPES_MAX {
                return Err(Refusal::BoardFull);
            }
        }
        let price = |cells: &[Cell]| {
            let bridges = self.price_of_bridges(&pipe.name, cells);
            self.rules.price_per_cell.saturating_mul(cells.len() as u32).saturating_add(bridges)
        };
        self.check_price(price(&pipe.cells), old.map_or(0, |index| price(&self.pipes[index].cells)))?;
        match old {
            Some(index) => Ok(Edit::RestorePipe(std::mem::replace(&mut self.pipes[index], pipe))),
            None => {
                let name = pipe.name.clone();
                self.insert_pipe(pipe);
                Ok(Edit::RemovePipe { name })
            }
        }
    }

    /// Takes a pipe up, and the power-ups that stand on it.
    pub(super) fn take_up(&mut self, name: &str) -> Result<Edit, Refusal> {
        let index = self.pipe_index(name)?;
        let mut undo = Vec::new();
        self.lift(name, &mut undo);
        undo.push(Edit::RestorePipe(self.pipes.remove(index)));
        Ok(inverse(undo))
    }

    fn configure(&mut self, name: &str, setting: &Setting) -> Result<Edit, Refusal> {
        let index = self.pieces.iter().position(|piece| piece.name == name);
        let index = index.ok_or_else(|| Refusal::NoSuch(name.into()))?;
        let (param, value) = self.knob(&self.pieces[index], setting)?;
        let no_knob = || Refusal::NoKnob(name.into());
        let before = param.get(&self.pieces[index].spec).ok_or_else(no_knob)?;
        let undo = match setting {
            // A level may have it stand where no hand turns it.
            _ if !param.allows(before) => Edit::Restore(self.pieces[index].clone()),
            Setting::Policy(_) => Edit::Configure { name: name.into(), setting: Setting::Policy(policy_at(before)) },
            _ => {
                let setting = param.setting(before).ok_or_else(no_knob)?;
                Edit::Configure { name: name.into(), setting }
            }
        };
        let clashes = self.clashes();
        (param.set)(&mut self.pieces[index].spec, value);
        self.check_new_clash(&clashes).inspect_err(|_| (param.set)(&mut self.pieces[index].spec, before))?;
        Ok(undo)
    }

    /// The parameter that a setting of a piece means, and what it shall be.
    fn knob(&self, piece: &Piece, setting: &Setting) -> Result<(&'static Param, f64), Refusal> {
        let key = match setting {
            Setting::Policy(_) => "policy",
            Setting::Number(key, _) | Setting::Choice(key, _) => key,
        };
        let param = piece.spec.kind().params().iter().find(|param| param.key == key);
        let param = param.ok_or_else(|| Refusal::NoKnob(piece.name.clone()))?;
        let value = param.value(setting).filter(|_| piece.may_set(param));
        value.map(|value| (param, value)).ok_or_else(|| Refusal::BadSetting(piece.name.clone()))
    }

    fn valve(&mut self, name: &str, shut: bool) -> Result<Edit, Refusal> {
        let index = self.pipe_index(name)?;
        let before = std::mem::replace(&mut self.pipes[index].shut, shut);
        Ok(Edit::Valve { name: name.into(), shut: before })
    }

    pub(super) fn own_piece(&self, name: &str) -> Result<usize, Refusal> {
        let index = self.pieces.iter().position(|piece| piece.name == name);
        let index = index.ok_or_else(|| Refusal::NoSuch(name.into()))?;
        if self.pieces[index].fixed { Err(Refusal::Fixed(name.into())) } else { Ok(index) }
    }

    fn pipe_index(&self, name: &str) -> Result<usize, Refusal> {
        let index = self.pipes.iter().position(|pipe| pipe.name == name);
        index.ok_or_else(|| Refusal::NoSuch(name.into()))
    }
}
