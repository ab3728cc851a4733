//! The hold model: with a constant number of events pending, take the next one and put another in, an exponential gap
//! later. Items are such pairs. The standard library's heap, made stable by a sequence number, is the peer.

use divan::Bencher;
use divan::counter::ItemsCount;
use pipe_maze_sim::Time;
use pipe_maze_sim::kernel::event_list::EventList;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

const PENDING: [u64; 5] = [16, 64, 1_000, 100_000, 1_000_000];
/// Pairs timed together.
const PAIRS: u64 = 10_000;
/// What lies between a push and its pop on average, in nanoseconds.
const MEAN_GAP_NS: f64 = 1e9;

fn main() {
    divan::main();
}

#[divan::bench(args = PENDING)]
fn wheel(bencher: Bencher, pending: u64) {
    let mut gaps = Gaps::new();
    let mut list = EventList::new();
    (0..pending).for_each(|event| list.push(Time::from_ns(gaps.next_ns()), event));
    let mut hold = || {
        let (at, event) = list.pop_before(Time::MAX).expect("a constant number is pending");
        list.push(at.plus_ns(gaps.next_ns()), event);
    };
    (0..4 * pending).for_each(|_| hold());
    bencher.counter(ItemsCount::new(PAIRS)).bench_local(|| (0..PAIRS).for_each(|_| hold()));
}

#[divan::bench(args = PENDING)]
fn std_heap(bencher: Bencher, pending: u64) {
    let mut gaps = Gaps::new();
    let mut heap: BinaryHeap<Reverse<(u64, u64, u64)>> =
        (0..pending).map(|event| Reverse((gaps.next_ns(), event, event))).collect();
    let mut sequence = pending;
    let mut hold = || {
        let Reverse((at, _, event)) = heap.pop().expect("a constant number is pending");
        heap.push(Reverse((at + gaps.next_ns(), sequence, event)));
        sequence += 1;
    };
    (0..4 * pending).for_each(|_| hold());
    bencher.counter(ItemsCount::new(PAIRS)).bench_local(|| (0..PAIRS).for_each(|_| hold()));
}

/// What the other figures include for finding the time of a push.
#[divan::bench]
fn gaps_alone(bencher: Bencher) {
    let mut gaps = Gaps::new();
    let mut at = 0u64;
    bencher.counter(ItemsCount::new(PAIRS)).bench_local(|| {
        (0..PAIRS).for_each(|_| at = divan::black_box(at + gaps.next_ns()));
    });
}

/// A copy is made for every keyframe and fork.
#[divan::bench(args = PENDING)]
fn wheel_clone(bencher: Bencher, pending: u64) {
    let mut gaps = Gaps::new();
    let mut list = EventList::new();
    (0..pending).for_each(|event| list.push(Time::from_ns(gaps.next_ns()), event));
    bencher.bench_local(|| list.clone());
}

/// Exponential gaps out of a table, so that drawing them costs little beside what is measured.
struct Gaps {
    table: Vec<u64>,
    state: u64,
}

impl Gaps {
    fn new() -> Self {
        let quantile = |i: u64| (-libm::log((i as f64 + 0.5) / 1_024.0) * MEAN_GAP_NS) as u64;
        Self { table: (0..1_024).map(quantile).collect(), state: 1 }
    }

    fn next_ns(&mut self) -> u64 {
        self.state = self.state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        // The low bits keep gaps of one quantile apart.
        self.table[(self.state >> 54) as usize] + (self.state >> 34 & 0xfffff)
    }
}
