//! Someone else's run, watched: whoever acts in it has a branch of their own.

use super::{Flow, Session};
use pipe_maze_level::replay::Check;
use pipe_maze_level::{Edit, Level, PlayError, Timeline};
use pipe_maze_sim::Time;

/// A run of someone else's that is watched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visit {
    /// What it turned out to be when it was computed again.
    check: Check,
    /// How many of the branches came along with it; the others are the player's own.
    branches: u32,
    /// The player has said that they want to act in it.
    taken_over: bool,
}

impl Visit {
    /// Of a run that turned out to be that.
    pub const fn new(check: Check) -> Self {
        Self { check, branches: 0, taken_over: false }
    }
}

impl Session {
    /// Opens a level with the run of someone else, at its start: their build, and all their branches.
    ///
    /// # Errors
    /// The edit of the build that is refused.
    pub fn visit(level: Level, build: &[Edit], timeline: Timeline, visit: Visit) -> Result<Self, PlayError> {
        let mut session = Self::open(level);
        for (nth, edit) in build.iter().enumerate() {
            session.edit(edit).map_err(|refusal| PlayError::Edit(format!("build[{nth}]"), refusal))?;
        }
        let branches = timeline.branches().count() as u32;
        session.flow = Some(Flow { visit: Some(Visit { branches, ..visit }), ..Flow::new(timeline) });
        session.revision += 1;
        session.seek(Time::ZERO);
        session.set_paused(false);
        Ok(session)
    }

    /// Whether the branch that is shown is someone else's.
    pub fn is_visiting(&self) -> bool {
        let visit = self.flow.as_ref().and_then(|flow| Some((flow.visit?, flow.timeline.current())));
        visit.is_some_and(|(visit, branch)| branch.number() < visit.branches)
    }

    /// What the run of someone else's turned out to be, where one is watched.
    pub fn visit_check(&self) -> Option<Check> {
        self.flow.as_ref()?.visit.map(|visit| visit.check)
    }

    /// Holds the run of someone else's: whatever the player does next begins a branch of their own.
    pub fn take_over(&mut self) {
        if let Some(flow) = &mut self.flow
            && let Some(visit) = &mut flow.visit
        {
            visit.taken_over = true;
            flow.paused = true;
            self.revision += 1;
        }
    }

    /// Whether the player has said that they want to act in someone else's run.
    pub fn has_taken_over(&self) -> bool {
        self.flow.as_ref().and_then(|flow| flow.visit).is_some_and(|visit| visit.taken_over)
    }
}
