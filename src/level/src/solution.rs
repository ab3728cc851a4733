//! Solutions and decoys: what to build, and what to do while it flows.

use crate::board::Board;
use crate::edit::Edit;
use crate::format::{FORMAT, Level, ParseErrors, is_default, options};
use crate::limits::EDITS_MAX;
use crate::orders::Command;
use crate::play::{Play, PlayError};
use pipe_maze_sim::Time;
use serde::{Deserialize, Serialize};

/// A way to play a level: a solution, or a decoy that must lose.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// And so many nanoseconds, where it was recorded from a play.
    #[serde(default, skip_serializing_if = "is_default")]
    pub plus_ns: u32,
    /// After how many nanoseconds it is taken back again, where it is.
    #[serde(default, skip_serializing_if = "is_default")]
    pub recalled_after_ns: Option<u64>,
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

impl Step {
    /// When it is ordered.
    pub fn at(&self) -> Time {
        Time::from_ms(self.at_ms).plus_ns(u64::from(self.plus_ns))
    }
}

impl Solution {
    /// What was done in a play: on the board with which the water began to flow, and since. It does the same again on
    /// the same seed. Nothing where that is no board of the level.
    pub fn of(level: &Level, start: &Board, play: &Play) -> Option<Self> {
        let step = |command: &Command| {
            let at_ns = command.given_at.as_ns();
            let (at_ms, plus_ns) = (at_ns / 1_000_000, (at_ns % 1_000_000) as u32);
            let recalled_after_ns = command.recalled_at.map(|at| at.since_ns(command.given_at));
            Step { at_ms, plus_ns, recalled_after_ns, edit: command.edit.clone() }
        };
        let flow = play.log().iter().map(step).collect();
        Some(Self { level: level.id.clone(), plan: start.edits(level)?, flow })
    }

    /// The orders while the water flows. When each takes effect is not known before it is given, and stands here as if it
    /// took no time.
    pub fn commands(&self) -> Vec<Command> {
        let command = |step: &Step| {
            let given_at = step.at();
            let recalled_at = step.recalled_after_ns.map(|ns| given_at.plus_ns(ns));
            Command { given_at, at: given_at, recalled_at, edit: step.edit.clone() }
        };
        self.flow.iter().map(command).collect()
    }

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
        let plan = reader.edits("plan");
        let flow = reader.list::<Step>("flow", EDITS_MAX);
        reader.check_count("flow", flow.iter().flatten().map(|step| &step.edit));
        reader.finish("format, level, plan and flow");
        match (level, plan, flow) {
            (Some(level), Some(plan), Some(mut flow)) if reader.errors.is_empty() => {
                flow.sort_by_key(Step::at);
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
