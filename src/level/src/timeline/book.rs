//! What is recorded of a run while it goes on: marks and series. It is copied with the run into keyframes, so what is
//! full is shared by copies.
//!
//! Some of it comes from facts. The rest (objectives, queues, how busy services are) is looked at in even steps of
//! simulated time, however the run is cut into pieces, so that a run computed again is recorded in the same way.

use super::marks::{Mark, Marks};
use super::series::{Series, SeriesBook};
use crate::limits::WINDOWS_MAX;
use crate::play::Play;
use pipe_maze_sim::{Fact, Observer, Time};

/// Windows of the series while springs flow.
const WINDOWS: u64 = 60;
/// Steps of a window.
const STEPS: u64 = 16;

/// The record of one run up to one moment.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    step_ns: u64,
    facts: u64,
    marks: Marks,
    series: SeriesBook,
}

impl Book {
    pub fn new(play: &Play) -> Self {
        let step_ns = (play.flow_ends_at().as_ns() / (WINDOWS * STEPS)).max(1);
        let flicker_ns = step_ns.saturating_mul(STEPS) / 2;
        let series = SeriesBook::new(play, step_ns.saturating_mul(STEPS));
        Self { step_ns, facts: 0, marks: Marks::new(play, flicker_ns), series }
    }

    /// The next moment after `now` at which stock is to be taken.
    pub fn next_tick(&self, now: Time) -> Time {
        let nth = now.as_ns() / self.step_ns + 1;
        // What comes later than the last window goes into it.
        if nth > WINDOWS_MAX as u64 * STEPS { Time::MAX } else { Time::from_ns(nth.saturating_mul(self.step_ns)) }
    }

    /// Looks at the run at one of those moments.
    pub fn take_stock(&mut self, play: &Play) {
        self.marks.take_stock(play);
        self.series.take_stock(play);
    }

    /// How many facts have come.
    pub const fn facts(&self) -> u64 {
        self.facts
    }

    pub fn marks(&self) -> &[Mark] {
        self.marks.all()
    }

    pub const fn marks_dropped(&self) -> u64 {
        self.marks.dropped()
    }

    /// The windows so far; the one that is open as far as it has come.
    pub fn series(&self, play: &Play) -> Series {
        self.series.series(Some(play))
    }

    /// The windows that are over.
    pub fn series_closed(&self) -> Series {
        self.series.series(None)
    }

    /// Bytes that a copy takes on the heap beside what it shares with others.
    pub fn heap_bytes(&self) -> usize {
        self.marks.heap_bytes() + self.series.heap_bytes()
    }

    /// Bytes that all copies share.
    pub fn shared_bytes(&self) -> usize {
        self.marks.shared_bytes() + self.series.shared_bytes()
    }
}

impl Observer for Book {
    fn fact(&mut self, at: Time, fact: &Fact) {
        self.facts += 1;
        self.marks.fact(at, fact);
        self.series.fact(at, fact);
    }

    fn follows(&self) -> bool {
        false
    }
}
