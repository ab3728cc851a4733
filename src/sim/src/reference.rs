//! The reference load: what speed is measured on, in benchmarks, in the lab and in the page alike.

use crate::blueprint::{BalancerSpec, Blueprint, ClientSpec, PipeSpec, ServiceSpec, SpringSpec};
use crate::call::balancer::Policy;
use crate::fact::{Fact, Observer};
use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::simulation::Simulation;
use crate::traffic::Traffic;

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

/// Copies of the reference load, side by side: 23 pieces and pipes each. The springs issue `requests` requests
/// altogether, to within the chance of Poisson processes.
pub fn reference_loads(requests: u64, copies: u32) -> Blueprint {
    let mut all = Blueprint::default();
    for copy in 0..u64::from(copies) {
        let own = |id: PieceId| PieceId(id.0 | copy << 32);
        let mut load = reference_load(requests / u64::from(copies));
        load.springs.iter_mut().for_each(|spring| spring.id = own(spring.id));
        load.services.iter_mut().for_each(|service| service.id = own(service.id));
        load.balancers.iter_mut().for_each(|balancer| balancer.id = own(balancer.id));
        for pipe in &mut load.pipes {
            (pipe.id, pipe.from, pipe.to) = (own(pipe.id), own(pipe.from), own(pipe.to));
        }
        all.springs.append(&mut load.springs);
        all.services.append(&mut load.services);
        all.balancers.append(&mut load.balancers);
        all.pipes.append(&mut load.pipes);
    }
    all
}

/// Copies side by side again, but the requests of one reference load are all that they have between them: each spring
/// issues its share of them in the time of one.
pub fn reference_load_among(requests: u64, copies: u32) -> Blueprint {
    let mut all = reference_loads(requests, copies);
    for spring in &mut all.springs {
        if let Traffic::Poisson { rate_per_s } = &mut spring.traffic {
            *rate_per_s /= f64::from(copies);
        }
        spring.stop_at = Time::from_ns(spring.stop_at.as_ns() * u64::from(copies));
    }
    all
}

/// Runs it to its end with an observer that looks at each end, and at nothing else. Gives the latencies' sum, in
/// nanoseconds.
///
/// What observes a run is compiled into it, by whoever calls: here that is this crate, optimised as it is, and not a game
/// whose other parts are to be compiled fast.
pub fn run_to_end(run: &mut Simulation) -> u64 {
    let mut ends = Ends::default();
    run.advance_to(Time::MAX, &mut ends);
    ends.latency_ns
}

#[derive(Default)]
struct Ends {
    latency_ns: u64,
}

impl Observer for Ends {
    fn fact(&mut self, _at: Time, fact: &Fact) {
        if let Fact::Ended { parts, .. } = fact {
            self.latency_ns = self.latency_ns.wrapping_add(parts.total_ns());
        }
    }

    fn follows(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_takes_six_events_and_its_share_of_capacity() {
        let mut run = Simulation::new(&reference_load(50_000), 1).unwrap();
        let (mut events, mut ended) = (0u64, 0u64);
        let mut count = |_: Time, fact: &Fact| ended += u64::from(matches!(fact, Fact::Ended { .. }));
        while run.step(Time::MAX, &mut count) {
            events += 1;
        }
        let totals = run.view().totals();
        assert_eq!((totals.answered, totals.issued), (ended, ended), "nothing is lost");
        // A Poisson number: four standard deviations.
        assert!((ended as f64 - 50_000.0).abs() < 4.0 * 50_000f64.sqrt(), "{ended}");
        // One live timer of all clients together comes up once a timeout, and nothing else.
        assert!(events >= 6 * ended && events < 6 * ended + 100, "{events} events for {ended} requests");
        let busy_ns: u64 = run.view().services().map(|service| service.busy_ns).sum();
        let share = busy_ns as f64 * LOAD / (ended as f64 * MEAN_NS as f64);
        // The mean of so many exponential numbers: four standard errors.
        assert!((share - LOAD).abs() < LOAD * 4.0 / (ended as f64).sqrt(), "{share}");
    }

    #[test]
    fn one_load_among_copies_takes_as_long_as_one() {
        let ends = |loads: &Blueprint| loads.springs[0].stop_at.as_ns();
        let (alone, among) = (reference_load(30_000), reference_load_among(30_000, 3));
        assert!(ends(&alone).abs_diff(ends(&among)) <= 3, "{} and {}", ends(&alone), ends(&among));
        let mut run = Simulation::new(&among, 1).unwrap();
        run.advance_to(Time::MAX, &mut ());
        let issued = run.view().totals().issued as f64;
        assert!((issued - 30_000.0).abs() < 4.0 * 30_000f64.sqrt(), "{issued}");
    }

    #[test]
    fn copies_share_the_requests_and_nothing_else() {
        let loads = reference_loads(30_000, 3);
        let pieces = loads.springs.len() + loads.balancers.len() + loads.services.len() + loads.pipes.len();
        assert_eq!(pieces, 3 * 23);
        let mut run = Simulation::new(&loads, 1).unwrap();
        run.advance_to(Time::MAX, &mut ());
        for spring in run.view().springs() {
            assert!((spring.issued as f64 - 10_000.0).abs() < 4.0 * 10_000f64.sqrt(), "{}", spring.issued);
        }
        assert_eq!(run.view().totals().answered, run.view().totals().issued);
    }
}
