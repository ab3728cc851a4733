//! From the address to the first frame, at every size of page.

use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};

#[test]
fn the_game_starts_and_fills_the_page() {
    let mut session = Session::open(&Options::default());
    let page = &mut session.page;
    let seconds = page.wait_for_first_frame();
    println!("first frame after {seconds:.1} s");
    page.wait_until("document.getElementById('curtain').hidden", FOLLOW_LIMIT);
    page.screenshot("start");

    progress_was_real(page);
    for (width, height, scale) in [(320, 568, 2.0), (1280, 720, 1.0), (844, 390, 3.0), (3840, 2160, 1.0)] {
        page.resize(width, height, scale);
        fills(page, width, height, scale);
    }

    let foreign: Vec<_> = page.requests().iter().filter(|url| !url.starts_with(&session.url)).cloned().collect();
    assert!(foreign.is_empty(), "requests to elsewhere: {foreign:#?}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
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
    let pixels = |length: u32| f64::from(length) * scale;
    page.wait_until(
        &format!(
            "(() => {{ const canvas = document.getElementById('pipe-maze'), box = canvas.getBoundingClientRect(); \
             return box.width == {width} && box.height == {height} && box.x == 0 && box.y == 0 \
             && Math.abs(canvas.width - {}) <= 1 && Math.abs(canvas.height - {}) <= 1 \
             && document.documentElement.scrollWidth <= {width} && document.documentElement.scrollHeight <= {height}; }})()",
            pixels(width),
            pixels(height),
        ),
        FOLLOW_LIMIT,
    );
}
