//! What a run lost, and to what: every request that failed or was late is laid at one cause, so that the counts add up
//! to the loss.

use crate::play::Play;
use pipe_maze_sim::{Cause, Outcome, PieceId, RequestId, Time};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// What a run lost so far.
#[derive(Clone, PartialEq, Debug)]
pub struct LossReport {
    /// Requests that failed or were late: the sum of all counts in `causes`, and of all in `pieces`.
    pub lost: u64,
    /// Requests that may be lost by the error budget.
    pub allowed: f64,
    /// By cause and outcome, the largest first.
    pub causes: Vec<CauseLoss>,
    /// By the piece, pipe or enemy that the cause names, the largest first.
    pub pieces: Vec<PieceLoss>,
}

/// Requests lost to one cause.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct CauseLoss {
    /// The cause.
    pub cause: Cause,
    /// How they ended; `Answered` stands for answered too late.
    pub outcome: Outcome,
    /// How many.
    pub count: u64,
    /// The share of all that was lost, 0 to 1.
    pub share: f64,
    /// The share of the error budget, 0 to 1 and more.
    pub of_budget: f64,
    /// The worst of them, and when it was issued: what [`crate::Timeline::explain`] takes.
    pub worst: (RequestId, Time),
}

/// Requests lost to one piece, pipe or enemy.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct PieceLoss {
    /// Which one.
    pub piece: PieceId,
    /// Requests answered too late because of it.
    pub late: u64,
    /// Requests that failed because of it.
    pub failed: u64,
    /// The share of all that was lost, 0 to 1.
    pub share: f64,
    /// The share of the error budget, 0 to 1 and more.
    pub of_budget: f64,
}

impl PieceLoss {
    /// Requests lost to it.
    pub const fn count(&self) -> u64 {
        self.late + self.failed
    }
}

impl LossReport {
    /// What that run lost so far.
    pub fn of(play: &Play) -> Self {
        let report = play.report();
        let lost: u64 = report.losses.iter().map(|loss| loss.count).sum();
        let allowed = report.budget.allowed;
        let share = |count: u64| count as f64 / (lost as f64).max(1.0);
        let of_budget = |count: u64| count as f64 / allowed.max(1e-9);
        let causes = report.losses.iter().map(|loss| CauseLoss {
            cause: loss.cause,
            outcome: loss.outcome,
            count: loss.count,
            share: share(loss.count),
            of_budget: of_budget(loss.count),
            worst: (loss.worst, loss.worst_issued_at),
        });
        let mut by_piece: BTreeMap<PieceId, (u64, u64)> = BTreeMap::new();
        for loss in &report.losses {
            let (late, failed) = by_piece.entry(loss.cause.piece()).or_default();
            *if loss.outcome == Outcome::Answered { late } else { failed } += loss.count;
        }
        let pieces = by_piece.into_iter().map(|(piece, (late, failed))| PieceLoss {
            piece,
            late,
            failed,
            share: share(late + failed),
            of_budget: of_budget(late + failed),
        });
        let mut pieces: Vec<PieceLoss> = pieces.collect();
        pieces.sort_by_key(|loss| Reverse(loss.count()));
        Self { lost, allowed, causes: causes.collect(), pieces }
    }
}
