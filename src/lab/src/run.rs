//! `run`: plays a solution with one seed and reports how it went.

use crate::arguments::Run;
use crate::failure::Failure;
use crate::files;
use crate::report::{json, text};
use pipe_maze_level::Play;

/// Plays and reports.
pub fn run(arguments: &Run) -> Result<String, Failure> {
    let level = files::level(&arguments.level)?;
    let path = arguments.solution.clone().unwrap_or_else(|| files::solution_path(&arguments.level));
    let solution = files::solution(&path, &level)?;
    let play = Play::run(&level, &solution, arguments.seed).map_err(|e| Failure::file(&path, e))?;
    Ok(if arguments.json { json::of(&level, &play) } else { text::of(&level, &play) })
}
