//! Too much to do: what contention leaves of many workers, and what a queue does about its length.

use super::harness::*;
use pipe_maze_sim::*;

#[test]
fn contention_leaves_what_gunthers_law_says() {
    // C(N) = N / (1 + sigma (N - 1) + kappa N (N - 1)): 1.74, 4.19, 4.26, 3.86 with these; ten do more than sixteen.
    let (sigma, kappa) = (0.05, 0.01);
    for (nth, n) in (250..).zip([2u32, 8, 10, 16]) {
        let service = ServiceSpec {
            contention: Contention { sigma, kappa },
            queue_limit: 100,
            ..room(n, Distribution::Constant { mean_ns: UNIT_NS })
        };
        let mut run = Simulation::new(&line(spring("spring", 50.0, 50_000), service), seed(nth)).expect("it is sound");
        let mut served_at = |units| {
            run.advance_to(at(units), &mut ());
            run.view().services().map(|service| service.served).sum::<u64>() as f64
        };
        let (before, after) = (served_at(100.0), served_at(1_000.0));
        let m = f64::from(n);
        let capacity = m / (1.0 + sigma * (m - 1.0) + kappa * m * (m - 1.0));
        println!("oracle | USL {n} workers | {} | {capacity}", (after - before) / 900.0);
        // All are always busy, each for the same time again and again: no more than one job each is cut off by the ends.
        assert!((after - before - capacity * 900.0).abs() <= m, "{n} workers: {} in 900 s", after - before);
    }
}

/// Waits of those served, after ten seconds, and the share of requests turned away, at 25 % more than the service can do.
fn overloaded(discipline: Discipline, nth: u64) -> (Vec<f64>, f64) {
    let time = Distribution::Constant { mean_ns: MS };
    let service = ServiceSpec { discipline, queue_limit: 1_000, ..room(1, time) };
    let all = endings(&line(spring("spring", 1_250.0, 250_000), service), nth);
    let waits = all.iter().filter(|e| e.outcome == Outcome::Answered).map(|e| e.wait * 1e3).collect();
    (waits, mean(&whether(&all, |e| e.outcome == Outcome::Rejected)))
}

#[test]
fn codel_keeps_a_queue_short_that_fifo_lets_stand() {
    let (fifo, fifo_lost) = overloaded(Discipline::Fifo, 255);
    let (codel, codel_lost) = overloaded(Discipline::CODEL, 256);
    println!("oracle | FIFO wait, loss | {} {fifo_lost}", mean(&fifo));
    println!("oracle | CoDel wait, loss | {} {codel_lost}", mean(&codel));
    let mut s = codel.clone();
    s.sort_by(f64::total_cmp);
    println!("CoDel percentiles {:?}", [0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999].map(|p| s[(s.len() as f64 * p) as usize]));
}
