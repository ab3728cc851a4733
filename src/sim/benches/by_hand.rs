//! The reference load as one would write it by hand: a standard binary heap of tuples, a table of requests, six `match`
//! arms. It books nothing, keeps no digest, and knows no other pipe, service or client than these. What this engine costs
//! beside it says more than nanoseconds do, which are another machine's. Items are requests.
//!
//! A timeout that is no longer wanted stays in the heap until it comes up, as is usual: some 7,000 of them.

use divan::Bencher;
use divan::counter::ItemsCount;
use pipe_maze_sim::kernel::random::{Key, Purpose};
use pipe_maze_sim::reference::reference_load;
use pipe_maze_sim::{Metrics, Simulation, Time};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

const ROOMS: usize = 10;
const RATE_PER_S: f64 = 7_000.0;
const WORK_NS: f64 = 1e6;
const PIPE_NS: u64 = 1_000_000;
const SECOND_NS: u64 = 1_000_000_000;
/// Requests of a simulated second on average; a sample's own number differs by about 1 %.
const ITEMS: u64 = RATE_PER_S as u64;

fn main() {
    divan::main();
}

/// This engine, with attribution, and nobody who looks at it.
#[divan::bench]
fn pipe_maze_unobserved(bencher: Bencher) {
    let mut run = Simulation::new(&reference_load(1_000_000_000), 1).expect("the reference load is sound");
    let mut until_s = 0;
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        until_s += 1;
        run.advance_to(Time::from_ms(until_s * 1_000), &mut ());
    });
}

/// This engine, with attribution, and metrics by windows of a second.
#[divan::bench]
fn pipe_maze_with_metrics(bencher: Bencher) {
    let mut run = Simulation::new(&reference_load(1_000_000_000), 1).expect("the reference load is sound");
    let mut metrics = Metrics::new(SECOND_NS);
    let mut until_s = 0;
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        until_s += 1;
        run.advance_to(Time::from_ms(until_s * 1_000), &mut metrics);
    });
}

#[divan::bench]
fn standard_heap(bencher: Bencher) {
    let mut world = World::new();
    let mut until_s = 0;
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        until_s += 1;
        world.advance_to(until_s * SECOND_NS);
    });
    assert!(world.answered > 0 && world.late == 0, "the load is answered in time");
}

/// What happens. Its order never matters: sequence numbers differ.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Issue,
    AtBalancer,
    AtRoom,
    Done,
    BackAtBalancer,
    Back,
    Expire,
}

/// A request under way, and which use of its place it is.
#[derive(Clone, Copy, Default)]
struct Request {
    number: u64,
    started_ns: u64,
    room: u32,
    generation: u32,
}

struct World {
    /// Time, sequence number, kind, request, generation.
    heap: BinaryHeap<Reverse<(u64, u64, Kind, u32, u32)>>,
    sequence: u64,
    requests: Vec<Request>,
    free: Vec<u32>,
    issued: u64,
    active: [u32; ROOMS],
    queues: [VecDeque<u32>; ROOMS],
    answered: u64,
    latency_ns: u64,
    late: u64,
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            heap: BinaryHeap::new(),
            sequence: 0,
            requests: Vec::new(),
            free: Vec::new(),
            issued: 0,
            active: [0; ROOMS],
            queues: Default::default(),
            answered: 0,
            latency_ns: 0,
            late: 0,
        };
        world.push(draw_ns(0, Purpose::Interarrival, 1e9 / RATE_PER_S), Kind::Issue, 0);
        world
    }

    fn push(&mut self, at: u64, kind: Kind, request: u32) {
        let generation = self.requests.get(request as usize).map_or(0, |request| request.generation);
        self.heap.push(Reverse((at, self.sequence, kind, request, generation)));
        self.sequence += 1;
    }

    fn advance_to(&mut self, until: u64) {
        while let Some(&Reverse((now, _, kind, request, generation))) = self.heap.peek() {
            if now >= until {
                return;
            }
            self.heap.pop();
            match kind {
                Kind::Issue => self.issue(now),
                Kind::AtBalancer => {
                    let (a, b) = Key::of_seed(1)
                        .child(self.requests[request as usize].number)
                        .stream(Purpose::Balance)
                        .pair_below(ROOMS as u32);
                    let room = if self.active[b as usize] < self.active[a as usize] { b } else { a };
                    self.active[room as usize] += 1;
                    self.requests[request as usize].room = room;
                    self.push(now + PIPE_NS, Kind::AtRoom, request);
                }
                Kind::AtRoom => {
                    let room = self.requests[request as usize].room as usize;
                    self.queues[room].push_back(request);
                    if self.queues[room].len() == 1 {
                        self.serve(now, room);
                    }
                }
                Kind::Done => {
                    let room = self.requests[request as usize].room as usize;
                    self.queues[room].pop_front();
                    self.serve(now, room);
                    self.push(now + PIPE_NS, Kind::BackAtBalancer, request);
                }
                Kind::BackAtBalancer => {
                    self.active[self.requests[request as usize].room as usize] -= 1;
                    self.push(now + PIPE_NS, Kind::Back, request);
                }
                Kind::Back => self.answer(now, request),
                Kind::Expire if self.requests[request as usize].generation == generation => self.late += 1,
                Kind::Expire => {}
            }
        }
    }

    fn issue(&mut self, now: u64) {
        let number = self.issued;
        self.issued += 1;
        self.push(now + draw_ns(self.issued, Purpose::Interarrival, 1e9 / RATE_PER_S), Kind::Issue, 0);
        let place = self.free.pop().unwrap_or_else(|| {
            self.requests.push(Request::default());
            (self.requests.len() - 1) as u32
        });
        let request = &mut self.requests[place as usize];
        (request.number, request.started_ns) = (number, now);
        self.push(now + SECOND_NS, Kind::Expire, place);
        self.push(now + PIPE_NS, Kind::AtBalancer, place);
    }

    fn serve(&mut self, now: u64, room: usize) {
        if let Some(&request) = self.queues[room].front() {
            let number = self.requests[request as usize].number;
            self.push(now + draw_ns(number, Purpose::ServiceDemand, WORK_NS), Kind::Done, request);
        }
    }

    fn answer(&mut self, now: u64, place: u32) {
        let request = &mut self.requests[place as usize];
        request.generation += 1;
        self.answered += 1;
        self.latency_ns += now - request.started_ns;
        self.free.push(place);
    }
}

/// The time that a request's draw for one purpose stands for.
fn draw_ns(request: u64, purpose: Purpose, mean_ns: f64) -> u64 {
    (Key::of_seed(1).child(request).stream(purpose).exponential() * mean_ns) as u64
}
