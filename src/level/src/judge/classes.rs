//! How each class of requests fares.

use crate::format::Level;
use crate::kind::{Class, KindSpec};
use pipe_maze_sim::{Classes, PieceId, RequestId};
use std::collections::BTreeMap;

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
    of_springs: BTreeMap<PieceId, Vec<Class>>,
    ends: BTreeMap<Class, Ends>,
}

/// Ends of the requests of one class.
#[derive(Clone, Debug, Default)]
struct Ends {
    /// Latencies of answers, in nanoseconds.
    latencies_ns: Vec<u64>,
    /// Answers within the SLO.
    good: u64,
    failed: u64,
}

impl Ends {
    const fn count(&self) -> u64 {
        self.latencies_ns.len() as u64 + self.failed
    }
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
        Self { classes, of_springs: springs.collect(), ends: BTreeMap::new() }
    }

    pub fn of(&self, request: RequestId) -> Class {
        let classes = self.of_springs.get(&request.spring);
        classes.and_then(|classes| classes.get(self.classes.of(request))).copied().unwrap_or_default()
    }

    /// A request has ended, with an answer after that time or without one.
    pub fn end(&mut self, request: RequestId, answered_ns: Option<u64>, good: bool) {
        let ends = self.ends.entry(self.of(request)).or_default();
        ends.good += u64::from(good);
        match answered_ns {
            Some(ns) => ends.latencies_ns.push(ns),
            None => ends.failed += 1,
        }
    }

    pub fn report(&self) -> Vec<ClassReport> {
        let report = |(&class, ends): (&Class, &Ends)| ClassReport { class, good: ends.good, ended: ends.count() };
        self.ends.iter().map(report).collect()
    }

    /// The share of a class's requests that were answered within that time.
    pub fn share(&self, class: Class, within_ns: u64) -> Option<f64> {
        let ends = self.ends.get(&class)?;
        let good = ends.latencies_ns.iter().filter(|&&ns| ns <= within_ns).count();
        Some(good as f64 / ends.count() as f64)
    }
}
