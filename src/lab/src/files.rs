//! Finding and reading levels and what lies beside them.
//!
//! A level is `NAME.ron`, its solution `NAME.solution.ron`, further ones `NAME.solution-*.ron`, its decoys
//! `NAME.decoy-*.ron`, all in one folder. A file without a map (a list of levels, golden digests) is no level and is left
//! out when a folder is searched.

use crate::failure::{Failure, at};
use pipe_maze_level::limits::{FILE_BYTES_MAX, PACKED_BYTES_MAX, REPLAY_BYTES_MAX};
use pipe_maze_level::{Level, Replay, Solution};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Deepest folder that is searched.
const FOLDERS_DEEP_MAX: usize = 16;

/// A level with all that its proof needs.
pub struct Candidates {
    /// The level.
    pub level: Level,
    /// Its solutions by name, the reference solution first.
    pub solutions: Vec<(String, Solution)>,
    /// Its decoys by name, in order of name.
    pub decoys: Vec<(String, Solution)>,
}

/// The level files among these paths, in order; folders are searched.
pub fn find(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        if path.is_dir() {
            search(path, 0, &mut found, &mut problems);
        } else if path.is_file() {
            found.push(path.clone());
        } else {
            problems.push(at(path, "there is no such file or folder: name a level file or a folder of levels"));
        }
    }
    found.sort();
    found.dedup();
    if found.is_empty() && problems.is_empty() {
        problems.push("no level (NAME.ron) lies below the folders named: name another folder".to_owned());
    }
    if problems.is_empty() { Ok(found) } else { Err(Failure::input(problems)) }
}

/// Reads a level.
pub fn level(path: &Path) -> Result<Level, Failure> {
    level_and_text(path).map(|(level, _)| level)
}

/// Reads a level, with its text.
pub fn level_and_text(path: &Path) -> Result<(Level, String), Failure> {
    let text = text(path, FILE_BYTES_MAX)?;
    let level = Level::parse(&text).map_err(|errors| Failure::file(path, errors))?;
    Ok((level, text))
}

/// Reads a replay.
pub fn replay(path: &Path) -> Result<Replay, Failure> {
    Replay::parse(&text(path, REPLAY_BYTES_MAX)?).map_err(|errors| Failure::file(path, errors))
}

/// Reads a solution of that level.
pub fn solution(path: &Path, level: &Level) -> Result<Solution, Failure> {
    let solution = Solution::parse(&text(path, FILE_BYTES_MAX)?).map_err(|errors| Failure::file(path, errors))?;
    if solution.level != level.id {
        let (of, id) = (&solution.level, &level.id);
        return Err(Failure::file(path, format!("level: is for `{of}`, but lies beside `{id}`: correct it")));
    }
    Ok(solution)
}

/// Where the solution of a level lies.
pub fn solution_path(level: &Path) -> PathBuf {
    level.with_extension("solution.ron")
}

/// Reads a level, its solutions and its decoys, and reports every problem of all of them.
pub fn candidates(path: &Path) -> Result<Candidates, Failure> {
    let level = level(path)?;
    let mut problems = Vec::new();
    let own = solution_path(path);
    if !own.is_file() {
        problems.push(at(path, format!("has no solution: write {}", own.display())));
    }
    if paths_beside(path, "decoy-")?.is_empty() {
        let wanted = path.with_extension("decoy-NAME.ron");
        let message = format!("has no decoy: write a plausible build that must lose as {}", wanted.display());
        problems.push(at(path, message));
    }
    match beside(path, &level) {
        Ok((solutions, decoys)) if problems.is_empty() => return Ok(Candidates { level, solutions, decoys }),
        Ok(_) => {}
        Err(failure) => problems.extend(failure.problems),
    }
    Err(Failure::input(problems))
}

/// Solutions, or decoys, by name.
pub type Named = Vec<(String, Solution)>;

/// Reads the solutions and decoys that lie beside a level, and reports every problem of all of them.
pub fn beside(path: &Path, level: &Level) -> Result<(Named, Named), Failure> {
    let mut problems = Vec::new();
    let mut read_all = |paths: Vec<(String, PathBuf)>| -> Named {
        let read = paths.into_iter().filter_map(|(name, path)| match solution(&path, level) {
            Ok(solution) => Some((name, solution)),
            Err(failure) => {
                problems.extend(failure.problems);
                None
            }
        });
        read.collect()
    };
    let own = solution_path(path);
    let own = own.is_file().then(|| ("solution".to_owned(), own));
    let solutions = read_all(own.into_iter().chain(paths_beside(path, "solution-")?).collect());
    let decoys = read_all(paths_beside(path, "decoy-")?);
    if problems.is_empty() { Ok((solutions, decoys)) } else { Err(Failure::input(problems)) }
}

/// The files beside a level whose names begin with its own and this: what stands between the dots, and the path.
fn paths_beside(level: &Path, begin: &str) -> Result<Vec<(String, PathBuf)>, Failure> {
    let stem = level.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    let prefix = format!("{stem}.{begin}");
    let folder = level.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let beside = entries(folder)?.into_iter().filter_map(|path| {
        let name = path.file_name()?.to_str()?.strip_prefix(&prefix)?.strip_suffix(".ron")?.to_owned();
        Some((format!("{begin}{name}"), path))
    });
    Ok(beside.collect())
}

fn search(folder: &Path, depth: usize, found: &mut Vec<PathBuf>, problems: &mut Vec<String>) {
    if depth > FOLDERS_DEEP_MAX {
        problems
            .push(at(folder, format!("lies more than {FOLDERS_DEEP_MAX} folders deep: name a folder nearer to it")));
        return;
    }
    let entries = match entries(folder) {
        Ok(entries) => entries,
        Err(failure) => return problems.extend(failure.problems),
    };
    for path in entries {
        if path.is_dir() {
            search(&path, depth + 1, found, problems);
        } else if is_level(&path) {
            found.push(path);
        }
    }
}

/// `NAME.ron`, where NAME has no dot, that is not one of the lists at the top of `levels/`.
fn is_level(path: &Path) -> bool {
    let stem = path.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".ron"));
    stem.is_some_and(|stem| !stem.contains('.') && !["campaign", "golden"].contains(&stem))
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |e: std::io::Error| Failure::file(folder, format!("cannot be listed: {e}"));
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(fail)? {
        paths.push(entry.map_err(fail)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// The files in a folder, in order of name; hidden ones are left out.
pub fn inside(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let is_hidden = |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    Ok(entries(folder)?.into_iter().filter(|path| path.is_file() && !is_hidden(path)).collect())
}

/// Reads a file of any kind, but not much more of it than is ever read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    read_within(path, PACKED_BYTES_MAX)
}

/// Reads a text of at most so many bytes. A mark at its begin that says that it is UTF-8 is left out.
pub fn text(path: &Path, bytes_max: usize) -> Result<String, Failure> {
    let bytes = read_within(path, bytes_max)?;
    let text = String::from_utf8(bytes).map_err(|e| Failure::file(path, format!("is no UTF-8 text: {e}")))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Reads a file, but not much more of it than that.
fn read_within(path: &Path, bytes_max: usize) -> Result<Vec<u8>, Failure> {
    let fail = |e: std::io::Error| Failure::file(path, format!("cannot be read: {e}"));
    let file = std::fs::File::open(path).map_err(fail)?;
    let mut bytes = Vec::new();
    file.take(bytes_max as u64 + 1).read_to_end(&mut bytes).map_err(fail)?;
    if bytes.len() > bytes_max {
        return Err(Failure::file(path, format!("more than {bytes_max} bytes: make it smaller")));
    }
    Ok(bytes)
}
