//! The event list: what happens next. Events of equal time come out in the order in which they were put in.
//!
//! Pending events lie in two places:
//!
//! ```text
//!  last popped                        1,024 days later                                   end of time
//!      |-- calendar: day | day | ... | day --|                                              |
//!      |------------- wheel: all that was put in beyond the calendar, in buckets -----------|
//! ```
//!
//! 1. The calendar has 1,024 days of equal length that begin with the day of the last event that came out. A push within
//!    them costs a look at the day, a pop the search for the first day that is not empty: one instruction.
//! 2. What lies beyond goes into a bucket of the `Wheel`. When the calendar has come to where the wheel's earliest bucket
//!    begins, that bucket goes into the calendar; one that is too full is first spread over narrower ones.
//! 3. The length of a day follows the events: it is halved when days are crowded, doubled when too much comes from the
//!    wheel. That depends on nothing but the events themselves, and changes no order.
//!
//! Order among equal times holds: a day's events are kept sorted, later pushes behind earlier ones of the same time. Once
//! a time lies within the calendar it stays there until it has passed, so of two events of one time the one in the wheel
//! was put in first, and it is put before the other. A bucket is a pure function of the time and the wheel's base, and is
//! read from its first entry to its last. When days grow shorter, what no longer fits goes into the wheel in order.

mod calendar;
mod wheel;

#[cfg(test)]
mod tests;

use super::time::Time;
use calendar::{Calendar, Put};
use wheel::{Entry, Wheel};

/// After how many events the length of a day is looked at.
const REVIEW: u32 = 1_024;
/// The most events of one bucket that go into the calendar at once, unless they are all of one instant.
const SPILL_MAX: usize = 128;

/// A stable, monotone priority queue of events by time: nothing may be put in before what came out last.
///
/// A push and a pop cost a few moves of an entry, however many events are pending. A clone costs what is pending.
#[derive(Debug)]
pub struct EventList<E> {
    calendar: Calendar<E>,
    wheel: Wheel<E>,
    /// Events of the instant of the last one that came out, which have left the wheel with it; last one first.
    due: Vec<Entry<E>>,
    /// A time before which the wheel holds nothing, and that of `due`, in nanoseconds; the end of time where there is
    /// neither.
    far_at: u64,
    /// The time of the last event that came out, in nanoseconds.
    popped: u64,
    /// Events until the next review, and how many of the ones before came from afar.
    review_in: u32,
    from_afar: u32,
}

impl<E: Copy + Default> EventList<E> {
    /// An empty list.
    pub fn new() -> Self {
        Self {
            calendar: Calendar::new(),
            wheel: Wheel::new(),
            due: Vec::new(),
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
        let put = self.calendar.push(entry);
        if put != Put::Alone {
            self.push_uncommon(put, entry);
        }
    }

    /// Takes the next event that lies strictly before `limit`.
    #[inline]
    pub fn pop_before(&mut self, limit: Time) -> Option<(Time, E)> {
        let entry = match self.calendar.take_today(self.far_at.min(limit.as_ns())) {
            Some(entry) => entry,
            None => self.take_uncommon(limit)?,
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
        let due = self.due.last().map(|entry| entry.at);
        near.into_iter().chain(due).chain(self.wheel.min()).min().map(Time::from_ns)
    }

    /// How many events are pending.
    pub fn len(&self) -> usize {
        self.calendar.len() + self.due.len() + self.wheel.len()
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.calendar.heap_bytes() + self.wheel.heap_bytes() + self.due.len() * size_of::<Entry<E>>()
    }

    /// Whether nothing is pending.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An event's day is crowded, or lies beyond the calendar.
    #[inline(never)]
    fn push_uncommon(&mut self, put: Put, entry: Entry<E>) {
        if put == Put::Beyond {
            self.push_far(entry);
        } else if self.calendar.is_full() {
            self.refine();
        }
    }

    fn push_far(&mut self, entry: Entry<E>) {
        if self.wheel.len() == 0 {
            self.wheel.rebase(self.popped);
        }
        // Where a limit was refused, the wheel may begin after the last event that came out.
        while entry.at < self.wheel.base() {
            self.calendar.extend(self.popped);
            if self.calendar.push(entry) != Put::Beyond {
                return;
            }
        }
        self.wheel.push(entry);
        self.far_at = self.far_at.min(entry.at);
    }

    /// Takes the next event before `limit` where it does not lie in today's word.
    #[inline(never)]
    fn take_uncommon(&mut self, limit: Time) -> Option<Entry<E>> {
        loop {
            let day = self.calendar.first_day();
            let near_at = day.map_or(u64::MAX, |day| self.calendar.at(day));
            if near_at.min(self.far_at) >= limit.as_ns() {
                return None;
            }
            if let Some(day) = day.filter(|_| near_at < self.far_at) {
                return Some(self.calendar.take(day));
            }
            if let Some(entry) = self.due.pop() {
                self.see_wheel();
                return Some(entry);
            }
            self.spill();
        }
    }

    /// Moves the wheel's earliest bucket nearer: into the calendar, into narrower buckets, or out of the wheel.
    fn spill(&mut self) {
        let Some(bucket) = self.wheel.earliest() else { return };
        if !self.calendar.covers(bucket.ends - 1) {
            if bucket.is_one_instant() {
                self.wheel.take(&bucket, &mut self.due);
                self.from_afar += self.due.len() as u32;
                self.due.reverse();
            } else {
                self.wheel.spread(&bucket);
            }
        } else if bucket.len > SPILL_MAX && !bucket.is_one_instant() {
            self.wheel.spread(&bucket);
        } else {
            self.wheel.take(&bucket, &mut self.due);
            self.from_afar += self.due.len() as u32;
            while let Some(entry) = self.due.pop() {
                self.calendar.push_older(entry);
            }
        }
        self.see_wheel();
    }

    fn see_wheel(&mut self) {
        let wheel_at = self.wheel.earliest().map_or(u64::MAX, |bucket| bucket.starts);
        self.far_at = self.due.last().map_or(wheel_at, |entry| entry.at);
    }

    /// Looks whether days are too long or too short.
    #[cold]
    fn review(&mut self) {
        self.review_in = REVIEW;
        let crowded = self.calendar.reset_walked() > REVIEW;
        let afar = std::mem::take(&mut self.from_afar) > REVIEW / 4;
        if crowded {
            self.refine();
        } else if afar && Calendar::<E>::has_room_for(self.len()) {
            self.calendar.extend(self.popped);
        }
    }

    #[cold]
    fn refine(&mut self) {
        let beyond = self.calendar.refine(self.popped);
        beyond.into_iter().for_each(|entry| self.push_far(entry));
    }
}

impl<E: Copy + Default> Clone for EventList<E> {
    fn clone(&self) -> Self {
        Self { calendar: self.calendar.clone(), wheel: self.wheel.clone(), due: self.due.clone(), ..*self }
    }
}

impl<E: Copy + Default> Default for EventList<E> {
    fn default() -> Self {
        Self::new()
    }
}
