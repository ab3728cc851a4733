//! Named texts that outlive the game: settings, progress. In the page they lie in the browser's storage of its origin,
//! natively in files of the platform's folder for configuration.
//!
//! A name ends in a version, `settings-1`: another layout is another name, and the text of the old one stays. Nothing
//! here is fatal. A text that cannot be read is set aside under `NAME-corrupt-N` and the game begins without it; where
//! nothing can be kept, the player is told once and plays on. What went wrong waits as [`Trouble`]s until
//! [`Store::take_troubles`], and `ui::notices` tells the player.

#[cfg(not(target_arch = "wasm32"))]
mod files;
mod shelf;
#[cfg(test)]
mod tests;

pub use shelf::{Fault, Shelf};

use bevy::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::fmt;

pub(super) fn plugin(app: &mut App) {
    if !app.world().contains_resource::<Store>() {
        app.insert_resource(Store::of_platform());
    }
}

/// Most bytes of a text; a longer one is not read.
const BYTES_MAX: usize = 4 << 20;
/// Most corrupt texts of one name that are set aside; the last one makes way for another.
const ASIDE_MAX: u32 = 9;

/// The name of a text, with the version of its layout.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Name(&'static str, Option<u32>);

impl Name {
    /// What the player has chosen.
    pub const SETTINGS: Self = Self("settings-1", None);
    /// What the player has achieved.
    pub const PROGRESS: Self = Self("progress-1", None);
    /// The list of the levels that the player makes.
    pub const DRAFTS: Self = Self("drafts-1", None);

    /// A level that the player makes, by its number in that list.
    pub const fn draft(number: u32) -> Self {
        Self("draft-1", Some(number))
    }
}

/// The name as it is kept.
impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.1 {
            Some(number) => write!(f, "{}-{number}", self.0),
            None => write!(f, "{}", self.0),
        }
    }
}

/// Keeps named texts.
#[derive(Resource)]
pub struct Store {
    shelf: Box<dyn Shelf>,
    /// Names whose old text could neither be read nor set aside: they are not written over.
    sealed: BTreeSet<Name>,
    told_of_fault: bool,
    troubles: Vec<Trouble>,
}

/// What the player ought to know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// A text could not be read, and lies now under this other name.
    SetAside {
        /// Which text.
        name: Name,
        /// Where it lies now.
        aside: String,
    },
    /// A text could not be read, nor be set aside: it stays, and nothing is kept in its place.
    Sealed(Name),
    /// Nothing can be kept. Told once.
    NotKept(Fault),
}

impl Trouble {
    /// The key of the text that tells the player.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::SetAside { .. } => "store-set-aside",
            Self::Sealed(_) => "store-sealed",
            Self::NotKept(Fault::Full) => "store-full",
            Self::NotKept(Fault::Forbidden) => "store-forbidden",
        }
    }
}

impl Store {
    /// Where this platform keeps such things; nowhere, if it has no place for them.
    pub fn of_platform() -> Self {
        #[cfg(target_arch = "wasm32")]
        let shelf = crate::page::LocalStorage;
        #[cfg(not(target_arch = "wasm32"))]
        let shelf = files::Files::of_platform();
        Self::on(shelf)
    }

    /// Keeps texts on that shelf.
    pub fn on(shelf: impl Shelf) -> Self {
        Self { shelf: Box::new(shelf), sealed: BTreeSet::new(), told_of_fault: false, troubles: Vec::new() }
    }

    /// What was kept under that name. Nothing where there is nothing, where nothing may be read, or where it is no such
    /// value; then it is set aside.
    pub fn load<T: DeserializeOwned>(&mut self, name: Name) -> Option<T> {
        let text = match self.shelf.read(&name.to_string()) {
            Ok(text) => text?,
            Err(fault) => {
                self.tell(fault);
                return None;
            }
        };
        let parsed = if text.len() > BYTES_MAX { None } else { serde_json::from_str(&text).ok() };
        if parsed.is_none() {
            self.set_aside(name, &text);
        }
        parsed
    }

    /// Keeps a value under that name. Says whether it is kept; if not, the player is told, once.
    pub fn save<T: Serialize>(&mut self, name: Name, value: &T) -> bool {
        if self.sealed.contains(&name) {
            return false;
        }
        let Ok(text) = serde_json::to_string_pretty(value) else {
            error!("{name} cannot be written as JSON");
            return false;
        };
        let kept = self.shelf.write(&name.to_string(), &text);
        kept.map_err(|fault| self.tell(fault)).is_ok()
    }

    /// Takes away what was kept under that name. Says whether nothing is kept there now.
    pub fn remove(&mut self, name: Name) -> bool {
        let removed = self.shelf.remove(&name.to_string());
        removed.map_err(|fault| self.tell(fault)).is_ok()
    }

    /// What went wrong since this was asked last.
    pub fn take_troubles(&mut self) -> Vec<Trouble> {
        std::mem::take(&mut self.troubles)
    }

    /// Whether something went wrong since it was asked last.
    pub const fn has_troubles(&self) -> bool {
        !self.troubles.is_empty()
    }

    fn set_aside(&mut self, name: Name, text: &str) {
        let aside = |n: u32| format!("{name}-corrupt-{n}");
        let is_free = |n: &u32| matches!(self.shelf.read(&aside(*n)), Ok(None));
        let aside = aside((1..=ASIDE_MAX).find(is_free).unwrap_or(ASIDE_MAX));
        let moved = self.shelf.write(&aside, text).and_then(|()| self.shelf.remove(&name.to_string()));
        self.troubles.push(match moved {
            Ok(()) => Trouble::SetAside { name, aside },
            Err(_) => {
                self.sealed.insert(name);
                Trouble::Sealed(name)
            }
        });
    }

    fn tell(&mut self, fault: Fault) {
        if !std::mem::replace(&mut self.told_of_fault, true) {
            self.troubles.push(Trouble::NotKept(fault));
        }
    }
}
