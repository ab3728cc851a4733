//! The reference load: what speed is measured on, in benchmarks, in the lab and in the page alike.

use crate::blueprint::{BalancerSpec, Blueprint, ClientSpec, PipeSpec, ServiceSpec, SpringSpec};
use crate::call::balancer::Policy;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::service::distribution::Distribution;

/// Workers behind the balancer, one a service.
const WORKERS: u64 = 10;
/// Mean work of a request: 1 ms.
const MEAN_NS: u64 = 1_000_000;
/// Share of the workers' time that is used.
const LOAD: f64 = 0.7;

/// A Poisson spring at 70 % of capacity -> a balancer that takes the less busy of two -> ten services of one exponential
/// worker each, through pipes of 1 ms; clients that wait 1 s. Six events a request are executed; its timeout is
/// cancelled by the response. The spring issues `requests` requests, to within the chance of a Poisson process.
pub fn reference_load(requests: u64) -> Blueprint {
    reference_load_of(requests, WORKERS)
}

/// The same with so many services.
pub fn reference_load_of(requests: u64, services: u64) -> Blueprint {
    let (spring, balancer) = (PieceId(1), PieceId(2));
    let rate_per_s = LOAD * services as f64 * 1e9 / MEAN_NS as f64;
    let stop_at = Time::from_ns((requests as f64 / rate_per_s * 1e9) as u64);
    let client = ClientSpec::with_timeout_ns(1_000_000_000);
    let call = crate::blueprint::CallSpec { client, ..Default::default() };
    let pipe = |id: u64, from, to| PipeSpec {
        bandwidth_bytes_per_s: 1_000_000_000_000_000,
        ..PipeSpec::new(PieceId(id), from, to)
    };
    let service = |i: u64| ServiceSpec {
        queue_limit: 1_000_000,
        service_time: Distribution::Exponential { mean_ns: MEAN_NS },
        ..ServiceSpec::new(PieceId(100_000 + i))
    };
    let mut pipes = vec![pipe(10, spring, balancer)];
    pipes.extend(
        (0..services).map(|i| PipeSpec { outlet: i as u8, ..pipe(200_000 + i, balancer, PieceId(100_000 + i)) }),
    );
    Blueprint {
        springs: vec![SpringSpec::new(spring).rate_per_s(rate_per_s).stop_at(stop_at).calling(call)],
        services: (0..services).map(service).collect(),
        balancers: vec![BalancerSpec { id: balancer, policy: Policy::LeastRequest }],
        pipes,
        ..Blueprint::default()
    }
}
