//! What droplets cost the CPU in a frame: following the session, and copying what has changed to where the GPU reads.
//!
//! `cargo bench -p pipe-maze --bench droplets`; in the page, `pipeMaze.frames(20000)` measures an ordinary frame of the same
//! load. The number is that of messages in flight; a message is two seconds on screen, so a frame sees one in 120 of them
//! enter. The simulation's own time is not counted. On a machine that does other things too, the fastest of the samples is
//! the one to read.
//!
//! - `frame`: an ordinary frame. This is what must stay below 4 ms natively.
//! - `rush`: a message is 0.3 seconds on screen, the least at which it is still drawn by itself.
//! - `jump`: a frame after a jump in time, in which everything is built anew.

use divan::counter::ItemsCount;
use pipe_maze::droplets::load::Load;
use std::cell::RefCell;

fn main() {
    divan::main();
}

const IN_FLIGHT: [u64; 3] = [1_000, 5_000, 20_000];

fn frames(bencher: divan::Bencher<'_, '_>, in_flight: u64, seen_s: f64) {
    let load = RefCell::new(Load::flowing(in_flight, seen_s));
    bencher.counter(ItemsCount::new(in_flight)).with_inputs(|| load.borrow_mut().tick()).bench_local_values(|facts| {
        load.borrow_mut().frame(&facts);
        facts
    });
    assert!(load.borrow().drawn() as f64 > in_flight as f64 * 0.8, "they are drawn one by one");
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
    let mut load = Load::flowing(in_flight, 2.0);
    bencher.counter(ItemsCount::new(in_flight)).bench_local(|| load.jump());
}
