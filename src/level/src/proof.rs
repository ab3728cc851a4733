//! The proof of a level: on every seed asked for, each of its solutions wins and each decoy loses.
//!
//! A [`Prover`] computes it bit by bit, so that a page can go on drawing, show how far it is, and drop it. The
//! [`Certificate`] of a proof travels with the level: it has all that it takes to compute the proof again.

use crate::format::Level;
use crate::judge::{Standing, Verdict};
use crate::orders::Command;
use crate::play::{Play, PlayError};
use crate::solution::Solution;
use pipe_maze_sim::{Digest, Time};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

mod certificate;

pub use certificate::{Certificate, CertificateRow};

/// What one piece of work is at least: steps of a run in which nothing happens are not free.
const STEP_WORK: u64 = 100;

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

    /// The smallest margin of all rows.
    pub fn margin(&self) -> f64 {
        self.rows.iter().map(ProofRow::margin).fold(f64::INFINITY, f64::min)
    }
}

/// How one solution or decoy does over the seeds.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
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
    /// The digests of all seeds together.
    pub digest_of_all: Digest,
}

impl ProofRow {
    fn new(name: String, expected: Verdict) -> Self {
        let (slack, values) = (Vec::new(), Vec::new());
        let (digest, digest_of_all) = (Digest::EMPTY, Digest::EMPTY);
        Self { name, expected, seeds: 0, won: 0, slack, values, digest, digest_of_all }
    }

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

    /// Adds a run that is over.
    fn add(&mut self, play: &Play) {
        self.won += u64::from(play.verdict() == Some(Verdict::Won));
        if self.seeds == 0 {
            self.digest = play.digest();
        }
        self.digest_of_all.fold(play.digest().as_u64());
        self.seeds += 1;
        let standings = play.report().standings;
        widen(&mut self.slack, &standings, |standing| Some(standing.slack));
        widen(&mut self.values, &standings, |standing| standing.value);
    }
}

fn widen(ranges: &mut Vec<(f64, f64)>, standings: &[Standing], figure: impl Fn(&Standing) -> Option<f64>) {
    ranges.resize(standings.len(), (f64::INFINITY, f64::NEG_INFINITY));
    for (range, figure) in ranges.iter_mut().zip(standings.iter().map(figure)) {
        let Some(figure) = figure else { continue };
        *range = (range.0.min(figure), range.1.max(figure));
    }
}

/// A proof that is being computed. Dropping it is all that it takes to stop.
#[derive(Clone, Debug)]
pub struct Prover {
    level: Arc<Level>,
    candidates: Vec<Candidate>,
    seed_base: u64,
    seeds: u64,
    /// How the candidates stand, in their order.
    rows: Vec<ProofRow>,
    running: Option<Play>,
}

/// What is played: a solution or decoy.
#[derive(Clone, Debug)]
struct Candidate {
    solution: Solution,
    commands: Vec<Command>,
}

/// How far a proof is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Runs that are over.
    pub done: u64,
    /// Runs in all.
    pub total: u64,
}

impl Prover {
    /// A proof with these solutions, the untouched board and these decoys, each with its name, on `seeds` seeds from
    /// `seed_base` on; at least one.
    pub fn new(
        level: Arc<Level>,
        solutions: &[(String, Solution)],
        decoys: &[(String, Solution)],
        seed_base: u64,
        seeds: u64,
    ) -> Self {
        let untouched = ("untouched".to_owned(), Solution::nothing(&level));
        let losing = std::iter::once(&untouched).chain(decoys).map(|each| (each, Verdict::Lost));
        let all: Vec<_> = solutions.iter().map(|each| (each, Verdict::Won)).chain(losing).collect();
        let rows = all.iter().map(|((name, _), expected)| ProofRow::new(name.clone(), *expected)).collect();
        let candidate = |solution: &Solution| Candidate { solution: solution.clone(), commands: solution.commands() };
        let candidates = all.iter().map(|((_, solution), _)| candidate(solution)).collect();
        Self { level, candidates, seed_base, seeds: seeds.max(1), rows, running: None }
    }

    /// Computes on until about so much [work](pipe_maze_sim::Simulation::work_done) is done, or the proof is. A million
    /// takes a few tenths of a second natively. Says whether the proof is done.
    ///
    /// # Errors
    /// The name of the solution or decoy that cannot be played, and why. Then the proof stays where it is.
    pub fn advance(&mut self, work: u64) -> Result<bool, (String, PlayError)> {
        let mut left = work;
        while !self.is_done() {
            let done = self.go_on().map_err(|e| (self.rows[self.row()].name.clone(), e))?;
            if done >= left {
                break;
            }
            left -= done;
        }
        Ok(self.is_done())
    }

    /// Lets a sixty-fourth of a run pass, and says how much work it was.
    fn go_on(&mut self) -> Result<u64, PlayError> {
        let row = self.row();
        let Candidate { solution, commands } = &self.candidates[row];
        let mut play = match self.running.take() {
            Some(play) => play,
            None => {
                let seed = self.seed_base.wrapping_add(self.rows[row].seeds);
                Play::start(&self.level, &solution.board(&self.level)?, seed)?
            }
        };
        let before = play.simulation().work_done();
        let step_ns = (play.flow_ends_at().as_ns() / 64).max(1);
        let until = if play.is_over() { Time::MAX } else { play.simulation().now().plus_ns(step_ns) };
        play.follow(commands, until, &mut ())
            .map_err(|(nth, refusal)| PlayError::Edit(format!("flow[{nth}]"), refusal))?;
        let done = play.simulation().work_done().saturating_sub(before);
        if play.simulation().now() >= play.ends_at() {
            self.rows[row].add(&play);
        } else {
            self.running = Some(play);
        }
        Ok(done.max(STEP_WORK))
    }

    /// The candidate whose turn it is: seed by seed, so that all of them are shown to do what they must, or not, soon.
    fn row(&self) -> usize {
        let least = self.rows.iter().map(|row| row.seeds).min().unwrap_or(0);
        self.rows.iter().position(|row| row.seeds == least).unwrap_or(0)
    }

    /// Whether every candidate has been played on every seed.
    pub fn is_done(&self) -> bool {
        self.rows.iter().all(|row| row.seeds >= self.seeds)
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        Progress { done: self.rows.iter().map(|row| row.seeds).sum(), total: self.seeds * self.rows.len() as u64 }
    }

    /// The level.
    pub fn level(&self) -> &Level {
        &self.level
    }

    /// What is played, each with its name and with what it must do: the solutions, the untouched board, the decoys.
    pub fn candidates(&self) -> impl Iterator<Item = (&str, Verdict, &Solution)> {
        let each = self.rows.iter().zip(&self.candidates);
        each.map(|(row, candidate)| (row.name.as_str(), row.expected, &candidate.solution))
    }

    /// The first seed, and how many there are.
    pub const fn seeds(&self) -> (u64, u64) {
        (self.seed_base, self.seeds)
    }

    /// How the candidates stand, on the seeds played so far: the solutions, the untouched board, the decoys.
    pub fn rows(&self) -> &[ProofRow] {
        &self.rows
    }

    /// Takes over how far another prover of the same has come, which computes elsewhere: how its candidates stand. Says
    /// whether they are those of this proof.
    pub fn follow(&mut self, rows: Vec<ProofRow>) -> bool {
        let same = |(mine, other): (&ProofRow, &ProofRow)| mine.name == other.name && mine.expected == other.expected;
        let fits = rows.len() == self.rows.len()
            && self.rows.iter().zip(&rows).all(same)
            && rows.iter().all(|row| row.seeds <= self.seeds);
        if fits {
            (self.rows, self.running) = (rows, None);
        }
        fits
    }

    /// Whether it is known already that the level is not proved.
    pub fn has_failed(&self) -> bool {
        self.rows.iter().any(|row| !row.holds())
    }

    /// The proof, once it is done.
    pub fn proof(&self) -> Option<Proof> {
        self.is_done().then(|| Proof { rows: self.rows.clone() })
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
    let mut prover = Prover::new(Arc::new(level.clone()), solutions, decoys, seed_base, seeds);
    prover.advance(u64::MAX)?;
    Ok(Proof { rows: prover.rows })
}
