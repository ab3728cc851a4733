//! Runs of what pieces alone do: services, springs, stores, balancers and pipes.

use super::{MS, exponential, id, ms, pipe, service, spring};
use crate::*;

/// Each distribution behind a spring of its own, each with another discipline.
pub(super) fn distributions() -> Blueprint {
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
pub(super) fn traffic() -> Blueprint {
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
pub(super) fn policies() -> Blueprint {
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

/// Gateways: by path, by weight, in front of each other, and with a limit.
pub(super) fn gateways() -> Blueprint {
    let paths = ["browse", "buy", "batch"].map(EndpointId::from_name);
    let mut source = spring("spring", 400.0);
    let class = source.classes[0].clone();
    source.classes =
        paths.iter().zip([5, 2, 3]).map(|(&path, weight)| ClassSpec { weight, path, ..class.clone() }).collect();
    let route = |paths: &[EndpointId], to: &[(u8, u32)]| RouteSpec { paths: paths.to_vec(), to: to.to_vec() };
    let limit = RateLimitSpec { paths: vec![paths[2]], interval_ns: 20 * MS, burst: 8 };
    let entry = vec![route(&paths[1..2], &[(1, 1)]), route(&[], &[(0, 90), (2, 10)])];
    // Nothing leads on from its last outlet.
    let behind = vec![route(&paths[..1], &[(0, 3), (1, 1)]), route(&paths[2..], &[(1, 9), (7, 1)])];
    Blueprint {
        springs: vec![source],
        services: ["room-0", "room-1", "room-2"].map(|name| service(name, exponential(4))).to_vec(),
        gateways: vec![
            GatewaySpec { id: id("entry"), routes: entry, limit: Some(limit) },
            GatewaySpec { id: id("behind"), routes: behind, limit: None },
        ],
        pipes: vec![
            pipe("spring", 0, "entry"),
            pipe("entry", 0, "behind"),
            pipe("entry", 1, "room-2"),
            PipeSpec { loss: 0.02, ..pipe("entry", 2, "room-1") },
            pipe("behind", 0, "room-0"),
            pipe("behind", 1, "room-1"),
        ],
        ..Blueprint::default()
    }
}
