//! What fingers do on a keyboard: real key events.

use crate::page::Page;
use serde_json::{Value, json};

impl Page {
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
        if let Value::Object(event) = &mut event {
            event.remove("text");
        }
        self.call("Input.dispatchKeyEvent", &event);
        self.settle();
    }

    /// Presses a key while another one is held, as the events of a real keyboard say it: `Control` and `z`.
    #[track_caller]
    pub fn key_chord(&mut self, held: &str, key: &str) {
        let (code, number, bit) = match held {
            "Control" => ("ControlLeft", 17, 2),
            "Shift" => ("ShiftLeft", 16, 8),
            _ => panic!("the harness cannot hold `{held}`"),
        };
        let mut event = json!({
            "type": "rawKeyDown", "key": held, "code": code, "windowsVirtualKeyCode": number, "modifiers": bit,
        });
        self.call("Input.dispatchKeyEvent", &event);
        self.settle();
        self.key_with(key, bit);
        event["type"] = json!("keyUp");
        event["modifiers"] = json!(0);
        self.call("Input.dispatchKeyEvent", &event);
        self.settle();
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
    if let Some(number @ 1..=12) = key.strip_prefix('F').and_then(|number| number.parse::<u32>().ok()) {
        return (key.to_owned(), 111 + number);
    }
    match key.chars().next().map(|first| first.to_ascii_uppercase()) {
        Some(letter) if letter.is_ascii_alphabetic() => (format!("Key{letter}"), letter.into()),
        Some(digit) if digit.is_ascii_digit() => (format!("Digit{digit}"), digit.into()),
        _ => panic!("the harness knows no key `{key}`"),
    }
}
