//! The reference load: the work by which this simulation's speed is stated. Benchmarks, the lab and the page share it.
//!
//! ```text
//!  spring --pipe--> balancer --10 pipes--> 10 services      each pipe: 1 ms, bandwidth without limit
//!  Poisson, 7,000/s   two choices            one worker each, exponential, mean 1 ms, busy 70 % of the time
//! ```
//!
//! A request is six events: its issue, two pipes there, the end of its work, two pipes back. Its client would give up
//! after a second, which it practically never does.

use crate::blueprint::{BalancerSpec, Blueprint, PipeSpec, ServiceSpec, SpringSpec};
use crate::call::balancer::Policy;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::service::distribution::Distribution;

/// Services behind each balancer.
pub const SERVICES: u8 = 10;
/// Requests that each spring issues a second: 70 % of what its services can do.
pub const RATE_PER_S: f64 = 7_000.0;
/// Pieces and pipes of one copy of the load.
pub const PIECES: u32 = 2 + 1 + 2 * SERVICES as u32;
/// Work of a service for one request, on average, in nanoseconds.
const WORK_MEAN_NS: u64 = 1_000_000;
/// How long a client waits, in nanoseconds.
const TIMEOUT_NS: u64 = 1_000_000_000;

/// The reference load, with so many requests on average.
pub fn reference_load(requests: u64) -> Blueprint {
    reference_loads(1, requests)
}

/// Several copies of the reference load, side by side, with so many requests altogether on average.
pub fn reference_loads(copies: u32, requests: u64) -> Blueprint {
    let copies = copies.max(1);
    let duration_ns = requests as f64 / (f64::from(copies) * RATE_PER_S) * 1e9;
    let mut blueprint = Blueprint::default();
    for copy in 0..copies {
        let id = |what: u64, nth: u8| PieceId(u64::from(copy) << 16 | what << 8 | u64::from(nth));
        let (spring, balancer) = (id(1, 0), id(2, 0));
        let stop_at = Time::from_ns(duration_ns as u64);
        let source = SpringSpec::new(spring).rate_per_s(RATE_PER_S).stop_at(stop_at).timeout_ns(TIMEOUT_NS);
        blueprint.springs.push(source);
        blueprint.balancers.push(BalancerSpec { id: balancer, policy: Policy::LeastRequest });
        blueprint.pipes.push(pipe(id(3, 0), spring, 0, balancer));
        for nth in 0..SERVICES {
            let service = id(4, nth);
            let service_time = Distribution::Exponential { mean_ns: WORK_MEAN_NS };
            blueprint.services.push(ServiceSpec { service_time, ..ServiceSpec::new(service) });
            blueprint.pipes.push(pipe(id(5, nth), balancer, nth, service));
        }
    }
    blueprint
}

/// A pipe in which nothing ever waits.
fn pipe(id: PieceId, from: PieceId, outlet: u8, to: PieceId) -> PipeSpec {
    PipeSpec { outlet, bandwidth_bytes_per_s: u64::MAX, ..PipeSpec::new(id, from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::Fact;
    use crate::simulation::Simulation;

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
        let share = busy_ns as f64 / (run.now().as_ns().min(50_000_000_000 / 7) as f64 * f64::from(SERVICES));
        // The mean of so many exponential and Poisson numbers: four standard errors each.
        assert!((share - 0.7).abs() < 0.7 * 8.0 / 50_000f64.sqrt(), "{share}");
    }

    #[test]
    fn copies_share_the_requests_and_nothing_else() {
        let loads = reference_loads(3, 3_000);
        assert_eq!(loads.check(), Ok(()));
        let pieces = loads.springs.len() + loads.balancers.len() + loads.services.len() + loads.pipes.len();
        assert_eq!(pieces, 3 * PIECES as usize);
    }
}
