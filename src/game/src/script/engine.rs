//! Questions about the engine itself: does it compute what other builds compute, and how fast; and what showing it costs.

use super::request::Problem;
use crate::droplets::load::Load;
use bevy::platform::time::Instant;
use pipe_maze_sim::reference::{reference_load, run_to_end};
use pipe_maze_sim::{RULES, Simulation};
use serde_json::{Map, Value, json};

/// Most requests of one benchmark: about a second in the page.
const REQUESTS_MAX: u64 = 1_000_000;

/// Most messages in flight of one benchmark of a frame.
const IN_FLIGHT_MAX: u64 = 20_000;
/// Frames of it, and how long a message is seen in it, in seconds.
const FRAMES: u32 = 300;
const SEEN_S: f64 = 2.0;

/// The digests of the engine's corpus.
pub(super) fn corpus(seed: u64) -> Result<Value, Problem> {
    let mut digests = Map::new();
    for case in pipe_maze_sim::corpus::corpus() {
        let digest = case.digest(seed).map_err(|_| Problem::new("internal", "the corpus is unsound".into()))?;
        digests.insert(case.name.into(), json!(digest.to_string()));
    }
    Ok(json!({ "digests": digests, "rules": RULES }))
}

/// What a request of the reference load costs, with attribution, each end looked at.
pub(super) fn bench(requests: u64) -> Result<Value, Problem> {
    if !(1_000..=REQUESTS_MAX).contains(&requests) {
        return Err(Problem::new("out-of-range", format!("requests must be from 1,000 to {REQUESTS_MAX}")));
    }
    let unsound = |_| Problem::new("internal", "the reference load is unsound".into());
    let mut run = Simulation::new(&reference_load(requests), 1).map_err(unsound)?;
    let begun = Instant::now();
    run_to_end(&mut run);
    let ns = begun.elapsed().as_nanos() as f64;
    let issued = run.view().totals().issued.max(1);
    Ok(json!({ "requests": issued, "ns_per_request": ns / issued as f64, "digest": run.digest().to_string() }))
}

/// What a frame costs in which that many messages are followed: the fastest, the middle one and the mean of them, without
/// the simulation's own time and without drawing.
pub(super) fn frames(in_flight: u64) -> Result<Value, Problem> {
    if !(1..=IN_FLIGHT_MAX).contains(&in_flight) {
        return Err(Problem::new("out-of-range", format!("in_flight must be from 1 to {IN_FLIGHT_MAX}")));
    }
    let mut load = Load::flowing(in_flight, SEEN_S);
    let mut taken_ms: Vec<f64> = Vec::new();
    for _ in 0..FRAMES {
        let facts = load.tick();
        let begun = Instant::now();
        load.frame(&facts);
        taken_ms.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    taken_ms.sort_by(f64::total_cmp);
    let mean_ms = taken_ms.iter().sum::<f64>() / f64::from(FRAMES);
    let (fastest_ms, median_ms) = (taken_ms[0], taken_ms[taken_ms.len() / 2]);
    Ok(
        json!({ "in_flight": load.in_flight(), "drawn": load.drawn(), "fastest_ms": fastest_ms, "median_ms": median_ms, "mean_ms": mean_ms }),
    )
}
