//! The event list: what happens next. Events of equal time come out in the order in which they were put in.

use super::time::Time;
use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A stable priority queue of events by time.
#[derive(Clone, Debug)]
pub struct EventList<E> {
    heap: BinaryHeap<Entry<E>>,
    next_sequence: u64,
}

impl<E: Copy> EventList<E> {
    /// An empty list.
    pub fn new() -> Self {
        Self { heap: BinaryHeap::new(), next_sequence: 0 }
    }

    /// Schedules `event` at `at`.
    pub fn push(&mut self, at: Time, event: E) {
        let sequence = self.next_sequence;
        self.next_sequence += 1;
        self.heap.push(Entry { at, sequence, event });
    }

    /// Takes the next event that lies strictly before `limit`.
    pub fn pop_before(&mut self, limit: Time) -> Option<(Time, E)> {
        if self.heap.peek()?.at >= limit {
            return None;
        }
        self.heap.pop().map(|entry| (entry.at, entry.event))
    }

    /// When the next event happens.
    pub fn next_at(&self) -> Option<Time> {
        self.heap.peek().map(|entry| entry.at)
    }

    /// How many events are pending.
    pub fn len(&self) -> usize {
        self.heap.len()
    }

    /// Whether nothing is pending.
    pub fn is_empty(&self) -> bool {
        self.heap.is_empty()
    }
}

impl<E: Copy> Default for EventList<E> {
    fn default() -> Self {
        Self::new()
    }
}

#[derive(Clone, Copy, Debug)]
struct Entry<E> {
    at: Time,
    sequence: u64,
    event: E,
}

impl<E> Ord for Entry<E> {
    /// Reversed, because the standard heap gives its largest element first.
    fn cmp(&self, other: &Self) -> Ordering {
        (other.at, other.sequence).cmp(&(self.at, self.sequence))
    }
}

impl<E> PartialOrd for Entry<E> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> PartialEq for Entry<E> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl<E> Eq for Entry<E> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_times_keep_their_order() {
        let mut list = EventList::new();
        for (at, event) in [(5, 'c'), (1, 'a'), (5, 'd'), (1, 'b'), (5, 'e')] {
            list.push(Time::from_ns(at), event);
        }
        let mut order = String::new();
        while let Some((_, event)) = list.pop_before(Time::MAX) {
            order.push(event);
        }
        assert_eq!(order, "abcde");
    }

    #[test]
    fn the_limit_is_exclusive() {
        let mut list = EventList::new();
        list.push(Time::from_ns(10), ());
        assert_eq!(list.pop_before(Time::from_ns(10)), None);
        assert_eq!(list.pop_before(Time::from_ns(11)), Some((Time::from_ns(10), ())));
    }
}
