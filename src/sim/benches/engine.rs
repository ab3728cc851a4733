//! The engine on its reference load: what a request costs, by what is observed of it.
//!
//! `cargo bench -p pipe-maze-sim --bench engine`; one item is one request.

use divan::counter::ItemsCount;
use pipe_maze_sim::reference::{reference_load, run_to_end};
use pipe_maze_sim::{Fact, Observer, Options, RequestId, Simulation, Time};

fn main() {
    divan::main();
}

/// Requests of one sample.
const REQUESTS: u64 = 200_000;

fn run(bencher: divan::Bencher<'_, '_>, attribution: bool, observer: impl Fn() -> Watch + Sync) {
    let load = reference_load(REQUESTS);
    bencher
        .counter(ItemsCount::new(REQUESTS))
        .with_inputs(|| {
            let options = Options { attribution };
            (Simulation::with_options(&load, 1, options).expect("the reference load is sound"), observer())
        })
        .bench_local_values(|(mut run, mut watch)| {
            match watch {
                Watch::Nothing => run.advance_to(Time::MAX, &mut ()),
                Watch::Ends(_) | Watch::Spans(_) => run.advance_to(Time::MAX, &mut watch),
            }
            assert_eq!(run.view().totals().ended(), run.view().totals().issued);
            run
        });
}

/// What is observed.
enum Watch {
    Nothing,
    Ends(u64),
    Spans(u64),
}

impl Observer for Watch {
    fn fact(&mut self, _at: Time, fact: &Fact) {
        if let (Self::Ends(sum), Fact::Ended { parts, .. }) = (self, fact) {
            *sum = sum.wrapping_add(parts.total_ns());
        }
    }

    fn samples(&self, request: RequestId) -> bool {
        matches!(self, Self::Spans(_)) && request.number.is_multiple_of(100)
    }

    fn span(&mut self, span: &pipe_maze_sim::Span) {
        if let Self::Spans(sum) = self {
            *sum = sum.wrapping_add(span.id);
        }
    }
}

#[divan::bench]
fn bare(bencher: divan::Bencher<'_, '_>) {
    run(bencher, false, || Watch::Nothing);
}

#[divan::bench]
fn attributed(bencher: divan::Bencher<'_, '_>) {
    run(bencher, true, || Watch::Nothing);
}

#[divan::bench]
fn attributed_and_told(bencher: divan::Bencher<'_, '_>) {
    run(bencher, true, || Watch::Ends(0));
}

#[divan::bench]
fn traced_at_one_percent(bencher: divan::Bencher<'_, '_>) {
    run(bencher, true, || Watch::Spans(0));
}

/// As the page's script interface measures it in wasm: only what is decided is told, ends are looked at.
#[divan::bench]
fn ends_alone(bencher: divan::Bencher<'_, '_>) {
    let load = reference_load(REQUESTS);
    bencher
        .counter(ItemsCount::new(REQUESTS))
        .with_inputs(|| Simulation::new(&load, 1).expect("the reference load is sound"))
        .bench_local_values(|mut run| run_to_end(&mut run));
}
