//! The ride, with real events: a failed request is ridden from its start to its end, a droplet is picked, and the ride is
//! left; the run is what it would have been.

use crate::build;
use pipe_maze_level::Play;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::Value;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(90);
const DECOY: &str = "3-flow-control/two-rooms.decoy-one-room";

/// When the first request is ridden.
const MOMENT_MS: f64 = 7_000.0;

/// Two rooms with one of them built, a few seconds after the water came.
fn failing(page: &mut Page) {
    page.wait_for_first_frame();
    build::open(page, &build::solution(DECOY));
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("send('Pause')");
    // To the same moment, however many frames there were until it was held: the same requests are under way.
    let now_ms = page.state()["time_ms"].as_f64().expect("a run has a time");
    page.ask_value(&format!("advance({})", MOMENT_MS - now_ms));
}

fn ends(page: &mut Page) -> Value {
    // It is held in the frame that sees the end.
    page.wait_for_state("the end of the ride", LIMIT, |state| state["ride"]["ended"] == true && state["paused"] == true)
}

fn headless() -> String {
    let play = Play::run(&build::level("3-flow-control/two-rooms"), &build::solution(DECOY), 1);
    play.expect("the campaign is sound").digest().to_string()
}

#[test]
fn a_failed_request_is_ridden_from_its_start_by_keys() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    failing(page);
    page.key("v");
    let begun = page.wait_for_state("a ride", LIMIT, |state| state["ride"].is_object());
    let ride = &begun["ride"];
    assert!(ride["good"] == false && ride["legs"].as_u64() >= Some(4), "a failed one first: {ride:#}");
    assert!(begun["time_ms"].as_f64() < ride["ended_ms"].as_f64() && begun["paused"] == false, "{begun:#}");
    assert!(begun["pace_ms_per_s"].as_f64().unwrap() < 2_000.0);
    page.screenshot("ride-begun");
    let ended = ends(page);
    let ride = &ended["ride"];
    assert_eq!(ride["bars"], ride["bars_begun"], "all of the waterfall is there");
    assert!(ended["paused"] == true, "it is held at the end");
    let reason = ride["reason"].as_str().unwrap();
    assert!(reason.contains("in the queue of") && reason.contains("% busy"), "{reason}");
    page.wait_for_state("the panel that says so", LIMIT, |state| state["words"].to_string().contains(reason));
    page.screenshot("ride-ended");
    page.key("Escape");
    let left = page.wait_for_state("no ride", LIMIT, |state| state["ride"].is_null());
    assert_eq!(left["screen"], "flow", "Esc left the ride, not the board");
    page.ask_value("advance(3600000)");
    let over = page.wait_for_screen("debrief");
    assert_eq!(over["digest"], headless(), "looking has changed nothing");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn from_the_debrief_the_worst_is_ridden_by_finger() {
    let options = Options { width: 390, height: 844, touch: true, ..Options::default() };
    let mut session = Session::open(&options);
    let page = &mut session.page;
    failing(page);
    page.ask_value("advance(3600000)");
    page.wait_for_screen("debrief");
    page.screenshot("debrief-phone");
    page.click_button(Pointer::Touch, "ride-loss-1");
    let begun = page.wait_for_state("a ride", LIMIT, |state| state["ride"].is_object() && state["screen"] == "flow");
    assert_eq!(begun["ride"]["good"], false);
    page.screenshot("ride-phone");
    ends(page);
    page.click_button(Pointer::Touch, "ride-again");
    page.wait_for_state("the same from its start", LIMIT, |state| {
        state["ride"]["ended"] == false && state["ride"]["request"] == begun["ride"]["request"]
    });
    page.click_button(Pointer::Touch, "leave-ride");
    page.wait_for_state("no ride", LIMIT, |state| state["ride"].is_null());
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
