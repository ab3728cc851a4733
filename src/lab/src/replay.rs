//! `replay`: records runs, and plays recorded ones again. `verify` fails where a replay is not what it says.

use crate::arguments::{ReplayRecord, ReplayVerify};
use crate::failure::{Failure, Kind, at};
use crate::{files, table};
use pipe_maze_level::replay::Check;
use pipe_maze_level::{Level, Play, Replay, Verdict};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Plays a solution and gives the replay of its run.
pub fn record(arguments: &ReplayRecord) -> Result<String, Failure> {
    let (level, text) = files::level_and_text(&arguments.level)?;
    let path = arguments.solution.clone().unwrap_or_else(|| files::solution_path(&arguments.level));
    let solution = files::solution(&path, &level)?;
    let play = Play::run(&level, &solution, arguments.seed).map_err(|e| Failure::file(&path, e))?;
    let board = solution.board(&level).map_err(|e| Failure::file(&path, e))?;
    let replay = Replay::of(&level, &text, &board, &play);
    let unbuilt = || Failure::file(&path, "its board cannot be built by edits of a player: correct its plan");
    replay.map(|replay| replay.to_text() + "\n").ok_or_else(unbuilt)
}

/// A replay that was played again.
struct Row {
    path: PathBuf,
    replay: Replay,
    check: Check,
    play: Play,
}

/// Plays the replays again.
pub fn verify(arguments: &ReplayVerify) -> Result<String, Failure> {
    let levels = levels(&arguments.levels)?;
    let (mut rows, mut bad_input, mut forged) = (Vec::new(), Vec::new(), Vec::new());
    for path in &arguments.files {
        match check(path, &levels) {
            Ok(row) => {
                if row.check == Check::Differs {
                    forged.push(at(path, difference(&row)));
                }
                rows.push(row);
            }
            Err(failure) => bad_input.extend(failure.problems),
        }
    }
    let output = if arguments.json { as_json(&rows) } else { as_table(&rows) };
    let kind = if bad_input.is_empty() { Kind::Proof } else { Kind::Input };
    let problems: Vec<String> = bad_input.into_iter().chain(forged).collect();
    if problems.is_empty() { Ok(output) } else { Err(Failure { output, kind, problems }) }
}

fn check(path: &Path, levels: &BTreeMap<String, (Level, String)>) -> Result<Row, Failure> {
    let replay = files::replay(path)?;
    let Some((level, text)) = levels.get(&replay.level) else {
        let problem = format!("level: no level `{}` is known: say with --levels where it lies", replay.level);
        return Err(Failure::file(path, problem));
    };
    let (check, play) = replay.check(level, text).map_err(|e| Failure::file(path, e))?;
    Ok(Row { path: path.into(), replay, check, play })
}

/// The levels below these paths, by name, with their texts.
fn levels(paths: &[PathBuf]) -> Result<BTreeMap<String, (Level, String)>, Failure> {
    let read = files::find(paths)?.into_iter().map(|path| files::level_and_text(&path));
    read.map(|level| level.map(|(level, text)| (level.id.clone(), (level, text)))).collect()
}

/// In what a replay is not what it says.
fn difference(row: &Row) -> String {
    let (stated, digest) = (&row.replay.digest, row.play.digest().to_string());
    if *stated == digest {
        return "says of an order that it took effect at another time than it does: it did not run so".to_owned();
    }
    format!("states the digest {stated} and has {digest}: it did not run so")
}

/// What a replay is.
const fn word(check: Check) -> &'static str {
    match check {
        Check::Verified => "verified",
        Check::OtherRules => "recomputed (other rules)",
        Check::OtherLevel => "recomputed (other level)",
        Check::Differs => "differs",
    }
}

fn verdict(play: &Play) -> &'static str {
    match play.verdict() {
        Some(Verdict::Won) => "won",
        Some(Verdict::Lost) => "lost",
        None => "not over",
    }
}

fn as_table(rows: &[Row]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = table::new(&["replay", "level", "seed", "commands", "check", "verdict", "digest"]);
    for Row { path, replay, check, play } in rows {
        table.add_row([
            path.display().to_string(),
            replay.level.clone(),
            replay.seed.to_string(),
            replay.commands(replay.shown).len().to_string(),
            word(*check).to_owned(),
            verdict(play).to_owned(),
            play.digest().to_string(),
        ]);
    }
    table::render(table, &[2, 3])
}

fn as_json(rows: &[Row]) -> String {
    let rows = rows.iter().map(|Row { path, replay, check, play }| {
        json!({
            "replay": path.display().to_string(),
            "level": replay.level,
            "seed": replay.seed,
            "rules": replay.rules,
            "check": match check {
                Check::Verified => "verified",
                Check::OtherRules => "other rules",
                Check::OtherLevel => "other level",
                Check::Differs => "differs",
            },
            "verdict": verdict(play),
            "digest": play.digest().to_string(),
        })
    });
    let value = json!({ "rules": pipe_maze_sim::RULES, "replays": rows.collect::<Vec<Value>>() });
    format!("{value:#}\n")
}
