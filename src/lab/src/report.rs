//! A play's report: the same figures as text for people and as JSON for programs.

pub mod json;
pub mod text;

use pipe_maze_level::{Board, Objective, Play};
use pipe_maze_sim::{Cause, Outcome, PieceId};

/// Percentiles that a report gives.
const PERCENTILES: [f64; 5] = [0.5, 0.9, 0.95, 0.99, 1.0];

/// What an objective asks for.
pub fn objective(objective: Objective) -> String {
    match objective {
        Objective::GoodShare { at_least, within_ms } => {
            format!("good >= {} % within {within_ms} ms", percent(at_least))
        }
        Objective::P99 { at_most_ms } => format!("p99 <= {at_most_ms} ms"),
        Objective::ConsumerLag { at_most_ms } => format!("consumer lag p99 <= {at_most_ms} ms"),
        Objective::Cost { at_most } => format!("cost <= {at_most}"),
        Objective::ClassShare { class, at_least, within_ms } => {
            format!("{} good >= {} % within {within_ms} ms", class.key(), percent(at_least))
        }
        Objective::ErrorBudget { at_least } => format!("error budget >= {} % left", percent(at_least)),
        Objective::Beaten { at_least } => format!("enemies beaten >= {at_least}"),
        Objective::Break { good_share_at_most, within_ms } => {
            format!("good <= {} % within {within_ms} ms", percent(good_share_at_most))
        }
    }
}

/// A share in hundredths, as it was written: 0.57 times a hundred is a little less than 57 in floating point.
fn percent(share: f64) -> f64 {
    (share * 1e8).round() / 1e6
}

/// An objective's figure, in its unit.
pub fn figure(objective: Objective, value: f64) -> String {
    match objective {
        Objective::GoodShare { .. }
        | Objective::ClassShare { .. }
        | Objective::ErrorBudget { .. }
        | Objective::Break { .. } => {
            format!("{:.2} %", value * 100.0)
        }
        Objective::P99 { .. } | Objective::ConsumerLag { .. } => format!("{value:.1} ms"),
        Objective::Cost { .. } | Objective::Beaten { .. } => format!("{value:.0}"),
    }
}

/// Percentiles of the latency of answered requests, in milliseconds.
fn percentiles(play: &Play) -> impl Iterator<Item = (String, f64)> {
    PERCENTILES.into_iter().filter_map(|share| {
        let ns = play.judge().latency_ns(share)?;
        let name = if share < 1.0 { format!("p{}", share * 100.0) } else { "max".to_owned() };
        Some((name, ns as f64 / 1e6))
    })
}

/// What is to blame, and the name of the piece, pipe or enemy.
fn cause(board: &Board, cause: Cause) -> (&'static str, String) {
    let (what, id) = match cause {
        Cause::Queue(id) => ("waited in the queue of", id),
        Cause::Service(id) => ("worked on for long by", id),
        Cause::Pipe(id) => ("long on the way, most of it through", id),
        Cause::Full(id) => ("turned away by the full queue of", id),
        Cause::NoRoute(id) => ("found no open pipe leaving", id),
        Cause::Lost(id) => ("its message was lost at the pipe", id),
        Cause::Hazard(id) => ("held up or destroyed by the hazard", id),
        Cause::Client(id) => ("held back by its client", id),
        Cause::Down(id) => ("found no replica up at", id),
        Cause::Error(id) => ("answered with an error by", id),
        Cause::Open(id) => ("kept back by the open breaker of", id),
        Cause::Bulkhead(id) => ("kept back by the full bulkhead of", id),
        Cause::Expired(id) => ("too late when its turn came at", id),
        Cause::Broker(id) => ("waited in a batch of", id),
        Cause::LogFull(id) => ("turned away by the full log of", id),
        Cause::Limited(id) => ("above the rate that is let through by", id),
    };
    (what, name(board, id))
}

/// The name of a piece, pipe or enemy.
pub fn name(board: &Board, id: PieceId) -> String {
    let pieces = board.pieces().iter().map(|piece| &piece.name);
    let pipes = board.pipes().iter().map(|pipe| &pipe.name);
    let mut names = pieces.chain(pipes).chain(board.enemies().iter().map(|enemy| &enemy.name));
    names.find(|name| PieceId::from_name(name) == id).cloned().unwrap_or_else(|| id.to_string())
}

/// How a bad request ended.
const fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Answered => "late",
        Outcome::TimedOut => "timed out",
        Outcome::Rejected => "rejected",
        Outcome::NoRoute => "no route",
        Outcome::Failed => "failed",
        Outcome::ShortCircuited => "not sent",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_objective_asks_for_is_told_as_the_level_has_it() {
        let asked = |at_least| objective(Objective::GoodShare { at_least, within_ms: 300.0 });
        let told = [0.57, 0.29, 0.95, 0.999, 0.99995, 1.0].map(asked);
        let expected = ["57", "29", "95", "99.9", "99.995", "100"];
        assert_eq!(told, expected.map(|percent| format!("good >= {percent} % within 300 ms")));
    }
}
