//! The reference solutions give the golden digests in the browser too: built by another compiler, for another processor.

use crate::build;
use pipe_maze_level::{Campaign, Level, Solution};
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session, root};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;

/// `levels/golden.ron`.
#[derive(serde::Deserialize)]
struct Golden {
    #[expect(dead_code, reason = "the level layer's own test checks it")]
    format: u32,
    rules: u64,
    digests: BTreeMap<String, Vec<(u64, String)>>,
}

#[test]
fn digests_are_the_golden_ones() {
    let golden: Golden = ron::from_str(&text("golden.ron")).unwrap();
    let campaign = Campaign::parse(&text("campaign.ron")).unwrap();
    let mut session = Session::open(&Options { width: 320, height: 240, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    assert!(page.answers_requests(), "this build of the game answers no requests: nothing can be compared");
    for path in &campaign.levels {
        let level = Level::parse(&text(&format!("{path}.ron"))).unwrap();
        let solution = build::solution(&format!("{path}.solution"));
        let digests = golden.digests.get(&level.id).unwrap_or_else(|| panic!("levels/golden.ron lacks `{}`", level.id));
        for (seed, expected) in digests {
            let answer = play(page, &level, &solution, *seed);
            assert_eq!(answer["digest"], *expected, "`{}`, seed {seed}: {answer}", level.id);
            assert_eq!(answer["rules"], golden.rules, "levels/golden.ron is of other rules");
            println!("{} seed {seed}: {expected}", level.id);
        }
    }
}

/// Every part of the engine, and a look at its speed here.
#[test]
fn the_engine_computes_what_it_computes_natively() {
    let mut session = Session::open(&Options { width: 320, height: 240, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    for seed in [1, 2] {
        let answer = page.ask_value(&format!("corpus({seed})"));
        for case in pipe_maze_sim::corpus::corpus() {
            let native = case.digest(seed).expect("the corpus is sound").to_string();
            assert_eq!(answer["digests"][case.name], native, "`{}` at seed {seed}: {answer}", case.name);
        }
    }
    let bench = page.ask_value("bench(200000)");
    println!("in the page: {bench}");
    assert!(bench["ns_per_request"].as_f64().is_some_and(|ns| ns > 0.0), "{bench}");
    for in_flight in [1_000, 5_000, 20_000] {
        let frames = page.ask_value(&format!("frames({in_flight})"));
        println!("a frame in the page: {frames}");
        assert!(frames["drawn"].as_u64().is_some_and(|drawn| drawn * 10 > in_flight * 8), "{frames}");
        assert!(frames["mean_ms"].as_f64().is_some_and(|ms| ms > 0.0), "{frames}");
    }
    let refused = page.ask("bench(999999999)");
    assert_eq!(refused["error"]["code"], "out-of-range", "{refused}");
}

/// Plays a solution through the script interface.
fn play(page: &mut Page, level: &Level, solution: &Solution, seed: u64) -> serde_json::Value {
    build::open(page, solution);
    page.ask_value(&format!("send({})", json!({ "Start": { "seed": seed } })));
    if !solution.flow.is_empty() {
        // A frame or two may have passed; from now on time passes only as it is asked to.
        page.ask_value(&format!("send({})", json!("Pause")));
    }
    for step in &solution.flow {
        let now_ms = page.ask_value("advance(0)")["time_ms"].as_f64().expect("the time is a number");
        let left_ns = step.at_ms as f64 * 1e6 - (now_ms * 1e6).round();
        assert!(left_ns >= 0.0, "`{}`: it is {now_ms} ms already", level.id);
        page.ask_value(&format!("advance({})", left_ns / 1e6));
        page.ask_value(&format!("send({})", json!({ "Edit": step.edit })));
    }
    // More than any run lasts: it goes to its end, where digests are compared.
    page.ask_value("advance(3600000)");
    page.ask_value("digest()")
}

fn text(file: &str) -> String {
    let file = root().join("levels").join(file);
    fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
