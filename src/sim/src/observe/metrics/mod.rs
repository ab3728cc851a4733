//! Metrics: what a run's pieces did, by window of time.
//!
//! They are recorded from facts, outside of the run. The window that is open counts; one that is over is sealed, and
//! shared by all copies of the metrics, so that a copy costs what is open. Memory is bounded: when there are too many
//! windows, or they are too large, the older half is merged pairwise, so that what is longer ago is coarser.

mod histogram;
mod open;
mod recorder;
mod table;
#[cfg(test)]
mod tests;
mod window;

pub use histogram::Histogram;
pub use window::{ClientMetrics, Flow, PipeMetrics, ServiceMetrics, SpringMetrics, Window};

use crate::fact::{Fact, Observer};
use crate::kernel::time::Time;
use open::Open;
use std::borrow::Borrow;
use std::sync::Arc;

/// Most closed windows.
pub const WINDOWS_MAX: usize = 128;
/// Most bins of all closed windows, 8 bytes each. Exceeded only where two windows alone do.
pub const BINS_MAX: usize = 2_000_000;

/// Measurements of a run, as an observer of it.
///
/// ```
/// use pipe_maze_sim::reference::reference_load;
/// use pipe_maze_sim::{Metrics, Outcome, Simulation, Time};
///
/// let mut metrics = Metrics::new(100_000_000);
/// let mut run = Simulation::new(&reference_load(7_000), 1).expect("the reference load is sound");
/// run.advance_to(Time::MAX, &mut metrics);
///
/// assert!(metrics.closed().len() >= 9, "a second, in windows of a tenth");
/// let total = metrics.total();
/// assert_eq!(total.count(Outcome::Answered), run.view().totals().answered);
/// let median_ns = total.latency_ns(0.5).expect("there were answers");
/// // Through two pipes of 1 ms there and back, and 1 ms of work on average.
/// assert!((4_000_000..7_000_000).contains(&median_ns), "{median_ns} ns");
/// ```
#[derive(Clone, Debug)]
pub struct Metrics {
    window_ns: u64,
    /// Older first. Time in which nothing happened belongs to none.
    closed: Vec<Arc<Window>>,
    /// Bins of the closed windows.
    bins: usize,
    open: Open,
    /// When the open window ends.
    open_end: Time,
    latest: Time,
}

impl Metrics {
    /// Metrics in windows of that length, in nanoseconds, at least 1.
    pub fn new(window_ns: u64) -> Self {
        let window_ns = window_ns.max(1);
        Self {
            window_ns,
            closed: Vec::new(),
            bins: 0,
            open: Open::default(),
            open_end: Time::from_ns(window_ns),
            latest: Time::ZERO,
        }
    }

    /// The windows that are over, oldest first. The newer ones have the length asked for, the older ones a multiple of
    /// it. Where nothing happened there is none.
    pub fn closed(&self) -> &[Arc<Window>] {
        &self.closed
    }

    /// The window that is still open, as far as it has come; nothing while nothing has happened in it.
    pub fn open(&self) -> Option<Window> {
        let start = Time::from_ns(self.open_end.as_ns() - self.window_ns);
        (!self.open.is_empty()).then(|| self.open.window(start, self.latest))
    }

    /// All windows, oldest first, the open one last.
    pub fn windows(&self) -> impl Iterator<Item = Arc<Window>> + use<'_> {
        self.closed.iter().cloned().chain(self.open().map(Arc::new))
    }

    /// All windows as one, from the start of the run until the latest fact.
    pub fn total(&self) -> Window {
        let mut windows: Vec<Window> = self.windows().map(Arc::unwrap_or_clone).collect();
        // In rounds, so that each histogram is copied only as often as the number of windows can be halved.
        while windows.len() > 1 {
            windows = windows.chunks(2).map(merge_pair).collect();
        }
        Window { start: Time::ZERO, end: self.latest, ..windows.pop().unwrap_or_default() }
    }

    /// Something happens at that time.
    #[inline(always)]
    fn reach(&mut self, at: Time) {
        if at >= self.open_end {
            self.roll(at);
        }
        self.latest = at;
    }

    #[cold]
    fn roll(&mut self, at: Time) {
        let start = Time::from_ns(self.open_end.as_ns() - self.window_ns);
        if !self.open.is_empty() {
            let window = self.open.window(start, self.open_end);
            self.bins += window.bins();
            self.closed.push(Arc::new(window));
            self.open.clear();
            while self.closed.len() > WINDOWS_MAX || (self.bins > BINS_MAX && self.closed.len() > 2) {
                self.coarsen();
            }
        }
        let number = at.as_ns() / self.window_ns;
        self.open_end = Time::from_ns(number.saturating_add(1).saturating_mul(self.window_ns));
    }

    /// Merges the older half of the closed windows pairwise.
    fn coarsen(&mut self) {
        let newer = self.closed.split_off((self.closed.len() / 4 * 2).max(2));
        let older = std::mem::take(&mut self.closed);
        self.closed = older.chunks(2).map(|pair| Arc::new(merge_pair(pair))).chain(newer).collect();
        self.bins = self.closed.iter().map(|window| window.bins()).sum();
    }
}

/// A window, or two of them as one.
fn merge_pair<W: Borrow<Window>>(windows: &[W]) -> Window {
    match windows {
        [older, newer, ..] => older.borrow().merge(newer.borrow()),
        [only] => only.borrow().clone(),
        [] => Window::default(),
    }
}

impl Observer for Metrics {
    #[inline(always)]
    fn fact(&mut self, at: Time, fact: &Fact) {
        self.reach(at);
        self.open.record(at, fact, None);
    }

    #[inline(always)]
    fn fact_of(&mut self, place: u16, at: Time, fact: &Fact) {
        self.reach(at);
        self.open.record(at, fact, Some(place));
    }
}
