//! Replays: level, seed, build and commands, from which anyone can compute a run again and compare its digest; with the
//! branches that were made on the way.
//!
//! ```ron
//! (
//!     format: 2, rules: 3, level: "two-rooms", level_hash: "89ab…", seed: 5,
//!     build: [LayPipe(name: "feed", cells: [(3, 2), (3, 3)])],
//!     branches: [
//!         (commands: [(given_ns: 1800000000, at_ns: 2000000000, edit: Valve(name: "feed", shut: true))], until_ns: 12000000001),
//!         (from: (branch: 0, at_ns: 1500000000, shared: 0), fork: true, commands: [], until_ns: 9000000000),
//!     ],
//!     shown: 1, digest: "0123…",
//! )
//! ```
//!
//! What is written is always of the newest format. Older ones are read through the structs that were frozen when they
//! were replaced, one file a version: `v1`. A format's number rises when what stands in a file would be read as
//! something else; a new kind of edit or knob only adds names, which older programs refuse by name.

mod branch;
mod rerun;
mod v1;

pub use branch::{Command, ReplayBranch, Split};
pub use rerun::Rerun;

use crate::board::Board;
use crate::edit::Edit;
use crate::format::{Level, ParseErrors, Reader, options};
use crate::limits::{BRANCHES_MAX, REPLAY_BYTES_MAX, TEXT_BYTES_MAX};
use crate::orders;
use crate::play::{Play, PlayError};
use crate::timeline::{Branch, Timeline};
use pipe_maze_sim::{RULES, Time};
use serde::Serialize;

/// The version of the format that is written; this and all before are read.
pub const REPLAY_FORMAT: u32 = 2;

/// A run that can be computed again, and the runs beside it from which it came.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Replay {
    /// The version of the format: [`REPLAY_FORMAT`], whatever it was read from.
    pub format: u32,
    /// The rules of the simulation under which the digest came about.
    pub rules: u32,
    /// The level's name.
    pub level: String,
    /// The [hash](level_hash) of the level's text.
    pub level_hash: String,
    /// The seed.
    pub seed: u64,
    /// Edits on the level's own board before the water flowed.
    pub build: Vec<Edit>,
    /// The first run and the branches, in the order in which they were made; never empty.
    pub branches: Vec<ReplayBranch>,
    /// Which of them is shown, and judged.
    pub shown: u32,
    /// The digest of the one that is shown, at its end.
    pub digest: String,
}

/// What a replay turned out to be.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Check {
    /// The run has the digest that the replay states, and each order took effect when the replay says, under the same
    /// rules and in the same level.
    Verified,
    /// The replay was made under other rules: it was played again, and says nothing about what it was then.
    OtherRules,
    /// The replay was made in another version of the level: it was played again, and says nothing about what it was then.
    OtherLevel,
    /// Rules and level are the same, and the digest is not: it was forged or damaged.
    Differs,
}

/// The hash of a level's text, which tells one version of a level from another (64-bit FNV-1a in hexadecimal). It guards
/// against accidents. How lines end makes no difference.
pub fn level_hash(text: &str) -> String {
    let bytes = text.bytes().filter(|&byte| byte != b'\r');
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    format!("{hash:016x}")
}

impl Replay {
    /// The replay of a run as it is now: of a level with its text, and the board with which the water began to flow.
    /// Nothing where that is no board of the level.
    pub fn of(level: &Level, level_text: &str, start: &Board, play: &Play) -> Option<Self> {
        let branch = ReplayBranch {
            commands: play.log().iter().map(Command::of).collect(),
            until_ns: play.simulation().now().as_ns(),
            ..ReplayBranch::default()
        };
        Self::new(level, level_text, start, play, (vec![branch], 0))
    }

    /// The replay of all branches of a timeline; the one that is shown is judged, as far as it has been seen. Nothing
    /// where its board is none of the level.
    pub fn of_timeline(level: &Level, level_text: &str, timeline: &Timeline) -> Option<Self> {
        let shown = timeline.current();
        let parent = |branch: &Branch| branch.parent().and_then(|(id, _)| timeline.branch(id));
        let branches = timeline.branches().map(|(_, branch)| ReplayBranch::of(branch, parent(branch))).collect();
        let play = timeline.latest(shown)?;
        Self::new(level, level_text, timeline.start_board(), &play, (branches, shown.number()))
    }

    fn new(
        level: &Level,
        level_text: &str,
        start: &Board,
        play: &Play,
        (branches, shown): (Vec<ReplayBranch>, u32),
    ) -> Option<Self> {
        Some(Self {
            format: REPLAY_FORMAT,
            rules: RULES,
            level: level.id.clone(),
            level_hash: level_hash(level_text),
            seed: play.seed(),
            build: start.edits(level)?,
            branches,
            shown,
            digest: play.digest().to_string(),
        })
    }

    /// Reads a replay file of any format up to the newest.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let (mut reader, format) = Reader::open_format(text, 1..=REPLAY_FORMAT, REPLAY_BYTES_MAX)?;
        let replay = if format == 1 { v1::read(&mut reader) } else { Self::read(&mut reader) };
        if let Some(replay) = replay.as_ref().filter(|_| reader.errors.is_empty()) {
            replay.check_shape(&mut reader.errors);
        }
        match replay {
            Some(replay) if reader.errors.is_empty() => Ok(replay),
            _ => Err(ParseErrors(reader.errors)),
        }
    }

    fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let rules = reader.section("rules");
        let (level, level_hash) = (reader.text("level"), reader.text("level_hash"));
        let seed = reader.section("seed");
        let build = reader.edits("build");
        let branches = reader.list::<ReplayBranch>("branches", BRANCHES_MAX + 1);
        let shown = reader.section_if_there("shown");
        let digest = reader.text("digest");
        reader.finish("format, rules, level, level_hash, seed, build, branches, shown and digest");
        Some(Self {
            format: REPLAY_FORMAT,
            rules: rules?,
            level: level?,
            level_hash: level_hash?,
            seed: seed?,
            build: build?,
            branches: branches?,
            shown: shown?,
            digest: digest?,
        })
    }

    /// The replay as the text of a file.
    pub fn to_text(&self) -> String {
        let pretty = ron::ser::PrettyConfig::new().depth_limit(3);
        // Nothing in a replay is of a kind that RON has no words for.
        options().to_string_pretty(self, pretty).unwrap_or_default()
    }

    /// The same without a blank too many.
    pub(crate) fn to_short_text(&self) -> String {
        options().to_string(self).unwrap_or_default()
    }

    /// The board with which the water begins to flow.
    ///
    /// # Errors
    /// The edit of the build that is refused.
    pub fn board(&self, level: &Level) -> Result<Board, PlayError> {
        let mut board = Board::new(level);
        for (nth, edit) in self.build.iter().enumerate() {
            board.apply(edit).map_err(|refusal| PlayError::Edit(format!("build[{nth}]"), refusal))?;
        }
        Ok(board)
    }

    /// The run that is shown, computed again.
    ///
    /// # Errors
    /// The edit that is refused, what the simulation refuses about the board, or that it is too much work.
    pub fn play(&self, level: &Level) -> Result<Play, PlayError> {
        let mut rerun = Rerun::new(level, self)?;
        while !rerun.advance(u64::MAX)? {}
        Ok(rerun.into_play())
    }

    /// The log of the run that is shown, as far as it has come.
    fn orders(&self) -> Vec<orders::Command> {
        let until = Time::from_ns(self.run().until_ns);
        let mut log = self.commands(self.shown);
        log.retain(|command| command.given_at <= until);
        log.iter_mut().for_each(|command| command.recalled_at = command.recalled_at.filter(|&at| at <= until));
        log
    }

    /// Plays it again in a level with its text, and says what it is.
    ///
    /// # Errors
    /// The edit that is refused, what the simulation refuses about the board, or that it is too much work.
    pub fn check(&self, level: &Level, level_text: &str) -> Result<(Check, Play), PlayError> {
        let play = self.play(level)?;
        Ok((self.compare(level, level_text, &play), play))
    }

    /// Says what a run that was computed again from it shows it to be.
    pub fn compare(&self, level: &Level, level_text: &str, play: &Play) -> Check {
        if self.rules != RULES {
            Check::OtherRules
        } else if self.level != level.id || self.level_hash != level_hash(level_text) {
            Check::OtherLevel
        } else if play.digest().to_string() == self.digest && play.log() == self.orders() {
            Check::Verified
        } else {
            Check::Differs
        }
    }
}

impl Reader<'_> {
    /// A short text.
    fn text(&mut self, name: &str) -> Option<String> {
        let text = self.section::<String>(name)?;
        if text.len() > TEXT_BYTES_MAX {
            self.report(name, format!("at most {TEXT_BYTES_MAX} bytes"));
            return None;
        }
        Some(text)
    }
}
