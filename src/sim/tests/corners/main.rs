//! Corners of the rules: what happens when two things meet that rarely do. Each test is a world as small as the corner.

mod blame;
mod breakers;
mod clients;
mod idempotency;
mod pipes;
mod programs;
mod promises;
mod replicas;
mod steps;
mod streams;

use pipe_maze_sim::*;

const SPRING: PieceId = PieceId(1);
const FRONT: PieceId = PieceId(100);
const BACK: PieceId = PieceId(200);
const MS: u64 = 1_000_000;

/// A pipe of no length and all the bandwidth.
fn pipe(id: u64, from: PieceId, outlet: u8, to: PieceId) -> PipeSpec {
    let pipe = PipeSpec::new(PieceId(id), from, to);
    PipeSpec { outlet, cells: 0, bandwidth_bytes_per_s: u64::MAX, queue_limit: 1_000_000, ..pipe }
}

/// Requests at these milliseconds, whose client waits for so long.
fn spring(at_ms: &[u64], timeout_ms: u64) -> SpringSpec {
    let arrivals = at_ms.iter().map(|&ms| Time::from_ms(ms)).collect();
    let spring = SpringSpec::new(SPRING).traffic(Traffic::Replay { arrivals }).timeout_ns(timeout_ms * MS);
    let mut spring = spring.stop_at(Time::from_ms(100_000));
    spring.classes.iter_mut().for_each(|class| (class.call.request_bytes, class.call.response_bytes) = (0, 0));
    spring
}

fn constant(ms: u64) -> Distribution {
    Distribution::Constant { mean_ns: ms * MS }
}

fn compute(ms: u64) -> Step {
    Step::Compute { time: constant(ms) }
}

/// A call of the main endpoint of a piece, without bytes.
fn call(to: PieceId) -> CallSpec {
    CallSpec { request_bytes: 0, response_bytes: 0, ..CallSpec::new(to, EndpointId::MAIN) }
}

/// A service that runs that program for every call.
fn service(id: PieceId, workers: u32, program: Vec<Step>) -> ServiceSpec {
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    ServiceSpec { workers, queue_limit: 1_000_000, endpoints, ..ServiceSpec::new(id) }
}

/// A spring, the service FRONT, and behind it the service BACK, which works for so long.
fn pair(spring: SpringSpec, front: Vec<Step>, back_ms: u64) -> Blueprint {
    Blueprint {
        springs: vec![spring],
        services: vec![service(FRONT, 100, front), service(BACK, 100, vec![compute(back_ms)])],
        pipes: vec![pipe(1_000, SPRING, 0, FRONT), pipe(1_001, FRONT, 0, BACK)],
        ..Blueprint::default()
    }
}

/// A run with commands, as a list of facts.
fn play(world: &Blueprint, orders: &[(u64, Action)], until_ms: u64) -> (Simulation, Vec<(Time, Fact)>) {
    let mut run = Simulation::new(world, 1).unwrap_or_else(|problems| panic!("{problems:#?}"));
    let mut log = Vec::new();
    let mut observer = |at: Time, fact: &Fact| log.push((at, *fact));
    for &(ms, action) in orders {
        run.advance_to(Time::from_ms(ms), &mut observer);
        run.apply(action, &mut observer).expect("it is aimed at what is there");
    }
    run.advance_to(Time::from_ms(until_ms), &mut observer);
    (run, log)
}

/// How requests end: when, in milliseconds, and how, and why.
fn ends(log: &[(Time, Fact)]) -> Vec<(u64, Outcome, Cause)> {
    let end = |(at, fact): &(Time, Fact)| match fact {
        Fact::Ended { outcome, cause, .. } => Some((at.as_ns() / MS, *outcome, *cause)),
        _ => None,
    };
    log.iter().filter_map(end).collect()
}

/// How requests end, and nothing else.
fn outcomes(log: &[(Time, Fact)]) -> Vec<Outcome> {
    ends(log).into_iter().map(|(_, outcome, _)| outcome).collect()
}

fn count(log: &[(Time, Fact)], is: impl Fn(&Fact) -> bool) -> usize {
    log.iter().filter(|(_, fact)| is(fact)).count()
}

fn assert_empty(run: &Simulation) {
    let view = run.view();
    assert_eq!((view.in_flight(), view.calls(), view.programs()), (0, 0, 0));
    assert!(view.services().all(|service| service.busy == 0 && service.queued == 0));
}
