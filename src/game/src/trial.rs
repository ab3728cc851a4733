//! The trial of a build on held-out seeds: computed bit by bit while the player reads how the run went.

use crate::awake::Awake;
use crate::progress::{Progress, Robust};
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::robustness::{HELD_OUT_SEEDS, ROBUST_SHARE};
use pipe_maze_level::{HeldOut, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Trial>();
    app.add_systems(OnEnter(Screen::Debrief), begin);
    app.add_systems(OnExit(Screen::Debrief), |mut trial: ResMut<Trial>| trial.0 = None);
    app.add_systems(Update, go_on.in_set(FrameSystems::Tick).run_if(in_state(Screen::Debrief)));
}

/// What is simulated in one frame at most: a few milliseconds of work.
const WORK_PER_FRAME: u64 = 12_000;
/// The screen is drawn while the trial goes on, in seconds from frame to frame.
const AWAKE_S: f32 = 0.5;

/// The trial of the build whose debrief is shown, if it has won.
#[derive(Resource, Default)]
pub struct Trial(pub Option<HeldOut>);

impl Trial {
    /// Whether it is over, and the build was robust.
    pub fn is_robust(&self) -> bool {
        let done = self.0.as_ref().filter(|held_out| held_out.is_done());
        done.and_then(HeldOut::won_share).is_some_and(|share| share >= ROBUST_SHARE)
    }
}

fn begin(session: Option<Res<Session>>, mut trial: ResMut<Trial>) {
    let Some(session) = session.filter(|session| session.verdict() == Some(Verdict::Won)) else { return };
    trial.0 = session.timeline().map(|timeline| {
        let commands = timeline.play().log().to_vec();
        HeldOut::new(session.shared_level(), timeline.start_board().clone(), commands, HELD_OUT_SEEDS)
    });
}

fn go_on(
    (mut trial, mut awake): (ResMut<Trial>, ResMut<Awake>),
    (session, mut progress): (Option<Res<Session>>, ResMut<Progress>),
) {
    if trial.0.as_ref().is_none_or(HeldOut::is_done) {
        return;
    }
    awake.keep_for(AWAKE_S);
    let Some(held_out) = &mut trial.0 else { return };
    match held_out.advance(WORK_PER_FRAME) {
        Ok(false) => {}
        Ok(true) => {
            let held = held_out.results().iter().filter(|result| result.won).count() as u32;
            let robust = Robust { held, of: held_out.seeds() };
            if let Some(session) = session {
                progress.hold(&session.level().id, robust);
            }
        }
        Err(e) => {
            // What was just played can be played again; this says so if it cannot.
            error!("held-out seeds: {e}");
            trial.0 = None;
        }
    }
}
