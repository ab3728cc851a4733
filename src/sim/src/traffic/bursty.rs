//! Bursty traffic: a Markov-modulated Poisson process whose phases follow one another in a circle.
//!
//! A request comes when the area under the rate since the one before reaches its own unit exponential. What a phase
//! leaves of that area is carried into the next, so each request keeps its one draw, and each phase its own.

use super::Phase;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use std::sync::Arc;

/// The family of keys from which phases draw how long they last. No request has this number.
const PHASES: u64 = u64::MAX;
/// Most changes of phase before a request. The limits on phases keep true traffic far below it.
const CHANGES_MAX: u32 = 10_000_000;

/// The state of the process.
#[derive(Clone, Debug)]
pub(super) struct Bursty {
    key: Key,
    phases: Arc<[Phase]>,
    /// How many phases there were before the present one.
    phase: u64,
    /// How much longer the present phase lasts.
    left_ns: f64,
    /// By how much the last request's true time lies after the whole nanosecond that it was given.
    past_ns: f64,
}

impl Bursty {
    /// In the first phase. `key` is the spring's own.
    pub fn new(phases: &[Phase], key: Key) -> Self {
        let mut process = Self { key: key.child(PHASES), phases: phases.into(), phase: 0, left_ns: 0.0, past_ns: 0.0 };
        process.left_ns = process.sojourn_ns();
        process
    }

    /// When the area since `now` reaches `area`.
    pub fn next(&mut self, mut area: f64, now: Time) -> Option<Time> {
        if self.phases.iter().all(|phase| phase.rate_per_s <= 0.0) {
            return None;
        }
        let mut offset_ns = self.past_ns;
        for _ in 0..CHANGES_MAX {
            let rate_per_ns = self.present()?.rate_per_s / 1e9;
            let area_left = rate_per_ns * self.left_ns;
            if area < area_left {
                let gap_ns = area / rate_per_ns;
                self.left_ns = (self.left_ns - gap_ns).max(0.0);
                offset_ns += gap_ns;
                self.past_ns = offset_ns - offset_ns.floor();
                return Some(now.plus_ns(offset_ns as u64));
            }
            area -= area_left;
            offset_ns += self.left_ns;
            self.phase += 1;
            self.left_ns = self.sojourn_ns();
        }
        None
    }

    fn present(&self) -> Option<Phase> {
        let index = self.phase.checked_rem(self.phases.len() as u64)?;
        self.phases.get(index as usize).copied()
    }

    fn sojourn_ns(&self) -> f64 {
        let unit = self.key.child(self.phase).stream(Purpose::Interarrival).exponential();
        self.present().map_or(0.0, |phase| phase.mean_ns as f64 * unit)
    }
}

/// The mean rate over all phases, each for as long as it lasts on average.
pub(super) fn mean_rate_per_s(phases: &[Phase]) -> f64 {
    let requests: f64 = phases.iter().map(|phase| phase.rate_per_s * phase.mean_ns as f64).sum();
    let ns: f64 = phases.iter().map(|phase| phase.mean_ns as f64).sum();
    if ns > 0.0 { requests / ns } else { 0.0 }
}
