//! What a judge says about a run.

use super::budget::BudgetReport;
use super::classes::ClassReport;
use super::foes::EnemyReport;
use crate::format::Objective;
use pipe_maze_sim::{Cause, Outcome, Parts, PieceId, RequestId, Time};
use serde::{Deserialize, Serialize};

/// What one cause cost.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Loss {
    /// The outcome; `Answered` stands for answered too late.
    pub outcome: Outcome,
    /// The cause.
    pub cause: Cause,
    /// How many requests.
    pub count: u64,
    /// The worst of them.
    pub worst: RequestId,
    /// When that was issued.
    pub worst_issued_at: Time,
    /// Where the worst one's time went.
    pub worst_parts: Parts,
}

/// How one objective stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Standing {
    /// The objective.
    pub objective: Objective,
    /// The present figure, in the objective's unit (share, milliseconds or coins); nothing while there is none.
    pub value: Option<f64>,
    /// Whether it is met.
    pub met: bool,
    /// How far the figure is from its bound, as a share of the bound (of the room below 1 for shares); positive is met.
    pub slack: f64,
}

/// How a run stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Each objective.
    pub standings: Vec<Standing>,
    /// Requests issued.
    pub issued: u64,
    /// Requests answered within the SLO.
    pub good: u64,
    /// Requests answered, but too late.
    pub late: u64,
    /// Requests that failed.
    pub failed: u64,
    /// What the bad requests are due to, the worst first; the counts add up to `late + failed`.
    pub losses: Vec<Loss>,
    /// The error budget.
    pub budget: BudgetReport,
    /// Each enemy, in the order of the level.
    pub enemies: Vec<EnemyReport>,
    /// Each class that has had an end.
    pub classes: Vec<ClassReport>,
    /// Bad requests by the piece, pipe or enemy that they are due to, the worst first.
    pub by_piece: Vec<(PieceId, u64)>,
}

/// The end of a run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Verdict {
    /// Every objective is met.
    Won,
    /// At least one is not.
    Lost,
}
