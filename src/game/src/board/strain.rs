//! How a machine room feels: smoothed for the eye, never for the simulation.

use super::{BoardSystems, Facts};
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_sim::{Cause, Fact, Outcome, PieceId};
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Strain>();
    app.add_systems(Update, feel.in_set(StrainSystems).in_set(BoardSystems).before(super::rooms::RoomSystems));
}

/// How everything feels is known; what shows it comes after.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct StrainSystems;

/// For how long a failure shows, in seconds of play.
const FAILURE_S: f32 = 1.2;
/// For how long it shows after the last moment at which no replica was up, in seconds of play.
const DOWN_S: f32 = 0.1;
/// For how long it shows where a request was held up that failed or came late, in seconds of play.
const HURT_S: f32 = 1.0;
/// How fast the eye follows a load, per second; and a line that gets shorter after it was full.
const FOLLOW_PER_S: f32 = 6.0;
const FALL_PER_S: f32 = 1.4;

/// What each service shows, and each pipe that holds requests up.
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
    /// Seconds for which it shows that a request failed or came late because of it.
    pub hurt_s: f32,
    /// Whether it has had anything to do: of what no request has reached nobody says that it is well.
    pub reached: bool,
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
        } else if self.busy > 0.93 || self.queue > 0.25 || self.hurt_s > 0.0 {
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
    for mood in strain.0.values_mut() {
        mood.failing_s = (mood.failing_s - dt).max(0.0);
        mood.hurt_s = (mood.hurt_s - dt).max(0.0);
    }
    for service in play.simulation().view().services() {
        let mood = strain.0.entry(service.id).or_default();
        let busy = service.busy as f32 / service.workers.max(1) as f32;
        let queue = service.queued as f32 / service.queue_limit.max(1) as f32;
        mood.reached |= service.busy > 0 || service.queued > 0;
        if service.workers == 0 {
            // None of its replicas is up: that shows whether or not anybody has noticed.
            mood.failing_s = mood.failing_s.max(DOWN_S);
        }
        mood.busy += (busy - mood.busy) * follow;
        // A line that was full for a moment is seen to have been.
        let falls = mood.failing_s > 0.0 && queue < mood.queue && !elsewhere;
        mood.queue += (queue - mood.queue) * if falls { 1.0 - (-dt * FALL_PER_S).exp() } else { follow };
    }
    let slo_ns = play.judge().slo_ns();
    for (_, fact) in &facts.0 {
        strain.note(fact, slo_ns);
    }
}

impl Strain {
    /// What a fact leaves behind where it hurts.
    fn note(&mut self, fact: &Fact, slo_ns: u64) {
        match *fact {
            // A gateway that turns some away does what it is there for: it strains, and has not failed.
            Fact::Rejected { service, cause: Cause::Limited(_), .. } => {
                self.0.entry(service).or_default().hurt_s = HURT_S;
            }
            Fact::Rejected { service, cause, .. } => {
                let mood = self.0.entry(service).or_default();
                mood.failing_s = FAILURE_S;
                if cause == Cause::Full(service) {
                    mood.queue = 1.0;
                }
            }
            Fact::Ended { outcome, parts, cause, .. } if outcome != Outcome::Answered || parts.total_ns() > slo_ns => {
                let mood = self.0.entry(cause.piece()).or_default();
                mood.hurt_s = HURT_S;
                if outcome == Outcome::NoRoute {
                    mood.failing_s = FAILURE_S;
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn whatever_costs_error_budget_is_not_shown_as_healthy() {
        let mut session = flowing();
        let slo_ns = session.play().unwrap().judge().slo_ns();
        let mut bad = 0;
        while session.verdict().is_none() {
            session.advance_ns(100_000_000);
            for (_, fact) in session.take_facts() {
                let mut strain = Strain::default();
                strain.note(&fact, slo_ns);
                let Fact::Ended { outcome, parts, cause, .. } = fact else { continue };
                let good = outcome == Outcome::Answered && parts.total_ns() <= slo_ns;
                assert_eq!(strain.of(cause.piece()).state() == State::Ok, good, "{fact:?}");
                bad += usize::from(!good);
            }
        }
        let report = session.play().unwrap().report();
        assert!(bad > 0 && bad as u64 == report.late + report.failed, "{bad}");
    }

    #[test]
    fn a_room_that_turns_away_because_it_is_full_has_a_full_tank() {
        let id = PieceId::from_name("room");
        let mut strain = Strain::default();
        let request = pipe_maze_sim::RequestId { spring: PieceId::from_name("spring"), number: 1 };
        strain.note(&Fact::Rejected { service: id, request, cause: Cause::Full(id) }, 1);
        assert_eq!((strain.of(id).queue, strain.of(id).state()), (1.0, State::Failed));
    }
}
