//! Every request ends exactly once, time never runs back, parts add up, and drained means empty.

use crate::commands::orders;
use crate::genes::genes;
use crate::play::{END, Log, calm, logs, play, start};
use crate::worlds::world;
use pipe_maze_sim::*;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn every_request_ends_exactly_once(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        let mut log = Log::new();
        play(&mut run, &orders(&world, genes), END, &mut logs(&mut log));
        let count = |log: &Log, is: fn(&Fact) -> bool| log.iter().filter(|(_, fact)| is(fact)).count() as u64;
        let issued = |fact: &Fact| matches!(fact, Fact::Issued { .. });
        let ended = |fact: &Fact| matches!(fact, Fact::Ended { .. });
        prop_assert_eq!(run.view().totals().issued, count(&log, issued));
        prop_assert_eq!(run.view().totals().ended(), count(&log, ended));
        calm(&mut run, &mut logs(&mut log));
        let mut ends: BTreeMap<RequestId, u32> = BTreeMap::new();
        let mut issues = BTreeSet::new();
        for (_, fact) in &log {
            match fact {
                Fact::Issued { request } => prop_assert!(issues.insert(*request), "{} is issued twice", request),
                Fact::Ended { request, .. } => {
                    prop_assert!(issues.contains(request), "{} ends before it is issued", request);
                    *ends.entry(*request).or_default() += 1;
                }
                _ => {}
            }
        }
        prop_assert!(ends.values().all(|&n| n == 1), "{:?}", ends);
        prop_assert_eq!(ends.len(), issues.len());
        prop_assert_eq!(run.view().totals().issued, issues.len() as u64);
        prop_assert_eq!(by_outcome(&log), run.view().totals());
    }

    #[test]
    fn time_never_runs_back(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        let mut last = Time::ZERO;
        let mut back = None;
        let mut observer = |at: Time, fact: &Fact| {
            if at < last {
                back = Some((last, at, *fact));
            }
            last = at;
        };
        play(&mut run, &orders(&world, genes), END, &mut observer);
        calm(&mut run, &mut observer);
        prop_assert_eq!(back, None);
    }

    #[test]
    fn the_parts_of_every_latency_add_up_to_it(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        let mut log = Log::new();
        play(&mut run, &orders(&world, genes), END, &mut logs(&mut log));
        calm(&mut run, &mut logs(&mut log));
        for (at, fact) in &log {
            if let Fact::Ended { issued_at, parts, .. } = fact {
                prop_assert_eq!(parts.total_ns(), at.since_ns(*issued_at), "{:?}", fact);
            }
        }
    }

    #[test]
    fn drained_means_empty(genes in genes(), seed: u64) {
        let world = world(genes);
        let mut run = start(&world, seed);
        play(&mut run, &orders(&world, genes), END, &mut ());
        calm(&mut run, &mut ());
        let view = run.view();
        prop_assert_eq!((view.in_flight(), view.calls(), view.programs()), (0, 0, 0), "attempts, calls and programs");
        for balancer in view.balancers() {
            prop_assert!(balancer.targets.iter().all(|&(_, active, _)| active == 0), "{:?}", balancer);
        }
        for broker in view.brokers() {
            let idle = |partition: &PartitionView| (partition.open, partition.writing, partition.delivery);
            let at_rest = (0, 0, Delivery::Idle);
            prop_assert!(broker.partitions.iter().all(|partition| idle(partition) == at_rest), "{:?}", broker);
        }
        for site in view.sites() {
            prop_assert_eq!((site.active, site.retries, site.trials), (0, 0, 0), "{:?}", site);
            prop_assert!(site.bulkhead.is_none_or(|bulkhead| bulkhead == (0, 0)), "{:?}", site);
        }
        for service in view.services() {
            prop_assert_eq!((service.busy, service.queued), (0, 0), "{:?}", service);
            prop_assert!(view.pools(service.id).all(|pool| pool == (0, 0)), "a pool of {}", service.id);
            prop_assert!(view.replicas(service.id).all(|replica| replica.busy == 0));
        }
        for pipe in view.pipes() {
            for way in [Direction::Forward, Direction::Backward] {
                prop_assert_eq!(pipe.in_flight(way), 0, "{} {:?}", pipe.id, way);
                prop_assert_eq!(pipe.waiting(way, view.now()), 0);
            }
        }
        prop_assert_eq!(view.totals().ended(), view.totals().issued);
        // Its springs have stopped, and its hazards follow their schedules no longer.
        prop_assert_eq!(run.next_event_at(), None, "something would still happen");
    }
}

fn by_outcome(log: &Log) -> Totals {
    let mut totals = Totals::default();
    for (_, fact) in log {
        totals.issued += u64::from(matches!(fact, Fact::Issued { .. }));
        let Fact::Ended { outcome, .. } = fact else { continue };
        *match outcome {
            Outcome::Answered => &mut totals.answered,
            Outcome::TimedOut => &mut totals.timed_out,
            Outcome::Rejected => &mut totals.rejected,
            Outcome::NoRoute => &mut totals.no_route,
            Outcome::Failed => &mut totals.failed,
            Outcome::ShortCircuited => &mut totals.short_circuited,
        } += 1;
    }
    totals
}
