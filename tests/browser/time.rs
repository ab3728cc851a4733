//! Time, with real events: a run that is lost is gone back into, branched, and gone on with.

use pipe_maze_level::Solution;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::session::{Options, Session, root};
use serde_json::json;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn a_lost_run_is_gone_back_into_and_branched() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    let file = root().join("levels/3-flow-control/two-rooms.decoy-one-room.ron");
    let decoy = Solution::parse(&std::fs::read_to_string(file).unwrap()).unwrap();
    page.ask_value("loadLevel({ id: 'two-rooms' })");
    for edit in &decoy.plan {
        page.ask_value(&format!("send({})", json!({ "Edit": edit })));
    }
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
        state["buttons"].to_string().contains("\"branch-1\"") && state["pipes"][0]["shut"] == true
    });
    assert!(branched["words"].to_string().contains("First run"), "{branched:#}");
    page.click_button(Pointer::Mouse, "branch-0");
    page.wait_for_state("the first run", LIMIT, |state| state["pipes"][0]["shut"] == false);
    page.ask_value("advance(3600000)");
    let again = page.wait_for_screen("debrief");
    assert_eq!(again["digest"], lost["digest"], "the first run is what it was");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
