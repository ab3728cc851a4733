//! From a level back to the text of a file.

use super::fields::options;
use super::{FORMAT, FlowRules, Genre, Level, Objective, PipeRules, Stock};
use crate::board::Piece;
use crate::edit::Edit;
use crate::enemy::Enemy;
use crate::grid::{Cell, Facing, Ground};
use crate::kind::KindSpec;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
struct File<'a> {
    format: u32,
    id: &'a str,
    section: u8,
    genre: Genre,
    par: Option<u32>,
    texts: &'a BTreeMap<String, BTreeMap<String, String>>,
    map: Vec<String>,
    pieces: Vec<PieceText<'a>>,
    start: &'a [Edit],
    enemies: &'a [Enemy],
    inventory: &'a [Stock],
    pipes: PipeRules,
    budget: u32,
    flow: FlowRules,
    objectives: &'a [Objective],
}

#[derive(Serialize)]
struct PieceText<'a> {
    name: &'a str,
    at: Cell,
    facing: Facing,
    spec: &'a KindSpec,
    knobs: &'a [String],
}

impl<'a> From<&'a Piece> for PieceText<'a> {
    fn from(piece: &'a Piece) -> Self {
        Self { name: &piece.name, at: piece.at, facing: piece.facing, spec: &piece.spec, knobs: &piece.knobs }
    }
}

impl Level {
    /// The level as the text of a file, which reads as this level.
    pub fn to_text(&self) -> String {
        let row = |row: i32| (0..self.terrain.columns()).map(move |column| Cell::new(column, row));
        let ground = |cell: Cell| match self.terrain.ground(cell) {
            Ground::Sky => '~',
            Ground::Rock => '#',
            Ground::Tunnel => '.',
        };
        let file = File {
            format: FORMAT,
            id: &self.id,
            section: self.section,
            genre: self.genre,
            par: self.par,
            texts: &self.texts,
            map: (0..self.terrain.rows()).map(|r| row(r).map(ground).collect()).collect(),
            pieces: self.pieces.iter().map(PieceText::from).collect(),
            start: &self.start,
            enemies: &self.enemies,
            inventory: &self.inventory,
            pipes: self.pipes,
            budget: self.budget,
            flow: self.flow,
            objectives: &self.objectives,
        };
        // Nothing in a level is of a kind that RON has no words for.
        options().to_string(&file).unwrap_or_default()
    }
}
