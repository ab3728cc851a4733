//! The corpus: a fixed set of small runs that together use every part of the engine. Their digests are compared between
//! the native build and the browser's, and with those of the last commit: whoever changes one raises [`crate::RULES`].

use crate::*;

/// A run of the corpus.
pub struct Case {
    /// What it is called.
    pub name: &'static str,
    /// What it is made of.
    pub blueprint: Blueprint,
    /// What is done to it, in order of time.
    pub commands: Vec<(Time, Action)>,
    /// When it is over.
    pub until: Time,
}

impl Case {
    /// Runs it and gives its digest.
    ///
    /// # Errors
    /// The problems of its blueprint, of which there are none unless the corpus is wrong.
    pub fn digest(&self, seed: u64) -> Result<Digest, Vec<Problem>> {
        let mut run = Simulation::new(&self.blueprint, seed)?;
        for &(at, action) in &self.commands {
            run.advance_to(at, &mut ());
            // A refusal is as much a part of the run as a success.
            let refused = run.apply(action, &mut ()).is_err();
            debug_assert!(!refused, "{}: {action:?} is refused", self.name);
        }
        run.advance_to(self.until, &mut ());
        Ok(run.digest())
    }
}

/// All runs.
pub fn corpus() -> Vec<Case> {
    vec![
        case("reference", reference::reference_load(2_000), Vec::new()),
        case("distributions", distributions(), Vec::new()),
        case("traffic", traffic(), Vec::new()),
        case(
            "policies",
            policies(),
            vec![(ms(300), Action::SetPolicy { balancer: id("lb-0"), policy: Policy::Random })],
        ),
        case("programs", programs(), Vec::new()),
        case("clients", clients(), Vec::new()),
        case("hazards", hazards(), faults()),
    ]
}

fn case(name: &'static str, blueprint: Blueprint, commands: Vec<(Time, Action)>) -> Case {
    Case { name, blueprint, commands, until: ms(3_000) }
}

const fn ms(ms: u64) -> Time {
    Time::from_ms(ms)
}

const MS: u64 = 1_000_000;

const fn id(name: &str) -> PieceId {
    PieceId::from_name(name)
}

fn pipe(from: &str, outlet: u8, to: &str) -> PipeSpec {
    PipeSpec { outlet, ..PipeSpec::new(id(&format!("{from}>{to}")), id(from), id(to)) }
}

fn spring(name: &str, rate_per_s: f64) -> SpringSpec {
    SpringSpec::new(id(name)).rate_per_s(rate_per_s).stop_at(ms(1_000)).timeout_ns(400 * MS)
}

fn service(name: &str, service_time: Distribution) -> ServiceSpec {
    ServiceSpec { service_time, workers: 2, queue_limit: 20, ..ServiceSpec::new(id(name)) }
}

fn exponential(ms: u64) -> Distribution {
    Distribution::Exponential { mean_ns: ms * MS }
}

/// Each distribution behind a spring of its own, each with another discipline.
fn distributions() -> Blueprint {
    let mean_ns = 12 * MS;
    let points = [(0.0, MS), (0.5, 5 * MS), (0.9, 20 * MS), (1.0, 90 * MS)];
    let times = [
        Distribution::Constant { mean_ns },
        Distribution::Exponential { mean_ns },
        Distribution::Erlang { stages: 3, mean_ns },
        Distribution::LogNormal { mean_ns, sigma: 1.0 },
        Distribution::Pareto { shape: 1.8, minimum_ns: 4 * MS },
        Distribution::HyperExponential { p: 0.8, mean_a_ns: 5 * MS, mean_b_ns: 40 * MS },
        Distribution::Uniform { min_ns: MS, max_ns: 25 * MS },
        Distribution::Empirical { points: points.into() },
    ];
    let disciplines = [Discipline::Fifo, Discipline::Lifo, Discipline::Priority, Discipline::CODEL];
    let mut blueprint = Blueprint::default();
    for (i, time) in times.into_iter().enumerate() {
        let (from, to) = (format!("spring-{i}"), format!("room-{i}"));
        let mut source = spring(&from, 170.0);
        source.classes = (0..3)
            .map(|priority| ClassSpec { priority, weight: 1 + u32::from(priority), ..source.classes[0].clone() })
            .collect();
        blueprint.springs.push(source);
        blueprint.services.push(ServiceSpec { discipline: disciplines[i % 4], ..service(&to, time) });
        blueprint.pipes.push(pipe(&from, 0, &to));
    }
    blueprint.services[0].contention = Contention { sigma: 0.1, kappa: 0.01 };
    blueprint
}

/// Each kind of traffic, and keys of each kind, into stores.
fn traffic() -> Blueprint {
    let phase = |rate_per_s, mean| traffic::Phase { rate_per_s, mean_ns: mean * MS };
    let point = |at, rate_per_s| traffic::RatePoint { at: ms(at), rate_per_s };
    let arrivals: Vec<Time> = (0..60).map(|i| ms(i * i / 4)).collect();
    let kinds = [
        Traffic::Poisson { rate_per_s: 100.0 },
        Traffic::Deterministic { rate_per_s: 90.0 },
        Traffic::Bursty { phases: vec![phase(20.0, 100), phase(400.0, 40)] },
        Traffic::Curve {
            points: vec![point(0, 10.0), point(500, 300.0), point(500, 20.0)],
            repeat_ns: Some(1_000 * MS),
        },
        Traffic::Replay { arrivals: arrivals.into() },
        Traffic::Closed { users: 12, think: exponential(60) },
    ];
    let keys = [
        KeySpec::Uniform { keys: 50 },
        KeySpec::Zipf { keys: 100, exponent: 1.1 },
        KeySpec::Session { sessions: 30 },
        KeySpec::None,
    ];
    let mut blueprint = Blueprint::default();
    for (i, kind) in kinds.into_iter().enumerate() {
        let (from, to) = (format!("spring-{i}"), format!("store-{i}"));
        let mut source = spring(&from, 1.0).traffic(kind);
        source.classes[0].keys = keys[i % 4];
        blueprint.springs.push(source);
        let then = vec![Step::Write { time: exponential(6) }];
        let otherwise = vec![Step::Read { time: exponential(3) }];
        let program = vec![Step::ByKey { modulus: 5, below: 2, then, otherwise }];
        let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
        blueprint.services.push(ServiceSpec { endpoints, ..service(&to, exponential(1)) });
        blueprint.pipes.push(pipe(&from, 0, &to));
    }
    blueprint
}

/// Each policy, with weights that differ, over pipes that lose, jitter, overtake and connect.
fn policies() -> Blueprint {
    let all = [
        Policy::RoundRobin,
        Policy::LeastRequest,
        Policy::Random,
        Policy::LeastRequestFullScan,
        Policy::PowerOfTwo,
        Policy::LeastResponseTime,
    ];
    let mut blueprint = Blueprint::default();
    for (i, policy) in all.into_iter().enumerate() {
        let (from, lb) = (format!("spring-{i}"), format!("lb-{i}"));
        blueprint.springs.push(spring(&from, 150.0));
        blueprint.balancers.push(BalancerSpec { id: id(&lb), policy });
        blueprint.pipes.push(PipeSpec { loss: 0.02, ..pipe(&from, 0, &lb) });
        for outlet in 0..3 {
            let room = format!("room-{i}-{outlet}");
            blueprint.services.push(service(&room, exponential(8 + 6 * u64::from(outlet))));
            let jitter = JitterSpec { extra: exponential(4), reorders: outlet == 1 };
            blueprint.pipes.push(PipeSpec {
                weight: 1 + u32::from(outlet) * (i as u32 % 2),
                jitter: (outlet > 0).then_some(jitter),
                connection: (outlet == 2).then_some(ConnectionSpec { round_trips: 2, idle_ns: 30 * MS }),
                bandwidth_bytes_per_s: 400_000,
                ..pipe(&lb, outlet, &room)
            });
        }
    }
    blueprint
}

/// A front that calls in every way it can.
fn programs() -> Blueprint {
    let call = |to: &str| {
        CallSpec::new(id(to), EndpointId::MAIN).client(ClientSpec {
            propagates_deadline: true,
            cancels: true,
            ..ClientSpec::with_timeout_ns(150 * MS)
        })
    };
    let both = || vec![call("a"), call("b")];
    let program = vec![
        Step::Compute { time: exponential(1) },
        Step::Acquire { pool: 0 },
        Step::Call(CallSpec { optional: true, ..call("a") }),
        Step::Release { pool: 0 },
        Step::Chance {
            probability: 0.5,
            then: vec![Step::Parallel { calls: both(), wait: Wait::All }],
            otherwise: vec![Step::Parallel { calls: both(), wait: Wait::Any }],
        },
        Step::Parallel { calls: vec![call("a"), call("b"), call("a")], wait: Wait::Quorum(2) },
        Step::Publish(call("b")),
        Step::Sleep { time: Distribution::Constant { mean_ns: MS } },
        Step::Chance { probability: 0.05, then: vec![Step::Fail], otherwise: Vec::new() },
    ];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let front = ServiceSpec {
        endpoints,
        replicas: 2,
        workers: 6,
        drops_expired: true,
        pools: vec![PoolSpec { permits: 3, queue_limit: 4 }],
        ..service("front", exponential(1))
    };
    Blueprint {
        springs: vec![spring("spring", 120.0)],
        services: vec![front, service("a", exponential(5)), service("b", exponential(9))],
        pipes: vec![pipe("spring", 0, "front"), pipe("front", 0, "a"), pipe("front", 1, "b")],
        ..Blueprint::default()
    }
}

/// Clients with all that a client can have, in front of a service that is too small.
fn clients() -> Blueprint {
    let retry = |jitter, budget| RetrySpec {
        retries: 3,
        backoff: Backoff { base_ns: 5 * MS, cap_ns: 80 * MS, multiplier: 2.0, jitter },
        budget,
        on: RetryOn::default(),
    };
    let with = |retry, hedge, breaker, bulkhead| ClientSpec {
        try_timeout_ns: Some(60 * MS),
        retry,
        hedge,
        breaker,
        bulkhead,
        cancels: hedge.is_some(),
        ..ClientSpec::with_timeout_ns(300 * MS)
    };
    let hedge = Some(HedgeSpec { delay_ns: 12 * MS, max: 2 });
    let bulkhead = Some(BulkheadSpec { max_concurrent: 4, max_waiting: 6, max_wait_ns: 20 * MS });
    let clients = [
        with(Some(retry(Jitter::None, BudgetSpec::Unlimited)), None, None, None),
        with(Some(retry(Jitter::Full, BudgetSpec::finagle())), None, Some(BreakerSpec::hystrix()), None),
        with(Some(retry(Jitter::Equal, BudgetSpec::envoy())), hedge, None, bulkhead),
        with(Some(retry(Jitter::Decorrelated, BudgetSpec::grpc())), hedge, Some(quick_breaker()), None),
        with(Some(retry(Jitter::Envoy, BudgetSpec::Unlimited)), None, None, bulkhead),
    ];
    let mut blueprint = Blueprint::default();
    for (i, client) in clients.into_iter().enumerate() {
        let (from, to) = (format!("spring-{i}"), format!("room-{i}"));
        blueprint.springs.push(spring(&from, 210.0).calling(CallSpec { client, ..CallSpec::default() }));
        blueprint.services.push(ServiceSpec { queue_limit: 8, ..service(&to, exponential(12)) });
        blueprint.pipes.push(pipe(&from, 0, &to));
    }
    blueprint
}

fn quick_breaker() -> BreakerSpec {
    BreakerSpec::Resilience4j {
        window: 20,
        minimum_calls: 10,
        failure_percent: 30,
        slow_call_ns: 50 * MS,
        slow_percent: 80,
        open_ns: 90 * MS,
        half_open_calls: 3,
    }
}

/// Every fault, by schedule.
fn hazards() -> Blueprint {
    let mut blueprint = programs();
    let window = |from, to| Schedule::once(ms(from), ms(to));
    let faults = [
        ("delay", "spring>front", Schedule::cycle(ms(50), 20 * MS, 100 * MS), Fault::Delay { extra: exponential(10) }),
        ("loss", "front>a", window(200, 300), Fault::Loss { probability: 0.2 }),
        ("narrow", "front>b", window(100, 700), Fault::Bandwidth { factor: 0.05 }),
        ("cut", "front>a", window(400, 450), Fault::Partition { forward: false, backward: true }),
        ("slow", "b", window(500, 800), Fault::Slow { factor: 4.0, replicas: 1 }),
        ("errors", "a", window(600, 650), Fault::Errors { probability: 0.4 }),
        ("pause", "front", window(700, 760), Fault::Pause { replicas: 1 }),
        ("crash", "b", window(820, 880), Fault::Crash { replicas: 1, silent: true }),
        ("never", "b", Schedule::never(), Fault::Errors { probability: 1.0 }),
    ];
    blueprint.hazards = faults
        .into_iter()
        .map(|(name, on, schedule, fault)| HazardSpec { id: id(name), on: id(on), schedule, fault })
        .collect();
    blueprint
}

fn faults() -> Vec<(Time, Action)> {
    let service = id("front");
    vec![
        (ms(100), Action::Scale { service, replicas: 4 }),
        (ms(150), Action::Crash { service, replica: 1, silent: false }),
        (ms(180), Action::Restart { service, replica: 1 }),
        (ms(220), Action::SetPaused { service, replica: 2, paused: true }),
        (ms(260), Action::SetPaused { service, replica: 2, paused: false }),
        (ms(300), Action::Drain { service, replica: 0 }),
        (ms(350), Action::SetShut { pipe: id("front>b"), shut: true }),
        (ms(380), Action::SetShut { pipe: id("front>b"), shut: false }),
        (ms(420), Action::SetPartition { pipe: id("front>b"), forward: true, backward: false }),
        (ms(460), Action::SetPartition { pipe: id("front>b"), forward: false, backward: false }),
        (ms(900), Action::SetHazard { hazard: id("never"), active: true }),
        (ms(950), Action::Scale { service, replicas: 1 }),
    ]
}
