//! What the debrief shows is what the simulation computed: the same board is played again here, without a window.
#![expect(clippy::unwrap_used, reason = "all of this file is test code")]

use pipe_maze_level::kind::Kind;
use pipe_maze_level::{Cell, Edit, Level, Play, Solution};
use pipe_maze_sim::Time;
use pipe_maze_tests::session::root;
use serde_json::Value;
use std::fs;

/// Causes of loss that the debrief lists where there is room; the others it counts.
const LISTED: usize = 3;

/// Plays the board of this state again and compares digest, figures, and the words on screen.
pub fn agree(state: &Value) {
    let text = fs::read_to_string(root().join("levels/3-flow-control/two-rooms.ron")).unwrap();
    let level = Level::parse(&text).unwrap();
    let solution = Solution { level: level.id.clone(), plan: plan(state, &level), flow: Vec::new() };
    let mut play = Play::start(&level, &solution.board(&level).unwrap(), state["seed"].as_u64().unwrap()).unwrap();
    // A run that is lost before its end is left there.
    let over = state["verdict"] == "lost" && state["time_ms"].as_f64() < Some(level.flow.duration_ms as f64);
    let shown = Time::from_ns((state["time_ms"].as_f64().unwrap() * 1e6).round() as u64);
    play.advance_to(if over { shown } else { Time::MAX }, &mut ());
    assert_eq!(play.digest().to_string(), state["digest"], "{state:#}");

    let report = play.report();
    let shown = &state["report"];
    for (name, count) in
        [("issued", report.issued), ("good", report.good), ("late", report.late), ("failed", report.failed)]
    {
        assert_eq!(shown[name], count, "{name}: {shown}");
        assert!(says(state, &count.to_string()), "the debrief does not show {count} {name}: {:#}", state["words"]);
    }
    for (percentile, share) in [("p50", 0.5), ("p99", 0.99)] {
        let ns = play.judge().latency_ns(share).unwrap();
        let figure = if ns < 1_000_000_000 {
            format!("{percentile} {:.0} ms", ns as f64 / 1e6)
        } else {
            format!("{percentile} {:.2} s", ns as f64 / 1e9)
        };
        assert!(says(state, &figure), "the debrief does not show {figure}: {:#}", state["words"]);
    }
    let (listed, others) = report.losses.split_at(report.losses.len().min(LISTED));
    for loss in listed {
        assert!(says(state, &loss.count.to_string()), "the debrief lacks {loss:?}: {:#}", state["words"]);
    }
    let others: u64 = others.iter().map(|loss| loss.count).sum();
    let rest = format!("and {others} more, to other causes");
    assert_eq!(says(state, &rest), others > 0, "{others} of other causes: {:#}", state["words"]);
}

fn says(state: &Value, figure: &str) -> bool {
    let words = state["words"].as_array().cloned().unwrap_or_default();
    words.iter().filter_map(Value::as_str).any(|text| text == figure || text.contains(figure) && figure.contains(' '))
}

/// The edits that build the board of this state.
fn plan(state: &Value, level: &Level) -> Vec<Edit> {
    let name = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let pieces = state["pieces"].as_array().unwrap().iter().filter(|piece| piece["kind"] == "warp-pipe");
    let pieces = pieces.map(|piece| Edit::Place { name: name(piece), kind: Kind::WarpPipe, at: cell(&piece["at"]) });
    let pipes = state["pipes"].as_array().unwrap().iter().map(|pipe| Edit::LayPipe {
        name: name(pipe),
        cells: pipe["cells"].as_array().unwrap().iter().map(cell).collect(),
    });
    assert_eq!(state["level"], level.id);
    pieces.chain(pipes).collect()
}

fn cell(value: &Value) -> Cell {
    let number = |i: usize| i32::try_from(value[i].as_i64().unwrap()).unwrap();
    Cell::new(number(0), number(1))
}
