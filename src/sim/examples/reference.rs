//! Runs the reference load once: something for a profiler to look at. The argument is the number of requests.

use pipe_maze_sim::reference::reference_load;
use pipe_maze_sim::{Fact, Observer, Simulation, Time};

/// Sums up latencies.
#[derive(Default)]
struct Sum(u64);

impl Observer for Sum {
    fn fact(&mut self, _at: Time, fact: &Fact) {
        if let Fact::Ended { parts, .. } = fact {
            self.0 += parts.total_ns();
        }
    }

    fn follows(&self) -> bool {
        false
    }
}

fn main() {
    let requests = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1_000_000);
    let mut run = Simulation::new(&reference_load(requests), 1).expect("the reference load is sound");
    let mut sum = Sum::default();
    run.advance_to(Time::MAX, &mut sum);
    let issued = run.view().totals().issued;
    println!("{issued} requests, {:.3} ms on average, digest {}", sum.0 as f64 / issued as f64 / 1e6, run.digest());
}
