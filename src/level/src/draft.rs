//! Drafts: levels that are being edited.
//!
//! ```text
//!   LevelEdit --apply--> Level after --Change::between--> what undoes it, exactly
//!   text      --set_text-^    |
//!                             +--> board, text, problems: computed when asked for, kept until the next change
//! ```
//!
//! A draft can always be shown, even while it has problems: [`Draft::board`] leaves out what cannot be built. It can be
//! played and proved as soon as none of its [problems](Draft::problems) is an error. Text and picture are two views of
//! one value: [`Draft::text`] is written from it, and [`Draft::set_text`] is one edit like any other.

mod advice;
mod apply;
mod change;
mod chaos;
mod edit;
mod fix;
mod lessons;
mod pieces;
mod problem;
mod reach;
mod refusal;
mod resize;
mod snapshot;
mod start;
mod steps;
pub mod terrain;
mod traffic;

pub use change::Change;
pub use chaos::genre;
pub use edit::LevelEdit;
pub use problem::{DraftProblem, Severity};
pub use refusal::DraftRefusal;
pub use snapshot::Snapshot;

use crate::board::Board;
use crate::format::{Level, Objective, ParseErrors, Place};
use crate::grid::Ground;
use crate::limits::MAP_SIDE_MAX;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A level that is being edited, with its past.
#[derive(Clone, Debug)]
pub struct Draft {
    level: Level,
    /// What undoes each step, oldest first, with the key of its text.
    done: Vec<(String, Change)>,
    /// What does again what was undone, oldest first.
    undone: Vec<(String, Change)>,
    revision: u64,
    board: OnceLock<Board>,
    text: OnceLock<String>,
    problems: OnceLock<Vec<DraftProblem>>,
}

impl PartialEq for Draft {
    /// Drafts of equal levels are equal, whatever their past.
    fn eq(&self, other: &Self) -> bool {
        self.level == other.level
    }
}

impl Draft {
    /// A level of which only the ground is there: two rows of sky, rock around, and room to build. The size is put
    /// within what a map can have.
    pub fn blank(columns: i32, rows: i32) -> Self {
        let side = |cells: i32| cells.clamp(1, MAP_SIDE_MAX as i32);
        let (columns, rows) = (side(columns), side(rows));
        let ground = |column: i32, row: i32| match (row, column) {
            (0..=1, _) => Ground::Sky,
            (_, column) if column == 0 || column == columns - 1 || row == 2 || row == rows - 1 => Ground::Rock,
            _ => Ground::Tunnel,
        };
        let map: Vec<Vec<Ground>> =
            (0..rows).map(|row| (0..columns).map(|column| ground(column, row)).collect()).collect();
        let texts = [("name", "Untitled"), ("brief", "")].map(|(key, text)| (key.to_owned(), text.to_owned()));
        let mut level = Level::bare("untitled", 1, BTreeMap::from([("en".to_owned(), BTreeMap::from(texts))]), &map);
        level.objectives = vec![Objective::GoodShare { at_least: 0.95, within_ms: 1_000.0 }];
        Self::new(level)
    }

    /// A copy of a level, to be edited.
    pub fn open(level: &Level) -> Self {
        Self::new(level.clone())
    }

    /// The draft that a text says, which may be unfit to be played.
    ///
    /// # Errors
    /// Every place in which the text cannot be understood.
    pub fn from_text(text: &str) -> Result<Self, ParseErrors> {
        Level::read(text).map(Self::new)
    }

    fn new(level: Level) -> Self {
        let (board, text, problems) = Default::default();
        Self { level, done: Vec::new(), undone: Vec::new(), revision: 0, board, text, problems }
    }

    /// The level as it stands now. It can be shown ([`Self::board`]); whether it can be played says [`Self::is_playable`].
    pub const fn level(&self) -> &Level {
        &self.level
    }

    /// What stands in it; what cannot be built is left out.
    pub fn board(&self) -> &Board {
        self.board.get_or_init(|| Board::new(&self.level))
    }

    /// Everything that is wrong, or doubtful, errors first.
    pub fn problems(&self) -> &[DraftProblem] {
        self.problems.get_or_init(|| problem::all(&self.level, self.board()))
    }

    /// Whether no problem is an error: then it is a level that others can open.
    pub fn is_playable(&self) -> bool {
        self.problems().iter().all(|problem| problem.severity != Severity::Error)
    }

    /// The level as the text of its file. A draft of that text is equal to this one.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| self.level.to_text())
    }

    /// Line and column of [`Self::text`], from 1, at which a problem's place begins, if it is said there.
    pub fn position(&self, place: &Place) -> Option<(usize, usize)> {
        self.level.locate(self.text(), place)
    }

    /// Changes the level. One edit is one step for undo.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, edit: &LevelEdit) -> Result<(), DraftRefusal> {
        let next = apply::edited(&self.level, edit)?;
        self.step(edit.key(), next);
        Ok(())
    }

    /// The same as a part of the step before it: for drags and sliders, which are one step however long they last.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn amend(&mut self, edit: &LevelEdit) -> Result<(), DraftRefusal> {
        let next = apply::edited(&self.level, edit)?;
        if let Some((_, change)) = self.done.pop() {
            change.apply(&mut self.level);
        }
        self.step(edit.key(), next);
        Ok(())
    }

    /// Why an edit would be refused, without applying it.
    pub fn refusal(&self, edit: &LevelEdit) -> Option<DraftRefusal> {
        apply::edited(&self.level, edit).err()
    }

    /// Makes it the level that a text says, as one step.
    ///
    /// # Errors
    /// Every place in which the text cannot be understood; then nothing has changed.
    pub fn set_text(&mut self, text: &str) -> Result<(), ParseErrors> {
        let next = Level::read(text)?;
        self.step("level-edit-written", next);
        Ok(())
    }

    /// Undoes the last step. Says whether there was one.
    pub fn undo(&mut self) -> bool {
        let step = self.done.pop();
        self.turn(step, |draft| &mut draft.undone)
    }

    /// Does again what was undone last. Says whether there was something.
    pub fn redo(&mut self) -> bool {
        let step = self.undone.pop();
        self.turn(step, |draft| &mut draft.done)
    }

    /// Whether there is something to undo.
    pub const fn can_undo(&self) -> bool {
        !self.done.is_empty()
    }

    /// Whether there is something to do again.
    pub const fn can_redo(&self) -> bool {
        !self.undone.is_empty()
    }

    /// The keys of the texts of all steps that can be undone, oldest first.
    pub fn done(&self) -> impl ExactSizeIterator<Item = &str> {
        self.done.iter().map(|(key, _)| key.as_str())
    }

    /// The keys of the texts of all steps that can be done again, the next one last.
    pub fn undone(&self) -> impl ExactSizeIterator<Item = &str> {
        self.undone.iter().map(|(key, _)| key.as_str())
    }

    /// Grows with every change, undo and redo included.
    pub const fn revision(&self) -> u64 {
        self.revision
    }

    /// Goes on to another level. What changes nothing is no step.
    fn step(&mut self, key: &str, next: Level) {
        let undo = Change::between(&next, &self.level);
        if !undo.is_empty() {
            self.done.push((key.into(), undo));
            self.undone.clear();
        }
        self.show(next);
    }

    fn turn(
        &mut self,
        step: Option<(String, Change)>,
        to: impl FnOnce(&mut Self) -> &mut Vec<(String, Change)>,
    ) -> bool {
        let Some((key, change)) = step else { return false };
        let mut next = self.level.clone();
        change.apply(&mut next);
        // What undoes an edit is always possible; what a snapshot says does may not be.
        if apply::check_bounds(&next).is_err() {
            return false;
        }
        let back = Change::between(&next, &self.level);
        to(self).push((key, back));
        self.show(next);
        true
    }

    fn show(&mut self, level: Level) {
        self.level = level;
        self.revision += 1;
        self.board.take();
        self.text.take();
        self.problems.take();
    }
}
