//! What it takes to check a blueprint, and to build a run from it, by its size.
//!
//! `cargo bench -p pipe-maze-sim --bench blueprint`; a chain of services, each of which calls the next: so many pieces and
//! pipes.

use divan::Bencher;
use pipe_maze_sim::{
    Blueprint, CallSpec, EndpointId, EndpointSpec, PieceId, PipeSpec, ServiceSpec, Simulation, SpringSpec, Step,
};

fn main() {
    divan::main();
}

/// Pieces and pipes.
const SIZES: [u64; 3] = [1_000, 10_000, 28_000];

/// A spring and a chain of services with pipes between them: as many things as that.
fn chain(size: u64) -> Blueprint {
    let services = size / 2;
    let (piece, pipe) = (|nth: u64| PieceId(nth + 1), |nth: u64| PieceId(nth + 1_000_000));
    let call = |to: u64| CallSpec::new(piece(to), EndpointId::MAIN);
    let program = |nth: u64| if nth < services { vec![Step::Call(call(nth + 1))] } else { Vec::new() };
    let service = |nth: u64| ServiceSpec {
        endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program: program(nth) }],
        ..ServiceSpec::new(piece(nth))
    };
    Blueprint {
        springs: vec![SpringSpec::new(piece(0)).calling(call(1))],
        services: (1..=services).map(service).collect(),
        pipes: (1..=services).map(|nth| PipeSpec::new(pipe(nth), piece(nth - 1), piece(nth))).collect(),
        ..Blueprint::default()
    }
}

#[divan::bench(args = SIZES)]
fn check(bencher: Bencher<'_, '_>, size: u64) {
    let blueprint = chain(size);
    bencher.bench_local(|| blueprint.check().expect("the chain is sound"));
}

#[divan::bench(args = SIZES)]
fn build(bencher: Bencher<'_, '_>, size: u64) {
    let blueprint = chain(size);
    bencher.bench_local(|| Simulation::new(&blueprint, 1).expect("the chain is sound"));
}
