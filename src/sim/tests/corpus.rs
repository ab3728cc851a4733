//! The corpus's digests are those of the last commit, every part of it does something, and it has every kind of part.

use pipe_maze_sim::corpus::corpus;
use pipe_maze_sim::*;
use std::collections::BTreeSet;

/// The digests at seed 1. Where one changes, raise `RULES` and write down the new ones, which a failure prints.
const GOLDEN: (u32, [(&str, &str); 9]) = (
    4,
    [
        ("reference", "a732c76fdfbd358c"),
        ("distributions", "9f1fbf290b6631e5"),
        ("traffic", "30c64e9be42a1ffd"),
        ("policies", "e80d2a8dad93c41b"),
        ("gateways", "d4fd5a862b8db517"),
        ("programs", "6fef19ea2b0bba35"),
        ("clients", "f3ed3e0469a62b57"),
        ("hazards", "f978416f8487fd5a"),
        ("streams", "4a902c909d427f4f"),
    ],
);

#[test]
fn digests_are_the_golden_ones() {
    let digests: Vec<(&str, String)> =
        corpus().iter().map(|case| (case.name, case.digest(1).expect("the corpus is sound").to_string())).collect();
    let golden: Vec<(&str, String)> = GOLDEN.1.map(|(name, digest)| (name, digest.to_owned())).into();
    assert_eq!(GOLDEN.0, RULES, "these digests are of other rules");
    assert_eq!(digests, golden);
}

#[test]
fn every_run_ends_with_nothing_left() {
    for case in corpus() {
        let mut run = Simulation::new(&case.blueprint, 2).expect("the corpus is sound");
        run.advance_to(case.until, &mut ());
        let totals = run.view().totals();
        assert_eq!(totals.issued, totals.ended(), "{}", case.name);
        assert!(totals.issued > 100 && totals.answered > 0, "{}: {totals:?}", case.name);
        assert_eq!(run.view().in_flight(), 0, "{}", case.name);
    }
}

/// The kinds of a type: all of them, and which one a value is.
trait Kinds {
    const ALL: &'static [&'static str];
    fn kind(&self) -> &'static str;
}

/// Lists a type's kinds. One that is not listed is an error of the compiler.
macro_rules! kinds {
    ($($type:ident: $($kind:ident),+;)+) => {
        $(impl Kinds for $type {
            const ALL: &'static [&'static str] = &[$(stringify!($kind)),+];
            fn kind(&self) -> &'static str {
                match self {
                    $(Self::$kind { .. } => stringify!($kind)),+
                }
            }
        })+
    };
}

kinds! {
    Fact: Issued, Entered, Lost, Chosen, Began, Finished, Rejected, Stored, Abandoned, Retried, Hedged, ShortCircuited,
        BreakerTurned, HazardTurned, ReplicaTurned, Appended, Committed, Redelivered, Ended, Applied;
    Outcome: Answered, TimedOut, Rejected, NoRoute, Failed, ShortCircuited;
    Action: SetPolicy, SetRateLimit, SetShut, SetPartition, Scale, Crash, Restart, Drain, SetPaused, SetHazard;
    Step: Compute, Sleep, Call, Parallel, Publish, Chance, ByKey, Read, Write, Acquire, Release, Fail;
    Wait: All, Any, Quorum;
    Fault: Delay, Loss, Bandwidth, Partition, Slow, Errors, Pause, Crash;
    Policy: RoundRobin, LeastRequest, Random, LeastRequestFullScan, PowerOfTwo, LeastResponseTime;
    Discipline: Fifo, Lifo, Priority, Codel;
    Traffic: Poisson, Deterministic, Bursty, Curve, Replay, Closed;
    KeySpec: None, Uniform, Zipf, Session;
    Distribution: Constant, Exponential, Erlang, LogNormal, Pareto, HyperExponential, Uniform, Empirical;
    Jitter: None, Full, Equal, Decorrelated, Envoy, Randomized;
    BudgetSpec: Unlimited, Finagle, Envoy, Grpc;
    BreakerSpec: Hystrix, Resilience4j;
    BreakerState: Closed, Open, HalfOpen;
    ReplicaState: Starting, Up, Draining, Down, Gone;
    Cause: Queue, Service, Pipe, Hazard, Client, Full, NoRoute, Lost, Down, Error, Open, Bulkhead, Expired, Limited, Broker, LogFull;
}

/// Which kinds have been seen, of which types.
#[derive(Default)]
struct Seen(BTreeSet<(&'static str, &'static str)>, BTreeSet<(&'static str, &'static str)>);

impl Seen {
    fn see<T: Kinds>(&mut self, value: &T) {
        let name = std::any::type_name::<T>();
        let name = name.rsplit("::").next().unwrap_or(name);
        self.1.extend(T::ALL.iter().map(|&kind| (name, kind)));
        self.0.insert((name, value.kind()));
    }

    fn blueprint(&mut self, blueprint: &Blueprint) {
        for spring in &blueprint.springs {
            self.see(&spring.traffic);
            for class in &spring.classes {
                self.see(&class.keys);
                self.client(&class.call.client);
            }
        }
        for service in &blueprint.services {
            self.see(&service.discipline);
            self.see(&service.service_time);
            service.endpoints.iter().for_each(|endpoint| self.steps(&endpoint.program));
        }
        blueprint.balancers.iter().for_each(|balancer| self.see(&balancer.policy));
        blueprint.hazards.iter().for_each(|hazard| self.see(&hazard.fault));
        blueprint.brokers.iter().for_each(|broker| self.client(&broker.consume.client));
    }

    fn client(&mut self, client: &ClientSpec) {
        client.breaker.iter().for_each(|breaker| self.see(breaker));
        if let Some(retry) = &client.retry {
            self.see(&retry.backoff.jitter);
            self.see(&retry.budget);
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            self.see(step);
            match step {
                Step::Call(call) | Step::Publish(call) => self.client(&call.client),
                Step::Parallel { calls, wait } => {
                    self.see(wait);
                    calls.iter().for_each(|call| self.client(&call.client));
                }
                Step::Chance { then, otherwise, .. } | Step::ByKey { then, otherwise, .. } => {
                    self.steps(then);
                    self.steps(otherwise);
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_kind_of_everything_is_in_it() {
    let mut seen = Seen::default();
    for case in corpus() {
        seen.blueprint(&case.blueprint);
        case.commands.iter().for_each(|(_, action)| seen.see(action));
        let mut run = Simulation::new(&case.blueprint, 1).expect("the corpus is sound");
        let mut observer = |_: Time, fact: &Fact| {
            seen.see(fact);
            match fact {
                Fact::Ended { outcome, cause, .. } => {
                    seen.see(outcome);
                    seen.see(cause);
                }
                Fact::Rejected { cause, .. } => seen.see(cause),
                Fact::BreakerTurned { state, .. } => seen.see(state),
                Fact::ReplicaTurned { state, .. } => seen.see(state),
                _ => {}
            }
        };
        for &(at, action) in &case.commands {
            run.advance_to(at, &mut observer);
            run.apply(action, &mut observer).expect("it is aimed at what is there");
        }
        run.advance_to(case.until, &mut observer);
    }
    let Seen(seen, all) = seen;
    let types: BTreeSet<&str> = all.iter().map(|(of, _)| *of).collect();
    assert_eq!(types.len(), 17, "{types:?}");
    let lacking: Vec<_> = all.difference(&seen).copied().collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}
