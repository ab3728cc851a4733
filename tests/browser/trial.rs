//! The trial on held-out seeds: a worker of the page computes it, what it finds is what is computed natively, and where
//! there is no worker the game computes it itself.
#![expect(clippy::unwrap_used, reason = "all of this file is test code")]

use crate::build;
use pipe_maze_level::robustness::{HELD_OUT_SEEDS, SeedResult};
use pipe_maze_level::{HeldOut, Level, Solution};
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session, root};
use serde_json::{Value, json};
use std::fs;
use std::sync::Arc;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(90);

/// Counts workers and their ends, and can stand in their way: `refuse`, `miss` their file, or `hold` their jobs back.
const SPY: &str = "
    window.workers = { started: 0, terminated: 0, way: '' };
    const Original = window.Worker;
    window.Worker = class extends Original {
        constructor(file, options) {
            if (workers.way === 'refuse') throw new Error('no workers today');
            super(workers.way === 'miss' ? 'no-such-file.js' : file, options);
            workers.started += 1;
        }
        postMessage(job) {
            if (workers.way !== 'hold') super.postMessage(job);
        }
        terminate() {
            workers.terminated += 1;
            super.terminate();
        }
    };
";

#[test]
fn a_worker_computes_what_is_computed_natively_and_ends_with_the_debrief() {
    let solution = build::solution("3-flow-control/two-rooms.solution");
    let native = natively("3-flow-control/two-rooms", &solution);
    let mut session = Session::prepare(&Options { width: 640, height: 360, ..Options::default() });
    let page = &mut session.page;
    page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": SPY }));
    page.open(&session.url);
    page.wait_for_first_frame();

    win(page, &solution, "");
    let tried = through(page, "the worker's trial");
    compare(page, &tried, &native);
    page.wait_until("workers.started === 1 && workers.terminated === 1", LIMIT);

    // Whoever comes back to the same build finds its trial as it was.
    win(page, &solution, "");
    let kept = through(page, "the trial that was kept");
    compare(page, &kept, &native);
    assert_eq!(page.evaluate("workers.started"), json!(1));

    // Whoever leaves before it is over ends the worker with it.
    lose(page);
    win(page, &solution, "hold");
    page.wait_until("workers.started === 2", LIMIT);
    assert_eq!(page.state()["trial"]["results"], json!([]));
    page.ask_value("send('Stop')");
    page.wait_for_screen("plan");
    page.wait_until("workers.terminated === 2", LIMIT);
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());

    // A browser that allows no worker, and a worker that lacks a file: the game computes it itself.
    for way in ["refuse", "miss"] {
        lose(page);
        win(page, &solution, way);
        let tried = through(page, "the game's own trial");
        compare(page, &tried, &native);
    }
    page.wait_until("workers.started === 3 && workers.terminated === 3", LIMIT);
}

/// Seconds for a trial in the worker and in the game, and the longest time between two frames: a look, not a check.
#[test]
#[ignore = "a measurement"]
fn how_long_a_trial_takes_and_what_frames_it_costs() {
    let mut session = Session::prepare(&Options { width: 640, height: 360, ..Options::default() });
    let page = &mut session.page;
    page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": SPY }));
    page.open(&session.url);
    page.wait_for_first_frame();
    for name in ["3-flow-control/two-rooms", "3-flow-control/checkout-rush", "2-communication/retry-storm"] {
        let solution = build::solution(&format!("{name}.solution"));
        for way in ["", "refuse"] {
            lose(page);
            win(page, &solution, way);
            page.evaluate(
                "window.gaps = []; window.counting = true; window.begun = performance.now(); (function count(before) { \
                 requestAnimationFrame((now) => { gaps.push(now - before); if (counting) count(now); }); })(begun)",
            );
            through(page, "a trial");
            let figures = page.evaluate(
                "(() => { counting = false; gaps.sort((a, b) => a - b); return { \
                 took_ms: performance.now() - begun, frames: gaps.length, \
                 median_ms: gaps[gaps.length >> 1], longest_ms: gaps.at(-1) }; })()",
            );
            println!("{name} {}: {figures}", if way.is_empty() { "in the worker" } else { "in slices" });
        }
    }
}

/// Wins with the solution, and comes to the debrief; workers go that way then.
fn win(page: &mut Page, solution: &Solution, way: &str) {
    page.evaluate(&format!("workers.way = '{way}'"));
    build::open(page, solution);
    page.ask_value("send({ Start: { seed: 1 } })");
    if solution.flow.is_empty() {
        page.ask_value("advance(3600000)");
    }
    page.wait_for_screen("debrief");
}

/// Loses with another build: the trial of the one before is forgotten.
fn lose(page: &mut Page) {
    build::open(page, &build::solution("3-flow-control/the-slam.decoy-by-turns"));
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("advance(3600000)");
    page.wait_for_state("a lost run", LIMIT, |state| state["screen"] == "debrief" && state["verdict"] == "lost");
}

/// Waits until the trial is through.
fn through(page: &mut Page, what: &str) -> Value {
    page.wait_for_state(what, LIMIT, |state| state["trial"]["over"] == true)
}

fn compare(page: &mut Page, state: &Value, native: &[SeedResult]) {
    let shown = state["trial"]["results"].as_array().unwrap();
    assert_eq!(shown.len(), native.len());
    for (shown, native) in shown.iter().zip(native) {
        assert_eq!(shown["digest"], native.digest.to_string(), "{shown}");
        assert_eq!(shown["won"], native.won, "{shown}");
    }
    let won = native.iter().filter(|result| result.won).count();
    assert_eq!(state["trial"]["robust"], true, "{:#}", state["trial"]);
    // What is computed is shown a frame later.
    let figure = format!("{won} / {}", native.len());
    page.wait_for_state(&figure, LIMIT, |state| state["words"].to_string().contains(&figure));
}

fn natively(name: &str, solution: &Solution) -> Vec<SeedResult> {
    let text = fs::read_to_string(root().join(format!("levels/{name}.ron"))).unwrap();
    let level = Arc::new(Level::parse(&text).unwrap());
    let board = solution.board(&level).unwrap();
    let mut trial = HeldOut::new(level, board, Vec::new(), HELD_OUT_SEEDS);
    assert!(trial.advance(u64::MAX).unwrap());
    trial.results().to_vec()
}
