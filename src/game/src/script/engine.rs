//! Questions about the engine itself: does it compute what other builds compute, and how fast.

use super::request::Problem;
use bevy::platform::time::Instant;
use pipe_maze_sim::reference::{reference_load, run_to_end};
use pipe_maze_sim::{RULES, Simulation};
use serde_json::{Map, Value, json};

/// Most requests of one benchmark: about a second in the page.
const REQUESTS_MAX: u64 = 1_000_000;

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
