//! Chains: what comes after the first event of each day, in lists that share one pool.

use super::wheel::Entry;

/// No node.
const NONE: u32 = u32::MAX;

/// An event after the first one of its day, and the next one.
#[derive(Clone, Copy, Debug)]
struct Node<E> {
    entry: Entry<E>,
    next: u32,
}

/// The first and the last node of a day's chain, where it has one.
#[derive(Clone, Copy, Debug)]
struct Ends {
    first: u32,
    last: u32,
}

/// Events after the first of each day.
#[derive(Clone, Debug)]
pub(super) struct Chains<E> {
    ends: Box<[Ends]>,
    nodes: Vec<Node<E>>,
    free: u32,
    /// Nodes in use.
    len: usize,
    /// Events passed over while others were put in.
    walked: u32,
}

impl<E: Copy> Chains<E> {
    /// Bytes that a copy of it takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.ends[..]) + size_of_val(&self.nodes[..])
    }

    /// Empty chains of so many days.
    pub fn new(days: usize) -> Self {
        let ends = vec![Ends { first: NONE, last: NONE }; days].into_boxed_slice();
        Self { ends, nodes: Vec::new(), free: NONE, len: 0, walked: 0 }
    }

    /// How many events all chains hold.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// How many events have been passed over since this was asked last.
    pub fn reset_walked(&mut self) -> u32 {
        std::mem::take(&mut self.walked)
    }

    /// Puts an event before all others of a day.
    pub fn push_front(&mut self, day: usize, entry: Entry<E>) {
        let node = self.node(entry, self.ends[day].first);
        let ends = &mut self.ends[day];
        if ends.first == NONE {
            ends.last = node;
        }
        ends.first = node;
    }

    /// Puts an event into a day before the first one of which `is_later` holds.
    pub fn insert(&mut self, day: usize, entry: Entry<E>, is_later: impl Fn(u64) -> bool) {
        let Ends { first, last } = self.ends[day];
        if first == NONE || is_later(self.nodes[first as usize].entry.at) {
            self.push_front(day, entry);
        } else if !is_later(self.nodes[last as usize].entry.at) {
            let node = self.node(entry, NONE);
            self.nodes[last as usize].next = node;
            self.ends[day].last = node;
        } else {
            self.insert_between(first, entry, is_later);
        }
    }

    /// Puts an event in behind `before`; it belongs before the last one, so the walk ends.
    fn insert_between(&mut self, mut before: u32, entry: Entry<E>, is_later: impl Fn(u64) -> bool) {
        loop {
            let next = self.nodes[before as usize].next;
            if is_later(self.nodes[next as usize].entry.at) {
                self.nodes[before as usize].next = self.node(entry, next);
                return;
            }
            self.walked += 1;
            before = next;
        }
    }

    /// Takes the first event of a day that has some, and says whether there are more.
    pub fn pop_front(&mut self, day: usize) -> (Entry<E>, bool) {
        let slot = self.ends[day].first;
        let node = &mut self.nodes[slot as usize];
        let (entry, next) = (node.entry, node.next);
        node.next = self.free;
        self.free = slot;
        self.ends[day].first = next;
        self.len -= 1;
        (entry, next != NONE)
    }

    fn node(&mut self, entry: Entry<E>, next: u32) -> u32 {
        self.len += 1;
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
