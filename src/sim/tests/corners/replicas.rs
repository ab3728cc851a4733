//! Corners of replicas: pausing, draining, crashing and starting at the wrong moment.

use crate::*;

fn paused(paused: bool) -> Action {
    Action::SetPaused { service: FRONT, replica: 0, paused }
}

/// The one request of a world: when it ends, and the parts of its time in milliseconds: with workers, with hazards.
fn story(world: &Blueprint, orders: &[(u64, Action)]) -> (u64, Outcome, u64, u64) {
    let (run, log) = play(world, orders, 10_000);
    assert_empty(&run);
    let end = |(at, fact): &(Time, Fact)| match fact {
        Fact::Ended { outcome, parts, .. } => {
            Some((at.as_ns() / MS, *outcome, parts.service_ns / MS, parts.hazard_ns / MS))
        }
        _ => None,
    };
    let ends: Vec<_> = log.iter().filter_map(end).collect();
    assert_eq!(ends.len(), 1);
    ends[0]
}

fn pause_hazard(from_ms: u64, to_ms: u64) -> HazardSpec {
    let schedule = Schedule::once(Time::from_ms(from_ms), Time::from_ms(to_ms));
    HazardSpec { id: PieceId(5_000), on: FRONT, schedule, fault: Fault::Pause { replicas: 1 } }
}

/// It calls at 1 ms and is answered at 11 ms, while it stands still from 5 to 20 ms; then it works 4 ms more.
#[test]
fn a_program_that_is_answered_while_it_stands_still_goes_on_afterwards() {
    let program = vec![Step::Call(call(BACK)), compute(4)];
    let mut world = pair(spring(&[1], 1_000), program, 10);
    let by_command = story(&world, &[(5, paused(true)), (20, paused(false))]);
    assert_eq!(by_command, (24, Outcome::Answered, 23, 0));
    world.hazards.push(pause_hazard(5, 20));
    assert_eq!(story(&world, &[]), (24, Outcome::Answered, 14, 9), "from 11 to 20 ms it is the hazard's");
}

#[test]
fn a_program_whose_call_fails_while_it_stands_still_fails_afterwards() {
    let missing = CallSpec { endpoint: EndpointId::from_name("missing"), ..call(BACK) };
    let mut world = pair(spring(&[1], 1_000), vec![Step::Call(missing)], 10);
    world.pipes[1].cells = 1;
    world.pipes[1].propagation_ns_per_cell = 5 * MS;
    let (run, log) = play(&world, &[(5, paused(true)), (20, paused(false))], 100);
    assert_eq!(ends(&log), [(20, Outcome::Failed, Cause::Error(BACK))]);
    assert_empty(&run);
}

#[test]
fn a_program_that_gets_its_permit_while_it_stands_still_goes_on_afterwards() {
    let program = vec![Step::Acquire { pool: 0 }, compute(4)];
    let mut world = pair(spring(&[1, 1], 1_000), program, 10);
    world.services[0].pools = vec![PoolSpec { permits: 1, queue_limit: 1 }];
    world.services[0].replicas = 2;
    world.services[0].workers = 1;
    // The second request is on the second replica, which stands still when the first gives the permit back.
    let order = |paused| Action::SetPaused { service: FRONT, replica: 1, paused };
    let (run, log) = play(&world, &[(2, order(true)), (20, order(false))], 100);
    assert_eq!(ends(&log).iter().map(|end| end.0).collect::<Vec<_>>(), [5, 24]);
    assert_empty(&run);
}

#[test]
fn who_gives_up_on_work_that_stands_still_blames_what_stopped_it() {
    let mut world = pair(spring(&[1], 50), vec![compute(10)], 10);
    world.hazards.push(pause_hazard(5, 500));
    let (_, log) = play(&world, &[], 1_000);
    assert_eq!(ends(&log), [(51, Outcome::TimedOut, Cause::Hazard(PieceId(5_000)))]);
}

#[test]
fn a_pause_of_no_length_changes_nothing() {
    let world = pair(spring(&[1], 1_000), vec![compute(4), compute(0), compute(4)], 10);
    let orders = [(3, paused(true)), (3, paused(false)), (5, paused(true)), (5, paused(false))];
    assert_eq!(story(&world, &orders), (9, Outcome::Answered, 8, 0));
}

#[test]
fn a_replica_that_was_paused_while_it_was_down_comes_up_working() {
    let world = pair(spring(&[50], 1_000), vec![compute(4)], 10);
    let crash = Action::Crash { service: FRONT, replica: 0, silent: true };
    let orders = [(1, crash), (2, paused(true)), (3, Action::Restart { service: FRONT, replica: 0 })];
    assert_eq!(story(&world, &orders), (54, Outcome::Answered, 4, 0));
    let orders = [(1, paused(true)), (2, Action::Restart { service: FRONT, replica: 0 })];
    assert_eq!(story(&world, &orders), (54, Outcome::Answered, 4, 0), "one that was paused and is started again");
}

#[test]
fn the_end_of_a_crash_leaves_alone_what_is_up_again() {
    let mut world = pair(spring(&[15], 1_000), vec![compute(20)], 10);
    let schedule = Schedule::once(Time::from_ms(5), Time::from_ms(25));
    let fault = Fault::Crash { replicas: 1, silent: false };
    world.hazards.push(HazardSpec { id: PieceId(5_000), on: FRONT, schedule, fault });
    let restart = Action::Restart { service: FRONT, replica: 0 };
    assert_eq!(story(&world, &[(10, restart)]), (35, Outcome::Answered, 20, 0));
}

/// It stands still from 2 ms, starts anew at 4 ms, and is paused by a command from 6 to 30 ms. That the hazard ends at
/// 10 ms is no matter to the command.
#[test]
fn the_end_of_a_pause_leaves_alone_what_stands_still_for_another_reason() {
    let mut world = pair(spring(&[8], 1_000), vec![compute(4)], 10);
    world.hazards.push(pause_hazard(2, 10));
    let restart = Action::Restart { service: FRONT, replica: 0 };
    let started = [(4, restart), (6, paused(true)), (30, paused(false))];
    assert_eq!(story(&world, &started).0, 34);
    let unpaused = [(4, paused(false)), (6, paused(true)), (30, paused(false))];
    assert_eq!(story(&world, &unpaused).0, 34);
}

/// A silent crash from 2 to 10 ms, and one with a word from 4 to 20 ms: who calls at 15 ms hears of it.
#[test]
fn the_end_of_a_silent_crash_gives_one_that_goes_on_its_word_back() {
    let mut world = pair(spring(&[5, 15], 100), vec![compute(4)], 10);
    let mut silent = crash_hazard(5_000, 2, 10, 1);
    silent.fault = Fault::Crash { replicas: 1, silent: true };
    let aloud = crash_hazard(5_001, 4, 20, 1);
    for hazards in [vec![silent.clone(), aloud.clone()], vec![aloud, silent]] {
        world.hazards = hazards;
        let (run, log) = play(&world, &[], 1_000);
        assert_eq!(
            ends(&log),
            [(15, Outcome::Failed, Cause::Down(FRONT)), (105, Outcome::TimedOut, Cause::Down(FRONT))],
            "silence from 5 ms, a word at 15 ms"
        );
        assert_empty(&run);
    }
}

fn crash_hazard(id: u64, from_ms: u64, to_ms: u64, replicas: u32) -> HazardSpec {
    let schedule = Schedule::once(Time::from_ms(from_ms), Time::from_ms(to_ms));
    HazardSpec { id: PieceId(id), on: FRONT, schedule, fault: Fault::Crash { replicas, silent: false } }
}

/// When each replica comes up, in milliseconds.
fn starts(log: &[(Time, Fact)]) -> Vec<(u64, u32)> {
    let start = |(at, fact): &(Time, Fact)| match fact {
        Fact::ReplicaTurned { replica, state: ReplicaState::Up, .. } => Some((at.as_ns() / MS, *replica)),
        _ => None,
    };
    log.iter().filter_map(start).collect()
}

#[test]
fn a_replica_stays_down_until_the_last_crash_has_ended() {
    let mut world = pair(spring(&[25, 45], 1_000), vec![compute(4)], 10);
    world.services[0].replicas = 2;
    for hazards in [
        [crash_hazard(5_000, 5, 20, 2), crash_hazard(5_001, 10, 40, 2)],
        // The longer one first, the shorter one within it.
        [crash_hazard(5_000, 5, 40, 2), crash_hazard(5_001, 10, 20, 2)],
        // One ends when the other begins, in either order.
        [crash_hazard(5_000, 5, 20, 2), crash_hazard(5_001, 20, 40, 2)],
        [crash_hazard(5_000, 20, 40, 2), crash_hazard(5_001, 5, 20, 2)],
    ] {
        world.hazards = hazards.into();
        let (run, log) = play(&world, &[], 1_000);
        assert_eq!(starts(&log), [(40, 0), (40, 1)], "{:?}", world.hazards);
        assert_eq!(outcomes(&log), [Outcome::Failed, Outcome::Answered]);
        assert_empty(&run);
    }
}

#[test]
fn a_crash_of_fewer_replicas_holds_none_but_those_down() {
    let mut world = pair(spring(&[25], 1_000), vec![compute(4)], 10);
    world.services[0].replicas = 2;
    world.hazards = vec![crash_hazard(5_000, 5, 20, 2), crash_hazard(5_001, 10, 40, 1)];
    let (_, log) = play(&world, &[], 1_000);
    assert_eq!(starts(&log), [(20, 1), (40, 0)]);
    assert_eq!(outcomes(&log), [Outcome::Answered], "the second replica is up again");
}

#[test]
fn a_command_starts_a_replica_even_while_a_crash_is_active() {
    let mut world = pair(spring(&[15], 1_000), vec![compute(4)], 10);
    world.hazards = vec![crash_hazard(5_000, 5, 20, 1), crash_hazard(5_001, 6, 40, 1)];
    let (_, log) = play(&world, &[(10, Action::Restart { service: FRONT, replica: 0 })], 1_000);
    assert_eq!((starts(&log), outcomes(&log)), (vec![(10, 0)], vec![Outcome::Answered]));
}

#[test]
fn who_waits_for_the_last_replica_that_drains_is_sent_away() {
    let mut world = pair(spring(&[1, 2], 1_000), vec![compute(20)], 10);
    world.services[0].workers = 1;
    let (run, log) = play(&world, &[(5, Action::Drain { service: FRONT, replica: 0 })], 100);
    assert_eq!(run.view().services().map(|service| service.queued).sum::<u32>(), 0, "nobody waits for ever");
    let gone = |fact: &Fact| matches!(fact, Fact::ReplicaTurned { state: ReplicaState::Gone, .. });
    assert_eq!(count(&log, gone), 1, "that it has drained is told");
    let (waiting, working) = (ends(&log)[0], ends(&log)[1]);
    assert_eq!(waiting, (5, Outcome::Failed, Cause::Down(FRONT)), "nobody will take it");
    assert_eq!((working.0, working.1), (21, Outcome::Answered), "what it had it finishes");
}

#[test]
fn a_service_without_replicas_fails_requests_at_once() {
    let world = pair(spring(&[1, 10, 30, 45, 60], 1_000), vec![compute(20)], 10);
    let scale = |replicas| Action::Scale { service: FRONT, replicas };
    let (run, log) = play(&world, &[(5, scale(0)), (40, scale(1))], 2_000);
    let failed = |ms| (ms, Outcome::Failed, Cause::Down(FRONT));
    assert_eq!(ends(&log)[0], failed(10), "while the last replica drains");
    assert_eq!(ends(&log)[2], failed(30), "and when it is gone");
    assert_eq!(outcomes(&log)[1], Outcome::Answered, "what it had it finishes");
    let again: Vec<_> = ends(&log)[3..].iter().map(|end| (end.0, end.1)).collect();
    assert_eq!(again, [(65, Outcome::Answered), (80, Outcome::Answered)], "it is there again");
    assert_empty(&run);
}

/// One replica dies without a word, or with one; the other is drained. Who calls hears what the dead one says.
#[test]
fn only_a_silent_crash_lets_requests_vanish() {
    for (silent, end) in [(true, (130, Outcome::TimedOut)), (false, (30, Outcome::Failed))] {
        let mut world = pair(spring(&[30], 100), vec![compute(20)], 10);
        world.services[0].replicas = 2;
        let crash = Action::Crash { service: FRONT, replica: 0, silent };
        let (run, log) = play(&world, &[(5, crash), (6, Action::Drain { service: FRONT, replica: 1 })], 2_000);
        assert_eq!(ends(&log), [(end.0, end.1, Cause::Down(FRONT))]);
        assert_empty(&run);
    }
}

#[test]
fn replicas_that_drain_count_among_those_that_a_service_can_have() {
    let mut world = pair(spring(&[1; 600], 1_000), vec![compute(500)], 10);
    world.services[0].replicas = 600;
    world.services[0].workers = 1;
    let scale = |replicas| Action::Scale { service: FRONT, replicas };
    let (mut run, _) = play(&world, &[(5, scale(0)), (6, scale(400)), (7, scale(0))], 8);
    let refusal = Err(Refusal::TooManyReplicas { service: FRONT, allowed: 1_000 });
    assert_eq!(run.apply(scale(401), &mut ()), refusal, "six hundred still work");
    assert_eq!(run.apply(scale(400), &mut ()), Ok(()));
    run.advance_to(Time::from_ms(2_000), &mut ());
    assert_eq!(run.apply(scale(1_000), &mut ()), Ok(()));
    assert_eq!(run.view().replicas(FRONT).count(), 1_000, "places are used again");
}

#[test]
fn commands_at_the_end_of_time_are_taken_like_any_other() {
    let mut world = pair(spring(&[1], 1_000), vec![compute(4)], 10);
    world.hazards.push(pause_hazard(5, 20));
    let (mut run, _) = play(&world, &[], 10);
    run.advance_to(Time::MAX, &mut ());
    let service = FRONT;
    for action in [
        Action::Scale { service, replicas: 7 },
        Action::Crash { service, replica: 0, silent: false },
        Action::Restart { service, replica: 0 },
        Action::SetPaused { service, replica: 2, paused: true },
        Action::Drain { service, replica: 1 },
        Action::SetHazard { hazard: PieceId(5_000), active: true },
    ] {
        assert_eq!(run.apply(action, &mut ()), Ok(()));
        run.advance_to(Time::MAX, &mut ());
    }
}

/// Requests at 1, 6 and 7 ms, work of 50 ms for one worker each. A second replica is asked for at 5 ms, and takes 20 ms to
/// start.
#[test]
fn a_replica_that_starts_takes_nothing_before_it_is_up() {
    for (start_up_ms, begun) in [(20, [1, 25, 51]), (0, [1, 6, 51]), (60, [1, 51, 65])] {
        let mut world = pair(spring(&[1, 6, 7], 1_000), vec![compute(50)], 10);
        (world.services[0].workers, world.services[0].start_up_ns) = (1, start_up_ms * MS);
        let (run, log) = play(&world, &[(5, Action::Scale { service: FRONT, replicas: 2 })], 2_000);
        let begins = log.iter().filter_map(|(at, fact)| match fact {
            Fact::Began { service: FRONT, .. } => Some(at.as_ns() / MS),
            _ => None,
        });
        assert_eq!(begins.collect::<Vec<_>>(), begun, "{start_up_ms} ms");
        assert_eq!(starts(&log), [(5 + start_up_ms, 1)]);
        assert_empty(&run);
    }
}

/// The same while it starts: it shows, but neither its workers nor the room that they would make are there.
#[test]
fn a_replica_that_starts_makes_no_room() {
    let mut world = pair(spring(&[1, 6, 30], 1_000), vec![compute(50)], 10);
    (world.services[0].workers, world.services[0].start_up_ns, world.services[0].queue_limit) = (1, 20 * MS, 0);
    let scale = [(5, Action::Scale { service: FRONT, replicas: 2 })];
    let (run, _) = play(&world, &scale, 20);
    let replicas: Vec<_> = run.view().replicas(FRONT).map(|replica| (replica.state, replica.busy)).collect();
    assert_eq!(replicas, [(ReplicaState::Up, 1), (ReplicaState::Starting, 0)]);
    assert_eq!(run.view().services().map(|service| service.workers).collect::<Vec<_>>()[0], 1);
    let (_, log) = play(&world, &scale, 2_000);
    let each: Vec<_> = ends(&log).iter().map(|end| (end.0, end.1)).collect();
    assert_eq!(each, [(6, Outcome::Rejected), (51, Outcome::Answered), (80, Outcome::Answered)]);
}
