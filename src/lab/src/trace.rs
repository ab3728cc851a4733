//! `trace`: plays a solution with one seed and exports what its worst requests did.

use crate::arguments::{Format, Trace};
use crate::export::{Export, chrome, jaeger, otlp};
use crate::failure::Failure;
use crate::{files, report};
use pipe_maze_level::{Level, Play, PlayError, Solution};
use pipe_maze_sim::{Time, Tracer};

/// Plays and exports.
pub fn trace(arguments: &Trace) -> Result<String, Failure> {
    let level = files::level(&arguments.level)?;
    let path = arguments.solution.clone().unwrap_or_else(|| files::solution_path(&arguments.level));
    let solution = files::solution(&path, &level)?;
    let mut tracer = Tracer::new(arguments.per_mille);
    let play = play(&level, &solution, arguments.seed, &mut tracer).map_err(|e| Failure::file(&path, e))?;
    let mut traces = tracer.traces();
    traces.truncate(arguments.limit);
    let export = Export { traces: &traces, name: &|piece| report::name(play.board(), piece) };
    let value = match arguments.format {
        Format::Jaeger => jaeger::of(&export),
        Format::Otlp => otlp::of(&export),
        Format::Chrome => chrome::of(&export),
    };
    Ok(format!("{value:#}\n"))
}

/// Plays a whole solution, to the end.
fn play(level: &Level, solution: &Solution, seed: u64, tracer: &mut Tracer) -> Result<Play, PlayError> {
    let mut play = Play::start(level, &solution.board(level)?, seed)?;
    for (nth, step) in solution.flow.iter().enumerate() {
        play.advance_to(step.at(), tracer);
        play.command(&step.edit).map_err(|refusal| PlayError::Edit(format!("flow[{nth}]"), refusal))?;
    }
    play.advance_to(Time::MAX, tracer);
    Ok(play)
}
