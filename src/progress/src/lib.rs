//! What the player has achieved: for each level how often it was tried, and the best of what was won. It is kept, and
//! carried elsewhere, as text; that may come from anybody. Who keeps it and when is the game's business.

mod format;

pub use format::{BYTES_MAX, Problem};

use format::{AnyFile, File};
use pipe_maze_level::Level;
use pipe_maze_level::robustness::ROBUST_SHARE;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// All that is kept between two runs of the game.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "resource", derive(bevy_ecs::prelude::Resource))]
#[serde(try_from = "AnyFile", into = "File")]
pub struct Progress {
    levels: BTreeMap<String, Record>,
    /// The level that was opened last.
    here: Option<String>,
    /// Of each level the latest runs that were won, the latest last.
    runs: BTreeMap<String, Vec<Run>>,
    calibration: Calibration,
}

/// Most runs of a level that are kept.
const RUNS_MAX: usize = 24;

/// A run that was won.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// What the build cost, in coins.
    pub cost: u32,
    /// Its p99 latency, in simulated microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p99_us: Option<u64>,
}

/// How often the player was right about what breaks first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Questions that were answered.
    pub answers: u32,
    /// How many of the answers were right.
    pub right: u32,
}

impl Calibration {
    /// Whether nothing was ever answered.
    pub const fn is_empty(&self) -> bool {
        self.answers == 0
    }
}

/// What was achieved in one level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// How often the water was turned on.
    pub attempts: u32,
    /// The best of the runs that were won.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub best: Option<Best>,
}

/// The best of the runs that were won, each figure for itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Best {
    /// What the cheapest build cost, in coins.
    pub cost: u32,
    /// The least p99 latency, in simulated microseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub p99_us: Option<u64>,
    /// On how many held-out seeds a build held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub robust: Option<Robust>,
}

/// On how many seeds that nobody tuned to a build held.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Robust {
    /// Seeds on which it won.
    pub held: u32,
    /// Seeds on which it was tried.
    pub of: u32,
}

impl Progress {
    /// What was achieved in the level of that id.
    pub fn of(&self, id: &str) -> Record {
        self.levels.get(id).copied().unwrap_or_default()
    }

    /// The id of the level that was opened last.
    pub fn here(&self) -> Option<&str> {
        self.here.as_deref()
    }

    /// Notes that a level was opened.
    pub fn open(&mut self, id: &str) {
        self.here = Some(id.to_owned());
    }

    /// Notes that the water was turned on so many times.
    pub fn attempt(&mut self, id: &str, times: u32) {
        let record = self.levels.entry(id.to_owned()).or_default();
        record.attempts = record.attempts.saturating_add(times);
    }

    /// Notes that a level was won by a build of that cost, with that p99 in simulated microseconds.
    pub fn win(&mut self, id: &str, cost: u32, p99_us: Option<u64>) {
        let record = self.levels.entry(id.to_owned()).or_default();
        let best = Best { cost, p99_us, robust: None };
        record.best = Some(record.best.map_or(best, |before| before.with(best)));
        let runs = self.runs.entry(id.to_owned()).or_default();
        runs.push(Run { cost, p99_us });
        let surplus = runs.len().saturating_sub(RUNS_MAX);
        runs.drain(..surplus);
    }

    /// The latest runs of a level that were won, the latest last.
    pub fn runs(&self, id: &str) -> &[Run] {
        self.runs.get(id).map_or(&[], Vec::as_slice)
    }

    /// Notes how many questions about what breaks first were answered, and how many of them rightly.
    pub const fn predict(&mut self, answers: u32, right: u32) {
        self.calibration.answers = self.calibration.answers.saturating_add(answers);
        self.calibration.right = self.calibration.right.saturating_add(right);
    }

    /// How often the player was right about what breaks first.
    pub const fn calibration(&self) -> Calibration {
        self.calibration
    }

    /// Notes on how many held-out seeds a build of a level that was won has held.
    pub fn hold(&mut self, id: &str, robust: Robust) {
        if let Some(best) = self.levels.get_mut(id).and_then(|record| record.best.as_mut()) {
            *best = best.with(Best { robust: Some(robust), ..*best });
        }
    }

    /// Takes over what was achieved elsewhere: of each level the better.
    pub fn merge(&mut self, other: &Self) {
        for (id, theirs) in &other.levels {
            let ours = self.levels.entry(id.clone()).or_default();
            ours.attempts = ours.attempts.max(theirs.attempts);
            ours.best = match (ours.best, theirs.best) {
                (Some(ours), Some(theirs)) => Some(ours.with(theirs)),
                (ours, theirs) => ours.or(theirs),
            };
        }
        for (id, theirs) in &other.runs {
            let ours = self.runs.entry(id.clone()).or_default();
            // The longer list; of two that are as long it does not matter which, but it is the same whoever merges.
            if (theirs.len(), theirs) > (ours.len(), &*ours) {
                ours.clone_from(theirs);
            }
        }
        self.calibration = self.calibration.max(other.calibration);
        self.here = self.here.take().or_else(|| other.here.clone());
    }
}

impl Robust {
    /// Whether it is worth a star.
    pub fn is_star(self) -> bool {
        self.of > 0 && f64::from(self.held) >= f64::from(self.of) * ROBUST_SHARE
    }
}

impl Record {
    /// Whether it was won.
    pub const fn is_won(&self) -> bool {
        self.best.is_some()
    }

    /// How many stars it has, and how many the level has: one for winning, one for a build that holds on other seeds, and
    /// one at par where there is a par.
    pub fn stars(&self, level: &Level) -> (u32, u32) {
        let at_par = level.par.zip(self.best).is_some_and(|(par, best)| best.cost <= par);
        let robust = self.best.and_then(|best| best.robust).is_some_and(Robust::is_star);
        let earned = [self.is_won(), at_par, robust].into_iter().filter(|earned| *earned).count();
        (earned as u32, 2 + u32::from(level.par.is_some()))
    }
}

impl Best {
    /// Of each figure the better.
    fn with(self, other: Self) -> Self {
        let better = |a: Robust, b: Robust| {
            let share = |robust: Robust| u64::from(robust.held) * 1_000_000 / u64::from(robust.of.max(1));
            if share(b) > share(a) { b } else { a }
        };
        Self {
            cost: self.cost.min(other.cost),
            p99_us: least(self.p99_us, other.p99_us),
            robust: match (self.robust, other.robust) {
                (Some(a), Some(b)) => Some(better(a, b)),
                (a, b) => a.or(b),
            },
        }
    }
}

fn least(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.into_iter().chain(b).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_figure_keeps_its_best() {
        let mut progress = Progress::default();
        progress.attempt("a", 2);
        assert!(!progress.of("a").is_won());
        progress.win("a", 200, Some(90_000));
        progress.win("a", 260, Some(70_000));
        progress.win("a", 180, None);
        assert_eq!(progress.of("a").best, Some(Best { cost: 180, p99_us: Some(70_000), robust: None }));
        assert_eq!(progress.of("a").attempts, 2);
        assert_eq!(progress.of("b"), Record::default());
    }

    #[test]
    fn merging_takes_the_better_of_both_and_loses_nothing() {
        let (mut ours, mut theirs) = (Progress::default(), Progress::default());
        ours.attempt("a", 3);
        ours.win("a", 100, Some(50));
        ours.win("only-ours", 7, None);
        theirs.attempt("a", 9);
        theirs.win("a", 120, Some(40));
        theirs.attempt("only-theirs", 1);
        theirs.open("a");
        let (mut one, mut other) = (ours.clone(), theirs.clone());
        one.merge(&theirs);
        other.merge(&ours);
        assert_eq!(one, other, "whoever merges");
        assert_eq!(one.of("a"), Record { attempts: 9, best: Some(Best { cost: 100, p99_us: Some(40), robust: None }) });
        assert!(one.of("only-ours").is_won() && one.of("only-theirs").attempts == 1);
        assert_eq!(one.here(), Some("a"));
        let before = one.clone();
        one.merge(&before);
        assert_eq!(one, before);
    }

    #[test]
    fn a_build_at_par_has_its_star_and_a_level_without_par_has_none_to_give() {
        let text = include_str!("../../../levels/3-flow-control/two-rooms.ron");
        let level = Level::parse(text).unwrap();
        let par = level.par.unwrap();
        let mut progress = Progress::default();
        assert_eq!(progress.of(&level.id).stars(&level), (0, 3));
        progress.win(&level.id, par + 1, None);
        assert_eq!(progress.of(&level.id).stars(&level), (1, 3));
        progress.win(&level.id, par, None);
        assert_eq!(progress.of(&level.id).stars(&level), (2, 3));
        progress.hold(&level.id, Robust { held: 30, of: 32 });
        assert_eq!(progress.of(&level.id).stars(&level), (2, 3), "too few held");
        progress.hold(&level.id, Robust { held: 31, of: 32 });
        assert_eq!(progress.of(&level.id).stars(&level), (3, 3));
        progress.hold("never-won", Robust { held: 32, of: 32 });
        assert_eq!(progress.of("never-won"), Record::default());
        let free = Level { par: None, ..level };
        assert_eq!(progress.of(&free.id).stars(&free), (2, 2));
    }
}
