//! Streams lose nothing, keep each partition's order, and never keep more than they may.

use crate::commands::orders;
use crate::genes::{Genes, Trait, genes};
use crate::play::{END, Log, calm, logs, play, start};
use crate::worlds::{BROKER, world};
use pipe_maze_sim::*;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use std::collections::{BTreeMap, VecDeque};

/// What the facts say of a partition.
#[derive(Default)]
struct Told {
    /// Events that are not committed, and when they were appended.
    log: VecDeque<(RequestId, Time)>,
    appended: u64,
    committed: u64,
    redelivered: u64,
}

/// Follows a broker's facts: after a batch is appended its events are told one by one, as they are acknowledged.
fn told(log: &Log) -> Result<BTreeMap<u16, Told>, TestCaseError> {
    let mut all: BTreeMap<u16, Told> = BTreeMap::new();
    let mut last = 0;
    for &(at, fact) in log {
        match fact {
            Fact::Appended { partition, events, .. } => {
                last = partition;
                all.entry(partition).or_default().appended += u64::from(events);
            }
            Fact::Finished { service: BROKER, request, .. } => {
                all.entry(last).or_default().log.push_back((request, at));
            }
            Fact::Committed { partition, request, took_ns, .. } => {
                let each = all.entry(partition).or_default();
                each.committed += 1;
                let (first, appended_at) = each.log.pop_front().expect("it was appended before");
                prop_assert_eq!(first, request, "in the order of the partition, and once");
                prop_assert_eq!(took_ns, at.since_ns(appended_at));
            }
            Fact::Redelivered { partition, request, .. } => {
                let each = all.entry(partition).or_default();
                each.redelivered += 1;
                prop_assert_eq!(each.log[0].0, request, "only the oldest is under way");
            }
            _ => {}
        }
    }
    Ok(all)
}

/// The world of these genes, with a broker in it.
fn with_a_broker(genes: Genes) -> (Genes, Blueprint) {
    let genes = genes.with(Trait::Brokers).without(Trait::Loops);
    (genes, world(genes))
}

/// A law about brokers says nothing where they have nothing to do.
#[test]
fn brokers_of_random_worlds_are_busy() {
    let mut runner = TestRunner::deterministic();
    let mut counts = [0u64; 4];
    for seed in 0..200 {
        let genes = genes().new_tree(&mut runner).expect("any genes will do").current();
        let (genes, world) = with_a_broker(genes);
        play(&mut start(&world, seed), &orders(&world, genes), END, &mut |_: Time, fact: &Fact| match fact {
            Fact::Appended { events, .. } => counts[0] += u64::from(*events),
            Fact::Committed { .. } => counts[1] += 1,
            Fact::Redelivered { .. } => counts[2] += 1,
            Fact::Rejected { cause: Cause::LogFull(BROKER), .. } => counts[3] += 1,
            _ => {}
        });
    }
    assert!(counts.iter().all(|&count| count > 200), "{counts:?} appended, committed, delivered again, refused");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_appended_is_committed_once_or_still_in_the_log(genes in genes(), seed: u64, ms in 0u64..800) {
        let (genes, world) = with_a_broker(genes);
        let limit = world.brokers[0].log_limit;
        let mut run = start(&world, seed);
        let mut log = Log::new();
        for until in [Time::from_ms(ms), END, Time::MAX] {
            if until == Time::MAX {
                calm(&mut run, &mut logs(&mut log));
            } else {
                play(&mut run, &orders(&world, genes), until, &mut logs(&mut log));
            }
            let mut told = told(&log)?;
            for broker in run.view().brokers() {
                for (nth, partition) in broker.partitions.iter().enumerate() {
                    let each = told.remove(&(nth as u16)).unwrap_or_default();
                    prop_assert_eq!(partition.appended, partition.committed + u64::from(partition.lag));
                    prop_assert_eq!((partition.appended, partition.committed), (each.appended, each.committed));
                    prop_assert_eq!(partition.lag as usize, each.log.len());
                    let oldest_ns = each.log.front().map_or(0, |&(_, at)| run.now().since_ns(at));
                    prop_assert_eq!(partition.oldest_ns, oldest_ns);
                    let under_way = u64::from(partition.delivery == Delivery::UnderWay);
                    prop_assert_eq!(partition.delivered, each.committed + each.redelivered + under_way);
                    prop_assert!(partition.open + partition.writing + partition.lag <= limit, "{:?}", partition);
                }
                let refused = |(_, fact): &&(Time, Fact)| matches!(fact, Fact::Rejected { service: BROKER, .. });
                prop_assert_eq!(broker.refused, log.iter().filter(refused).count() as u64);
            }
        }
    }
}
