//! Lists of equal timeouts. Who sets out first expires first, so a list in order of departure is in order of expiry,
//! only its head needs an event, and leaving it early costs two links.

use crate::call::attempt::{Attempts, NONE};
use crate::kernel::time::Time;

/// The attempts of one call site that wait, oldest first.
#[derive(Clone, Debug)]
pub(crate) struct TimerList {
    pub timeout_ns: u64,
    head: u32,
    tail: u32,
    /// An event for this list is pending.
    pub armed: bool,
}

impl TimerList {
    pub const fn new(timeout_ns: u64) -> Self {
        Self { timeout_ns, head: NONE, tail: NONE, armed: false }
    }

    pub fn push(&mut self, attempts: &mut Attempts, slot: u32) {
        let attempt = attempts.at(slot);
        attempt.timer_prev = self.tail;
        attempt.timer_next = NONE;
        if self.tail == NONE {
            self.head = slot;
        } else {
            attempts.at(self.tail).timer_next = slot;
        }
        self.tail = slot;
    }

    pub fn remove(&mut self, attempts: &mut Attempts, slot: u32) {
        let attempt = attempts.at(slot);
        let (prev, next) = (attempt.timer_prev, attempt.timer_next);
        if prev == NONE && self.head != slot {
            // It is in no list any more.
            return;
        }
        attempt.timer_prev = NONE;
        attempt.timer_next = NONE;
        if prev == NONE {
            self.head = next;
        } else {
            attempts.at(prev).timer_next = next;
        }
        if next == NONE {
            self.tail = prev;
        } else {
            attempts.at(next).timer_prev = prev;
        }
    }

    /// The oldest, and when it expires.
    pub fn head(&self, attempts: &Attempts) -> Option<(u32, Time)> {
        if self.head == NONE {
            return None;
        }
        let started = attempts.get(self.head).started;
        Some((self.head, started.plus_ns(self.timeout_ns)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::attempt::Attempt;

    #[test]
    fn leaving_early_keeps_the_order_of_the_others() {
        let mut attempts = Attempts::new();
        let mut list = TimerList::new(10);
        let slots: Vec<u32> = (0..4)
            .map(|i| {
                let slot = attempts.insert(Attempt::new(Time::from_ns(i), 0, 0));
                list.push(&mut attempts, slot);
                slot
            })
            .collect();
        list.remove(&mut attempts, slots[1]);
        list.remove(&mut attempts, slots[1]);
        list.remove(&mut attempts, slots[0]);
        assert_eq!(list.head(&attempts), Some((slots[2], Time::from_ns(12))));
        list.remove(&mut attempts, slots[2]);
        list.remove(&mut attempts, slots[3]);
        assert_eq!(list.head(&attempts), None);
    }
}
