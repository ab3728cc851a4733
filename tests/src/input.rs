//! What hands do: real mouse and touch events, in CSS pixels of the page.

use crate::page::Page;
use serde_json::json;
use std::time::Duration;

/// Steps of a drag between two points: enough that no cell of a board is jumped over.
const DRAG_STEPS: u32 = 4;
/// How long two frames may take on a busy machine that draws in software.
const SETTLE_LIMIT: Duration = Duration::from_secs(60);

/// What a player points with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Pointer {
    /// The left mouse button.
    Mouse,
    /// One finger.
    Touch,
}

/// A place on the page, in CSS pixels.
pub type Point = (f64, f64);

impl Page {
    /// Clicks or taps.
    #[track_caller]
    pub fn click(&mut self, pointer: Pointer, at: Point) {
        self.drag(pointer, &[at]);
    }

    /// Presses at the first point, goes through the others, lets go at the last.
    #[track_caller]
    pub fn drag(&mut self, pointer: Pointer, points: &[Point]) {
        let (Some(&first), Some(&last)) = (points.first(), points.last()) else {
            return;
        };
        self.press(pointer, first);
        for pair in points.windows(2) {
            for step in 1..=DRAG_STEPS {
                let share = f64::from(step) / f64::from(DRAG_STEPS);
                let between = |from: f64, to: f64| from + (to - from) * share;
                self.move_to(pointer, (between(pair[0].0, pair[1].0), between(pair[0].1, pair[1].1)));
            }
        }
        self.release(pointer, last);
    }

    /// Puts the button or the finger down.
    #[track_caller]
    pub fn press(&mut self, pointer: Pointer, at: Point) {
        match pointer {
            Pointer::Mouse => {
                self.mouse("mouseMoved", at, 0);
                self.settle();
                self.mouse("mousePressed", at, 1);
            }
            Pointer::Touch => self.touch("touchStart", &[at]),
        }
        self.settle();
    }

    /// Moves with the button or the finger down.
    #[track_caller]
    pub fn move_to(&mut self, pointer: Pointer, to: Point) {
        match pointer {
            Pointer::Mouse => self.mouse("mouseMoved", to, 1),
            Pointer::Touch => self.touch("touchMove", &[to]),
        }
        self.settle();
    }

    /// Lifts the button or the finger.
    #[track_caller]
    pub fn release(&mut self, pointer: Pointer, at: Point) {
        match pointer {
            Pointer::Mouse => self.mouse("mouseReleased", at, 0),
            Pointer::Touch => self.touch("touchEnd", &[]),
        }
        self.settle();
    }

    /// Moves the mouse without a button.
    #[track_caller]
    pub fn hover(&mut self, at: Point) {
        self.mouse("mouseMoved", at, 0);
        self.settle();
    }

    /// Two frames of the page: what was just done has reached the game, and the game has answered. Where it makes the
    /// page go elsewhere, two frames of what comes then.
    #[track_caller]
    pub fn settle(&mut self) {
        let frames = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))";
        self.wait_until(frames, SETTLE_LIMIT);
    }

    #[track_caller]
    fn mouse(&mut self, kind: &str, (x, y): Point, buttons: u32) {
        let button = if kind == "mouseMoved" && buttons == 0 { "none" } else { "left" };
        let count = u32::from(kind != "mouseMoved");
        let event = json!({
            "type": kind, "x": x, "y": y, "button": button, "buttons": buttons, "clickCount": count,
            "pointerType": "mouse",
        });
        self.call("Input.dispatchMouseEvent", &event);
    }

    #[track_caller]
    fn touch(&mut self, kind: &str, points: &[Point]) {
        let points: Vec<_> = points.iter().map(|(x, y)| json!({ "x": x, "y": y, "id": 0 })).collect();
        self.call("Input.dispatchTouchEvent", &json!({ "type": kind, "touchPoints": points }));
    }
}
