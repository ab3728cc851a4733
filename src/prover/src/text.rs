//! Jobs as texts. They come from the page, and what they hold may come from a stranger's level: so a text is bounded in
//! size and depth, and a level goes through all of its own checks.
//!
//! ```ron
//! Trial(level: "(format: 1, …)", build: [LayPipe(…)], commands: [(at_ns: 2000000000, edit: Valve(…))], seeds: 32)
//! ```

use crate::job::{Job, Task};
use pipe_maze_level::limits::{EDITS_MAX, FILE_BYTES_MAX};
use pipe_maze_level::replay::Command;
use pipe_maze_level::robustness::SEEDS_MAX;
use pipe_maze_level::{Board, Edit, HeldOut, Level};
use pipe_maze_sim::Time;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Most bytes of a job: room for a level, and for many builds of it.
pub const JOB_BYTES_MAX: usize = 8 << 20;
/// Deepest nesting of a job: that of a file of edits, and the job around them.
const DEPTH_MAX: usize = pipe_maze_level::limits::DEPTH_MAX + 4;

/// Why a text is no job, and how to mend it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobError(String);

impl fmt::Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "this job cannot be computed: {}", self.0)
    }
}

impl std::error::Error for JobError {}

/// A job as its text has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
enum JobText {
    /// A trial on held-out seeds.
    Trial {
        /// The level, as its file has it.
        level: String,
        /// Edits on the level's own board before the water flows.
        build: Vec<Edit>,
        /// Edits while it flows, in order of time.
        commands: Vec<Command>,
        /// How many seeds.
        seeds: u32,
    },
}

impl Job {
    /// Reads a job.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str) -> Result<Self, JobError> {
        if text.len() > JOB_BYTES_MAX {
            return Err(JobError(format!("it has {} bytes; at most {JOB_BYTES_MAX} are read", text.len())));
        }
        match options().from_str(text).map_err(|e| JobError(e.to_string()))? {
            JobText::Trial { level, build, commands, seeds } => trial(&level, &build, commands, seeds),
        }
    }

    /// The job from its beginning, as a text. Nothing where it cannot be put into words: where its board is none of its
    /// level, or either is larger than what is read.
    pub fn to_text(&self) -> Option<String> {
        let text = match &self.task {
            Task::Trial(held_out) => {
                let (level, board, commands) = held_out.build();
                let commands = commands.iter().map(|(at, edit)| Command { at_ns: at.as_ns(), edit: edit.clone() });
                JobText::Trial {
                    level: Some(level.to_text()).filter(|text| text.len() <= FILE_BYTES_MAX)?,
                    build: board.edits(level)?,
                    commands: commands.collect(),
                    seeds: held_out.seeds(),
                }
            }
        };
        options().to_string(&text).ok().filter(|text| text.len() <= JOB_BYTES_MAX)
    }
}

fn trial(level: &str, build: &[Edit], commands: Vec<Command>, seeds: u32) -> Result<Job, JobError> {
    if !(1..=SEEDS_MAX).contains(&seeds) {
        return Err(JobError(format!("seeds: {seeds}; ask for 1 to {SEEDS_MAX}")));
    }
    let level = self::level(level)?;
    bounded("build", build.len())?;
    bounded("commands", commands.len())?;
    if !commands.is_sorted_by_key(|command| command.at_ns) {
        return Err(JobError("commands: they are not in order of time; sort them".into()));
    }
    let mut board = Board::new(&level);
    for (nth, edit) in build.iter().enumerate() {
        board.apply(edit).map_err(|refusal| JobError(format!("build[{nth}]: {refusal}")))?;
    }
    let commands = commands.into_iter().map(|Command { at_ns, edit }| (Time::from_ns(at_ns), edit)).collect();
    Ok(Job::trial(HeldOut::new(Arc::new(level), board, commands, seeds)))
}

fn level(text: &str) -> Result<Level, JobError> {
    Level::parse(text).map_err(|e| JobError(format!("level: {e}")))
}

fn bounded(list: &str, count: usize) -> Result<(), JobError> {
    if count > EDITS_MAX { Err(JobError(format!("{list}: {count} edits; at most {EDITS_MAX}"))) } else { Ok(()) }
}

/// How jobs and news are written and read.
pub(crate) fn options() -> ron::Options {
    ron::Options::default().with_recursion_limit(DEPTH_MAX)
}
