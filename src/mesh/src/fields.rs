//! The fields of a map, taken one by one: what nobody takes is noted, so that nothing is dropped silently.

use super::note::{NoteKind, Notes};
use super::yaml::{Node, Value};
use std::collections::BTreeMap;

/// A map that is being read.
pub(crate) struct Fields<'a> {
    path: String,
    left: Vec<(u32, &'a str, &'a Node)>,
}

impl<'a> Fields<'a> {
    /// The fields of a value; one that is no map has none, and is noted.
    pub fn of(node: &'a Node, path: &str, notes: &mut Notes) -> Self {
        let mut left: Vec<(u32, &str, &Node)> = Vec::new();
        match &node.value {
            Value::Map(fields) => {
                let mut places = BTreeMap::new();
                for (line, name, value) in fields {
                    let place = *places.entry(name).or_insert(left.len());
                    if let Some(before) = left.get_mut(place) {
                        notes.add(*line, join(path, name), NoteKind::Twice);
                        *before = (*line, name, value);
                    } else {
                        left.push((*line, name, value));
                    }
                }
            }
            // A field with nothing in it.
            Value::Scalar(text) if matches!(text.as_str(), "" | "~" | "null") => {}
            _ => notes.add(node.line, path, NoteKind::BadValue),
        }
        Self { path: path.into(), left }
    }

    /// Takes a field.
    pub fn take(&mut self, name: &str) -> Option<&'a Node> {
        let place = self.left.iter().position(|(_, each, _)| *each == name)?;
        Some(self.left.remove(place).2)
    }

    /// Takes a field that is a text.
    pub fn text(&mut self, name: &str, notes: &mut Notes) -> Option<&'a str> {
        let node = self.take(name)?;
        let text = node.text();
        if text.is_none() {
            notes.add(node.line, self.path_of(name), NoteKind::BadValue);
        }
        text
    }

    /// Takes a field that is read by `read`; a value that it cannot read is noted.
    pub fn read<T>(&mut self, name: &str, notes: &mut Notes, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let node = self.take(name)?;
        let value = node.text().and_then(read);
        if value.is_none() {
            notes.add(node.line, self.path_of(name), NoteKind::BadValue);
        }
        value
    }

    /// Takes a field that is a map.
    pub fn fields(&mut self, name: &str, notes: &mut Notes) -> Option<Self> {
        let node = self.take(name)?;
        Some(Self::of(node, &self.path_of(name), notes))
    }

    /// Takes a field that is a list of maps.
    pub fn list(&mut self, name: &str, notes: &mut Notes) -> Vec<(&'a Node, Self)> {
        let Some(node) = self.take(name) else { return Vec::new() };
        if !matches!(node.value, Value::List(_)) {
            notes.add(node.line, self.path_of(name), NoteKind::BadValue);
        }
        let path = self.path_of(name);
        let each = node.items().iter().enumerate();
        each.map(|(nth, item)| (item, Self::of(item, &format!("{path}[{nth}]"), notes))).collect()
    }

    /// The path of a field.
    pub fn path_of(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// Notes what nobody has taken: those that a mesh knows, and those that it does not.
    pub fn finish(self, known: &[&str], notes: &mut Notes) {
        self.finish_with(
            notes,
            |name| {
                if known.contains(&name) { NoteKind::NotModelled } else { NoteKind::NotUnderstood }
            },
        );
    }

    /// Notes what nobody has taken, each with what is to be said about it.
    pub fn finish_with(self, notes: &mut Notes, kind: impl Fn(&str) -> NoteKind) {
        for (line, name, _) in &self.left {
            notes.add(*line, join(&self.path, name), kind(name));
        }
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.into() } else { format!("{path}.{name}") }
}
