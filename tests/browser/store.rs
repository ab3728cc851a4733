//! What is kept from one game to the next, where that goes wrong: a text that cannot be read, and a browser's storage that
//! is full. Both are told, neither ends the game.

use crate::build;
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::session::{Options, Session};
use serde_json::json;
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn progress_that_cannot_be_read_is_set_aside_and_the_game_goes_on() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.evaluate("localStorage.setItem('pipe-maze/progress-1', '{ \"levels\": [')");
    let url = session.url.clone();
    page.open(&url);
    page.wait_for_first_frame();
    page.wait_for_state("the notice", LIMIT, |state| state["words"].to_string().contains("It is set aside"));
    page.screenshot("store-set-aside");
    assert_eq!(page.evaluate("localStorage.getItem('pipe-maze/progress-1-corrupt-1')"), json!("{ \"levels\": ["));
    // What is won from now on is kept as ever.
    build::open(page, &build::solution("3-flow-control/two-rooms.solution"));
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("advance(3600000)");
    page.wait_for_screen("debrief");
    page.wait_until("localStorage.getItem('pipe-maze/progress-1')?.includes('two-rooms')", LIMIT);
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_full_storage_is_told_of_and_one_plays_on() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    // To the last character.
    page.evaluate(
        "(() => { for (let size = 1 << 22, n = 0; size >= 1; ) { \
         try { localStorage.setItem('other-' + n, 'x'.repeat(size)); n += 1; } catch { size >>= 1; } } })()",
    );
    page.click_button(Pointer::Mouse, "sheet-settings");
    page.click_button(Pointer::Mouse, "theme-high-contrast");
    page.wait_for_state("the notice", LIMIT, |state| state["words"].to_string().contains("There is no room left"));
    page.wait_for_state("the theme", LIMIT, |state| state["look"]["theme"] == "high-contrast");
    page.screenshot("store-full");
    page.click_button(Pointer::Mouse, "close-sheet");
    page.click_button(Pointer::Mouse, "play");
    page.wait_for_screen("map");
    let kept = page.evaluate("localStorage.getItem('pipe-maze/settings-1')?.includes('high-contrast') ?? false");
    assert_eq!(kept, json!(false), "there is no room for it");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
