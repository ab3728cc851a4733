//! Droplets: each message in a pipe, exactly where the simulation has it.
//!
//! A message's times are known when it enters, so its place at any moment follows from them: the shader computes it,
//! smooth at any speed and right after any jump in time. What lies in the vertex buffer changes only when a message
//! enters a pipe or is given up.
//!
//! 1. `sync` follows the facts of the frame: entered messages go into the `ring`, given-up ones are marked there.
//! 2. Where it cannot have seen everything (another run, a jump in time, another board or pace, too many facts), it
//!    builds the ring anew from the simulation's view. That costs what is in flight, and shows the same.
//! 3. Messages that are too fast to be seen go into `currents`.
//! 4. `render` copies what has changed to the vertex buffer and draws all of it at once.

mod copy;
mod currents;
pub mod instance;
pub mod load;
mod pipeline;
mod render;
mod ring;
mod routes;
mod style;
#[cfg(test)]
mod tests;

use super::{BoardSystems, Facts};
use crate::Screen;
use crate::motion::Motion;
use crate::session::{FACTS_MAX, Session};
use bevy::prelude::*;
pub use copy::Writes;
use currents::{Currents, SEEN_S_MIN, seen_s};
use instance::{Words, of_hop};
use pipe_maze_level::{Board, Play};
use pipe_maze_sim::{Direction, Fact, Hop, PieceId, Time as SimTime, View};
use ring::Ring;
use routes::Routes;
use style::Style;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Droplets>();
    app.add_systems(Update, sync.in_set(BoardSystems));
    let clear = |mut droplets: ResMut<Droplets>| droplets.clear();
    app.add_systems(OnExit(Screen::Board), clear);
    app.add_systems(OnExit(Screen::Debrief), clear);
    render::plugin(app);
}

const DIRECTIONS: [Direction; 2] = [Direction::Forward, Direction::Backward];

/// All that is drawn in pipes.
#[derive(Resource, Default)]
pub struct Droplets {
    routes: Routes,
    messages: Ring,
    currents: Currents,
    /// The revision of the session and the pace that it shows.
    revision: u64,
    pace_ns_per_s: f64,
    now: SimTime,
    /// Messages that had entered pipes by now.
    entered: u64,
    style: Style,
    copied: copy::Copied,
}

/// Follows the session.
fn sync(
    (session, facts, time, motion): (Option<Res<Session>>, Res<Facts>, Res<Time>, Res<Motion>),
    mut droplets: ResMut<Droplets>,
) {
    let Some(session) = session else { return droplets.clear() };
    droplets.follow(&session, &facts.0, session.is_added(), time.delta_secs());
    droplets.style = droplets.style_now(motion.reduced);
}

impl Droplets {
    /// Shows nothing.
    pub fn clear(&mut self) {
        if self.revision != 0 {
            self.messages.clear();
            self.currents.clear();
            self.revision = 0;
        }
    }

    /// Brings the picture up to the session's present, `dt_s` seconds after the last time. `facts` are those since then;
    /// `other` says that the session is another one.
    pub fn follow(&mut self, session: &Session, facts: &[(SimTime, Fact)], other: bool, dt_s: f32) {
        let Some(play) = session.play() else { return self.clear() };
        let view = play.simulation().view();
        let pace_ns_per_s = session.pace_ns_per_s();
        if other || self.revision != session.revision() || view.now() < self.now {
            self.currents.clear();
            self.learn(play.board());
            self.revision = session.revision();
            self.build(play, pace_ns_per_s);
        } else if self.pace_ns_per_s != pace_ns_per_s {
            self.currents.clear();
            self.build(play, pace_ns_per_s);
        } else {
            self.messages.retire(self.now);
            self.now = view.now();
            facts.iter().for_each(|(at, fact)| self.take_in(play, *at, fact));
            if facts.len() >= FACTS_MAX || self.entered != entered(view) {
                self.build(play, pace_ns_per_s);
            }
        }
        let dt_s = if session.is_paused() || play.is_over() { 0.0 } else { dt_s };
        self.currents.follow(view, &self.routes, pace_ns_per_s, dt_s);
    }

    /// The instances of the messages that are shown one by one, oldest first.
    pub fn in_pipes(&self) -> impl Iterator<Item = &Words> {
        self.messages.in_pipes(self.now)
    }

    /// The samples under way, oldest first.
    pub fn samples(&self) -> impl Iterator<Item = &Words> {
        self.currents.samples.in_pipes(self.now)
    }

    /// Where pipes lead.
    fn learn(&mut self, board: &Board) {
        let routes = Routes::new(board);
        if routes != self.routes {
            self.routes = routes;
            self.copied.routes = false;
        }
    }

    /// Shows what is in the pipes now, whatever was shown before.
    fn build(&mut self, play: &Play, pace_ns_per_s: f64) {
        let view = play.simulation().view();
        self.messages.clear();
        (self.now, self.pace_ns_per_s, self.entered) = (view.now(), pace_ns_per_s, entered(view));
        let mut hops: Vec<(PieceId, Direction, Hop)> = view.hops().collect();
        hops.sort_by_key(|(_, _, hop)| (hop.enqueue_at, hop.attempt));
        for (pipe, direction, hop) in hops {
            if !self.is_fast(&hop) {
                self.append(play, pipe, direction, &hop);
            }
        }
    }

    fn take_in(&mut self, play: &Play, at: SimTime, fact: &Fact) {
        match *fact {
            Fact::Entered { pipe, direction, ref hop, .. } => {
                self.entered += 1;
                if !self.is_fast(hop) {
                    self.append(play, pipe, direction, hop);
                } else if let Some(route) = self.routes.of(pipe) {
                    let class = play.class_of(hop.request);
                    self.currents.take_in(pipe, direction, hop, (route, class), self.pace_ns_per_s);
                }
            }
            Fact::Abandoned { attempt, .. } => self.messages.abandon(attempt, at),
            _ => {}
        }
    }

    fn append(&mut self, play: &Play, pipe: PieceId, direction: Direction, hop: &Hop) {
        let Some(route) = self.routes.of(pipe) else { return };
        let (words, exit_at) = of_hop(hop, route, direction, play.class_of(hop.request));
        self.messages.append(hop.attempt, words, exit_at, self.now);
    }

    /// Whether a message is on screen for too short to be seen.
    fn is_fast(&self, hop: &Hop) -> bool {
        seen_s(hop.exit_at.since_ns(hop.enqueue_at), self.pace_ns_per_s) < SEEN_S_MIN
    }
}

/// Messages that have entered pipes since the run began.
fn entered(view: View<'_>) -> u64 {
    view.pipes().flat_map(|pipe| DIRECTIONS.map(|direction| pipe.entered(direction))).sum()
}
