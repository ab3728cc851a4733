//! Currents: what is shown of pipes in which a message would be seen for less than a blink.
//!
//! There droplets would be a blur. So such a pipe shows how much flows, each way, as a moving texture, and now and then
//! one message as a sample, slow enough to follow and marked as one. What is shown is aggregated, what is simulated
//! never is.

use super::instance::{Words, of_current, of_sample};
use super::ring::Ring;
use super::routes::{Route, Routes};
use crate::atlas::CELL;
use pipe_maze_level::kind::Class;
use pipe_maze_sim::{Direction, Hop, Payload, PieceId, PipeView, Time, View};
use std::collections::BTreeMap;

/// Messages that would be on screen for less than this are aggregated, in seconds.
pub const SEEN_S_MIN: f64 = 0.3;
/// How fast samples and the texture move: as fast as water does where all is well, in world units per second.
pub const PX_PER_S: f64 = 120.0;
/// From sample to sample of a lane, in seconds on screen.
const SAMPLE_GAP_S: f64 = 0.4;
/// How fast the eye follows a change of the current, per second.
const FOLLOW_PER_S: f32 = 4.0;
/// Samples that there can be at once.
const SAMPLES_MAX: u32 = 4_096;

/// What flows in the pipes that are too fast to be watched.
#[derive(Debug, Default)]
pub struct Currents {
    lanes: BTreeMap<PieceId, [Lane; 2]>,
    /// The samples under way.
    pub samples: Ring,
    /// The current of each cell of such pipes.
    pub cells: Vec<Words>,
    taken: u32,
}

/// One direction of a pipe.
#[derive(Clone, Copy, Debug, Default)]
struct Lane {
    /// Messages that had entered by the last frame.
    entered: u64,
    /// Messages that were told of since, and those of them that say that something failed.
    told: u32,
    failed: u32,
    /// Messages per second on screen, smoothed; nothing yet where nothing was measured.
    rate_per_s: Option<f32>,
    /// Share of messages that say that something failed, smoothed.
    failing: f32,
    sample_at: Time,
}

/// How long a stretch of simulated time is on screen, in seconds.
pub fn seen_s(ns: u64, pace_ns_per_s: f64) -> f64 {
    ns as f64 / pace_ns_per_s.max(1.0)
}

impl Currents {
    /// Forgets what was measured: another run begins, or another pace.
    pub fn clear(&mut self) {
        self.lanes.clear();
        self.samples.clear();
        self.cells.clear();
    }

    /// A message has entered that is too fast to be shown; perhaps it becomes a sample.
    pub fn take_in(&mut self, pipe: PieceId, direction: Direction, hop: &Hop, at: (Route, Class), pace_ns_per_s: f64) {
        let lane = &mut self.lanes.entry(pipe).or_default()[direction as usize];
        lane.told += 1;
        lane.failed += u32::from(hop.payload == Payload::Error || hop.abandoned);
        if hop.enqueue_at < lane.sample_at {
            return;
        }
        let (route, class) = at;
        lane.sample_at = hop.enqueue_at.plus_ns((SAMPLE_GAP_S * pace_ns_per_s) as u64);
        let travel_s = f64::from(route.cells) * f64::from(CELL) / PX_PER_S;
        let (words, exit_at) = of_sample(hop, route, direction, class, (travel_s * pace_ns_per_s) as u64);
        self.taken = (self.taken + 1) % SAMPLES_MAX;
        self.samples.append(self.taken, words, exit_at, hop.enqueue_at);
    }

    /// Follows the pipes for `dt_s` seconds on screen.
    pub fn follow(&mut self, view: View<'_>, routes: &Routes, pace_ns_per_s: f64, dt_s: f32) {
        self.samples.retire(view.now());
        self.cells.clear();
        for pipe in view.pipes() {
            let Some(route) = routes.of(pipe.id) else { continue };
            if seen_s(pipe.propagation_ns, pace_ns_per_s) >= SEEN_S_MIN {
                self.lanes.remove(&pipe.id);
                continue;
            }
            let lanes = self.lanes.entry(pipe.id).or_default();
            for direction in [Direction::Forward, Direction::Backward] {
                lanes[direction as usize].follow(&pipe, direction, pace_ns_per_s, dt_s);
            }
            let (strength, failing) = (lanes.map(|lane| lane.strength()), lanes.map(|lane| lane.failing));
            let cells = (0..route.cells).map(|i| of_current(route.first + i, i, strength, failing));
            self.cells.extend(cells);
        }
    }
}

impl Lane {
    fn follow(&mut self, pipe: &PipeView<'_>, direction: Direction, pace_ns_per_s: f64, dt_s: f32) {
        let entered = pipe.entered(direction);
        let new = entered.saturating_sub(self.entered);
        self.entered = entered;
        let told = std::mem::take(&mut self.told).max(1) as f32;
        let failing = std::mem::take(&mut self.failed) as f32 / told;
        let Some(rate_per_s) = &mut self.rate_per_s else {
            // What is in a pipe, over the time that it takes, is what passes: Little's law.
            let inside = entered - pipe.carried(direction);
            self.rate_per_s = Some((inside as f64 / seen_s(pipe.propagation_ns.max(1), pace_ns_per_s)) as f32);
            return;
        };
        if dt_s <= 0.0 {
            return;
        }
        let follow = 1.0 - (-dt_s * FOLLOW_PER_S).exp();
        *rate_per_s += (new as f32 / dt_s - *rate_per_s) * follow;
        if new > 0 {
            self.failing += (failing - self.failing) * follow;
        }
    }

    /// How strong the current looks, 0 to 1: a step for each doubling, full at a thousand messages a second.
    fn strength(&self) -> f32 {
        (self.rate_per_s.unwrap_or(0.0) + 1.0).log2() / 10.0
    }
}
