//! What a job tells while it is computed.

use crate::text::options;
use pipe_maze_level::robustness::SeedResult;
use serde::{Deserialize, Serialize};

/// What a job tells, in this order; nothing follows `Done` or `Failed`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum News {
    /// A held-out seed has been played.
    Seed(SeedResult),
    /// All of it is computed.
    Done,
    /// It cannot be computed, for this reason.
    Failed(String),
}

impl News {
    /// Whether nothing follows.
    pub const fn is_last(&self) -> bool {
        matches!(self, Self::Done | Self::Failed(_))
    }

    /// As a text of one line.
    pub fn to_text(&self) -> String {
        // Nothing in it is of a kind that RON has no words for.
        options().to_string(self).unwrap_or_default()
    }

    /// Reads such a text.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        options().from_str(text).map_err(|e| format!("this is no news of a job: {e}"))
    }
}
