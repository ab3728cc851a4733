//! The interface at the sizes of real screens: everything is on screen, and large enough to touch.

use pipe_maze_tests::input::Pointer;
use pipe_maze_tests::page::Page;
use pipe_maze_tests::session::{Options, Session};
use serde_json::Value;

/// Smallest height or width of what a finger has to meet, in CSS pixels; browsers round.
const TOUCH_PX_MIN: f64 = 26.0;

#[test]
fn a_small_phone() {
    fits(320, 568);
}

#[test]
fn a_phone_upright() {
    fits(390, 844);
}

#[test]
fn a_phone_on_its_side() {
    fits(844, 390);
}

/// The least room of all, side by side: words must not lie over each other, neither in Plan nor while the water flows.
#[test]
fn the_smallest_phone_on_its_side() {
    let (width, height) = (640, 360);
    let mut session = Session::open(&Options { width, height, touch: true, ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.ask_value("loadLevel({ id: 'checkout-rush' })");
    page.wait_for_screen("plan");
    page.settle();
    buttons_fit(&page.state(), width, height);
    page.screenshot("plan-640x360");
    page.ask_value("send({ Edit: { LayPipe: { name: 'feed', cells: [[11, 2], [11, 3], [11, 4]] } } })");
    page.ask_value("send({ Start: { seed: 1 } })");
    page.ask_value("advance(1500)");
    page.wait_for_screen("flow");
    page.settle();
    buttons_fit(&page.state(), width, height);
    page.screenshot("flow-640x360");
}

#[test]
fn a_desktop() {
    fits(1_280, 720);
}

/// The sandbox's palette holds one of each, and German words are long.
#[test]
fn a_full_palette_on_a_tablet() {
    full_palette_fits(1_024, 768);
}

#[test]
fn a_full_palette_on_a_desktop() {
    full_palette_fits(1_280, 720);
}

fn full_palette_fits(width: u32, height: u32) {
    let mut session = Session::open(&Options { width, height, query: "?lang=de".into(), ..Options::default() });
    let page = &mut session.page;
    page.wait_for_first_frame();
    page.click_button(Pointer::Mouse, "make");
    page.wait_for_screen("editor");
    page.click_button(Pointer::Mouse, "sandbox-shop");
    page.wait_for_screen("plan");
    page.settle();
    buttons_fit(&page.state(), width, height);
    page.screenshot(&format!("sandbox-{width}x{height}"));
}

fn fits(width: u32, height: u32) {
    let mut session = Session::open(&Options { width, height, scale: 1.0, touch: width < 900, ..Options::default() });
    let pointer = if width < 900 { Pointer::Touch } else { Pointer::Mouse };
    let page = &mut session.page;
    page.wait_for_first_frame();
    let title = page.wait_for_screen("title");
    buttons_fit(&title, width, height);
    page.screenshot(&format!("title-{width}x{height}"));
    page.click_button(pointer, "codex");
    page.wait_for_screen("codex");
    page.settle();
    let codex = page.state();
    buttons_fit(&codex, width, height);
    page.screenshot(&format!("codex-{width}x{height}"));
    page.click_button(pointer, "back");
    page.wait_for_screen("title");
    page.click_button(pointer, "play");
    page.wait_for_screen("map");
    page.settle();
    let map = page.state();
    map_fits(&map, width, height);
    page.screenshot(&format!("map-{width}x{height}"));
    page.click_button(pointer, "open");
    page.wait_for_screen("plan");
    page.settle();
    let plan = page.state();
    buttons_fit(&plan, width, height);
    board_fits(&plan, width, height);
    page.screenshot(&format!("plan-{width}x{height}"));
    // One room alone drowns: the busiest picture that this level has.
    page.drag_cells(pointer, &[(3, 2), (3, 3), (3, 4), (3, 5), (3, 6), (3, 7), (3, 8), (3, 9), (3, 10)]);
    page.click_button(pointer, "flow");
    page.wait_for_screen("flow");
    let flow = page.ask_until_strained();
    buttons_fit(&flow, width, height);
    page.screenshot(&format!("strained-{width}x{height}"));
    page.ask_value("advance(60000)");
    page.wait_for_screen("debrief");
    page.settle();
    let mut debrief = page.state();
    if width < 900 {
        leave_out_what_is_scrolled_away(&mut debrief);
    }
    buttons_fit(&debrief, width, height);
    page.screenshot(&format!("debrief-{width}x{height}"));
}

/// A phone scrolls the debrief: what is not wholly above the choices at its foot is reached by scrolling.
fn leave_out_what_is_scrolled_away(debrief: &mut Value) {
    const FOOT: [&str; 7] = ["next", "change", "rewind", "fork-run", "retry", "sheet-share", "menu"];
    let is_foot = |button: &Value| FOOT.iter().any(|id| button["id"] == *id);
    let Some(buttons) = debrief["buttons"].as_array_mut() else { return };
    let tops = buttons.iter().filter(|button| is_foot(button)).filter_map(|button| button["y"].as_f64());
    let fold = tops.fold(f64::INFINITY, f64::min);
    assert!(fold.is_finite(), "the choices are always in sight");
    buttons.retain(|button| {
        let bottom = button["y"].as_f64().unwrap_or_default() + button["h"].as_f64().unwrap_or_default();
        is_foot(button) || bottom <= fold + 0.5
    });
}

/// Lets the run go on until a room turns requests away.
trait Strain {
    fn ask_until_strained(&mut self) -> Value;
}

impl Strain for Page {
    fn ask_until_strained(&mut self) -> Value {
        self.ask_value("advance(2500)");
        self.wait_for_state("a request that is turned away", pipe_maze_tests::game::FOLLOW_LIMIT, |state| {
            state["totals"]["rejected"].as_u64() > Some(3)
        })
    }
}

fn buttons_fit(state: &Value, width: u32, height: u32) {
    let buttons = state["buttons"].as_array().cloned().unwrap_or_default();
    assert!(!buttons.is_empty(), "{state:#}");
    let boxes: Vec<_> = buttons.iter().map(rectangle).collect();
    for (i, (name, [left, top, right, bottom])) in boxes.iter().enumerate() {
        let inside =
            *left >= -0.5 && *top >= -0.5 && *right <= f64::from(width) + 0.5 && *bottom <= f64::from(height) + 0.5;
        assert!(inside, "`{name}` is not on the screen of {width}x{height}: {state:#}");
        let small = (right - left).min(bottom - top);
        assert!(small >= TOUCH_PX_MIN, "`{name}` is {small} px small on {width}x{height}");
        for (other, [l, t, r, b]) in &boxes[..i] {
            let apart = right <= &(l + 0.5) || r <= &(left + 0.5) || bottom <= &(t + 0.5) || b <= &(top + 0.5);
            assert!(apart, "`{name}` and `{other}` overlap on {width}x{height}");
        }
    }
}

/// Nothing is cut off at the sides, the chosen level and what opens it are in view, and every level can be met by a finger.
fn map_fits(state: &Value, width: u32, height: u32) {
    let buttons = state["buttons"].as_array().cloned().unwrap_or_default();
    let boxes: Vec<_> = buttons.iter().map(rectangle).collect();
    for (name, [left, top, right, bottom]) in &boxes {
        assert!(*left >= -0.5 && *right <= f64::from(width) + 0.5, "`{name}` is cut off on {width}x{height}");
        let small = (right - left).min(bottom - top);
        assert!(small >= 43.0, "`{name}` is {small} px small on {width}x{height}");
    }
    let chosen = state["map"]["chosen"].as_str().unwrap_or_default();
    for wanted in [format!("\"{chosen}\""), "\"open\"".into(), "\"back\"".into()] {
        let Some((_, [_, top, _, bottom])) = boxes.iter().find(|(name, _)| *name == wanted) else {
            panic!("no {wanted} on the map: {state:#}");
        };
        assert!(*top >= -0.5 && *bottom <= f64::from(height) + 0.5, "{wanted} is not in view on {width}x{height}");
    }
}

fn board_fits(state: &Value, width: u32, height: u32) {
    let number = |name: &str| state["board"][name].as_f64().unwrap_or_default();
    let (cell, columns, rows) = (number("cell"), number("columns"), number("rows"));
    assert!(cell >= 12.0, "{state:#}");
    assert!(number("x") >= -1.0 && number("x") + cell * columns <= f64::from(width) + 1.0, "{state:#}");
    assert!(number("y") >= -1.0 && number("y") + cell * rows <= f64::from(height) + 1.0, "{state:#}");
}

fn rectangle(button: &Value) -> (String, [f64; 4]) {
    let number = |name: &str| button[name].as_f64().unwrap_or_default();
    let (x, y) = (number("x"), number("y"));
    (button["id"].to_string(), [x, y, x + number("w"), y + number("h")])
}
