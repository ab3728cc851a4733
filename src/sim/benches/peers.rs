//! The reference load as another simulator runs it: nexosim, as its manual writes models. Items are requests.
//!
//! ```text
//!  spring (Poisson, 7 a s) --> balancer (the less busy of two) --> 10 rooms (one worker each, exponential, mean 1 s)
//!                                   ^-------------- done ----------------'
//! ```
//!
//! The model is smaller than this crate's: no pipes, no answers on their way back, no timeouts, no facts to observe.
//! Draws are this crate's, so that they cost the same in both.

use divan::Bencher;
use divan::counter::ItemsCount;
use nexosim::model::{Context, Model, schedulable};
use nexosim::ports::Output;
use nexosim::simulation::{Mailbox, SimInit};
use nexosim::time::MonotonicTime;
use pipe_maze_sim::kernel::random::{Key, Purpose};
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;
use std::time::Duration;

const ROOMS: u32 = 10;
const RATE_PER_S: f64 = 7.0;
/// Simulated seconds timed together.
const SPAN_S: u64 = 1_000;

fn main() {
    divan::main();
}

/// Items are the requests of the span on average; a sample's own number differs from that by about 1 %.
#[divan::bench]
fn nexosim_reference_load(bencher: Bencher) {
    let (spring_mailbox, balancer_mailbox) = (Mailbox::new(), Mailbox::new());
    let mut spring = Spring { issued: 0, out: Output::default() };
    spring.out.connect(Balancer::request, &balancer_mailbox);
    let mut balancer = Balancer { active: vec![0; ROOMS as usize], out: Vec::new() };
    let mut bench = SimInit::with_num_threads(1);
    for index in 0..ROOMS {
        let mailbox = Mailbox::new();
        let mut room = Room { index, queue: VecDeque::new(), done: Output::default() };
        room.done.connect(Balancer::done, &balancer_mailbox);
        let mut out = Output::default();
        out.connect(Room::request, &mailbox);
        balancer.out.push(out);
        bench = bench.add_model(room, mailbox, &format!("room {index}"));
    }
    bench = bench.add_model(spring, spring_mailbox, "spring").add_model(balancer, balancer_mailbox, "balancer");
    let mut simulation = bench.init(MonotonicTime::EPOCH).expect("the models are connected soundly");
    bencher
        .counter(ItemsCount::new((RATE_PER_S * SPAN_S as f64) as u64))
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
    async fn issue(&mut self, _: (), context: &Context<Self>) {
        self.out.send(self.issued).await;
        self.issued += 1;
        self.schedule(context);
    }
}

#[derive(Serialize, Deserialize)]
struct Balancer {
    active: Vec<u32>,
    out: Vec<Output<u64>>,
}

#[Model]
impl Balancer {
    async fn request(&mut self, request: u64) {
        let (a, b) = Key::of_seed(1).child(request).stream(Purpose::Balance).pair_below(ROOMS);
        let room = if self.active[b as usize] < self.active[a as usize] { b } else { a };
        self.active[room as usize] += 1;
        self.out[room as usize].send(request).await;
    }

    fn done(&mut self, room: u32) {
        self.active[room as usize] -= 1;
    }
}

#[derive(Serialize, Deserialize)]
struct Room {
    index: u32,
    /// Requests in the room, the one at work first.
    queue: VecDeque<u64>,
    done: Output<u32>,
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
            let work = draw(request, Purpose::ServiceDemand, 1.0);
            context.schedule_event(work, schedulable!(Self::end), ()).expect("work is never none");
        }
    }

    #[nexosim(schedulable)]
    async fn end(&mut self, _: (), context: &Context<Self>) {
        self.queue.pop_front();
        self.serve(context);
        self.done.send(self.index).await;
    }
}
