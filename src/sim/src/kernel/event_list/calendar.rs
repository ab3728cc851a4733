//! The calendar: the near future, in 1,024 days of equal length.
//!
//! Day `d` holds the times from `d << shift` to the next; it lies in ring `d % 1024`. As only 1,024 days in a row are held,
//! from the first one of today's word on, each ring holds one day. There are more days than events, so that most days hold one event or none: a day's
//! first event lies in the ring itself, and only what comes after it on the same day in a chain. A bit for each ring says
//! whether it holds anything, so the first day is found by counting zeros, nearly always in the word of today.
//!
//! (R. Brown: "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem", CACM
//! 31(10), 1988; the length of its days follows the events, as here.)

use super::chains::Chains;
use super::wheel::Entry;

/// Days.
const DAYS: usize = 1_024;
const WORDS: usize = DAYS / 64;
/// A day's length at first: 2^12 ns, about 4 microseconds.
const SHIFT: u32 = 12;
/// A day's greatest length: `DAYS` of them are all of time.
const SHIFT_MAX: u32 = 54;

/// What became of an event that was to be put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Put {
    /// Its day holds it.
    Within,
    /// It lies beyond the calendar.
    Beyond,
}

/// Events within so many days.
#[derive(Clone, Debug)]
pub(super) struct Calendar<E> {
    shift: u32,
    /// The first day that it may hold: the first one of today's word.
    begins: u64,
    /// Which rings hold anything: a bit for each.
    occupied: [u64; WORDS],
    /// Which hold more than one event.
    crowded: [u64; WORDS],
    /// The first event of each ring that holds any.
    firsts: Box<[Entry<E>; DAYS]>,
    others: Chains<E>,
}

impl<E: Copy + Default> Calendar<E> {
    pub fn new() -> Self {
        Self {
            shift: SHIFT,
            begins: 0,
            occupied: [0; WORDS],
            crowded: [0; WORDS],
            firsts: Box::new([Entry { at: 0, event: E::default() }; DAYS]),
            others: Chains::new(DAYS),
        }
    }

    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.firsts) + self.others.heap_bytes()
    }

    pub fn len(&self) -> usize {
        self.occupied.iter().map(|word| word.count_ones() as usize).sum::<usize>() + self.others.len()
    }

    /// Puts an event in that has a day of the calendar for itself; says whether that is so. It must not lie before today.
    #[inline]
    pub fn push_alone(&mut self, entry: Entry<E>) -> bool {
        let day = entry.at >> self.shift;
        let ring = day as usize % DAYS;
        let bit = 1 << (ring % 64);
        let occupied = &mut self.occupied[ring / 64];
        if day - self.begins >= DAYS as u64 || *occupied & bit != 0 {
            return false;
        }
        *occupied |= bit;
        self.firsts[ring] = entry;
        true
    }

    /// Puts an event in, if it lies within the calendar. It must not lie before today.
    pub fn push(&mut self, entry: Entry<E>) -> Put {
        if self.push_alone(entry) {
            return Put::Within;
        }
        if !self.covers(entry.at) {
            return Put::Beyond;
        }
        self.insert(entry, move |there| there > entry.at);
        Put::Within
    }

    /// Puts an event in that was scheduled before all others of its time, and that lies within the calendar.
    pub fn push_older(&mut self, entry: Entry<E>) {
        debug_assert!(self.covers(entry.at), "the calendar covers what is put in");
        if !self.push_alone(entry) {
            self.insert(entry, move |there| there >= entry.at);
        }
    }

    /// Takes the first event, if it is due before `limit`.
    #[inline(always)]
    pub fn take_before(&mut self, limit: u64) -> Option<Entry<E>> {
        let ring = self.first_ring()?;
        let entry = self.firsts[ring];
        if entry.at >= limit {
            return None;
        }
        self.remove(ring);
        Some(entry)
    }

    /// When the first event happens, in nanoseconds.
    pub fn first_at(&self) -> Option<u64> {
        self.first_ring().map(|ring| self.firsts[ring].at)
    }

    /// Today is from now on the day of `at`, which lies before everything that the calendar holds.
    #[inline]
    pub fn begin_at(&mut self, at: u64) {
        self.begins = at >> self.shift & !63;
    }

    /// How many events have been passed over since this was asked last.
    pub fn reset_walked(&mut self) -> u32 {
        self.others.reset_walked()
    }

    /// Whether its days hold so many that they should be shorter.
    pub fn is_full(&self) -> bool {
        self.others.len() > DAYS && self.shift > 0
    }

    /// Whether a time, not before today, lies within it.
    pub fn covers(&self, at: u64) -> bool {
        (at >> self.shift) - self.begins < DAYS as u64
    }

    /// Whether it could hold so many events without becoming too full.
    pub const fn has_room_for(events: usize) -> bool {
        events <= DAYS
    }

    /// Makes days half as long, from `now` on. Gives what lies beyond the calendar then, in order.
    pub fn refine(&mut self, now: u64) -> Vec<Entry<E>> {
        self.reshape(self.shift.saturating_sub(1), now)
    }

    /// Makes days twice as long.
    pub fn extend(&mut self, now: u64) {
        let beyond = self.reshape(self.shift + 1, now);
        debug_assert!(beyond.is_empty(), "it covers more");
    }

    fn reshape(&mut self, shift: u32, now: u64) -> Vec<Entry<E>> {
        let mut all = Vec::with_capacity(self.len());
        while let Some(ring) = self.first_ring() {
            let entry = self.firsts[ring];
            self.remove(ring);
            self.begin_at(entry.at);
            all.push(entry);
        }
        self.shift = shift.min(SHIFT_MAX);
        self.begin_at(now);
        all.retain(|&entry| self.push(entry) == Put::Beyond);
        self.reset_walked();
        all
    }

    /// The ring of the first day that holds anything.
    #[inline(always)]
    fn first_ring(&self) -> Option<usize> {
        // Nothing lies before today, so whatever today's word holds is to come.
        let today = self.begins as usize / 64;
        for word in today..today + WORDS {
            let word = word % WORDS;
            let days = self.occupied[word];
            if days != 0 {
                return Some(word * 64 + days.trailing_zeros() as usize);
            }
        }
        None
    }

    /// Takes the first event of a ring out.
    #[inline]
    fn remove(&mut self, ring: usize) {
        let bit = 1 << (ring % 64);
        if self.crowded[ring / 64] & bit != 0 {
            self.promote(ring);
        } else {
            self.occupied[ring / 64] ^= bit;
        }
    }

    /// The second event of a ring becomes its first.
    #[inline(never)]
    fn promote(&mut self, ring: usize) {
        let (second, more) = self.others.pop_front(ring);
        self.firsts[ring] = second;
        if !more {
            self.crowded[ring / 64] ^= 1 << (ring % 64);
        }
    }

    /// Puts an event into a day that holds some, before the first one of which `is_later` holds.
    fn insert(&mut self, entry: Entry<E>, is_later: impl Fn(u64) -> bool) {
        let ring = (entry.at >> self.shift) as usize % DAYS;
        self.crowded[ring / 64] |= 1 << (ring % 64);
        if is_later(self.firsts[ring].at) {
            // What was first is now the second, before all the others.
            let second = std::mem::replace(&mut self.firsts[ring], entry);
            self.others.push_front(ring, second);
        } else {
            self.others.insert(ring, entry, is_later);
        }
    }

    /// How many nodes it has room for.
    #[cfg(test)]
    pub const fn capacity(&self) -> usize {
        self.others.capacity()
    }
}
