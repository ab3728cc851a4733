//! Edits: the player's vocabulary. Plan, Flow, solutions and the editor apply the same values, and each has an inverse.

use crate::board::{Piece, Pipe};
use crate::enemy::EnemyKind;
use crate::grid::{Cell, Facing};
use crate::kind::Kind;
use crate::limits::EDITS_MAX;
use pipe_maze_sim::Policy;
use serde::{Deserialize, Serialize};
use std::fmt;

/// One change of a board.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Edit {
    /// Puts a piece of the inventory on the board.
    Place {
        /// The piece's name, unique on the board.
        name: String,
        /// Its kind.
        kind: Kind,
        /// Its top left cell.
        at: Cell,
    },
    /// Lets a fault loose on a cell, in levels where the player places them.
    PlaceEnemy {
        /// The fault's name, unique on the board.
        name: String,
        /// Its kind.
        kind: EnemyKind,
        /// Its cell: it strikes what is there.
        at: Cell,
    },
    /// Takes a piece off the board, or a fault of the player. A piece's pipes stay, and hang loose at that end.
    Remove {
        /// The piece.
        name: String,
    },
    /// Puts a piece elsewhere, or a fault of the player. The pipes that join it follow where there is a way, and hang loose where there is none.
    Move {
        /// The piece.
        name: String,
        /// Its new top left cell.
        to: Cell,
    },
    /// Turns a piece so that requests leave it that way. The pipes that join it follow as they do when it is moved.
    Rotate {
        /// The piece.
        name: String,
        /// Where its outlets point.
        to: Facing,
    },
    /// Gives a piece or pipe of the player another name.
    Rename {
        /// Its name.
        name: String,
        /// Its new name, unique on the board.
        to: String,
    },
    /// Lays a pipe through the cells given, in order; a pipe of that name is laid anew.
    LayPipe {
        /// The pipe's name, unique on the board.
        name: String,
        /// Its cells, each beside the one before.
        cells: Vec<Cell>,
    },
    /// Lays a pipe that there is through other cells.
    Reroute {
        /// The pipe.
        name: String,
        /// Its new cells, each beside the one before.
        cells: Vec<Cell>,
    },
    /// Takes a pipe away.
    RemovePipe {
        /// The pipe.
        name: String,
    },
    /// Turns one knob of a piece.
    Configure {
        /// The piece.
        name: String,
        /// The knob and its new position.
        setting: Setting,
    },
    /// Shuts or opens the valve of a pipe.
    Valve {
        /// The pipe.
        name: String,
        /// Whether it is shut.
        shut: bool,
    },
    /// All of these, one after the other, or none.
    Batch(Vec<Edit>),
    /// Puts a piece back as it was; the inverse of taking it off or moving it. Not part of the player's vocabulary.
    #[serde(skip)]
    Restore(Piece),
    /// Puts a pipe back as it was; the inverse of taking it away or laying it anew. Not part of the player's vocabulary.
    #[serde(skip)]
    RestorePipe(Pipe),
}

impl Edit {
    /// How many edits it is: a batch is one, and those within it.
    pub(crate) fn count(&self) -> usize {
        match self {
            Self::Batch(edits) => 1 + Self::count_all(edits),
            _ => 1,
        }
    }

    /// How many edits these are, those within batches included.
    pub(crate) fn count_all<'a>(edits: impl IntoIterator<Item = &'a Self>) -> usize {
        edits.into_iter().map(Self::count).sum()
    }

    /// Bytes that a copy takes on the heap.
    pub(crate) fn heap_bytes(&self) -> usize {
        match self {
            Self::PlaceEnemy { name, .. }
            | Self::Place { name, .. }
            | Self::Remove { name }
            | Self::Move { name, .. }
            | Self::Rotate { name, .. } => name.len(),
            Self::Rename { name, to } => name.len() + to.len(),
            Self::LayPipe { name, cells } | Self::Reroute { name, cells } => name.len() + size_of_val(&cells[..]),
            Self::RemovePipe { name } | Self::Valve { name, .. } => name.len(),
            Self::Configure { name, setting } => {
                name.len()
                    + match setting {
                        Setting::Policy(_) => 0,
                        Setting::Number(key, _) => key.len(),
                        Setting::Choice(key, choice) => key.len() + choice.len(),
                    }
            }
            Self::Batch(edits) => edits.iter().map(|edit| size_of::<Self>() + edit.heap_bytes()).sum(),
            Self::Restore(piece) => piece.name.len(),
            Self::RestorePipe(pipe) => pipe.name.len() + size_of_val(&pipe.cells[..]),
        }
    }
}

/// One knob of a piece, and where it is turned to. [`crate::Param::setting`] makes the right one.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Setting {
    /// How a warp pipe chooses.
    Policy(Policy),
    /// The parameter of that key, a number.
    Number(String, f64),
    /// The parameter of that key, one of several names.
    Choice(String, String),
}

/// Why an edit was refused. A refused edit changes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The cell lies outside the map.
    OutsideMap(Cell),
    /// The cell is rock.
    Rock(Cell),
    /// The cell is open air.
    Sky(Cell),
    /// A piece stands there.
    PieceThere(Cell, String),
    /// A pipe runs there.
    PipeThere(Cell, String),
    /// The pipe would run through the same cell twice.
    Twice(Cell),
    /// This cell does not touch the one before it.
    NotBeside(Cell),
    /// A pipe needs at least one cell.
    NoCells,
    /// Both ends of the pipe would be outlets, or both inlets.
    SameWay(Cell),
    /// A pipe that leads elsewhere is pulled by its middle to a piece, or to the port of one.
    LedElsewhere(Cell),
    /// There is no piece or pipe of that name.
    NoSuch(String),
    /// Something of that name stands on the board already.
    NameTaken(String),
    /// The name is empty, too long, or has characters other than a-z, 0-9 and `-`.
    BadName(String),
    /// The piece belongs to the level.
    Fixed(String),
    /// No piece of that kind is left.
    NoneLeft(Kind),
    /// It costs more than is left of the budget.
    TooDear {
        /// What it costs, in coins.
        price: u32,
        /// What is left, in coins.
        left: u32,
    },
    /// The piece has no such knob.
    NoKnob(String),
    /// The knob cannot be turned there, or only by the level's author.
    BadSetting(String),
    /// This power-up stands on a pipe, and there is none, or two that cross.
    NeedsPipe(Cell),
    /// This power-up stands on a machine that makes calls, and there is none.
    NeedsCaller(Cell),
    /// What goes into this pipe is sent on by a balancer, which makes no calls of its own.
    NoCallsHere(Cell),
    /// There is such a power-up already.
    HasOne(Cell, String),
    /// Pipes cannot cross here: only straight, at right angles, and where nothing sits on the pipe below.
    NoBridge(Cell, String),
    /// Pieces of that kind do not turn.
    NoTurn(Kind),
    /// The board holds as much as it can.
    BoardFull,
    /// More edits at once than are carried out.
    TooMany,
    /// Only while time stands still.
    NotInFlow,
    /// In a chaos level the system stays as it is; only faults are placed.
    SystemStays,
    /// No fault of that kind can be placed any more.
    NoFaultLeft(EnemyKind),
    /// A fault there would strike nothing.
    NothingToStrike(Cell),
    /// A fault is there.
    EnemyThere(Cell, String),
    /// The fault would be too far from the others.
    OutOfBlast(Cell),
    /// The Navigator cannot get there: rock or pieces stand in the way on every side.
    NoWay(Cell),
    /// No order waits that could be taken back.
    NothingToRecall,
}

impl Refusal {
    /// The key of the text that tells the player.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::OutsideMap(_) => "refusal-outside-map",
            Self::Rock(_) => "refusal-rock",
            Self::Sky(_) => "refusal-sky",
            Self::PieceThere(..) => "refusal-piece-there",
            Self::PipeThere(..) => "refusal-pipe-there",
            Self::Twice(_) => "refusal-twice",
            Self::NotBeside(_) => "refusal-not-beside",
            Self::NoCells => "refusal-no-cells",
            Self::SameWay(_) => "refusal-same-way",
            Self::LedElsewhere(_) => "refusal-led-elsewhere",
            Self::NoSuch(_) => "refusal-no-such",
            Self::NameTaken(_) => "refusal-name-taken",
            Self::BadName(_) => "refusal-bad-name",
            Self::Fixed(_) => "refusal-fixed",
            Self::NoneLeft(_) => "refusal-none-left",
            Self::TooDear { .. } => "refusal-too-dear",
            Self::NoKnob(_) => "refusal-no-knob",
            Self::BadSetting(_) => "refusal-bad-setting",
            Self::NeedsPipe(_) => "refusal-needs-pipe",
            Self::NeedsCaller(_) => "refusal-needs-caller",
            Self::NoCallsHere(_) => "refusal-no-calls-here",
            Self::HasOne(..) => "refusal-has-one",
            Self::NoBridge(..) => "refusal-no-bridge",
            Self::NoTurn(_) => "refusal-no-turn",
            Self::BoardFull => "refusal-board-full",
            Self::TooMany => "refusal-too-many",
            Self::NotInFlow => "refusal-not-in-flow",
            Self::SystemStays => "refusal-system-stays",
            Self::NoFaultLeft(_) => "refusal-no-fault-left",
            Self::NothingToStrike(_) => "refusal-nothing-to-strike",
            Self::EnemyThere(..) => "refusal-enemy-there",
            Self::OutOfBlast(_) => "refusal-out-of-blast",
            Self::NoWay(_) => "refusal-no-way",
            Self::NothingToRecall => "refusal-nothing-to-recall",
        }
    }

    /// The cell at which the edit failed, if one can be named.
    pub const fn cell(&self) -> Option<Cell> {
        match self {
            Self::OutsideMap(cell) | Self::Rock(cell) | Self::Sky(cell) | Self::Twice(cell) => Some(*cell),
            Self::NotBeside(cell) | Self::SameWay(cell) | Self::LedElsewhere(cell) => Some(*cell),
            Self::PieceThere(cell, _) | Self::PipeThere(cell, _) | Self::HasOne(cell, _) => Some(*cell),
            Self::NoBridge(cell, _) | Self::NeedsPipe(cell) | Self::NeedsCaller(cell) => Some(*cell),
            Self::NoCallsHere(cell) | Self::NoWay(cell) | Self::EnemyThere(cell, _) => Some(*cell),
            Self::NothingToStrike(cell) | Self::OutOfBlast(cell) => Some(*cell),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OutsideMap(cell) => write!(f, "{cell} lies outside the map: stay inside it"),
            Self::Rock(cell) => write!(f, "{cell} is rock: go round it"),
            Self::Sky(cell) => write!(f, "{cell} is open air: stay below the ground"),
            Self::PieceThere(cell, name) => write!(f, "`{name}` stands at {cell}: go round it"),
            Self::PipeThere(cell, name) => write!(f, "pipe `{name}` runs at {cell}: go round it or remove it"),
            Self::Twice(cell) => write!(f, "the pipe would pass {cell} twice: use each cell once"),
            Self::NotBeside(cell) => write!(f, "{cell} does not touch the cell before it: go step by step"),
            Self::NoCells => write!(f, "a pipe needs at least one cell"),
            Self::SameWay(cell) => write!(f, "both ends at {cell} go the same way: join an outlet to an inlet"),
            Self::LedElsewhere(cell) => {
                write!(f, "the pipe leads elsewhere and is not pulled to {cell}: draw one from a free outlet")
            }
            Self::NoSuch(name) => write!(f, "nothing on the board is called `{name}`"),
            Self::NameTaken(name) => write!(f, "`{name}` is taken: use another name"),
            Self::BadName(name) => {
                write!(f, "`{name}` is no name: use 1 to 32 characters of a-z, 0-9 and `-`")
            }
            Self::Fixed(name) => write!(f, "`{name}` belongs to the level and stays where it is"),
            Self::NoneLeft(kind) => write!(f, "no {} is left in the inventory", kind.key()),
            Self::TooDear { price, left } => write!(f, "it costs {price} coins and {left} are left"),
            Self::NoKnob(name) => write!(f, "`{name}` has no such knob"),
            Self::BadSetting(name) => write!(f, "`{name}` cannot be set to that, or not by the player"),
            Self::NeedsPipe(cell) => write!(f, "{cell} has no pipe, or two: put it on a cell of one pipe"),
            Self::NeedsCaller(cell) => write!(f, "nothing at {cell} makes calls: put it on a spring or machine room"),
            Self::NoCallsHere(cell) => {
                write!(f, "a balancer sends on into the pipe at {cell}: use one that leaves a spring or machine room")
            }
            Self::HasOne(cell, name) => write!(f, "`{name}` does that already at {cell}: move it or remove it"),
            Self::NoBridge(cell, name) => {
                write!(f, "pipe `{name}` cannot be crossed at {cell}: cross straight runs at right angles, or go round")
            }
            Self::NoTurn(kind) => write!(f, "a {} does not turn", kind.key()),
            Self::TooMany => write!(f, "too many edits at once: at most {EDITS_MAX}"),
            Self::BoardFull => write!(f, "the board is full: remove something first"),
            Self::NotInFlow => write!(f, "building is possible only while time stands still"),
            Self::SystemStays => {
                write!(f, "the system stays as it is here: place faults and see what it does not stand")
            }
            Self::NoFaultLeft(kind) => write!(f, "no {} can be placed any more: take one away first", kind.key()),
            Self::NothingToStrike(cell) => {
                write!(f, "at {cell} it would strike nothing: put it on a pipe, or on a machine, as its kind strikes")
            }
            Self::EnemyThere(cell, name) => write!(f, "`{name}` is at {cell} already: use another cell"),
            Self::OutOfBlast(cell) => {
                write!(f, "{cell} is too far from the other faults: stay within the blast radius")
            }
            Self::NoWay(cell) => write!(f, "no way leads the Navigator to {cell}: leave a tunnel open to it"),
            Self::NothingToRecall => write!(f, "no order waits that could be taken back"),
        }
    }
}
