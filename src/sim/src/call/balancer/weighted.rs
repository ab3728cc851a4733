//! Weighted turns: earliest deadline first, in exact arithmetic (`FACTS` LB-RR and LB-LR; Envoy's `edf_scheduler.h`).
//!
//! A target of rate r is due every 1/r. Its deadline is when it was last due, plus 1/r at the rate it has then; the
//! earliest deadline is next, and of equal deadlines the one set first. A chosen target's deadline *is* the clock, so
//! its next one is its own plus a whole multiple of 1/weight: the deadline is kept as that multiple and two are
//! compared crosswise. In floating point the rounding of 1/5 + 1/5 + … would decide ties, and 5:1:1 would drift.

use super::Target;
use crate::kernel::digest::Digest;

/// The rate at which targets are served.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Rate {
    /// The target's weight.
    Weight,
    /// The target's weight / (requests in flight + 1).
    WeightByLoad,
}

/// The schedule. Its clock starts at zero when it is built.
#[derive(Clone, Debug)]
pub(super) struct Edf {
    /// One for each target; those of shut ones mean nothing.
    entries: Vec<Entry>,
    next_order: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// When the target is due, in units of one over its weight. It grows by the requests in flight and one with each
    /// choice; 64 bits last for a million requests in flight and 10^13 choices.
    deadline: u64,
    /// When the deadline was set, relative to others.
    order: u64,
}

impl Edf {
    /// A schedule for so many targets, not yet built.
    pub fn new(targets: usize) -> Self {
        Self { entries: vec![Entry::default(); targets], next_order: 0 }
    }

    /// Starts anew with the open targets.
    pub fn rebuild(&mut self, targets: &[Target], open: &[u32], rate: Rate) {
        self.next_order = 0;
        for &target in open {
            self.entries[target as usize].deadline = 0;
            self.defer(target, targets, rate);
        }
    }

    /// The open target that is due first, of which there is at least one.
    pub fn pick(&mut self, targets: &[Target], open: &[u32], rate: Rate) -> u32 {
        let first = open.iter().copied().reduce(|a, b| if self.is_before(b, a, targets) { b } else { a });
        let first = first.expect("a choice is made only among open targets");
        self.defer(first, targets, rate);
        first
    }

    fn is_before(&self, a: u32, b: u32, targets: &[Target]) -> bool {
        let (this, that) = (self.entries[a as usize], self.entries[b as usize]);
        // this.deadline / weight(a) < that.deadline / weight(b), without dividing.
        let this_due = u128::from(this.deadline) * u128::from(targets[b as usize].weight);
        let that_due = u128::from(that.deadline) * u128::from(targets[a as usize].weight);
        (this_due, this.order) < (that_due, that.order)
    }

    /// Sets the next deadline of a target, at the rate it has now.
    fn defer(&mut self, target: u32, targets: &[Target], rate: Rate) {
        let step = match rate {
            Rate::Weight => 1,
            Rate::WeightByLoad => u64::from(targets[target as usize].active) + 1,
        };
        let entry = &mut self.entries[target as usize];
        *entry = Entry { deadline: entry.deadline.saturating_add(step), order: self.next_order };
        self.next_order += 1;
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        for entry in &self.entries {
            digest.fold(entry.deadline);
            digest.fold(entry.order);
        }
    }
}
