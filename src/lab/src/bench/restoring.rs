//! What it costs to open the longest replay: how long until its first slice, and how long a slice of it takes.

use super::cases::Case;
use super::seeking::flooded;
use pipe_maze_level::limits::EDITS_MAX;
use pipe_maze_level::replay::{Command, ReplayBranch, Split};
use pipe_maze_level::timeline::Restoring;
use pipe_maze_level::{Edit, Level, Replay, Timeline};
use std::rc::Rc;
use std::time::Instant;

/// Runs of the replay, each with the most commands that one may have.
const BRANCHES: usize = 16;
/// Length of the run, in seconds.
const SECONDS: u64 = 12;
/// Events of a slice, as the game has it.
const SLICE_EVENTS: u64 = 4_000;

/// The cases.
pub fn cases() -> Vec<Case> {
    let made = Rc::new(longest());
    let commands: usize = made.1.branches.iter().map(|branch| branch.commands.len()).sum();
    let of = |name: &str, measure: fn(&(Level, Replay)) -> f64| {
        let (name, made) = (format!("{name}, {commands} commands"), made.clone());
        Case { name, unit: "ms", measure: Box::new(move || measure(&made)) }
    };
    vec![
        of("open a replay, first slice", |made| opened(made).0),
        of("open a replay, longest slice", |made| opened(made).1),
    ]
}

/// Milliseconds until the first slice, and of the longest one.
fn opened((level, replay): &(Level, Replay)) -> (f64, f64) {
    let ms = |since: Instant| since.elapsed().as_secs_f64() * 1e3;
    let began = Instant::now();
    let mut restoring = Restoring::new(level, replay).expect("the replay is written for this");
    let first_ms = ms(began);
    let mut longest_ms: f64 = 0.0;
    loop {
        let began = Instant::now();
        let done = restoring.advance(SLICE_EVENTS).expect("every command is one of a valve");
        longest_ms = longest_ms.max(ms(began));
        if done {
            return (first_ms, longest_ms);
        }
    }
}

/// A run and branches of it that turn a valve again and again.
fn longest() -> (Level, Replay) {
    let (level, board) = flooded(SECONDS);
    let timeline = Timeline::start(&level, &board, 1).expect("it flows");
    let mut replay = Replay::of_timeline(&level, "", &timeline).expect("its board is one of the level");
    let each = EDITS_MAX as u64;
    let command = |nth: u64| {
        let at_ns = (nth + 1) * SECONDS * 1_000_000_000 / (each + 1);
        let edit = Edit::Valve { name: "p".into(), shut: nth.is_multiple_of(2) };
        Command { given_ns: Some(at_ns), at_ns, recalled_ns: None, edit }
    };
    let commands: Vec<_> = (0..each).map(command).collect();
    replay.branches[0].commands = commands.clone();
    let branch = || ReplayBranch {
        from: Some(Split { branch: 0, at_ns: 0, shared: 0 }),
        commands: commands.clone(),
        ..Default::default()
    };
    replay.branches.extend(std::iter::repeat_with(branch).take(BRANCHES - 1));
    (level, replay)
}
