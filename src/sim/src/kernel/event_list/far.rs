//! Events far ahead, or too many for the calendar: a short sorted list before a moving horizon, a radix wheel behind it.
//!
//! ```text
//!  last popped        horizon                                                            end of time
//!      |--- soon --------|--- wheel: one bucket | one bucket | ... | wider bucket | wider bucket ---|
//!        sorted, few       unsorted
//! ```
//!
//! 1. A push before the horizon is inserted into `soon`; one at or after it is appended to a bucket of the `Wheel`.
//! 2. A pop takes the first of `soon`. When `soon` is empty, the earliest bucket of the wheel is sorted into it, or first
//!    spread over narrower buckets if it is too full, and the horizon moves to where the rest of the wheel begins.
//! 3. When `soon` overflows, its later half goes into the wheel and the horizon moves back to where that half begins.
//!
//! Order among equal times holds because equal times always lie on the same side of the horizon, a bucket's place is a
//! pure function of the time and the wheel's base, buckets are read from their first entry to their last, and the sort
//! is stable. (The one exception is the end of time itself, before which nothing can lie: those events never come out.)

use super::wheel::{CHUNK, Entry, Wheel};

/// The most events that `soon` holds before its later half goes into the wheel.
const SOON_MAX: usize = 64;
/// The most events that one refill of `soon` takes from the wheel. Less than `SOON_MAX`, so that the two moves cannot
/// undo each other; no less than a chunk, the least that leaves a bucket.
const REFILL_MAX: usize = 32;

const _: () = assert!(CHUNK <= REFILL_MAX && REFILL_MAX < SOON_MAX);

/// A stable, monotone priority queue of events by time: nothing may be put in before what came out last.
#[derive(Debug)]
pub(super) struct Far<E> {
    /// Every pending event before the horizon, latest first.
    soon: Vec<Entry<E>>,
    /// Where the wheel begins, in nanoseconds; the end of time when the wheel is empty.
    horizon: u64,
    /// The time of the last event that came out, in nanoseconds.
    popped: u64,
    wheel: Wheel<E>,
}

impl<E: Copy> Far<E> {
    /// An empty list.
    pub fn new() -> Self {
        Self { soon: Vec::with_capacity(SOON_MAX), horizon: u64::MAX, popped: 0, wheel: Wheel::new() }
    }

    /// Puts an event in, not before the last one that came out.
    pub fn push(&mut self, entry: Entry<E>) {
        if entry.at >= self.horizon {
            self.push_late(entry);
        } else if self.soon.len() < SOON_MAX {
            self.insert_soon(entry);
        } else {
            self.push_full(entry);
        }
    }

    /// When the next event happens, in nanoseconds; the end of time where there is none.
    pub fn peek(&mut self) -> u64 {
        if self.soon.is_empty() {
            self.refill();
        }
        self.soon.last().map_or(u64::MAX, |entry| entry.at)
    }

    /// Takes the next event.
    pub fn pop(&mut self) -> Option<Entry<E>> {
        if self.soon.is_empty() {
            self.refill();
        }
        let entry = self.soon.pop()?;
        self.popped = entry.at;
        Some(entry)
    }

    /// When the next event happens. Reads one bucket if nothing is pending before the horizon.
    pub fn next_at(&self) -> Option<u64> {
        self.soon.last().map(|entry| entry.at).or_else(|| self.wheel.min())
    }

    /// How many entries its buffers have room for.
    #[cfg(test)]
    pub fn capacity(&self) -> (usize, usize) {
        (self.soon.capacity(), self.wheel.pool_len())
    }

    /// How many events are pending.
    pub fn len(&self) -> usize {
        self.soon.len() + self.wheel.len()
    }

    /// Inserts before (that is, to come out after) everything that is due at the same time or earlier.
    fn insert_soon(&mut self, entry: Entry<E>) {
        let mut place = self.soon.len();
        self.soon.push(entry);
        while place > 0 && self.soon[place - 1].at <= entry.at {
            self.soon[place] = self.soon[place - 1];
            place -= 1;
        }
        self.soon[place] = entry;
    }

    fn push_late(&mut self, entry: Entry<E>) {
        if self.wheel.len() == 0 {
            self.wheel.rebase(self.popped);
        }
        self.wheel.push(entry);
    }

    /// Moves the later half of `soon` into the wheel, then pushes.
    #[cold]
    fn push_full(&mut self, entry: Entry<E>) {
        if self.wheel.len() == 0 {
            self.wheel.rebase(self.popped);
        }
        let middle = self.soon[self.soon.len() / 2].at;
        // The wheel takes nothing before its base, which lies beyond the middle only after a refused limit did.
        self.horizon = middle.max(self.wheel.base()).min(self.horizon);
        let kept_from = self.soon.partition_point(|e| e.at >= self.horizon);
        for e in self.soon.drain(..kept_from).rev() {
            self.wheel.push(e);
        }
        if self.wheel.len() == 0 {
            self.horizon = u64::MAX;
        }
        if entry.at >= self.horizon {
            self.push_late(entry);
        } else {
            self.insert_soon(entry);
        }
    }

    /// Fills the empty `soon` from the wheel.
    #[inline(never)]
    fn refill(&mut self) {
        while let Some(bucket) = self.wheel.earliest() {
            if self.soon.is_empty() {
                if bucket.len > REFILL_MAX {
                    if bucket.is_one_instant() {
                        self.wheel.take_chunk(&bucket, &mut self.soon);
                        self.horizon = bucket.starts;
                        break;
                    }
                    self.wheel.spread(&bucket);
                    self.horizon = bucket.starts;
                    continue;
                }
            } else if self.soon.len() + bucket.len > REFILL_MAX {
                break;
            }
            let sorted = self.soon.len();
            self.wheel.take(&bucket, &mut self.soon);
            if bucket.len > 1 {
                self.soon[sorted..].sort_by_key(|entry| entry.at);
            }
            self.horizon = bucket.ends;
        }
        if self.wheel.len() == 0 {
            self.horizon = u64::MAX;
        }
        self.soon.reverse();
    }
}

impl<E: Copy> Clone for Far<E> {
    fn clone(&self) -> Self {
        let mut soon = Vec::with_capacity(SOON_MAX.max(self.soon.len()));
        soon.extend_from_slice(&self.soon);
        Self { soon, horizon: self.horizon, popped: self.popped, wheel: self.wheel.clone() }
    }
}
