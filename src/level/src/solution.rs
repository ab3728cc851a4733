//! Solutions and decoys: what to build, and what to do while it flows.

use crate::board::Board;
use crate::edit::Edit;
use crate::format::{FORMAT, Level, ParseErrors, options};
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
    /// Edits while it flows, in order of time.
    pub flow: Vec<Step>,
}

/// An edit at a time.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Simulated milliseconds since the water flows.
    pub at_ms: u64,
    /// What to do.
    pub edit: Edit,
}

/// A solution as a file has it.
#[derive(Serialize)]
struct File<'a> {
    format: u32,
    level: &'a str,
    plan: &'a [Edit],
    flow: &'a [Step],
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

    /// The solution as the text of a file, without a blank too many.
    pub(crate) fn to_short_text(&self) -> String {
        options().to_string(&self.file()).unwrap_or_default()
    }

    fn file(&self) -> File<'_> {
        File { format: FORMAT, level: &self.level, plan: &self.plan, flow: &self.flow }
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
