//! A run that is computed again, bit by bit and within bounds: so that a page can go on drawing, and so that no replay
//! from a stranger takes longer than anyone would wait for.

use super::Replay;
use crate::edit::Edit;
use crate::format::Level;
use crate::limits::REPLAY_EVENTS_MAX;
use crate::play::{Play, PlayError};
use pipe_maze_sim::Time;

/// The run of a replay that is shown, on its way to its end.
#[derive(Clone, Debug)]
pub struct Rerun {
    play: Play,
    commands: Vec<(Time, Edit)>,
    until: Time,
    events_left: u64,
}

impl Rerun {
    /// At the beginning of the run that the replay shows.
    ///
    /// # Errors
    /// The edit of the build that is refused, what the simulation refuses about the board, or that it would be too much
    /// work.
    pub fn new(level: &Level, replay: &Replay) -> Result<Self, PlayError> {
        replay.check_work(level)?;
        let until = Time::from_ns(replay.run().until_ns);
        let mut commands = replay.commands(replay.shown);
        commands.retain(|(at, _)| *at <= until);
        let play = Play::start(level, &replay.board(level)?, replay.seed)?;
        Ok(Self { play, commands, until, events_left: REPLAY_EVENTS_MAX })
    }

    /// Computes on until about so many events of the simulation are done, or the run is where the replay ends. Says
    /// whether it is. A million takes a few tenths of a second natively.
    ///
    /// # Errors
    /// The command that is refused, or that it is too much work.
    pub fn advance(&mut self, events: u64) -> Result<bool, PlayError> {
        let mut left = events.min(self.events_left);
        let before = left;
        let arrived = self.advance_within(&mut left);
        self.events_left -= before - left;
        match arrived {
            Ok(false) if self.events_left == 0 => Err(PlayError::TooMuchWork),
            outcome => outcome,
        }
    }

    fn advance_within(&mut self, events: &mut u64) -> Result<bool, PlayError> {
        while let Some((at, edit)) = self.commands.get(self.play.log().len()) {
            if !self.play.advance_within(*at, events, &mut ()) {
                return Ok(false);
            }
            let place = format!("commands[{}]", self.play.log().len());
            self.play.command(edit).map_err(|refusal| PlayError::Edit(place, refusal))?;
        }
        Ok(self.play.advance_within(self.until, events, &mut ()))
    }

    /// How much of its time has been computed, 0 to 1.
    pub fn done_share(&self) -> f64 {
        let until = self.until.min(self.play.ends_at()).as_ns().max(1);
        (self.play.simulation().now().as_ns() as f64 / until as f64).min(1.0)
    }

    /// The run as it is now.
    pub fn into_play(self) -> Play {
        self.play
    }
}
