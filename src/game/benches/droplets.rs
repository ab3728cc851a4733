//! What droplets cost the CPU in a frame: following the session, and copying what has changed to where the GPU reads.
//!
//! `cargo bench -p pipe-maze --bench droplets`. The number is that of messages in flight; a message is two seconds on
//! screen, so a frame sees one in 120 of them enter. The simulation's own time is not counted. On a machine that does
//! other things too, the fastest of the samples is the one to read.
//!
//! - `frame`: an ordinary frame. This is what must stay below 4 ms natively.
//! - `rush`: a message is 0.3 seconds on screen, the least at which it is still drawn by itself.
//! - `jump`: a frame after a jump in time, in which everything is built anew.

use divan::counter::ItemsCount;
use pipe_maze::droplets::{Droplets, Writes};
use pipe_maze::session::Session;
use pipe_maze_level::{Cell, Edit, Level};

fn main() {
    divan::main();
}

const IN_FLIGHT: [u64; 3] = [1_000, 5_000, 20_000];
/// Frames in a second.
const FRAMES_PER_S: f64 = 60.0;
/// How long a message is in the pipe, in simulated milliseconds.
const TRAVEL_MS: f64 = 40_000.0;
/// Cells of the pipe.
const CELLS: f64 = 43.0;

/// A pipe with so many messages in it, each of which is on screen for so long.
fn flowing(in_flight: u64, seen_s: f64) -> Session {
    let level = format!(
        r##"(
            format: 1, id: "bench", section: 3,
            texts: {{ "en": {{ "name": "-", "brief": "-", "sage": "-", "won": "-", "lost": "-", "hint-1": "-" }} }},
            map: [{sky}, {sky}, {shaft}, {tunnel}, {tunnel}, {tunnel}, {tunnel}, {rock}],
            pieces: [
                (name: "spring", at: (1, 0), spec: Spring(rate_per_s: {rate:.1}, timeout_ms: 90000)),
                (name: "room", at: (41, 3), spec: MachineRoom(
                    workers: 1000, queue: 1000, service_time: Constant(mean_ms: 1.0))),
            ],
            inventory: [],
            pipes: (price_per_cell: 1, propagation_ms_per_cell: {per_cell:.1}, bandwidth_bytes_per_s: 1000000000),
            budget: 1000,
            flow: (duration_ms: 3600000, pace_ms_per_s: {pace:.1}),
            objectives: [GoodShare(at_least: 0.5, within_ms: 90000.0)],
        )"##,
        sky = row('~', "", '~'),
        shaft = row('#', "#.", '#'),
        tunnel = row('.', "#", '#'),
        rock = row('#', "", '#'),
        // Half of them are on their way there, half on their way back.
        rate = in_flight as f64 / 2.0 / (TRAVEL_MS / 1e3),
        per_cell = TRAVEL_MS / CELLS,
        pace = TRAVEL_MS / seen_s,
    );
    let mut session = Session::open(Level::parse(&level).expect("the level is sound"));
    let down = (2..6).map(|row| Cell::new(1, row));
    let cells: Vec<Cell> = down.chain((2..=40).map(|column| Cell::new(column, 5))).collect();
    session.edit(&Edit::LayPipe { name: "main".into(), cells }).expect("the pipe can be laid");
    session.start(Some(1)).expect("the board is sound");
    // Until as many come out as go in.
    session.advance_ns((2.5 * TRAVEL_MS * 1e6) as u64);
    session.take_facts();
    let play = session.play().expect("the water flows");
    let found = play.simulation().view().in_flight() as f64 / in_flight as f64;
    assert!((0.85..1.15).contains(&found), "{found}");
    session
}

/// A row of the map.
fn row(middle: char, begin: &str, end: char) -> String {
    let rest = 48 - begin.len() - 1;
    format!("\"{begin}{}{end}\"", middle.to_string().repeat(rest))
}

/// What stands for the GPU: the bytes that a frame writes.
fn write(droplets: &mut Droplets, writes: &mut Writes, buffer: &mut Vec<[u32; 8]>) {
    droplets.take_writes(writes);
    buffer.resize(writes.total, [0; 8]);
    let mut rest = writes.words.as_slice();
    for &(start, len) in &writes.stretches {
        let (stretch, others) = rest.split_at(len);
        buffer[start..start + len].copy_from_slice(stretch);
        rest = others;
    }
}

fn frames(bencher: divan::Bencher<'_, '_>, in_flight: u64, seen_s: f64) {
    let mut session = flowing(in_flight, seen_s);
    let (mut droplets, mut writes, mut buffer) = (Droplets::default(), Writes::default(), Vec::new());
    droplets.follow(&session, &[], true, 0.0);
    write(&mut droplets, &mut writes, &mut buffer);
    let session = std::cell::RefCell::new(&mut session);
    bencher
        .counter(ItemsCount::new(in_flight))
        .with_inputs(|| {
            let mut session = session.borrow_mut();
            session.tick(1.0 / FRAMES_PER_S);
            session.take_facts()
        })
        .bench_local_values(|facts| {
            droplets.follow(&session.borrow(), &facts, false, (1.0 / FRAMES_PER_S) as f32);
            write(&mut droplets, &mut writes, &mut buffer);
            facts
        });
    assert!(droplets.in_pipes().count() as f64 > in_flight as f64 * 0.8, "they are drawn one by one");
}

#[divan::bench(args = IN_FLIGHT, sample_count = 300, sample_size = 1)]
fn frame(bencher: divan::Bencher<'_, '_>, in_flight: u64) {
    frames(bencher, in_flight, 2.0);
}

#[divan::bench(args = IN_FLIGHT, sample_count = 300, sample_size = 1)]
fn rush(bencher: divan::Bencher<'_, '_>, in_flight: u64) {
    frames(bencher, in_flight, 0.31);
}

#[divan::bench(args = IN_FLIGHT, sample_count = 100, sample_size = 1)]
fn jump(bencher: divan::Bencher<'_, '_>, in_flight: u64) {
    let session = flowing(in_flight, 2.0);
    let (mut droplets, mut writes, mut buffer) = (Droplets::default(), Writes::default(), Vec::new());
    bencher.counter(ItemsCount::new(in_flight)).bench_local(|| {
        droplets.follow(&session, &[], true, 0.0);
        write(&mut droplets, &mut writes, &mut buffer);
    });
}
