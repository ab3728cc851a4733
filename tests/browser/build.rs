//! Levels with a solution or decoy built on them, through the script interface.

use pipe_maze_level::{Level, Solution};
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::root;
use serde_json::json;
use std::fs;

/// A solution or decoy of the campaign: a path below `levels/`, without `.ron`.
pub fn solution(path: &str) -> Solution {
    let file = root().join(format!("levels/{path}.ron"));
    let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    Solution::parse(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A level of the campaign: a path below `levels/`, without `.ron`.
pub fn level(path: &str) -> Level {
    let file = root().join(format!("levels/{path}.ron"));
    let text = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    Level::parse(&text).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// Opens the level that the solution is for, and carries out its plan.
pub fn open(page: &mut Page, solution: &Solution) {
    page.ask_value(&format!("loadLevel({})", json!({ "id": solution.level })));
    for edit in &solution.plan {
        page.ask_value(&format!("send({})", json!({ "Edit": edit })));
    }
}
