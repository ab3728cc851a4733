//! The author's vocabulary: values that change a level, as [`Edit`] changes a board.

use super::change::Change;
use crate::chaos::{Chaos, EnemyStock};
use crate::edit::{Edit, Setting};
use crate::enemy::{Enemy, EnemyKind, EnemySpec, Schedule};
use crate::format::{FlowRules, Genre, Objective, PipeRules, Stock};
use crate::grid::{Cell, Facing, Ground};
use crate::kind::{Class, ClassRate, Kind, KindSpec};
use crate::profile::Profile;
use crate::tutorial::Step;
use serde::{Deserialize, Serialize};

/// One change of a level. What undoes it is the [`Change`] between the levels after and before.
///
/// Where a name is given, it is that of a piece of the level, of an enemy, or of a pipe or piece that is built already
/// (`start`), in this order.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum LevelEdit {
    /// Makes all these cells of that ground; cells outside of the map are left out.
    Paint {
        /// The cells; [`super::terrain`] has tools that give them.
        cells: Vec<Cell>,
        /// The ground.
        ground: Ground,
    },
    /// Gives the map another size. Everything goes where its ground goes; new cells are as the nearest old ones.
    Resize {
        /// Columns afterwards.
        columns: i32,
        /// Rows afterwards.
        rows: i32,
        /// Columns that come at the left of the old ones, below 0 where they go.
        left: i32,
        /// Rows that come above the old ones, below 0 where they go.
        above: i32,
    },
    /// Puts a piece of the level on the board.
    Place {
        /// Its name, unique in the level.
        name: String,
        /// What it is.
        spec: KindSpec,
        /// Its top left cell.
        at: Cell,
        /// Where its outlets point.
        #[serde(default)]
        facing: Facing,
    },
    /// Takes away a piece with what stands on it, an enemy, or what is built already.
    Remove {
        /// Its name.
        name: String,
    },
    /// Puts a piece or enemy elsewhere. Pipes that are built already follow a piece where there is a way.
    Move {
        /// Its name.
        name: String,
        /// Its new top left cell; of an enemy the new first cell, and the others keep their places beside it.
        to: Cell,
    },
    /// Turns a piece so that requests leave it that way.
    Rotate {
        /// The piece.
        name: String,
        /// Where its outlets point.
        to: Facing,
    },
    /// Gives a piece, enemy or pipe another name, and everything that refers to it the new one.
    Rename {
        /// Its name.
        name: String,
        /// Its new name, unique in the level.
        to: String,
    },
    /// Turns one knob of a piece; an author may turn all of a level's piece.
    Configure {
        /// The piece.
        name: String,
        /// The knob and its new position.
        setting: Setting,
    },
    /// Gives a piece of the level all parameters anew, those without a knob included.
    Specify {
        /// The piece.
        name: String,
        /// What it is; its kind stays.
        spec: KindSpec,
    },
    /// Says which parameters of a piece the player may set, beyond those that he may set anyway.
    Knobs {
        /// The piece of the level.
        name: String,
        /// The parameters' keys.
        knobs: Vec<String>,
    },
    /// Adds a class of requests to a spring, or changes the one that there is. The first class is the spring's own.
    Class {
        /// The spring.
        name: String,
        /// The class.
        class: ClassRate,
    },
    /// Takes a class of requests from a spring; its first class only where there is another.
    RemoveClass {
        /// The spring.
        name: String,
        /// The class.
        class: Class,
    },
    /// Says how a spring's rate changes with time.
    Profile {
        /// The spring.
        name: String,
        /// How.
        profile: Profile,
    },
    /// Adds a point to a spring's curve, in order of time. Another profile becomes the curve that looks like it.
    AddPoint {
        /// The spring.
        name: String,
        /// When, in simulated milliseconds since the water flows.
        at_ms: u64,
        /// What the rate is multiplied by then.
        factor: f64,
    },
    /// Puts a point of a spring's curve elsewhere, between its neighbours in time.
    MovePoint {
        /// The spring.
        name: String,
        /// Which point, from 0.
        nth: u32,
        /// When, in simulated milliseconds since the water flows.
        at_ms: u64,
        /// What the rate is multiplied by then.
        factor: f64,
    },
    /// Takes a point from a spring's curve. Without points the rate is always the same.
    RemovePoint {
        /// The spring.
        name: String,
        /// Which point, from 0.
        nth: u32,
    },
    /// Changes what is built already when the player comes.
    Start(Edit),
    /// Says edit by edit what is built already.
    StartList(Vec<Edit>),
    /// Puts an enemy into the level.
    PlaceEnemy(Enemy),
    /// Says what an enemy is, and how strong.
    EnemyKind {
        /// The enemy.
        name: String,
        /// What it is.
        kind: EnemySpec,
    },
    /// Says in which cells an enemy is.
    EnemyCells {
        /// The enemy.
        name: String,
        /// The cells.
        cells: Vec<Cell>,
    },
    /// Says which pipe or piece an enemy strikes; by its cells where nothing is named.
    EnemyTarget {
        /// The enemy.
        name: String,
        /// The pipe or piece.
        on: Option<String>,
    },
    /// Says when an enemy strikes.
    EnemySchedule {
        /// The enemy.
        name: String,
        /// When.
        schedule: Schedule,
    },
    /// Says what the player may let loose; nothing where the level is none of chaos.
    Chaos(Option<Chaos>),
    /// Puts faults into the arsenal of a chaos level, or changes those of that kind.
    Fault(EnemyStock),
    /// Takes a kind of fault out of the arsenal.
    RemoveFault(EnemyKind),
    /// Puts a step into the tutorial.
    AddStep {
        /// Its place among the steps, from 0; behind the last one where there are fewer.
        at: u32,
        /// The step.
        step: Step,
    },
    /// Changes a step of the tutorial.
    Step {
        /// Which, from 0.
        nth: u32,
        /// What it is.
        step: Step,
    },
    /// Puts a step of the tutorial elsewhere among them.
    MoveStep {
        /// Which, from 0.
        nth: u32,
        /// Its place afterwards, from 0; behind the last one where there are fewer.
        to: u32,
    },
    /// Takes a step out of the tutorial.
    RemoveStep {
        /// Which, from 0.
        nth: u32,
    },
    /// Puts pieces into the inventory, or changes the stock of that kind.
    Stock(Stock),
    /// Takes a kind out of the inventory.
    RemoveStock(Kind),
    /// Says what pipes cost and do.
    Pipes(PipeRules),
    /// Says how many coins there are.
    Budget(u32),
    /// Says what a good build costs.
    Par(Option<u32>),
    /// Says when, how long and how fast water flows.
    Flow(FlowRules),
    /// Adds an objective.
    AddObjective(Objective),
    /// Changes an objective.
    Objective {
        /// Which, from 0.
        nth: u32,
        /// What must hold.
        objective: Objective,
    },
    /// Takes an objective away.
    RemoveObjective {
        /// Which, from 0.
        nth: u32,
    },
    /// Writes a text, or takes it away.
    Text {
        /// The language's code.
        language: String,
        /// Which text: `name`, `brief`, `sage`, `won`, `lost`, `hint-1`, …, or the name of a piece.
        key: String,
        /// The text.
        text: Option<String>,
    },
    /// Takes all texts of a language away.
    RemoveLanguage(String),
    /// Gives the level another name in links and files.
    Id(String),
    /// Puts the level into a section of the maze.
    Section(u8),
    /// Says what kind of task the level is.
    Genre(Genre),
    /// Makes parts of the level what they are given as: what undoes an edit.
    Change(Change),
    /// All of these, one after the other, or none.
    Batch(Vec<LevelEdit>),
}

impl LevelEdit {
    /// The key of the text that names it in a history.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Paint { .. } => "level-edit-paint",
            Self::Resize { .. } => "level-edit-resize",
            Self::Place { .. } | Self::PlaceEnemy(_) => "level-edit-place",
            Self::Remove { .. } => "level-edit-remove",
            Self::Move { .. } | Self::EnemyCells { .. } => "level-edit-move",
            Self::Rotate { .. } => "level-edit-rotate",
            Self::Rename { .. } => "level-edit-rename",
            Self::Configure { .. } | Self::Specify { .. } | Self::Knobs { .. } => "level-edit-configure",
            Self::Class { .. } | Self::RemoveClass { .. } => "level-edit-class",
            Self::Profile { .. } | Self::AddPoint { .. } | Self::MovePoint { .. } | Self::RemovePoint { .. } => {
                "level-edit-traffic"
            }
            Self::Start(_) | Self::StartList(_) => "level-edit-start",
            Self::EnemyKind { .. } | Self::EnemyTarget { .. } => "level-edit-enemy",
            Self::EnemySchedule { .. } => "level-edit-schedule",
            Self::Chaos(_) | Self::Fault(_) | Self::RemoveFault(_) => "level-edit-chaos",
            Self::AddStep { .. } | Self::Step { .. } | Self::MoveStep { .. } | Self::RemoveStep { .. } => {
                "level-edit-tutorial"
            }
            Self::Stock(_) | Self::RemoveStock(_) => "level-edit-inventory",
            Self::Pipes(_) | Self::Budget(_) | Self::Par(_) | Self::Flow(_) => "level-edit-rules",
            Self::AddObjective(_) | Self::Objective { .. } | Self::RemoveObjective { .. } => "level-edit-objective",
            Self::Text { .. } | Self::RemoveLanguage(_) => "level-edit-text",
            Self::Id(_) | Self::Section(_) | Self::Genre(_) => "level-edit-about",
            Self::Change(_) => "level-edit-change",
            Self::Batch(_) => "level-edit-batch",
        }
    }
}
