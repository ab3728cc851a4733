//! Faults that the player places in chaos levels.

use super::Board;
use crate::chaos::Chaos;
use crate::edit::{Edit, Refusal};
use crate::enemy::{Enemy, EnemyKind};
use crate::grid::Cell;

impl Board {
    /// What the level lets the player do to its system, in chaos levels.
    pub fn chaos(&self) -> Option<&Chaos> {
        self.chaos.as_deref()
    }

    /// The faults that the player has placed, in order of their names.
    pub fn faults(&self) -> &[Enemy] {
        self.enemies.get(self.given..).unwrap_or_default()
    }

    /// The fault of the player on a cell.
    pub fn fault_at(&self, cell: Cell) -> Option<&Enemy> {
        self.faults().iter().find(|enemy| enemy.cells.contains(&cell))
    }

    /// How many faults of a kind can still be placed.
    pub fn faults_left(&self, kind: EnemyKind) -> u32 {
        let Some(chaos) = self.chaos() else { return 0 };
        let placed = |kind: Option<EnemyKind>| {
            self.faults().iter().filter(|fault| kind.is_none_or(|kind| fault.kind.kind() == kind)).count() as u32
        };
        let of_kind = chaos.stock(kind).map_or(0, |stock| stock.count.saturating_sub(placed(Some(kind))));
        of_kind.min(chaos.faults.saturating_sub(placed(None)))
    }

    /// Coins spent on faults.
    pub(super) fn cost_of_faults(&self, chaos: &Chaos) -> u32 {
        let prices = self.faults().iter().filter_map(|fault| chaos.stock(fault.kind.kind()));
        prices.map(|stock| stock.price).fold(0, u32::saturating_add)
    }

    /// In chaos levels only faults are the player's.
    pub(super) fn check_system(&self, edit: &Edit) -> Result<(), Refusal> {
        let allowed = match edit {
            Edit::PlaceEnemy { .. } | Edit::Batch(_) => true,
            Edit::Move { name, .. } | Edit::Remove { name } => self.is_enemy(name),
            _ => false,
        };
        if self.chaos.is_none() || allowed { Ok(()) } else { Err(Refusal::SystemStays) }
    }

    pub(super) fn is_enemy(&self, name: &str) -> bool {
        self.enemies.iter().any(|enemy| enemy.name == name)
    }

    pub(super) fn place_fault(&mut self, name: &str, kind: EnemyKind, at: Cell) -> Result<Edit, Refusal> {
        self.check_new_name(name)?;
        let stock = self.chaos().and_then(|chaos| chaos.stock(kind)).ok_or(Refusal::NoFaultLeft(kind))?;
        let (fault, price) = (stock.placed(name, at), stock.price);
        if self.faults_left(kind) == 0 {
            return Err(Refusal::NoFaultLeft(kind));
        }
        self.check_price(price, 0)?;
        self.check_fault(&fault, at)?;
        self.change_faults(|faults| faults.push(fault));
        Ok(Edit::Remove { name: name.into() })
    }

    pub(super) fn move_fault(&mut self, name: &str, to: Cell) -> Result<Edit, Refusal> {
        let fault = self.own_fault(name)?;
        let from = fault.cells.first().copied().unwrap_or_default();
        self.check_fault(&Enemy { cells: vec![to], ..fault.clone() }, to)?;
        let moved = |fault: &mut Enemy| fault.cells = vec![to];
        self.change_faults(|faults| faults.iter_mut().filter(|fault| fault.name == name).for_each(moved));
        Ok(Edit::Move { name: name.into(), to: from })
    }

    pub(super) fn remove_fault(&mut self, name: &str) -> Result<Edit, Refusal> {
        let fault = self.own_fault(name)?;
        let (kind, at) = (fault.kind.kind(), fault.cells.first().copied().unwrap_or_default());
        self.change_faults(|faults| faults.retain(|fault| fault.name != name));
        Ok(Edit::PlaceEnemy { name: name.into(), kind, at })
    }

    fn own_fault(&self, name: &str) -> Result<&Enemy, Refusal> {
        self.faults().iter().find(|fault| fault.name == name).ok_or_else(|| Refusal::Fixed(name.into()))
    }

    /// A fault may be on a cell: it strikes something there that no other of its kind strikes, near the others.
    fn check_fault(&self, fault: &Enemy, at: Cell) -> Result<(), Refusal> {
        if !self.terrain.contains(at) {
            return Err(Refusal::OutsideMap(at));
        }
        let target = fault.target(self).ok_or(Refusal::NothingToStrike(at))?;
        let mut others = self.faults().iter().filter(|other| other.name != fault.name);
        if let Some(other) = others.clone().find(|other| other.cells.contains(&at)) {
            return Err(Refusal::EnemyThere(at, other.name.clone()));
        }
        let same = |other: &&Enemy| other.kind.kind() == fault.kind.kind() && other.target(self) == Some(target);
        if let Some(other) = others.clone().find(same) {
            return Err(Refusal::HasOne(at, other.name.clone()));
        }
        let chaos = self.chaos().ok_or(Refusal::NoFaultLeft(fault.kind.kind()))?;
        let near = others.all(|other| other.cells.iter().all(|&cell| chaos.is_within_blast(cell, at)));
        if near { Ok(()) } else { Err(Refusal::OutOfBlast(at)) }
    }

    /// Changes the player's faults, and keeps them in order of their names.
    fn change_faults(&mut self, change: impl FnOnce(&mut Vec<Enemy>)) {
        let mut faults = self.faults().to_vec();
        change(&mut faults);
        faults.sort_by(|a, b| a.name.cmp(&b.name));
        let given = self.enemies.get(..self.given).unwrap_or_default();
        self.enemies = given.iter().cloned().chain(faults).collect();
    }
}
