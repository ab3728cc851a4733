//! Sharing with real events: a run is finished and shared, watched elsewhere to the same digest and taken over; its last
//! seconds become a moving picture; what is broken is told.
#![expect(clippy::unwrap_used, reason = "all of this file is test code")]

use crate::build;
use base64::Engine;
use pipe_maze_level::share::{Pack, Shared, SharedLevel};
use pipe_maze_level::{Replay, Solution};
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::{Value, json};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(90);
/// A picture takes a hundred frames or so, each drawn by the processor twice.
const FILM_LIMIT: Duration = Duration::from_secs(240);
/// What a file is at most that is posted.
const GIF_BYTES_MAX: usize = 4_000_000;

/// Keeps what is downloaded.
const CATCHER: &str = "
    window.caught = [];
    const original = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
        blob.arrayBuffer().then((buffer) => {
            let text = '';
            for (const byte of new Uint8Array(buffer)) text += String.fromCharCode(byte);
            caught.push(btoa(text));
        });
        return original.call(URL, blob);
    };
";

fn open(width: u32, height: u32, fragment: &str) -> Session {
    let mut session = Session::prepare(&Options { width, height, ..Options::default() });
    let url = format!("{}{fragment}", session.url);
    let page = &mut session.page;
    page.call("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": CATCHER }));
    page.open(&url);
    page.wait_for_first_frame();
    session
}

/// What was downloaded last.
fn caught(page: &mut Page, count: usize) -> Vec<u8> {
    page.wait_until(&format!("caught.length === {count}"), LIMIT);
    let text = page.evaluate("caught.at(-1)");
    base64::engine::general_purpose::STANDARD.decode(text.as_str().unwrap()).unwrap()
}

/// Ends a run of the solution, to its debrief.
fn finish(page: &mut Page, solution: &Solution) -> Value {
    build::open(page, solution);
    page.ask_value("send({ Start: { seed: 3 } })");
    page.ask_value("advance(3600000)");
    page.wait_for_screen("debrief")
}

fn share(page: &mut Page) -> String {
    page.click_button(Pointer::Mouse, "sheet-share");
    let state = page.wait_for_state("a link", LIMIT, |state| state["share"]["link"].is_string());
    state["share"]["link"].as_str().unwrap().to_owned()
}

#[test]
fn a_run_is_shared_watched_elsewhere_to_the_same_digest_and_taken_over() {
    let mut session = open(1280, 720, "");
    let page = &mut session.page;
    let won = finish(page, &build::solution("3-flow-control/two-rooms.solution"));
    let link = share(page);
    page.screenshot("share");
    page.click_button(Pointer::Mouse, "save-file");
    let Shared::Replay(file) = Shared::from_bytes(&caught(page, 1)).unwrap() else { panic!("the file is a run") };
    let Shared::Replay(linked) = Shared::from_code(&link).unwrap() else { panic!("the link is a run") };
    assert_eq!(file, linked);
    assert_eq!(linked.replay.digest, won["digest"].as_str().unwrap());
    page.click_button(Pointer::Mouse, "share-build");
    let alone = page.wait_for_state("another link", LIMIT, |state| state["share"]["link"] != link.as_str());
    assert!(alone["share"]["link"].as_str().unwrap().len() < link.len());
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
    drop(session);

    let fragment = format!("#{}", link.split_once('#').unwrap().1);
    let mut session = open(960, 540, &fragment);
    let page = &mut session.page;
    let watched = page.wait_for_state("the run", LIMIT, |state| state["screen"] == "flow" && state["visiting"] == true);
    assert_eq!((&watched["visit"], &watched["paused"]), (&json!("verified"), &json!(false)), "{watched:#}");
    page.wait_for_state("the banner", LIMIT, |state| state["words"].to_string().contains("Someone else’s run"));
    page.settle();
    page.screenshot("watched");
    page.ask_value("advance(3600000)");
    let seen = page.wait_for_screen("debrief");
    assert_eq!((&seen["digest"], &seen["verdict"]), (&won["digest"], &json!("won")));
    assert!(!page.ask_value("progress()").to_string().contains("best"), "what someone else has won does not count");
    // Back into it, and something else is done.
    page.click_button(Pointer::Mouse, "rewind");
    page.wait_for_state("the run again", LIMIT, |state| state["screen"] == "flow" && state["visiting"] == true);
    page.click_button(Pointer::Mouse, "take-over");
    page.wait_for_state("it is held", LIMIT, |state| state["paused"] == true);
    let name = page.state()["pipes"][0]["name"].clone();
    page.ask_value(&format!("send({})", json!({ "Edit": { "Valve": { "name": name, "shut": true } } })));
    let own = page.wait_for_state("a branch of one's own", LIMIT, |state| state["visiting"] == false);
    assert_eq!((&own["branch"], own["branches"].as_array().unwrap().len()), (&json!(1), 2), "{own:#}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn the_last_seconds_become_a_moving_picture() {
    let mut session = open(640, 360, "");
    let page = &mut session.page;
    let lost = finish(page, &build::solution("2-communication/impatient-queue.decoy-great-hall"));
    share(page);
    page.click_button(Pointer::Mouse, "shoot");
    page.wait_for_state("the camera", LIMIT, |state| state["share"]["filmed"].as_f64() > Some(0.0));
    let made = page.wait_for_state("the picture", FILM_LIMIT, |state| {
        assert!(state["share"]["failed"].is_null(), "{:#}", state["share"]);
        state["share"]["gif_bytes"].is_u64()
    });
    assert_eq!((&made["digest"], &made["screen"]), (&lost["digest"], &json!("debrief")), "the run is as it was");
    page.screenshot("filmed");
    page.click_button(Pointer::Mouse, "save-picture");
    let gif = caught(page, 1);
    assert_eq!(made["share"]["gif_bytes"], gif.len());
    assert!(gif.starts_with(b"GIF89a") && gif.len() < GIF_BYTES_MAX, "{} bytes", gif.len());
    let file = pipe_maze_tests::session::root().join("target/screenshots/film.gif");
    std::fs::write(&file, &gif).unwrap();
    // Each frame has its delay: eight hundredths of a second.
    let frames = gif.windows(6).filter(|bytes| bytes[..3] == [0x21, 0xf9, 4] && bytes[4..] == [8, 0]).count();
    assert!(frames > 40, "{frames} frames");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn what_is_broken_is_told_and_a_pack_is_listed() {
    let solution = Shared::Solution(Box::new(pipe_maze_level::share::SharedSolution {
        solution: build::solution("3-flow-control/two-rooms.solution"),
        level_hash: None,
        level: None,
    }));
    let code = solution.to_code().unwrap();
    let mut session = open(640, 360, &format!("#{}", &code[..code.len() - 8]));
    let page = &mut session.page;
    let told = |state: &Value, words: &str| state["words"].to_string().contains(words);
    let state = page.wait_for_state("what is wrong", LIMIT, |state| {
        told(state, "damaged on the way") || told(state, "The end is missing")
    });
    assert_eq!(state["screen"], "title");
    // The whole of it opens the level with the build.
    page.evaluate(&format!("location.hash = '#{code}'"));
    let state = page.wait_for_screen("plan");
    assert_eq!((&state["level"], state["pipes"].as_array().unwrap().len()), (&json!("two-rooms"), 3));

    let levels = ["3-flow-control/two-rooms", "3-flow-control/the-slam"];
    let levels = levels
        .map(|path| SharedLevel::from(pipe_maze_level::share::LevelText::parse(build::level(path).to_text()).unwrap()));
    let pack = Shared::Pack(Pack { title: "Two of them".into(), levels: levels.into() });
    page.evaluate(&format!("location.hash = '#{}'", pack.to_code().unwrap()));
    page.wait_for_state("the list", LIMIT, |state| told(state, "Two of them: 2 levels"));
    page.settle();
    page.screenshot("pack");
    page.click_button(Pointer::Mouse, "pack-level-2");
    page.wait_for_state("the second", LIMIT, |state| state["screen"] == "plan" && state["level"] == "the-slam");

    // A run that says of itself what is not so is shown, and told.
    let level = build::level("3-flow-control/two-rooms");
    let board = build::solution("3-flow-control/two-rooms.solution").board(&level).unwrap();
    let mut timeline = pipe_maze_level::Timeline::start(&level, &board, 1).unwrap();
    timeline.advance_to(pipe_maze_sim::Time::from_ms(2_000), &mut ());
    let path = pipe_maze_tests::session::root().join("levels/3-flow-control/two-rooms.ron");
    let text = std::fs::read_to_string(path).unwrap();
    let mut replay = Replay::of_timeline(&level, &text, &timeline).unwrap();
    replay.digest = "0".repeat(32);
    let forged = Shared::Replay(Box::new(pipe_maze_level::share::SharedReplay { replay, level: None }));
    page.evaluate(&format!("location.hash = '#{}'", forged.to_code().unwrap()));
    page.wait_for_state("the forgery", LIMIT, |state| state["visit"] == "differs" && told(state, "it was changed"));
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
