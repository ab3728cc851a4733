//! Why a change of a level is refused.

use crate::edit::Refusal;
use crate::grid::Cell;
use crate::limits::{FILE_BYTES_MAX, MAP_SIDE_MAX};
use std::fmt;

/// Why a change of a level is refused. A refused change changes nothing.
///
/// Much that makes a level unfit to be played is no reason: it is done, and shown among the [problems](super::Draft::problems).
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DraftRefusal {
    /// There is nothing of that name that could be meant.
    NoSuch(String),
    /// Something in the level has that name already.
    NameTaken(String),
    /// The name is empty, too long, or has characters other than a-z, 0-9 and `-`.
    BadName(String),
    /// Nothing of it would lie on the map.
    OutsideMap(Cell),
    /// There is no objective, point or class of that number or name.
    NoSuchEntry,
    /// The piece has no such knob, or it cannot be turned there.
    BadSetting(String),
    /// The kind of a piece cannot be changed, only its parameters.
    OtherKind(String),
    /// A map has 1 to 64 columns and rows.
    MapSize,
    /// A number is none.
    NotANumber,
    /// There are as many of these as a level can have.
    TooMany(&'static str),
    /// The level's file would become too large.
    TooLarge,
    /// What is built already cannot be changed like that.
    Start(Refusal),
}

impl DraftRefusal {
    /// The key of the text that tells the author.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoSuch(_) => "refusal-no-such",
            Self::NameTaken(_) => "refusal-name-taken",
            Self::BadName(_) => "refusal-bad-name",
            Self::OutsideMap(_) => "refusal-outside-map",
            Self::NoSuchEntry => "draft-refusal-no-such-entry",
            Self::BadSetting(_) => "draft-refusal-bad-setting",
            Self::OtherKind(_) => "draft-refusal-other-kind",
            Self::MapSize => "draft-refusal-map-size",
            Self::NotANumber => "draft-refusal-not-a-number",
            Self::TooMany(_) => "draft-refusal-too-many",
            Self::TooLarge => "draft-refusal-too-large",
            Self::Start(refusal) => refusal.key(),
        }
    }

    /// The cell at which it failed, if one can be named.
    pub const fn cell(&self) -> Option<Cell> {
        match self {
            Self::OutsideMap(cell) => Some(*cell),
            Self::Start(refusal) => refusal.cell(),
            _ => None,
        }
    }
}

impl From<Refusal> for DraftRefusal {
    fn from(refusal: Refusal) -> Self {
        Self::Start(refusal)
    }
}

impl fmt::Display for DraftRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSuch(name) => write!(f, "nothing in the level is called `{name}`"),
            Self::NameTaken(name) => write!(f, "`{name}` is taken: use another name"),
            Self::BadName(name) => write!(f, "`{name}` is no name: use 1 to 32 characters of a-z, 0-9 and `-`"),
            Self::OutsideMap(cell) => write!(f, "{cell} lies outside the map: stay inside it"),
            Self::NoSuchEntry => write!(f, "there is no such entry: it may have gone already"),
            Self::BadSetting(name) => write!(f, "`{name}` has no such knob, or it cannot be turned there"),
            Self::OtherKind(name) => write!(f, "`{name}` keeps its kind: place another piece instead"),
            Self::MapSize => write!(f, "a map has from 1 to {MAP_SIDE_MAX} columns and rows"),
            Self::NotANumber => write!(f, "a number is needed"),
            Self::TooMany(what) => write!(f, "there are as many {what} as a level can have: remove one first"),
            Self::TooLarge => write!(f, "a level has at most {FILE_BYTES_MAX} bytes as a file: shorten something"),
            Self::Start(refusal) => refusal.fmt(f),
        }
    }
}

impl std::error::Error for DraftRefusal {}
