//! The editor with real events: a level is made from an empty map, tried, proved and handed on, and won by someone else.

use crate::lab;
use pipe_maze_level::Shared;
use pipe_maze_tests::game::{Cell, FOLLOW_LIMIT};
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::{Value, json};
use std::time::Duration;

/// A proof is computed bit by bit, in a page that draws with the processor.
const PROOF_LIMIT: Duration = Duration::from_secs(240);
/// The way of the pipe that answers everything: from the spring down and into the room.
const WAY: [Cell; 3] = [(3, 2), (3, 7), (7, 7)];

fn open(width: u32, height: u32, touch: bool) -> Session {
    let mut session = Session::open(&Options { width, height, touch, ..Options::default() });
    let pointer = if touch { Pointer::Touch } else { Pointer::Mouse };
    session.page.wait_for_first_frame();
    session.page.click_button(pointer, "make");
    session.page.wait_for_screen("editor");
    session
}

fn wait(page: &mut Page, wish: &str, is_so: impl Fn(&Value) -> bool) -> Value {
    page.wait_for_state(wish, FOLLOW_LIMIT, is_so)
}

/// A spring in the sky, a shaft below it, and a room; the pipe between them is the player's to lay.
fn make_level(page: &mut Page, pointer: Pointer) {
    page.click_button(pointer, "start-blank");
    wait(page, "an empty map", |state| state["editor"]["sheet"].is_null() && state["board"]["columns"] == 16);
    page.click_button(pointer, "tool-dig");
    page.click_button(pointer, "ground-tunnel");
    page.click_cell(pointer, (3, 2));
    wait(page, "a shaft", |state| state["editor"]["revision"] == 1);
    page.click_button(pointer, "tool-piece");
    page.click_button(pointer, "place-spring");
    page.click_cell(pointer, (3, 1));
    wait(page, "a spring", |state| state["editor"]["selected"] == "spring-1");
    page.click_button(pointer, "place-machine-room");
    page.click_cell(pointer, (10, 7));
    wait(page, "a room", |state| {
        state["editor"]["selected"] == "machine-room-1" && state["editor"]["playable"] == true
    });
}

/// Lays the pipe and lets it flow to the end, as a player. Gives the state then.
fn win(page: &mut Page, pointer: Pointer) -> Value {
    page.drag_cells(pointer, &WAY);
    wait(page, "a whole pipe", |state| state["pipes"][0]["whole"] == true);
    page.click_button(pointer, "flow");
    page.wait_for_screen("flow");
    page.ask_value("advance(30000)");
    let state = page.wait_for_screen("debrief");
    assert_eq!(state["verdict"], "won", "{state:#}");
    state
}

#[test]
fn a_level_is_made_proved_shared_and_won_elsewhere() {
    let mut session = open(1280, 720, false);
    let page = &mut session.page;
    page.screenshot("editor-library");
    make_level(page, Pointer::Mouse);
    page.screenshot("editor-desktop");
    page.click_button(Pointer::Mouse, "publish");
    let state = wait(page, "the refusal", |state| state["editor"]["sheet"] == "publish");
    assert!(state["editor"]["link"].is_null(), "nothing is handed on without a proof");
    page.click_button(Pointer::Mouse, "close-sheet");
    page.click_button(Pointer::Mouse, "playtest");
    page.wait_for_screen("plan");
    win(page, Pointer::Mouse);
    page.key("F2");
    let state = page.wait_for_screen("editor");
    assert_eq!(state["editor"]["finished"], "won", "{state:#}");
    page.click_button(Pointer::Mouse, "panel-proof");
    page.click_button(Pointer::Mouse, "keep-reference");
    page.click_button(Pointer::Mouse, "seeds-16");
    page.click_button(Pointer::Mouse, "prove");
    page.wait_for_state("the proof", PROOF_LIMIT, |state| state["editor"]["proved"] == true);
    page.screenshot("editor-proved");
    page.click_button(Pointer::Mouse, "publish");
    let state = wait(page, "a link", |state| state["editor"]["link"].is_string());
    page.screenshot("editor-publish");
    let link = state["editor"]["link"].as_str().unwrap_or_default().to_owned();
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
    let code = link.split_once('#').map(|(_, code)| code.to_owned()).unwrap_or_default();
    drop(session);

    // A browser that has never seen it.
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    let url = format!("{}#{code}", session.url);
    let page = &mut session.page;
    page.open(&url);
    let state = page.wait_for_screen("plan");
    assert_eq!(state["level"], "untitled");
    let won = win(page, Pointer::Mouse);
    page.screenshot("editor-won-elsewhere");
    // The run is handed in, and graded without a window.
    page.click_button(Pointer::Mouse, "sheet-share");
    let state = wait(page, "the run's link", |state| state["share"]["link"].is_string());
    let Ok(Shared::Level(made)) = Shared::from_code(&code) else { panic!("the link is no level") };
    let link = state["share"]["link"].as_str().unwrap_or_default();
    lab::grade("made", &made.level.level, &made.level.text, link, &won["digest"]);
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn what_is_made_is_there_after_a_reload_with_its_past() {
    let mut session = open(1024, 768, true);
    let page = &mut session.page;
    make_level(page, Pointer::Touch);
    page.screenshot("editor-tablet");
    wait(page, "everything kept", |state| state["editor"]["kept"] == true);
    let url = session.url.clone();
    let page = &mut session.page;
    page.open(&url);
    page.wait_for_first_frame();
    page.click_button(Pointer::Touch, "make");
    page.wait_for_screen("editor");
    page.click_button(Pointer::Touch, "close-sheet");
    let state = wait(page, "the level again", |state| state["pieces"].as_array().is_some_and(|all| all.len() == 2));
    assert_eq!(state["editor"]["id"], "untitled");
    page.click_button(Pointer::Touch, "undo");
    wait(page, "one piece less", |state| state["pieces"].as_array().is_some_and(|all| all.len() == 1));
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn keys_dig_and_place_and_the_text_follows() {
    let mut session = open(1280, 720, false);
    let page = &mut session.page;
    page.click_button(Pointer::Mouse, "start-blank");
    wait(page, "an empty map", |state| state["editor"]["sheet"].is_null());
    page.key("d");
    page.walk_cursor((5, 2));
    page.key("Enter");
    page.walk_cursor((7, 2));
    page.key("Enter");
    wait(page, "three cells dug", |state| state["editor"]["revision"] == 1);
    page.key_chord("Control", "z");
    wait(page, "nothing dug", |state| state["editor"]["revision"] == 2);
    page.key_chord("Control", "y");
    wait(page, "three cells dug again", |state| state["editor"]["revision"] == 3);
    page.click_button(Pointer::Mouse, "panel-text");
    let state = wait(page, "the text", |state| state["editor"]["panel"] == "text");
    assert_eq!(state["editor"]["mistakes"], 0);
    page.screenshot("editor-text");
    // What is typed into it reaches the map, and what cannot be understood is marked.
    page.click_button(Pointer::Mouse, "level-text");
    page.key("Home");
    page.key("?");
    wait(page, "a mistake", |state| state["editor"]["mistakes"].as_u64().is_some_and(|count| count > 0));
    page.screenshot("editor-mistake");
    page.key("Backspace");
    wait(page, "no mistake", |state| state["editor"]["mistakes"] == 0);
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_story_is_written_by_finger_in_any_language_and_its_letters_are_fetched_then() {
    let mut session = open(390, 844, true);
    let page = &mut session.page;
    let fetched =
        "performance.getEntriesByType('resource').map((file) => file.name.split('/fonts/full/')[1]).filter(Boolean)";
    page.click_button(Pointer::Touch, "start-blank");
    wait(page, "an empty map", |state| state["editor"]["sheet"].is_null());
    page.click_button(Pointer::Touch, "panel-story");
    wait(page, "the story", |state| state["editor"]["panel"] == "story");
    assert_eq!(page.evaluate(fetched), json!([]), "nobody has written a letter of theirs");
    let written = [
        ("name", "물길", "noto-sans-kr"),
        ("brief", "Открой вентиль", "noto-sans-cyrillic"),
        ("sage", "水を流せ", "noto-sans-jp"),
    ];
    for (field, text, font) in written {
        // For a finger a field of the browser's own opens over the game's: there a keyboard comes up, or an input method.
        page.click_button(Pointer::Touch, &format!("text-{field}"));
        page.wait_until("document.activeElement?.className === 'writing'", FOLLOW_LIMIT);
        page.evaluate("document.activeElement.select()");
        page.call("Input.insertText", &json!({ "text": text }));
        page.key(if field == "name" { "Enter" } else { "Escape" });
        page.wait_until("document.querySelector('.writing') === null", FOLLOW_LIMIT);
        page.wait_until(&format!("{}?.value === '{text}'", mirrored(&format!("text-{field}"))), FOLLOW_LIMIT);
        page.wait_until(&format!("{fetched}.some((file) => file.startsWith('{font}-'))"), FOLLOW_LIMIT);
    }
    let files = page.evaluate(fetched);
    assert_eq!(files.as_array().map(Vec::len), Some(written.len()), "no more than is written: {files}");
    page.settle();
    page.screenshot("editor-languages");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn on_a_phone_every_panel_opens_and_shuts() {
    let mut session = open(390, 844, true);
    let page = &mut session.page;
    page.click_button(Pointer::Touch, "start-blank");
    wait(page, "an empty map", |state| state["editor"]["sheet"].is_null());
    page.screenshot("editor-phone");
    for panel in ["goals", "rules", "story", "tutorial", "problems", "times"] {
        page.click_button(Pointer::Touch, &format!("panel-{panel}"));
        let state = wait(page, "the panel", |state| state["editor"]["panel"] == json!(panel));
        for control in state["buttons"].as_array().into_iter().flatten() {
            let (x, w) = (control["x"].as_f64().unwrap_or(-1.0), control["w"].as_f64().unwrap_or_default());
            assert!(x >= 0.0 && x + w <= 390.5, "{panel}: {control} is not all on screen");
        }
        page.screenshot(&format!("editor-phone-{panel}"));
    }
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

/// The element of the mirror for a control.
fn mirrored(id: &str) -> String {
    format!("document.getElementById('control-of-{id}')")
}

/// Goes to a control as a screen reader does; the game's focus follows.
fn go_to(page: &mut Page, id: &str) {
    page.evaluate(&format!("{}.focus()", mirrored(id)));
    wait(page, &format!("the focus on `{id}`"), |state| state["focus"] == *id);
}

#[test]
fn assistive_technology_turns_and_writes_what_the_editor_shows() {
    let mut session = open(1280, 720, false);
    let page = &mut session.page;
    make_level(page, Pointer::Mouse);
    // A dial: its arrows reach the game from the mirror.
    let dial = "document.querySelector('#controls [data-id^=\"knob-\"]')".to_owned();
    page.wait_until(&format!("{dial}?.getAttribute('role') === 'slider'"), FOLLOW_LIMIT);
    let before = page.evaluate(&format!("Number({dial}.getAttribute('aria-valuenow'))")).as_f64().unwrap_or_default();
    let id = page.evaluate(&format!("{dial}.dataset.id"));
    go_to(page, id.as_str().unwrap_or_default());
    page.key("ArrowUp");
    page.wait_until(&format!("Number({dial}.getAttribute('aria-valuenow')) > {before}"), FOLLOW_LIMIT);
    // A text: its keys reach the game from the mirror, too.
    page.evaluate(&format!("{}.click()", mirrored("panel-story")));
    let brief = mirrored("text-brief");
    page.wait_until(&format!("{brief}?.localName === 'textarea'"), FOLLOW_LIMIT);
    go_to(page, "text-brief");
    for letter in ["H", "o", "l", "d"] {
        page.key(letter);
    }
    page.evaluate(&format!("{}.click()", mirrored("panel-text")));
    let text = mirrored("level-text");
    page.wait_until(&format!("{text}?.value.includes('\"brief\": \"Hold\"')"), FOLLOW_LIMIT);
    // Traffic: a press adds a point, and arrows move it.
    page.evaluate(&format!("{}.click()", mirrored("traffic")));
    let point = mirrored("traffic-point-1");
    page.wait_until(&format!("{point}?.getAttribute('aria-label')?.includes('spring-1')"), FOLLOW_LIMIT);
    go_to(page, "traffic-point-1");
    let stood = page.evaluate(&format!("{point}.getAttribute('aria-valuetext')"));
    page.key("ArrowUp");
    page.wait_until(&format!("{point}?.getAttribute('aria-valuetext') !== {stood}"), FOLLOW_LIMIT);
    // Whatever is shown has a name.
    let nameless = "[...document.querySelectorAll('#controls [data-id]')].filter((node) => !(node.getAttribute('aria-label') ?? '').trim()).map((node) => node.dataset.id)";
    assert_eq!(page.evaluate(nameless), json!([]));
    page.screenshot("editor-told");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
