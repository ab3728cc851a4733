//! The event list: what happens next. Events of equal time come out in the order in which they were put in.
//!
//! They lie in three places:
//!
//! ```text
//!  last popped                          4,096 days later                                 end of time
//!      |-- front --|-- calendar: day | day | ... | day --|                                    |
//!      |               wheel: all that was put in beyond the calendar, in buckets             |
//! ```
//!
//! 1. The front is one day's events in order: the next one, and those that follow it. So what comes next is known while the
//!    event before is still being handled, and the processor need not wait for what that one puts in. What is pushed
//!    before the front's end joins it there.
//! 2. The calendar has 4,096 days of equal length that begin with the day of the last event that came out. A push within
//!    them costs a place in the day's list. When the front is empty the first day that is not becomes the front; only
//!    then are its events compared with each other.
//! 3. What lies beyond goes into a bucket of the `Wheel`. When the calendar has come to where the wheel's earliest bucket
//!    begins, that bucket goes into the calendar; one that is too full is first spread over narrower ones.
//! 4. The length of a day follows the events: it is halved when days are crowded, doubled when too much comes from the
//!    wheel. That depends on nothing but the events themselves, and changes no order.
//!
//! Order among equal times holds: a day's list is in order of the pushes, and stays so among equal times when it is put in
//! order. A push that is not before the front's last event comes behind all of it. Once a time lies within the calendar
//! it stays there until it has passed, so of two events of one time the one in the wheel was put in first, and it is put
//! before the other. A bucket is a pure function of the time and the wheel's base, and is read from its first entry to its
//! last. When days grow shorter, what no longer fits goes into the wheel in order.

mod calendar;
mod wheel;

#[cfg(test)]
mod tests;

use super::time::Time;
use calendar::Calendar;
use wheel::{Entry, Wheel};

/// After how many events the length of a day is looked at.
const REVIEW: u32 = 1_024;
/// The most events of one bucket that go into the calendar at once, unless they are all of one instant.
const SPILL_MAX: usize = 1_024;
/// The most events of the front that make way for others between two reviews, before days become shorter.
const MOVED_MAX: usize = 4 * REVIEW as usize;
/// The most events of the front to which another is added.
const FRONT_MAX: usize = 32;

/// A stable, monotone priority queue of events by time: nothing may be put in before what came out last.
///
/// A push and a pop cost a few moves of an entry, however many events are pending. A clone costs what is pending.
#[derive(Debug)]
pub struct EventList<E: Copy> {
    /// The next event. At the end of time, where nothing is pending but there.
    next: Entry<E>,
    /// Those that follow it on its day, the last one first. They and the next one are the front.
    front: Vec<Entry<E>>,
    /// The time of the front's last event, in nanoseconds.
    front_ends: u64,
    /// Events of the front that made way for others since the last review.
    moved: usize,
    calendar: Calendar<E>,
    wheel: Wheel<E>,
    /// Events beyond the calendar that have left the wheel, or the front: the last one first, and of equal times the newest.
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
    /// What an event takes that is pending within the calendar, in bytes.
    pub const EVENT_BYTES: usize = Calendar::<E>::EVENT_BYTES;

    /// An empty list.
    pub fn new() -> Self {
        Self {
            next: Self::nothing(),
            front: Vec::new(),
            front_ends: u64::MAX,
            moved: 0,
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
        if entry.at < self.front_ends {
            self.push_front(Entry { at: entry.at.max(self.popped), ..entry });
        } else if !self.calendar.push(entry) {
            self.push_far(entry);
        } else if self.calendar.is_full() {
            self.refine();
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
        if let Some(next) = self.front.pop() {
            self.next = next;
        } else if let Some(next) = self.calendar.take_day_before(self.far_at, &mut self.front) {
            self.begin_front(next);
        } else {
            self.find_front();
        }
        Some((Time::from_ns(entry.at), entry.event))
    }

    /// When the next event happens. Reads one bucket of the wheel at most.
    pub fn next_at(&self) -> Option<Time> {
        if self.next.at < u64::MAX {
            return Some(Time::from_ns(self.next.at));
        }
        // Nothing is left but at the end of time.
        let near = self.calendar.first_at();
        let due = self.due.last().map(|entry| entry.at);
        near.into_iter().chain(due).chain(self.wheel.min()).min().map(Time::from_ns)
    }

    /// How many events are pending.
    pub fn len(&self) -> usize {
        usize::from(self.next.at < u64::MAX)
            + self.front.len()
            + self.calendar.len()
            + self.due.len()
            + self.wheel.len()
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        self.calendar.heap_bytes()
            + self.wheel.heap_bytes()
            + (self.due.len() + self.front.len()) * size_of::<Entry<E>>()
    }

    /// Whether nothing is pending.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is next where nothing is pending but at the end of time.
    fn nothing() -> Entry<E> {
        Entry { at: u64::MAX, event: E::default() }
    }

    /// A day's events are the front from now on: its first one, and those that have been put there.
    #[inline(always)]
    fn begin_front(&mut self, first: Entry<E>) {
        self.next = first;
        self.front_ends = self.front.first().map_or(first.at, |last| last.at);
    }

    /// An event is before some of the front, or nothing is pending.
    #[inline(never)]
    fn push_front(&mut self, entry: Entry<E>) {
        if entry.at < self.next.at {
            if self.next.at < u64::MAX {
                self.front.push(self.next);
                self.moved += 1;
            }
            self.next = entry;
        } else {
            let mut place = self.front.len();
            while place > 0 && self.front[place - 1].at <= entry.at {
                place -= 1;
            }
            self.moved += self.front.len() - place;
            self.front.insert(place, entry);
        }
        if self.front.len() > FRONT_MAX {
            // It was put in before all others of its time, those in the wheel among them.
            let last = self.front.remove(0);
            self.due.push(last);
            self.far_at = self.far_at.min(last.at);
        }
        self.front_ends = self.front.first().map_or(self.next.at, |last| last.at);
    }

    fn push_far(&mut self, entry: Entry<E>) {
        if self.wheel.len() == 0 {
            self.wheel.rebase(self.popped);
        }
        // Where a limit was refused, the wheel may begin after the last event that came out.
        while entry.at < self.wheel.base() {
            self.calendar.extend(self.popped);
            if self.calendar.push(entry) {
                return;
            }
        }
        self.wheel.push(entry);
        self.far_at = self.far_at.min(entry.at);
    }

    /// Finds the next events where something in the wheel may come before what the calendar holds.
    #[inline(never)]
    fn find_front(&mut self) {
        self.next = Self::nothing();
        self.front_ends = u64::MAX;
        loop {
            if let Some(first) = self.calendar.take_day_before(self.far_at, &mut self.front) {
                self.begin_front(first);
                return;
            }
            if self.far_at == u64::MAX {
                return;
            }
            if !self.take_due() {
                self.spill();
            } else if let Some(first) = self.front.pop() {
                self.begin_front(first);
                return;
            }
        }
    }

    /// Moves what is due nearer, if it is before all that the wheel holds: into the calendar, or into the front where the
    /// calendar does not reach it; whatever that held would have come before. Says whether there was any.
    fn take_due(&mut self) -> bool {
        let Some(first) = self.due.last() else { return false };
        let wheel_at = self.wheel.earliest().map_or(u64::MAX, |bucket| bucket.starts);
        let is_covered = self.calendar.covers(first.at);
        // Into the calendar what the wheel holds of the same time goes first: all that goes there is put before the rest.
        let stays = |due: &Entry<E>| match is_covered {
            true => due.at >= wheel_at || !self.calendar.covers(due.at),
            false => due.at > wheel_at || due.at == u64::MAX,
        };
        let from = self.due.partition_point(stays);
        if from == self.due.len() {
            return false;
        }
        if is_covered {
            // These were put in before all that the calendar holds of their time.
            self.calendar.push_older(self.due.drain(from..));
        } else {
            self.front.extend(self.due.drain(from..));
        }
        self.see_far();
        true
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
                self.calendar.push_older(last_first);
            } else {
                let before_due = self.due.last().is_none_or(|due| due.at > bucket.starts);
                debug_assert!(before_due, "what is due by then has gone into the front");
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
        let crowded = self.calendar.reset_crowded() > REVIEW / 2 || std::mem::take(&mut self.moved) > MOVED_MAX;
        let afar = std::mem::take(&mut self.from_afar) > REVIEW / 4;
        if crowded {
            self.refine();
        } else if afar && self.calendar.has_room() {
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
            front: self.front.clone(),
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
