//! The calendar: the near future, in 4,096 days of equal length.
//!
//! Day `d` holds the times from `d << shift` to the next; it lies in ring `d % 4096`. As only 4,096 days in a row are held,
//! from the first one of today's word on, each ring holds one day. A day's events are a list in the order in which they
//! were put in: nothing is compared until the day comes, and then few events are put in order at once. A bit for each
//! ring, and one for each word of these, say where anything is: the first day is found by counting zeros twice.
//!
//! (R. Brown: "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem", CACM
//! 31(10), 1988; the length of its days follows the events, as here. W. T. Tang, R. S. M. Goh, I. L.-J. Thng: "Ladder
//! queue", ACM TOMACS 15(3), 2005: order is made where events are about to come out.)

use super::wheel::Entry;

/// Days.
const DAYS: usize = 4_096;
const WORDS: usize = DAYS / 64;
/// A day's length at first: 2^11 ns, about 2 microseconds.
const SHIFT: u32 = 11;
/// A day's greatest length: `DAYS` of them are all of time.
const SHIFT_MAX: u32 = 52;
/// More events than this are too many for days of the present length.
const POOL_MAX: usize = 4 * DAYS;
/// More events in one day than this are too many.
const CROWD: usize = 16;
/// Up to so many events are put in order by insertion.
const FEW: usize = 28;
/// No node: the end of a day's list.
const NONE: u32 = u32::MAX;
/// The end of the list of free nodes.
const NO_FREE: u32 = u32::MAX - 1;

/// An event, and the one that was put in before it on its day. Twenty bytes: without gaps, for there may be many.
#[derive(Clone, Copy, Debug)]
#[repr(C, packed(4))]
struct Node<E: Copy> {
    entry: Entry<E>,
    before: u32,
}

/// Events within so many days.
#[derive(Debug)]
pub(super) struct Calendar<E: Copy> {
    shift: u32,
    /// The first day that it may hold: the first one of today's word.
    begins: u64,
    /// Which words of `occupied` are not zero.
    words: u64,
    /// Which rings hold anything: a bit for each.
    occupied: [u64; WORDS],
    /// The newest event of each day.
    days: Box<[u32; DAYS]>,
    /// Of some days the oldest event, or some other node. Empty until it is needed.
    oldest: Vec<u32>,
    nodes: Vec<Node<E>>,
    /// Nodes that hold nothing, newest first.
    free: u32,
    len: usize,
    /// Events that came out on crowded days.
    crowded: u32,
}

impl<E: Copy> Calendar<E> {
    pub const EVENT_BYTES: usize = size_of::<Node<E>>();

    pub fn new() -> Self {
        Self {
            shift: SHIFT,
            begins: 0,
            words: 0,
            occupied: [0; WORDS],
            days: Box::new([NONE; DAYS]),
            oldest: Vec::new(),
            nodes: Vec::new(),
            free: NO_FREE,
            len: 0,
            crowded: 0,
        }
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.days) + size_of_val(&self.nodes[..])
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    /// Puts an event in, behind all others of its day; says whether it lies within the calendar. It must not lie before
    /// today.
    #[inline]
    pub fn push(&mut self, entry: Entry<E>) -> bool {
        let day = entry.at >> self.shift;
        if day - self.begins >= DAYS as u64 {
            return false;
        }
        let ring = day as usize % DAYS;
        let node = self.node(Node { entry, before: self.days[ring] });
        self.days[ring] = node;
        self.mark(ring);
        true
    }

    /// Puts events in that were scheduled before all others of their days, and that lie within the calendar; the one that
    /// was scheduled last comes first.
    pub fn push_older(&mut self, last_first: impl Iterator<Item = Entry<E>>) {
        for entry in last_first {
            debug_assert!(self.covers(entry.at), "the calendar covers what is put in");
            let ring = self.ring(entry.at);
            let oldest = self.oldest(ring);
            let node = self.node(Node { entry, before: NONE });
            match self.nodes.get_mut(oldest as usize) {
                Some(oldest) => oldest.before = node,
                None => self.days[ring] = node,
            }
            self.oldest[ring] = node;
            self.mark(ring);
        }
    }

    /// Takes the events of the first day: gives the first one, and moves the others to `rest`, which is empty: the last one
    /// first, and of equal times the newest. Does nothing if there is none, or if that day does not end before `limit`. A
    /// limit at the end of time is none: then all are taken but those of that very instant, which never comes.
    #[inline(always)]
    pub fn take_day_before(&mut self, limit: u64, rest: &mut Vec<Entry<E>>) -> Option<Entry<E>> {
        let ring = self.first_ring()?;
        let newest = self.days[ring];
        let Node { entry, before } = self.nodes[newest as usize];
        let alone = before == NONE;
        let ends_at = if alone { entry.at } else { self.last_instant(entry.at) };
        if ends_at >= limit && (limit < u64::MAX || self.never_comes(newest)) {
            return None;
        }
        self.days[ring] = NONE;
        self.unmark(ring);
        if !alone {
            return Some(self.take_several(newest, rest));
        }
        self.len -= 1;
        self.nodes[newest as usize].before = self.free;
        self.free = newest;
        Some(entry)
    }

    /// When its first event happens, in nanoseconds.
    pub fn first_at(&self) -> Option<u64> {
        let mut node = self.days[self.first_ring()?];
        let mut first = u64::MAX;
        while let Some(Node { entry, before }) = self.at(node) {
            first = first.min(entry.at);
            node = before;
        }
        Some(first)
    }

    /// Today is from now on the day of `at`, which lies before everything that the calendar holds.
    #[inline]
    pub fn begin_at(&mut self, at: u64) {
        self.begins = at >> self.shift & !63;
    }

    /// How many events came out on crowded days since this was asked last.
    pub fn reset_crowded(&mut self) -> u32 {
        std::mem::take(&mut self.crowded)
    }

    /// Whether its days hold so many that they should be shorter.
    #[inline]
    pub const fn is_full(&self) -> bool {
        self.nodes.len() > POOL_MAX && self.len > POOL_MAX && self.shift > 0
    }

    /// Whether a time, not before today, lies within it.
    pub const fn covers(&self, at: u64) -> bool {
        (at >> self.shift) - self.begins < DAYS as u64
    }

    /// Whether it holds so few events that longer days would not crowd it.
    pub const fn has_room(&self) -> bool {
        self.len < DAYS / 16
    }

    /// Makes days half as long, from `now` on. Gives what lies beyond the calendar then, in order of the
    /// pushes where times are equal.
    pub fn refine(&mut self, now: u64) -> Vec<Entry<E>> {
        self.reshape(self.shift.saturating_sub(1), now)
    }

    /// Makes days twice as long.
    pub fn extend(&mut self, now: u64) {
        let beyond = self.reshape(self.shift + 1, now);
        debug_assert!(beyond.is_empty(), "it covers more");
    }

    fn reshape(&mut self, shift: u32, now: u64) -> Vec<Entry<E>> {
        let mut all = Vec::with_capacity(self.len);
        while let Some(ring) = self.first_ring() {
            let from = all.len();
            let mut node = std::mem::replace(&mut self.days[ring], NONE);
            while let Some(Node { entry, before }) = self.at(node) {
                all.push(entry);
                node = before;
            }
            all[from..].reverse();
            self.unmark(ring);
        }
        // The pool may have grown too large.
        (self.nodes, self.free, self.len) = (Vec::new(), NO_FREE, 0);
        self.shift = shift.min(SHIFT_MAX);
        self.begin_at(now);
        all.retain(|&entry| !self.push(entry));
        self.reset_crowded();
        all
    }

    /// The ring of the first day that holds anything.
    #[inline(always)]
    fn first_ring(&self) -> Option<usize> {
        // Nothing lies before today, so whatever today's word holds is to come.
        let today = self.begins as usize / 64 % WORDS;
        let word = (today + self.words.rotate_right(today as u32).trailing_zeros() as usize) % WORDS;
        let days = self.occupied[word];
        (days != 0).then(|| word * 64 + days.trailing_zeros() as usize)
    }

    /// The last instant of the day of `at`.
    #[inline]
    const fn last_instant(&self, at: u64) -> u64 {
        at | ((1 << self.shift) - 1)
    }

    /// A day's oldest node, if there is any.
    fn oldest(&mut self, ring: usize) -> u32 {
        self.oldest.resize(DAYS, NONE);
        let mut oldest = self.oldest[ring];
        // What no node comes before is the oldest of its day.
        let is_oldest = |Node { entry, before }| before == NONE && self.ring(entry.at) == ring;
        if !self.at(oldest).is_some_and(is_oldest) {
            oldest = NONE;
            let mut node = self.days[ring];
            while let Some(Node { before, .. }) = self.at(node) {
                (oldest, node) = (node, before);
            }
        }
        oldest
    }

    /// The place of the day of `at`.
    #[inline(always)]
    const fn ring(&self, at: u64) -> usize {
        (at >> self.shift) as usize % DAYS
    }

    /// Whether all of a day's events are at the end of time.
    #[cold]
    fn never_comes(&self, mut node: u32) -> bool {
        while let Some(Node { entry, before }) = self.at(node) {
            if entry.at < u64::MAX {
                return false;
            }
            node = before;
        }
        true
    }

    /// Puts a day's events in order: gives the first one, and adds the others to `to`.
    #[inline(never)]
    fn take_several(&mut self, newest: u32, to: &mut Vec<Entry<E>>) -> Entry<E> {
        let mut oldest = newest;
        let mut node = newest;
        while let Some(Node { entry, before }) = self.at(node) {
            to.push(entry);
            (oldest, node) = (node, before);
        }
        self.nodes[oldest as usize].before = self.free;
        self.free = newest;
        self.len -= to.len();
        if to.len() > CROWD {
            self.crowded = self.crowded.saturating_add(to.len() as u32);
        }
        if to.len() > FEW {
            to.sort_by_key(|entry| std::cmp::Reverse(entry.at));
        } else {
            sort_few(to);
        }
        let first = to[to.len() - 1];
        to.truncate(to.len() - 1);
        let never = to.partition_point(|entry| entry.at == u64::MAX);
        to.drain(..never).rev().for_each(|entry| {
            self.push(entry);
        });
        first
    }

    /// A node; none where a list ends.
    fn at(&self, node: u32) -> Option<Node<E>> {
        self.nodes.get(node as usize).copied()
    }

    #[inline]
    fn node(&mut self, new: Node<E>) -> u32 {
        self.len += 1;
        let slot = self.free;
        if let Some(node) = self.nodes.get_mut(slot as usize) {
            self.free = node.before;
            *node = new;
            return slot;
        }
        self.nodes.push(new);
        (self.nodes.len() - 1) as u32
    }

    #[inline]
    fn mark(&mut self, ring: usize) {
        self.occupied[ring / 64] |= 1 << (ring % 64);
        self.words |= 1 << (ring / 64);
    }

    #[inline]
    fn unmark(&mut self, ring: usize) {
        let word = &mut self.occupied[ring / 64];
        *word &= !(1 << (ring % 64));
        self.words &= !(u64::from(*word == 0) << (ring / 64));
    }

    /// How many nodes it has room for.
    #[cfg(test)]
    pub const fn capacity(&self) -> usize {
        self.nodes.capacity()
    }
}

impl<E: Copy> Clone for Calendar<E> {
    /// Without what is only known of some days: it takes as much as the days themselves.
    fn clone(&self) -> Self {
        Self { days: self.days.clone(), oldest: Vec::new(), nodes: self.nodes.clone(), ..*self }
    }
}

/// Puts events in order, the last one first; those of one time stay as they are.
fn sort_few<E: Copy>(events: &mut [Entry<E>]) {
    for next in 1..events.len() {
        let entry = events[next];
        let mut place = next;
        while place > 0 && events[place - 1].at < entry.at {
            events[place] = events[place - 1];
            place -= 1;
        }
        events[place] = entry;
    }
}
