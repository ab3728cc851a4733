//! Corners of steps: what stretches work and what does not, who takes which branch, and what a store remembers.

use crate::*;
use std::collections::{BTreeMap, BTreeSet};

const TEN: Distribution = Distribution::Constant { mean_ns: 10 * MS };

fn sleep(ms: u64) -> Step {
    Step::Sleep { time: constant(ms) }
}

/// When the requests of a world end, in milliseconds.
fn times(world: &Blueprint) -> Vec<u64> {
    let (run, log) = play(world, &[], 1_000);
    assert_empty(&run);
    assert!(outcomes(&log).iter().all(|&outcome| outcome == Outcome::Answered));
    ends(&log).iter().map(|end| end.0).collect()
}

#[test]
fn a_slow_replica_takes_longer_for_work_but_not_for_sleep() {
    for (step, ms) in [
        (Step::Sleep { time: TEN }, 10),
        (Step::Compute { time: TEN }, 30),
        (Step::Read { time: TEN }, 30),
        (Step::Write { time: TEN }, 30),
    ] {
        let mut world = pair(spring(&[1], 1_000), vec![sleep(2), step.clone()], 1);
        let fault = Fault::Slow { factor: 3.0, replicas: 1 };
        world.hazards = vec![HazardSpec { id: PieceId(7_000), on: FRONT, schedule: Schedule::always(), fault }];
        assert_eq!(times(&world), [1 + 2 + ms], "{step:?}");
        world.hazards.clear();
        assert_eq!(times(&world), [1 + 2 + 10], "{step:?}");
    }
}

/// Where all work needs one lock, two busy workers take twice as long. Both of them have been busy, asleep, for 2 ms.
#[test]
fn contention_stretches_work_but_not_sleep() {
    for (step, ms) in [
        (Step::Sleep { time: TEN }, 10),
        (Step::Compute { time: TEN }, 20),
        (Step::Read { time: TEN }, 20),
        (Step::Write { time: TEN }, 20),
    ] {
        let mut world = pair(spring(&[1, 1], 1_000), vec![sleep(2), step.clone()], 1);
        world.services[0].contention = Contention { sigma: 1.0, kappa: 0.0 };
        assert_eq!(times(&world), [1 + 2 + ms; 2], "{step:?}");
        let Traffic::Replay { arrivals } = &mut world.springs[0].traffic else { unreachable!() };
        *arrivals = [Time::from_ms(1)].into();
        assert_eq!(times(&world), [1 + 2 + 10], "{step:?}, alone");
    }
}

/// A step that leaves behind in the store of its service which key it was.
fn branches(modulus: u64, below: u64) -> Vec<Step> {
    let then = vec![Step::Write { time: constant(0) }];
    let otherwise = vec![Step::Read { time: constant(0) }];
    vec![Step::ByKey { modulus, below, then, otherwise }]
}

/// Every key, and whether it went to `then`.
fn ways(keys: KeySpec, modulus: u64, below: u64) -> BTreeSet<(u64, bool)> {
    let mut world = pair(spring(&(0..2_000).collect::<Vec<_>>(), 100), branches(modulus, below), 1);
    world.springs[0].classes[0].keys = keys;
    let (_, log) = play(&world, &[], 3_000);
    let ways: BTreeSet<_> = log
        .iter()
        .filter_map(|(_, fact)| match fact {
            Fact::Stored { key, written, .. } => Some((*key, *written)),
            _ => None,
        })
        .collect();
    let stores = count(&log, |fact| matches!(fact, Fact::Stored { service: FRONT, .. }));
    assert_eq!(stores, 2_000, "each request goes one way");
    ways
}

#[test]
fn by_key_splits_exactly_by_key() {
    for (modulus, below) in [(5, 2), (7, 1), (3, 3), (4, 0), (1, 1), (2, 9)] {
        // Ten keys: each of two thousand requests misses one with a probability of 0.9, all of them with 1e-91.
        let expected = (0..10).map(|key| (key, key % modulus < below)).collect::<BTreeSet<_>>();
        assert_eq!(ways(KeySpec::Uniform { keys: 10 }, modulus, below), expected, "{below} of {modulus}");
        let sessions = ways(KeySpec::Session { sessions: 40 }, modulus, below);
        assert_eq!(sessions.len(), 40, "{below} of {modulus}: no session goes both ways");
        assert!(sessions.iter().all(|&(key, then)| then == (key % modulus < below)), "{sessions:?}");
    }
    assert_eq!(ways(KeySpec::None, 2, 1), BTreeSet::from([(0, true)]), "without keys all are key 0");
}

/// What is written and read in a service's store: when, in milliseconds, which version, and whether it is a write.
fn stored(log: &[(Time, Fact)]) -> Vec<(u64, u64, bool)> {
    let each = |(at, fact): &(Time, Fact)| match fact {
        Fact::Stored { version, written, .. } => Some((at.as_ns() / MS, *version, *written)),
        _ => None,
    };
    log.iter().filter_map(each).collect()
}

/// A service in front calls a store that writes for 10 ms by one endpoint and reads for 2 ms by the other.
#[test]
fn a_write_counts_when_it_ends_and_not_before() {
    let (write, read) = (EndpointId::from_name("write"), EndpointId::from_name("read"));
    let to = |endpoint| CallSpec { endpoint, ..call(FRONT) };
    let mut world = pair(spring(&[1, 20], 1_000), Vec::new(), 1);
    world.springs[0].classes[0].call = to(write);
    let readers = SpringSpec { id: PieceId(2), ..spring(&[0, 5, 8, 10, 25, 40], 1_000) };
    world.springs.push(readers.calling(to(read)));
    world.pipes.push(pipe(1_002, PieceId(2), 0, FRONT));
    world.services[0].endpoints = vec![
        EndpointSpec { id: write, program: vec![Step::Write { time: constant(10) }] },
        EndpointSpec { id: read, program: vec![Step::Read { time: constant(2) }] },
    ];
    let (_, log) = play(&world, &[], 1_000);
    let (read, written) = (false, true);
    let expected = [
        (2, 0, read),
        (7, 0, read),
        (10, 0, read),
        (11, 1, written),
        (12, 1, read),
        (27, 1, read),
        (30, 2, written),
        (42, 2, read),
    ];
    assert_eq!(stored(&log), expected);
}

/// Two stores, many keys, random times: what is read is what was written last, in that store, under that key.
#[test]
fn a_read_sees_the_version_of_the_last_write_of_its_key_in_its_store() {
    let time = Distribution::Exponential { mean_ns: 20 * MS };
    let store = || Step::Chance {
        probability: 0.5,
        then: vec![Step::Write { time: time.clone() }],
        otherwise: vec![Step::Read { time: time.clone() }],
    };
    let mut world = pair(spring(&[], 5_000), vec![store(), Step::Call(call(BACK)), store()], 1);
    world.services[1] = service(BACK, 100, vec![store()]);
    world.springs[0].traffic = Traffic::Poisson { rate_per_s: 200.0 };
    world.springs[0].stop_at = Time::from_ms(10_000);
    world.springs[0].classes[0].keys = KeySpec::Uniform { keys: 6 };
    let (_, log) = play(&world, &[], 20_000);
    let mut versions: BTreeMap<(PieceId, u64), u64> = BTreeMap::new();
    let (mut reads, mut writes) = (0, 0);
    for (at, fact) in &log {
        let Fact::Stored { service, key, version, written, .. } = *fact else { continue };
        let expected = versions.entry((service, key)).or_default();
        *expected += u64::from(written);
        assert_eq!(version, *expected, "{fact:?} at {at}");
        *(if written { &mut writes } else { &mut reads }) += 1;
    }
    assert_eq!(versions.len(), 12, "two stores of six keys");
    assert!(reads > 1_000 && writes > 1_000, "{reads} reads, {writes} writes");
}

/// Its client gives up after 5 of 10 ms. Who is told so stops, and has written nothing; who is not told goes on.
#[test]
fn a_write_that_is_stopped_is_none() {
    for (cancels, expected) in [(true, vec![]), (false, vec![(11, 1, true)])] {
        let mut world = pair(spring(&[1], 5), vec![Step::Write { time: TEN }], 1);
        world.springs[0].classes[0].call.client.cancels = cancels;
        let (run, log) = play(&world, &[], 1_000);
        assert_eq!((outcomes(&log), stored(&log)), (vec![Outcome::TimedOut], expected), "cancels: {cancels}");
        assert_empty(&run);
    }
}
