//! How a machine room feels: smoothed for the eye, never for the simulation.

use super::{BoardSystems, Facts};
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_sim::{Fact, PieceId};
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Strain>();
    app.add_systems(Update, feel.in_set(BoardSystems).before(super::rooms::RoomSystems));
}

/// For how long a failure shows, in seconds of play.
const FAILURE_S: f32 = 1.2;
/// How fast the eye follows a load, per second.
const FOLLOW_PER_S: f32 = 6.0;

/// What each service shows.
#[derive(Resource, Default)]
pub struct Strain(BTreeMap<PieceId, Mood>);

/// What one service shows.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mood {
    /// Share of its workers that work, smoothed.
    pub busy: f32,
    /// Share of its queue in use, smoothed.
    pub queue: f32,
    /// Seconds for which its last failure still shows.
    pub failing_s: f32,
}

/// The three states of the art.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// Healthy.
    Ok,
    /// Near its limit.
    Strain,
    /// Refusing work.
    Failed,
}

impl State {
    /// The ending of sprite names.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Strain => "strain",
            Self::Failed => "failed",
        }
    }
}

impl Mood {
    /// Which picture fits.
    pub fn state(&self) -> State {
        if self.failing_s > 0.0 {
            State::Failed
        } else if self.busy > 0.93 || self.queue > 0.25 {
            State::Strain
        } else {
            State::Ok
        }
    }
}

impl Strain {
    /// How a service feels.
    pub fn of(&self, id: PieceId) -> Mood {
        self.0.get(&id).copied().unwrap_or_default()
    }
}

fn feel(
    (session, facts, time): (Option<Res<Session>>, Res<Facts>, Res<Time>),
    mut strain: ResMut<Strain>,
    mut jumps: Local<u64>,
) {
    let Some(play) = session.as_ref().and_then(|session| session.play()) else {
        strain.0.clear();
        return;
    };
    let dt = if session.as_ref().is_some_and(|s| s.is_paused()) { 0.0 } else { time.delta_secs() };
    // At another moment everything is at once as it is there.
    let jumped = session.as_ref().map_or(0, |session| session.jumps());
    let elsewhere = std::mem::replace(&mut *jumps, jumped) != jumped;
    if elsewhere {
        strain.0.clear();
    }
    let follow = if elsewhere { 1.0 } else { 1.0 - (-dt * FOLLOW_PER_S).exp() };
    for service in play.simulation().view().services() {
        let mood = strain.0.entry(service.id).or_default();
        let busy = service.busy as f32 / service.workers.max(1) as f32;
        let queue = service.queued as f32 / service.queue_limit.max(1) as f32;
        mood.busy += (busy - mood.busy) * follow;
        mood.queue += (queue - mood.queue) * follow;
        mood.failing_s = (mood.failing_s - dt).max(0.0);
    }
    for (_, fact) in &facts.0 {
        if let Fact::Rejected { service, .. } = fact {
            strain.0.entry(*service).or_default().failing_s = FAILURE_S;
        }
    }
}
