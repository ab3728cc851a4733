//! From a level to the text of its file, in the order and manner of the campaign's files.

use super::layout::{laid_out, list, quoted};
use super::{FORMAT, FixedPiece, Level};
use crate::solution::Solution;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The order of the texts that the level itself says; hints and pieces come after them.
const KEYS: [&str; 5] = ["name", "brief", "sage", "won", "lost"];

impl Level {
    /// The level as the text of a file: read again it is an equal level.
    pub fn to_text(&self) -> String {
        let mut file = File::new();
        file.value("id", &quoted(&self.id));
        file.section("section", &self.section);
        file.section("genre", &self.genre);
        file.value("texts", &texts(&self.texts));
        let rows: String = self.terrain.to_rows().iter().map(|row| format!("        \"{row}\",\n")).collect();
        file.comment("`~` sky, `#` rock, `.` tunnel.");
        file.value("map", &format!("[\n{rows}    ]"));
        let pieces: Vec<FixedPiece> = self.pieces.iter().map(FixedPiece::from).collect();
        file.value("pieces", &list(&pieces, 4));
        if !self.start.is_empty() {
            file.value("start", &list(&self.start, 4));
        }
        if !self.enemies.is_empty() {
            file.value("enemies", &list(&self.enemies, 4));
        }
        file.value("inventory", &list(&self.inventory, 4));
        file.section("pipes", &self.pipes);
        file.section("budget", &self.budget);
        if let Some(par) = self.par {
            file.section("par", &par);
        }
        file.section("flow", &self.flow);
        file.value("objectives", &list(&self.objectives, 4));
        file.done()
    }
}

impl Solution {
    /// The solution as the text of a file: read again it is an equal solution.
    pub fn to_text(&self) -> String {
        let mut file = File::new();
        file.value("level", &quoted(&self.level));
        file.value("plan", &list(&self.plan, 4));
        file.value("flow", &list(&self.flow, 4));
        file.done()
    }
}

/// A file that is being written.
struct File(String);

impl File {
    fn new() -> Self {
        Self(format!("(\n    format: {FORMAT},\n"))
    }

    fn section(&mut self, name: &str, value: &impl Serialize) {
        self.value(name, &laid_out(value, 4, 6 + name.len()));
    }

    fn value(&mut self, name: &str, value: &str) {
        // Writing to a string never fails.
        let _ = writeln!(self.0, "    {name}: {value},");
    }

    fn comment(&mut self, comment: &str) {
        let _ = writeln!(self.0, "    // {comment}");
    }

    fn done(self) -> String {
        self.0 + ")\n"
    }
}

/// English first; what the level says first, then its hints, then the rest.
fn texts(texts: &BTreeMap<String, BTreeMap<String, String>>) -> String {
    if texts.is_empty() {
        return "{}".into();
    }
    let mut languages: Vec<_> = texts.iter().collect();
    languages.sort_by_key(|(language, _)| (language.as_str() != "en", language.as_str()));
    let mut out = String::from("{\n");
    for (language, texts) in languages {
        let mut entries: Vec<_> = texts.iter().collect();
        entries.sort_by_key(|(key, _)| place(key));
        let lines: String =
            entries.iter().map(|(key, text)| format!("            {}: {},\n", quoted(key), quoted(text))).collect();
        let _ = writeln!(out, "        {}: {{\n{lines}        }},", quoted(language));
    }
    out + "    }"
}

fn place(key: &str) -> (usize, u32, &str) {
    let of_level = KEYS.iter().position(|each| *each == key);
    let hint = key.strip_prefix("hint-").and_then(|number| number.parse().ok());
    match (of_level, hint) {
        (Some(nth), _) => (nth, 0, key),
        (None, Some(number)) => (KEYS.len(), number, key),
        (None, None) => (KEYS.len() + 1, 0, key),
    }
}
