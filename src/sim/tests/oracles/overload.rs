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

/// Requests a millisecond, of a millisecond's work each.
const CROWD: f64 = 1.05;

/// When each request was served and how long it had waited, in milliseconds, at 5 % more than the service can do: for so many
/// minutes, the first one left out.
fn overloaded(discipline: Discipline, minutes: u64, nth: u64) -> Vec<(f64, f64)> {
    let time = Distribution::Constant { mean_ns: MS };
    let service = ServiceSpec { discipline, queue_limit: PLACES, ..room(1, time) };
    let spring = spring("spring", 1_000.0 * CROWD, 0).stop_at(Time::from_ms(60_000 * (minutes + 1)));
    let mut waits = Vec::new();
    let window = Time::from_ms(60_000)..spring.stop_at;
    watch(&line(spring, service), nth, |now, fact| match fact {
        Fact::Ended { outcome: Outcome::Answered, parts, .. } if window.contains(&now) => {
            waits.push((now.as_ms_f64(), parts.queue_ns as f64 / MS as f64));
        }
        _ => {}
    });
    waits
}

/// How long each standing queue stood: times between two who waited for less than the target.
fn stands_ms(waits: &[(f64, f64)], target_ms: f64) -> Vec<f64> {
    let short = waits.iter().filter(|&&(_, wait)| wait < target_ms).map(|&(at, _)| at);
    let mut last = waits[0].0;
    short.chain([waits[waits.len() - 1].0]).map(|at| at - std::mem::replace(&mut last, at)).collect()
}

/// How many places a queue has.
const PLACES: u32 = 1_000;

/// The positive solution of 1 - x = exp(-a x), by iteration: the share of busy periods of M/D/1 at load a > 1 that never
/// end, and 1 - sigma of D/M/1 at load 1 / a.
fn escaping(a: f64) -> f64 {
    (0..2_000).fold(0.5, |x: f64, _| 1.0 - (-a * x).exp())
}

#[test]
fn a_full_queue_lets_everyone_wait() {
    // Seen from its end, the queue is one of free places: one more each millisecond, for the worker never rests, and each
    // is taken by the next Poisson arrival: D/M/1, whose sojourns are exponential of rate a (1 - sigma). Who takes a place
    // waits until the thousand before him have begun, from when that place became free: 1,000 ms less its sojourn.
    let waits = overloaded(Discipline::Fifo, 40, 255);
    assert_eq!(waits.len(), 2_400_000, "one served in each millisecond");
    assert!(
        waits.iter().all(|&(_, wait)| wait >= 5.0 && wait <= f64::from(PLACES)),
        "all wait for longer than CoDel's target"
    );
    let free: Vec<f64> = waits.iter().map(|&(_, wait)| f64::from(PLACES) - wait).collect();
    assert_mean("full queue: free place", &free, 1.0 / (CROWD * escaping(CROWD)));
}

#[test]
fn codel_keeps_short_what_fifo_lets_stand() {
    let waits = overloaded(Discipline::CODEL, 10, 256);
    let stands = stands_ms(&waits, 5.0);
    // A queue that stands for T has been dropped from since the first interval of it, I = 0.1 s, the k-th time no later than
    // after 2 I sqrt(k): at least 25 (T - I)^2 times. So in T there came as many as that and as were served. Of Poisson
    // arrivals that is less probable than exp(-(x ln(x / m) - x + m)) (Chernoff), and a queue may begin to stand in any
    // of 600,000 milliseconds. The shortest T of which all that has less than one chance in 10,000:
    let improbable = |seconds: f64| {
        let (m, x) = (1_000.0 * CROWD * seconds, 1_000.0 * seconds + 25.0 * (seconds - 0.1).powi(2));
        x > m && (x * (x / m).ln() - x + m) > (600_000.0f64 * 1e4).ln()
    };
    let longest = (1..).map(|tenth| f64::from(tenth) / 10.0).find(|&seconds| improbable(seconds)).unwrap_or(f64::MAX);
    let stand = stands.iter().copied().fold(0.0, f64::max) / 1_000.0;
    println!("oracle | CoDel: longest stand | {stand} | < {longest}");
    assert!(stand < longest, "a standing queue for {stand} s");
    // As a fluid the queue rises by 50 a second and is dropped from at 50 t: it is 30 long at most, after one second, and
    // has gone after two. How much longer chance makes it has no closed form; what is claimed is that those who are served
    // wait for less than one interval on average.
    assert_mean_below("CoDel: wait", &waits.iter().map(|&(_, wait)| wait).collect::<Vec<_>>(), 100.0);
    // While it drops, the worker never rests: two at least are left behind. Once it has stopped, the queue is M/D/1 at 1.05
    // until it stands again. Of its busy periods a share `x` never ends, and the worker rests for an exponential time of rate
    // a after each of the others: for one of rate a x altogether, beginning with an empty queue. So after s stands it has
    // rested for no longer than the sum of s + 1 of those, which exceeds its mean n by d with less than the probability
    // exp(n ln(1 + d / n) - d) (Chernoff), in units of 1 / (a x).
    let spells = stands.iter().filter(|&&ms| ms >= 100.0).count() as f64 + 1.0;
    let beyond = (1..).map(f64::from).find(|d| spells * (d / spells).ln_1p() - d < (1e-4f64).ln()).unwrap_or(f64::MAX);
    let most_ms = (spells + beyond) / (CROWD * escaping(CROWD));
    let rested_ms = 600_000.0 - waits.len() as f64;
    println!("oracle | CoDel: rested | {rested_ms} | < {most_ms}");
    assert!(rested_ms < most_ms, "the worker has rested for {rested_ms} ms after {spells} stands, at most {most_ms}");
}
