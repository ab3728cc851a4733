//! A report for programs.

use super::{cause, outcome, percentiles};
use pipe_maze_level::{Level, Play, Verdict};
use serde_json::{Value, json};

/// The report of a play that is over.
pub fn of(level: &Level, play: &Play) -> String {
    let report = play.report();
    let objectives = report.standings.iter().map(|standing| {
        json!({
            "objective": standing.objective,
            "value": standing.value,
            "met": standing.met,
            "slack": standing.slack,
        })
    });
    let losses = report.losses.iter().map(|loss| {
        let (what, piece) = cause(play.board(), loss.cause);
        json!({
            "count": loss.count,
            "outcome": outcome(loss.outcome),
            "cause": what,
            "piece": piece,
            "worst": { "request": loss.worst.number, "parts": loss.worst_parts },
        })
    });
    let latency_ms: serde_json::Map<String, Value> = percentiles(play).map(|(name, ms)| (name, ms.into())).collect();
    let value = json!({
        "level": level.id,
        "seed": play.seed(),
        "won": play.verdict() == Some(Verdict::Won),
        "objectives": objectives.collect::<Vec<_>>(),
        "issued": report.issued,
        "good": report.good,
        "late": report.late,
        "failed": report.failed,
        "totals": play.simulation().view().totals(),
        "losses": losses.collect::<Vec<_>>(),
        "latency_ms": latency_ms,
        "digest": play.digest().to_string(),
        "rules": pipe_maze_sim::RULES,
    });
    format!("{value:#}\n")
}
