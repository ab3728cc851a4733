//! A run of someone else's, computed again bit by bit while the game draws on; then it is watched from its start.

use crate::Screen;
use crate::awake::Awake;
use crate::session::{Session, Visit};
use crate::text::Texts;
use crate::ui::notices::Notice;
use crate::ui::settings::{Sheet, Sheets};
use bevy::platform::time::Instant;
use bevy::prelude::*;
use pipe_maze_level::timeline::Restoring;
use pipe_maze_level::{Level, PlayError, Replay};
use std::time::Duration;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Restore>();
    app.add_systems(Update, go_on.in_set(crate::FrameSystems::Tick).run_if(not(in_state(Screen::Loading))));
}

/// How long a frame computes, and how many events of the simulation between two looks at the clock.
const SLICE: Duration = Duration::from_millis(10);
const EVENTS: u64 = 4_000;
/// The screen is drawn meanwhile, in seconds from frame to frame.
const AWAKE_S: f32 = 0.5;

/// The run that is being computed again, if one is.
#[derive(Resource, Default)]
pub struct Restore(Option<Box<Work>>);

struct Work {
    level: Level,
    level_text: String,
    replay: Replay,
    restoring: Option<Restoring>,
}

impl Restore {
    /// Begins with a run.
    ///
    /// # Errors
    /// What the level does not take of it, or that it would be too much work.
    pub fn begin(&mut self, level: Level, level_text: String, replay: Replay) -> Result<(), PlayError> {
        let restoring = Some(Restoring::new(&level, &replay)?);
        self.0 = Some(Box::new(Work { level, level_text, replay, restoring }));
        Ok(())
    }

    /// How much of it is computed, 0 to 1, if there is one.
    pub fn done_share(&self) -> Option<f64> {
        let work = self.0.as_ref()?;
        Some(work.restoring.as_ref().map_or(1.0, Restoring::done_share))
    }
}

impl Work {
    /// Computes on. Gives the session that shows it once all is done.
    fn advance(&mut self, slice: Duration) -> Option<Result<Session, PlayError>> {
        let begun = Instant::now();
        let restoring = self.restoring.as_mut()?;
        loop {
            match restoring.advance(EVENTS) {
                Ok(true) => break,
                Ok(false) if begun.elapsed() >= slice => return None,
                Ok(false) => {}
                Err(error) => return Some(Err(error)),
            }
        }
        let timeline = self.restoring.take()?.into_timeline();
        let check = self.replay.compare(&self.level, &self.level_text, timeline.play());
        Some(Session::visit(self.level.clone(), &self.replay.build, timeline, Visit::new(check)))
    }
}

fn go_on(
    (mut restore, mut awake, mut sheets): (ResMut<Restore>, ResMut<Awake>, ResMut<Sheets>),
    (texts, mut notices, mut commands): (Res<Texts>, MessageWriter<Notice>, Commands),
) {
    let Some(work) = &mut restore.0 else { return };
    if sheets.top() != Some(Sheet::Arriving) {
        // Whoever shut the sheet does not want to see it.
        restore.0 = None;
        return;
    }
    awake.keep_for(AWAKE_S);
    let Some(outcome) = work.advance(SLICE) else { return };
    restore.0 = None;
    sheets.close(Sheet::Arriving);
    match outcome {
        Ok(session) => {
            commands.insert_resource(session);
            commands.set_state(Screen::Board);
        }
        Err(error) => {
            notices.write(Notice(texts.get(error_key(&error))));
        }
    }
}

/// The key of the text that says why a run cannot be watched.
pub fn error_key(error: &PlayError) -> &'static str {
    match error {
        PlayError::TooMuchWork => "arrive-too-much",
        PlayError::Edit(..) | PlayError::Blueprint(_) => "arrive-misfits",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use pipe_maze_level::replay::Check;
    use pipe_maze_level::{BranchId, Edit};
    use pipe_maze_sim::Time;

    fn restored(session: &Session, change: impl Fn(&mut Replay)) -> Session {
        let text = session.level().to_text();
        let mut replay = Replay::of_timeline(session.level(), &text, session.timeline().unwrap()).unwrap();
        change(&mut replay);
        let mut restore = Restore::default();
        restore.begin(session.level().clone(), text, replay).unwrap();
        let work = restore.0.as_mut().unwrap();
        loop {
            if let Some(outcome) = work.advance(Duration::ZERO) {
                return outcome.unwrap();
            }
        }
    }

    /// A run of four seconds, and a branch of it in which a pipe is shut.
    fn branched() -> Session {
        let mut session = flowing();
        session.advance_ns(4_000_000_000);
        session.seek(Time::from_ms(2_000));
        let name = session.board().pipes()[0].name.clone();
        session.edit(&Edit::Valve { name, shut: true }).unwrap();
        session.advance_ns(1_000_000_000);
        session
    }

    #[test]
    fn a_run_is_watched_from_its_start_to_the_same_digest_and_is_not_ones_own() {
        let theirs = branched();
        let mut session = restored(&theirs, |_| {});
        assert_eq!(session.visit_check(), Some(Check::Verified));
        let play = session.play().unwrap();
        assert_eq!((play.simulation().now(), session.is_paused(), session.is_visiting()), (Time::ZERO, false, true));
        assert_eq!(session.timeline().unwrap().branch_count(), 1);
        session.advance_ns(3_000_000_000);
        assert_eq!(session.play().unwrap().digest(), theirs.play().unwrap().digest());
        assert!(session.is_visiting() && session.plan() == theirs.plan());
        session.switch(BranchId::MAIN);
        assert!(session.is_visiting(), "all branches that came along are theirs");
    }

    #[test]
    fn whoever_acts_in_it_has_a_branch_of_their_own() {
        let theirs = branched();
        let mut session = restored(&theirs, |_| {});
        session.seek(Time::from_ms(1_000));
        session.take_over();
        assert!(session.is_visiting() && session.is_paused() && session.has_taken_over());
        let name = session.board().pipes()[0].name.clone();
        session.edit(&Edit::Valve { name, shut: true }).unwrap();
        assert!(!session.is_visiting());
        assert_eq!(session.timeline().unwrap().current().number(), 2);
        session.stop();
        assert!(!session.is_visiting() && session.can_undo(), "the plan can be taken apart");
    }

    #[test]
    fn a_forged_digest_and_other_rules_are_told() {
        let theirs = branched();
        let forged = restored(&theirs, |replay| replay.digest = "0".repeat(32));
        assert_eq!(forged.visit_check(), Some(Check::Differs));
        let older = restored(&theirs, |replay| replay.rules += 1);
        assert_eq!(older.visit_check(), Some(Check::OtherRules));
    }
}
