//! From the address to the first frame, at every size of page.

use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};

#[test]
fn the_game_starts_and_fills_the_page() {
    let mut session = Session::open(&Options { scale: 1.0, ..Options::default() });
    let page = &mut session.page;
    let seconds = page.wait_for_first_frame();
    println!("first frame after {seconds:.1} s");
    page.wait_until("document.getElementById('curtain').hidden", FOLLOW_LIMIT);
    page.screenshot("start");

    progress_was_real(page);
    for (width, height) in [(320, 568), (1280, 720), (3840, 2160)] {
        page.resize(width, height);
        fills(page, width, height, 1.0);
    }

    let foreign: Vec<_> = page.requests().iter().filter(|url| !url.starts_with(&session.url)).cloned().collect();
    assert!(foreign.is_empty(), "requests to elsewhere: {foreign:#?}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_phone_gets_every_pixel() {
    let options = Options { width: 320, height: 568, scale: 2.0, touch: true, ..Options::default() };
    let mut session = Session::open(&options);
    session.page.wait_for_first_frame();
    fills(&mut session.page, 320, 568, 2.0);
    session.page.wait_until("document.getElementById('curtain').hidden", FOLLOW_LIMIT);
    session.page.screenshot("phone");
}

/// The loader counted real bytes: from nothing, ever more, to exactly the size of the wasm.
fn progress_was_real(page: &mut Page) {
    let steps = page.evaluate("pipeMazeSeen.filter((event) => event.name == 'progress').map((event) => event.detail)");
    let steps = steps.as_array().cloned().unwrap_or_default();
    let loaded: Vec<_> = steps.iter().filter_map(|step| step["loaded"].as_u64()).collect();
    assert!(loaded.len() > 2, "{loaded:?}");
    assert!(loaded.is_sorted(), "{loaded:?}");
    assert_eq!(loaded.first(), Some(&0));
    let size =
        page.evaluate("fetch('pipe-maze_bg.wasm').then((file) => file.arrayBuffer()).then((all) => all.byteLength)");
    assert_eq!(loaded.last().copied(), size.as_u64());
    assert!(steps.iter().all(|step| step["total"] == size), "a total that is not the file's size");
}

/// The canvas covers the viewport, every device pixel of it, and nothing scrolls.
fn fills(page: &mut Page, width: u32, height: u32, scale: f64) {
    let (across, down) = (f64::from(width) * scale, f64::from(height) * scale);
    // What differs is shown where it is waited for in vain.
    let condition = format!(
        "(() => {{ const canvas = document.getElementById('pipe-maze'), box = canvas.getBoundingClientRect(); \
         const page = document.documentElement; \
         const is = [box.x, box.y, box.width, box.height, canvas.width, canvas.height, page.scrollWidth, page.scrollHeight]; \
         const wanted = [0, 0, {width}, {height}, {across}, {down}, {width}, {height}]; \
         return is.every((length, index) => Math.abs(length - wanted[index]) <= 1) || {{ is, wanted }}; }})()"
    );
    page.wait_until(&condition, FOLLOW_LIMIT);
}
