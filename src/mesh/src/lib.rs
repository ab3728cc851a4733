//! From the configuration of a service mesh (Istio's YAML) to a board to start from.
//!
//! ```text
//!   text --yaml--> documents --istio--> what was found --board--> a draft: springs, rooms, balancers, pipes
//!                      |                     |                |
//!                      +---------------------+----------------+--> notes: what was not understood, or has no piece yet
//! ```
//!
//! Nothing is dropped silently: whatever has no effect on the board is a [`Note`] with its line. `FACTS`: IST-SAMPLE,
//! IST-WEIGHT, IST-AUTHZ, IST-TIMEOUT, IST-RETRY.

mod board;
mod fields;
mod found;
mod istio;
mod note;
mod time;
mod tree;
mod yaml;

pub use found::{Dependency, Destination, Found, Route, Service, Subset};
pub use note::{Note, NoteKind};

use pipe_maze_level::Draft;
use std::fmt;

/// Most bytes of a text.
pub const BYTES_MAX: usize = 256 * 1024;
/// Most documents in a text.
pub const DOCUMENTS_MAX: usize = 64;
/// Deepest nesting of values.
pub const DEPTH_MAX: usize = 32;
/// Most values in a text.
pub const VALUES_MAX: usize = 20_000;
/// Longest text that is read as a name or value, in bytes. Longer ones, as annotations have, say nothing about a board.
pub const TEXT_BYTES_MAX: usize = 1_024;
/// Most services: many more than there is room for on a board.
pub const SERVICES_MAX: usize = 256;
/// Most versions of a service.
pub const SUBSETS_MAX: usize = 64;
/// Most routes of requests.
pub const ROUTES_MAX: usize = 1_000;
/// Most notes that are kept.
pub const NOTES_MAX: usize = 500;

/// What a text became.
#[derive(Clone, Debug)]
pub struct Import {
    /// The board to start from.
    pub draft: Draft,
    /// What was found.
    pub found: Found,
    /// What was not understood, is not modelled, or is a mistake, in order of lines.
    pub notes: Vec<Note>,
}

/// Why a text could not be read at all.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ImportError {
    /// The line, from 1; 0 where none is known.
    pub line: u32,
    /// What is wrong, and how to mend it.
    pub message: String,
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.line > 0 {
            write!(f, "line {}: ", self.line)?;
        }
        write!(f, "{}", self.message)
    }
}

impl std::error::Error for ImportError {}

/// Reads the configuration of a mesh, and makes a board of it.
///
/// # Errors
/// Where the text is no YAML, or larger or deeper than is read.
pub fn import_mesh(text: &str) -> Result<Import, ImportError> {
    let mut notes = note::Notes::default();
    let documents = yaml::documents(text, &mut notes)?;
    let found = istio::read(&documents, &mut notes);
    let draft = board::draft(&found, &mut notes);
    Ok(Import { draft, found, notes: notes.in_order() })
}
