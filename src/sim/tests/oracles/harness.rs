//! Worlds, runs, and the verdict.
//!
//! A measurement passes where its confidence interval covers the expected value. The interval is that of batch means
//! (Law: "Simulation Modeling and Analysis", 9.5.3): the series, warm-up cut, is divided into [`BATCHES`] parts that are
//! long beside the time in which the system forgets its state, and the parts' means are treated as independent normal
//! draws. Whether they are is asked of each series, too: by von Neumann's ratio, which for independent normal draws says
//! how far the correlation of neighbours may lie from nought. No tolerance is tuned. An interval so wide that it proves
//! nothing fails too, see [`assert_mean`].
//!
//! The level of one interval is 99.99 %, that of one correlation 99.995 %. By Bonferroni's inequality [`CHECKS_MAX`] of
//! them, each with its correlation, hold together at 97 %: of thirty-three changes of the random draws one should fail a
//! test without cause. They are counted as they are made: who makes more has to narrow the levels. Widths have no level:
//! runs are as long as it takes for most of them to be below four fifths of what is allowed.
//!
//! The seeds are fixed; `ORACLE_SEED` in the environment gives a run of others.

use pipe_maze_sim::kernel::random::{Key, Purpose};
use pipe_maze_sim::*;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The mean service time of most tests, in nanoseconds: the unit in which results are given.
pub const UNIT_NS: u64 = 1_000_000_000;
/// One millisecond, in nanoseconds.
pub const MS: u64 = 1_000_000;
/// A timeout that never comes.
pub const NEVER_NS: u64 = 300_000_000_000_000_000;
/// A queue that is never full.
pub const ENDLESS: u32 = 10_000_000;

const BATCHES: usize = 40;
/// Student's t for 39 degrees of freedom and a two-sided level of 99.99 %.
const STUDENT_T: f64 = 4.3328;
/// The normal distribution's quantile of a two-sided level of 99.99 %: one-sided, of 99.995 %.
const NORMAL: f64 = 3.8906;
/// The widest interval that is worth testing, as a share of the expected value: half of its width.
const WIDEST: f64 = 0.1;
/// How many checks the stated level is for, and how many there have been in this process.
const CHECKS_MAX: usize = 200;
static CHECKS: AtomicUsize = AtomicUsize::new(0);

/// The exponential distribution of mean one unit.
pub const EXPONENTIAL: Distribution = Distribution::Exponential { mean_ns: UNIT_NS };

/// A time of that many units.
pub fn at(units: f64) -> Time {
    Time::from_ns((units * UNIT_NS as f64) as u64)
}

/// A duration in units.
pub fn units(ns: u64) -> f64 {
    ns as f64 / UNIT_NS as f64
}

/// The identity of that name.
pub const fn id(name: &str) -> PieceId {
    PieceId::from_name(name)
}

/// The seed of the `nth` run.
pub fn seed(nth: u64) -> u64 {
    let shift = std::env::var("ORACLE_SEED").ok().and_then(|text| text.parse::<u64>().ok()).unwrap_or(0);
    shift * 1_000 + nth
}

/// A pipe that takes no time and holds any number of messages.
pub fn wire(from: PieceId, to: PieceId) -> PipeSpec {
    let id = PieceId(from.0 ^ to.0.rotate_left(17));
    PipeSpec { cells: 0, queue_limit: ENDLESS, ..PipeSpec::new(id, from, to) }
}

/// A call without a size, whose client has that patience: it takes no time to transmit.
pub fn call(client: ClientSpec) -> CallSpec {
    CallSpec { request_bytes: 0, response_bytes: 0, client, ..CallSpec::default() }
}

/// A call of that piece by a client that waits for ever.
pub fn call_of(to: PieceId) -> CallSpec {
    CallSpec { to: Some(to), ..call(ClientSpec::with_timeout_ns(NEVER_NS)) }
}

/// A Poisson spring that issues about so many requests, by clients that wait for ever.
pub fn spring(name: &str, rate: f64, requests: u64) -> SpringSpec {
    let call = call(ClientSpec::with_timeout_ns(NEVER_NS));
    SpringSpec::new(id(name)).rate_per_s(rate).stop_at(at(requests as f64 / rate)).calling(call)
}

/// A service named `room` of so many workers, with an endless queue.
pub fn room(workers: u32, service_time: Distribution) -> ServiceSpec {
    ServiceSpec { workers, queue_limit: ENDLESS, service_time, ..ServiceSpec::new(id("room")) }
}

/// A spring that leads straight to a service.
pub fn line(spring: SpringSpec, service: ServiceSpec) -> Blueprint {
    let pipes = vec![wire(spring.id, service.id)];
    Blueprint { springs: vec![spring], services: vec![service], pipes, ..Blueprint::default() }
}

/// Runs a world until nothing is under way any longer, every fact shown. Faults that come again would go on for ever.
pub fn watch(world: &Blueprint, nth: u64, mut see: impl FnMut(Time, &Fact)) -> Simulation {
    let mut run = Simulation::new(world, seed(nth)).expect("the blueprint is sound");
    let mut observer = |at: Time, fact: &Fact| see(at, fact);
    run.advance_to(world.springs.iter().map(|spring| spring.stop_at).max().unwrap_or(Time::ZERO), &mut observer);
    while run.view().totals().ended() < run.view().totals().issued || run.view().in_flight() > 0 {
        assert!(run.step(Time::MAX, &mut observer), "what is under way has an event that moves it on");
    }
    run
}

/// How a request ended.
#[derive(Clone, Copy)]
pub struct Ending {
    issued_at: Time,
    pub spring: PieceId,
    pub outcome: Outcome,
    /// From issue to end, in units.
    pub sojourn: f64,
    /// In queues, in units.
    pub wait: f64,
}

/// Runs a world to its end and gives how its requests ended, in the order in which they came, without the first tenth.
/// In the order of their ends the cut would take the short ones of those that came early and leave the long ones.
pub fn endings(world: &Blueprint, nth: u64) -> Vec<Ending> {
    let mut all = Vec::new();
    watch(world, nth, |now, fact| {
        if let Fact::Ended { request, issued_at, outcome, parts, .. } = fact {
            let (sojourn, wait) = (units(now.since_ns(*issued_at)), units(parts.queue_ns));
            all.push(Ending { issued_at: *issued_at, spring: request.spring, outcome: *outcome, sojourn, wait });
        }
    });
    all.sort_by_key(|ending: &Ending| ending.issued_at);
    all.split_off(all.len() / 10)
}

/// Something about each ending.
pub fn each(endings: &[Ending], value: impl Fn(&Ending) -> f64) -> Vec<f64> {
    endings.iter().map(value).collect()
}

/// One for each ending of which something holds, zero for the others: its mean is a probability.
pub fn whether(endings: &[Ending], holds: impl Fn(&Ending) -> bool) -> Vec<f64> {
    endings.iter().map(|ending| f64::from(u8::from(holds(ending)))).collect()
}

/// What the means of a series' batches say.
struct Batches {
    mean: f64,
    /// Half the width of the mean's confidence interval.
    half: f64,
    /// The correlation of a batch's mean with the next one's.
    correlation: f64,
}

fn batches(series: &[f64]) -> Batches {
    let batch = series.len() / BATCHES;
    assert!(batch > 0, "a series of {} has no {BATCHES} batches", series.len());
    let means: Vec<f64> = series.chunks_exact(batch).take(BATCHES).map(mean).collect();
    let middle = mean(&means);
    let off: Vec<f64> = means.iter().map(|m| m - middle).collect();
    let squares = off.iter().map(|d| d * d).sum::<f64>();
    let half = STUDENT_T * (squares / (BATCHES - 1) as f64 / BATCHES as f64).sqrt();
    // Von Neumann's ratio, as a correlation: the sum of products, with half of the first and last squares.
    let products: f64 = off.windows(2).map(|pair| pair[0] * pair[1]).sum();
    let ends = (off[0] * off[0] + off[BATCHES - 1] * off[BATCHES - 1]) / 2.0;
    let correlation = if squares > 0.0 { (products + ends) / squares } else { 0.0 };
    Batches { mean: middle, half, correlation }
}

/// The mean.
pub fn mean(series: &[f64]) -> f64 {
    series.iter().sum::<f64>() / series.len() as f64
}

/// The interval of the series covers the expected value, and is narrow enough to prove something.
#[track_caller]
pub fn assert_mean(what: &str, series: &[f64], expected: f64) {
    assert_mean_about(what, series, expected, 0.0);
}

/// The same for an expected value that is itself known only to that share of it.
#[track_caller]
pub fn assert_mean_about(what: &str, series: &[f64], expected: f64, known_to: f64) {
    let Batches { mean, half, .. } = independent(what, series);
    let allowed = half + known_to * expected.abs();
    println!("oracle | {what} | {mean:.6} ± {half:.6} | {expected:.6}");
    assert!((mean - expected).abs() <= allowed, "{what}: {mean} ± {allowed}, expected {expected}");
    assert!(half <= WIDEST * expected.abs(), "{what}: {mean} ± {half} is too wide to say anything of {expected}");
}

/// The whole interval of the series lies below a limit that is none of its expected value.
#[track_caller]
pub fn assert_mean_below(what: &str, series: &[f64], limit: f64) {
    let Batches { mean, half, .. } = independent(what, series);
    println!("oracle | {what} | {mean:.6} ± {half:.6} | < {limit}");
    assert!(mean + half < limit, "{what}: {mean} ± {half}, expected below {limit}");
}

/// So many of `n` independent draws of probability `p`, in the normal approximation of the binomial law.
#[track_caller]
pub fn assert_share(what: &str, count: u64, n: u64, p: f64) {
    note_check();
    let (expected, half) = (n as f64 * p, NORMAL * (n as f64 * p * (1.0 - p)).sqrt());
    println!("oracle | {what} | {count} ± {half:.1} | {expected:.1}");
    assert!((count as f64 - expected).abs() <= half, "{what}: {count} ± {half} of {n}, expected {expected}");
    assert!(half <= WIDEST * expected, "{what}: {count} ± {half} is too wide to say anything of {expected}");
}

/// The batches of a series, whose neighbours are no more alike than independent draws may be. Batches that are too short
/// are alike, and make the interval too narrow.
#[track_caller]
fn independent(what: &str, series: &[f64]) -> Batches {
    note_check();
    let batches = batches(series);
    let (correlation, most) = (batches.correlation, most_correlation());
    assert!(correlation <= most, "{what}: batches are too short, neighbours correlate by {correlation} > {most}");
    batches
}

/// How far the neighbours of independent normal draws correlate at most, at that level: the mean is nought, and the
/// variance (n - 2) / (n^2 - 1) (Fishman: "Principles of Discrete Event Simulation", 2.10).
fn most_correlation() -> f64 {
    let n = BATCHES as f64;
    NORMAL * ((n - 2.0) / (n * n - 1.0)).sqrt()
}

#[track_caller]
fn note_check() {
    let before = CHECKS.fetch_add(1, Ordering::Relaxed);
    assert!(before < CHECKS_MAX, "the levels are for {CHECKS_MAX} checks: narrow them");
}

#[test]
fn batches_that_are_too_short_are_found_out() {
    // Draws that keep 0.99 of the one before: batches of one are alike, batches of ten thousand are not.
    let mut stream = Key::of_seed(seed(1)).stream(Purpose::ServiceDemand);
    let mut last = 0.0;
    let mut draw = || {
        last = 0.99 * last + stream.normal();
        last
    };
    let short: Vec<f64> = (0..BATCHES).map(|_| draw()).collect();
    let long: Vec<f64> = (0..10_000 * BATCHES).map(|_| draw()).collect();
    assert!(batches(&short).correlation > most_correlation());
    assert!(batches(&long).correlation < most_correlation());
}
