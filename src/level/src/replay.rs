//! Replays: level, seed, build and commands, from which anyone can compute a run again and compare its digest.
//!
//! ```ron
//! (
//!     format: 1, rules: 3, level: "two-rooms", level_hash: "89ab…", seed: 5,
//!     build: [LayPipe(name: "feed", cells: [(3, 2), (3, 3)])],
//!     commands: [(given_ns: 1800000000, at_ns: 2000000000, edit: Valve(name: "feed", shut: true))],
//!     until_ns: 12000000001, digest: "0123…",
//! )
//! ```

use crate::board::Board;
use crate::edit::Edit;
use crate::format::{FORMAT, Level, ParseError, ParseErrors, Reader, options};
use crate::limits::{EDITS_MAX, TEXT_BYTES_MAX};
use crate::orders;
use crate::play::{Play, PlayError};
use pipe_maze_sim::{RULES, Time};
use serde::{Deserialize, Serialize};

/// A run that can be computed again.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Replay {
    /// The version of the format.
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
    /// Orders while it flowed, in the order in which they were given.
    pub commands: Vec<Command>,
    /// When the digest was taken, in nanoseconds of simulated time.
    pub until_ns: u64,
    /// The digest.
    pub digest: String,
}

/// An order while the water flows; times are nanoseconds of simulated time since then.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// When it was given; when it took effect, in files from when both were the same.
    #[serde(default)]
    pub given_ns: Option<u64>,
    /// When it took effect, or would have.
    pub at_ns: u64,
    /// When it was taken back before that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recalled_ns: Option<u64>,
    /// What to do.
    pub edit: Edit,
}

impl Command {
    /// An entry of a log as a file has it.
    pub fn of(command: &orders::Command) -> Self {
        Self {
            given_ns: Some(command.given_at.as_ns()),
            at_ns: command.at.as_ns(),
            recalled_ns: command.recalled_at.map(Time::as_ns),
            edit: command.edit.clone(),
        }
    }

    /// When it was given.
    pub fn given_ns(&self) -> u64 {
        self.given_ns.unwrap_or(self.at_ns)
    }

    /// The entry of a log.
    pub fn command(&self) -> orders::Command {
        orders::Command {
            given_at: Time::from_ns(self.given_ns()),
            at: Time::from_ns(self.at_ns),
            recalled_at: self.recalled_ns.map(Time::from_ns),
            edit: self.edit.clone(),
        }
    }
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
        let commands = play.log().iter().map(Command::of);
        Some(Self {
            format: FORMAT,
            rules: RULES,
            level: level.id.clone(),
            level_hash: level_hash(level_text),
            seed: play.seed(),
            build: start.edits(level)?,
            commands: commands.collect(),
            until_ns: play.simulation().now().as_ns(),
            digest: play.digest().to_string(),
        })
    }

    /// Reads a replay file.
    ///
    /// # Errors
    /// Every problem found.
    pub fn parse(text: &str) -> Result<Self, ParseErrors> {
        let mut reader = Reader::open(text)?;
        let rules = reader.section("rules");
        let level = reader.section::<String>("level");
        let level_hash = reader.section::<String>("level_hash");
        let seed = reader.section("seed");
        let build = reader.list("build", EDITS_MAX);
        let commands = reader.list::<Command>("commands", EDITS_MAX);
        let until_ns = reader.section("until_ns");
        let digest = reader.section::<String>("digest");
        let mut report = |place: &str, message: String| {
            reader.errors.push(ParseError { position: None, place: place.into(), message });
        };
        for (name, text) in [("level", &level), ("level_hash", &level_hash), ("digest", &digest)] {
            if text.as_ref().is_some_and(|text| text.len() > TEXT_BYTES_MAX) {
                report(name, format!("at most {TEXT_BYTES_MAX} bytes"));
            }
        }
        let commands_read = commands.as_deref().unwrap_or_default();
        if !commands_read.is_sorted_by_key(Command::given_ns) {
            report("commands", "are not in order of time: sort them".into());
        }
        if commands_read
            .iter()
            .any(|order| order.recalled_ns.is_some_and(|recalled_ns| recalled_ns <= order.given_ns()))
        {
            report("commands", "one is taken back before it is given: leave it out".into());
        }
        reader.finish("format, rules, level, level_hash, seed, build, commands, until_ns and digest");
        let replay = || {
            Some(Self {
                format: FORMAT,
                rules: rules?,
                level: level?,
                level_hash: level_hash?,
                seed: seed?,
                build: build?,
                commands: commands?,
                until_ns: until_ns?,
                digest: digest?,
            })
        };
        match replay() {
            Some(replay) if reader.errors.is_empty() => Ok(replay),
            _ => Err(ParseErrors(reader.errors)),
        }
    }

    /// The replay as the text of a file.
    pub fn to_text(&self) -> String {
        let pretty = ron::ser::PrettyConfig::new().depth_limit(2);
        // Nothing in a replay is of a kind that RON has no words for.
        options().to_string_pretty(self, pretty).unwrap_or_default()
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

    /// The run, computed again.
    ///
    /// # Errors
    /// The edit that is refused, or what the simulation refuses about the board.
    pub fn play(&self, level: &Level) -> Result<Play, PlayError> {
        let log: Vec<orders::Command> = self.commands.iter().map(Command::command).collect();
        Play::again(level, &self.board(level)?, self.seed, &log, Time::from_ns(self.until_ns), &mut ())
    }

    /// Its orders as a log has them.
    fn orders(&self) -> impl Iterator<Item = Command> {
        self.commands.iter().map(|order| Command { given_ns: Some(order.given_ns()), ..order.clone() })
    }

    /// Plays it again in a level with its text, and says what it is.
    ///
    /// # Errors
    /// The edit that is refused, or what the simulation refuses about the board.
    pub fn check(&self, level: &Level, level_text: &str) -> Result<(Check, Play), PlayError> {
        let play = self.play(level)?;
        let check = if self.rules != RULES {
            Check::OtherRules
        } else if self.level != level.id || self.level_hash != level_hash(level_text) {
            Check::OtherLevel
        } else if play.digest().to_string() == self.digest && play.log().iter().map(Command::of).eq(self.orders()) {
            Check::Verified
        } else {
            Check::Differs
        };
        Ok((check, play))
    }
}
