//! Gateways and brokers, played as a person plays them: a star that sends a class its own way, by mouse, and a lightning that
//! answers before the work is done, by finger.

use pipe_maze_tests::game::{Cell, FOLLOW_LIMIT};
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::Value;

fn open(level: &str, options: &Options) -> Session {
    let mut session = Session::open(options);
    session.page.wait_for_first_frame();
    session.page.ask_value(&format!("loadLevel({{ id: '{level}' }})"));
    session.page.wait_for_screen("plan");
    session
}

/// Lays pipes cell by cell, and waits until all of them are whole.
#[track_caller]
fn lay(page: &mut Page, pointer: Pointer, pipes: &[&[Cell]]) {
    page.click_button(pointer, "tool-pipe");
    pipes.iter().for_each(|pipe| page.drag_cells(pointer, pipe));
    page.wait_for_state("all pipes whole", FOLLOW_LIMIT, |state| {
        let there = state["pipes"].as_array().cloned().unwrap_or_default();
        there.len() == pipes.len() && there.iter().all(|pipe| pipe["whole"] == true)
    });
}

/// Lets it flow, looks at it, and sees it won.
#[track_caller]
fn wins(page: &mut Page, pointer: Pointer, name: &str) {
    page.click_button(pointer, "flow");
    page.wait_for_screen("flow");
    page.ask_value("advance(7000)");
    page.settle();
    page.screenshot(&format!("flow-{name}"));
    page.ask_value("advance(30000)");
    let state = page.wait_for_screen("debrief");
    let objectives = state["objectives"].as_array().cloned().unwrap_or_default();
    assert!(objectives.iter().all(|objective| objective["met"] == true), "{state:#}");
    assert_eq!(state["verdict"], "won", "{state:#}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_star_sends_machines_into_a_room_of_their_own() {
    let mut session = open("star-at-the-gate", &Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.click_button(Pointer::Mouse, "slot-machine-room");
    page.click_cell(Pointer::Mouse, (11, 12));
    page.click_button(Pointer::Mouse, "slot-api-gateway-star");
    page.click_cell(Pointer::Mouse, (8, 6));
    // What was placed is selected: its knobs are there. Ahead, up, down.
    page.click_button(Pointer::Mouse, "knob-way-batch");
    page.click_button(Pointer::Mouse, "more-way-batch");
    page.click_button(Pointer::Mouse, "more-way-batch");
    let stands = "document.getElementById('control-of-knob-way-batch')?.getAttribute('aria-valuetext')";
    page.wait_until(&format!("{stands} === 'Down' || {stands}"), FOLLOW_LIMIT);
    page.screenshot("plan-star");
    let pipes: [&[Cell]; 3] = [
        &[(4, 2), (4, 3), (4, 4), (4, 5), (4, 6), (5, 6), (6, 6)],
        &[(10, 6), (11, 6), (12, 6), (12, 7), (13, 7)],
        &[(8, 8), (8, 9), (8, 10), (8, 11), (8, 12)],
    ];
    lay(page, Pointer::Mouse, &pipes);
    wins(page, Pointer::Mouse, "star");
}

#[test]
fn a_lightning_answers_before_the_work_is_done() {
    let mut session = open("night-mail", &Options { width: 960, height: 540, touch: true, ..Options::default() });
    let page = &mut session.page;
    page.click_button(Pointer::Touch, "slot-event-storm-lightning");
    page.click_cell(Pointer::Touch, (13, 7));
    let feed: Vec<Cell> = (2..=7).map(|row| (2, row)).chain((3..=10).map(|column| (column, 7))).collect();
    lay(page, Pointer::Touch, &[&feed, &[(15, 7), (16, 7)]]);
    wins(page, Pointer::Touch, "lightning");
    let lag = |state: &Value| {
        let objectives = state["objectives"].as_array().cloned().unwrap_or_default();
        objectives.iter().filter_map(|objective| objective["value"].as_f64()).any(|value| value > 1_000.0)
    };
    assert!(lag(&page.state()), "the press was behind for a while");
}
