//! The requests that are understood.

use pipe_maze_level::Edit;
use serde::Deserialize;

/// What can be asked.
#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Request {
    /// Open a level: one of the game's by id, or any by its text.
    LoadLevel {
        /// The id of a level of the game.
        #[serde(default)]
        id: Option<String>,
        /// The text of a level file.
        #[serde(default)]
        ron: Option<String>,
    },
    /// Carry out a command.
    Send {
        /// The command.
        command: Order,
    },
    /// Let simulated time pass in the run, held or not.
    Advance {
        /// How much, in milliseconds.
        ms: f64,
    },
    /// Read the state.
    State,
    /// Read the digest of the run.
    Digest,
    /// Read what the player has achieved, as text.
    Progress,
    /// Take over what was achieved elsewhere: of each level the better.
    MergeProgress {
        /// The text that `progress` gave there.
        text: String,
    },
    /// Run the engine's corpus and read its digests: whether this build computes what others do.
    Corpus {
        /// The seed.
        seed: u64,
    },
    /// Run the engine's reference load and read what a request costs.
    Bench {
        /// How many requests, at most a million.
        requests: u64,
    },
    /// Read what following that many messages costs the processor in a frame.
    Frames {
        /// How many messages are in flight, at most 20,000.
        in_flight: u64,
    },
}

/// What a player can command.
#[derive(Deserialize, PartialEq)]
pub enum Order {
    /// Change the board.
    Edit(Edit),
    /// Turn on the water.
    Start {
        /// The seed; without it the next one.
        #[serde(default)]
        seed: Option<u64>,
    },
    /// Drop the run.
    Stop,
    /// Hold the run.
    Pause,
    /// Let it go on.
    Resume,
    /// Handle one event.
    Step,
    /// Undo the last edit.
    Undo,
    /// Do it again.
    Redo,
    /// Choose a speed, 0 to 3.
    Speed(usize),
}

/// Why a request failed.
pub struct Problem {
    /// For programs.
    pub code: &'static str,
    /// For people.
    pub message: String,
}

impl Problem {
    pub(super) fn new(code: &'static str, message: String) -> Self {
        Self { code, message }
    }

    pub(super) fn no_level() -> Self {
        Self::new("no-level", "no level is open: call loadLevel first".into())
    }

    pub(super) fn no_run() -> Self {
        Self::new("no-run", "no water flows: send {\"Start\":{}} first".into())
    }
}
