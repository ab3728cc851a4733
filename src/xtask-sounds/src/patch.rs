//! Patches: what a sound is made of, as plain data.

use crate::Result;
use crate::score;
use crate::voice::Voice;
use serde::Deserialize;
use std::{fs, path::Path};

/// Most seconds of a sound.
const LENGTH_S_MAX: f64 = 32.0;

/// What one sound is made of.
#[derive(Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Patch {
    /// To which family it belongs.
    pub family: Family,
    /// What it tells, for the table.
    pub means: String,
    /// How loud it has to be, and whether it is a loop.
    pub kind: Kind,
    /// Its length.
    pub length_s: f64,
    /// In stereo; a file for one ear is smaller and cheaper to decode.
    #[serde(default)]
    pub stereo: bool,
    /// The room in which it sounds.
    #[serde(default)]
    pub room: Option<Room>,
    /// Who plays.
    pub parts: Vec<Part>,
}

/// Families of sounds.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// Water and transmission.
    Flow,
    /// Clicks and chimes of discovery.
    Discovery,
    /// Traffic that is directed.
    Balancing,
    /// The pipe orchestra.
    Coordination,
    /// Faults.
    Enemy,
    /// Protections.
    PowerUp,
    /// The interface.
    Interface,
    /// How a level ends.
    End,
}

/// What a sound is for; from that follow its loudness and its quality.
#[derive(Deserialize, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Goes round and round beneath everything else.
    Bed,
    /// Heard many times a second: under the pointer, at each cell, at each answer.
    Touch,
    /// Answers what the player does.
    Action,
    /// Something happened in the run.
    Event,
    /// The end of a level.
    Stinger,
}

/// A reverberant room.
#[derive(Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Room {
    /// How long it rings, to a thousandth.
    pub ring_s: f64,
    /// How much of it is heard.
    pub gain_db: f64,
}

/// A voice and what it plays.
#[derive(Deserialize, Clone, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The instrument.
    pub voice: Voice,
    /// The notes.
    pub score: String,
    /// The length of a step of the score.
    pub step_s: f64,
    /// When the score begins.
    #[serde(default)]
    pub at_s: f64,
    /// How loud.
    #[serde(default)]
    pub gain_db: f64,
    /// Where, from -1 (left) to 1 (right).
    #[serde(default)]
    pub pan: f64,
    /// Notes fall at random times instead.
    #[serde(default)]
    pub scatter: Option<Scatter>,
}

/// Notes drawn from a score, at random times within the sound.
#[derive(Deserialize, Clone, Copy, PartialEq, Debug)]
#[serde(deny_unknown_fields)]
pub struct Scatter {
    /// How many.
    pub count: usize,
    /// From when.
    #[serde(default)]
    pub from_s: f64,
    /// Until when.
    pub to_s: f64,
    /// How much softer the softest are.
    pub spread_db: f64,
    /// Which draw.
    pub seed: u64,
}

impl Kind {
    /// How loud, in LUFS: over all of a bed, in the loudest 400 ms of the others.
    pub const fn loudness_lufs(self) -> f64 {
        match self {
            Self::Bed => -26.0,
            Self::Touch => -28.0,
            Self::Action => -23.0,
            Self::Event => -21.0,
            Self::Stinger => -18.0,
        }
    }

    /// Whether it goes round and round.
    pub const fn is_loop(self) -> bool {
        matches!(self, Self::Bed)
    }

    /// How well it is encoded, in Vorbis's scale from -0.2 to 1.
    pub const fn quality(self) -> f32 {
        match self {
            Self::Bed => -0.2,
            _ => -0.1,
        }
    }
}

impl Patch {
    /// Reads a patch and checks it.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self> {
        let options = ron::Options::default().with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        let patch: Self = options.from_str(text)?;
        if !(patch.length_s > 0.0 && patch.length_s <= LENGTH_S_MAX) {
            return Err(format!("length_s is above 0, at most {LENGTH_S_MAX}").into());
        }
        for (i, part) in patch.parts.iter().enumerate() {
            let notes = score::parse(&part.score).map_err(|e| format!("parts[{i}]: {e}"))?;
            let end_s = part.at_s + part.step_s * score::steps(&part.score) as f64;
            let scattered = part.scatter.is_some();
            if notes.is_empty() || !(part.step_s > 0.0 && part.at_s >= 0.0 && part.pan.abs() <= 1.0) {
                return Err(format!("parts[{i}] needs a note, a step above 0 and a pan from -1 to 1").into());
            }
            if patch.kind.is_loop() && !scattered && (end_s - patch.length_s).abs() > 1e-6 {
                return Err(format!("parts[{i}] lasts {end_s} s, its loop {} s", patch.length_s).into());
            }
            part.voice.check().map_err(|e| format!("parts[{i}]: {e}"))?;
        }
        Ok(patch)
    }
}

/// All patches of a folder with the names of their files, by name.
///
/// # Errors
/// What cannot be read, with the file's name.
pub fn read_all(folder: &Path) -> Result<Vec<(String, Patch)>> {
    let mut patches = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "ron") {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let patch = Patch::parse(&fs::read_to_string(&path)?).map_err(|e| format!("{}: {e}", path.display()))?;
            patches.push((name, patch));
        }
    }
    patches.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(patches)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bed(score: &str, step_s: f64) -> String {
        let voice = "Glass(ring_s: 0.5)";
        format!(
            r#"(family: Flow, means: "x", kind: Bed, length_s: 2, parts: [(voice: {voice}, score: "{score}", step_s: {step_s})])"#
        )
    }

    #[test]
    fn a_loop_s_parts_are_as_long_as_the_loop() {
        assert!(Patch::parse(&bed("D4 . A4 .", 0.5)).is_ok());
        let message = Patch::parse(&bed("D4 . A4", 0.5)).unwrap_err().to_string();
        assert!(message.contains("parts[0] lasts 1.5 s"), "{message}");
    }

    #[test]
    fn bad_patches_are_refused() {
        assert!(Patch::parse(&bed(". .", 1.0)).is_err());
        assert!(Patch::parse(&bed("D4 D4", -1.0)).is_err());
        assert!(Patch::parse("()").is_err());
        assert!(Patch::parse(&bed("D4 D4", 1.0).replace("0.5", "-1")).is_err());
        assert!(Patch::parse(&bed("D4 D4", 1.0).replace("length_s: 2", "length_s: 2000")).is_err());
    }
}
