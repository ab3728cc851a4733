//! Signs for what happened in a run: the few marks that are worth a place over a line of time.

use pipe_maze_level::{MarkKind, Timeline};
use pipe_maze_sim::Time;

/// Marks stand at least so far apart, as a share of the run: where many are, the weightiest is shown.
const APART: f64 = 0.03;
/// What happens again sooner than this after it happened last is the same going on.
const AGAIN: f64 = 0.09;

/// How a mark looks. Later ones weigh more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Sign {
    /// Something is well again.
    Well,
    /// Something strikes or strains.
    Warning,
    /// Something fails.
    Failure,
    /// The player did something.
    Change,
}

/// Which share of the time of flow has passed at that moment.
pub fn share(at: Time, flow_ends_at: Time) -> f64 {
    (at.as_ns() as f64 / flow_ends_at.as_ns().max(1) as f64).clamp(0.0, 1.0)
}

/// Where signs stand, as shares of the run, in order; none covers another.
pub fn signs(timeline: &Timeline) -> Vec<(f64, Sign)> {
    let ends_at = timeline.play().flow_ends_at();
    let mut signs: Vec<(f64, Sign)> =
        timeline.marks().iter().filter_map(|mark| Some((share(mark.at, ends_at), sign(mark.kind)?))).collect();
    signs.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let mut last: Option<(f64, Sign)> = None;
    signs.retain(|&(at, sign)| {
        let goes_on = last.replace((at, sign)).is_some_and(|(before, same)| same == sign && at - before < AGAIN);
        sign == Sign::Change || !goes_on
    });
    let mut shown: Vec<(f64, Sign)> = Vec::new();
    for (at, sign) in signs {
        if shown.iter().all(|(other, _)| (other - at).abs() >= APART) {
            shown.push((at, sign));
        }
    }
    shown.sort_by(|a, b| a.0.total_cmp(&b.0));
    shown
}

/// The sign of a mark; none for what only ends.
fn sign(kind: MarkKind) -> Option<Sign> {
    match kind {
        MarkKind::Command { .. } => Some(Sign::Change),
        MarkKind::Objective { met, .. } => Some(if met { Sign::Well } else { Sign::Failure }),
        MarkKind::BudgetLeft { percent } => Some(if percent <= 0 { Sign::Failure } else { Sign::Warning }),
        MarkKind::Overload { full: true, .. } => Some(Sign::Failure),
        MarkKind::Breaker { open: true, .. } | MarkKind::Enemy { active: true, .. } => Some(Sign::Warning),
        MarkKind::Burning { fast: true } | MarkKind::Loss { .. } => Some(Sign::Warning),
        MarkKind::Beaten { beaten: true, .. } => Some(Sign::Well),
        MarkKind::Overload { .. }
        | MarkKind::Breaker { .. }
        | MarkKind::Enemy { .. }
        | MarkKind::Burning { .. }
        | MarkKind::Beaten { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn signs_follow_the_run_and_keep_apart() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let timeline = session.timeline().unwrap();
        let signs = signs(timeline);
        assert!(signs.len() >= 3, "plant, gate and press strike: {signs:?}");
        assert!(signs.windows(2).all(|pair| pair[1].0 - pair[0].0 >= APART), "{signs:?}");
        assert!(signs.iter().all(|(at, _)| (0.0..=1.0).contains(at)));
        assert!(signs.iter().any(|(_, sign)| *sign == Sign::Warning));
    }
}
