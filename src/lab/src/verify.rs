//! `verify`: proves every level found, prints the proofs, and fails where one does not hold.

use crate::arguments::Verify;
use crate::failure::{Failure, Kind, at};
use crate::files::{self, Candidates};
use crate::{report, table};
use pipe_maze_level::{Level, Proof, ProofRow, Verdict};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// A level and its proof.
type Proved = (Level, Proof);

/// Proves the levels below the paths given.
pub fn verify(arguments: &Verify) -> Result<String, Failure> {
    let (mut proved, mut bad_input, mut unproved) = (Vec::new(), Vec::new(), Vec::new());
    for path in files::find(&arguments.paths)? {
        match prove(&path, arguments) {
            Ok((level, proof)) => {
                unproved.extend(proof.rows.iter().filter(|row| !row.holds()).map(|row| complaint(&path, row)));
                proved.push((level, proof));
            }
            Err(failure) => bad_input.extend(failure.problems),
        }
    }
    let output = if arguments.json { as_json(&proved, arguments) } else { as_table(&proved) };
    let kind = if bad_input.is_empty() { Kind::Proof } else { Kind::Input };
    let problems: Vec<String> = bad_input.into_iter().chain(unproved).collect();
    if problems.is_empty() { Ok(output) } else { Err(Failure { output, kind, problems }) }
}

fn prove(path: &Path, arguments: &Verify) -> Result<Proved, Failure> {
    let Candidates { level, solutions, decoys } = files::candidates(path)?;
    let proof = pipe_maze_level::proof::verify(&level, &solutions, &decoys, arguments.seed_base, arguments.seeds);
    match proof {
        Ok(proof) => Ok((level, proof)),
        Err((name, e)) => Err(Failure::file(&PathBuf::from(path).with_extension(format!("{name}.ron")), e)),
    }
}

fn complaint(path: &Path, row: &ProofRow) -> String {
    let ProofRow { name, seeds, won, .. } = row;
    at(
        path,
        match row.expected {
            Verdict::Won => format!("the {name} wins only {won} of {seeds} seeds: ease the objectives or mend it"),
            Verdict::Lost => format!("{name} wins {won} of {seeds} seeds and must lose all: tighten the objectives"),
        },
    )
}

fn as_table(proved: &[Proved]) -> String {
    if proved.is_empty() {
        return String::new();
    }
    let mut rows = table::new(&["level", "candidate", "expected", "won", "margin", "figures over all seeds", "digest"]);
    for (level, proof) in proved {
        for row in &proof.rows {
            let expected = if row.expected == Verdict::Won { "wins" } else { "loses" };
            let figures = level.objectives.iter().zip(&row.values).map(|(&objective, &(least, most))| {
                // An objective without a figure on any seed: nothing was answered.
                let figure = |value: f64| report::figure(objective, value);
                let range = if least > most {
                    "none".to_owned()
                } else if least == most {
                    figure(least)
                } else {
                    format!("{} to {}", figure(least), figure(most))
                };
                format!("{} ({range})", report::objective(objective))
            });
            rows.add_row([
                level.id.clone(),
                row.name.clone(),
                format!("{expected}{}", if row.holds() { "" } else { " (FAILED)" }),
                format!("{}/{}", row.won, row.seeds),
                format!("{:.0} %", row.margin() * 100.0),
                figures.collect::<Vec<_>>().join("\n"),
                row.digest.to_string(),
            ]);
        }
    }
    table::render(rows, &[3, 4])
}

fn as_json(proved: &[Proved], arguments: &Verify) -> String {
    let levels = proved.iter().map(|(level, proof)| {
        json!({ "level": level.id, "holds": proof.holds(), "rows": proof.rows.iter().map(row_json).collect::<Vec<_>>() })
    });
    let value = json!({
        "seed_base": arguments.seed_base,
        "seeds": arguments.seeds,
        "rules": pipe_maze_sim::RULES,
        "levels": levels.collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn row_json(row: &ProofRow) -> Value {
    json!({
        "candidate": row.name,
        "expected": if row.expected == Verdict::Won { "won" } else { "lost" },
        "holds": row.holds(),
        "won": row.won,
        "seeds": row.seeds,
        "margin": row.margin(),
        "slack": row.slack,
        "values": row.values,
        "digest": row.digest.to_string(),
    })
}
