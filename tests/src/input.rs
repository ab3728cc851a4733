//! What hands do: real mouse, touch and key events, in CSS pixels of the page.

use crate::page::Page;
use serde_json::{Value, json};

/// Steps of a drag between two points: enough that no cell of a board is jumped over.
const DRAG_STEPS: u32 = 4;

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

    /// Presses and releases a key, named as in `KeyboardEvent.key`: `Enter`, `ArrowLeft`, `a`, ` `.
    #[track_caller]
    pub fn key(&mut self, key: &str) {
        self.key_with(key, 0);
    }

    /// The same with modifiers held: 1 Alt, 2 Control, 4 Meta, 8 Shift, added up.
    #[track_caller]
    pub fn key_with(&mut self, key: &str, modifiers: u32) {
        let (code, number) = key_code(key);
        let mut event = json!({
            "type": "keyDown", "key": key, "code": code, "windowsVirtualKeyCode": number, "modifiers": modifiers,
        });
        if key == "Enter" {
            event["text"] = json!("\r");
        } else if key.chars().count() == 1 && modifiers & 7 == 0 {
            event["text"] = json!(key);
        }
        self.call("Input.dispatchKeyEvent", &event);
        self.settle();
        event["type"] = json!("keyUp");
        event["text"] = Value::Null;
        if let Some(event) = event.as_object_mut() {
            event.remove("text");
        }
        self.call("Input.dispatchKeyEvent", &event);
        self.settle();
    }

    /// Two frames of the page: what was just done has reached the game, and the game has answered.
    #[track_caller]
    pub fn settle(&mut self) {
        self.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))");
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

/// The physical key (`KeyboardEvent.code`) and the old numeric code.
fn key_code(key: &str) -> (String, u32) {
    let named = [
        ("Enter", 13),
        ("Escape", 27),
        ("Tab", 9),
        ("Backspace", 8),
        ("Delete", 46),
        ("Home", 36),
        ("End", 35),
        ("PageUp", 33),
        ("PageDown", 34),
        ("ArrowLeft", 37),
        ("ArrowUp", 38),
        ("ArrowRight", 39),
        ("ArrowDown", 40),
    ];
    if let Some((name, number)) = named.iter().find(|(name, _)| *name == key) {
        return ((*name).to_owned(), *number);
    }
    let marks = [
        (" ", "Space", 32),
        (".", "Period", 190),
        (",", "Comma", 188),
        ("-", "Minus", 189),
        ("=", "Equal", 187),
        ("+", "Equal", 187),
        ("[", "BracketLeft", 219),
        ("]", "BracketRight", 221),
        ("/", "Slash", 191),
        ("?", "Slash", 191),
    ];
    if let Some((_, code, number)) = marks.iter().find(|(mark, _, _)| *mark == key) {
        return ((*code).to_owned(), *number);
    }
    match key.chars().next().map(|first| first.to_ascii_uppercase()) {
        Some(letter) if letter.is_ascii_alphabetic() => (format!("Key{letter}"), letter.into()),
        Some(digit) if digit.is_ascii_digit() => (format!("Digit{digit}"), digit.into()),
        _ => panic!("the harness knows no key `{key}`"),
    }
}
