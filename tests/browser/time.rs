//! Time, with real events: a run that is lost is gone back into, branched, and gone on with.

use crate::build;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::session::{Options, Session};
use serde_json::json;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn a_lost_run_is_gone_back_into_and_branched() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    build::open(page, &build::solution("3-flow-control/two-rooms.decoy-one-room"));
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("advance(3600000)");
    let lost = page.wait_for_screen("debrief");
    assert_eq!(lost["verdict"], "lost");
    page.screenshot("debrief-lost");
    page.click_button(Pointer::Mouse, "rewind");
    let back = page.wait_for_screen("flow");
    assert!(back["paused"] == true && back["verdict"].is_null(), "{back:#}");
    let then_ms = back["time_ms"].as_f64().unwrap();
    assert!(then_ms > 0.0 && then_ms < lost["time_ms"].as_f64().unwrap());
    page.key("j");
    let earlier = page.wait_for_state("an earlier moment", LIMIT, |s| s["time_ms"].as_f64().unwrap_or(1e9) < then_ms);
    let pipe = earlier["pipes"][0]["name"].as_str().unwrap().to_owned();
    page.ask_value(&format!("send({})", json!({ "Edit": { "Valve": { "name": pipe, "shut": true } } })));
    let branched = page.wait_for_state("a branch", LIMIT, |state| {
        state["buttons"].to_string().contains("\"branch-1\"") && state["waiting"][0]["at_ns"].is_u64()
    });
    assert_eq!(branched["pipes"][0]["shut"], false, "the Navigator is on his way");
    page.ask_value("advance(2000)");
    page.wait_for_state("what was ordered", LIMIT, |state| {
        state["pipes"][0]["shut"] == true && state["waiting"].as_array().is_some_and(Vec::is_empty)
    });
    assert!(branched["words"].to_string().contains("First run"), "{branched:#}");
    page.click_button(Pointer::Mouse, "branch-0");
    page.wait_for_state("the first run", LIMIT, |state| state["pipes"][0]["shut"] == false);
    page.ask_value("advance(3600000)");
    let again = page.wait_for_screen("debrief");
    assert_eq!(again["digest"], lost["digest"], "the first run is what it was");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
