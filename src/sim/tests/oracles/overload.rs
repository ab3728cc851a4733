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

/// When each request was served and how long it had waited, in milliseconds, at 5 % more than the service can do, from
/// one minute on to the next; and how many were turned away meanwhile.
fn overloaded(discipline: Discipline, nth: u64) -> (Vec<(f64, f64)>, u64) {
    let time = Distribution::Constant { mean_ns: MS };
    let service = ServiceSpec { discipline, queue_limit: 1_000, ..room(1, time) };
    let (mut waits, mut lost) = (Vec::new(), 0);
    watch(&line(spring("spring", 1_050.0, 126_000), service), nth, |now, fact| match fact {
        Fact::Ended { outcome, parts, .. } if (at(60.0)..at(120.0)).contains(&now) => {
            lost += u64::from(*outcome != Outcome::Answered);
            if *outcome == Outcome::Answered {
                waits.push((now.as_ms_f64(), parts.queue_ns as f64 / MS as f64));
            }
        }
        _ => {}
    });
    (waits, lost)
}

/// The longest time in which everyone waited for longer than that: a standing queue.
fn longest_stand_ms(waits: &[(f64, f64)], target_ms: f64) -> f64 {
    let short = waits.iter().filter(|&&(_, wait)| wait < target_ms).map(|&(at, _)| at);
    let ends = [waits[waits.len() - 1].0];
    let mut last = waits[0].0;
    short.chain(ends).fold(0.0, |longest: f64, at| longest.max(at - std::mem::replace(&mut last, at)))
}

#[test]
fn codel_keeps_a_queue_short_that_fifo_lets_stand() {
    let (fifo, fifo_lost) = overloaded(Discipline::Fifo, 255);
    let (codel, codel_lost) = overloaded(Discipline::CODEL, 256);
    let wait = |waits: &[(f64, f64)]| mean(&waits.iter().map(|&(_, wait)| wait).collect::<Vec<_>>());
    // First come first served: the worker never rests, what is too much is lost, and the full queue stands for ever.
    assert_eq!(fifo.len(), 60_000, "one served in each millisecond");
    assert!(longest_stand_ms(&fifo, 5.0) > 59_990.0, "nobody waits for less than the target");
    // CoDel, as a fluid: its drops come at t / (2 I^2) a second, t after the first, with I = 0.1 s. They reach the 50 a
    // second that are too many after one second, and have drained the queue after two and an interval. Chance may let
    // it stand longer, but no longer than a few times that; and the wait is less than the interval on average.
    let stand = longest_stand_ms(&codel, 5.0);
    println!("oracle | CoDel: wait, stand | {} {stand} | < 100, < 10500", wait(&codel));
    assert!(stand < 5.0 * 2_100.0, "a standing queue for {stand} ms");
    assert!(wait(&codel) < 100.0 && wait(&fifo) > 900.0, "{} and {} ms", wait(&codel), wait(&fifo));
    // The worker rests only while the queue is all but empty, so little more is lost than is too much.
    assert!(codel.len() > 59_000 && codel_lost < fifo_lost + 1_000, "{} served, {codel_lost} lost", codel.len());
}
