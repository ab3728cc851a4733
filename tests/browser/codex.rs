//! The page that says what is modelled: it opens from the title, can be read to its end, and leads back.

use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};

/// How near to an end counts as there, in pixels.
const NEAR_PX: f64 = 1.0;

#[test]
fn keys_read_the_codex() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.wait_for_screen("title");
    page.press_button("codex");
    let state = page.wait_for_screen("codex");
    let words = state["words"].to_string();
    assert!(words.contains("What is modelled, and what is not"), "{state:#}");
    page.key("PageDown");
    scrolls_to(page, "a page further", |at, end| at > 100.0 && at < end);
    page.key("End");
    scrolls_to(page, "the end", |at, end| end > 100.0 && at > end - NEAR_PX);
    page.screenshot("codex-end");
    page.key("Home");
    scrolls_to(page, "the beginning", |at, _| at < NEAR_PX);
    page.press_button("section-3");
    scrolls_to(page, "the third section", |at, end| at > 100.0 && at < end);
    page.key("Escape");
    page.wait_for_screen("title");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_finger_reads_the_codex() {
    let mut session = Session::open(&Options { width: 390, height: 844, touch: true, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.click_button(Pointer::Touch, "codex");
    page.wait_for_screen("codex");
    page.settle();
    page.drag(Pointer::Touch, &[(190.0, 700.0), (190.0, 600.0), (190.0, 450.0), (190.0, 300.0)]);
    scrolls_to(page, "further down", |at, _| at > 200.0);
    page.click_button(Pointer::Touch, "back");
    page.wait_for_screen("title");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[track_caller]
fn scrolls_to(page: &mut Page, wish: &str, is_there: impl Fn(f64, f64) -> bool) {
    page.wait_for_state(wish, FOLLOW_LIMIT, |state| {
        let place = &state["scroll"];
        place["at"].as_f64().zip(place["end"].as_f64()).is_some_and(|(at, end)| is_there(at, end))
    });
}
