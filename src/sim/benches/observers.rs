//! What observers cost: all facts of the reference load are told again, without the run that made them. Items are
//! requests, each with nine facts.

use divan::Bencher;
use divan::counter::ItemsCount;
use pipe_maze_sim::reference::reference_load;
use pipe_maze_sim::{Causes, Fact, Metrics, Observer, Simulation, Time, Tracer};

/// Requests told together: few, so that their facts stay in the cache as they would in a run.
const REQUESTS: u64 = 1_000;
const WINDOW_NS: u64 = 10_000_000;

fn main() {
    divan::main();
}

/// Windows of that many milliseconds.
#[divan::bench(args = [10, 1_000])]
fn metrics(bencher: Bencher, window_ms: u64) {
    tell(bencher, || Metrics::new(window_ms * 1_000_000));
}

/// The end of a request alone: its latency, by spring and outcome.
#[divan::bench]
fn metrics_of_ends(bencher: Bencher) {
    let facts: Vec<_> = facts().into_iter().filter(|(_, fact)| matches!(fact, Fact::Ended { .. })).collect();
    tell_these(bencher, &facts, || Metrics::new(1_000_000_000));
}

#[divan::bench]
fn causes(bencher: Bencher) {
    tell(bencher, || Causes::new(8_000_000));
}

#[divan::bench(args = [10, 1_000])]
fn tracer(bencher: Bencher, per_mille: u32) {
    tell(bencher, || Tracer::new(per_mille));
}

/// What the other figures include for reading the facts.
#[divan::bench]
fn facts_alone(bencher: Bencher) {
    tell(bencher, || Latest(Time::ZERO));
}

/// A copy is made for every keyframe and fork.
#[divan::bench]
fn metrics_clone(bencher: Bencher) {
    let mut metrics = Metrics::new(WINDOW_NS);
    facts().iter().for_each(|(at, fact)| metrics.fact(*at, fact));
    bencher.bench_local(|| metrics.clone());
}

/// The whole run as one window, as a report wants it.
#[divan::bench]
fn metrics_total(bencher: Bencher) {
    let mut metrics = Metrics::new(WINDOW_NS);
    facts().iter().for_each(|(at, fact)| metrics.fact(*at, fact));
    bencher.bench_local(|| metrics.total());
}

fn tell<O: Observer>(bencher: Bencher, observer: impl Fn() -> O) {
    tell_these(bencher, &facts(), observer);
}

fn tell_these<O: Observer>(bencher: Bencher, facts: &[(Time, Fact)], observer: impl Fn() -> O) {
    bencher.counter(ItemsCount::new(REQUESTS)).with_inputs(observer).bench_local_values(|mut observer| {
        facts.iter().for_each(|(at, fact)| observer.fact(*at, divan::black_box(fact)));
        observer
    });
}

fn facts() -> Vec<(Time, Fact)> {
    let mut facts = Vec::new();
    let mut run = Simulation::new(&reference_load(REQUESTS), 1).expect("the reference load is sound");
    run.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| facts.push((at, *fact)));
    facts
}

struct Latest(Time);

impl Observer for Latest {
    fn fact(&mut self, at: Time, _fact: &Fact) {
        self.0 = at;
    }
}
