//! Streams: how long producers wait for their batch, how much a group can do, and that nothing is lost.

use super::harness::*;
use pipe_maze_sim::*;
use std::collections::BTreeMap;

const BROKER: PieceId = id("broker");

/// A broker of one partition, without limits, whose batches never fill and are written in no time.
fn broker() -> BrokerSpec {
    BrokerSpec {
        partitions: 1,
        log_limit: ENDLESS,
        batch_events: ENDLESS,
        linger_ns: 0,
        append: constant(0.0),
        consume: call(ClientSpec::with_timeout_ns(NEVER_NS)),
        redeliver_backoff_ns: UNIT_NS,
        ..BrokerSpec::new(BROKER)
    }
}

fn constant(units: f64) -> Distribution {
    Distribution::Constant { mean_ns: at(units).as_ns() }
}

/// A spring that produces, and so many rooms that consume.
fn stream(spring: SpringSpec, broker: BrokerSpec, rooms: &[ServiceSpec]) -> Blueprint {
    let mut pipes = vec![wire(spring.id, BROKER)];
    let outlets = rooms.iter().enumerate();
    pipes.extend(outlets.map(|(nth, room)| PipeSpec { outlet: nth as u8, ..wire(BROKER, room.id) }));
    Blueprint { springs: vec![spring], services: rooms.to_vec(), brokers: vec![broker], pipes, ..Blueprint::default() }
}

fn named(name: &str, workers: u32, service_time: Distribution) -> ServiceSpec {
    ServiceSpec { id: id(name), ..room(workers, service_time) }
}

#[test]
fn who_lingers_waits_as_long_as_the_cycle_says() {
    // Batches of Poisson events at rate 2 that never fill, linger 1.5. A batch is opened by one event, which waits for L, and
    // joined by L x rate others, which wait for L / 2 on average: (L + rate L^2 / 2) / (1 + rate L).
    let (rate, linger) = (2.0, 1.5);
    let wait = (linger + rate * linger * linger / 2.0) / (1.0 + rate * linger);
    for (nth, write) in [(260, 0.0), (261, 1.0)] {
        // A write that is shorter than the linger time keeps no batch back: it is only added.
        let spec = BrokerSpec { linger_ns: at(linger).as_ns(), append: constant(write), ..broker() };
        let all = endings(&stream(spring("spring", rate, 100_000), spec, &[]), nth);
        assert_mean("linger: wait", &each(&all, |e| e.wait), wait);
        assert_mean("linger: W", &each(&all, |e| e.sojourn), wait + write);
    }
}

#[test]
fn who_waits_for_a_full_batch_waits_for_those_behind() {
    // The k-th of B waits for the B - k that come after it: (B - 1) / 2 gaps on average.
    let spec = BrokerSpec { batch_events: 10, linger_ns: NEVER_NS, ..broker() };
    let mut waits = Vec::new();
    let mut run = Simulation::new(&stream(spring("spring", 2.0, 100_000), spec, &[]), seed(262)).expect("it is sound");
    run.advance_to(at(50_000.0), &mut |now: Time, fact: &Fact| {
        if let Fact::Ended { issued_at, .. } = fact {
            waits.push(units(now.since_ns(*issued_at)));
        }
    });
    assert_mean("full batch: W", &waits, 4.5 / 2.0);
}

#[test]
fn what_comes_during_a_write_is_written_together() {
    // Group commit: no linger, writes of one unit. Whoever comes during a write waits for its end, for half a unit on average,
    // and for the whole of the next. After a write without arrivals the next event is written at once, alone.
    let rate = 5.0f64;
    let spec = BrokerSpec { append: constant(1.0), ..broker() };
    let all = endings(&stream(spring("spring", rate, 300_000), spec, &[]), 263);
    // Events a write: the arrivals of the one before, `rate` on average, or one after a rest.
    let (none, batch) = ((-rate).exp(), rate + (-rate).exp());
    assert_mean("group commit: W", &each(&all, |e| e.sojourn), (none + rate * 1.5) / batch);
}

#[test]
fn a_group_does_as_much_as_its_partitions_do_in_turn() {
    // Three partitions, a round trip of 0.5 and a service of 0.5: three events a unit, however many members serve them, and
    // as long as workers are free. One worker alone does two.
    for (nth, rooms, workers, service, capacity) in
        [(264, 1, 9, 0.5, 3.0), (265, 3, 9, 0.5, 3.0), (266, 1, 1, 0.5, 2.0)]
    {
        let names = ["room-0", "room-1", "room-2"];
        let rooms: Vec<_> = names[..rooms].iter().map(|name| named(name, workers, constant(service))).collect();
        let mut source = spring("spring", 5.0, 50_000);
        source.classes[0].keys = KeySpec::Uniform { keys: 1_000 };
        let mut world = stream(source, BrokerSpec { partitions: 3, ..broker() }, &rooms);
        for pipe in world.pipes.iter_mut().filter(|pipe| pipe.from == BROKER) {
            (pipe.cells, pipe.propagation_ns_per_cell) = (1, UNIT_NS / 4);
        }
        let mut run = Simulation::new(&world, seed(nth)).expect("it is sound");
        let mut counts_at = |units| {
            run.advance_to(at(units), &mut ());
            let broker = run.view().brokers().next().expect("there is one");
            let sum = |of: fn(&PartitionView) -> u64| broker.partitions.iter().map(of).sum::<u64>() as f64;
            (sum(|p| p.appended), sum(|p| p.committed), broker.lag() as f64)
        };
        let (before, after) = (counts_at(1_000.0), counts_at(9_000.0));
        let (appended, committed, lag) = (after.0 - before.0, after.1 - before.1, after.2 - before.2);
        println!("oracle | group | {committed} | {}", capacity * 8_000.0);
        // Each is always busy: no more than one event each is cut off by the ends.
        assert!((committed - capacity * 8_000.0).abs() <= 3.0, "{committed} in 8000 units");
        assert!((lag - (appended - committed)).abs() < 0.5, "the lag grows by what is too much");
        // Poisson: four standard deviations.
        assert!((appended - 40_000.0).abs() < 4.0 * 200.0, "{appended} appended");
    }
}

#[test]
fn a_consumer_that_was_down_catches_up_and_nothing_is_lost() {
    let mut source = spring("spring", 3.0, 120_000);
    source.classes[0].keys = KeySpec::Session { sessions: 500 };
    let spec = BrokerSpec {
        partitions: 3,
        consume: call(ClientSpec::with_timeout_ns(2 * UNIT_NS)),
        redeliver_backoff_ns: UNIT_NS / 2,
        ..broker()
    };
    let rooms = ["room-0", "room-1"].map(|name| named(name, 5, constant(0.4)));
    let mut world = stream(source, spec, &rooms);
    let schedule = Schedule::cycle(at(100.0), 50 * UNIT_NS, 1_000 * UNIT_NS);
    let fault = Fault::Crash { replicas: 1, silent: true };
    world.hazards.push(HazardSpec { id: id("crash"), on: id("room-0"), schedule, fault });
    world.pipes[2].loss = 0.05;
    let (mut answered, mut redelivered) = (Vec::new(), [0, 0]);
    // How often each event was begun with, by room. The first has the partitions 0 and 2, the second 1.
    let mut processed = rooms.each_ref().map(|room| (room.id, BTreeMap::new()));
    let mut committed: BTreeMap<u16, Vec<u64>> = BTreeMap::new();
    let mut run = Simulation::new(&world, seed(267)).expect("it is sound");
    run.advance_to(at(42_000.0), &mut |_: Time, fact: &Fact| match *fact {
        Fact::Ended { request, outcome: Outcome::Answered, .. } => answered.push(request.number),
        Fact::Began { service, request, .. } => {
            for (_, times) in processed.iter_mut().filter(|(room, _)| *room == service) {
                *times.entry(request.number).or_insert(0) += 1;
            }
        }
        Fact::Redelivered { partition, .. } => redelivered[usize::from(partition % 2)] += 1,
        Fact::Committed { partition, request, .. } => committed.entry(partition).or_default().push(request.number),
        _ => {}
    });
    assert_eq!(answered.len() as u64, run.view().totals().issued, "producers do not feel it");
    assert!(committed.len() == 3 && committed.values().all(|each| each.is_sorted()), "each partition in order");
    let mut all: Vec<u64> = committed.into_values().flatten().collect();
    all.sort_unstable();
    answered.sort_unstable();
    assert_eq!(all, answered, "each committed once");
    let [(_, crashed), (_, lossy)] = processed;
    let events = lossy.len() as u64;
    assert_eq!(crashed.len() + lossy.len(), answered.len(), "each is processed, by one member");
    let doubles = |times: &BTreeMap<u64, u32>| times.values().filter(|&&times| times > 1).count() as u64;
    // Of two directions that lose 0.05 each: a try fails with 0.0975, and is processed in vain with 0.95 x 0.05 against 0.95 x
    // 0.95 of those that succeed. So 0.05 of the events are processed twice or more.
    assert_share("lossy pipe: deliveries that fail", redelivered[1], events + redelivered[1], 0.0975);
    assert_share("lossy pipe: events processed again", doubles(&lossy), events, 0.05);
    // A crash strikes the one event at most that each of two partitions has under way, forty times while events come.
    assert!((1..=80).contains(&doubles(&crashed)), "{} processed again", doubles(&crashed));
    assert_eq!(run.view().brokers().map(|broker| broker.lag()).sum::<u64>(), 0, "it has caught up");
}

#[test]
fn a_full_log_refuses_what_it_cannot_keep() {
    // Nobody consumes: each partition keeps its forty, and all else is refused.
    for (nth, partitions) in [(268, 1), (269, 4)] {
        let spec = BrokerSpec { partitions, log_limit: 40, linger_ns: UNIT_NS / 8, batch_events: 7, ..broker() };
        let mut refused = 0;
        let run = watch(&stream(spring("spring", 10.0, 1_000), spec, &[]), nth, |_, fact| {
            refused += u64::from(matches!(
                fact,
                Fact::Ended { outcome: Outcome::Rejected, cause: Cause::LogFull(BROKER), .. }
            ));
        });
        let totals = run.view().totals();
        assert_eq!(totals.answered, 40 * u64::from(partitions));
        assert_eq!((totals.rejected, refused), (totals.issued - totals.answered, totals.rejected));
    }
}

#[test]
fn what_has_no_key_is_spread_evenly() {
    // A thousand and more batches of ten: four standard deviations of a partition's share, batch by batch.
    let spec = BrokerSpec { partitions: 5, batch_events: 10, linger_ns: UNIT_NS, ..broker() };
    let run = watch(&stream(spring("spring", 100.0, 50_000), spec, &[]), 270, |_, _| ());
    let broker = run.view().brokers().next().expect("there is one");
    let batches = run.view().totals().issued as f64 / 10.0;
    for partition in &broker.partitions {
        let share = partition.appended as f64 / 10.0;
        assert!((share - batches / 5.0).abs() < 4.0 * (batches * 0.2 * 0.8).sqrt(), "{share} of {batches}");
    }
}
