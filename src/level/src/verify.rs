//! The proof of a level: on every seed asked for, each of its solutions wins and each decoy loses.

use crate::format::Level;
use crate::judge::{Standing, Verdict};
use crate::play::{Play, PlayError};
use crate::solution::Solution;
use pipe_maze_sim::Digest;

/// The proof of one level.
#[derive(Clone, PartialEq, Debug)]
pub struct Proof {
    /// One row for each solution, one for each decoy; the untouched board is the first decoy.
    pub rows: Vec<ProofRow>,
}

impl Proof {
    /// Whether the solutions win and the decoys lose on every seed.
    pub fn holds(&self) -> bool {
        self.rows.iter().all(ProofRow::holds)
    }
}

/// How one solution or decoy does over the seeds.
#[derive(Clone, PartialEq, Debug)]
pub struct ProofRow {
    /// Its name.
    pub name: String,
    /// What it must do on every seed.
    pub expected: Verdict,
    /// Seeds played.
    pub seeds: u64,
    /// Seeds on which it won.
    pub won: u64,
    /// For each objective the smallest and the largest slack over the seeds ([`Standing::slack`]).
    pub slack: Vec<(f64, f64)>,
    /// For each objective the smallest and the largest figure over the seeds.
    pub values: Vec<(f64, f64)>,
    /// The digest at the end of the first seed.
    pub digest: Digest,
}

impl ProofRow {
    /// Whether it did what it must on every seed.
    pub const fn holds(&self) -> bool {
        match self.expected {
            Verdict::Won => self.won == self.seeds,
            Verdict::Lost => self.won == 0,
        }
    }

    /// The slack by which it does what it must, on its worst seed: for a solution that of its tightest objective, for a
    /// decoy that of the objective it misses most clearly.
    pub fn margin(&self) -> f64 {
        match self.expected {
            Verdict::Won => self.slack.iter().map(|&(least, _)| least).fold(f64::INFINITY, f64::min),
            Verdict::Lost => self.slack.iter().map(|&(_, most)| -most).fold(f64::NEG_INFINITY, f64::max),
        }
    }
}

/// Plays the solutions, the untouched board and the decoys on `seeds` seeds from `seed_base` on.
///
/// # Errors
/// The name of the solution or decoy that cannot be played, and why.
pub fn verify(
    level: &Level,
    solutions: &[(String, Solution)],
    decoys: &[(String, Solution)],
    seed_base: u64,
    seeds: u64,
) -> Result<Proof, (String, PlayError)> {
    let untouched = ("untouched".to_owned(), Solution::nothing(level));
    let losing = std::iter::once(&untouched).chain(decoys).map(|(name, each)| (name.clone(), each, Verdict::Lost));
    let candidates = solutions.iter().map(|(name, each)| (name.clone(), each, Verdict::Won)).chain(losing);
    let mut rows = Vec::new();
    for (name, candidate, expected) in candidates {
        let row = row(level, name.clone(), candidate, expected, seed_base, seeds.max(1)).map_err(|e| (name, e))?;
        rows.push(row);
    }
    Ok(Proof { rows })
}

fn row(
    level: &Level,
    name: String,
    candidate: &Solution,
    expected: Verdict,
    seed_base: u64,
    seeds: u64,
) -> Result<ProofRow, PlayError> {
    let mut won = 0;
    let mut digest = Digest::EMPTY;
    let mut ranges: Vec<[(f64, f64); 2]> = Vec::new();
    for i in 0..seeds {
        let play = Play::run(level, candidate, seed_base.wrapping_add(i))?;
        won += u64::from(play.verdict() == Some(Verdict::Won));
        if i == 0 {
            digest = play.digest();
        }
        widen(&mut ranges, &play.report().standings);
    }
    let slack = ranges.iter().map(|range| range[0]).collect();
    let values = ranges.iter().map(|range| range[1]).collect();
    Ok(ProofRow { name, expected, seeds, won, slack, values, digest })
}

fn widen(ranges: &mut Vec<[(f64, f64); 2]>, standings: &[Standing]) {
    ranges.resize(standings.len(), [(f64::INFINITY, f64::NEG_INFINITY); 2]);
    for (range, standing) in ranges.iter_mut().zip(standings) {
        let figures = [Some(standing.slack), standing.value];
        for (bounds, figure) in range.iter_mut().zip(figures) {
            let Some(figure) = figure else { continue };
            *bounds = (bounds.0.min(figure), bounds.1.max(figure));
        }
    }
}
