//! The check of a blueprint: every problem at once, each with the piece it concerns. A file for each kind of piece.

mod bounds;
mod broker;
mod client;
mod gateway;
mod hazard;
mod pipe;
mod program;
mod service;
mod size;
mod spring;

#[cfg(test)]
mod tests;

pub use bounds::{DURATION_NS_MAX, PIECES_MAX, QUEUE_MAX, RATE_PER_S_MAX, REPLICAS_MAX, WORKERS_MAX};

use super::{Blueprint, Problem};
use crate::kernel::id::PieceId;
use std::collections::BTreeSet;

impl Blueprint {
    /// Checks the whole blueprint.
    ///
    /// # Errors
    /// Every problem found, in the order of the lists and of the fields of what is in them; never an empty list.
    pub fn check(&self) -> Result<(), Vec<Problem>> {
        let mut check = Check::new(self);
        check.size();
        check.identities();
        self.springs.iter().for_each(|spec| check.spring(spec));
        self.services.iter().for_each(|spec| check.service(spec));
        self.gateways.iter().for_each(|spec| check.gateway(spec));
        self.brokers.iter().for_each(|spec| check.broker(spec));
        self.pipes.iter().for_each(|spec| check.pipe(spec));
        self.hazards.iter().for_each(|spec| check.hazard(spec));
        check.ends();
        if check.problems.is_empty() { Ok(()) } else { Err(check.problems) }
    }
}

/// What has been found so far.
struct Check<'a> {
    blueprint: &'a Blueprint,
    springs: BTreeSet<PieceId>,
    services: BTreeSet<PieceId>,
    /// Gateways among them: pipes lead to and from both alike.
    balancers: BTreeSet<PieceId>,
    brokers: BTreeSet<PieceId>,
    pipes: BTreeSet<PieceId>,
    /// Where each pipe leads from and to.
    links: BTreeSet<(PieceId, PieceId)>,
    problems: Vec<Problem>,
}

impl<'a> Check<'a> {
    fn new(blueprint: &'a Blueprint) -> Self {
        Self {
            blueprint,
            springs: blueprint.springs.iter().map(|s| s.id).collect(),
            services: blueprint.services.iter().map(|s| s.id).collect(),
            balancers: blueprint
                .balancers
                .iter()
                .map(|b| b.id)
                .chain(blueprint.gateways.iter().map(|g| g.id))
                .collect(),
            brokers: blueprint.brokers.iter().map(|b| b.id).collect(),
            pipes: blueprint.pipes.iter().map(|p| p.id).collect(),
            links: blueprint.pipes.iter().map(|p| (p.from, p.to)).collect(),
            problems: Vec::new(),
        }
    }

    fn require(&mut self, ok: bool, id: PieceId, field: &'static str, allowed: &'static str) {
        if !ok {
            self.problems.push(Problem::OutOfRange { id, field, allowed });
        }
    }

    /// The same for whatever is part of that piece and checks itself.
    fn of(&mut self, id: PieceId) -> impl FnMut(bool, &'static str, &'static str) {
        move |ok, field, allowed| self.require(ok, id, field, allowed)
    }

    /// Whether requests may come to that piece.
    fn answers(&self, piece: PieceId) -> bool {
        [&self.services, &self.balancers, &self.brokers].into_iter().any(|kind| kind.contains(&piece))
    }
}
