//! Where a drawn level is built: a hall with pillars, and builds whose pipes find their way.

use super::die::Die;
use crate::board::{Board, Piece};
use crate::edit::Edit;
use crate::format::{FlowRules, Genre, Level, Objective};
use crate::grid::{Cell, Facing, Ground};
use crate::kind::KindSpec;
use crate::solution::Solution;
use std::collections::BTreeMap;

/// What the levels of each template say: template, language, key.
const TEXTS: &str = include_str!("texts.ron");

/// A level with nothing in it but a hall, so many columns and rows large, and what its template says.
pub(super) fn hall(key: &str, section: u8, columns: i32, rows: i32) -> Option<Level> {
    let ground = |column: i32, row: i32| match row {
        0 | 1 => Ground::Sky,
        row if row == 2 || row == rows - 1 || column == 0 || column == columns - 1 => Ground::Rock,
        _ => Ground::Tunnel,
    };
    let map: Vec<Vec<Ground>> = (0..rows).map(|row| (0..columns).map(|column| ground(column, row)).collect()).collect();
    let mut texts: BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>> =
        crate::format::options().from_str(TEXTS).ok()?;
    let mut level = Level::bare(key, section, texts.remove(key)?, &map);
    level.genre = Genre::Puzzle;
    level.pipes.price_per_cell = 2;
    level.budget = crate::limits::COINS_MAX;
    level.flow = FlowRules { duration_ms: 10_000, pace_ms_per_s: 100.0, ..FlowRules::default() };
    Some(level)
}

impl Level {
    /// Puts a piece of the level on the map, and digs where pipes join it.
    pub(super) fn stand(&mut self, name: &str, at: Cell, spec: KindSpec) {
        let piece = Piece { name: name.into(), at, facing: Facing::East, spec, fixed: true, knobs: Vec::new() };
        let mouths: Vec<Cell> = piece.ports().map(|port| port.mouth_at(at)).collect();
        mouths.iter().for_each(|&mouth| self.terrain.set(mouth, Ground::Tunnel));
        self.pieces.push(piece);
    }

    /// Puts pillars of rock into the hall where nothing stands or joins: one to three cells high.
    pub(super) fn put_pillars(&mut self, die: &mut Die, count: u32, first: (i32, i32), last: (i32, i32)) {
        let board = Board::new(self);
        let mouths = board.all_mouths();
        for _ in 0..count {
            let foot = die.cell(first, last);
            for up in 0..die.whole(1, 3) as i32 {
                let cell = foot.offset(0, -up);
                if cell.row > 2 && board.is_free(cell) && !mouths.contains(&cell) {
                    self.terrain.set(cell, Ground::Rock);
                }
            }
        }
    }

    /// Asks for a share of good answers, and gives so many coins for each coin that a build costs.
    pub(super) fn ask(&mut self, within_ms: f64, cost: u32, coins_per_coin: f64) {
        self.objectives = vec![Objective::GoodShare { at_least: 0.9, within_ms }];
        self.par = Some(cost + cost / 10);
        self.budget = ((f64::from(cost) * coins_per_coin) as u32).max(cost + cost / 8);
    }
}

/// A build that is being planned.
pub(super) struct Build {
    board: Board,
    plan: Vec<Edit>,
}

impl Build {
    pub fn on(level: &Level) -> Self {
        Self { board: Board::new(level), plan: Vec::new() }
    }

    /// Does something; nothing where it is refused.
    pub fn with(mut self, edit: Edit) -> Option<Self> {
        self.board.apply(&edit).ok()?;
        self.plan.push(edit);
        Some(self)
    }

    /// Lays a pipe the shortest way between an outlet of a piece and the inlet of another; nothing where there is none.
    pub fn join(self, name: &str, from: (&str, u8), to: &str) -> Option<Self> {
        let mouth = |piece: &str, outlet| self.board.piece(piece).and_then(|piece| piece.mouth(outlet));
        let (from, to) = (mouth(from.0, Some(from.1))?, mouth(to, None)?);
        let cells = self.board.route(from, to, &self.board.all_mouths())?;
        self.with(Edit::LayPipe { name: name.into(), cells })
    }

    /// The same build on the level as it is now; nothing where something of it is refused there.
    pub fn again(level: &Level, build: &Self) -> Option<Self> {
        build.plan.iter().try_fold(Self::on(level), |again, edit| again.with(edit.clone()))
    }

    /// The cell in which a pipe to a piece ends.
    pub fn mouth(&self, piece: &str) -> Option<Cell> {
        self.board.piece(piece)?.mouth(None)
    }

    /// Cells of all pipes.
    pub fn cells(&self) -> u32 {
        self.board.pipes().iter().map(|pipe| pipe.cells.len() as u32).sum()
    }

    pub fn cost(&self) -> u32 {
        self.board.cost()
    }

    pub fn solution(self, level: &Level) -> Solution {
        Solution { level: level.id.clone(), plan: self.plan, flow: Vec::new() }
    }
}
