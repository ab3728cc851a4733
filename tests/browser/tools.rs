//! The plan tools with real events: draw, lead elsewhere, move, select many, copy, turn, and the view.

use pipe_maze_tests::game::{Cell, FOLLOW_LIMIT};
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::{Value, json};

/// Where the warp pipe's middle goes.
const WARP: Cell = (5, 4);

fn open(touch: bool) -> Session {
    let mut session = Session::open(&Options { width: 960, height: 540, touch, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.ask_value("loadLevel({ id: 'two-rooms' })");
    page.wait_for_screen("plan");
    page.settle();
    session
}

fn cells_of<'a>(state: &'a Value, pipe: &str) -> &'a Value {
    let pipes = state["pipes"].as_array().map(Vec::as_slice).unwrap_or_default();
    pipes.iter().find(|each| each["name"] == pipe).map_or(&Value::Null, |each| &each["cells"])
}

fn warp_at(state: &Value) -> Value {
    let pieces = state["pieces"].as_array().map(Vec::as_slice).unwrap_or_default();
    pieces.iter().find(|each| each["kind"] == "warp-pipe").map_or(Value::Null, |each| each["at"].clone())
}

fn wait(page: &mut Page, wish: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    page.wait_for_state(wish, FOLLOW_LIMIT, is_so)
}

fn place_warp(page: &mut Page, pointer: Pointer) {
    page.click_button(pointer, "slot-warp-pipe");
    page.click_cell(pointer, WARP);
    wait(page, "a warp pipe", |state| warp_at(state) == json!([4, 3]));
}

fn a_pipe_is_led_elsewhere_and_a_piece_takes_its_pipes_along(pointer: Pointer) {
    let mut session = open(pointer == Pointer::Touch);
    let page = &mut session.page;
    place_warp(page, pointer);
    page.drag_cells(pointer, &[(3, 2), (3, 3), (3, 4)]);
    wait(page, "a whole pipe", |state| state["pipes"][0]["whole"] == true);
    page.drag_cells(pointer, &[WARP, (5, 5)]);
    let state = wait(page, "the warp pipe a row lower", |state| warp_at(state) == json!([4, 4]));
    assert_eq!(state["pipes"][0]["whole"], true, "the pipe came along: {state:#}");
    page.click_button(pointer, "undo");
    wait(page, "the warp pipe back", |state| warp_at(state) == json!([4, 3]));
    // A loose pipe of the lower left, pulled at its middle.
    page.drag_cells(pointer, &[(3, 6), (3, 7), (3, 8), (3, 9)]);
    wait(page, "a second pipe", |state| cells_of(state, "pipe-2").as_array().is_some_and(|cells| cells.len() == 4));
    page.drag_cells(pointer, &[(3, 7), (2, 7)]);
    wait(page, "the second pipe through the cell beside", |state| {
        cells_of(state, "pipe-2").as_array().is_some_and(|cells| cells.contains(&json!([2, 7])))
    });
    page.screenshot(&format!("tools-{pointer:?}").to_lowercase());
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_finger_that_rests_on_an_icon_is_told_its_name_and_presses_nothing() {
    let mut session = open(true);
    let page = &mut session.page;
    let state = wait(page, "the slot", |state| place_of(state, "slot-warp-pipe").is_some());
    let at = place_of(&state, "slot-warp-pipe").unwrap();
    page.press(Pointer::Touch, at);
    let is_told = |state: &Value| state["words"].to_string().contains("Warp Pipe");
    assert!(!is_told(&page.state()), "only when it rests");
    wait(page, "its name", is_told);
    page.screenshot("told-by-finger");
    page.release(Pointer::Touch, at);
    page.settle();
    let state = page.state();
    assert!(is_told(&state) && state["tool"] == "pipe", "it was told, not pressed: {state:#}");
    page.click(Pointer::Touch, at);
    wait(page, "the tool of a tap", |state| state["tool"] == "place-warp-pipe");
}

/// The middle of a button.
fn place_of(state: &Value, id: &str) -> Option<(f64, f64)> {
    let button = state["buttons"].as_array()?.iter().find(|button| button["id"] == id)?;
    let [x, y, w, h] = ["x", "y", "w", "h"].map(|name| button[name].as_f64().unwrap_or_default());
    Some((x + w * 0.5, y + h * 0.5))
}

#[test]
fn a_mouse_leads_pipes_elsewhere_and_moves_pieces() {
    a_pipe_is_led_elsewhere_and_a_piece_takes_its_pipes_along(Pointer::Mouse);
}

#[test]
fn a_finger_leads_pipes_elsewhere_and_moves_pieces() {
    a_pipe_is_led_elsewhere_and_a_piece_takes_its_pipes_along(Pointer::Touch);
}

#[test]
fn a_box_selects_and_what_is_selected_is_copied_and_deleted() {
    let mut session = open(false);
    let page = &mut session.page;
    page.drag_cells(Pointer::Mouse, &[(3, 6), (4, 6), (5, 6)]);
    wait(page, "a pipe", |state| state["pipes"].as_array().is_some_and(|pipes| pipes.len() == 1));
    page.click_button(Pointer::Mouse, "tool-select");
    page.drag_cells(Pointer::Mouse, &[(2, 5), (6, 7)]);
    wait(page, "the pipe selected", |state| state["selection"] == json!(["pipe-1"]));
    page.click_button(Pointer::Mouse, "duplicate");
    page.click_cell(Pointer::Mouse, (4, 3));
    wait(page, "two pipes", |state| state["pipes"].as_array().is_some_and(|pipes| pipes.len() == 2));
    page.key_chord("Control", "a");
    wait(page, "both selected", |state| state["selection"].as_array().is_some_and(|names| names.len() == 2));
    page.key("Delete");
    wait(page, "none left", |state| state["pipes"] == json!([]));
    page.key_chord("Control", "z");
    wait(page, "both again", |state| state["pipes"].as_array().is_some_and(|pipes| pipes.len() == 2));
}

#[test]
fn keys_take_a_piece_move_it_and_put_it_down() {
    let mut session = open(false);
    let page = &mut session.page;
    page.key("w");
    page.walk_cursor(WARP);
    page.key("Enter");
    wait(page, "a warp pipe", |state| warp_at(state) == json!([4, 3]));
    // What was placed is selected already: Enter takes it, and then puts it down.
    page.key("Enter");
    page.walk_cursor((5, 5));
    page.key("Enter");
    wait(page, "the warp pipe a row lower", |state| warp_at(state) == json!([4, 4]));
    page.key("Enter");
    page.walk_cursor((5, 6));
    page.key("Escape");
    page.settle();
    assert_eq!(warp_at(&page.state()), json!([4, 4]), "Esc takes the move back");
}

#[test]
fn a_refused_drop_says_why_and_changes_nothing() {
    let mut session = open(false);
    let page = &mut session.page;
    place_warp(page, Pointer::Mouse);
    page.drag_cells(Pointer::Mouse, &[WARP, (4, 4), (2, 4)]);
    let state = wait(page, "a reason", |state| state["refusal"].is_string());
    assert_eq!(warp_at(&state), json!([4, 3]));
}

#[test]
fn keys_move_the_view_and_fit_it_again() {
    let mut session = open(false);
    let page = &mut session.page;
    let fitted = page.state()["board"].clone();
    page.key("+");
    let cell = |state: &Value| state["board"]["cell"].as_f64().unwrap_or_default();
    wait(page, "a larger board", |state| cell(state) > fitted["cell"].as_f64().unwrap_or_default() * 1.1);
    page.key("0");
    wait(page, "the whole board", |state| state["board"] == fitted);
}
