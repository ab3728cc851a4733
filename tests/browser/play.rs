//! A level played as a person plays it: with the mouse alone, with a finger alone, with keys alone.

use crate::figures;
use pipe_maze_tests::game::Cell;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::Value;
use std::time::Duration;

/// A run takes 15 s at the highest speed; slow drawing slows it down.
const RUN_LIMIT: Duration = Duration::from_secs(240);

/// Where the warp pipe's middle goes.
const WARP: Cell = (5, 4);

/// From the spring into the warp pipe, and from there to the two rooms.
const PIPES: [&[Cell]; 3] = [
    &[(3, 2), (3, 3), (3, 4)],
    &[(6, 4), (7, 4), (8, 4), (8, 5), (8, 6), (9, 6)],
    &[(6, 5), (6, 6), (5, 6), (4, 6), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10)],
];

fn options() -> Options {
    Options { width: 960, height: 540, ..Options::default() }
}

#[test]
fn a_mouse_wins() {
    let mut session = Session::open(&options());
    wins_by_pointing(&mut session.page, Pointer::Mouse);
    nothing_went_wrong(&mut session.page);
}

#[test]
fn a_finger_wins() {
    let mut session = Session::open(&Options { touch: true, ..options() });
    wins_by_pointing(&mut session.page, Pointer::Touch);
    nothing_went_wrong(&mut session.page);
}

#[test]
fn keys_win() {
    let mut session = Session::open(&options());
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.wait_for_screen("title");
    page.press_button("play");
    page.wait_for_screen("map");
    // The one thing to do: the level that comes next.
    page.key("Enter");
    page.wait_for_screen("plan");
    page.key("w");
    page.walk_cursor(WARP);
    page.key("Enter");
    page.key("p");
    for pipe in PIPES {
        page.walk_cursor(pipe[0]);
        page.key("Enter");
        for cell in &pipe[1..] {
            page.walk_cursor(*cell);
        }
        page.key("Enter");
    }
    is_built(page);
    page.key("f");
    page.wait_for_screen("flow");
    page.key("4");
    is_won(page, "keys");
    nothing_went_wrong(page);
}

#[test]
fn one_room_alone_loses_and_says_why() {
    let mut session = Session::open(&options());
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.go_to_level(Pointer::Mouse);
    // One room alone: it drowns.
    page.drag_cells(Pointer::Mouse, &[(3, 2), (3, 3), (3, 4), (3, 5), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10)]);
    page.click_button(Pointer::Mouse, "flow");
    page.wait_for_screen("flow");
    page.click_button(Pointer::Mouse, "speed-4");
    // It is lost before it is over: the run is held, the debrief is a key away, and whoever wants to watch on may.
    let is_held = |state: &Value| state["verdict"] == "lost" && state["paused"] == true && state["focus"] == "debrief";
    let held = page.wait_for_state("that it is lost", RUN_LIMIT, is_held);
    page.screenshot("lost-at-once");
    page.click_button(Pointer::Mouse, "watch-on");
    let seen_ms = held["time_ms"].as_f64();
    page.wait_for_state("more of it", RUN_LIMIT, |state| {
        state["screen"] == "flow" && state["paused"] == false && state["time_ms"].as_f64() > seen_ms
    });
    page.key("d");
    let state = page.wait_for_screen("debrief");
    page.settle();
    page.screenshot("lost");
    assert_eq!(state["verdict"], "lost", "{state:#}");
    figures::agree(&page.state());
    let losses = state["losses"].as_array().cloned().unwrap_or_default();
    assert!(losses.iter().any(|loss| loss["count"].as_u64() > Some(0) && !loss["cause"].is_null()), "{state:#}");
    page.wait_until("pipeMazeSeen.some((event) => event.name == 'lost')", RUN_LIMIT);
}

fn wins_by_pointing(page: &mut Page, pointer: Pointer) {
    page.wait_for_first_frame();
    page.wait_for_screen("title");
    page.screenshot(&format!("title-{pointer:?}").to_lowercase());
    page.go_to_level(pointer);
    page.click_button(pointer, "slot-warp-pipe");
    page.click_cell(pointer, WARP);
    page.click_button(pointer, "tool-pipe");
    for pipe in PIPES {
        page.drag_cells(pointer, pipe);
    }
    is_built(page);
    page.screenshot(&format!("plan-{pointer:?}").to_lowercase());
    page.click_button(pointer, "flow");
    page.wait_for_screen("flow");
    page.wait_for_state("a second of flow", RUN_LIMIT, |state| state["time_ms"].as_f64() > Some(1000.0));
    page.screenshot(&format!("flow-{pointer:?}").to_lowercase());
    page.click_button(pointer, "speed-4");
    is_won(page, &format!("{pointer:?}").to_lowercase());
}

/// The board is the one that was meant, whatever it was built with.
fn is_built(page: &mut Page) {
    page.wait_for_state("all pipes whole", RUN_LIMIT, |state| {
        let pipes = state["pipes"].as_array().cloned().unwrap_or_default();
        pipes.len() == PIPES.len() && pipes.iter().all(|pipe| pipe["whole"] == true)
    });
}

fn is_won(page: &mut Page, by: &str) {
    let state = page.wait_for_state("the end of the run", RUN_LIMIT, |state| state["screen"] == "debrief");
    page.settle();
    page.screenshot(&format!("won-{by}"));
    assert_eq!(state["verdict"], "won", "{state:#}");
    let objectives = state["objectives"].as_array().cloned().unwrap_or_default();
    assert!(objectives.len() == 3 && objectives.iter().all(|objective| objective["met"] == true), "{state:#}");
    figures::agree(&page.state());

    page.wait_until("pipeMazeSeen.some((event) => event.name == 'won')", RUN_LIMIT);
    let event = page.evaluate("pipeMazeSeen.find((event) => event.name == 'won').detail");
    assert_eq!((&event["level"], &event["digest"]), (&state["level"], &state["digest"]), "{event}");
}

fn nothing_went_wrong(page: &mut Page) {
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
