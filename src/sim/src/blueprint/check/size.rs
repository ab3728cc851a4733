//! How much there is altogether, and that each thing has an identity of its own.

use super::program::size_of;
use super::{Check, PIECES_MAX};
use crate::blueprint::{Blueprint, Problem};
use crate::kernel::id::PieceId;
use std::collections::BTreeSet;

impl Check<'_> {
    pub(super) fn size(&mut self) {
        let count = count(self.blueprint);
        if count > PIECES_MAX {
            self.problems.push(Problem::TooManyPieces { count });
        }
    }

    pub(super) fn identities(&mut self) {
        let mut seen = BTreeSet::new();
        let twice = ids(self.blueprint).filter(|&id| !seen.insert(id));
        self.problems.extend(twice.map(|id| Problem::Duplicate { id }));
    }
}

/// Pieces, pipes, hazards, and the parts of them that a run has numbers for.
fn count(blueprint: &Blueprint) -> usize {
    let endpoints = blueprint.services.iter().flat_map(|s| &s.endpoints);
    // An endpoint has a number and an end of its own beside its steps.
    let steps = endpoints.map(|e| 1 + size_of(&e.program));
    let classes = blueprint.springs.iter().map(|s| s.classes.len());
    let routes = blueprint.gateways.iter().map(|g| g.routes.len());
    let partitions = blueprint.brokers.iter().map(|b| usize::from(b.partitions));
    ids(blueprint).count() + steps.chain(classes).chain(routes).chain(partitions).sum::<usize>()
}

fn ids(blueprint: &Blueprint) -> impl Iterator<Item = PieceId> {
    let pieces = blueprint.springs.iter().map(|s| s.id).chain(blueprint.services.iter().map(|s| s.id));
    let pieces = pieces.chain(blueprint.gateways.iter().map(|g| g.id)).chain(blueprint.brokers.iter().map(|b| b.id));
    let pipes = blueprint.balancers.iter().map(|b| b.id).chain(blueprint.pipes.iter().map(|p| p.id));
    pieces.chain(pipes).chain(blueprint.hazards.iter().map(|h| h.id))
}
