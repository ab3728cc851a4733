//! From text to a level: each section and each piece on its own, then the whole.

use super::fields::{Elements, Fields, options};
use super::{FORMAT, FlowRules, Level, Objective, PipeRules, Stock};
use crate::board::Piece;
use crate::edit::Edit;
use crate::enemy::Enemy;
use crate::grid::{Cell, Facing, Ground, Terrain};
use crate::kind::KindSpec;
use crate::limits::{
    EDITS_MAX, ENEMIES_MAX, ERRORS_MAX, FILE_BYTES_MAX, MAP_SIDE_MAX, OBJECTIVES_MAX, PIECES_MAX, STOCKS_MAX,
};
use crate::tutorial::{STEPS_MAX, Step};
use ron::value::RawValue;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;

/// One problem of a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseError {
    /// Line and column in the file, from 1, where they are known.
    pub position: Option<(usize, usize)>,
    /// The section, piece, cell or field concerned.
    pub place: String,
    /// What is wrong, and how to mend it.
    pub message: String,
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((line, column)) = self.position {
            write!(f, "line {line}, column {column}: ")?;
        }
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// Every problem of a file; never empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ParseErrors(pub Vec<ParseError>);

impl fmt::Display for ParseErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(ToString::to_string).collect();
        write!(f, "{}", lines.join("\n"))
    }
}

impl std::error::Error for ParseErrors {}

impl Level {
    /// Reads and checks a level file.
    ///
    /// # Errors
    /// Every problem found. A file that is too large, is no RON at all, or is of another format gives just that one.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open(text)?;
        let level = reader.level();
        let flaws = level.as_ref().map(|level| level.flaws(reader.errors.is_empty())).unwrap_or_default();
        for (place, flaw) in flaws {
            reader.push(|_| ParseError { position: None, place: place.to_string(), message: flaw.to_string() });
        }
        match level {
            Some(level) if reader.errors.is_empty() => Ok(level),
            _ => Err(ParseErrors(reader.errors)),
        }
    }

    /// Reads a level file without the check of the whole: what it says may be unfit to be played.
    ///
    /// # Errors
    /// Every place in which the text cannot be understood.
    pub(crate) fn read(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open(text)?;
        let level = reader.level();
        if let Some(level) = &level {
            reader.report_nan(level);
        }
        match level {
            Some(level) if reader.errors.is_empty() => Ok(level),
            _ => Err(ParseErrors(reader.errors)),
        }
    }
}

/// A file that is being read: its sections, and the problems so far.
pub(crate) struct Reader<'a> {
    text: &'a str,
    sections: BTreeMap<String, &'a RawValue>,
    pub errors: Vec<ParseError>,
}

impl<'a> Reader<'a> {
    /// Takes a file apart into sections and checks its format number.
    pub fn open(text: &'a str) -> Result<Self, ParseErrors> {
        Self::open_within(text, FILE_BYTES_MAX)
    }

    /// The same for a text of at most so many bytes.
    pub fn open_within(text: &'a str, bytes_max: usize) -> Result<Self, ParseErrors> {
        Self::open_format(text, FORMAT..=FORMAT, bytes_max).map(|(reader, _)| reader)
    }

    /// The same for a file of which several formats are read; says which one it is of.
    pub fn open_format(
        text: &'a str,
        formats: RangeInclusive<u32>,
        bytes_max: usize,
    ) -> Result<(Self, u32), ParseErrors> {
        let one = |position, place: &str, message| {
            Err(ParseErrors(vec![ParseError { position, place: place.into(), message }]))
        };
        if text.len() > bytes_max {
            let message = format!("{} bytes: at most {bytes_max} are read; make it smaller", text.len());
            return one(None, "file", message);
        }
        let fields = match options().from_str::<Fields<'_>>(text) {
            Ok(fields) => fields.0,
            Err(e) => {
                let start = e.span.start;
                return one(Some((start.line, start.col)), "file", format!("{}; mend the text there", e.code));
            }
        };
        let mut reader = Self { text, sections: BTreeMap::new(), errors: Vec::new() };
        for (name, raw) in fields {
            if reader.sections.insert(name.clone(), raw).is_some() {
                reader.report_at(raw, &name, "stands twice: keep one".into());
            }
        }
        match reader.section::<u32>("format") {
            Some(format) if formats.contains(&format) => Ok((reader, format)),
            Some(other) => {
                let newest = formats.end();
                one(None, "format", format!("{other} is not known here: this program reads format {newest}"))
            }
            None => Err(ParseErrors(reader.errors)),
        }
    }

    /// Reads a section and takes it out. A missing or broken one is reported and gives nothing.
    pub fn section<T: DeserializeOwned>(&mut self, name: &str) -> Option<T> {
        let raw = self.take(name)?;
        self.read(raw, name)
    }

    /// Reads a list element by element; broken ones are reported and left out.
    pub fn list<T: DeserializeOwned>(&mut self, name: &str, count_max: usize) -> Option<Vec<T>> {
        let raw = self.take(name)?;
        let elements: Elements<'_> = match options().from_str(raw.get_ron()) {
            Ok(elements) => elements,
            Err(e) => {
                self.report_ron(raw, name, &e);
                return None;
            }
        };
        if elements.0.len() > count_max {
            self.report_at(raw, name, format!("{} entries: at most {count_max}", elements.0.len()));
            return None;
        }
        let read = elements.0.iter().enumerate().filter_map(|(i, raw)| self.read(raw, &format!("{name}[{i}]")));
        Some(read.collect())
    }

    /// Reads a list of edits; those within batches count, too.
    pub fn edits(&mut self, name: &str) -> Option<Vec<Edit>> {
        let edits = self.list::<Edit>(name, EDITS_MAX);
        self.check_count(name, edits.iter().flatten());
        edits
    }

    /// Reports that a list has too many edits, those within batches included.
    pub fn check_count<'e>(&mut self, name: &str, edits: impl Iterator<Item = &'e Edit>) {
        let count = Edit::count_all(edits);
        if count > EDITS_MAX {
            self.report(name, format!("{count} edits, with those in batches: at most {EDITS_MAX}"));
        }
    }

    /// The same as [`Self::list`] for a section that may be missing: then it is empty.
    pub fn list_if_there<T: DeserializeOwned>(&mut self, name: &str, count_max: usize) -> Option<Vec<T>> {
        if self.sections.contains_key(name) { self.list(name, count_max) } else { Some(Vec::new()) }
    }

    /// Reads a section that may be missing: then it is what it is by default.
    pub fn section_if_there<T: DeserializeOwned + Default>(&mut self, name: &str) -> Option<T> {
        if self.sections.contains_key(name) { self.section(name) } else { Some(T::default()) }
    }

    /// A section, unread.
    pub(super) fn raw(&self, name: &str) -> Option<&'a RawValue> {
        self.sections.get(name).copied()
    }

    /// Reports sections that nobody asked for.
    pub fn finish(&mut self, known: &str) {
        for (name, raw) in std::mem::take(&mut self.sections) {
            self.report_at(raw, &name, format!("is no section of this file; known are {known}"));
        }
    }

    /// Reports a problem of a section that has been taken out.
    pub fn report(&mut self, place: &str, message: String) {
        self.push(|_| ParseError { position: None, place: place.into(), message });
    }

    /// Takes a problem in, as long as there are not too many: each of them takes a look at the whole text for its place.
    fn push(&mut self, error: impl FnOnce(&Self) -> ParseError) {
        match self.errors.len().cmp(&ERRORS_MAX) {
            Ordering::Less => self.errors.push(error(self)),
            Ordering::Equal => {
                let message = "there are more problems: mend these first".into();
                self.errors.push(ParseError { position: None, place: "file".into(), message });
            }
            Ordering::Greater => {}
        }
    }

    fn take(&mut self, name: &str) -> Option<&'a RawValue> {
        let raw = self.sections.remove(name);
        if raw.is_none() {
            self.report(name, format!("is missing: add a section `{name}: …`"));
        }
        raw
    }

    fn read<T: DeserializeOwned>(&mut self, raw: &RawValue, place: &str) -> Option<T> {
        match options().from_str(raw.get_ron()) {
            Ok(value) => Some(value),
            Err(e) => {
                self.report_ron(raw, place, &e);
                None
            }
        }
    }

    fn report_ron(&mut self, raw: &RawValue, place: &str, e: &ron::error::SpannedError) {
        let (line, column) = (e.span.start.line, e.span.start.col);
        self.push(|reader| {
            let begin = reader.position_of(raw);
            let position = begin.map(|(l, c)| (l + line - 1, if line == 1 { c + column - 1 } else { column }));
            ParseError { position, place: place.into(), message: format!("{}; mend it there", e.code) }
        });
    }

    fn report_at(&mut self, raw: &RawValue, place: &str, message: String) {
        self.push(|reader| ParseError { position: reader.position_of(raw), place: place.into(), message });
    }

    /// Where a part of the text begins: parts borrow from it.
    fn position_of(&self, raw: &RawValue) -> Option<(usize, usize)> {
        self.position_in(raw.get_ron())
    }

    /// Where a part of the text begins.
    pub(super) fn position_in(&self, part: &str) -> Option<(usize, usize)> {
        let offset = (part.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        let before = self.text.get(..offset)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Some((line, column))
    }

    fn level(&mut self) -> Option<Level> {
        let id = self.section("id");
        let section = self.section("section");
        let genre = self.section_if_there("genre");
        let par = self.section_if_there("par");
        let texts = self.section("texts");
        let terrain = self.section::<Vec<String>>("map").and_then(|rows| self.terrain(&rows));
        let pieces = self.list::<FixedPiece>("pieces", PIECES_MAX);
        let start = self.list_if_there::<Edit>("start", EDITS_MAX);
        self.check_count("start", start.iter().flatten());
        let enemies = self.list_if_there::<Enemy>("enemies", ENEMIES_MAX);
        let tutorial = self.list_if_there::<Step>("tutorial", STEPS_MAX);
        let chaos = self.section_if_there("chaos");
        let inventory = self.list::<Stock>("inventory", STOCKS_MAX);
        let pipes = self.section::<PipeRules>("pipes");
        let budget = self.section("budget");
        let flow = self.section::<FlowRules>("flow");
        let objectives = self.list::<Objective>("objectives", OBJECTIVES_MAX);
        self.finish(
            "format, id, section, genre, par, texts, map, pieces, start, enemies, tutorial, chaos, inventory, pipes, budget, flow and objectives",
        );
        Some(Level {
            id: id?,
            section: section?,
            genre: genre?,
            par: par?,
            texts: texts?,
            terrain: terrain?,
            pieces: pieces?.into_iter().map(FixedPiece::piece).collect(),
            start: start?,
            enemies: enemies?,
            tutorial: tutorial?,
            chaos: chaos?,
            inventory: inventory?,
            pipes: pipes?,
            budget: budget?,
            flow: flow?,
            objectives: objectives?,
        })
    }

    /// Reports a level in which some number is none: such a level equals nothing, not even itself.
    fn report_nan(&mut self, level: &Level) {
        #[expect(clippy::eq_op, reason = "that is what tells a level with NaN from all others")]
        let has_nan = level != level;
        if has_nan {
            let message = "a number is `NaN`: write one".into();
            self.errors.push(ParseError { position: None, place: "file".into(), message });
        }
    }

    fn terrain(&mut self, rows: &[String]) -> Option<Terrain> {
        let mut is_sound = true;
        let mut report = |place: String, message: String| {
            is_sound = false;
            self.push(|_| ParseError { position: None, place, message });
        };
        let width = rows.first().map_or(0, |row| row.chars().count());
        if !(1..=MAP_SIDE_MAX).contains(&rows.len()) || !(1..=MAP_SIDE_MAX).contains(&width) {
            let size = format!("{width} columns and {} rows: each must be from 1 to {MAP_SIDE_MAX}", rows.len());
            report("map".into(), size);
            return None;
        }
        let mut cells = Vec::new();
        for (r, row) in rows.iter().enumerate() {
            let count = row.chars().count();
            if count != width {
                report(format!("map, row {r}"), format!("{count} characters: make it {width}, as row 0 has"));
            }
            let mut grounds = Vec::new();
            for (c, character) in row.chars().enumerate().take(MAP_SIDE_MAX) {
                let ground = Ground::from_char(character);
                if ground.is_none() {
                    let message = format!("`{character}` is no ground: use `~` sky, `#` rock or `.` tunnel");
                    report(format!("map, column {c}, row {r}"), message);
                }
                grounds.push(ground.unwrap_or(Ground::Rock));
            }
            cells.push(grounds);
        }
        is_sound.then(|| Terrain::from_rows(&cells))
    }
}

/// A piece of the level as its file has it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedPiece {
    name: String,
    at: Cell,
    #[serde(default, skip_serializing_if = "is_default")]
    facing: Facing,
    spec: KindSpec,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    knobs: Vec<String>,
}

impl FixedPiece {
    /// The piece on the board.
    pub(crate) fn piece(self) -> Piece {
        Piece { name: self.name, at: self.at, facing: self.facing, spec: self.spec, fixed: true, knobs: self.knobs }
    }
}

impl From<&Piece> for FixedPiece {
    fn from(piece: &Piece) -> Self {
        let Piece { name, at, facing, spec, fixed: _, knobs } = piece.clone();
        Self { name, at, facing, spec, knobs }
    }
}

/// Whether a field says what is said where it is left out.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
