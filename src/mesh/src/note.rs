//! Notes: everything in a text that has no effect on the board, or another one than it says.

use super::NOTES_MAX;
use std::fmt;

/// Something in a text that its author should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// The line, from 1.
    pub line: u32,
    /// Where in its document it is: names with dots between them.
    pub path: String,
    /// What is to be said about it.
    pub kind: NoteKind,
}

/// What is to be said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoteKind {
    /// No such field is known.
    NotUnderstood,
    /// It is known, and there is no piece or knob for it yet.
    NotModelled,
    /// Its value cannot be read.
    BadValue,
    /// It stands twice; the last one counts.
    Twice,
    /// It is an alias of another value, and aliases are not followed.
    Alias,
    /// It stands in the wrong place, where a real mesh drops it silently; it belongs there.
    Misplaced(&'static str),
    /// It is deprecated; this is what it is called now.
    Deprecated(&'static str),
    /// A limit of each proxy for the whole service became the line in front of one room.
    PerRoom,
    /// Weights that differ became shares by the balancer's policy.
    Weights,
    /// Failures of every kind are tried again, and not only those that are named.
    AnyFailure,
    /// Requests to this host are sent to another one, which is here called on its own.
    SentTo(String),
    /// It calls this service, too; an inlet takes one pipe, so it is not laid.
    NotLaid(String),
    /// There is no room for it on a board.
    NoRoom,
}

impl NoteKind {
    /// The key of the text that tells it; its value is `name`.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NotUnderstood => "mesh-not-understood",
            Self::NotModelled => "mesh-not-modelled",
            Self::BadValue => "mesh-bad-value",
            Self::Twice => "mesh-twice",
            Self::Alias => "mesh-alias",
            Self::Misplaced(_) => "mesh-misplaced",
            Self::Deprecated(_) => "mesh-deprecated",
            Self::PerRoom => "mesh-per-room",
            Self::Weights => "mesh-weights",
            Self::AnyFailure => "mesh-any-failure",
            Self::SentTo(_) => "mesh-sent-to",
            Self::NotLaid(_) => "mesh-not-laid",
            Self::NoRoom => "mesh-no-room",
        }
    }

    /// The value `name` in its text, where it has one.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Misplaced(name) | Self::Deprecated(name) => Some(name),
            Self::SentTo(name) | Self::NotLaid(name) => Some(name),
            _ => None,
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}: ", self.line, self.path)?;
        match &self.kind {
            NoteKind::NotUnderstood => write!(f, "is not understood"),
            NoteKind::NotModelled => write!(f, "is not modelled yet"),
            NoteKind::BadValue => write!(f, "cannot be read"),
            NoteKind::Twice => write!(f, "stands twice: the last one counts"),
            NoteKind::Alias => write!(f, "is an alias, and aliases are not followed: write the value out"),
            NoteKind::Misplaced(place) => {
                write!(f, "stands in the wrong place, where a mesh drops it silently: it belongs into {place}")
            }
            NoteKind::Deprecated(now) => write!(f, "is deprecated: it is called {now} now"),
            NoteKind::PerRoom => write!(f, "became the line in front of a room; a mesh counts for each proxy"),
            NoteKind::Weights => write!(f, "weights became shares by the balancer's policy"),
            NoteKind::AnyFailure => write!(f, "failures of every kind are tried again here"),
            NoteKind::SentTo(host) => write!(f, "its requests are sent to {host}; here it is called itself"),
            NoteKind::NotLaid(service) => write!(f, "calls {service}, too: an inlet takes one pipe, so it is not laid"),
            NoteKind::NoRoom => write!(f, "there is no room for it on a board"),
        }
    }
}

/// Notes as they come.
#[derive(Default)]
pub(crate) struct Notes(Vec<Note>);

impl Notes {
    pub fn add(&mut self, line: u32, path: impl Into<String>, kind: NoteKind) {
        let note = Note { line, path: path.into().chars().take(200).collect(), kind };
        if self.0.len() < NOTES_MAX && !self.0.contains(&note) {
            self.0.push(note);
        }
    }

    pub fn in_order(mut self) -> Vec<Note> {
        self.0.sort_by_key(|note| note.line);
        self.0
    }
}
