//! The session: the level that is open, the board that is built on it, and the run that flows. Knows nothing of Bevy
//! but that it is a resource: everything here can be done, and is tested, without a window. `run` is what happens in time,
//! `visit` what is special about someone else's run.

mod run;
mod visit;

pub use visit::Visit;

use bevy::prelude::Resource;
use pipe_maze_level::timeline::{BranchId, ForkReport};
use pipe_maze_level::{Board, Edit, History, Level, Play, Refusal, Timeline};
use pipe_maze_sim::{Fact, Time};
use run::keep;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Speeds that the player can choose, as multiples of the level's pace.
pub const SPEEDS: [f64; 4] = [1.0, 2.0, 4.0, 8.0];
/// The longest stretch of wall time that one frame makes up for, in seconds.
const FRAME_S_MAX: f64 = 0.25;
/// Most facts that are kept for the view in one frame; the simulation itself never drops any.
pub const FACTS_MAX: usize = 20_000;

/// What is open.
#[derive(Resource)]
pub struct Session {
    level: Arc<Level>,
    history: History,
    flow: Option<Flow>,
    /// Grows with each change of the board or of what is open, so that views know when to rebuild.
    revision: u64,
    attempts: u64,
    speed: usize,
    /// The pace that goes before the chosen one, in simulated nanoseconds a second, and for whom.
    slowed: BTreeMap<Slow, f64>,
    /// Seconds of building that are left, in levels that are played against the clock.
    plan_left_s: Option<f64>,
}

/// Who makes the run slower than the player chose. The slowest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Slow {
    /// A request is ridden.
    Ride,
    /// Something has just happened that is worth a look.
    Moment,
}

/// A run and how it is shown.
struct Flow {
    /// The run, and what else could have been.
    timeline: Timeline,
    paused: bool,
    /// Where the shown time stands between two nanoseconds.
    remainder_ns: f64,
    facts: Vec<(Time, Fact)>,
    /// Whether the next command makes a fork: a branch that keeps the later commands.
    forks: bool,
    /// What became of the last fork.
    forked: Option<ForkReport>,
    /// Whether the error budget has just run out before the eye: the run is held, and may be looked at further.
    has_broken: bool,
    /// The branch and the moment of which the result was read last.
    result: Option<(BranchId, Time)>,
    /// Whose run it is, where it is someone else's.
    visit: Option<Visit>,
}

impl Session {
    /// Opens a level with its untouched board.
    pub fn open(level: Level) -> Self {
        let history = History::new(Board::new(&level));
        let plan_left_s = level.flow.plan_s.map(f64::from);
        Self {
            level: Arc::new(level),
            history,
            flow: None,
            revision: 1,
            attempts: 0,
            speed: 0,
            slowed: BTreeMap::new(),
            plan_left_s,
        }
    }

    /// Opens another state of the level, as an author makes it, with its untouched board.
    pub fn show(&mut self, level: Level) {
        *self = Self { revision: self.revision + 1, ..Self::open(level) };
    }

    /// The level.
    pub fn level(&self) -> &Level {
        &self.level
    }

    /// The level, for those who keep it.
    pub fn shared_level(&self) -> Arc<Level> {
        Arc::clone(&self.level)
    }

    /// The board as it is now: in a run the one that flows.
    pub fn board(&self) -> &Board {
        self.play().map_or_else(|| self.history.board(), Play::board)
    }

    /// The board with which the water begins to flow, or began to.
    pub fn plan(&self) -> &Board {
        self.history.board()
    }

    /// The run as it is at the moment that is shown, if one was started.
    pub fn play(&self) -> Option<&Play> {
        self.timeline().map(Timeline::play)
    }

    /// The run with its past and its branches, if one was started.
    pub fn timeline(&self) -> Option<&Timeline> {
        self.flow.as_ref().map(|flow| &flow.timeline)
    }

    /// Grows with each change of the board or of what is open.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Grows whenever another moment of the run is shown than the one that follows.
    pub fn jumps(&self) -> u64 {
        self.timeline().map_or(0, Timeline::jumps)
    }

    /// Whether another moment has been shown since that many jumps were seen; now they are.
    pub fn has_jumped(&self, seen: &mut u64) -> bool {
        std::mem::replace(seen, self.jumps()) != *seen
    }

    /// Applies an edit: to the plan, or to the run where one flows. In the past of a run it makes a branch.
    ///
    /// # Errors
    /// Why it is refused; then nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<(), Refusal> {
        match &mut self.flow {
            Some(Flow { timeline, facts, forks, forked, .. }) => {
                let mut observer = |at: Time, fact: &Fact| keep(facts, at, fact);
                if *forks {
                    *forked = Some(timeline.fork(edit, &mut observer)?);
                    *forks = false;
                } else {
                    timeline.command(edit, &mut observer)?;
                }
            }
            None => self.history.apply(edit)?,
        }
        self.revision += 1;
        Ok(())
    }

    /// Undoes the last edit of the plan; while the water flows, takes back the last order that waits. Says whether there
    /// was one.
    pub fn undo(&mut self) -> bool {
        let done = match &mut self.flow {
            Some(flow) => flow.timeline.recall().is_ok(),
            None => self.history.undo(),
        };
        self.revision += u64::from(done);
        done
    }

    /// Does again what was undone last. Says whether there was something.
    pub fn redo(&mut self) -> bool {
        let done = self.flow.is_none() && self.history.redo();
        self.revision += u64::from(done);
        done
    }

    /// Whether there is something to undo now.
    pub fn can_undo(&self) -> bool {
        self.play().map_or_else(|| self.history.can_undo(), |play| play.waiting().len() > 0)
    }

    /// The board as it will be once the Navigator has done what he is on the way to.
    pub fn board_ahead(&self) -> &Board {
        self.play().map_or_else(|| self.history.board(), Play::board_ahead)
    }

    /// Whether there is something to do again now.
    pub fn can_redo(&self) -> bool {
        self.flow.is_none() && self.history.can_redo()
    }
}

#[cfg(test)]
mod tests;
