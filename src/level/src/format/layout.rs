//! How values stand in the files that this program writes: on one line where they fit, else broken as a person would.
//!
//! ```ron
//! (name: "room", at: (6, 2), spec: MachineRoom(          the last part of a value that does not fit is opened
//!     workers: 6, queue: 40,                              and its parts fill lines
//! )),
//! ```

use super::options;
use serde::Serialize;
use std::iter::Peekable;
use std::str::Chars;

/// Widest line, in characters.
const WIDTH: usize = 120;
/// Columns of one step in.
const STEP: usize = 4;

/// A value as it stands in a file, whose first line begins after `before` characters and whose others are so far in.
pub(super) fn laid_out(value: &impl Serialize, indent: usize, before: usize) -> String {
    // Levels and solutions are made of nothing that RON has no words for.
    let text = options().to_string(value).unwrap_or_default();
    let mut out = String::new();
    Node::read(&mut text.chars().peekable()).lay(&mut out, indent, before);
    out
}

/// A list of which each element begins a line of its own.
pub(super) fn list<T: Serialize>(elements: &[T], indent: usize) -> String {
    if elements.is_empty() {
        return "[]".into();
    }
    let pad = " ".repeat(indent + STEP);
    let lines = elements.iter().map(|each| format!("{pad}{},\n", laid_out(each, indent + STEP, indent + STEP)));
    format!("[\n{}{}]", lines.collect::<String>(), " ".repeat(indent))
}

/// A text between quotation marks.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            other if other.is_control() => quoted.push_str(&format!("\\u{{{:x}}}", u32::from(other))),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

/// A value, taken apart.
enum Node {
    /// A word, number or text.
    Leaf(String),
    /// What stands before the bracket, the brackets, and between them parts with or without a key.
    Group { head: String, brackets: [char; 2], parts: Vec<(Option<String>, Node)> },
}

impl Node {
    /// Reads a value that was written without spaces.
    fn read(chars: &mut Peekable<Chars<'_>>) -> Self {
        let mut head = String::new();
        while let Some(&next) = chars.peek() {
            match next {
                '"' => head.push_str(&read_text(chars)),
                '(' | '[' | '{' => {
                    chars.next();
                    let (close, parts) = Self::read_parts(chars);
                    return Self::Group { head, brackets: [next, close], parts };
                }
                ')' | ']' | '}' | ',' | ':' => break,
                other => {
                    head.push(other);
                    chars.next();
                }
            }
        }
        Self::Leaf(head)
    }

    /// Reads parts up to the bracket that closes them, which comes with them.
    fn read_parts(chars: &mut Peekable<Chars<'_>>) -> (char, Vec<(Option<String>, Self)>) {
        let mut parts = Vec::new();
        loop {
            match chars.peek() {
                Some(&close @ (')' | ']' | '}')) => {
                    chars.next();
                    return (close, parts);
                }
                Some(',') => drop(chars.next()),
                Some(_) => {
                    let first = Self::read(chars);
                    if chars.next_if_eq(&':').is_some() {
                        parts.push((Some(first.flat()), Self::read(chars)));
                    } else {
                        parts.push((None, first));
                    }
                }
                None => return (')', parts),
            }
        }
    }

    /// On one line.
    fn flat(&self) -> String {
        match self {
            Self::Leaf(text) => text.clone(),
            Self::Group { head, brackets: [open, close], parts } => {
                let parts: Vec<String> = parts.iter().map(flat_part).collect();
                format!("{head}{open}{}{close}", parts.join(", "))
            }
        }
    }

    fn lay(&self, out: &mut String, indent: usize, before: usize) {
        let flat = self.flat();
        let fits = before + flat.chars().count() < WIDTH;
        let Self::Group { head, brackets: [open, close], parts } = self else { return out.push_str(&flat) };
        if fits || parts.is_empty() {
            return out.push_str(&flat);
        }
        match (self.opening(before), parts.last()) {
            (Some(first), Some((_, last))) => {
                out.push_str(&format!("{head}{open}{first}"));
                last.open(out, indent);
                out.push(*close);
            }
            _ => self.open(out, indent),
        }
    }

    /// Its parts on lines of their own, further in.
    fn open(&self, out: &mut String, indent: usize) {
        let Self::Group { head, brackets: [open, close], parts } = self else { return out.push_str(&self.flat()) };
        out.push_str(&format!("{head}{open}"));
        fill(out, parts, indent + STEP);
        out.push_str(&format!("\n{}{close}", " ".repeat(indent)));
    }

    /// All parts but the value of the last one, where they fit on the first line and that value can be opened.
    fn opening(&self, before: usize) -> Option<String> {
        let Self::Group { head, parts, .. } = self else { return None };
        let ((key, last), others) = parts.split_last()?;
        let Self::Group { head: its_head, parts: its_parts, .. } = last else { return None };
        if its_parts.len() < 2 || others.is_empty() {
            return None;
        }
        let key = key.as_ref().map(|key| format!("{key}: ")).unwrap_or_default();
        let first: String = others.iter().map(|part| format!("{}, ", flat_part(part))).collect::<String>() + &key;
        let width = before + head.chars().count() + 2 + first.chars().count() + its_head.chars().count();
        (width <= WIDTH).then_some(first)
    }
}

fn flat_part((key, value): &(Option<String>, Node)) -> String {
    match key {
        Some(key) => format!("{key}: {}", value.flat()),
        None => value.flat(),
    }
}

/// As many parts on a line as fit.
fn fill(out: &mut String, parts: &[(Option<String>, Node)], indent: usize) {
    let mut column = WIDTH;
    for part in parts {
        let flat = flat_part(part);
        let length = flat.chars().count();
        if column + 1 + length < WIDTH {
            out.push(' ');
            column += 1;
        } else {
            out.push('\n');
            out.push_str(&" ".repeat(indent));
            column = indent;
        }
        if column + length < WIDTH {
            out.push_str(&flat);
            column += length + 1;
        } else {
            let key = part.0.as_ref().map(|key| format!("{key}: ")).unwrap_or_default();
            out.push_str(&key);
            part.1.lay(out, indent, column + key.chars().count());
            column = WIDTH;
        }
        out.push(',');
    }
}

/// Reads a text, and writes apostrophes plainly.
fn read_text(chars: &mut Peekable<Chars<'_>>) -> String {
    let mut text = String::from('"');
    chars.next();
    while let Some(character) = chars.next() {
        match character {
            '"' => break,
            '\\' => match chars.next() {
                Some('\'') => text.push('\''),
                Some(escaped) => text.extend(['\\', escaped]),
                None => {}
            },
            other => text.push(other),
        }
    }
    text.push('"');
    text
}
