//! What objectives need to know of each answer and each commit, counted as it comes.

use crate::format::Objective;
use crate::kind::Class;
use crate::milliseconds::to_ns;

/// For each objective: of which class its requests are, the time that it allows, and how many answers kept to it.
#[derive(Clone, Debug)]
pub(super) struct Goals(Vec<Goal>);

#[derive(Clone, Copy, Debug)]
struct Goal {
    class: Option<Class>,
    bound: Bound,
    within: u64,
}

#[derive(Clone, Copy, Debug)]
enum Bound {
    /// The objective is about no single answer.
    None,
    /// In whole nanoseconds.
    Ns(u64),
    /// In milliseconds, compared as a percentile's figure is.
    Ms(f64),
    /// The same of commits instead of answers.
    CommitMs(f64),
}

impl Goals {
    pub fn new(objectives: &[Objective]) -> Self {
        let goal = |objective: &Objective| {
            let (class, bound) = match *objective {
                Objective::P99 { at_most_ms } => (None, Bound::Ms(at_most_ms)),
                Objective::ConsumerLag { at_most_ms } => (None, Bound::CommitMs(at_most_ms)),
                Objective::ClassShare { class, within_ms, .. } => (Some(class), Bound::Ns(to_ns(within_ms))),
                _ => (None, Bound::None),
            };
            Goal { class, bound, within: 0 }
        };
        Self(objectives.iter().map(goal).collect())
    }

    /// A request of that class was answered after that time.
    pub fn answered(&mut self, class: Class, ns: u64) {
        for goal in self.0.iter_mut().filter(|goal| goal.class.is_none_or(|its| its == class)) {
            goal.within += u64::from(match goal.bound {
                Bound::None | Bound::CommitMs(_) => false,
                Bound::Ns(bound) => ns <= bound,
                Bound::Ms(bound) => ns as f64 / 1e6 <= bound,
            });
        }
    }

    /// An event was committed after that time.
    pub fn committed(&mut self, ns: u64) {
        for goal in &mut self.0 {
            goal.within += u64::from(matches!(goal.bound, Bound::CommitMs(bound) if ns as f64 / 1e6 <= bound));
        }
    }

    /// How many answers kept to the `nth` objective's time.
    pub fn within(&self, nth: usize) -> u64 {
        self.0.get(nth).map_or(0, |goal| goal.within)
    }

    /// Whether 99 of 100 of `answered` answers, or committed events, kept to the `nth` objective's time, by nearest rank;
    /// nothing while there is none.
    pub fn p99(&self, nth: usize, answered: u64) -> Option<bool> {
        let rank = ((answered as f64 * 0.99).ceil() as u64).max(1);
        (answered > 0).then(|| self.within(nth) >= rank)
    }

    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.0[..])
    }
}
