//! Robustness: how a build with its commands does on seeds that nobody tuned it to, and the stars that a run earns.

use crate::board::Board;
use crate::format::Level;
use crate::judge::Verdict;
use crate::orders::Command;
use crate::play::{Play, PlayError};
use pipe_maze_sim::{Digest, PieceId, Time};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Held-out seeds where nothing else is said.
pub const HELD_OUT_SEEDS: u32 = 32;
/// The share of held-out seeds that a robust build wins at least.
pub const ROBUST_SHARE: f64 = 0.95;
/// Most held-out seeds.
pub const SEEDS_MAX: u32 = 10_000;

/// What a run earns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stars {
    /// Every objective is met.
    pub met: bool,
    /// They are met, and it costs at most par.
    pub under_par: bool,
    /// They are met, and are on the held-out seeds.
    pub robust: bool,
}

impl Stars {
    /// What a run earns that is over, where par is so many coins; where there is none, nothing is under it.
    pub fn of(play: &Play, par: Option<u32>, held_out: &HeldOut) -> Self {
        let met = play.verdict() == Some(Verdict::Won);
        let robust = is_robust(held_out.results(), held_out.seeds());
        Self { met, under_par: met && par.is_some_and(|par| play.judge().cost() <= par), robust: met && robust }
    }

    /// How many stars, 0 to 3.
    pub const fn count(self) -> u8 {
        self.met as u8 + self.under_par as u8 + self.robust as u8
    }
}

/// How one held-out seed went.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeedResult {
    /// The seed.
    pub seed: u64,
    /// Whether every objective was met.
    pub won: bool,
    /// The slack of the objective that was met most narrowly, or missed most clearly.
    pub slack: f64,
    /// The share of requests that were good, 0 to 1.
    pub good_share: f64,
    /// 99 of 100 answers took at most so long, in nanoseconds.
    pub p99_ns: Option<u64>,
    /// The share of the error budget that was left.
    pub budget_left: f64,
    /// The digest at the end of the run.
    pub digest: Digest,
}

/// The share of these seeds that were won, 0 to 1; nothing where there are none.
pub fn won_share(results: &[SeedResult]) -> Option<f64> {
    let won = results.iter().filter(|result| result.won).count();
    (!results.is_empty()).then(|| won as f64 / results.len() as f64)
}

/// Whether a trial on so many seeds that has given these results is over, and the build is robust.
pub fn is_robust(results: &[SeedResult], seeds: u32) -> bool {
    results.len() >= seeds as usize && won_share(results).is_some_and(|share| share >= ROBUST_SHARE)
}

/// A trial on held-out seeds. It is computed bit by bit, so that a page can go on drawing.
#[derive(Clone, Debug)]
pub struct HeldOut {
    level: Arc<Level>,
    board: Board,
    commands: Vec<Command>,
    seeds: u32,
    running: Option<Play>,
    results: Vec<SeedResult>,
}

/// The `nth` held-out seed of a level: always the same, so that others can compute it again, and with its highest bit
/// set, which no seed has that the game gives a player.
pub fn held_out_seed(level: &str, nth: u32) -> u64 {
    let mut digest = Digest::EMPTY;
    digest.fold(PieceId::from_name(level).0);
    digest.fold(u64::from(nth));
    digest.as_u64() | 1 << 63
}

impl HeldOut {
    /// A trial of a board as it was when the water began to flow, with the commands given since, on so many seeds, 1 to
    /// 10,000.
    pub fn new(level: Arc<Level>, board: Board, commands: Vec<Command>, seeds: u32) -> Self {
        let seeds = seeds.clamp(1, SEEDS_MAX);
        Self { level, board, commands, seeds, running: None, results: Vec::new() }
    }

    /// Computes on until about so much [work](pipe_maze_sim::Simulation::work_done) is done, or the trial is. A million
    /// takes a few tenths of a second natively. Says whether the trial is done.
    ///
    /// # Errors
    /// What the simulation refuses about the board, or the command that is refused. Then the trial stays where it is.
    pub fn advance(&mut self, work: u64) -> Result<bool, PlayError> {
        let mut left = work;
        while !self.is_done() {
            let mut play = match self.running.take() {
                Some(play) => play,
                None => self.start()?,
            };
            let before = play.simulation().work_done();
            let until = play.simulation().now().plus_ns((play.flow_ends_at().as_ns() / 64).max(1));
            play.follow(&self.commands, until, &mut ())
                .map_err(|(nth, refusal)| PlayError::Edit(format!("commands[{nth}]"), refusal))?;
            let done = play.simulation().work_done().saturating_sub(before);
            if play.is_over() || play.simulation().now() >= play.ends_at() {
                // What is left is quiet; the end of the run is where digests are compared.
                play.advance_to(Time::MAX, &mut ());
                self.results.push(result(&play));
            } else {
                self.running = Some(play);
            }
            if done >= left {
                break;
            }
            left -= done;
        }
        Ok(self.is_done())
    }

    /// Whether every seed has been played.
    pub fn is_done(&self) -> bool {
        self.results.len() >= self.seeds as usize
    }

    /// The level, the board as it was when the water began to flow, and the commands given since.
    pub fn build(&self) -> (&Arc<Level>, &Board, &[Command]) {
        (&self.level, &self.board, &self.commands)
    }

    /// How many seeds are asked for.
    pub const fn seeds(&self) -> u32 {
        self.seeds
    }

    /// How the seeds went that have been played.
    pub fn results(&self) -> &[SeedResult] {
        &self.results
    }

    /// The share of seeds played that were won, 0 to 1; nothing while none has been.
    pub fn won_share(&self) -> Option<f64> {
        won_share(&self.results)
    }

    fn start(&self) -> Result<Play, PlayError> {
        Play::start(&self.level, &self.board, held_out_seed(&self.level.id, self.results.len() as u32))
    }
}

fn result(play: &Play) -> SeedResult {
    let report = play.report();
    let slack = report.standings.iter().map(|standing| standing.slack).fold(f64::INFINITY, f64::min);
    let ended = (report.good + report.late + report.failed).max(1);
    SeedResult {
        seed: play.seed(),
        won: play.verdict() == Some(Verdict::Won),
        slack,
        good_share: report.good as f64 / ended as f64,
        p99_ns: play.judge().latency_ns(0.99),
        budget_left: report.budget.left,
        digest: play.digest(),
    }
}
