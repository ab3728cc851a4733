//! The level format: what a level is, and how its file is read.
//!
//! A level file is RON. It is read section by section, so that one mistake does not hide the next, and then checked as
//! a whole; [`Level::parse`] gives every problem at once, each with its place and a way to mend it.

mod chaos;
mod check;
mod fields;
mod flaw;
mod layout;
mod locate;
mod parse;
mod rule;
mod write;

pub(crate) use fields::{options, section_names};
pub use flaw::{Argument, Flaw, Place};
pub use parse::{FixedPiece, ParseError, ParseErrors};
pub(crate) use parse::{Reader, is_default};
pub use rule::Rule;

use crate::board::Piece;
use crate::chaos::Chaos;
use crate::edit::Edit;
use crate::enemy::Enemy;
use crate::grid::{Ground, Terrain};
use crate::kind::{Class, Kind, KindSpec};
use crate::milliseconds::to_ns;
use crate::tutorial::Step;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the format that this program writes and reads.
pub const FORMAT: u32 = 1;

/// Coins of a level that does not say otherwise.
const BUDGET: u32 = 300;

/// A level: terrain, fixed pieces, what the player gets, what flows, and what counts as winning.
#[derive(Clone, PartialEq, Debug)]
pub struct Level {
    /// Its name in links, files and saved progress.
    pub id: String,
    /// The section of the maze that it belongs to, 1 to 5.
    pub section: u8,
    /// What kind of task it is.
    pub genre: Genre,
    /// What a good build costs at most, in coins: worth a star. A solution beside the level reaches it.
    pub par: Option<u32>,
    /// Its texts: language, then key. English is always there, with `name` and `brief`.
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// Sky, rock and tunnels.
    pub terrain: Terrain,
    /// What stands there from the start and stays.
    pub pieces: Vec<Piece>,
    /// What is built already when the player comes: pipes and pieces of the inventory, which are the player's to change.
    pub start: Vec<Edit>,
    /// The faults that the player has to do with.
    pub enemies: Vec<Enemy>,
    /// Steps that the level takes a new player through, one at a time.
    pub tutorial: Vec<Step>,
    /// The faults that the player places, in chaos levels.
    pub chaos: Option<Chaos>,
    /// What the player can place.
    pub inventory: Vec<Stock>,
    /// What pipes cost and do.
    pub pipes: PipeRules,
    /// Coins to spend at most.
    pub budget: u32,
    /// When, how long and how fast water flows.
    pub flow: FlowRules,
    /// What counts as winning: all of it.
    pub objectives: Vec<Objective>,
}

/// What kind of task a level is. It changes nothing in a run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Genre {
    /// Few pieces, one idea.
    Puzzle,
    /// Open-ended: there are many ways, some better than others.
    #[default]
    Build,
    /// A system runs already and is failing.
    Incident,
    /// Versions, schemas or regions change, and no request may be lost.
    Migration,
    /// The player places the faults.
    Chaos,
    /// A game against the clock.
    MiniGame,
}

impl Genre {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Puzzle, Self::Build, Self::Incident, Self::Migration, Self::Chaos, Self::MiniGame];

    /// Its name in the names of texts and pictures.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Puzzle => "puzzle",
            Self::Build => "build",
            Self::Incident => "incident",
            Self::Migration => "migration",
            Self::Chaos => "chaos",
            Self::MiniGame => "minigame",
        }
    }
}

impl Level {
    /// A level with that name, those texts and that ground, and nothing on it yet; what is not said is as usual.
    pub(crate) fn bare(
        id: &str,
        section: u8,
        texts: BTreeMap<String, BTreeMap<String, String>>,
        map: &[Vec<Ground>],
    ) -> Self {
        Self {
            id: id.into(),
            section,
            genre: Genre::default(),
            par: None,
            texts,
            terrain: Terrain::from_rows(map),
            pieces: Vec::new(),
            start: Vec::new(),
            enemies: Vec::new(),
            chaos: None,
            tutorial: Vec::new(),
            inventory: Vec::new(),
            pipes: PipeRules::default(),
            budget: BUDGET,
            flow: FlowRules::default(),
            objectives: Vec::new(),
        }
    }

    /// The text of that key in that language, else in English.
    pub fn text(&self, language: &str, key: &str) -> Option<&str> {
        let of = |language: &str| self.texts.get(language).and_then(|texts| texts.get(key)).map(String::as_str);
        of(language).or_else(|| of("en"))
    }

    /// Whether winning is to break the system: the error budget is then what still has to go.
    pub fn is_to_break(&self) -> bool {
        self.objectives.iter().any(|objective| matches!(objective, Objective::Break { .. }))
    }

    /// The stock of a kind, if the inventory has it.
    pub fn stock(&self, kind: Kind) -> Option<&Stock> {
        self.inventory.iter().find(|stock| stock.kind == kind)
    }
}

/// Pieces of one kind in the inventory.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stock {
    /// Which kind.
    pub kind: Kind,
    /// How many.
    pub count: u32,
    /// Price of one, in coins.
    pub price: u32,
    /// How they come out of the palette, where not as usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spec: Option<KindSpec>,
    /// Parameters that the player may set, beyond those that he may set anyway.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub knobs: Vec<String>,
}

impl Stock {
    /// What it costs where nothing else is said, in coins.
    const PRICE: u32 = 60;

    /// One piece, as it comes into an inventory that had none.
    pub const fn first(kind: Kind) -> Self {
        Self { kind, count: 1, price: Self::PRICE, spec: None, knobs: Vec::new() }
    }
}

/// What pipes cost and do in this level.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PipeRules {
    /// Price of one cell, in coins.
    pub price_per_cell: u32,
    /// Propagation through one cell, in simulated milliseconds.
    pub propagation_ms_per_cell: f64,
    /// Bytes a simulated second that enter a pipe at most, in each direction.
    pub bandwidth_bytes_per_s: u64,
    /// Messages that may wait in front of a pipe, in each direction.
    #[serde(default = "PipeRules::queue_default", skip_serializing_if = "PipeRules::is_queue_default")]
    pub queue: u32,
    /// Percent of messages that each pipe loses, in each direction.
    #[serde(default, skip_serializing_if = "is_default")]
    pub loss_percent: f64,
    /// What is added to each message's way at most, in simulated milliseconds: anything up to that is equally likely.
    #[serde(default, skip_serializing_if = "is_default")]
    pub jitter_ms: f64,
    /// Whether a message that is held up less overtakes another (packets), or waits behind it (a stream).
    #[serde(default, skip_serializing_if = "is_default")]
    pub overtaking: bool,
    /// Round trips that opening a connection costs: 1 for TCP, 2 with TLS 1.3, 3 with TLS 1.2 (`FACTS`); 0: there are none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub handshake_round_trips: u32,
    /// Idle time after which a connection closes, in simulated milliseconds; 0: each request opens one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub idle_ms: u64,
    /// Price of a cell in which two pipes cross, in coins, beside that of their cells; without it none can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price_per_bridge: Option<u32>,
}

impl Default for PipeRules {
    fn default() -> Self {
        Self {
            price_per_cell: 5,
            propagation_ms_per_cell: 10.0,
            bandwidth_bytes_per_s: 1_000_000,
            queue: Self::queue_default(),
            loss_percent: 0.0,
            jitter_ms: 0.0,
            overtaking: false,
            handshake_round_trips: 0,
            idle_ms: 0,
            price_per_bridge: None,
        }
    }
}

impl PipeRules {
    const fn queue_default() -> u32 {
        1_000
    }

    fn is_queue_default(queue: &u32) -> bool {
        *queue == Self::queue_default()
    }
}

/// When, how long and how fast water flows.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlowRules {
    /// How long springs issue requests, in simulated milliseconds.
    pub duration_ms: u64,
    /// Simulated milliseconds that pass in one second of play at normal speed.
    pub pace_ms_per_s: f64,
    /// How long an enemy must strike without effect to be beaten, in simulated milliseconds; one whole strike will do.
    #[serde(default = "FlowRules::beaten_after_default", skip_serializing_if = "FlowRules::is_beaten_after_default")]
    pub beaten_after_ms: u64,
    /// After how many seconds of planning the water comes by itself: a game against the clock. The clock on the wall
    /// is the game's; nothing here depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan_s: Option<u32>,
    /// How long a step of the Navigator to the next cell takes, in simulated milliseconds; a fifth of a second of play at
    /// normal speed, where nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step_ms: Option<f64>,
}

/// Steps of the Navigator in a second of play, where a level says nothing else.
const STEPS_PER_S: f64 = 5.0;

impl Default for FlowRules {
    /// Two minutes of play.
    fn default() -> Self {
        Self {
            duration_ms: 12_000,
            pace_ms_per_s: 100.0,
            beaten_after_ms: Self::beaten_after_default(),
            plan_s: None,
            step_ms: None,
        }
    }
}

impl FlowRules {
    /// How long a step of the Navigator takes, in nanoseconds of simulated time.
    pub fn step_ns(&self) -> u64 {
        to_ns(self.step_ms.unwrap_or(self.pace_ms_per_s / STEPS_PER_S))
    }

    const fn beaten_after_default() -> u64 {
        10_000
    }

    fn is_beaten_after_default(ms: &u64) -> bool {
        *ms == Self::beaten_after_default()
    }
}

/// One thing that must hold at the end.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub enum Objective {
    /// At least this share of all requests is answered within that time.
    GoodShare {
        /// The share, 0 to 1.
        at_least: f64,
        /// The SLO, in simulated milliseconds.
        within_ms: f64,
    },
    /// 99 of 100 answered requests take at most this long.
    P99 {
        /// In simulated milliseconds.
        at_most_ms: f64,
    },
    /// Pieces and pipes cost at most this much.
    Cost {
        /// In coins.
        at_most: u32,
    },
    /// At least this share of the requests of one class is answered within that time.
    ClassShare {
        /// The class.
        class: Class,
        /// The share, 0 to 1.
        at_least: f64,
        /// In simulated milliseconds.
        within_ms: f64,
    },
    /// At least this share of the error budget is left: of the requests that may fail or be late by `GoodShare`.
    ErrorBudget {
        /// The share, 0 to 1.
        at_least: f64,
    },
    /// At least so many enemies are beaten.
    Beaten {
        /// How many.
        at_least: u32,
    },
    /// 99 of 100 events are committed, which is worked off, at most this long after their broker has acknowledged them, and
    /// none that is older is left when the run is over. An answer from a broker is no work done; this asks for the work.
    ConsumerLag {
        /// In simulated milliseconds.
        at_most_ms: f64,
    },
    /// At most this share of all requests is answered within that time: the system is broken. Only in chaos levels, where
    /// it takes the place of `GoodShare`.
    Break {
        /// The share, 0 to 1.
        good_share_at_most: f64,
        /// The SLO, in simulated milliseconds.
        within_ms: f64,
    },
}

impl Objective {
    /// The SLO, where this objective sets it: the share of good answers at which the error budget is spent, and the time
    /// that a good one may take, in simulated milliseconds.
    pub const fn slo(&self) -> Option<(f64, f64)> {
        match *self {
            Self::GoodShare { at_least, within_ms } => Some((at_least, within_ms)),
            Self::Break { good_share_at_most, within_ms } => Some((good_share_at_most, within_ms)),
            _ => None,
        }
    }

    /// The key of the text that names it.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::GoodShare { .. } => "objective-good-share",
            Self::P99 { .. } => "objective-p99",
            Self::Cost { .. } => "objective-cost",
            Self::ClassShare { .. } => "objective-class-share",
            Self::ErrorBudget { .. } => "objective-error-budget",
            Self::Beaten { .. } => "objective-beaten",
            Self::ConsumerLag { .. } => "objective-consumer-lag",
            Self::Break { .. } => "objective-break",
        }
    }
}
