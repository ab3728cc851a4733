//! Whether the cost of a request and the memory of a run stay the same, however many requests there are.
//!
//! `cargo bench -p pipe-maze-sim --bench growth`; a number after `--` is the most requests, 10^8 without it. Each line is
//! one run of the reference load with attribution, and with metrics in a hundred windows.

use pipe_maze_sim::reference::reference_load;
use pipe_maze_sim::{Metrics, Simulation, Time};
use std::time::Instant;

/// The fewest requests.
const FEWEST: u64 = 10_000;
/// The most, where nothing else is said.
const MOST: u64 = 100_000_000;
/// Requests of the reference load in a second.
const RATE_PER_S: u64 = 7_000;
/// The shortest time that is measured: short runs are repeated.
const REQUESTS_TIMED: u64 = 1_000_000;

fn main() {
    let most = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(MOST);
    println!("{:>12}  {:>14}  {:>14}", "requests", "ns per request", "kB of the run");
    let tenfold = std::iter::successors(Some(FEWEST), |requests| requests.checked_mul(10));
    for requests in tenfold.take_while(|&requests| requests <= most) {
        let (ns, bytes) = measure(requests);
        println!("{requests:>12}  {ns:>14.1}  {:>14.1}", bytes as f64 / 1e3);
    }
}

/// The least time of a request, in nanoseconds, and the bytes that a copy of the run takes when half of it is over.
fn measure(requests: u64) -> (f64, usize) {
    let load = reference_load(requests);
    let length_ns = requests * 1_000_000_000 / RATE_PER_S;
    let mut least_ns = f64::INFINITY;
    let mut bytes = 0;
    for _ in 0..(REQUESTS_TIMED / requests).max(1) {
        let mut run = Simulation::new(&load, 1).expect("the reference load is sound");
        let mut metrics = Metrics::new(length_ns / 100);
        let began = Instant::now();
        run.advance_to(Time::from_ns(length_ns / 2), &mut metrics);
        bytes = run.heap_bytes();
        run.advance_to(Time::MAX, &mut metrics);
        let ns = began.elapsed().as_nanos() as f64;
        least_ns = least_ns.min(ns / run.view().totals().issued as f64);
    }
    (least_ns, bytes)
}
