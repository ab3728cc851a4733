//! Where the game cannot run, the page says what happened and what one can do.

use pipe_maze_tests::game::FOLLOW_LIMIT;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session, dist_without};

/// Waits for a message of a kind; checks that it can be read at this size of page.
fn reads(page: &mut Page, kind: &str, words: &[&str]) {
    page.wait_until(&format!("document.getElementById('message').dataset.kind == '{kind}'"), FOLLOW_LIMIT);
    let width = page.evaluate("innerWidth");
    page.screenshot(&format!("message-{kind}-{width}"));
    let text = page.evaluate("document.getElementById('message').innerText");
    let text = text.as_str().unwrap_or_default();
    for word in words {
        assert!(text.contains(word), "`{word}` is not in: {text}");
    }
    let fits = page.evaluate(
        "(() => { const box = document.getElementById('message').getBoundingClientRect(); \
         return box.width > 200 && box.left >= 0 && box.right <= innerWidth \
         && parseFloat(getComputedStyle(document.getElementById('message-what')).fontSize) >= 14; })()",
    );
    assert_eq!(fits, true, "the message does not fit");
}

#[test]
fn without_webgl2_nothing_is_downloaded_in_vain() {
    let options = Options { webgl: false, width: 320, height: 568, scale: 2.0, ..Options::default() };
    let mut session = Session::open(&options);
    reads(&mut session.page, "no-webgl2", &["WebGL 2", "hardware acceleration"]);
    let wasm = session.page.requests().iter().any(|url| url.contains(".wasm"));
    assert!(!wasm, "the wasm was requested all the same");
    let answer = session.page.ask("state()");
    assert_eq!(answer["error"]["code"], "stopped", "{answer}");
}

#[test]
fn a_missing_file_is_named_and_can_be_tried_again() {
    let folder = dist_without("pipe-maze_bg.wasm");
    let mut session = Session::open(&Options { folder: folder.clone(), ..Options::default() });
    reads(&mut session.page, "no-file", &["pipe-maze_bg.wasm", "404", "Try again"]);

    // The file is there again; the button brings the game.
    let whole = Options::default().folder.join("pipe-maze_bg.wasm");
    std::fs::hard_link(whole, folder.join("pipe-maze_bg.wasm")).unwrap();
    session.page.key("Enter");
    session.page.wait_for_first_frame();
}

#[test]
fn a_file_cut_short_is_named() {
    let folder = dist_without("pipe-maze_bg.wasm");
    std::fs::write(folder.join("pipe-maze_bg.wasm"), b"this is no wasm").unwrap();
    let mut session = Session::open(&Options { folder, width: 844, height: 390, ..Options::default() });
    reads(&mut session.page, "no-file", &["pipe-maze_bg.wasm", "only 15 of"]);
}

#[test]
fn a_missing_script_is_named() {
    let folder = dist_without("pipe-maze.js");
    let mut session = Session::open(&Options { folder, ..Options::default() });
    reads(&mut session.page, "no-file", &["pipe-maze.js", "Try again"]);
}

#[test]
fn a_program_that_stops_says_so() {
    let mut session = Session::open(&Options::default());
    // The download has begun: by then the page listens.
    let begun = "document.getElementById('water').style.strokeDashoffset !== ''";
    session.page.wait_until(begun, FOLLOW_LIMIT);
    session
        .page
        .evaluate("dispatchEvent(new CustomEvent('pipemaze:stopped', { detail: { message: 'valve 7 is gone' } }))");
    reads(&mut session.page, "stopped", &["valve 7 is gone", "Reload"]);
    let answer = session.page.ask("digest()");
    assert_eq!(answer["error"]["code"], "stopped", "{answer}");
}
