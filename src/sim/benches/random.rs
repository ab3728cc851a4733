//! Draws as the simulation makes them: one variate of one purpose for each of many requests. Items are draws.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use pipe_maze_sim::kernel::random::{Key, Purpose, Stream};

const DRAWS: u64 = 10_000;

fn main() {
    divan::main();
}

fn draws<T>(bencher: Bencher, draw: impl Fn(&mut Stream) -> T) {
    let key = Key::of_seed(1);
    bencher.counter(ItemsCount::new(DRAWS)).bench_local(|| {
        for request in 0..DRAWS {
            black_box(draw(&mut key.child(request).stream(Purpose::ServiceDemand)));
        }
    });
}

#[divan::bench]
fn unit(bencher: Bencher) {
    draws(bencher, Stream::unit);
}

#[divan::bench]
fn exponential(bencher: Bencher) {
    draws(bencher, Stream::exponential);
}

/// What the ziggurat replaces.
#[divan::bench]
fn exponential_by_logarithm(bencher: Bencher) {
    draws(bencher, |stream| -libm::log(stream.unit()));
}

#[divan::bench]
fn normal(bencher: Bencher) {
    draws(bencher, Stream::normal);
}

#[divan::bench]
fn pair_below(bencher: Bencher) {
    draws(bencher, |stream| stream.pair_below(10));
}
