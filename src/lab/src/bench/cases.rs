//! What is measured.

use pipe_maze_sim::kernel::event_list::EventList;
use pipe_maze_sim::reference::{reference_load, reference_load_among, reference_load_of, reference_loads};
use pipe_maze_sim::{Blueprint, Metrics, Observer, Options, Simulation, Time, Tracer, View};
use std::hint::black_box;
use std::time::Instant;

/// Windows of the metrics: a second.
const WINDOW_NS: u64 = 1_000_000_000;
/// Pairs of a pop and a push that are timed together.
const PAIRS: u64 = 200_000;
/// What lies between a push and its pop on average, in nanoseconds.
const MEAN_GAP_NS: u64 = 1_000_000_000;
/// Copies that are timed together.
const CLONES: u32 = 20;

/// A case.
pub struct Case {
    pub name: String,
    pub unit: &'static str,
    /// Measures once.
    pub measure: Box<dyn Fn() -> f64>,
}

impl Case {
    fn new(name: impl Into<String>, unit: &'static str, measure: impl Fn() -> f64 + 'static) -> Self {
        Self { name: name.into(), unit, measure: Box::new(measure) }
    }
}

/// All cases. The first one is the figure by which the speed is stated.
pub fn all(requests: u64) -> Vec<Case> {
    let mut cases = vec![
        of_run("metrics, attribution", reference_load(requests), true, metrics),
        of_run("metrics, no attribution", reference_load(requests), false, metrics),
        of_run("no observer, attribution", reference_load(requests), true, || ()),
        of_run("no observer, no attribution", reference_load(requests), false, || ()),
        of_run("metrics, attribution, traces of 1 %", reference_load(requests), true, || (metrics(), Tracer::new(10))),
    ];
    let small = (reference_load_of(requests, 4), 1, "");
    let large = [4, 43, 435].map(|copies| (reference_loads(requests, copies), copies, ""));
    let among = [43, 435].map(|copies| (reference_load_among(requests, copies), copies, ", one load among them"));
    for (load, copies, how) in std::iter::once(small).chain(large).chain(among) {
        let pieces = load.springs.len() + load.services.len() + load.balancers.len() + load.pipes.len();
        let name = format!("metrics, attribution, {pieces} pieces ({copies} x {}){how}", pieces / copies as usize);
        cases.push(of_run(name, load, true, metrics));
    }
    cases.extend([1_000, 1_000_000].map(|pending| {
        Case::new(format!("event list, {pending} pending"), "ns per pop and push", move || event_list_ns(pending))
    }));
    cases.push(of_clone());
    let (request, event) = View::hot_bytes();
    cases.push(Case::new("hot state: the request", "bytes", move || request as f64));
    cases.push(Case::new("hot state: its pending event", "bytes", move || event as f64));
    cases
}

fn metrics() -> Metrics {
    Metrics::new(WINDOW_NS)
}

/// Nanoseconds a request, from the first event to the last.
fn of_run<O: Observer>(
    name: impl Into<String>,
    load: Blueprint,
    attribution: bool,
    observer: impl Fn() -> O + 'static,
) -> Case {
    let measure = move || {
        let mut run = simulation(&load, attribution);
        let mut observer = observer();
        let begin = Instant::now();
        run.advance_to(Time::MAX, &mut observer);
        let ns = begin.elapsed().as_nanos() as f64;
        black_box(observer);
        ns / run.view().totals().issued.max(1) as f64
    };
    Case::new(name, "ns per request", measure)
}

/// Microseconds to copy a run with some 10,000 requests in flight: two reference loads whose pipes take 178 ms each.
fn of_clone() -> Case {
    let mut load = reference_loads(100_000, 2);
    load.pipes.iter_mut().for_each(|pipe| pipe.propagation_ns_per_cell = 178_000_000);
    let mut run = simulation(&load, true);
    run.advance_to(Time::from_ms(2_000), &mut ());
    let name = format!("copy of a run, {} requests in flight", run.view().in_flight());
    Case::new(name, "us per copy", move || {
        let begin = Instant::now();
        (0..CLONES).for_each(|_| drop(black_box(run.clone())));
        begin.elapsed().as_nanos() as f64 / 1e3 / f64::from(CLONES)
    })
}

/// The hold model: with a constant number of events pending, the next one is taken and another put in.
fn event_list_ns(pending: u64) -> f64 {
    let mut list = EventList::new();
    let mut state = 1u64;
    // Uniform gaps: they cost next to nothing to draw.
    let mut gap_ns = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % (2 * MEAN_GAP_NS)
    };
    (0..pending).for_each(|event| list.push(Time::from_ns(gap_ns()), event));
    let mut hold = |pairs: u64| {
        for _ in 0..pairs {
            if let Some((at, event)) = list.pop_before(Time::MAX) {
                list.push(at.plus_ns(gap_ns()), event);
            }
        }
    };
    // Each event has been taken about twice before the clock runs.
    hold(2 * pending);
    let begin = Instant::now();
    hold(PAIRS);
    begin.elapsed().as_nanos() as f64 / PAIRS as f64
}

fn simulation(load: &Blueprint, attribution: bool) -> Simulation {
    Simulation::with_options(load, 1, Options { attribution }).expect("the reference load is sound")
}
