//! The ride: the camera, with the Navigator on it, follows one request hop by hop, at a pace that can be read, while its
//! spans write themselves beside it.
//!
//! 1. Someone asks for a ride ([`Ask`]): a droplet was picked (`pick`), or a failed request in a list or call-out.
//! 2. The request's [`Journey`] is computed again from the run's own spans. A ride from the start goes back in time.
//! 3. While the run flows on, slower (`pace`), the rider and the camera are where the journey says that the request is
//!    (`place`, `rider`), and the panel shows as much of the waterfall as has happened (`panel`).
//! 4. Esc, or the button, leaves the ride; the run goes on as it did before.

mod pace;
pub mod panel;
pub mod pick;
pub mod place;
mod rider;

use crate::awake::Awake;
use crate::camera::Look;
use crate::causes;
use crate::session::{Session, Slow};
use crate::text::Texts;
use crate::ui::buttons::{ButtonId, Clicked};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::timeline::Journey;
use pipe_maze_sim::{RequestId, Time as SimTime};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Ride>();
    app.add_message::<Ask>();
    app.add_systems(Update, (heed, begin, follow).chain().in_set(RideSystems));
    app.configure_sets(Update, RideSystems.in_set(FrameSystems::Tick).before(crate::tick));
    app.add_systems(OnExit(Screen::Board), stop);
    app.add_plugins((pick::plugin, rider::plugin, panel::plugin));
}

/// What decides about the ride, before simulated time passes.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RideSystems;

/// Asks for a ride.
#[derive(Message, Clone, Copy, PartialEq, Debug)]
pub struct Ask {
    /// The request.
    pub request: RequestId,
    /// When it was issued, or any time not long before.
    pub since: SimTime,
    /// Whether to go back to its start.
    pub from_start: bool,
}

/// The ride that goes on, if one does.
#[derive(Resource, Default)]
pub struct Ride(pub Option<Riding>);

/// A ride.
pub struct Riding {
    /// What becomes of the request.
    pub journey: Journey,
    /// Why it failed or was late, in a sentence; nothing where it did neither.
    pub reason: Option<String>,
    /// Which ride it is: the panel is built anew for each.
    pub nth: u64,
    /// The revision of the session for which the journey holds.
    revision: u64,
    /// Whether the run was held before.
    was_paused: bool,
    /// How the player looked before.
    look_before: Look,
    /// Whether its end has been shown: the run is held there once.
    has_ended: bool,
}

impl Ride {
    /// Whether one goes on.
    pub const fn is_on(&self) -> bool {
        self.0.is_some()
    }
}

/// Whoever leaves the board leaves the ride.
fn stop(mut ride: ResMut<Ride>, session: Option<ResMut<Session>>) {
    if let (Some(_), Some(mut session)) = (ride.0.take(), session) {
        session.slow(Slow::Ride, None);
    }
}

/// Leaves the ride, or begins it again.
fn heed(
    mut clicked: MessageReader<Clicked>,
    (mut ride, mut look): (ResMut<Ride>, ResMut<Look>),
    session: Option<ResMut<Session>>,
    mut ask: MessageWriter<Ask>,
) {
    let (mut left, mut again) = (false, false);
    for Clicked(id) in clicked.read() {
        left |= *id == ButtonId::LeaveRide;
        again |= *id == ButtonId::RideAgain;
    }
    let Some(mut session) = session.filter(|_| left || again) else { return };
    if let Some(riding) = ride.0.as_ref().filter(|_| again) {
        let journey = &riding.journey;
        ask.write(Ask { request: journey.request, since: journey.issued_at, from_start: true });
    } else if let Some(riding) = ride.0.take() {
        session.slow(Slow::Ride, None);
        let over = session.verdict().is_some();
        session.set_paused(riding.was_paused || over);
        *look = riding.look_before;
    }
}

fn begin(
    mut asked: MessageReader<Ask>,
    mut ride: ResMut<Ride>,
    (session, texts, look): (Option<ResMut<Session>>, Res<Texts>, Res<Look>),
    screen: Res<State<Screen>>,
    mut commands: Commands,
    mut made: Local<u64>,
) {
    let Some(ask) = asked.read().last().copied() else { return };
    let Some(mut session) = session else { return };
    let Some(timeline) = session.timeline() else { return };
    let branch = timeline.current();
    let Some(journey) = timeline.journey(branch, ask.request, ask.since) else { return };
    let reason = Some(&journey).filter(|journey| !journey.good);
    let reason = reason.and_then(|journey| timeline.explain(branch, ask.request, journey.issued_at));
    let reason = reason.map(|reason| causes::reason(&texts, &session, &reason));
    let before = ride.0.take();
    let was_paused = before.as_ref().map_or(session.is_paused(), |before| before.was_paused);
    let on_board = *screen.get() == Screen::Board;
    let look_before = before.map_or(*look, |before| before.look_before);
    let now = session.timeline().map_or(SimTime::ZERO, |timeline| timeline.now());
    if ask.from_start || now < journey.issued_at || now > journey.ended_at {
        session.seek(journey.issued_at);
    }
    session.set_paused(false);
    *made += 1;
    let revision = session.revision();
    // From the debrief, whose run is over, one comes back to a run that is held.
    let was_paused = was_paused || !on_board;
    ride.0 = Some(Riding { journey, reason, nth: *made, revision, was_paused, look_before, has_ended: false });
    if !on_board {
        commands.set_state(Screen::Board);
    }
}

/// The run is as slow as the present leg wants it, and held at the request's end. Another run has another journey.
fn follow(
    mut ride: ResMut<Ride>,
    (session, texts): (Option<ResMut<Session>>, Res<Texts>),
    (mut awake, screen): (ResMut<Awake>, Res<State<Screen>>),
) {
    let Some(riding) = &mut ride.0 else { return };
    let Some(mut session) = session else { return };
    let Some(timeline) = session.timeline().filter(|_| *screen.get() == Screen::Board) else {
        if session.play().is_none() {
            ride.0 = None;
        }
        return;
    };
    if riding.revision != session.revision() {
        let branch = timeline.current();
        let Some(journey) = timeline.journey(branch, riding.journey.request, riding.journey.issued_at) else {
            ride.0 = None;
            session.slow(Slow::Ride, None);
            return;
        };
        let explained = timeline.explain(branch, journey.request, journey.issued_at).filter(|_| !journey.good);
        riding.reason = explained.map(|reason| causes::reason(&texts, &session, &reason));
        riding.journey = journey;
        riding.nth += 1 << 32;
        riding.revision = session.revision();
    }
    let now = session.timeline().map_or(SimTime::ZERO, |timeline| timeline.now());
    let ended = now >= riding.journey.ended_at;
    if ended && !riding.has_ended {
        session.set_paused(true);
    }
    riding.has_ended = ended;
    let chosen = session.chosen_pace_ns_per_s();
    let pace = riding.journey.leg_at(now).map(|leg| pace::of_leg(leg, riding.journey.latency_ns(), chosen));
    session.slow(Slow::Ride, pace.filter(|_| !ended));
    awake.keep_for(0.5);
}
