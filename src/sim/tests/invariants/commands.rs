//! Random commands at random times.

use crate::genes::{Dice, Genes, Trait};
use crate::worlds::{POLICIES, STOP};
use pipe_maze_sim::*;

/// A command and when it is given.
pub type Order = (Time, Action);

/// The commands that a world is given, by time.
pub fn orders(blueprint: &Blueprint, genes: Genes) -> Vec<Order> {
    if !genes.has(Trait::Commands) {
        return Vec::new();
    }
    let mut dice = genes.dice(5);
    let last_ms = STOP.as_ns() / 1_000_000 + 200;
    let mut orders: Vec<Order> = (0..dice.between(1, 30))
        .map(|_| {
            let at = dice.between(0, last_ms) * 1_000_000 + dice.ns(0);
            (Time::from_ns(at), action(blueprint, genes, &mut dice))
        })
        .collect();
    orders.sort_by_key(|&(at, _)| at);
    orders
}

/// Any command.
pub fn action(blueprint: &Blueprint, genes: Genes, dice: &mut Dice) -> Action {
    let ids = Ids { blueprint, misguided: genes.has(Trait::Misguided) };
    let (pipe, service) = (ids.pipe(dice), ids.service(dice));
    let (balancer, hazard) = (ids.balancer(dice), ids.hazard(dice));
    // One replica beyond those of the blueprint is sometimes there, after scaling.
    let replica = dice.small(0, if ids.misguided { 5 } else { 1 });
    let (yes, also) = (dice.percent(50), dice.percent(50));
    match dice.below(13) {
        0 => Action::SetPolicy { balancer, policy: dice.pick(&POLICIES) },
        1 => Action::SetShut { pipe, shut: yes },
        2 => Action::SetPartition { pipe, forward: yes, backward: also },
        3 | 4 => Action::Scale { service, replicas: dice.small(0, 5) },
        5 | 6 => Action::Crash { service, replica, silent: yes },
        7 => Action::Restart { service, replica },
        8 => Action::Drain { service, replica },
        9 | 10 => Action::SetPaused { service, replica, paused: dice.percent(65) },
        11 => Action::SetRateLimit { gateway: ids.gateway(dice), interval_ns: dice.ns(40) },
        _ => Action::SetHazard { hazard, active: yes },
    }
}

/// Whom commands are aimed at.
struct Ids<'a> {
    blueprint: &'a Blueprint,
    misguided: bool,
}

impl Ids<'_> {
    fn pipe(&self, dice: &mut Dice) -> PieceId {
        self.choose(dice, self.blueprint.pipes.iter().map(|each| each.id).collect())
    }

    fn service(&self, dice: &mut Dice) -> PieceId {
        self.choose(dice, self.blueprint.services.iter().map(|each| each.id).collect())
    }

    fn balancer(&self, dice: &mut Dice) -> PieceId {
        self.choose(dice, self.blueprint.balancers.iter().map(|each| each.id).collect())
    }

    fn gateway(&self, dice: &mut Dice) -> PieceId {
        self.choose(dice, self.blueprint.gateways.iter().map(|each| each.id).collect())
    }

    fn hazard(&self, dice: &mut Dice) -> PieceId {
        self.choose(dice, self.blueprint.hazards.iter().map(|each| each.id).collect())
    }

    /// One of those; sometimes another piece, or none at all.
    fn choose(&self, dice: &mut Dice, right: Vec<PieceId>) -> PieceId {
        let wrong = [PieceId(0), PieceId(1), PieceId(100), PieceId(1_000), PieceId(99_999)];
        let (wrong, astray) = (dice.pick(&wrong), dice.percent(40));
        let roll = dice.bits() as usize;
        if right.is_empty() || astray && self.misguided { wrong } else { right[roll % right.len()] }
    }
}
