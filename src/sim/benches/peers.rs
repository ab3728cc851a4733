//! The reference load in this engine and as another simulator runs it: nexosim, as its manual writes models. Items are
//! requests.
//!
//! ```text
//!  spring (Poisson, 7,000 a s) --> balancer (the less busy of two) --> 10 rooms (one worker each, exponential, mean 1 ms)
//!            ^-------------------------------'  ^--------------------------'     each arrow takes 1 ms
//! ```
//!
//! The same events in both: a request is issued, comes to the balancer, comes to its room, is done, comes back to the
//! balancer, comes back to its spring; there a timeout of 1 s is cancelled. To the peer's advantage its pipes have no
//! bandwidth and no order to keep, whoever sends waits itself, and nobody observes it, while this engine books where time
//! went and counts everything. Draws are this crate's in both, so that they cost the same.

use divan::Bencher;
use divan::counter::ItemsCount;
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::{EventKey, Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use pipe_maze_sim::kernel::random::{Key, Purpose};
use pipe_maze_sim::reference::reference_load;
use pipe_maze_sim::{Metrics, Simulation, Time};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

const ROOMS: u32 = 10;
const RATE_PER_S: f64 = 7_000.0;
const WORK_S: f64 = 1e-3;
const PIPE: Duration = Duration::from_millis(1);
const TIMEOUT: Duration = Duration::from_secs(1);
/// Simulated seconds timed together. Items are their requests on average; a sample's own number differs by about 1 %.
const SPAN_S: u64 = 1;
const ITEMS: u64 = RATE_PER_S as u64 * SPAN_S;

fn main() {
    divan::main();
}

/// This engine, with attribution, and metrics by windows of a second.
#[divan::bench]
fn pipe_maze_reference_load(bencher: Bencher) {
    let endless = reference_load(1_000_000_000);
    let mut simulation = Simulation::new(&endless, 1).expect("the reference load is sound");
    let mut metrics = Metrics::new(SPAN_S * 1_000_000_000);
    let mut until_s = 0;
    bencher.counter(ItemsCount::new(ITEMS)).bench_local(|| {
        until_s += SPAN_S;
        simulation.advance_to(Time::from_ms(until_s * 1_000), &mut metrics);
    });
}

#[divan::bench]
fn nexosim_reference_load(bencher: Bencher) {
    let (spring_mailbox, balancer_mailbox) = (Mailbox::new(), Mailbox::new());
    let mut spring = Spring { issued: 0, waiting: BTreeMap::new(), answered: 0, late: 0, out: Output::default() };
    spring.out.connect(Balancer::request, &balancer_mailbox);
    let mut balancer = Balancer { active: vec![0; ROOMS as usize], rooms: Vec::new(), back: Output::default() };
    balancer.back.connect(Spring::answer, &spring_mailbox);
    let mut bench = SimInit::with_num_threads(1);
    for index in 0..ROOMS {
        let mailbox = Mailbox::new();
        let mut room = Room { index, queue: VecDeque::new(), back: Output::default() };
        room.back.connect(Balancer::answer, &balancer_mailbox);
        let mut out = Output::default();
        out.connect(Room::request, &mailbox);
        balancer.rooms.push(out);
        bench = bench.add_model(room, mailbox, &format!("room {index}"));
    }
    bench = bench.add_model(spring, spring_mailbox, "spring").add_model(balancer, balancer_mailbox, "balancer");
    let mut simulation = bench.init(MonotonicTime::EPOCH).expect("the models are connected soundly");
    bencher
        .counter(ItemsCount::new(ITEMS))
        .bench_local(|| simulation.step_until(Duration::from_secs(SPAN_S)).expect("the models never fail"));
}

/// The time that a request's draw for one purpose stands for; never none, because nexosim refuses to schedule for now.
fn draw(request: u64, purpose: Purpose, mean_s: f64) -> Duration {
    let mean_ns = Key::of_seed(1).child(request).stream(purpose).exponential() * mean_s * 1e9;
    Duration::from_nanos((mean_ns as u64).max(1))
}

#[derive(Serialize, Deserialize)]
struct Spring {
    issued: u64,
    /// The timeouts of requests that are under way.
    waiting: BTreeMap<u64, EventKey>,
    answered: u64,
    late: u64,
    out: Output<u64>,
}

#[Model]
impl Spring {
    #[nexosim(init)]
    async fn init(&mut self, context: &Context<Self>) {
        self.schedule(context);
    }

    fn schedule(&self, context: &Context<Self>) {
        let gap = draw(self.issued, Purpose::Interarrival, 1.0 / RATE_PER_S);
        context.schedule_event(gap, schedulable!(Self::issue), ()).expect("a gap is never empty");
    }

    #[nexosim(schedulable)]
    fn issue(&mut self, _: (), context: &Context<Self>) {
        let request = self.issued;
        let timeout = context.schedule_keyed_event(TIMEOUT, schedulable!(Self::expire), request);
        self.waiting.insert(request, timeout.expect("a timeout is never none"));
        context.schedule_event(PIPE, schedulable!(Self::send), request).expect("a pipe has a length");
        self.issued += 1;
        self.schedule(context);
    }

    #[nexosim(schedulable)]
    async fn send(&mut self, request: u64) {
        self.out.send(request).await;
    }

    fn answer(&mut self, request: u64) {
        if let Some(timeout) = self.waiting.remove(&request) {
            timeout.cancel();
            self.answered += 1;
        }
    }

    #[nexosim(schedulable)]
    fn expire(&mut self, request: u64) {
        self.waiting.remove(&request);
        self.late += 1;
    }
}

#[derive(Serialize, Deserialize)]
struct Balancer {
    active: Vec<u32>,
    rooms: Vec<Output<u64>>,
    back: Output<u64>,
}

#[Model]
impl Balancer {
    fn request(&mut self, request: u64, context: &Context<Self>) {
        let (a, b) = Key::of_seed(1).child(request).stream(Purpose::Balance).pair_below(ROOMS);
        let room = if self.active[b as usize] < self.active[a as usize] { b } else { a };
        self.active[room as usize] += 1;
        context.schedule_event(PIPE, schedulable!(Self::send), (room, request)).expect("a pipe has a length");
    }

    #[nexosim(schedulable)]
    async fn send(&mut self, (room, request): (u32, u64)) {
        self.rooms[room as usize].send(request).await;
    }

    fn answer(&mut self, (room, request): (u32, u64), context: &Context<Self>) {
        self.active[room as usize] -= 1;
        context.schedule_event(PIPE, schedulable!(Self::send_back), request).expect("a pipe has a length");
    }

    #[nexosim(schedulable)]
    async fn send_back(&mut self, request: u64) {
        self.back.send(request).await;
    }
}

#[derive(Serialize, Deserialize)]
struct Room {
    index: u32,
    /// Requests in the room, the one at work first.
    queue: VecDeque<u64>,
    back: Output<(u32, u64)>,
}

#[Model]
impl Room {
    fn request(&mut self, request: u64, context: &Context<Self>) {
        self.queue.push_back(request);
        if self.queue.len() == 1 {
            self.serve(context);
        }
    }

    fn serve(&self, context: &Context<Self>) {
        if let Some(&request) = self.queue.front() {
            let work = draw(request, Purpose::ServiceDemand, WORK_S);
            context.schedule_event(work, schedulable!(Self::end), ()).expect("work is never none");
        }
    }

    #[nexosim(schedulable)]
    fn end(&mut self, _: (), context: &Context<Self>) {
        if let Some(request) = self.queue.pop_front() {
            context.schedule_event(PIPE, schedulable!(Self::answer), request).expect("a pipe has a length");
        }
        self.serve(context);
    }

    #[nexosim(schedulable)]
    async fn answer(&mut self, request: u64) {
        self.back.send((self.index, request)).await;
    }
}
