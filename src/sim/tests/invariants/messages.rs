//! What facts tell of messages is what the view shows of them: who follows the facts need not look again.

use crate::commands::orders;
use crate::genes::genes;
use crate::play::{END, play, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// Messages in pipes, by attempt.
type Messages = BTreeMap<u32, (PieceId, Direction, Hop)>;

const DIRECTIONS: [Direction; 2] = [Direction::Forward, Direction::Backward];

fn shown(run: &Simulation) -> Messages {
    let pipes = run.view().pipes();
    let lanes = pipes.flat_map(|pipe| DIRECTIONS.map(|direction| (pipe, direction)));
    let hops = lanes
        .flat_map(|(pipe, direction)| pipe.hops(direction).map(move |hop| (hop.attempt, (pipe.id, direction, hop))));
    hops.collect()
}

fn follow(messages: &mut Messages, entered: &mut u64, fact: &Fact) {
    match *fact {
        Fact::Entered { pipe, direction, hop, .. } => {
            *entered += 1;
            messages.insert(hop.attempt, (pipe, direction, hop));
        }
        Fact::Abandoned { attempt, .. } => {
            if let Some((_, _, hop)) = messages.get_mut(&attempt) {
                hop.abandoned = true;
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn facts_tell_what_the_view_shows(genes in genes(), seed: u64, chunk_ms in 1u64..90) {
        let world = world(genes);
        let orders = orders(&world, genes);
        let mut run = start(&world, seed);
        let (mut messages, mut entered) = (Messages::new(), 0);
        while run.now() < END {
            let until = run.now().plus_ns(chunk_ms * 1_000_000).min(END);
            play(&mut run, &orders, until, &mut |_: Time, fact: &Fact| follow(&mut messages, &mut entered, fact));
            messages.retain(|_, (_, _, hop)| hop.exit_at >= until);
            prop_assert_eq!(&messages, &shown(&run));
            let counted = run.view().pipes().flat_map(|pipe| DIRECTIONS.map(|direction| pipe.entered(direction)));
            prop_assert_eq!(entered, counted.sum::<u64>());
        }
    }
}
