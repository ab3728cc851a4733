//! `grade`: plays a class's replays again and says how each did, as a table, as CSV and as a page with charts.
//!
//! 1. The level is the teacher's: one that lies in a submission is left alone, so nobody can bring an easier one.
//! 2. Each submission becomes a row: a replay as `.pipemaze` file, as text or as share code. What cannot be read or played
//!    is a row, too, with the reason.
//! 3. A row's figures are computed, never read from the submission.

mod chart;
mod mark;
mod page;
mod sheet;

use crate::arguments::Grade;
use crate::failure::{Failure, at};
use crate::files;
use mark::Row;
use pipe_maze_level::Shared;
use pipe_maze_level::share::{LevelText, code_in};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Levels by their names.
type Levels = BTreeMap<String, LevelText>;

/// What someone handed in: their name, and what it is.
struct Submission {
    who: String,
    what: Result<Shared, String>,
}

/// Grades the submissions.
pub fn grade(arguments: &Grade) -> Result<String, Failure> {
    let levels = levels(&arguments.level)?;
    let submissions = submissions(&arguments.replays)?;
    if submissions.is_empty() {
        return Err(Failure::input(vec!["nothing was handed in there: name a folder with replays".to_owned()]));
    }
    let rows = mark_all(&levels, &submissions, arguments.seeds);
    let csv = arguments.csv.iter().map(|path| write(path, sheet::csv(&rows)));
    let html = arguments.html.iter().map(|path| write(path, page::of(&levels, &rows, arguments.seeds)));
    let problems: Vec<String> = csv.chain(html).filter_map(Result::err).flat_map(|failure| failure.problems).collect();
    // It may have taken minutes: what can be shown is shown, whatever else cannot be written.
    let output = sheet::table(&rows);
    if problems.is_empty() { Ok(output) } else { Err(Failure { output, ..Failure::input(problems) }) }
}

fn write(path: &Path, text: String) -> Result<(), Failure> {
    std::fs::write(path, text).map_err(|e| Failure::file(path, format!("cannot be written: {e}")))
}

/// The level, or those of a pack, from a file or a share code.
fn levels(argument: &Path) -> Result<Levels, Failure> {
    let shared = match argument.to_str().filter(|_| !argument.exists()) {
        Some(text) if code_in(text).is_some() => Shared::from_code(text),
        _ => Shared::open(&files::bytes(argument)?),
    };
    let levels = match shared.map_err(|e| Failure::file(argument, e))? {
        Shared::Pack(pack) => pack.levels.into_iter().map(|shared| shared.level).collect(),
        Shared::Level(shared) => vec![shared.level],
        Shared::Solution(shared) => shared.level.into_iter().collect(),
        Shared::Replay(shared) => shared.level.into_iter().collect(),
    };
    if levels.is_empty() {
        return Err(Failure::file(argument, "there is no level in it: name a level or a pack"));
    }
    Ok(levels.into_iter().map(|level| (level.level.id.clone(), level)).collect())
}

/// Everything that was handed in, in the order named; folders are looked through.
fn submissions(arguments: &[PathBuf]) -> Result<Vec<Submission>, Failure> {
    let mut submissions = Vec::new();
    let mut codes = 0;
    for argument in arguments {
        let paths = if argument.is_dir() { files::inside(argument)? } else { vec![argument.clone()] };
        for path in paths {
            let text = path.to_str().filter(|text| !path.exists() && code_in(text).is_some());
            let submission = if let Some(text) = text {
                codes += 1;
                Submission { who: format!("code {codes}"), what: Shared::from_code(text).map_err(|e| e.to_string()) }
            } else {
                let who = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                let bytes = files::bytes(&path).map_err(|failure| failure.problems.join("; "));
                let what = bytes.and_then(|bytes| Shared::open(&bytes).map_err(|e| at(&path, e)));
                Submission { who, what }
            };
            submissions.push(submission);
        }
    }
    Ok(submissions)
}

/// The rows in the order of the submissions, computed by as many threads as the machine has.
fn mark_all(levels: &Levels, submissions: &[Submission], seeds: u32) -> Vec<Row> {
    let (next, rows) = (AtomicUsize::new(0), Mutex::new(BTreeMap::new()));
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(submissions.len());
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let nth = next.fetch_add(1, Ordering::Relaxed);
                    let Some(submission) = submissions.get(nth) else { return };
                    let row = mark::row(levels, submission, seeds);
                    rows.lock().unwrap_or_else(PoisonError::into_inner).insert(nth, row);
                }
            });
        }
    });
    rows.into_inner().unwrap_or_else(PoisonError::into_inner).into_values().collect()
}
