//! What a player chooses is heeded at once, and is there after the page was closed.

use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(60);

#[test]
fn theme_motion_and_language_are_heeded_and_kept() {
    let mut session = Session::open(&Options { width: 960, height: 540, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    let before = page.wait_for_screen("title")["look"].clone();
    assert_eq!(before, json!({ "theme": "default", "reduced_motion": false, "language": "en" }));
    page.click_button(Pointer::Mouse, "sheet-settings");
    for choice in ["theme-high-contrast", "motion-reduced"] {
        page.click_button(Pointer::Mouse, choice);
    }
    looks(page, &json!({ "theme": "high-contrast", "reduced_motion": true, "language": "en" }));
    page.screenshot("settings-high-contrast");
    page.click_button(Pointer::Mouse, "close-sheet");
    page.click_button(Pointer::Mouse, "language");
    let chosen = json!({ "theme": "high-contrast", "reduced_motion": true, "language": "de" });
    let state = looks(page, &chosen);
    assert!(state["words"].to_string().contains("Spielen"), "{state:#}");
    for kept in ["high-contrast", "reduced", "\"de\""] {
        page.wait_until(&format!("localStorage.getItem('pipe-maze/settings-1')?.includes('{kept}')"), LIMIT);
    }
    let url = session.url.clone();
    page.open(&url);
    page.wait_for_first_frame();
    looks(page, &chosen);
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

fn looks(page: &mut Page, wanted: &Value) -> Value {
    page.wait_for_state(&format!("the look {wanted}"), LIMIT, |state| state["look"] == *wanted)
}
