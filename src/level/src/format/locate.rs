//! Where in a level's text something is: so that a problem can be marked there.

use super::Level;
use super::fields::{Elements, Fields, options};
use super::flaw::Place;
use super::layout::quoted;
use super::parse::Reader;
use crate::edit::Edit;
use ron::value::RawValue;

impl Level {
    /// Line and column, from 1, at which a place of this level begins in its text; nothing where it is not said there.
    pub(crate) fn locate(&self, text: &str, place: &Place) -> Option<(usize, usize)> {
        let reader = Reader::open(text).ok()?;
        let entry = |section: &str, nth: Option<usize>| {
            let elements: Elements<'_> = options().from_str(reader.raw(section)?.get_ron()).ok()?;
            reader.position_in(value(elements.0.get(nth?)?))
        };
        match place {
            Place::Section(section) => reader.position_in(value(reader.raw(section)?)),
            Place::Field(section, field) => {
                let whole = reader.raw(section)?;
                let fields: Fields<'_> = options().from_str(whole.get_ron()).ok()?;
                let one = fields.0.iter().find(|(name, _)| name == field).map(|(_, raw)| *raw);
                reader.position_in(value(one.unwrap_or(whole)))
            }
            Place::Language(language) => reader.position_in(after(reader.raw("texts")?.get_ron(), language)?),
            Place::Text(language, key) => {
                let texts = after(reader.raw("texts")?.get_ron(), language)?;
                reader.position_in(after(texts, key)?)
            }
            Place::Piece(name) => entry("pieces", self.pieces.iter().position(|piece| piece.name == *name)),
            Place::Enemy(name) => entry("enemies", self.enemies.iter().position(|enemy| enemy.name == *name)),
            Place::Stock(kind) => entry("inventory", self.inventory.iter().position(|stock| stock.kind == *kind)),
            // The faults stand in a list inside of their section.
            Place::Fault(_) => reader.position_in(value(reader.raw("chaos")?)),
            Place::Start(nth) => entry("start", Some(*nth as usize)),
            Place::Step(nth) => entry("tutorial", Some(*nth as usize)),
            Place::Objective(nth) => entry("objectives", Some(*nth as usize)),
            Place::Pipe(pipe) => {
                let lays = |edit: &Edit| matches!(edit, Edit::LayPipe { name, .. } if name == pipe);
                entry("start", self.start.iter().position(lays))
            }
        }
    }
}

/// A value without what stands before it.
fn value(raw: &RawValue) -> &str {
    let mut text = raw.get_ron().trim_start();
    while let Some((_, rest)) = text.strip_prefix("//").and_then(|comment| comment.split_once('\n')) {
        text = rest.trim_start();
    }
    text
}

/// The text from that key of a map on.
fn after<'a>(map: &'a str, key: &str) -> Option<&'a str> {
    map.find(&format!("{}:", quoted(key))).map(|at| &map[at..])
}
