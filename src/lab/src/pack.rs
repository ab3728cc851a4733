//! `pack`: levels with what proves them in one file, and what lies in such a file.

use crate::arguments::{PackList, PackMake, PackUnpack};
use crate::failure::{Failure, at};
use crate::terminal::printable;
use crate::{files, table};
use pipe_maze_level::share::{FILE_EXTENSION, LevelText, Pack, SharedLevel};
use pipe_maze_level::{Shared, Solution};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Packs levels, each with the solutions and decoys beside it.
pub fn make(arguments: &PackMake) -> Result<String, Failure> {
    if arguments.out.extension().is_none_or(|extension| extension != FILE_EXTENSION) {
        // It is written over: a level named by mistake would be lost.
        let message = format!("is no name of a pack: call it NAME.{FILE_EXTENSION}");
        return Err(Failure::file(&arguments.out, message));
    }
    let (mut levels, mut problems) = (Vec::new(), Vec::new());
    let mut ids: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in in_order(&arguments.levels)? {
        match shared(&path) {
            Ok(level) => {
                let id = level.level.level.id.clone();
                if let Some(other) = ids.insert(id.clone(), path.clone()) {
                    let message = format!("id: {} is called `{id}`, too: rename one of them", other.display());
                    problems.push(at(&path, message));
                }
                levels.push(level);
            }
            Err(failure) => problems.extend(failure.problems),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::input(problems));
    }
    let pack = Shared::Pack(Pack { title: arguments.title.clone(), levels });
    let fail = |e| Failure::file(&arguments.out, e);
    let bytes = pack.to_bytes().map_err(fail)?;
    // What others could not open is not written.
    Shared::from_bytes(&bytes).map_err(fail)?;
    fs::write(&arguments.out, bytes).map_err(|e| Failure::file(&arguments.out, format!("cannot be written: {e}")))?;
    Ok(as_table(&levels_of(pack)))
}

/// The levels in a file.
pub fn list(arguments: &PackList) -> Result<String, Failure> {
    let shared = open(&arguments.file)?;
    let title = match &shared {
        Shared::Pack(pack) if !pack.title.is_empty() => format!("{}\n", one_line(&pack.title)),
        _ => String::new(),
    };
    Ok(title + &as_table(&levels_of(shared)))
}

/// Writes the levels in a file, with what belongs to them, into a folder. Nothing is written over.
pub fn unpack(arguments: &PackUnpack) -> Result<String, Failure> {
    let levels = levels_of(open(&arguments.file)?);
    let into = &arguments.into;
    fs::create_dir_all(into).map_err(|e| Failure::file(into, format!("cannot be made: {e}")))?;
    let texts: Vec<(PathBuf, String)> =
        levels.iter().flat_map(texts).map(|(name, text)| (into.join(name), text)).collect();
    let mut paths = BTreeSet::new();
    let taken = texts.iter().map(|(path, _)| path).filter(|path| path.exists() || !paths.insert(*path));
    let problems: Vec<String> = taken.map(|path| at(path, "is there already: name another folder")).collect();
    if !problems.is_empty() {
        return Err(Failure::input(problems));
    }
    let mut output = String::new();
    for (path, text) in &texts {
        let written = File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes()));
        written.map_err(|e| Failure::file(path, format!("cannot be written: {e}")))?;
        output += &format!("{}\n", path.display());
    }
    Ok(output)
}

/// The level files of these paths in the order in which they are named, for that is how they are played; those of a
/// folder in order of name.
fn in_order(paths: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for path in paths {
        match files::find(std::slice::from_ref(path)) {
            Ok(more) => found.extend(more),
            Err(failure) => problems.extend(failure.problems),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(Failure::input(problems)) }
}

fn shared(path: &Path) -> Result<SharedLevel, Failure> {
    let (level, text) = files::level_and_text(path)?;
    let (solutions, decoys) = files::beside(path, &level)?;
    Ok(SharedLevel { solutions, decoys, ..SharedLevel::from(LevelText { level, text }) })
}

fn open(path: &Path) -> Result<Shared, Failure> {
    let shared = Shared::open(&files::bytes(path)?).map_err(|e| Failure::file(path, e))?;
    match shared {
        Shared::Level(_) | Shared::Pack(_) => Ok(shared),
        Shared::Solution(_) | Shared::Replay(_) => {
            Err(Failure::file(path, "is neither a level nor a pack: name a .pipemaze file with levels"))
        }
    }
}

fn levels_of(shared: Shared) -> Vec<SharedLevel> {
    match shared {
        Shared::Level(level) => vec![*level],
        Shared::Pack(pack) => pack.levels,
        Shared::Solution(_) | Shared::Replay(_) => Vec::new(),
    }
}

/// The files of a level, by the names under which the laboratory finds them again. An id and the name of a candidate have
/// no characters that could lead out of the folder.
fn texts(shared: &SharedLevel) -> Vec<(String, String)> {
    let id = &shared.level.level.id;
    let mut texts = vec![(format!("{id}.ron"), shared.level.text.clone())];
    let named = |(name, solution): &(String, Solution), kind: &str| {
        let name =
            if name == kind || name.starts_with(&format!("{kind}-")) { name.clone() } else { format!("{kind}-{name}") };
        (format!("{id}.{name}.ron"), solution.to_text())
    };
    texts.extend(shared.solutions.iter().map(|each| named(each, "solution")));
    texts.extend(shared.decoys.iter().map(|each| named(each, "decoy")));
    texts.extend(shared.proof.iter().map(|proof| (format!("{id}.proof.ron"), proof.to_text())));
    texts
}

fn as_table(levels: &[SharedLevel]) -> String {
    let mut table = table::new(&["level", "name", "bytes", "solutions", "decoys", "proof"]);
    for SharedLevel { level: LevelText { level, text }, solutions, decoys, proof } in levels {
        let proof = match proof {
            Some(proof) if proof.fits(text) => "is there",
            Some(_) => "of another version",
            None => "none",
        };
        table.add_row([
            level.id.clone(),
            one_line(level.text("en", "name").unwrap_or_default()),
            text.len().to_string(),
            solutions.len().to_string(),
            decoys.len().to_string(),
            proof.to_owned(),
        ]);
    }
    table::render(table, &[2, 3, 4])
}

/// A stranger's text for a table.
fn one_line(text: &str) -> String {
    printable(text).chars().take(80).collect()
}
