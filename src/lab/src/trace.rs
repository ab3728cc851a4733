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
    play.follow(&solution.commands(), Time::MAX, tracer)
        .map_err(|(nth, refusal)| PlayError::Edit(format!("flow[{nth}]"), refusal))?;
    Ok(play)
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Edit;
    use pipe_maze_level::solution::Step;

    const LEVEL: &str = include_str!("../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../levels/3-flow-control/two-rooms.solution.ron");

    /// One order is taken back, and one is carried out.
    #[test]
    fn the_run_that_is_traced_is_the_one_that_is_reported() {
        let level = Level::parse(LEVEL).unwrap();
        let mut solution = Solution::parse(SOLUTION).unwrap();
        let order = |at_ms, recalled_after_ns, shut| {
            let edit = Edit::Valve { name: "to-south".to_owned(), shut };
            Step { at_ms, plus_ns: 0, recalled_after_ns, edit }
        };
        solution.flow = vec![order(1_000, Some(1), true), order(3_000, None, true), order(6_000, None, false)];
        let run = Play::run(&level, &solution, 4).unwrap();
        let traced = play(&level, &solution, 4, &mut Tracer::new(1_000)).unwrap();
        assert_eq!((traced.digest(), traced.log()), (run.digest(), run.log()));
    }
}
