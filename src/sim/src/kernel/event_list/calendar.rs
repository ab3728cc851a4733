//! The calendar: the near future, in 64 days of equal length.
//!
//! Day `d` holds the times from `d << shift` to the next; it lies in ring `d % 64`. As only 64 days in a row are held, each
//! ring holds one day. A bit for each ring says whether it holds anything, so the first day is found by counting zeros.

use super::wheel::Entry;

/// Days, one for each bit of a word.
const DAYS: u64 = 64;
/// Most events, unless they all happen within 64 ns.
const FULL: usize = 256;
/// No node.
const NONE: u32 = u32::MAX;
/// A day's length at first: 2^15 ns, about 33 microseconds.
const SHIFT: u32 = 13;
/// A day's greatest length: half of all time would leave less than 64 of them.
const SHIFT_MAX: u32 = 57;

/// A pending event, and the next one of its day.
#[derive(Clone, Copy, Debug)]
struct Node<E> {
    entry: Entry<E>,
    next: u32,
}

/// Events within 64 days.
#[derive(Clone, Debug)]
pub(super) struct Calendar<E> {
    shift: u32,
    /// The first day.
    today: u64,
    /// Which rings hold anything.
    occupied: u64,
    /// The first event of each ring that does.
    heads: [u32; DAYS as usize],
    /// The last one.
    tails: [u32; DAYS as usize],
    nodes: Vec<Node<E>>,
    free: u32,
    len: usize,
    /// Events passed over while others were put in.
    walked: u32,
}

impl<E: Copy> Calendar<E> {
    pub const fn new() -> Self {
        Self {
            shift: SHIFT,
            today: 0,
            occupied: 0,
            heads: [NONE; DAYS as usize],
            tails: [NONE; DAYS as usize],
            nodes: Vec::new(),
            free: NONE,
            len: 0,
            walked: 0,
        }
    }

    pub const fn len(&self) -> usize {
        self.len
    }

    /// Puts an event in, if it lies within the calendar. It must not lie before the first day.
    #[inline]
    pub fn push(&mut self, entry: Entry<E>) -> bool {
        let day = entry.at >> self.shift;
        if day - self.today >= DAYS {
            return false;
        }
        let ring = (day % DAYS) as usize;
        self.len += 1;
        if self.occupied >> ring & 1 == 0 {
            self.occupied |= 1 << ring;
            let node = self.node(entry, NONE);
            self.heads[ring] = node;
            self.tails[ring] = node;
        } else {
            self.insert(ring, entry);
        }
        true
    }

    /// The ring of the first day that holds anything.
    #[inline]
    pub fn first_day(&self) -> Option<usize> {
        if self.occupied == 0 {
            return None;
        }
        let today = (self.today % DAYS) as u32;
        let ahead = self.occupied.rotate_right(today).trailing_zeros();
        Some(((today + ahead) % DAYS as u32) as usize)
    }

    /// When the first event of a ring happens, in nanoseconds.
    #[inline]
    pub fn at(&self, ring: usize) -> u64 {
        self.nodes[self.heads[ring] as usize].entry.at
    }

    /// Takes the first event of a ring.
    #[inline]
    pub fn take(&mut self, ring: usize) -> Entry<E> {
        let head = self.heads[ring];
        let node = &mut self.nodes[head as usize];
        let (entry, next) = (node.entry, node.next);
        node.next = self.free;
        self.free = head;
        self.heads[ring] = next;
        self.len -= 1;
        // Without a branch: whether a day has another event is anyone's guess.
        self.occupied &= !(u64::from(next == NONE) << ring);
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

    /// Whether it holds so many that it should hold fewer days' worth.
    #[inline]
    pub const fn is_full(&self) -> bool {
        self.len >= FULL && self.shift > 0
    }

    /// Makes days twice as long, or half as long. Gives what lies beyond the calendar then, in order.
    pub fn set_day(&mut self, change: i32, now: u64) -> Vec<Entry<E>> {
        let mut all = Vec::with_capacity(self.len);
        while let Some(ring) = self.first_day() {
            all.push(self.take(ring));
        }
        self.shift = self.shift.saturating_add_signed(change).min(SHIFT_MAX);
        self.begin_at(now);
        all.retain(|&entry| !self.push(entry));
        self.walked = 0;
        all
    }

    /// Puts an event behind all of its day that happen no later.
    fn insert(&mut self, ring: usize, entry: Entry<E>) {
        let (head, tail) = (self.heads[ring], self.tails[ring] as usize);
        if self.nodes[tail].entry.at <= entry.at {
            let node = self.node(entry, NONE);
            self.nodes[tail].next = node;
            self.tails[ring] = node;
            return;
        }
        if self.nodes[head as usize].entry.at > entry.at {
            self.heads[ring] = self.node(entry, head);
            return;
        }
        // It belongs before the tail, so the walk ends.
        let mut before = head as usize;
        loop {
            let next = self.nodes[before].next;
            if self.nodes[next as usize].entry.at > entry.at {
                let node = self.node(entry, next);
                self.nodes[before].next = node;
                return;
            }
            self.walked += 1;
            before = next as usize;
        }
    }

    #[inline]
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
