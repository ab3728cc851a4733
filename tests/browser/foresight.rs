//! What broke first, said before and shown after; and a lost run that is gone back into, branched and won.

use crate::build;
use pipe_maze_level::Timeline;
use pipe_maze_level::prediction::{Breaks, Prediction, score};
use pipe_maze_sim::{PieceId, Time};
use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::session::{Options, Session};
use std::time::Duration;

const LIMIT: Duration = Duration::from_secs(90);

#[test]
fn a_prediction_is_scored_and_what_broke_first_leads_back() {
    let path = "2-communication/impatient-queue";
    let solution = build::solution(&format!("{path}.decoy-great-hall"));
    let level = build::level(path);
    let mut session = Session::open(&Options { width: 1280, height: 720, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    build::open(page, &solution);
    page.click_button(Pointer::Mouse, "sheet-predict");
    page.wait_for_state("the questions", LIMIT, |state| state["words"].to_string().contains("What breaks first?"));
    let board = solution.board(&level).unwrap();
    let services = board.pieces().iter().filter(|piece| ["hall", "counter"].contains(&piece.name.as_str()));
    let nth = 1 + services.map(|piece| &piece.name).position(|name| name == "hall").unwrap();
    for id in [format!("breaks-{nth}"), "spell-1".into(), "band-4".into()] {
        page.click_button(Pointer::Mouse, &id);
    }
    page.screenshot("predict");
    page.click_button(Pointer::Mouse, "go-on");
    page.click_button(Pointer::Mouse, "flow");
    let flows = page.wait_for_screen("flow");
    let seed = flows["seed"].as_u64().unwrap();
    page.ask_value("advance(3600000)");
    page.wait_for_screen("debrief");
    let mut timeline = Timeline::start(&level, &board, seed).unwrap();
    timeline.advance_to(Time::MAX, &mut ());
    let onset = timeline.onset();
    let said = Prediction { breaks: Some(Breaks::Piece(PieceId::from_name("hall"))), spell: Some(0), band: Some(3) };
    let scored = score(&said, &level, &timeline, &onset);
    let right = format!("{} of 3", scored.right());
    page.wait_for_state(&format!("{right}: {scored:?}"), LIMIT, |state| {
        let words = state["words"].to_string();
        [right.as_str(), "Your prediction", "What broke first"].iter().all(|said| words.contains(said))
    });
    page.screenshot("debrief-lost-wide");
    page.click_button(Pointer::Mouse, "onset-1");
    let back = page.wait_for_screen("flow");
    assert!(back["time_ms"].as_f64().unwrap() <= onset.steps[0].at.as_ms_f64() && back["paused"] == true, "{back:#}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}

#[test]
fn a_lost_run_is_scrubbed_back_forked_and_won() {
    let solution = build::solution("3-flow-control/the-slam.decoy-by-turns");
    let mut session = Session::open(&Options { width: 1280, height: 720, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    build::open(page, &solution);
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("advance(3600000)");
    let lost = page.wait_for_screen("debrief");
    assert_eq!(lost["verdict"], "lost");
    page.click_button(Pointer::Mouse, "fork-run");
    page.wait_for_state("a fork", LIMIT, |state| state["forks"] == true && state["screen"] == "flow");
    // The press slams after three seconds: back to before it.
    while page.state()["time_ms"].as_f64().unwrap() > 2_000.0 {
        page.key("j");
    }
    page.click_cell(Pointer::Mouse, (5, 4));
    page.wait_for_state("the warp pipe", LIMIT, |state| state["selected"] == "warp");
    for _ in 0..8 {
        page.click_button(Pointer::Mouse, "more-policy");
        if page.state()["words"].to_string().contains("Power of two choices") {
            break;
        }
    }
    let forked = page.wait_for_state("a branch", LIMIT, |state| state["branch"] == 1);
    assert!(forked["branches"][1]["fork"] == true && forked["forks"] == false, "{forked:#}");
    page.screenshot("fork");
    page.ask_value("advance(3600000)");
    let won = page.wait_for_state("a win", LIMIT, |state| state["screen"] == "debrief" && state["verdict"] == "won");
    assert_ne!(won["digest"], lost["digest"]);
    page.click_button(Pointer::Mouse, "sheet-branches");
    let compared = page.wait_for_state("the table", LIMIT, |state| state["words"].to_string().contains("goodput"));
    let words = compared["words"].to_string();
    assert!(words.contains("The first thing that differs") && words.contains("good answers"), "{words}");
    page.click_button(Pointer::Mouse, "rename-1");
    for letter in ["b", "y", "t", "w", "o"] {
        page.key(letter);
    }
    page.key("Enter");
    page.wait_for_state("the name", LIMIT, |state| state["branches"][1]["name"] == "bytwo");
    page.screenshot("branches");
    page.click_button(Pointer::Mouse, "compared-0");
    let first = page.wait_for_state("the first run", LIMIT, |state| state["branch"] == 0);
    assert!(first["branches"][1]["name"] == "bytwo", "{first:#}");
    assert!(page.console_errors().is_empty(), "{:#?}", page.console_errors());
}
