//! Snapshots: a draft with its past as one text, for autosave.

use super::{Change, Draft};
use crate::format::{FORMAT, ParseErrors, Reader, options};
use crate::limits::{SNAPSHOT_BYTES_MAX, SNAPSHOT_STEPS_MAX};
use serde::{Deserialize, Serialize};

/// A draft with its past, as it is kept between sittings.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Snapshot {
    /// The version of the format.
    pub format: u32,
    /// The level's text.
    pub text: String,
    /// What undoes each step, oldest first.
    done: Vec<Step>,
    /// What does again what was undone, oldest first.
    undone: Vec<Step>,
}

/// A step of the past: the key of its text, and what it takes to go there.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
struct Step(String, Change);

impl Draft {
    /// The draft with its past.
    pub fn snapshot(&self) -> Snapshot {
        let steps =
            |steps: &[(String, Change)]| steps.iter().map(|(key, change)| Step(key.clone(), change.clone())).collect();
        Snapshot { format: FORMAT, text: self.text().into(), done: steps(&self.done), undone: steps(&self.undone) }
    }

    /// The draft that a snapshot was taken of.
    ///
    /// # Errors
    /// Every place in which the level's text cannot be understood.
    pub fn restore(snapshot: Snapshot) -> Result<Self, ParseErrors> {
        let steps = |steps: Vec<Step>| steps.into_iter().map(|Step(key, change)| (key, change)).collect();
        let (done, undone) = (steps(snapshot.done), steps(snapshot.undone));
        Ok(Self { done, undone, ..Self::from_text(&snapshot.text)? })
    }
}

impl Snapshot {
    /// The snapshot as a text of at most so many bytes: the oldest steps of the past go first, and the level itself
    /// always stays.
    pub fn to_text(&self, bytes_max: usize) -> String {
        // Nothing in a snapshot is of a kind that RON has no words for.
        let written = |snapshot: &Self| options().to_string(snapshot).unwrap_or_default();
        let mut rest = self.clone();
        let mut text = written(&rest);
        while text.len() > bytes_max && !(rest.done.is_empty() && rest.undone.is_empty()) {
            // Half of what there is: a few rounds, however long the past.
            let (done, undone) = (rest.done.len().div_ceil(2), rest.undone.len().div_ceil(2));
            if done > 0 {
                rest.done.drain(..done);
            } else {
                rest.undone.drain(..undone);
            }
            text = written(&rest);
        }
        text
    }

    /// Reads a snapshot.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open_within(text, SNAPSHOT_BYTES_MAX)?;
        let level = reader.section::<String>("text");
        let done = reader.list::<Step>("done", SNAPSHOT_STEPS_MAX);
        let undone = reader.list::<Step>("undone", SNAPSHOT_STEPS_MAX);
        reader.finish("format, text, done and undone");
        match (level, done, undone) {
            (Some(text), Some(done), Some(undone)) if reader.errors.is_empty() => {
                Ok(Self { format: FORMAT, text, done, undone })
            }
            _ => Err(ParseErrors(reader.errors)),
        }
    }
}
