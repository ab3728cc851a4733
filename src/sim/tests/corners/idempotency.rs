//! Idempotency keys: what is tried again is written once where keys are kept.

use crate::{BACK, FRONT, MS, call, compute, constant, count, pair, pipe, play, service, spring};
use pipe_maze_sim::*;

const ALWAYS: u64 = u64::MAX;

fn write() -> Step {
    Step::Write { time: constant(20) }
}

/// Tries again at once, up to three times.
fn retries() -> RetrySpec {
    let backoff = Backoff { base_ns: 1, cap_ns: 1, multiplier: 1.0, jitter: Jitter::None };
    RetrySpec { retries: 3, backoff, budget: BudgetSpec::Unlimited, on: RetryOn::default() }
}

/// Requests whose every try is given up after 10 ms, while a write takes 20.
fn impatient(at_ms: &[u64], idempotency_key: bool) -> SpringSpec {
    let mut spring = spring(at_ms, 1_000);
    let class = &mut spring.classes[0];
    (class.idempotent, class.idempotency_key) = (false, idempotency_key);
    class.call.client.try_timeout_ns = Some(10 * MS);
    class.call.client.retry = Some(retries());
    spring
}

fn written(log: &[(Time, Fact)]) -> usize {
    count(log, |fact| matches!(fact, Fact::Stored { written: true, .. }))
}

#[test]
fn four_tries_of_a_request_write_once_where_keys_are_kept() {
    for (bears_key, keys_kept_ns, tries, writes) in [(false, ALWAYS, 2, 2), (true, 0, 8, 8), (true, ALWAYS, 8, 2)] {
        let mut world = pair(impatient(&[1, 200], bears_key), vec![write()], 1);
        world.services[0].keys_kept_ns = keys_kept_ns;
        let (_, log) = play(&world, &[], 2_000);
        assert_eq!(count(&log, |fact| matches!(fact, Fact::Began { .. })), tries);
        assert_eq!(written(&log), writes, "key {bears_key}, kept for {keys_kept_ns} ns");
        let versions = log.iter().filter_map(|(_, fact)| match fact {
            Fact::Stored { version, .. } => Some(*version),
            _ => None,
        });
        assert_eq!(versions.max(), Some(writes as u64), "every try is told the version that there is");
    }
}

#[test]
fn copies_of_a_hedged_request_write_once() {
    let mut world = pair(spring(&[1], 1_000), vec![write()], 1);
    let class = &mut world.springs[0].classes[0];
    (class.idempotent, class.idempotency_key) = (false, true);
    class.call.client.hedge = Some(HedgeSpec { delay_ns: 5 * MS, max: 2 });
    world.services[0].keys_kept_ns = ALWAYS;
    let (_, log) = play(&world, &[], 2_000);
    assert_eq!(count(&log, |fact| matches!(fact, Fact::Stored { .. })), 3);
    assert_eq!(written(&log), 1);
}

/// Two writes of one program, and two calls of one program that write elsewhere, are different things to do; each is done
/// once, although the request is tried four times and so are the calls on its behalf.
#[test]
fn the_key_travels_and_tells_what_is_to_be_done_apart() {
    let wait = Wait::All;
    let program = vec![write(), write(), Step::Parallel { calls: vec![call(BACK), call(BACK)], wait }];
    let mut world = pair(impatient(&[1], true), program, 1);
    world.services[1] = service(BACK, 100, vec![write()]);
    world.services.iter_mut().for_each(|service| service.keys_kept_ns = ALWAYS);
    let (_, log) = play(&world, &[], 2_000);
    let at = |piece| {
        let stored = |written| move |fact: &Fact| matches!(*fact, Fact::Stored { service, written: w, .. } if service == piece && w == written);
        (count(&log, stored(true)), count(&log, stored(false)))
    };
    assert_eq!((at(FRONT), at(BACK)), ((2, 6), (2, 6)));
}

#[test]
fn a_key_that_is_kept_too_shortly_does_not_help() {
    for (kept_ms, writes) in [(9, 4), (11, 2), (40, 1)] {
        let mut world = pair(impatient(&[1], true), vec![write()], 1);
        world.services[0].keys_kept_ns = kept_ms * MS;
        // A try each 10 ms: the second is 10 ms after the first, and so on.
        assert_eq!(written(&play(&world, &[], 2_000).1), writes, "kept for {kept_ms} ms");
    }
}

/// An event that a broker delivers again bears the key of its request: who consumes it knows it again.
#[test]
fn what_a_broker_delivers_again_is_written_once() {
    for (keys_kept_ns, writes) in [(0, 2), (ALWAYS, 1)] {
        let broker = PieceId(20);
        let mut spring = spring(&[1], 1_000);
        spring.classes[0].idempotency_key = true;
        // After the write it fails the first time, for nobody can be called.
        let program = vec![write(), Step::Call(CallSpec { client: ClientSpec::with_timeout_ns(5 * MS), ..call(BACK) })];
        let slow = HazardSpec {
            id: PieceId(7),
            on: BACK,
            schedule: Schedule::once(Time::ZERO, Time::from_ms(100)),
            fault: Fault::Crash { replicas: 1, silent: false },
        };
        let consumer = ServiceSpec { keys_kept_ns, ..service(FRONT, 1, program) };
        let mut broker = BrokerSpec::new(broker);
        broker.redeliver_backoff_ns = 150 * MS;
        let world = Blueprint {
            springs: vec![spring],
            services: vec![consumer, service(BACK, 1, vec![compute(1)])],
            pipes: vec![
                pipe(1_000, crate::SPRING, 0, broker.id),
                pipe(1_001, broker.id, 0, FRONT),
                pipe(1_002, FRONT, 0, BACK),
            ],
            brokers: vec![broker],
            hazards: vec![slow],
            ..Blueprint::default()
        };
        let (_, log) = play(&world, &[], 5_000);
        assert_eq!(count(&log, |fact| matches!(fact, Fact::Committed { .. })), 1);
        assert_eq!(count(&log, |fact| matches!(fact, Fact::Redelivered { .. })), 1);
        assert_eq!(written(&log), writes);
    }
}
