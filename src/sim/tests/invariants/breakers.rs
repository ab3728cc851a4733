//! Every turn of a breaker is told, once.

use crate::commands::orders;
use crate::genes::genes;
use crate::play::{END, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_turn_of_a_breaker_is_told(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        let mut told = Told::default();
        for &(at, action) in &orders(&world, genes) {
            while run.step(at, &mut told) {
                told.compare(&run)?;
            }
            run.advance_to(at, &mut ());
            let _ = run.apply(action, &mut told);
        }
        while run.step(END, &mut told) {
            told.compare(&run)?;
        }
        prop_assert_eq!(told.twice, 0, "turns to what it was already");
    }
}

/// The state of each breaker by what was told.
#[derive(Default)]
struct Told {
    states: BTreeMap<u64, BreakerState>,
    twice: u32,
}

impl Observer for Told {
    fn fact(&mut self, _at: Time, fact: &Fact) {
        if let Fact::BreakerTurned { site, state, .. } = fact {
            let before = self.states.insert(*site, *state).unwrap_or(BreakerState::Closed);
            self.twice += u32::from(before == *state);
        }
    }
}

impl Told {
    /// A breaker is what was told; only one that will find, when it is next asked, that it has opened is ahead of that.
    fn compare(&self, run: &Simulation) -> Result<(), TestCaseError> {
        for site in run.view().sites() {
            let told = self.states.get(&site.id).copied().unwrap_or(BreakerState::Closed);
            let Some(state) = site.breaker else { continue };
            let ahead = (told, state) == (BreakerState::Closed, BreakerState::Open);
            prop_assert!(told == state || ahead, "told {:?}, but {:?}", told, site);
        }
        Ok(())
    }
}
