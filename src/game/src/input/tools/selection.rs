//! What is selected: names of pieces and pipes.

use std::collections::BTreeSet;

/// The names of what is selected.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Selection(BTreeSet<String>);

impl Selection {
    /// The one thing that is selected, if it is one.
    pub fn only(&self) -> Option<&String> {
        self.0.first().filter(|_| self.0.len() == 1)
    }

    /// All names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// How many things are selected.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether this is selected.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    /// Selects just this, or nothing.
    pub fn set(&mut self, name: Option<String>) {
        self.0 = name.into_iter().collect();
    }

    /// Selects this and keeps the others if it was among them: what a press does that may become a drag of them all.
    pub fn grip(&mut self, name: String) {
        if !self.contains(&name) {
            self.set(Some(name));
        }
    }

    /// Adds this, or takes it away.
    pub fn toggle(&mut self, name: String) {
        if !self.0.remove(&name) {
            self.0.insert(name);
        }
    }

    /// Adds all of these.
    pub fn add_all(&mut self, names: impl IntoIterator<Item = String>) {
        self.0.extend(names);
    }

    /// Selects nothing. Says whether something was.
    pub fn clear(&mut self) -> bool {
        !std::mem::take(&mut self.0).is_empty()
    }
}
