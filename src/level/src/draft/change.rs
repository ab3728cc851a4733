//! Changes: exactly what differs between two levels, part by part. What undoes an edit is the change back.

use crate::chaos::Chaos;
use crate::edit::Edit;
use crate::enemy::Enemy;
use crate::format::{FixedPiece, FlowRules, Genre, Level, Objective, PipeRules, Stock};
use crate::grid::{Cell, Ground, Terrain};
use crate::tutorial::Step;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What makes one level of another: [`Change::between`] them, exactly.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Change(Vec<Part>);

/// A part of a level, as it shall be.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
enum Part {
    Id(String),
    Section(u8),
    Genre(Genre),
    Par(Option<u32>),
    /// All texts of a language, or none.
    Language(String, Option<BTreeMap<String, String>>),
    /// A text of a language that has some.
    Text(String, String, Option<String>),
    /// The whole map, as its file has it.
    Map(Vec<String>),
    /// Cells of a map that keeps its size.
    Cells(Ground, Vec<Cell>),
    Pieces(Splice<FixedPiece>),
    Start(Splice<Edit>),
    Enemies(Splice<Enemy>),
    Tutorial(Splice<Step>),
    Chaos(Option<Chaos>),
    Inventory(Splice<Stock>),
    Pipes(PipeRules),
    Budget(u32),
    Flow(FlowRules),
    Objectives(Splice<Objective>),
}

/// A run of a list's entries, and what stands there instead.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Splice<T> {
    at: u32,
    remove: u32,
    insert: Vec<T>,
}

impl<T: Clone + PartialEq> Splice<T> {
    fn between(from: &[T], to: &[T]) -> Option<Self> {
        if from == to {
            return None;
        }
        let shared = from.len().min(to.len());
        let head = (0..shared).find(|&i| from[i] != to[i]).unwrap_or(shared);
        let tail_max = shared - head;
        let same = |back: &usize| from[from.len() - 1 - back] == to[to.len() - 1 - back];
        let tail = (0..tail_max).find(|back| !same(back)).unwrap_or(tail_max);
        let insert = to[head..to.len() - tail].to_vec();
        Some(Self { at: head as u32, remove: (from.len() - tail - head) as u32, insert })
    }

    /// A splice of another list changes what of that list there is.
    fn apply(&self, list: &mut Vec<T>) {
        let at = (self.at as usize).min(list.len());
        let end = at.saturating_add(self.remove as usize).min(list.len());
        list.splice(at..end, self.insert.iter().cloned());
    }
}

impl Change {
    /// What makes `to` of `from`.
    pub fn between(from: &Level, to: &Level) -> Self {
        let mut parts = Vec::new();
        let mut note = |part: Option<Part>| parts.extend(part);
        note((from.id != to.id).then(|| Part::Id(to.id.clone())));
        note((from.section != to.section).then_some(Part::Section(to.section)));
        note((from.genre != to.genre).then_some(Part::Genre(to.genre)));
        note((from.par != to.par).then_some(Part::Par(to.par)));
        texts(from, to, &mut note);
        terrain(&from.terrain, &to.terrain, &mut note);
        let pieces = |level: &Level| level.pieces.iter().map(FixedPiece::from).collect::<Vec<_>>();
        note(Splice::between(&pieces(from), &pieces(to)).map(Part::Pieces));
        note(Splice::between(&from.start, &to.start).map(Part::Start));
        note(Splice::between(&from.enemies, &to.enemies).map(Part::Enemies));
        note(Splice::between(&from.tutorial, &to.tutorial).map(Part::Tutorial));
        note((from.chaos != to.chaos).then(|| Part::Chaos(to.chaos.clone())));
        note(Splice::between(&from.inventory, &to.inventory).map(Part::Inventory));
        note((from.pipes != to.pipes).then_some(Part::Pipes(to.pipes)));
        note((from.budget != to.budget).then_some(Part::Budget(to.budget)));
        note((from.flow != to.flow).then_some(Part::Flow(to.flow)));
        note(Splice::between(&from.objectives, &to.objectives).map(Part::Objectives));
        Self(parts)
    }

    /// Whether nothing changes.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Makes it so.
    pub(super) fn apply(&self, level: &mut Level) {
        self.0.iter().for_each(|part| part.apply(level));
    }
}

impl Part {
    fn apply(&self, level: &mut Level) {
        match self {
            Self::Id(id) => level.id.clone_from(id),
            Self::Section(section) => level.section = *section,
            Self::Genre(genre) => level.genre = *genre,
            Self::Par(par) => level.par = *par,
            Self::Language(language, Some(texts)) => {
                level.texts.insert(language.clone(), texts.clone());
            }
            Self::Language(language, None) => {
                level.texts.remove(language);
            }
            Self::Text(language, key, text) => {
                let texts = level.texts.entry(language.clone()).or_default();
                match text {
                    Some(text) => texts.insert(key.clone(), text.clone()),
                    None => texts.remove(key),
                };
            }
            Self::Map(rows) => {
                let ground = |character| Ground::from_char(character).unwrap_or(Ground::Rock);
                let rows: Vec<Vec<Ground>> = rows.iter().map(|row| row.chars().map(ground).collect()).collect();
                level.terrain = Terrain::from_rows(&rows);
            }
            Self::Cells(ground, cells) => cells.iter().for_each(|&cell| level.terrain.set(cell, *ground)),
            Self::Pieces(splice) => {
                let mut pieces: Vec<FixedPiece> = level.pieces.iter().map(FixedPiece::from).collect();
                splice.apply(&mut pieces);
                level.pieces = pieces.into_iter().map(FixedPiece::piece).collect();
            }
            Self::Start(splice) => splice.apply(&mut level.start),
            Self::Enemies(splice) => splice.apply(&mut level.enemies),
            Self::Tutorial(splice) => splice.apply(&mut level.tutorial),
            Self::Chaos(chaos) => level.chaos.clone_from(chaos),
            Self::Inventory(splice) => splice.apply(&mut level.inventory),
            Self::Pipes(rules) => level.pipes = *rules,
            Self::Budget(budget) => level.budget = *budget,
            Self::Flow(rules) => level.flow = *rules,
            Self::Objectives(splice) => splice.apply(&mut level.objectives),
        }
    }
}

fn texts(from: &Level, to: &Level, note: &mut impl FnMut(Option<Part>)) {
    for language in from.texts.keys().filter(|language| !to.texts.contains_key(*language)) {
        note(Some(Part::Language(language.clone(), None)));
    }
    for (language, texts) in &to.texts {
        let Some(before) = from.texts.get(language) else {
            note(Some(Part::Language(language.clone(), Some(texts.clone()))));
            continue;
        };
        for key in before.keys().filter(|key| !texts.contains_key(*key)) {
            note(Some(Part::Text(language.clone(), key.clone(), None)));
        }
        for (key, text) in texts.iter().filter(|(key, text)| before.get(*key) != Some(text)) {
            note(Some(Part::Text(language.clone(), key.clone(), Some(text.clone()))));
        }
    }
}

fn terrain(from: &Terrain, to: &Terrain, note: &mut impl FnMut(Option<Part>)) {
    if (from.columns(), from.rows()) != (to.columns(), to.rows()) {
        return note(Some(Part::Map(to.to_rows())));
    }
    for ground in Ground::ALL {
        let differs = |cell: &Cell| to.ground(*cell) == ground && from.ground(*cell) != ground;
        let cells: Vec<Cell> = to.cells().filter(differs).collect();
        note((!cells.is_empty()).then_some(Part::Cells(ground, cells)));
    }
}
