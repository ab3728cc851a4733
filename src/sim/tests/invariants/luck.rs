//! Whoever can help but need not changes nobody's luck: forks compare like with like.

use crate::commands::orders;
use crate::genes::{Trait, genes};
use crate::play::{END, play, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;

/// What a client does that never acts, and its name.
type Idle = (&'static str, fn(&mut ClientSpec));

const IDLE: [Idle; 4] = [
    ("retries", |client| {
        let on = RetryOn { timeout: false, rejected: false, failed: false, no_route: false };
        let (backoff, budget) = (Backoff::default(), BudgetSpec::default());
        client.retry.get_or_insert(RetrySpec { retries: 3, backoff, budget, on });
    }),
    ("bulkhead", |client| {
        client.bulkhead.get_or_insert(BulkheadSpec { max_concurrent: 1_000_000, max_waiting: 0, max_wait_ns: 0 });
    }),
    ("breaker", |client| {
        // In half a second there are never so many calls.
        let BreakerSpec::Hystrix { error_percent, sleep_ns, window_ns, snapshot_ns, .. } = BreakerSpec::hystrix()
        else {
            unreachable!("its defaults are its own");
        };
        let request_volume = 10_000_000;
        let breaker = BreakerSpec::Hystrix { request_volume, error_percent, sleep_ns, window_ns, snapshot_ns };
        client.breaker.get_or_insert(breaker);
    }),
    ("hedge", |client| {
        client.hedge.get_or_insert(HedgeSpec { delay_ns: client.timeout_ns, max: 1 });
    }),
];

/// How each request ended, in order of requests: of what happens in one instant the order may differ.
fn ends(world: &Blueprint, seed: u64, orders: &[(Time, Action)]) -> Vec<(RequestId, Time, Outcome, u64)> {
    let mut ends = Vec::new();
    play(&mut start(world, seed), orders, END, &mut |at: Time, fact: &Fact| {
        if let Fact::Ended { request, outcome, parts, .. } = *fact {
            ends.push((request, at, outcome, parts.total_ns()));
        }
    });
    ends.sort_by_key(|end| end.0);
    ends
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn what_never_acts_changes_nothing(genes in genes(), seed: u64, way in 0..IDLE.len()) {
        // Where times are whole milliseconds much happens in one instant, and its order may differ.
        let genes = genes.without(Trait::Coarse);
        let plain = world(genes);
        let orders = orders(&plain, genes);
        let (name, add) = IDLE[way];
        let mut careful = plain.clone();
        let clients = careful.springs.iter_mut().flat_map(|spring| &mut spring.classes);
        clients.for_each(|class| add(&mut class.call.client));
        prop_assert_eq!(ends(&plain, seed, &orders), ends(&careful, seed, &orders), "with an idle {}", name);
    }

    /// A hazard before all others on the same piece, which loses, delays or fails nothing: the others strike as before.
    #[test]
    fn a_hazard_changes_nothing_about_another(genes in genes(), seed: u64) {
        let genes = genes.without(Trait::Coarse);
        let plain = world(genes);
        let orders = orders(&plain, genes);
        let mut beside = plain.clone();
        let idle = plain.hazards.iter().enumerate().filter_map(|(nth, hazard)| {
            let fault = match hazard.fault {
                Fault::Loss { .. } => Fault::Loss { probability: 0.0 },
                Fault::Errors { .. } => Fault::Errors { probability: 0.0 },
                Fault::Delay { .. } => Fault::Delay { extra: Distribution::Constant { mean_ns: 0 } },
                _ => return None,
            };
            Some(HazardSpec { id: PieceId(90_000 + nth as u64), fault, ..hazard.clone() })
        });
        let idle: Vec<HazardSpec> = idle.collect();
        beside.hazards.splice(0..0, idle);
        prop_assert_eq!(ends(&plain, seed, &orders), ends(&beside, seed, &orders));
    }
}
