//! Runs the reference load once: something for a profiler to look at. The arguments are the number of requests, and how
//! many copies of the load share them.

use pipe_maze_sim::reference::reference_loads;
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
    let argument = |nth| std::env::args().nth(nth).and_then(|n| n.parse().ok());
    let (requests, copies) = (argument(1).unwrap_or(1_000_000), argument(2).unwrap_or(1));
    let mut run = Simulation::new(&reference_loads(requests, copies as u32), 1).expect("the reference load is sound");
    let mut sum = Sum::default();
    run.advance_to(Time::MAX, &mut sum);
    let issued = run.view().totals().issued;
    println!("{issued} requests, {:.3} ms on average, digest {}", sum.0 as f64 / issued as f64 / 1e6, run.digest());
}
