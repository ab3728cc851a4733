//! Blueprints with garbage in them: none makes the check panic, and every problem is reported with its piece.

use crate::genes::{Dice, genes};
use crate::worlds::world;
use pipe_maze_sim::traffic::keys::KeySpec;
use pipe_maze_sim::*;
use proptest::prelude::*;

const NOWHERE: PieceId = PieceId(77_777);
const LONG_NS: u64 = u64::MAX / 3;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_problem_is_reported(genes in genes(), count in 1usize..5) {
        let mut world = world(genes);
        prop_assert_eq!(world.check(), Ok(()));
        let mut dice = genes.dice(8);
        let spoilt: Vec<PieceId> = (0..count).filter_map(|_| spoil(&mut world, &mut dice)).collect();
        let problems = world.check().err().unwrap_or_default();
        for id in spoilt {
            prop_assert!(problems.iter().any(|problem| concerns(problem, id)), "nothing about {}: {:#?}", id, problems);
        }
        prop_assert!(problems.iter().all(|problem| !problem.to_string().is_empty()));
        prop_assert_eq!(Simulation::new(&world, 1).err().unwrap_or_default(), problems);
    }
}

fn concerns(problem: &Problem, piece: PieceId) -> bool {
    match *problem {
        Problem::TooManyPieces { .. } => false,
        Problem::Duplicate { id } | Problem::OutOfRange { id, .. } | Problem::NoSuch { id, .. } => id == piece,
        Problem::BadEnd { pipe, .. } | Problem::OutletTaken { pipe, .. } => pipe == piece,
    }
}

/// Puts something impossible into a blueprint. Gives the piece that it concerns, if there is one of the kind.
fn spoil(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    match dice.below(6) {
        0 => spoil_spring(world, dice),
        4 => spoil_broker(world, dice),
        1 => spoil_client(world, dice),
        2 => spoil_service(world, dice),
        3 => spoil_pipe(world, dice),
        _ => spoil_hazard(world, dice),
    }
}

fn one_of<'a, T>(list: &'a mut [T], dice: &mut Dice) -> Option<&'a mut T> {
    let nth = dice.bits() as usize;
    let len = list.len();
    list.get_mut(if len == 0 { 0 } else { nth % len })
}

fn bad_number(dice: &mut Dice) -> f64 {
    dice.pick(&[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 1e300])
}

fn bad_time(dice: &mut Dice) -> Distribution {
    dice.pick(&[
        Distribution::Constant { mean_ns: LONG_NS },
        Distribution::Exponential { mean_ns: u64::MAX },
        Distribution::Erlang { stages: 0, mean_ns: 1 },
        Distribution::LogNormal { mean_ns: 1, sigma: f64::NAN },
        Distribution::Pareto { shape: 1.0, minimum_ns: 1 },
        Distribution::HyperExponential { p: f64::NAN, mean_a_ns: 1, mean_b_ns: 1 },
        Distribution::Uniform { min_ns: 2, max_ns: 1 },
        Distribution::Empirical { points: vec![(0.5, 1)].into() },
        Distribution::Empirical { points: vec![(f64::NAN, 1), (1.0, 2)].into() },
    ])
}

fn spoil_spring(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    let twin = world.springs[0].clone();
    let spring = one_of(&mut world.springs, dice)?;
    let id = spring.id;
    match dice.below(8) {
        0 => spring.traffic = Traffic::Poisson { rate_per_s: bad_number(dice) },
        1 => spring.traffic = Traffic::Closed { users: 0, think: Distribution::Constant { mean_ns: 1 } },
        2 => spring.traffic = Traffic::Closed { users: 1, think: bad_time(dice) },
        3 => spring.stop_at = Time::MAX,
        4 => spring.classes.clear(),
        5 => spring.classes.push(ClassSpec { priority: 8, ..ClassSpec::default() }),
        6 => {
            let keys = KeySpec::Zipf { keys: 3, exponent: bad_number(dice) };
            spring.classes.push(ClassSpec { keys, ..ClassSpec::default() });
        }
        _ => {
            world.springs.push(twin.clone());
            return Some(twin.id);
        }
    }
    Some(id)
}

fn spoil_client(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    let spring = one_of(&mut world.springs, dice)?;
    let mut call = CallSpec::default();
    let client = &mut call.client;
    let retry =
        RetrySpec { retries: 1, backoff: Backoff::default(), budget: BudgetSpec::Unlimited, on: RetryOn::default() };
    match dice.below(10) {
        0 => client.timeout_ns = 0,
        1 => client.timeout_ns = LONG_NS,
        2 => client.try_timeout_ns = Some(0),
        3 => client.retry = Some(RetrySpec { retries: dice.pick(&[0, 101, u32::MAX]), ..retry }),
        4 => {
            let backoff = Backoff { multiplier: bad_number(dice), ..Backoff::default() };
            client.retry = Some(RetrySpec { backoff, ..retry });
        }
        5 => {
            let budget = BudgetSpec::Grpc { max_tokens: 0, token_ratio_milli: 1 };
            client.retry = Some(RetrySpec { budget, ..retry });
        }
        6 => client.hedge = Some(HedgeSpec { delay_ns: 0, max: dice.pick(&[0, 5, u32::MAX]) }),
        7 => {
            client.breaker = Some(BreakerSpec::Hystrix {
                request_volume: 0,
                error_percent: 101,
                sleep_ns: u64::MAX,
                window_ns: 0,
                snapshot_ns: 0,
            });
        }
        8 => client.bulkhead = Some(BulkheadSpec { max_concurrent: 0, max_waiting: u32::MAX, max_wait_ns: 0 }),
        _ => call.to = Some(NOWHERE),
    }
    // In a program the same call is as bad.
    if dice.percent(50) && !world.services.is_empty() {
        let service = one_of(&mut world.services, dice)?;
        let calls = vec![call.clone(), call];
        service.endpoints.push(EndpointSpec {
            id: EndpointId(dice.bits()),
            program: vec![Step::Parallel { calls, wait: Wait::Any }],
        });
        return Some(service.id);
    }
    spring.classes.push(ClassSpec { call, ..ClassSpec::default() });
    Some(spring.id)
}

fn spoil_service(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    let service = one_of(&mut world.services, dice)?;
    let mut bad_step = None;
    match dice.below(20) {
        0 => service.replicas = dice.pick(&[0, 1_001, u32::MAX]),
        1 => service.workers = dice.pick(&[0, 1_000_001, u32::MAX]),
        2 => service.queue_limit = u32::MAX,
        3 => service.start_up_ns = LONG_NS,
        4 => service.service_time = bad_time(dice),
        5 => service.contention.sigma = bad_number(dice),
        6 => service.discipline = Discipline::Codel { target_ns: 0, interval_ns: dice.pick(&[0, 1, u64::MAX]) },
        7 => service.pools.push(PoolSpec { permits: 0, queue_limit: 0 }),
        8 => service.pools.push(PoolSpec { permits: 1, queue_limit: u32::MAX }),
        9 => service.pools.resize(17, PoolSpec { permits: 1, queue_limit: 0 }),
        10 => {
            let twin = EndpointSpec { id: EndpointId(5), program: Vec::new() };
            service.endpoints.extend([twin.clone(), twin]);
        }
        11 => bad_step = Some(Step::Compute { time: bad_time(dice) }),
        12 => {
            let (probability, then, otherwise) = (bad_number(dice), Vec::new(), Vec::new());
            bad_step = Some(Step::Chance { probability, then, otherwise });
        }
        13 => bad_step = Some(Step::ByKey { modulus: 0, below: 0, then: Vec::new(), otherwise: Vec::new() }),
        14 => bad_step = Some(Step::Acquire { pool: 16 }),
        15 => bad_step = Some(Step::Release { pool: u8::MAX }),
        16 => bad_step = Some(Step::Parallel { calls: Vec::new(), wait: Wait::Quorum(dice.pick(&[1, 255])) }),
        17 => bad_step = Some(Step::Parallel { calls: vec![CallSpec::default()], wait: Wait::Quorum(0) }),
        18 => bad_step = Some(nested(dice.between(17, 3_000))),
        _ => {
            let twin = service.clone();
            world.services.push(twin.clone());
            return Some(twin.id);
        }
    }
    if let Some(step) = bad_step {
        service.endpoints.push(EndpointSpec { id: EndpointId(dice.bits()), program: vec![step] });
    }
    Some(service.id)
}

/// Branches within branches.
fn nested(depth: u64) -> Step {
    (0..depth).fold(Step::Fail, |inner, _| Step::Chance { probability: 0.5, then: vec![inner], otherwise: Vec::new() })
}

fn spoil_pipe(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    let (spring, count) = (world.springs[0].id, world.pipes.len() as u64);
    let pipe = one_of(&mut world.pipes, dice)?;
    // Ends and outlets are spoilt in a new pipe, so that no other problem goes away with them.
    let mut other = PipeSpec { id: PieceId(60_000 + count), outlet: count as u8 + 100, ..pipe.clone() };
    match dice.below(12) {
        0 => pipe.bandwidth_bytes_per_s = 0,
        1 => (pipe.cells, pipe.propagation_ns_per_cell) = (u32::MAX, u64::MAX),
        2 => pipe.weight = dice.pick(&[0, 1_001, u32::MAX]),
        3 => pipe.loss = bad_number(dice),
        4 => pipe.queue_limit = u32::MAX,
        5 => pipe.jitter = Some(JitterSpec { extra: bad_time(dice), reorders: true }),
        6 => pipe.connection = Some(ConnectionSpec { round_trips: u32::MAX, idle_ns: 0 }),
        7 => pipe.connection = Some(ConnectionSpec { round_trips: 1, idle_ns: LONG_NS }),
        kind => {
            match kind {
                8 => other.from = NOWHERE,
                9 => other.to = dice.pick(&[NOWHERE, spring]),
                10 => other.outlet = pipe.outlet,
                _ => other.id = pipe.id,
            }
            world.pipes.push(other.clone());
            return Some(other.id);
        }
    }
    Some(pipe.id)
}

fn spoil_broker(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    let id = PieceId(90_000 + world.brokers.len() as u64);
    let mut broker = BrokerSpec::new(id);
    match dice.below(9) {
        0 => broker.partitions = dice.pick(&[0, 65, u16::MAX]),
        1 => broker.log_limit = dice.pick(&[0, 10_000_001, u32::MAX]),
        2 => broker.batch_events = dice.pick(&[0, 10_000_001, u32::MAX]),
        3 => broker.linger_ns = LONG_NS,
        4 => broker.append = bad_time(dice),
        5 => broker.redeliver_backoff_ns = dice.pick(&[0, 999_999, LONG_NS]),
        6 => broker.consume.to = Some(world.services[0].id),
        7 => broker.consume.optional = true,
        _ => broker.consume.client.timeout_ns = 0,
    }
    world.brokers.push(broker);
    Some(id)
}

fn spoil_hazard(world: &mut Blueprint, dice: &mut Dice) -> Option<PieceId> {
    let id = PieceId(70_000 + world.hazards.len() as u64);
    let (pipe, service) = (world.pipes[0].id, world.services[0].id);
    let window = |from, to| Window { from: Time::from_ms(from), to: Time::from_ms(to) };
    let schedule = |windows, repeat_ns| Schedule { windows, repeat_ns };
    let (always, slow) = (Schedule::always(), |factor| Fault::Slow { factor, replicas: 1 });
    let (on, schedule, fault) = match dice.below(10) {
        0 => (pipe, schedule(vec![window(2, 1)], None), Fault::Loss { probability: 0.5 }),
        1 => (pipe, schedule(vec![window(0, 2), window(1, 3)], None), Fault::Loss { probability: 0.5 }),
        2 => {
            (pipe, schedule(vec![window(0, 2)], Some(dice.pick(&[0, 1, 1_000_000]))), Fault::Loss { probability: 0.5 })
        }
        3 => (pipe, schedule(Vec::new(), Some(dice.pick(&[0, 999]))), Fault::Loss { probability: 0.5 }),
        4 => (pipe, always, Fault::Loss { probability: bad_number(dice) }),
        5 => (pipe, always, Fault::Delay { extra: bad_time(dice) }),
        6 => (pipe, always, Fault::Bandwidth { factor: dice.pick(&[0.0, f64::NAN, -1.0, 1.5]) }),
        7 => (service, always, slow(bad_number(dice))),
        8 => (service, always, Fault::Partition { forward: true, backward: true }),
        _ => (dice.pick(&[pipe, NOWHERE]), always, Fault::Crash { replicas: 1, silent: true }),
    };
    world.hazards.push(HazardSpec { id, on, schedule, fault });
    Some(id)
}

#[test]
fn an_inconsistent_blueprint_is_refused_with_every_reason() {
    let (a, b) = (PieceId(1), PieceId(2));
    let blueprint = Blueprint {
        springs: vec![SpringSpec::new(a).rate_per_s(f64::NAN).timeout_ns(0)],
        services: vec![ServiceSpec { workers: 0, ..ServiceSpec::new(a) }],
        pipes: vec![PipeSpec { bandwidth_bytes_per_s: 0, ..PipeSpec::new(b, b, a) }],
        ..Blueprint::default()
    };
    let problems = Simulation::new(&blueprint, 0).unwrap_err();
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 6, "{text:#?}");
    assert!(text.iter().any(|t| t.contains("rate_per_s must be from 0 to 10,000,000")), "{text:#?}");
}
