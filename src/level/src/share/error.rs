//! Why something that was shared cannot be opened, or not be shared: what is wrong, and how to mend it.

use crate::format::ParseErrors;
use std::fmt;

/// Why something that was shared cannot be opened, or not be shared so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ShareError {
    /// There is no share code in a text.
    NoCode,
    /// A file is neither of ours nor a level, solution or replay as text.
    NoFile,
    /// More than is read or written in one piece, in bytes.
    TooLong {
        /// How much it is.
        bytes: usize,
        /// How much it may be.
        bytes_max: usize,
    },
    /// It unpacks to more than anything would that was made honestly.
    TooLarge {
        /// How many bytes it may be.
        bytes_max: usize,
    },
    /// More of something than is read.
    TooMany {
        /// How many there may be.
        count_max: usize,
    },
    /// A newer version of the game made it.
    Newer {
        /// The format it says it is of.
        format: u32,
    },
    /// It has a part that a newer version of the game made.
    UnknownPart {
        /// The number of its kind.
        part: u8,
    },
    /// It ends too early.
    CutOff,
    /// It is not what was once written.
    Damaged,
    /// Its parts do not make up anything that can be shared.
    Parts(&'static str),
    /// A level, solution, replay or proof in it is bad.
    Bad {
        /// Which of them.
        what: String,
        /// Every problem found.
        errors: ParseErrors,
    },
    /// A solution or replay is for another level than the one that lies with it.
    OtherLevel {
        /// The level that it is for.
        wanted: String,
        /// The level that lies with it.
        found: String,
    },
}

impl ShareError {
    /// The key of the text that tells the player.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::NoCode => "share-no-code",
            Self::NoFile => "share-no-file",
            Self::TooLong { .. } => "share-too-long",
            Self::TooLarge { .. } | Self::TooMany { .. } => "share-too-large",
            Self::Newer { .. } | Self::UnknownPart { .. } => "share-newer",
            Self::CutOff => "share-cut-off",
            Self::Damaged => "share-damaged",
            Self::Parts(_) => "share-parts",
            Self::Bad { .. } => "share-bad",
            Self::OtherLevel { .. } => "share-other-level",
        }
    }
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoCode => write!(f, "there is no share code in it: copy the whole link, with what stands behind `#`"),
            Self::NoFile => {
                write!(f, "neither a .pipemaze file nor a level, solution or replay as text: choose another file")
            }
            Self::TooLong { bytes, bytes_max } => {
                write!(f, "{bytes} bytes: at most {bytes_max} are possible here; share it as a file")
            }
            Self::TooLarge { bytes_max } => {
                write!(f, "unpacks to more than {bytes_max} bytes, as nothing does that the game made: do not open it")
            }
            Self::TooMany { count_max } => write!(f, "more than {count_max} parts of a kind: split it"),
            Self::Newer { format } => {
                write!(f, "of format {format}, made by a newer version of the game: reload the page or update the game")
            }
            Self::UnknownPart { part } => {
                write!(f, "part {part} is from a newer version of the game: reload the page or update the game")
            }
            Self::CutOff => write!(f, "the end is missing: copy or download it again, the whole of it"),
            Self::Damaged => write!(f, "damaged on the way: copy or download it again"),
            Self::Parts(message) => write!(f, "{message}: ask whoever shared it to do so again"),
            Self::Bad { what, errors } => {
                let lines: Vec<String> = errors.0.iter().map(|error| format!("{what}: {error}")).collect();
                write!(f, "{}", lines.join("\n"))
            }
            Self::OtherLevel { wanted, found } => {
                write!(f, "for the level `{wanted}`, but `{found}` lies with it: put that level to it")
            }
        }
    }
}

impl std::error::Error for ShareError {}
