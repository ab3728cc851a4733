//! The calendar: the near future, in 1,024 days of equal length.
//!
//! Day `d` holds the times from `d << shift` to the next; it lies in ring `d % 1024`. As only 1,024 days in a row are held,
//! each ring holds one day. There are more days than events, so that most days hold one event or none: a day's
//! first event lies in the ring itself, and only what comes after it on the same day in a list. A bit for each ring says
//! whether it holds anything, so the first day is found by counting zeros, nearly always in the word of today.
//!
//! (R. Brown: "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem", CACM
//! 31(10), 1988; the length of its days follows the events, as here.)

use super::wheel::Entry;

/// Days.
const DAYS: usize = 1_024;
const WORDS: usize = DAYS / 64;
/// No node.
const NONE: u32 = u32::MAX;
/// A day's length at first: 2^12 ns, about 4 microseconds.
const SHIFT: u32 = 12;
/// A day's greatest length: `DAYS` of them are all of time.
const SHIFT_MAX: u32 = 54;

/// An event after the first one of its day, and the next one.
#[derive(Clone, Copy, Debug)]
struct Node<E> {
    entry: Entry<E>,
    next: u32,
}

/// What became of an event that was to be put in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Put {
    /// It has a day of its own.
    Alone,
    /// Its day has others.
    Crowded,
    /// It lies beyond the calendar.
    Beyond,
}

/// Events within so many days.
#[derive(Clone, Debug)]
pub(super) struct Calendar<E> {
    shift: u32,
    /// The first day.
    today: u64,
    rings: Box<[Ring<E>; DAYS]>,
    /// Which rings hold anything, and which more than one event: a bit for each.
    marks: [Marks; WORDS],
    nodes: Vec<Node<E>>,
    free: u32,
    /// Nodes in use.
    chained: usize,
    /// Events passed over while others were put in.
    walked: u32,
}

/// A day.
#[derive(Clone, Copy, Debug)]
struct Ring<E> {
    first: Entry<E>,
    /// The second one's and the last one's node, where there are more.
    others: (u32, u32),
}

/// What 64 rings hold.
#[derive(Clone, Copy, Default, Debug)]
struct Marks {
    occupied: u64,
    crowded: u64,
}

impl<E: Copy + Default> Calendar<E> {
    pub fn new() -> Self {
        Self {
            shift: SHIFT,
            today: 0,
            rings: Box::new([Ring::empty(); DAYS]),
            marks: [Marks::default(); WORDS],
            nodes: Vec::new(),
            free: NONE,
            chained: 0,
            walked: 0,
        }
    }

    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.rings) + size_of_val(&self.nodes[..])
    }

    pub fn len(&self) -> usize {
        self.marks.iter().map(|marks| marks.occupied.count_ones() as usize).sum::<usize>() + self.chained
    }

    /// Puts an event in, if it lies within the calendar. It must not lie before the first day.
    #[inline]
    pub fn push(&mut self, entry: Entry<E>) -> Put {
        let day = entry.at >> self.shift;
        if day - self.today >= DAYS as u64 {
            return Put::Beyond;
        }
        let ring = day as usize % DAYS;
        let bit = 1 << (ring % 64);
        let marks = &mut self.marks[ring / 64];
        if marks.occupied & bit != 0 {
            self.insert(ring, entry, |there| there > entry.at);
            return Put::Crowded;
        }
        marks.occupied |= bit;
        self.rings[ring].first = entry;
        Put::Alone
    }

    /// Puts an event in that was scheduled before all others of its time, and that lies within the calendar.
    pub fn push_older(&mut self, entry: Entry<E>) {
        debug_assert!(self.covers(entry.at), "the calendar covers what is put in");
        let ring = (entry.at >> self.shift) as usize % DAYS;
        let marks = &mut self.marks[ring / 64];
        if marks.occupied >> (ring % 64) & 1 == 0 {
            marks.occupied |= 1 << (ring % 64);
            self.rings[ring].first = entry;
        } else {
            self.insert(ring, entry, |there| there >= entry.at);
        }
    }

    /// The first event, if it is due before `limit` and today's word holds it.
    #[inline]
    pub fn take_today(&mut self, limit: u64) -> Option<Entry<E>> {
        let today = self.today as usize % DAYS;
        let marks = &mut self.marks[today / 64];
        let left = marks.occupied >> (today % 64);
        if left == 0 {
            return None;
        }
        let ring = (today + left.trailing_zeros() as usize) % DAYS;
        let entry = self.rings[ring].first;
        if entry.at >= limit {
            return None;
        }
        let bit = 1 << (ring % 64);
        if marks.crowded & bit != 0 {
            self.promote(ring);
        } else {
            marks.occupied ^= bit;
        }
        Some(entry)
    }

    /// The ring of the first day that holds anything.
    pub fn first_day(&self) -> Option<usize> {
        let today = self.today as usize % DAYS;
        let left = self.marks[today / 64].occupied >> (today % 64);
        if left != 0 {
            return Some(today + left.trailing_zeros() as usize);
        }
        // The words after it, and then its own beginning.
        let (before, after) = self.marks.split_at(today / 64 + 1);
        let mut words = after.iter().chain(before).enumerate();
        let (ahead, marks) = words.find(|(_, marks)| marks.occupied != 0)?;
        let word = (today / 64 + 1 + ahead) % WORDS;
        Some(word * 64 + marks.occupied.trailing_zeros() as usize)
    }

    /// When the first event of a ring happens, in nanoseconds.
    pub fn at(&self, ring: usize) -> u64 {
        self.rings[ring].first.at
    }

    /// Takes the first event of a ring.
    pub fn take(&mut self, ring: usize) -> Entry<E> {
        let entry = self.rings[ring].first;
        self.remove(ring);
        entry
    }

    /// The first day is from now on that of `at`, which lies before everything that the calendar holds.
    #[inline]
    pub fn begin_at(&mut self, at: u64) {
        self.today = at >> self.shift;
    }

    /// How many events have been passed over since this was asked last.
    pub fn reset_walked(&mut self) -> u32 {
        std::mem::take(&mut self.walked)
    }

    /// Whether its days hold so many that they should be shorter.
    pub fn is_full(&self) -> bool {
        self.chained > DAYS / 2 && self.shift > 0
    }

    /// Whether a time, not before the first day, lies within it.
    pub fn covers(&self, at: u64) -> bool {
        (at >> self.shift) - self.today < DAYS as u64
    }

    /// Whether it could hold so many events without becoming too full.
    pub const fn has_room_for(events: usize) -> bool {
        events <= DAYS / 2
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
        while let Some(ring) = self.first_day() {
            all.push(self.take(ring));
            self.begin_at(all[all.len() - 1].at);
        }
        self.shift = shift.min(SHIFT_MAX);
        self.begin_at(now);
        all.retain(|&entry| self.push(entry) == Put::Beyond);
        self.walked = 0;
        all
    }

    fn remove(&mut self, ring: usize) {
        let (marks, bit) = (&mut self.marks[ring / 64], 1 << (ring % 64));
        if marks.crowded & bit != 0 {
            self.promote(ring);
        } else {
            marks.occupied ^= bit;
        }
    }

    /// The second event of a ring becomes its first.
    #[inline(never)]
    fn promote(&mut self, ring: usize) {
        let second = self.rings[ring].others.0;
        let node = &mut self.nodes[second as usize];
        self.rings[ring].first = node.entry;
        self.rings[ring].others.0 = node.next;
        if node.next == NONE {
            self.marks[ring / 64].crowded ^= 1 << (ring % 64);
        }
        node.next = self.free;
        self.free = second;
        self.chained -= 1;
    }

    /// Puts an event into a day that holds some, before the first one of which `is_later` holds.
    #[inline(never)]
    fn insert(&mut self, ring: usize, mut entry: Entry<E>, is_later: impl Fn(u64) -> bool) {
        let bit = 1 << (ring % 64);
        if is_later(self.rings[ring].first.at) {
            // What was first is now the second, before all the others.
            entry = std::mem::replace(&mut self.rings[ring].first, entry);
            let (second, last) =
                if self.marks[ring / 64].crowded & bit == 0 { (NONE, NONE) } else { self.rings[ring].others };
            let node = self.node(entry, second);
            self.rings[ring].others = (node, if last == NONE { node } else { last });
        } else if self.marks[ring / 64].crowded & bit == 0 {
            let node = self.node(entry, NONE);
            self.rings[ring].others = (node, node);
        } else {
            self.insert_behind_first(ring, entry, is_later);
        }
        self.marks[ring / 64].crowded |= bit;
        self.chained += 1;
    }

    fn insert_behind_first(&mut self, ring: usize, entry: Entry<E>, is_later: impl Fn(u64) -> bool) {
        let (second, last) = self.rings[ring].others;
        if !is_later(self.nodes[last as usize].entry.at) {
            let node = self.node(entry, NONE);
            self.nodes[last as usize].next = node;
            self.rings[ring].others.1 = node;
            return;
        }
        if is_later(self.nodes[second as usize].entry.at) {
            self.rings[ring].others.0 = self.node(entry, second);
            return;
        }
        // It belongs before the last one, so the walk ends.
        let mut before = second as usize;
        loop {
            let next = self.nodes[before].next;
            if is_later(self.nodes[next as usize].entry.at) {
                let node = self.node(entry, next);
                self.nodes[before].next = node;
                return;
            }
            self.walked += 1;
            before = next as usize;
        }
    }

    fn node(&mut self, entry: Entry<E>, next: u32) -> u32 {
        if self.free == NONE {
            self.nodes.push(Node { entry, next });
            return (self.nodes.len() - 1) as u32;
        }
        let slot = self.free;
        let node = &mut self.nodes[slot as usize];
        self.free = node.next;
        *node = Node { entry, next };
        slot
    }

    /// How many nodes it has room for.
    #[cfg(test)]
    pub const fn capacity(&self) -> usize {
        self.nodes.capacity()
    }
}

impl<E: Copy + Default> Ring<E> {
    fn empty() -> Self {
        Self { first: Entry { at: 0, event: E::default() }, others: (NONE, NONE) }
    }
}
