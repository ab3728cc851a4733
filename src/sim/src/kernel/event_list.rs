//! The event list: what happens next. Events of equal time come out in the order in which they were put in.
//!
//! Pending events lie in two places:
//!
//! ```text
//!  last popped                        64 days later                                    end of time
//!      |-- calendar: day | day | ... | day --|                                              |
//!      |------------------------------------ far: all that was put in beyond the calendar --|
//! ```
//!
//! 1. The calendar has 64 days of equal length that begin with the day of the last event that came out. A push within
//!    them costs a look at the day, a pop the search for the first day that is not empty: one instruction.
//! 2. What lies beyond goes into `Far`, and comes out of there when its time has come.
//! 3. The length of a day follows the events: it is halved when days are crowded, doubled when too much comes from afar.
//!    That depends on nothing but the events themselves, and changes no order.
//!
//! Order among equal times holds: a day's events are kept sorted, later pushes behind earlier ones of the same time; once
//! a time lies within the calendar it stays there until it has passed, so of two events of one time the one in `Far` was
//! put in first, and it comes out first. When days grow shorter, what no longer fits goes into `Far` in order.

mod calendar;
mod far;
mod wheel;

#[cfg(test)]
mod tests;

use super::time::Time;
use calendar::Calendar;
use far::Far;
use wheel::Entry;

/// After how many events the length of a day is looked at.
const REVIEW: u32 = 1_024;
/// Below how many pending events days may grow.
const CROWD: usize = 48;

/// A stable, monotone priority queue of events by time: nothing may be put in before what came out last.
///
/// A push and a pop cost a few moves of an entry, however many events are pending. A clone costs what is pending.
#[derive(Debug)]
pub struct EventList<E> {
    calendar: Calendar<E>,
    far: Far<E>,
    /// When the first event of `far` happens, in nanoseconds; the end of time where it is empty.
    far_at: u64,
    /// The time of the last event that came out, in nanoseconds.
    popped: u64,
    /// Events until the next review, and how many of the ones before came from afar.
    review_in: u32,
    from_afar: u32,
}

impl<E: Copy> EventList<E> {
    /// An empty list.
    pub fn new() -> Self {
        Self {
            calendar: Calendar::new(),
            far: Far::new(),
            far_at: u64::MAX,
            popped: 0,
            review_in: REVIEW,
            from_afar: 0,
        }
    }

    /// Schedules `event` at `at`, which must not lie before the last event that came out; if it does, it counts as that.
    #[inline]
    pub fn push(&mut self, at: Time, event: E) {
        debug_assert!(at.as_ns() >= self.popped, "an event is scheduled in the past");
        let entry = Entry { at: at.as_ns().max(self.popped), event };
        if !self.calendar.push(entry) {
            self.far_at = self.far_at.min(entry.at);
            self.far.push(entry);
        } else if self.calendar.is_full() {
            self.change_days(-1);
        }
    }

    /// Takes the next event that lies strictly before `limit`.
    #[inline]
    pub fn pop_before(&mut self, limit: Time) -> Option<(Time, E)> {
        let day = self.calendar.first_day();
        let near_at = day.map_or(u64::MAX, |day| self.calendar.at(day));
        if near_at.min(self.far_at) >= limit.as_ns() {
            return None;
        }
        let entry = match day {
            Some(day) if near_at < self.far_at => self.calendar.take(day),
            _ => self.take_far()?,
        };
        self.popped = entry.at;
        self.calendar.begin_at(entry.at);
        self.review_in -= 1;
        if self.review_in == 0 {
            self.review();
        }
        Some((Time::from_ns(entry.at), entry.event))
    }

    /// When the next event happens. Reads one bucket of the wheel at most.
    pub fn next_at(&self) -> Option<Time> {
        let near = self.calendar.first_day().map(|day| self.calendar.at(day));
        near.into_iter().chain(self.far.next_at()).min().map(Time::from_ns)
    }

    /// How many events are pending.
    pub fn len(&self) -> usize {
        self.calendar.len() + self.far.len()
    }

    /// Whether nothing is pending.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    #[inline(never)]
    fn take_far(&mut self) -> Option<Entry<E>> {
        self.from_afar += 1;
        let entry = self.far.pop();
        self.far_at = self.far.peek();
        entry
    }

    /// Looks whether days are too long or too short.
    #[cold]
    fn review(&mut self) {
        self.review_in = REVIEW;
        let crowded = self.calendar.reset_walked() > REVIEW;
        let afar = std::mem::take(&mut self.from_afar) > REVIEW / 4;
        if crowded {
            self.change_days(-1);
        } else if afar && self.calendar.len() < CROWD {
            self.change_days(1);
        }
    }

    #[cold]
    fn change_days(&mut self, change: i32) {
        for entry in self.calendar.set_day(change, self.popped) {
            self.far_at = self.far_at.min(entry.at);
            self.far.push(entry);
        }
    }
}

impl<E: Copy> Clone for EventList<E> {
    fn clone(&self) -> Self {
        Self { calendar: self.calendar.clone(), far: self.far.clone(), ..*self }
    }
}

impl<E: Copy> Default for EventList<E> {
    fn default() -> Self {
        Self::new()
    }
}
