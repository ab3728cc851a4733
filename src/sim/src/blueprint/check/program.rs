//! Programs: what each step may be, how deep their branches go, and how long they are.

use super::Check;
use super::bounds::{CALLS_MAX, NESTING_MAX};
use crate::blueprint::{ServiceSpec, Step, Wait};

impl Check<'_> {
    pub(super) fn program(&mut self, service: &ServiceSpec, program: &[Step]) {
        let id = service.id;
        let fits = steps(program).all(|(depth, step)| depth + usize::from(branches(step).is_some()) <= NESTING_MAX);
        self.require(fits, id, "program", "of branches nested at most 16 deep");
        for (_, step) in steps(program) {
            self.step(service, step);
        }
    }

    /// A step, but for what it branches into.
    fn step(&mut self, service: &ServiceSpec, step: &Step) {
        let id = service.id;
        match step {
            Step::Compute { time } | Step::Sleep { time } | Step::Read { time } | Step::Write { time } => {
                time.check(&mut self.of(id));
            }
            Step::Call(call) | Step::Publish(call) => self.call(id, call),
            Step::Parallel { calls, wait } => {
                self.require(calls.len() <= CALLS_MAX, id, "parallel calls", "at most 1,000");
                if let Wait::Quorum(quorum) = wait {
                    let possible = (1..=calls.len()).contains(&usize::from(*quorum));
                    self.require(possible, id, "quorum", "from 1 to the number of calls");
                }
                calls.iter().for_each(|call| self.call(id, call));
            }
            Step::Chance { probability, .. } => {
                self.require((0.0..=1.0).contains(probability), id, "probability", "from 0 to 1");
            }
            Step::ByKey { modulus, .. } => self.require(*modulus >= 1, id, "modulus", "at least 1"),
            Step::Acquire { pool } | Step::Release { pool } => {
                let known = usize::from(*pool) < service.pools.len();
                self.require(known, id, "pool", "the number of one of the service's pools, from 0");
            }
            Step::Fail => {}
        }
    }
}

/// How much a program counts: each step, each of several calls that are made at once, and both ends of a branch.
pub(super) fn size_of(program: &[Step]) -> usize {
    let size = |step: &Step| match step {
        Step::Parallel { calls, .. } => 1 + calls.len(),
        Step::Chance { .. } | Step::ByKey { .. } => 2,
        _ => 1,
    };
    steps(program).map(|(_, step)| size(step)).sum()
}

/// The steps of a program as they are written, each with the number of branches that it is in. However deep those are
/// nested, it takes no more of the stack.
fn steps(program: &[Step]) -> impl Iterator<Item = (usize, &Step)> {
    let mut open = vec![(0, program.iter())];
    std::iter::from_fn(move || {
        loop {
            let (depth, rest) = open.last_mut()?;
            let Some(step) = rest.next() else {
                open.pop();
                continue;
            };
            let depth = *depth;
            if let Some((then, otherwise)) = branches(step) {
                open.extend([otherwise, then].map(|branch| (depth + 1, branch.iter())));
            }
            return Some((depth, step));
        }
    })
}

fn branches(step: &Step) -> Option<(&[Step], &[Step])> {
    match step {
        Step::Chance { then, otherwise, .. } | Step::ByKey { then, otherwise, .. } => Some((then, otherwise)),
        _ => None,
    }
}
