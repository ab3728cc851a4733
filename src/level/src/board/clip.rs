//! A clip: a part of a board, cut loose from its place and its names, that can be put down again elsewhere.

use super::{Board, Piece};
use crate::edit::{Edit, Setting};
use crate::grid::{Cell, Facing};
use crate::kind::{Kind, Stands};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Pieces and pipes relative to the top left corner of the box around them.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clip {
    /// The pieces.
    pub pieces: Vec<ClipPiece>,
    /// The pipes.
    pub pipes: Vec<ClipPipe>,
}

/// A piece of a clip.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClipPiece {
    /// Its kind.
    pub kind: Kind,
    /// Its top left cell, relative to the clip's.
    pub at: Cell,
    /// Where its outlets point.
    #[serde(default)]
    pub facing: Facing,
    /// How its knobs stand.
    #[serde(default)]
    pub settings: Vec<Setting>,
}

/// A pipe of a clip.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClipPipe {
    /// Its cells, relative to the clip's top left one.
    pub cells: Vec<Cell>,
    /// Whether its valve is shut.
    #[serde(default)]
    pub shut: bool,
}

impl Clip {
    /// Copies the pieces and pipes of those names, and gives the cell that was the clip's top left one. Pieces of the
    /// level are left out: there is no stock of them. Nothing where nothing is left.
    pub fn copy<'a>(board: &Board, names: impl IntoIterator<Item = &'a str>) -> Option<(Self, Cell)> {
        let names: BTreeSet<&str> = names.into_iter().collect();
        let pieces = || board.pieces().iter().filter(|p| !p.fixed && names.contains(p.name.as_str()));
        let pipes = || board.pipes().iter().filter(|p| names.contains(p.name.as_str()));
        let cells = || pieces().flat_map(Piece::cells).chain(pipes().flat_map(|pipe| pipe.cells.iter().copied()));
        let origin = Cell::new(cells().map(|c| c.column).min()?, cells().map(|c| c.row).min()?);
        let relative = |cell: Cell| cell.offset(-origin.column, -origin.row);
        let clip = Self {
            pieces: pieces()
                .map(|piece| ClipPiece {
                    kind: piece.spec.kind(),
                    at: relative(piece.at),
                    facing: piece.facing,
                    settings: settings(board, piece),
                })
                .collect(),
            pipes: pipes()
                .map(|pipe| ClipPipe { cells: pipe.cells.iter().copied().map(relative).collect(), shut: pipe.shut })
                .collect(),
        };
        Some((clip, origin))
    }

    /// The edit that puts it on a board, its top left cell at `at`, all of it or nothing. Names are new.
    pub fn put(&self, board: &Board, at: Cell) -> Edit {
        let mut names = Names { board, taken: BTreeSet::new() };
        let place = |cell: Cell| at.offset(cell.column, cell.row);
        // What power-ups stand on comes before them.
        let standing = |on: Stands| self.pieces.iter().filter(move |piece| piece.kind.stands() == on);
        let mut edits = Vec::new();
        for piece in standing(Stands::Ground).chain(standing(Stands::Caller)) {
            piece.put(names.next(piece.kind.key()), place(piece.at), &mut edits);
        }
        for pipe in &self.pipes {
            let name = names.next("pipe");
            edits.push(Edit::LayPipe { name: name.clone(), cells: pipe.cells.iter().copied().map(place).collect() });
            if pipe.shut {
                edits.push(Edit::Valve { name, shut: true });
            }
        }
        for piece in standing(Stands::Pipe) {
            piece.put(names.next(piece.kind.key()), place(piece.at), &mut edits);
        }
        Edit::Batch(edits)
    }
}

impl ClipPiece {
    fn put(&self, name: String, at: Cell, edits: &mut Vec<Edit>) {
        edits.push(Edit::Place { name: name.clone(), kind: self.kind, at });
        if self.facing != Facing::default() {
            edits.push(Edit::Rotate { name: name.clone(), to: self.facing });
        }
        let turn = |setting: &Setting| Edit::Configure { name: name.clone(), setting: setting.clone() };
        edits.extend(self.settings.iter().map(turn));
    }
}

/// Names that nothing on the board has, each given once.
struct Names<'a> {
    board: &'a Board,
    taken: BTreeSet<String>,
}

impl Names<'_> {
    fn next(&mut self, stem: &str) -> String {
        let is_free = |name: &String| !self.board.has(name) && !self.taken.contains(name);
        let name = (1..).map(|n| format!("{stem}-{n}")).find(is_free).unwrap_or_else(|| stem.to_owned());
        self.taken.insert(name.clone());
        name
    }
}

/// How the knobs stand that the player may turn, where they stand otherwise than as the piece comes from the palette.
fn settings(board: &Board, piece: &Piece) -> Vec<Setting> {
    let kind = piece.spec.kind();
    let fresh = board.stock(kind).and_then(|stock| stock.spec.clone()).unwrap_or_else(|| kind.default_spec());
    let params = kind.params().iter().filter(|param| piece.may_set(param));
    let turned = params.filter(|param| param.get(&piece.spec) != param.get(&fresh));
    turned.filter_map(|param| param.setting(param.get(&piece.spec)?)).collect()
}

impl Board {
    /// The player's pieces that touch the box between two cells, and the pipes that lie in it or join two of those
    /// pieces: what a box drawn on the board selects.
    pub fn inside(&self, a: Cell, b: Cell) -> Vec<String> {
        let within = |cell: Cell| {
            (a.column.min(b.column)..=a.column.max(b.column)).contains(&cell.column)
                && (a.row.min(b.row)..=a.row.max(b.row)).contains(&cell.row)
        };
        let pieces = self.pieces().iter().filter(|piece| !piece.fixed && piece.cells().any(within));
        let mut names: Vec<String> = pieces.map(|piece| piece.name.clone()).collect();
        let chosen = |name: &str| names.iter().any(|each| each == name);
        let pipes = self.joints().filter(|joint| {
            let between =
                joint.source.is_some_and(|(from, ..)| chosen(from)) && joint.target.is_some_and(|(to, _)| chosen(to));
            between || joint.pipe.cells.iter().copied().all(within)
        });
        let pipes: Vec<String> = pipes.map(|joint| joint.pipe.name.clone()).collect();
        names.extend(pipes);
        names
    }

    /// The edit that takes all of these off the board, or nothing.
    pub fn removal<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Edit {
        let mut names: Vec<&str> = names.into_iter().collect();
        // Power-ups first: they would leave with what they stand on.
        names.sort_by_key(|name| self.piece(name).is_none_or(Piece::stands_on_ground));
        let edit = |name: &str| match self.pipe(name) {
            Some(_) => Edit::RemovePipe { name: name.into() },
            None => Edit::Remove { name: name.into() },
        };
        Edit::Batch(names.into_iter().map(edit).collect())
    }
}
