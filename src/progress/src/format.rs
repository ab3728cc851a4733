//! Progress as text: JSON with a version, read with bounds, for it comes from wherever the player had it. What an older
//! game wrote is read through what it was then, a type for each version, which never changes again.

mod first;

use super::{Calibration, Progress, RUNS_MAX, Record, Run};
use pipe_maze_level::board::is_name;
use pipe_maze_level::limits::{CAMPAIGN_LEVELS_MAX, COINS_MAX, TIMEOUT_MS_MAX};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The version that is written.
const FORMAT: u32 = 2;
/// Most bytes that are read of what is carried elsewhere.
pub const BYTES_MAX: usize = 256 * 1024;
/// Most seeds that a build is tried on.
const SEEDS_MAX: u32 = 4_096;

/// Why a text is no progress that can be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Problem {
    /// More bytes than are read.
    TooLarge,
    /// Written by another version of the game.
    OtherFormat(u32),
    /// No progress at all, or with something in it that cannot be.
    Broken(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "more than {BYTES_MAX} bytes"),
            Self::OtherFormat(format) => write!(f, "of format {format}; this game reads formats 1 to {FORMAT}"),
            Self::Broken(why) => write!(f, "broken: {why}"),
        }
    }
}

impl std::error::Error for Problem {}

/// The first look at a file: everything but its version may be unknown here.
#[derive(Deserialize)]
struct Version {
    format: u32,
}

/// Progress as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    format: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    here: Option<String>,
    levels: BTreeMap<String, Record>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    runs: BTreeMap<String, Vec<Run>>,
    #[serde(default, skip_serializing_if = "Calibration::is_empty")]
    calibration: Calibration,
}

/// Progress as it is read, whatever version wrote it.
#[derive(Deserialize)]
#[serde(try_from = "serde_json::Value")]
pub(super) struct AnyFile(File);

impl TryFrom<serde_json::Value> for AnyFile {
    type Error = Problem;

    fn try_from(value: serde_json::Value) -> Result<Self, Problem> {
        let broken = |e: serde_json::Error| Problem::Broken(e.to_string());
        let Version { format } = Version::deserialize(&value).map_err(broken)?;
        match format {
            1 => Ok(Self(serde_json::from_value::<first::File>(value).map_err(broken)?.into())),
            FORMAT => Ok(Self(serde_json::from_value(value).map_err(broken)?)),
            other => Err(Problem::OtherFormat(other)),
        }
    }
}

impl Progress {
    /// Progress as text, to be kept or to be carried elsewhere.
    pub fn to_text(&self) -> String {
        // Names and numbers: nothing in it can fail to be written.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Reads progress from text.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn from_text(text: &str) -> Result<Self, Problem> {
        if text.len() > BYTES_MAX {
            return Err(Problem::TooLarge);
        }
        let broken = |e: serde_json::Error| Problem::Broken(e.to_string());
        let value: serde_json::Value = serde_json::from_str(text).map_err(broken)?;
        AnyFile::try_from(value)?.try_into()
    }
}

impl From<Progress> for File {
    fn from(Progress { levels, here, runs, calibration }: Progress) -> Self {
        Self { format: FORMAT, here, levels, runs, calibration }
    }
}

impl TryFrom<AnyFile> for Progress {
    type Error = Problem;

    fn try_from(AnyFile(file): AnyFile) -> Result<Self, Problem> {
        let most = file.levels.len().max(file.runs.len());
        if most > CAMPAIGN_LEVELS_MAX {
            return Err(Problem::Broken(format!("{most} levels: at most {CAMPAIGN_LEVELS_MAX}")));
        }
        if let Some(id) = file.levels.keys().chain(file.runs.keys()).chain(&file.here).find(|id| !is_name(id)) {
            return Err(Problem::Broken(format!("`{}` is no level's name", id.chars().take(40).collect::<String>())));
        }
        if let Some((id, _)) = file.levels.iter().find(|(_, record)| !is_possible(record)) {
            return Err(Problem::Broken(format!("`{id}` has a figure that cannot be")));
        }
        let is_possible = |run: &Run| run.cost <= COINS_MAX && run.p99_us.is_none_or(|us| us <= TIMEOUT_MS_MAX * 1_000);
        if let Some((id, _)) = file.runs.iter().find(|(_, runs)| runs.len() > RUNS_MAX || !runs.iter().all(is_possible))
        {
            return Err(Problem::Broken(format!("`{id}` has runs that cannot be")));
        }
        if file.calibration.right > file.calibration.answers {
            return Err(Problem::Broken("more right answers than answers".into()));
        }
        Ok(Self { levels: file.levels, here: file.here, runs: file.runs, calibration: file.calibration })
    }
}

fn is_possible(record: &Record) -> bool {
    record.best.is_none_or(|best| {
        best.cost <= COINS_MAX
            && best.p99_us.is_none_or(|us| us <= TIMEOUT_MS_MAX * 1_000)
            && best.robust.is_none_or(|robust| robust.held <= robust.of && robust.of <= SEEDS_MAX)
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Best, Robust};
    use super::*;

    fn some() -> Progress {
        let mut progress = Progress::default();
        progress.attempt("two-rooms", 4);
        progress.win("two-rooms", 170, Some(412_345));
        progress.attempt("the-slam", 1);
        progress.open("the-slam");
        progress.predict(5, 4);
        progress
    }

    #[test]
    fn what_the_first_version_wrote_opens() {
        let text = r#"{"format": 1, "here": "the-slam", "levels": {
            "the-slam": {"attempts": 7},
            "two-rooms": {"attempts": 4, "best": {"cost": 170, "p99_us": 412345, "robust": {"held": 30, "of": 32}}}
        }}"#;
        let progress = Progress::from_text(text).unwrap();
        assert_eq!((progress.here(), progress.of("the-slam").attempts), (Some("the-slam"), 7));
        let best = Best { cost: 170, p99_us: Some(412_345), robust: Some(Robust { held: 30, of: 32 }) };
        assert_eq!(progress.of("two-rooms").best, Some(best));
        assert!(progress.runs("two-rooms").is_empty() && progress.calibration().is_empty());
        assert_eq!(serde_json::from_str::<Progress>(text).unwrap(), progress, "as the store reads it");
        assert_eq!(Progress::from_text(&progress.to_text()), Ok(progress));
        let later = text.replace("\"here\"", "\"calibration\": {}, \"here\"");
        assert!(Progress::from_text(&later).is_err(), "the first version knew no calibration");
    }

    #[test]
    fn what_is_written_is_read_again() {
        for progress in [Progress::default(), some()] {
            assert_eq!(Progress::from_text(&progress.to_text()), Ok(progress));
        }
        let mut later = some();
        let best = Best { cost: 1, p99_us: None, robust: Some(Robust { held: 28, of: 32 }) };
        later.levels.insert("robust".into(), Record { attempts: 1, best: Some(best) });
        assert_eq!(Progress::from_text(&later.to_text()), Ok(later));
    }

    #[test]
    fn bad_texts_are_refused_with_a_reason() {
        let text = some().to_text();
        let broken = [
            "".to_owned(),
            "null".into(),
            "[]".into(),
            "{".into(),
            text[..text.len() / 2].into(),
            text.replace("\"levels\"", "\"lavels\""),
            text.replace("170", "-1"),
            text.replace("170", "1000001"),
            text.replace("412345", "3600000001"),
            text.replace("two-rooms", "../../two rooms"),
            "[".repeat(100_000),
        ];
        for bad in broken {
            assert!(matches!(Progress::from_text(&bad), Err(Problem::Broken(_))), "{}", &bad[..bad.len().min(200)]);
        }
        let newer = text.replace("\"format\": 2", "\"format\": 3, \"new\": {}");
        assert_eq!(Progress::from_text(&newer), Err(Problem::OtherFormat(3)));
        let more = text.replace("\"answers\": 5", "\"answers\": 3");
        assert!(text != more && Progress::from_text(&more).is_err(), "more right than there were");
        assert_eq!(Progress::from_text(&" ".repeat(BYTES_MAX + 1)), Err(Problem::TooLarge));
    }

    #[test]
    fn too_many_levels_are_refused() {
        let mut progress = Progress::default();
        (0..=CAMPAIGN_LEVELS_MAX).for_each(|i| progress.attempt(&format!("level-{i}"), 1));
        assert!(Progress::from_text(&progress.to_text()).is_err());
    }
}
