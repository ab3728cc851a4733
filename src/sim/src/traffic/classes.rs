//! Which class each request is of: it follows from the seed and the request alone.

use crate::blueprint::Blueprint;
use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::random::{Key, Purpose};
use std::sync::Arc;

/// The classes of all springs of a run, for whoever looks at its requests. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Classes(Arc<[Spring]>);

#[derive(Debug)]
struct Spring {
    id: PieceId,
    key: Key,
    /// For each class the sum of the weights up to and with it.
    weights: Vec<u32>,
}

impl Classes {
    /// The classes of a blueprint in the run of that seed.
    pub fn new(blueprint: &Blueprint, seed: u64) -> Self {
        let springs = blueprint.springs.iter().map(|spec| {
            let sum = |sum: &mut u32, weight: u32| {
                *sum = sum.saturating_add(weight);
                Some(*sum)
            };
            let weights = spec.classes.iter().map(|class| class.weight).scan(0, sum).collect();
            Spring { id: spec.id, key: Key::of_seed(seed).child(spec.id.0), weights }
        });
        Self(springs.collect())
    }

    /// The number of a request's class among those of its spring; 0 where there is no such spring.
    pub fn of(&self, request: RequestId) -> usize {
        let spring = self.0.iter().find(|spring| spring.id == request.spring);
        spring.map_or(0, |spring| nth(spring.key.child(request.number), spring.weights.iter().copied()))
    }
}

/// The class of the request of that key, by the sums of the weights up to and with each class.
#[inline]
pub(crate) fn nth(request: Key, weights: impl DoubleEndedIterator<Item = u32> + ExactSizeIterator + Clone) -> usize {
    if weights.len() < 2 {
        return 0;
    }
    let all = weights.clone().next_back().unwrap_or(1);
    let drawn = request.stream(Purpose::Class).below(all);
    weights.into_iter().position(|weight| drawn < weight).unwrap_or(0)
}
