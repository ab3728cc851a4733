//! How each class of requests fares.

use crate::format::Level;
use crate::kind::{Class, KindSpec};
use pipe_maze_sim::{Classes, PieceId, RequestId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How a class of requests fares.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ClassReport {
    /// The class.
    pub class: Class,
    /// Requests answered within the SLO.
    pub good: u64,
    /// Requests that ended.
    pub ended: u64,
}

/// Requests by class.
#[derive(Clone, Debug)]
pub(super) struct ClassBook {
    classes: Classes,
    /// The classes of each spring, in the order of their numbers.
    of_springs: Arc<BTreeMap<PieceId, Vec<Class>>>,
    ends: BTreeMap<Class, Ends>,
}

/// Ends of the requests of one class.
#[derive(Clone, Debug, Default)]
struct Ends {
    /// Answers within the SLO.
    good: u64,
    ended: u64,
}

impl ClassBook {
    pub fn new(level: &Level, classes: Classes) -> Self {
        let springs = level.pieces.iter().filter_map(|piece| match &piece.spec {
            KindSpec::Spring(spring) => {
                let classes = spring.classes().map(|(class, _)| class).collect();
                Some((PieceId::from_name(&piece.name), classes))
            }
            _ => None,
        });
        Self { classes, of_springs: Arc::new(springs.collect()), ends: BTreeMap::new() }
    }

    pub fn of(&self, request: RequestId) -> Class {
        let classes = self.of_springs.get(&request.spring);
        classes.and_then(|classes| classes.get(self.classes.of(request))).copied().unwrap_or_default()
    }

    /// A request has ended, within the SLO or not. Gives its class.
    pub fn end(&mut self, request: RequestId, good: bool) -> Class {
        let class = self.of(request);
        let ends = self.ends.entry(class).or_default();
        ends.good += u64::from(good);
        ends.ended += 1;
        class
    }

    pub fn report(&self) -> Vec<ClassReport> {
        let report = |(&class, ends): (&Class, &Ends)| ClassReport { class, good: ends.good, ended: ends.ended };
        self.ends.iter().map(report).collect()
    }

    /// How many requests of a class have ended; nothing while there is none.
    pub fn ended(&self, class: Class) -> Option<u64> {
        self.ends.get(&class).map(|ends| ends.ended)
    }

    pub fn heap_bytes(&self) -> usize {
        // A tree's node has room for eleven entries.
        usize::from(!self.ends.is_empty()) * 12 * size_of::<(Class, Ends)>()
    }
}
