//! Blueprints with garbage in them: none makes the check panic, and whatever is wrong is named, all of it and nothing
//! else. A file for each kind of piece.

mod brokers;
mod brush;
mod calls;
mod gateways;
mod hazards;
mod pipes;
mod services;
mod springs;

use crate::genes::genes;
use crate::worlds::world;
use brush::{Blot, Brush, NOWHERE};
use pipe_maze_sim::*;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn whatever_is_wrong_is_named_and_nothing_else(genes in genes(), count in 1usize..6) {
        let mut world = world(genes);
        prop_assert_eq!(world.check(), Ok(()));
        let mut brush = Brush::new(genes.dice(8));
        (0..count).for_each(|_| spoil(&mut brush, &mut world));
        let problems = world.check().err().unwrap_or_default();
        let named: BTreeSet<Blot> = problems.iter().map(named).collect();
        prop_assert_eq!(&named, &brush.blots, "{:#?}", problems);
        prop_assert!(problems.iter().all(|problem| !problem.to_string().is_empty()));
        prop_assert_eq!(Simulation::new(&world, 1).err().unwrap_or_default(), problems);
    }
}

/// The piece that a problem concerns, and what of it.
fn named(problem: &Problem) -> Blot {
    match *problem {
        Problem::TooManyPieces { .. } => (NOWHERE, "pieces"),
        Problem::Duplicate { id } => (id, "id"),
        Problem::OutOfRange { id, field, .. } | Problem::NoSuch { id, field, .. } => (id, field),
        Problem::BadEnd { pipe, end, .. } => (pipe, end),
        Problem::OutletTaken { pipe, .. } => (pipe, "outlet"),
    }
}

/// Puts impossible things into a piece of a blueprint, or adds one that has them.
fn spoil(brush: &mut Brush, world: &mut Blueprint) {
    match brush.dice.below(7) {
        0 => springs::spoil(brush, world),
        1 => services::spoil(brush, world),
        2 => pipes::spoil(brush, world),
        3 => pipes::add(brush, world),
        4 => gateways::add(brush, world),
        5 => brokers::add(brush, world),
        _ => hazards::add(brush, world),
    }
}

#[test]
fn an_inconsistent_blueprint_is_refused_with_every_reason() {
    let (a, b) = (PieceId(1), PieceId(2));
    let blueprint = Blueprint {
        springs: vec![SpringSpec::new(a).rate_per_s(f64::NAN).timeout_ns(0)],
        services: vec![ServiceSpec { workers: 0, ..ServiceSpec::new(a) }],
        pipes: vec![PipeSpec { bandwidth_bytes_per_s: 0, ..PipeSpec::new(b, b, a) }],
        ..Blueprint::default()
    };
    let problems = Simulation::new(&blueprint, 0).unwrap_err();
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 6, "{text:#?}");
    assert!(text.iter().any(|t| t.contains("rate_per_s must be from 0 to 10,000,000")), "{text:#?}");
}
