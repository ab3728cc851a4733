//! YAML as a tree of values with their lines, within bounds.

use super::note::{NoteKind, Notes};
use super::{BYTES_MAX, DEPTH_MAX, DOCUMENTS_MAX, ImportError, TEXT_BYTES_MAX, VALUES_MAX};
use saphyr_parser::{Event, Parser};

/// A value, and the line on which it begins, from 1.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Node {
    pub line: u32,
    pub value: Value,
}

/// A value. Which type a scalar has is for its reader to say.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Value {
    Scalar(String),
    List(Vec<Node>),
    /// Keys in the order of the text, each with its line.
    Map(Vec<(u32, String, Node)>),
}

/// A list or map whose end has not come yet.
enum Open {
    List(u32, Vec<Node>),
    /// With the key whose value comes next.
    Map(u32, Vec<(u32, String, Node)>, Option<(u32, String)>),
}

/// The documents of a text.
pub(crate) fn documents(text: &str, notes: &mut Notes) -> Result<Vec<Node>, ImportError> {
    let refuse = |line: u32, message: String| Err(ImportError { line, message });
    if text.len() > BYTES_MAX {
        return refuse(0, format!("{} bytes: at most {BYTES_MAX} are read; make it smaller", text.len()));
    }
    let (mut documents, mut open, mut values) = (Vec::new(), Vec::new(), 0);
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(e) => return refuse(e.marker().line() as u32, format!("{}; mend the text there", e.info())),
        };
        let line = span.start.line() as u32;
        values += 1;
        if values > VALUES_MAX || documents.len() > DOCUMENTS_MAX {
            return refuse(
                line,
                format!("more than {VALUES_MAX} values or {DOCUMENTS_MAX} documents: make it smaller"),
            );
        }
        let node = match event {
            Event::Scalar(text, ..) => Node { line, value: Value::Scalar(text.into_owned()) },
            Event::Alias(_) => {
                notes.add(line, "*", NoteKind::Alias);
                Node { line, value: Value::Scalar(String::new()) }
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEPTH_MAX => {
                return refuse(line, format!("values lie more than {DEPTH_MAX} deep: make it flatter"));
            }
            Event::SequenceStart(..) => {
                open.push(Open::List(line, Vec::new()));
                continue;
            }
            Event::MappingStart(..) => {
                open.push(Open::Map(line, Vec::new(), None));
                continue;
            }
            Event::SequenceEnd | Event::MappingEnd => match open.pop() {
                Some(Open::List(line, items)) => Node { line, value: Value::List(items) },
                Some(Open::Map(line, fields, _)) => Node { line, value: Value::Map(fields) },
                None => continue,
            },
            _ => continue,
        };
        match open.last_mut() {
            None => documents.push(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map(_, fields, key)) => match key.take() {
                Some((line, name)) => fields.push((line, name, node)),
                None => *key = Some((node.line, node.text().unwrap_or_default().to_owned())),
            },
        }
    }
    Ok(documents)
}

impl Node {
    /// The scalar that it is; nothing where that is too long to be a name or value.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(text) => Some(text.trim()).filter(|text| text.len() <= TEXT_BYTES_MAX),
            _ => None,
        }
    }

    /// The elements of the list that it is; nothing where it is none.
    pub fn items(&self) -> &[Self] {
        match &self.value {
            Value::List(items) => items,
            _ => &[],
        }
    }
}
