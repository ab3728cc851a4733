//! Causes: what failed and late requests are due to. Every one is booked once, so that the counts add up to the loss.

use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::time::Time;
use crate::observe::parts::Parts;
use std::collections::BTreeMap;

/// Books each failed or late request to its cause, as an observer of a run.
///
/// ```
/// use pipe_maze_sim::*;
///
/// // Twice as much as the one worker of the room can do, and a short queue in front of it.
/// let (spring, room) = (PieceId::from_name("spring"), PieceId::from_name("room"));
/// let blueprint = Blueprint {
///     springs: vec![SpringSpec::new(spring).rate_per_s(200.0).stop_at(Time::from_ms(10_000))],
///     services: vec![ServiceSpec { queue_limit: 5, ..ServiceSpec::new(room) }],
///     pipes: vec![PipeSpec::new(PieceId::from_name("pipe"), spring, room)],
///     ..Blueprint::default()
/// };
/// let mut causes = Causes::new(1_000_000_000);
/// Simulation::new(&blueprint, 1).expect("it is sound").advance_to(Time::MAX, &mut causes);
/// let (loss, share) = causes.table()[0];
/// assert_eq!((loss.cause, share), (Cause::Full(room), 1.0));
/// assert!(loss.count.abs_diff(causes.good()) < 200, "about one half each");
/// ```
#[derive(Clone, Debug)]
pub struct Causes {
    slo_ns: u64,
    good: u64,
    losses: BTreeMap<Cause, Loss>,
}

/// What one cause cost.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Loss {
    /// The cause.
    pub cause: Cause,
    /// How many requests.
    pub count: u64,
    /// How many for each outcome, in the order of [`Outcome::ALL`]; those answered were late.
    pub outcomes: [u64; Outcome::ALL.len()],
    /// How long they took altogether, in nanoseconds.
    pub latency_ns: u64,
    /// The one that took longest; the first of them.
    pub worst: RequestId,
    /// How long that took, in nanoseconds.
    pub worst_ns: u64,
    /// Where its time went.
    pub worst_parts: Parts,
}

impl Causes {
    /// Books requests that are answered after more than `slo_ns` nanoseconds, or not answered.
    pub const fn new(slo_ns: u64) -> Self {
        Self { slo_ns, good: 0, losses: BTreeMap::new() }
    }

    /// Requests answered in time.
    pub const fn good(&self) -> u64 {
        self.good
    }

    /// Requests that failed or were late.
    pub fn lost(&self) -> u64 {
        self.losses.values().map(|loss| loss.count).sum()
    }

    /// Each cause that cost a request, with its share of the loss, 0 to 1; the largest first, equal ones in the order
    /// of causes.
    pub fn table(&self) -> Vec<(Loss, f64)> {
        let lost = self.lost() as f64;
        let mut table: Vec<_> = self.losses.values().map(|&loss| (loss, loss.count as f64 / lost)).collect();
        table.sort_by_key(|(loss, _)| std::cmp::Reverse(loss.count));
        table
    }
}

impl Observer for Causes {
    #[inline]
    fn fact(&mut self, at: Time, fact: &Fact) {
        let Fact::Ended { request, issued_at, outcome, parts, cause } = *fact else { return };
        let ns = at.since_ns(issued_at);
        if outcome == Outcome::Answered && ns <= self.slo_ns {
            self.good += 1;
            return;
        }
        let loss = self.losses.entry(cause).or_insert(Loss {
            cause,
            count: 0,
            outcomes: [0; Outcome::ALL.len()],
            latency_ns: 0,
            worst: request,
            worst_ns: ns,
            worst_parts: parts,
        });
        loss.count += 1;
        loss.outcomes[outcome as usize] += 1;
        loss.latency_ns = loss.latency_ns.saturating_add(ns);
        if ns > loss.worst_ns {
            (loss.worst, loss.worst_ns, loss.worst_parts) = (request, ns, parts);
        }
    }

    fn follows(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::{Blueprint, ServiceSpec};
    use crate::fact::Both;
    use crate::reference::reference_load;
    use crate::simulation::Simulation;

    /// The reference load with three services less and half of the others' queues short: some requests are rejected, many
    /// are late.
    fn overloaded() -> Blueprint {
        let mut blueprint = reference_load(20_000);
        let removed: Vec<_> = blueprint.services.drain(7..).map(|service| service.id).collect();
        blueprint.pipes.retain(|pipe| !removed.contains(&pipe.to));
        let half = blueprint.services.iter_mut().step_by(2);
        half.for_each(|service| *service = ServiceSpec { queue_limit: 3, ..service.clone() });
        blueprint
    }

    #[test]
    fn counts_add_up_to_the_loss() {
        const SLO_NS: u64 = 8_000_000;
        let mut causes = Causes::new(SLO_NS);
        let (mut failed, mut late, mut latency_ns) = (0, 0, 0);
        let mut run = Simulation::new(&overloaded(), 3).unwrap();
        let mut own = |at: Time, fact: &Fact| {
            if let Fact::Ended { issued_at, outcome, .. } = fact {
                let ns = at.since_ns(*issued_at);
                let (bad, slow) = (*outcome != Outcome::Answered, ns > SLO_NS);
                failed += u64::from(bad);
                late += u64::from(!bad && slow);
                latency_ns += if bad || slow { ns } else { 0 };
            }
        };
        run.advance_to(Time::MAX, &mut Both(&mut causes, &mut own));
        let totals = run.view().totals();
        assert!(failed > 100 && late > 100, "{failed} failed, {late} late");
        assert_eq!(causes.lost(), failed + late);
        assert_eq!(causes.good(), totals.answered - late);
        let table = causes.table();
        assert!(table.len() > 7, "full queues and long ones");
        assert!(table.is_sorted_by_key(|(loss, _)| std::cmp::Reverse(loss.count)));
        let shares: f64 = table.iter().map(|(_, share)| share).sum();
        assert!((shares - 1.0).abs() < 1e-9, "{shares}");
        assert_eq!(table.iter().map(|(loss, _)| loss.latency_ns).sum::<u64>(), latency_ns);
        for (outcome, count) in [(Outcome::Answered, late), (Outcome::Rejected, totals.rejected)] {
            assert_eq!(table.iter().map(|(loss, _)| loss.outcomes[outcome as usize]).sum::<u64>(), count);
        }
        for (loss, _) in &table {
            assert_eq!(loss.outcomes.iter().sum::<u64>(), loss.count);
            assert_eq!(loss.worst_parts.total_ns(), loss.worst_ns);
            let full = matches!(loss.cause, Cause::Full(_));
            assert_eq!(full, loss.outcomes[Outcome::Rejected as usize] == loss.count, "{:?}", loss.cause);
        }
    }
}
