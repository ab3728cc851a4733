//! The levels of the repository, as tests read them.

#![expect(dead_code, reason = "each test file uses a part of it")]

use pipe_maze_level::{Board, Campaign, Level, Solution};
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

/// A level in which everything can be built: a room that calls two vaults, and one of each power-up and more to place.
pub const RICH: &str = r#"(
    format: 1,
    id: "rich",
    section: 2,
    texts: {"en": {"name": "Rich", "brief": "A test."}},
    map: [
        "~~~~~~~~~~~~~~~~~~~~",
        "~~~~~~~~~~~~~~~~~~~~",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
        "....................",
    ],
    pieces: [
        (name: "spring", at: (0, 0), spec: Spring(rate_per_s: 20.0, timeout_ms: 1000)),
        (name: "front", at: (4, 3), spec: MachineRoom(
            workers: 20, queue: 40, service_time: Constant(mean_ms: 10.0), outlets: 2, calls: Sequential,
        )),
        (name: "store", at: (14, 2), spec: Vault(workers: 20, queue: 40, service_time: Constant(mean_ms: 100.0))),
        (name: "cache", at: (14, 8), spec: Vault(workers: 20, queue: 40, service_time: Constant(mean_ms: 100.0))),
    ],
    enemies: [],
    inventory: [
        (kind: WarpPipe, count: 2, price: 30),
        (kind: MachineRoom, count: 2, price: 50, spec: MachineRoom(
            workers: 3, queue: 9, service_time: Constant(mean_ms: 20.0), outlets: 1,
        ), knobs: ["replicas"]),
        (kind: CircuitBreakerFire, count: 2, price: 20),
        (kind: ServiceMeshSuperMushroom, count: 2, price: 40),
    ],
    pipes: (price_per_cell: 1, propagation_ms_per_cell: 1.0, bandwidth_bytes_per_s: 1000000000, price_per_bridge: 3),
    budget: 500,
    flow: (duration_ms: 20000, pace_ms_per_s: 100.0),
    objectives: [GoodShare(at_least: 0.9, within_ms: 400.0), Cost(at_most: 400)],
)"#;

/// The edits that join the spring to the front and the front to both vaults.
pub const JOINED: &str = r#"(format: 1, level: "rich", flow: [], plan: [
    LayPipe(name: "feed", cells: [(0, 2), (0, 3), (0, 4), (0, 5), (1, 5), (2, 5), (3, 5)]),
    LayPipe(name: "to-cache", cells: [(9, 6), (9, 7), (9, 8), (9, 9), (10, 9), (11, 9), (12, 9), (13, 9), (13, 10)]),
    LayPipe(name: "to-store", cells: [(9, 5), (10, 5), (11, 5), (12, 5), (13, 5), (13, 4)]),
])"#;

/// The rich level with some of its text replaced; each replacement must be there to be made.
pub fn rich(changes: &[(&str, &str)]) -> Level {
    Level::parse(&rich_text(changes)).unwrap_or_else(|e| panic!("the rich level: {e}"))
}

/// The text of the rich level with some of it replaced.
pub fn rich_text(changes: &[(&str, &str)]) -> String {
    changes.iter().fold(RICH.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

/// The plan that joins everything, and these edits after it.
pub fn joined(edits: &str) -> Solution {
    let text = JOINED.replace("\n])", &format!("\n{edits}\n])"));
    Solution::parse(&text).unwrap_or_else(|e| panic!("{edits}: {e}"))
}

/// The board that the plan which joins everything builds, with these edits after it.
pub fn build(level: &Level, edits: &str) -> Board {
    joined(edits).board(level).unwrap_or_else(|e| panic!("{edits}: {e}"))
}

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

/// A level of the campaign, and the board that a solution or decoy beside it builds.
pub fn built(path: &str, build: &str) -> (Level, Board) {
    let level = level(path);
    let board = solution(&format!("{path}.{build}")).board(&level).expect("the campaign is sound");
    (level, board)
}

/// The small level.
pub fn small() -> Level {
    Level::parse(SMALL).unwrap_or_else(|e| panic!("the small level: {e}"))
}

/// The solutions and decoys of a level.
pub fn candidates(path: &str) -> Vec<(String, Solution)> {
    let level = folder().join(path);
    let stem = level.file_name().expect("the campaign is sound").to_str().expect("the campaign is sound").to_owned();
    let names = std::fs::read_dir(level.parent().expect("the campaign is sound"))
        .expect("the campaign is sound")
        .filter_map(|entry| {
            let name = entry.expect("the campaign is sound").file_name().into_string().expect("the campaign is sound");
            let middle = name.strip_prefix(&format!("{stem}."))?.strip_suffix(".ron")?.to_owned();
            Some(middle)
        });
    let mut names: Vec<String> = names.collect();
    names.sort();
    names.into_iter().map(|name| (name.clone(), solution(&format!("{path}.{name}")))).collect()
}
