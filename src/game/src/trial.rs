//! The trial of a build on held-out seeds: computed in the background while the player reads how the run went.

use crate::awake::Awake;
use crate::background::{Background, Running};
use crate::progress::{Progress, Robust};
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::robustness::{HELD_OUT_SEEDS, SeedResult, is_robust};
use pipe_maze_level::{Board, Command, HeldOut, Level, Verdict};
use pipe_maze_prover::{Job, News};
use std::sync::Arc;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Trial>();
    app.add_systems(OnEnter(Screen::Debrief), begin);
    app.add_systems(OnExit(Screen::Debrief), |mut trial: ResMut<Trial>| {
        // What is over is kept for whoever comes back to the same build; what goes on is given up.
        if !trial.is_over() {
            *trial = Trial::default();
        }
    });
    app.add_systems(Update, go_on.in_set(FrameSystems::Tick).run_if(in_state(Screen::Debrief)));
}

/// The trial of the build whose debrief is shown, if it has won.
#[derive(Resource, Default)]
pub struct Trial {
    /// The level, the board and the commands that are tried.
    of: Option<(Arc<Level>, Board, Vec<Command>)>,
    running: Option<Running>,
    results: Option<Vec<SeedResult>>,
}

impl Trial {
    /// How the seeds went that have been played, if there is a trial.
    pub fn results(&self) -> Option<&[SeedResult]> {
        self.results.as_deref()
    }

    /// Whether there is a trial, and it is over.
    pub fn is_over(&self) -> bool {
        self.results.is_some() && self.running.is_none()
    }

    /// Whether it is over, and the build was robust.
    pub fn is_robust(&self) -> bool {
        self.results().is_some_and(|results| is_robust(results, HELD_OUT_SEEDS))
    }
}

fn begin(session: Option<Res<Session>>, background: Res<Background>, mut trial: ResMut<Trial>) {
    let won = session.filter(|session| session.verdict() == Some(Verdict::Won));
    let Some((session, timeline)) = won.as_ref().and_then(|session| Some((session, session.timeline()?))) else {
        *trial = Trial::default();
        return;
    };
    let commands = timeline.play().log().to_vec();
    let of = (session.shared_level(), timeline.start_board().clone(), commands.clone());
    if trial.of.as_ref() == Some(&of) {
        return;
    }
    let held_out = HeldOut::new(session.shared_level(), timeline.start_board().clone(), commands, HELD_OUT_SEEDS);
    *trial = Trial { of: Some(of), running: Some(background.start(Job::trial(held_out))), results: Some(Vec::new()) };
}

fn go_on(
    (mut trial, mut awake): (ResMut<Trial>, ResMut<Awake>),
    (session, mut progress): (Option<Res<Session>>, ResMut<Progress>),
) {
    let Trial { running: Some(running), results: Some(results), .. } = &mut *trial else { return };
    for news in running.news(&mut awake) {
        match news {
            News::Seed(result) => results.push(result),
            News::Done => {
                let held = results.iter().filter(|result| result.won).count() as u32;
                if let Some(session) = session.as_ref().filter(|session| !session.is_visiting()) {
                    progress.hold(&session.level().id, Robust { held, of: HELD_OUT_SEEDS });
                }
                trial.running = None;
                return;
            }
            // Rows are of proofs.
            News::Rows(_) => {}
            News::Failed(reason) => {
                // What was just played can be played again; this says so if it cannot.
                error!("held-out seeds: {reason}");
                *trial = Trial::default();
                return;
            }
        }
    }
}
