//! The event list: what happens next. Events of equal time come out in the order in which they were put in.
//!
//! The next event lies apart: it is known while the one before is still being handled, so that the processor need not wait
//! for what that one puts in. All others lie in two places:
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
mod chains;
mod wheel;

#[cfg(test)]
mod tests;

use super::time::Time;
use calendar::{Calendar, Put};
use wheel::{Entry, Wheel};

/// After how many events the length of a day is looked at.
const REVIEW: u32 = 1_024;
/// The most events of one bucket that go into the calendar at once, unless they are all of one instant.
const SPILL_MAX: usize = 1_024;

/// A stable, monotone priority queue of events by time: nothing may be put in before what came out last.
///
/// A push and a pop cost a few moves of an entry, however many events are pending. A clone costs what is pending.
#[derive(Debug)]
pub struct EventList<E> {
    /// Before all others, where there is one; else its time is the end of time.
    next: Entry<E>,
    has_next: bool,
    calendar: Calendar<E>,
    wheel: Wheel<E>,
    /// Events beyond the calendar that have left the wheel, or were next for a while; last one first.
    due: Vec<Entry<E>>,
    /// Events on their way out of the wheel; empty between calls.
    spilled: Vec<Entry<E>>,
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
            next: Entry { at: u64::MAX, event: E::default() },
            has_next: false,
            calendar: Calendar::new(),
            wheel: Wheel::new(),
            due: Vec::new(),
            spilled: Vec::new(),
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
        let entry = Entry { at: at.as_ns(), event };
        if entry.at < self.next.at {
            self.push_first(Entry { at: entry.at.max(self.popped), ..entry });
        } else if !self.calendar.push_alone(entry) {
            self.push_uncommon(entry);
        }
    }

    /// Takes the next event that lies strictly before `limit`.
    #[inline(always)]
    pub fn pop_before(&mut self, limit: Time) -> Option<(Time, E)> {
        let entry = self.next;
        if entry.at >= limit.as_ns() {
            return None;
        }
        self.popped = entry.at;
        self.calendar.begin_at(entry.at);
        self.review_in -= 1;
        if self.review_in == 0 {
            self.review();
        }
        match self.calendar.take_before(self.far_at) {
            Some(next) => self.next = next,
            None => self.find_next(),
        }
        Some((Time::from_ns(entry.at), entry.event))
    }

    /// When the next event happens. Reads one bucket of the wheel at most.
    pub fn next_at(&self) -> Option<Time> {
        if self.has_next {
            return Some(Time::from_ns(self.next.at));
        }
        // Nothing is left but at the end of time.
        let near = self.calendar.first_at();
        let due = self.due.last().map(|entry| entry.at);
        near.into_iter().chain(due).chain(self.wheel.min()).min().map(Time::from_ns)
    }

    /// How many events are pending.
    pub fn len(&self) -> usize {
        usize::from(self.has_next) + self.calendar.len() + self.due.len() + self.wheel.len()
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.calendar.heap_bytes() + self.wheel.heap_bytes() + self.due.len() * size_of::<Entry<E>>()
    }

    /// Whether nothing is pending.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// An event is before all others.
    #[inline(never)]
    fn push_first(&mut self, entry: Entry<E>) {
        let former = std::mem::replace(&mut self.next, entry);
        if !std::mem::replace(&mut self.has_next, true) {
            return;
        }
        // What was next was put in before all others of its time, those in the wheel among them.
        if former.at >= self.far_at || !self.calendar.covers(former.at) {
            self.due.push(former);
            self.far_at = self.far_at.min(former.at);
        } else {
            self.calendar.push_older(former);
        }
    }

    /// An event's day is crowded, or lies beyond the calendar.
    #[inline(never)]
    fn push_uncommon(&mut self, entry: Entry<E>) {
        if self.calendar.push(entry) == Put::Beyond {
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

    /// Finds the next event where something in the wheel may come before what the calendar holds.
    #[inline(never)]
    fn find_next(&mut self) {
        loop {
            if let Some(next) = self.calendar.take_before(self.far_at) {
                self.next = next;
                return;
            }
            if self.far_at == u64::MAX {
                self.next.at = u64::MAX;
                self.has_next = false;
                return;
            }
            // Of one instant, these have left the wheel before all that is in it now.
            if let Some(next) = self.due.pop_if(|due| due.at <= self.far_at) {
                self.next = next;
                self.see_far();
                return;
            }
            self.spill();
        }
    }

    /// Moves the wheel's earliest bucket nearer: into the calendar, into narrower buckets, or out of the wheel.
    fn spill(&mut self) {
        let Some(bucket) = self.wheel.earliest() else { return };
        let covered = self.calendar.covers(bucket.ends - 1);
        if !bucket.is_one_instant() && (!covered || bucket.len > SPILL_MAX) {
            self.wheel.spread(&bucket);
        } else {
            self.wheel.take(&bucket, &mut self.spilled);
            self.from_afar += bucket.len as u32;
            let last_first = self.spilled.drain(..).rev();
            if covered {
                last_first.for_each(|entry| self.calendar.push_older(entry));
            } else {
                self.due.extend(last_first);
            }
        }
        self.see_far();
    }

    fn see_far(&mut self) {
        let wheel_at = self.wheel.earliest().map_or(u64::MAX, |bucket| bucket.starts);
        self.far_at = self.due.last().map_or(wheel_at, |due| due.at.min(wheel_at));
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
        Self {
            calendar: self.calendar.clone(),
            wheel: self.wheel.clone(),
            due: self.due.clone(),
            spilled: Vec::new(),
            ..*self
        }
    }
}

impl<E: Copy + Default> Default for EventList<E> {
    fn default() -> Self {
        Self::new()
    }
}
