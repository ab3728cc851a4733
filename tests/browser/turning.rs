//! What is turned, with real events: the wheel over a dial, and a finger on a slider. The mirror says where they stand.

use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::input::{Point, Pointer};
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::json;

/// Where a control stands.
#[track_caller]
fn stands(page: &mut Page, id: &str) -> f64 {
    let there = format!("document.getElementById('control-of-{id}')");
    page.wait_until(&format!("{there} !== null"), FOLLOW_LIMIT);
    page.evaluate(&format!("Number({there}.getAttribute('aria-valuenow'))")).as_f64().unwrap_or(f64::NAN)
}

/// A place on a control, as a share of its width, at half its height.
#[track_caller]
fn on(page: &mut Page, id: &str, share: f64) -> Point {
    let is_it = |button: &&serde_json::Value| button["id"] == id;
    let state = page.wait_for_state(&format!("the control `{id}`"), FOLLOW_LIMIT, |state| {
        state["buttons"].as_array().is_some_and(|buttons| buttons.iter().any(|button| is_it(&button)))
    });
    let button =
        state["buttons"].as_array().and_then(|buttons| buttons.iter().find(is_it)).cloned().unwrap_or_default();
    let number = |name: &str| button[name].as_f64().unwrap_or_default();
    (number("x") + number("w") * share, number("y") + number("h") * 0.5)
}

#[test]
fn the_wheel_over_a_dial_turns_it_and_not_the_view() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.ask_value("loadLevel({ id: 'two-rooms' })");
    page.wait_for_screen("plan");
    page.click_button(Pointer::Mouse, "slot-warp-pipe");
    page.click_cell(Pointer::Mouse, (5, 4));
    // What was placed is selected: its dial is there.
    let (x, y) = on(page, "knob-policy", 0.5);
    let (before, board) = (stands(page, "knob-policy"), page.state()["board"].clone());
    page.hover((x, y));
    let notch = json!({ "type": "mouseWheel", "x": x, "y": y, "deltaX": 0, "deltaY": -120 });
    page.call("Input.dispatchMouseEvent", &notch);
    let turned = "Number(document.getElementById('control-of-knob-policy').getAttribute('aria-valuenow'))";
    page.wait_until(&format!("{turned} === {} || {turned}", before + 1.0), FOLLOW_LIMIT);
    assert_eq!(page.state()["board"], board, "the view stays");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_finger_slides_a_volume() {
    let mut session = Session::open(&Options { width: 390, height: 844, touch: true, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.click_button(Pointer::Touch, "sheet-settings");
    let ends = [on(page, "volume-music", 0.2), on(page, "volume-music", 0.5)];
    let turned = "Number(document.getElementById('control-of-volume-music').getAttribute('aria-valuenow'))";
    page.click(Pointer::Touch, ends[0]);
    page.wait_until(&format!("Math.abs({turned} - 0.2) < 0.051 || {turned}"), FOLLOW_LIMIT);
    page.drag(Pointer::Touch, &ends);
    page.wait_until(&format!("Math.abs({turned} - 0.5) < 0.051 || {turned}"), FOLLOW_LIMIT);
    page.settle();
    assert!((stands(page, "volume-music") - 0.5).abs() < 0.051, "it stays where the finger has left it");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
