//! The map: one walks, skips ahead if one likes, and what was won is there the next time.

use crate::build;
use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::{Value, json};

fn options() -> Options {
    Options { width: 960, height: 540, ..Options::default() }
}

fn chosen(page: &mut Page, wish: &str, is_so: impl Fn(&str) -> bool) -> Value {
    page.wait_for_state(wish, FOLLOW_LIMIT, |state| state["map"]["chosen"].as_str().is_some_and(&is_so))
}

#[test]
fn arrows_walk_and_escape_leads_back() {
    let mut session = Session::open(&options());
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.press_button("play");
    page.wait_for_screen("map");
    let state = chosen(page, "the first level", |id| id == "level-1");
    assert_eq!(state["map"]["next"], "level-1");
    let words = state["words"].to_string();
    assert!(words.contains("Under construction") && words.contains("Coordination"), "{words}");
    page.key("ArrowRight");
    chosen(page, "another level of the section", |id| id.starts_with("level-") && id != "level-1");
    page.key("ArrowLeft");
    chosen(page, "the first level again", |id| id == "level-1");
    page.key("ArrowDown");
    chosen(page, "a level of the gallery below", |id| id == "level-10");
    page.key("ArrowDown");
    let state = chosen(page, "the site below", |id| id == "site-5");
    assert!(state["words"].to_string().contains("there is no level in it yet"), "{state:#}");
    page.key("Escape");
    page.wait_for_screen("title");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_finger_skips_ahead() {
    let mut session = Session::open(&Options { touch: true, ..options() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.click_button(Pointer::Touch, "play");
    page.click_button(Pointer::Touch, "level-4");
    let state = chosen(page, "the fourth level", |id| id == "level-4");
    assert!(state["words"].to_string().contains("Not yet recommended"), "{state:#}");
    // A second tap opens it.
    page.click_button(Pointer::Touch, "level-4");
    let state = page.wait_for_screen("plan");
    assert_eq!(state["level"], "the-slam");
    page.click_button(Pointer::Touch, "menu");
    page.click_button(Pointer::Touch, "leave");
    page.wait_for_screen("map");
    chosen(page, "the level one comes from", |id| id == "level-4");
}

#[test]
fn what_was_won_is_there_after_the_page_was_closed() {
    let mut session = Session::open(&options());
    let page = &mut session.page;
    page.wait_for_first_frame();
    build::open(page, &build::solution("3-flow-control/two-rooms.solution"));
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("advance(3600000)");
    page.wait_for_screen("debrief");
    page.click_button(Pointer::Mouse, "next");
    let state = page.wait_for_screen("plan");
    assert_ne!(state["level"], "two-rooms", "one goes on to another level");
    let url = session.url.clone();
    page.open(&url);
    page.wait_for_first_frame();
    page.click_button(Pointer::Mouse, "play");
    page.wait_for_screen("map");
    let state = chosen(page, "the second level", |id| id == "level-2");
    assert_eq!(state["map"]["won"], json!(["level-1"]));
    page.screenshot("map-after-a-win");
    let text = page.ask_value("progress()");
    assert!(text.as_str().is_some_and(|text| text.contains("two-rooms")), "{text}");
    page.ask_value(&format!("mergeProgress({text})"));
    assert_eq!(page.ask_value("progress()"), text, "one's own progress adds nothing");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
