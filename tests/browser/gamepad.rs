//! A gamepad plays what a keyboard plays: the browser's pad is a stand-in, everything behind it is the page's own.

use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::json;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

/// What `navigator.getGamepads` gives: nothing, until one is plugged in.
const STAND_IN: &str = "
    window.pads = [];
    navigator.getGamepads = () => pads;
    window.plugIn = () => {
        const buttons = Array.from({ length: 17 }, () => ({ pressed: false, value: 0 }));
        pads = [{ index: 0, connected: true, mapping: 'standard', buttons, axes: [0, 0, 0, 0] }];
        window.dispatchEvent(new Event('gamepadconnected'));
    };
    window.hold = (button, pressed) => { pads[0].buttons[button] = { pressed, value: Number(pressed) }; };
";

#[test]
fn a_gamepad_leads_from_the_title_to_flowing_water() {
    let mut session = Session::prepare(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": STAND_IN }));
    page.open(&session.url);
    page.wait_for_first_frame();
    page.wait_for_screen("title");
    page.evaluate("plugIn()");
    page.press_button_by("play", pad);
    page.wait_for_screen("map");
    pad(page, "Enter");
    page.wait_for_screen("plan");

    // The warp pipe from the palette, and the pipe that leads into it from the spring.
    page.press_button_by("slot-warp-pipe", pad);
    page.walk_cursor_by((5, 4), pad);
    pad(page, "Enter");
    pad(page, "KeyP");
    page.walk_cursor_by((3, 2), pad);
    pad(page, "Enter");
    page.walk_cursor_by((3, 4), stick);
    pad(page, "Enter");
    pipes(page, 1);
    pad(page, "KeyU");
    pipes(page, 0);
    pad(page, "KeyR");
    pipes(page, 1);

    // Back along the controls, with Shift, to where the Tab key led forth.
    page.press_button_by("tool-select", pad);
    pad(page, "Tab");
    let next = page.state()["focus"].clone();
    pad(page, "Back");
    page.wait_for_state("the control before", LIMIT, |state| state["focus"] == "tool-select" && next != "tool-select");

    pad(page, "KeyF");
    page.wait_for_screen("flow");
    page.wait_for_state("water", LIMIT, |state| state["time_ms"].as_f64() > Some(0.0));
    pad(page, "KeyB");
    page.wait_for_screen("plan");
    // A pad that is pulled out holds nothing down.
    page.evaluate("hold(12, true)");
    page.settle();
    page.evaluate("pads = []");
    page.settle();
    let rests = page.state()["cursor"].clone();
    page.settle();
    assert_eq!(page.state()["cursor"], rests);
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

/// Presses the button that stands for a key.
fn pad(page: &mut Page, key: &str) {
    let button = match key {
        "Enter" => 0,
        "KeyP" => 2,
        "Back" => 4,
        "Tab" => 5,
        "KeyU" => 6,
        "KeyR" => 7,
        "KeyB" => 8,
        "KeyF" => 9,
        "ArrowUp" => 12,
        "ArrowDown" => 13,
        "ArrowLeft" => 14,
        "ArrowRight" => 15,
        _ => panic!("the pad has no button for `{key}`"),
    };
    for pressed in [true, false] {
        page.evaluate(&format!("hold({button}, {pressed})"));
        page.settle();
    }
}

/// Pushes the left stick, which means arrows.
fn stick(page: &mut Page, key: &str) {
    let axes = match key {
        "ArrowUp" => "[0, -1, 0, 0]",
        "ArrowDown" => "[0, 1, 0, 0]",
        "ArrowLeft" => "[-1, 0, 0, 0]",
        "ArrowRight" => "[1, 0, 0, 0]",
        _ => panic!("a stick is no `{key}`"),
    };
    for axes in [axes, "[0.1, 0.1, 0, 0]"] {
        page.evaluate(&format!("pads[0].axes = {axes}"));
        page.settle();
    }
}

fn pipes(page: &mut Page, count: usize) {
    page.wait_for_state(&format!("{count} pipes"), LIMIT, |state| {
        state["pipes"].as_array().is_some_and(|pipes| pipes.len() == count)
    });
}
