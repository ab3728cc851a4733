//! The desk: the level that is being made, what the hand holds, and what is open beside the picture.

use super::import::Importing;
use super::panel::{Panel, Sheet};
use super::practice::Practice;
use super::proof::Proving;
use super::publish::Published;
use super::tool::{Brush, Doing, Shape, Tool};
use super::written::Writing;
use crate::camera::Look;
use bevy::prelude::Resource;
use pipe_maze_level::draft::{Draft, DraftRefusal, LevelEdit};
use pipe_maze_level::{Cell, EnemyKind, Ground, Kind, Solution, Verdict};

/// What was refused, and where it shows.
#[derive(Clone, PartialEq, Debug)]
pub struct Trouble {
    /// Why.
    pub refusal: DraftRefusal,
    /// At which cell, if one can be named.
    pub at: Option<Cell>,
    /// When, in seconds since the game started.
    pub since_s: f64,
}

/// A run that a playtest has finished.
#[derive(Clone, PartialEq, Debug)]
pub struct Finished {
    /// What was built and done.
    pub solution: Solution,
    /// How it went.
    pub verdict: Verdict,
}

/// What the desk remembers while its level is being tried.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Playtest {
    /// Where the author looked.
    pub look: Look,
}

/// A level that comes onto the desk, with what is beside it.
#[derive(Clone, PartialEq, Debug)]
pub struct Beginning {
    /// The level.
    pub draft: Draft,
    /// Builds that win.
    pub references: Vec<(String, Solution)>,
    /// Builds that must lose.
    pub decoys: Vec<(String, Solution)>,
}

impl From<Draft> for Beginning {
    fn from(draft: Draft) -> Self {
        Self { draft, references: Vec::new(), decoys: Vec::new() }
    }
}

/// The desk.
#[derive(Resource)]
pub struct Desk {
    /// The level that is being made, with its past.
    pub draft: Draft,
    /// Its number among the levels that are kept.
    pub number: u32,
    /// Builds that win: the first is the reference.
    pub references: Vec<(String, Solution)>,
    /// Builds that must lose.
    pub decoys: Vec<(String, Solution)>,
    /// The last run of a playtest that came to its end.
    pub finished: Option<Finished>,
    /// What is handed on of it.
    pub published: Option<Published>,
    /// What is taken in.
    pub importing: Importing,
    /// The proof, as far as it goes.
    pub proving: Proving,
    /// What the hand holds.
    pub tool: Tool,
    /// What is painted, and how.
    pub brush: Brush,
    /// Which piece is placed.
    pub piece: Kind,
    /// Whether pieces are placed as the player's own.
    pub as_own: bool,
    /// Which enemy is placed.
    pub enemy: EnemyKind,
    /// What is selected, by name.
    pub selection: Option<String>,
    /// What the hand is at.
    pub doing: Doing,
    /// What stands beside the picture.
    pub panel: Panel,
    /// Whether it is open; on a phone it covers half of the picture.
    pub panel_open: bool,
    /// Whether the timeline is open.
    pub timeline_open: bool,
    /// Whether the parameters show that do not show at once.
    pub advanced: bool,
    /// The language whose texts are written.
    pub language: String,
    /// The text that is written letter by letter, and how many steps there were then.
    pub written: Option<(String, usize)>,
    /// The level's text while it is written.
    pub writing: Writing,
    /// What lies over everything.
    pub sheet: Option<Sheet>,
    /// The seed and the difficulty of the next level from a template, and the one that is being drawn.
    pub practice: Practice,
    /// The pointer of a step that the next press on the map puts somewhere: which step, and which of its pointers.
    pub pointing: Option<(u32, u32)>,
    /// The level of the list that goes if the author says so once more.
    pub to_delete: Option<u32>,
    /// What was refused last.
    pub trouble: Option<Trouble>,
    /// Set while the level is being tried.
    pub playtest: Option<Playtest>,
    /// Grows when something is kept beside the level: a reference, a decoy.
    pub kept: u64,
}

impl Desk {
    /// A desk with that level on it.
    pub fn new(draft: Draft, number: u32) -> Self {
        Self {
            draft,
            number,
            references: Vec::new(),
            decoys: Vec::new(),
            finished: None,
            published: None,
            importing: Importing::default(),
            proving: Proving::default(),
            tool: Tool::default(),
            brush: Brush { ground: Ground::Tunnel, shape: Shape::Brush, thickness: 1, mirror: false },
            piece: Kind::Spring,
            as_own: false,
            enemy: EnemyKind::ALL[0],
            selection: None,
            doing: Doing::Nothing,
            panel: Panel::default(),
            panel_open: true,
            timeline_open: true,
            advanced: false,
            language: "en".into(),
            written: None,
            writing: Writing::default(),
            sheet: None,
            practice: Practice::default(),
            pointing: None,
            to_delete: None,
            trouble: None,
            playtest: None,
            kept: 0,
        }
    }

    /// A desk with a level that comes from elsewhere.
    pub fn begin(beginning: Beginning, number: u32) -> Self {
        let Beginning { draft, references, decoys } = beginning;
        Self { references, decoys, ..Self::new(draft, number) }
    }

    /// Changes the level; what is refused shows, and changes nothing. Says whether it was done.
    pub fn apply(&mut self, edit: &LevelEdit, now_s: f64) -> bool {
        let done = self.draft.apply(edit);
        self.heed(done, now_s)
    }

    /// The same as a part of the step before: for drags, which are one step however long they last.
    pub fn amend(&mut self, edit: &LevelEdit, now_s: f64) -> bool {
        let done = self.draft.amend(edit);
        self.heed(done, now_s)
    }

    /// Changes a text letter by letter: one step as long as nothing else comes between.
    pub fn write(&mut self, field: &str, edit: &LevelEdit, now_s: f64) {
        let steps = self.draft.done().len();
        let goes_on = self.written.as_ref().is_some_and(|(last, then)| last == field && *then == steps);
        let done = if goes_on { self.amend(edit, now_s) } else { self.apply(edit, now_s) };
        self.written = done.then(|| (field.to_owned(), self.draft.done().len()));
    }

    fn heed(&mut self, done: Result<(), DraftRefusal>, now_s: f64) -> bool {
        match done {
            Ok(()) => true,
            Err(refusal) => {
                self.trouble = Some(Trouble { at: refusal.cell(), refusal, since_s: now_s });
                false
            }
        }
    }

    /// One step back in what was done to the level.
    pub fn undo(&mut self) {
        self.doing = Doing::Nothing;
        self.draft.undo();
        self.forget_what_is_gone();
    }

    /// Does again what was undone last.
    pub fn redo(&mut self) {
        self.doing = Doing::Nothing;
        self.draft.redo();
        self.forget_what_is_gone();
    }

    /// What is no longer there is not selected.
    pub fn forget_what_is_gone(&mut self) {
        let gone = self.selection.as_deref().is_some_and(|name| !self.has(name));
        if gone {
            self.selection = None;
        }
    }

    /// Whether something in the level has that name.
    pub fn has(&self, name: &str) -> bool {
        let board = self.draft.board();
        board.piece(name).is_some()
            || board.pipe(name).is_some()
            || self.draft.level().enemies.iter().any(|enemy| enemy.name == name)
    }

    /// The piece, enemy or pipe in a cell, in this order.
    pub fn thing_at(&self, cell: Cell) -> Option<String> {
        let board = self.draft.board();
        let enemies = &self.draft.level().enemies;
        let enemy = enemies.iter().find(|enemy| enemy.cells.contains(&cell)).map(|enemy| enemy.name.clone());
        let piece = board.piece_at(cell).map(|piece| piece.name.clone());
        enemy.or(piece).or_else(|| board.pipe_at(cell).map(|pipe| pipe.name.clone()))
    }

    /// Selects something and shows it beside the picture.
    pub fn select(&mut self, name: Option<String>) {
        if name.is_some() {
            self.panel = Panel::Piece;
        }
        self.selection = name;
    }

    /// Removes what is selected.
    pub fn remove_selected(&mut self, now_s: f64) {
        if let Some(name) = self.selection.take() {
            self.apply(&LevelEdit::Remove { name }, now_s);
        }
    }

    /// Gives up what the hand is at, then the tool, then what is selected. Says whether there was something.
    pub fn back(&mut self) -> bool {
        if std::mem::take(&mut self.doing) != Doing::Nothing || self.pointing.take().is_some() {
            return true;
        }
        let something = self.tool != Tool::Select || self.selection.is_some();
        self.tool = Tool::Select;
        self.selection = None;
        something
    }
}
