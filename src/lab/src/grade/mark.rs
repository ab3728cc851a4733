//! One submission becomes one row.

use super::{Levels, Submission};
use pipe_maze_level::replay::Check;
use pipe_maze_level::share::{LevelText, SharedReplay};
use pipe_maze_level::{HeldOut, Play, Shared, Stars, Verdict};
use std::sync::Arc;

/// Work of a trial on held-out seeds at most, see [`HeldOut::advance`].
const TRIAL_WORK_MAX: u64 = 100_000_000;
/// Work between two looks at how much it was.
const TRIAL_STEP: u64 = 1_000_000;

/// How one submission did, or why that cannot be said.
pub struct Row {
    /// Whose it is: the name of the file.
    pub who: String,
    /// How it did.
    pub outcome: Result<Mark, String>,
}

/// How one replay did.
pub struct Mark {
    /// The level.
    pub level: String,
    /// What the replay turned out to be.
    pub check: Check,
    /// Stars, and of how many.
    pub stars: (u8, u8),
    /// The verdict, where the run is over.
    pub verdict: Option<Verdict>,
    /// Requests answered in time, too late, and failed.
    pub ends: [u64; 3],
    /// The median latency, in milliseconds.
    pub p50_ms: Option<f64>,
    /// The latency that 99 of 100 answers keep, in milliseconds.
    pub p99_ms: Option<f64>,
    /// In coins.
    pub cost: u32,
    /// The share of the error budget that is left.
    pub budget_left: f64,
    /// Runs beside the first.
    pub branches: usize,
    /// Held-out seeds that were won, and how many there were.
    pub held: (usize, usize),
    /// Which objectives are met, in the level's order.
    pub met: Vec<bool>,
    /// The digest of the run as it was computed again.
    pub digest: String,
}

impl Mark {
    /// The share of requests that were answered in time.
    pub fn good_share(&self) -> f64 {
        self.ends[0] as f64 / self.ends.iter().sum::<u64>().max(1) as f64
    }

    /// Whether the figures are those of what was handed in.
    pub fn counts(&self) -> bool {
        self.check != Check::Differs
    }

    /// What the replay turned out to be, in words.
    pub const fn check_words(&self) -> &'static str {
        match self.check {
            Check::Verified => "verified",
            Check::OtherRules => "recomputed (other rules)",
            Check::OtherLevel => "recomputed (other level)",
            Check::Differs => "differs",
        }
    }

    /// The verdict in a word.
    pub const fn verdict_word(&self) -> &'static str {
        match self.verdict {
            Some(Verdict::Won) => "won",
            Some(Verdict::Lost) => "lost",
            None => "not over",
        }
    }
}

/// Marks a submission.
pub fn row(levels: &Levels, submission: &Submission, seeds: u32) -> Row {
    let outcome = match &submission.what {
        Ok(Shared::Replay(shared)) => mark(levels, shared, seeds),
        Ok(Shared::Solution(_)) => Err("is a solution, not a replay: ask for the replay of a finished run".to_owned()),
        Ok(Shared::Level(_) | Shared::Pack(_)) => {
            Err("is a level, not a replay: ask for the replay of a run".to_owned())
        }
        Err(message) => Err(message.clone()),
    };
    Row {
        who: submission.who.clone(),
        outcome: outcome.map_err(|message| message.lines().collect::<Vec<_>>().join("; ")),
    }
}

fn mark(levels: &Levels, shared: &SharedReplay, seeds: u32) -> Result<Mark, String> {
    let replay = &shared.replay;
    let Some(LevelText { level, text }) = levels.get(&replay.level) else {
        return Err(format!("is a replay of the level `{}`: hand in one of the level asked for", replay.level));
    };
    let (check, play) = replay.check(level, text).map_err(|e| e.to_string())?;
    let board = replay.board(level).map_err(|e| e.to_string())?;
    let mut trial = HeldOut::new(Arc::new(level.clone()), board, play.log().to_vec(), seeds);
    let mut work = 0;
    while !trial.advance(TRIAL_STEP).map_err(|e| format!("on held-out seeds: {e}"))? {
        work += TRIAL_STEP;
        if work > TRIAL_WORK_MAX {
            return Err("on held-out seeds: takes longer than anyone would wait for".to_owned());
        }
    }
    let report = play.report();
    let stars = Stars::of(&play, level.par, &trial);
    Ok(Mark {
        level: level.id.clone(),
        check,
        stars: (if check == Check::Differs { 0 } else { stars.count() }, if level.par.is_some() { 3 } else { 2 }),
        verdict: play.verdict(),
        ends: [report.good, report.late, report.failed],
        p50_ms: latency_ms(&play, 0.5),
        p99_ms: latency_ms(&play, 0.99),
        cost: play.judge().cost(),
        budget_left: report.budget.left,
        branches: replay.branches.len() - 1,
        held: (trial.results().iter().filter(|result| result.won).count(), trial.results().len()),
        met: report.standings.iter().map(|standing| standing.met).collect(),
        digest: play.digest().to_string(),
    })
}

fn latency_ms(play: &Play, share: f64) -> Option<f64> {
    play.judge().latency_ns(share).map(|ns| ns as f64 / 1e6)
}
