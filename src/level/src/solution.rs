//! Solutions and decoys: what to build, and what to do while it flows.

use crate::board::Board;
use crate::edit::Edit;
use crate::format::{Level, ParseErrors};
use crate::limits::EDITS_MAX;
use crate::play::PlayError;
use serde::{Deserialize, Serialize};

/// A way to play a level: a solution, or a decoy that must lose.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Solution {
    /// The level that it is for.
    pub level: String,
    /// Edits before the water flows, in order.
    pub plan: Vec<Edit>,
    /// Orders while it flows, in order of time.
    pub flow: Vec<Step>,
}

/// An edit at a time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// When it is ordered, in simulated milliseconds since the water flows. It takes effect when the Navigator is there,
    /// as it does for a player, so that a level is proved by what a player can do.
    pub at_ms: u64,
    /// What to do.
    pub edit: Edit,
}

impl Solution {
    /// Doing nothing at all: the untouched board.
    pub fn nothing(level: &Level) -> Self {
        Self { level: level.id.clone(), ..Self::default() }
    }

    /// Reads a solution file.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = crate::format::Reader::open(text)?;
        let level = reader.section::<String>("level");
        let plan = reader.list::<Edit>("plan", EDITS_MAX);
        let flow = reader.list::<Step>("flow", EDITS_MAX);
        reader.finish("format, level, plan and flow");
        match (level, plan, flow) {
            (Some(level), Some(plan), Some(mut flow)) if reader.errors.is_empty() => {
                flow.sort_by_key(|step| step.at_ms);
                Ok(Self { level, plan, flow })
            }
            _ => Err(ParseErrors(reader.errors)),
        }
    }

    /// The board that the plan builds.
    ///
    /// # Errors
    /// The first edit that is refused.
    pub fn board(&self, level: &Level) -> Result<Board, PlayError> {
        let mut board = Board::new(level);
        for (i, edit) in self.plan.iter().enumerate() {
            board.apply(edit).map_err(|refusal| PlayError::Edit(format!("plan[{i}]"), refusal))?;
        }
        Ok(board)
    }
}
