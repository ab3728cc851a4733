//! The levels of the repository, as tests read them.

#![expect(dead_code, reason = "each test file uses a part of it")]

use pipe_maze_level::{Campaign, Level, Solution};
use std::path::PathBuf;

/// A small level for tests that need one of their own: one spring, one room, one warp pipe to place, and a shaft.
pub const SMALL: &str = r#"(
    format: 1,
    id: "small",
    section: 1,
    texts: {"en": {"name": "Small", "brief": "A test."}},
    map: [
        "~~~~~~~~~~~~~~",
        "~~~~~~~~~~~~~~",
        "..............",
        "..............",
        "..............",
        "..............",
        "..............",
    ],
    pieces: [
        (name: "spring", at: (0, 0), spec: Spring(rate_per_s: 1.0, timeout_ms: 900)),
        (name: "room", at: (6, 2), spec: MachineRoom(workers: 1, queue: 0, service_time: Constant(mean_ms: 100.0))),
    ],
    inventory: [(kind: WarpPipe, count: 2, price: 30)],
    pipes: (price_per_cell: 2, propagation_ms_per_cell: 10.0, bandwidth_bytes_per_s: 1000000),
    budget: 200,
    flow: (duration_ms: 60000, pace_ms_per_s: 100.0),
    objectives: [
        GoodShare(at_least: 0.75, within_ms: 300.0),
        P99(at_most_ms: 500.0),
        Cost(at_most: 100),
    ],
)"#;

/// The folder of levels.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../levels")
}

/// A file below the folder of levels.
pub fn text(path: &str) -> String {
    let path = folder().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// The campaign.
pub fn campaign() -> Campaign {
    Campaign::parse(&text("campaign.ron")).unwrap_or_else(|e| panic!("campaign.ron: {e}"))
}

/// The level of that path without `.ron`.
pub fn level(path: &str) -> Level {
    Level::parse(&text(&format!("{path}.ron"))).unwrap_or_else(|e| panic!("{path}.ron: {e}"))
}

/// The solution or decoy of that path without `.ron`.
pub fn solution(path: &str) -> Solution {
    Solution::parse(&text(&format!("{path}.ron"))).unwrap_or_else(|e| panic!("{path}.ron: {e}"))
}

/// The small level.
pub fn small() -> Level {
    Level::parse(SMALL).unwrap_or_else(|e| panic!("the small level: {e}"))
}
