//! `digest`: one line a seed, `SEED DIGEST`.

use crate::arguments::Digest;
use crate::failure::Failure;
use crate::files;
use pipe_maze_level::Play;

/// Plays the solution at each seed and gives the digests.
pub fn digest(arguments: &Digest) -> Result<String, Failure> {
    let level = files::level(&arguments.level)?;
    let path = arguments.solution.clone().unwrap_or_else(|| files::solution_path(&arguments.level));
    let solution = files::solution(&path, &level)?;
    let mut output = String::new();
    for &seed in &arguments.seeds {
        let play = Play::run(&level, &solution, seed).map_err(|e| Failure::file(&path, e))?;
        output += &format!("{seed} {}\n", play.digest());
    }
    Ok(output)
}
