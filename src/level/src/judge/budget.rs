//! The error budget: how many requests may still fail or be late, and how fast they do.

use pipe_maze_sim::Time;

/// Stretches into which the time of flow is divided; what burns is looked at over some of them.
const STRETCHES: usize = 100;
/// Stretches over which the burn rate is taken: a tenth of the level.
const WINDOW: usize = STRETCHES / 10;

/// How the error budget stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct BudgetReport {
    /// Requests that may fail or be late: the share that the objective allows, of all that are to be expected.
    pub allowed: f64,
    /// Requests that did.
    pub spent: u64,
    /// The share of the budget that is left; below 0 once more is spent than was allowed.
    pub left: f64,
    /// How many times as fast as allowed the budget burned in the last tenth of the level: at 1 it lasts just to the
    /// end.
    pub burn_rate: f64,
}

/// The account of good and bad requests, by the time of their ends.
#[derive(Clone, Debug)]
pub(super) struct Budget {
    /// The share of requests that may be bad.
    share: f64,
    expected: f64,
    /// Requests so far, and the bad ones among them.
    ended: u64,
    spent: u64,
    stretch_ns: u64,
    /// Good and bad ones of each stretch; the last holds all that end later.
    ends: Vec<(u64, u64)>,
}

impl Budget {
    pub fn new(share: f64, expected: f64, duration_ms: u64) -> Self {
        let stretch_ns = (duration_ms.saturating_mul(1_000_000) / STRETCHES as u64).max(1);
        Self { share, expected, ended: 0, spent: 0, stretch_ns, ends: vec![(0, 0); STRETCHES + WINDOW] }
    }

    pub fn end(&mut self, at: Time, good: bool) {
        let index = self.index(at);
        self.ended += 1;
        self.spent += u64::from(!good);
        if let Some((goods, bads)) = self.ends.get_mut(index) {
            *if good { goods } else { bads } += 1;
        }
    }

    /// Whether more is spent than was allowed.
    pub fn is_spent(&self) -> bool {
        self.spent as f64 > self.allowed()
    }

    /// Rounded to a millionth: 1 - 0.9 is a little less than a tenth in floating point, and a level that allows a tenth
    /// would be lost with exactly a tenth.
    fn allowed(&self) -> f64 {
        (self.share * self.expected.max(self.ended as f64) * 1e6).round() / 1e6
    }

    pub fn report(&self, now: Time) -> BudgetReport {
        let (spent, allowed) = (self.spent, self.allowed());
        // The present stretch is not over: it counts beside the whole ones.
        let last = self.index(now);
        let recent = self.ends.get(last.saturating_sub(WINDOW)..=last).unwrap_or_default();
        let (good, bad) = recent.iter().fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1));
        let share = if good + bad > 0 { bad as f64 / (good + bad) as f64 } else { 0.0 };
        // Where nothing may fail, one failure is the whole budget.
        let least = 1e-9;
        // Rounded to a billionth: 1 - 0.8 is a little less than a fifth in floating point, and who has to keep a fifth would
        // have missed it with exactly that.
        let left = ((1.0 - spent as f64 / allowed.max(least)) * 1e9).round() / 1e9;
        BudgetReport { allowed, spent, left: left.max(-1e9), burn_rate: share / self.share.max(least) }
    }

    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.ends[..])
    }

    fn index(&self, at: Time) -> usize {
        ((at.as_ns() / self.stretch_ns) as usize).min(self.ends.len() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_that_is_used_up_exactly_is_not_overspent() {
        for (at_least, bad) in [(0.9, 100), (0.71, 290), (0.95, 50), (0.999, 1)] {
            let mut budget = Budget::new(1.0 - at_least, 1_000.0, 1_000);
            (0..1_000).for_each(|nth| budget.end(Time::ZERO, nth >= bad));
            assert!(!budget.is_spent() && budget.report(Time::ZERO).left == 0.0, "{at_least}: {budget:?}");
            let mut budget = Budget::new(1.0 - at_least, 1_000.0, 1_000);
            (0..1_000).for_each(|nth| budget.end(Time::ZERO, nth > bad));
            assert!(budget.is_spent(), "{at_least}: {budget:?}");
        }
    }
}
