//! Brokers: members come and go, producers give up, and streams run in circles.

use super::*;

const BROKER: PieceId = PieceId(300);

/// Batches of two that linger for 10 ms and take 4 ms to write, in one partition.
fn broker() -> BrokerSpec {
    BrokerSpec {
        partitions: 1,
        batch_events: 2,
        linger_ns: 10 * MS,
        append: constant(4),
        consume: CallSpec { to: None, ..call(BROKER) }.client(ClientSpec::with_timeout_ns(50 * MS)),
        redeliver_backoff_ns: 20 * MS,
        ..BrokerSpec::new(BROKER)
    }
}

/// A spring, a broker, and the services FRONT and BACK as its members.
fn stream(spring: SpringSpec, broker: BrokerSpec, program: Vec<Step>) -> Blueprint {
    Blueprint {
        springs: vec![spring],
        services: vec![service(FRONT, 10, program.clone()), service(BACK, 10, program)],
        brokers: vec![broker],
        pipes: vec![
            pipe(1_000, SPRING, 0, BROKER),
            pipe(1_001, BROKER, 0, FRONT),
            pipe(1_002, BROKER, 1, BACK),
            pipe(1_003, FRONT, 0, BROKER),
        ],
        ..Blueprint::default()
    }
}

/// How requests end: when, in milliseconds, how, and where their time went.
fn parts(facts: &[(Time, Fact)]) -> Vec<(u64, Outcome, Parts)> {
    let end = |(at, fact): &(Time, Fact)| match *fact {
        Fact::Ended { outcome, parts, .. } => Some((at.as_ns() / MS, outcome, parts)),
        _ => None,
    };
    facts.iter().filter_map(end).collect()
}

#[test]
fn a_batch_is_written_when_full_or_due_and_after_the_one_before() {
    // 0 and 1 fill a batch, written until 5. 2, 3 and 4 come meanwhile: two are full, written until 9; the last one is due at
    // 14 and written until 18.
    let (_, facts) = play(&stream(spring(&[0, 1, 2, 3, 4], 1_000), broker(), vec![]), &[], 100);
    let took = |queue, service| Parts { queue_ns: queue * MS, service_ns: service * MS, ..Parts::default() };
    let expected = [(5, took(1, 4)), (5, took(0, 4)), (9, took(3, 4)), (9, took(2, 4)), (18, took(10, 4))];
    assert_eq!(parts(&facts), expected.map(|(at, parts)| (at, Outcome::Answered, parts)));
    let appended = facts.iter().filter_map(|(_, fact)| match fact {
        Fact::Appended { events, request, .. } => Some((*events, request.number)),
        _ => None,
    });
    assert_eq!(appended.collect::<Vec<_>>(), [(2, 0), (2, 2), (1, 4)]);
}

#[test]
fn what_a_producer_has_given_up_is_written_and_delivered_all_the_same() {
    for cancels in [false, true] {
        let mut spring = spring(&[0], 7);
        spring.classes[0].call.client.cancels = cancels;
        let (_, facts) = play(&stream(spring, broker(), vec![]), &[], 100);
        let waited = Parts { queue_ns: 7 * MS, ..Parts::default() };
        assert_eq!(parts(&facts), [(7, Outcome::TimedOut, waited)]);
        assert_eq!(ends(&facts), [(7, Outcome::TimedOut, Cause::Broker(BROKER))]);
        assert_eq!(commits(&facts), [(14, 0)]);
    }
}

/// When which request's event was committed, in milliseconds.
fn commits(facts: &[(Time, Fact)]) -> Vec<(u64, u64)> {
    let commit = |(at, fact): &(Time, Fact)| match *fact {
        Fact::Committed { request, .. } => Some((at.as_ns() / MS, request.number)),
        _ => None,
    };
    facts.iter().filter_map(commit).collect()
}

/// Where work began, in milliseconds.
fn works(facts: &[(Time, Fact)]) -> Vec<(u64, PieceId)> {
    let work = |(at, fact): &(Time, Fact)| match *fact {
        Fact::Began { service, .. } if service != BROKER => Some((at.as_ns() / MS, service)),
        _ => None,
    };
    facts.iter().filter_map(work).collect()
}

#[test]
fn a_partition_goes_to_another_member_when_a_valve_is_shut_and_waits_when_all_are() {
    let shut = |at, pipe, shut| (at, Action::SetShut { pipe: PieceId(pipe), shut });
    let quick = BrokerSpec { batch_events: 1, append: constant(0), ..broker() };
    let commands = [shut(15, 1_001, true), shut(25, 1_002, true), shut(60, 1_001, false)];
    let (_, facts) = play(&stream(spring(&[10, 20, 24, 30], 1_000), quick, vec![compute(8)]), &commands, 100);
    // The one at 20 is with the second member when its pipe is shut; its answer comes back all the same.
    assert_eq!(works(&facts), [(10, FRONT), (20, BACK), (60, FRONT), (68, FRONT)]);
    assert_eq!(commits(&facts), [(18, 0), (28, 1), (68, 2), (76, 3)]);
}

#[test]
fn a_failed_delivery_is_made_again_and_those_behind_wait() {
    let quick = BrokerSpec { batch_events: 1, append: constant(0), ..broker() };
    let world = stream(spring(&[0, 1], 1_000), quick, vec![compute(5)]);
    let crash = (2, Action::Crash { service: FRONT, replica: 0, silent: false });
    let restart = (10, Action::Restart { service: FRONT, replica: 0 });
    let (_, facts) = play(&world, &[crash, restart], 100);
    assert_eq!(works(&facts), [(0, FRONT), (22, FRONT), (27, FRONT)]);
    assert_eq!(commits(&facts), [(27, 0), (32, 1)]);
    let again = facts.iter().find_map(|(at, fact)| match *fact {
        Fact::Redelivered { request, tries, outcome, cause, .. } => Some((*at, request.number, tries, outcome, cause)),
        _ => None,
    });
    assert_eq!(again, Some((Time::from_ms(2), 0, 1, Outcome::Failed, Some(Cause::Down(FRONT)))));
}

#[test]
fn a_stream_that_feeds_itself_comes_to_an_end() {
    let program = vec![Step::Publish(call(BROKER))];
    let quick = BrokerSpec { batch_events: 1, append: constant(0), ..broker() };
    let mut world = stream(spring(&[0], 1_000), quick, program);
    world.pipes.retain(|pipe| pipe.id != PieceId(1_002));
    world.services.pop();
    let (_, facts) = play(&world, &[], 100);
    // An event at depth 0, 2, 4, ... 30; the one at 32 is refused.
    assert_eq!(commits(&facts).len(), 16);
    let refused = count(&facts, |fact| matches!(fact, Fact::Rejected { service: BROKER, .. }));
    assert_eq!((ends(&facts).len(), refused), (1, 1));
}

#[test]
fn a_run_goes_on_from_a_copy_as_from_itself() {
    let world = stream(spring(&[0, 1, 2, 3, 4, 30, 31, 60], 1_000), broker(), vec![compute(9)]);
    let whole = |until: u64| {
        let mut run = Simulation::new(&world, 1).expect("it is sound");
        run.advance_to(Time::from_ms(until), &mut ());
        run
    };
    for ms in 0..70 {
        let mut copy = whole(ms).clone();
        copy.advance_to(Time::from_ms(200), &mut ());
        assert_eq!(copy.digest(), whole(200).digest(), "from {ms} ms");
    }
}
