//! The problems of a draft: everything that the check of a level reports, and what is doubtful about it.

use super::edit::LevelEdit;
use super::{advice, fix};
use crate::board::Board;
use crate::format::{Flaw, Level, Place};
use crate::grid::Cell;
use crate::limits::ERRORS_MAX;
use std::fmt;

/// One problem of a draft.
#[derive(Clone, PartialEq, Debug)]
pub struct DraftProblem {
    /// How bad it is.
    pub severity: Severity,
    /// What it is about.
    pub place: Place,
    /// Where that is on the map, if it is there.
    pub cell: Option<Cell>,
    /// What is wrong: the key of its text, and the values in it.
    pub flaw: Flaw,
    /// An edit that mends it, where there is one.
    pub fix: Option<LevelEdit>,
}

/// How bad a problem is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// The level can be neither opened nor played by others.
    Error,
    /// It can, and something about it is doubtful.
    Warning,
}

impl fmt::Display for DraftProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.flaw)
    }
}

/// Every problem of a level, errors first.
pub(super) fn all(level: &Level, board: &Board) -> Vec<DraftProblem> {
    let mut flaws = level.flaws(true);
    flaws.extend(advice::flaws(level, board));
    // Each may come with a whole list as it should be. Errors come first.
    flaws.truncate(ERRORS_MAX);
    let problems = flaws.into_iter().map(|(place, flaw)| {
        let severity = if flaw.is_error() { Severity::Error } else { Severity::Warning };
        let cell = flaw.cell().or_else(|| cell(level, board, &place));
        let fix = fix::of(level, &place, &flaw);
        DraftProblem { severity, place, cell, flaw, fix }
    });
    let mut problems: Vec<DraftProblem> = problems.collect();
    problems.sort_by_key(|problem| problem.severity);
    problems
}

/// Where a place is on the map.
fn cell(level: &Level, board: &Board, place: &Place) -> Option<Cell> {
    match place {
        Place::Piece(name) => level.pieces.iter().find(|piece| piece.name == *name).map(|piece| piece.at),
        Place::Pipe(name) => board.pipe(name)?.cells.first().copied(),
        Place::Enemy(name) => level.enemies.iter().find(|enemy| enemy.name == *name)?.cells.first().copied(),
        _ => None,
    }
}
