//! A lane: one direction of a pipe. Messages share its bandwidth first come first served.
//!
//! Messages that keep their order form a list through the attempts themselves, and only the first of them needs an
//! event. Messages that may overtake each other are strays: each has an event of its own.

use crate::call::attempt::{Attempts, NONE};
use crate::kernel::time::Time;
use std::collections::VecDeque;

/// One direction of a pipe.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    pub head: u32,
    tail: u32,
    /// When the entrance is free again.
    pub free_at: Time,
    /// When the newest message that keeps its order comes out.
    pub last_exit_at: Time,
    /// When those begin their transmission that have to wait for it; the past ones are removed as the lane is used.
    pub starts: VecDeque<Time>,
    pub strays: Vec<u32>,
    pub carried: u64,
    /// Messages that are in it now.
    pub len: u32,
    /// The size whose transmission time is known, and that time.
    known: (u32, u64),
}

impl Lane {
    pub const fn new() -> Self {
        Self {
            head: NONE,
            tail: NONE,
            free_at: Time::ZERO,
            last_exit_at: Time::ZERO,
            starts: VecDeque::new(),
            strays: Vec::new(),
            carried: 0,
            len: 0,
            known: (0, 0),
        }
    }

    /// How many messages wait at the entrance at `now`.
    pub fn waiting(&self, now: Time) -> usize {
        // Start times rise along the lane.
        self.starts.len() - self.starts.partition_point(|&start| start <= now)
    }

    /// When a message that comes now begins its transmission, and when that ends; nothing where too many wait.
    #[inline]
    pub fn transmit(&mut self, now: Time, bytes: u32, bandwidth_bytes_per_s: u64, limit: u32) -> Option<(Time, Time)> {
        let transmission_ns = self.transmission_ns(bytes, bandwidth_bytes_per_s);
        let start_at = if self.free_at <= now {
            self.starts.clear();
            now
        } else {
            while self.starts.front().is_some_and(|&start| start <= now) {
                self.starts.pop_front();
            }
            if self.starts.len() >= limit as usize {
                return None;
            }
            self.starts.push_back(self.free_at);
            self.free_at
        };
        self.free_at = start_at.plus_ns(transmission_ns);
        Some((start_at, self.free_at))
    }

    /// Puts a message behind the others. Says whether it is the first.
    #[inline]
    pub fn append(&mut self, attempts: &mut Attempts, slot: u32) -> bool {
        self.len += 1;
        attempts.at(slot).next = NONE;
        let first = self.head == NONE;
        if first {
            self.head = slot;
        } else {
            attempts.at(self.tail).next = slot;
        }
        self.tail = slot;
        first
    }

    /// Takes the first message out.
    #[inline]
    pub fn take_first(&mut self, attempts: &mut Attempts) -> u32 {
        let slot = self.head;
        self.head = attempts.get(slot).next;
        self.len -= 1;
        self.carried += 1;
        slot
    }

    /// Adds a message that keeps no order.
    pub fn stray(&mut self, attempts: &mut Attempts, slot: u32) {
        self.len += 1;
        attempts.at(slot).next = self.strays.len() as u32;
        self.strays.push(slot);
    }

    /// Takes such a message out.
    pub fn take_stray(&mut self, attempts: &mut Attempts, slot: u32) {
        let place = attempts.get(slot).next;
        self.strays.swap_remove(place as usize);
        if let Some(&moved) = self.strays.get(place as usize) {
            attempts.at(moved).next = place;
        }
        self.len -= 1;
        self.carried += 1;
    }

    /// The bandwidth has changed.
    pub const fn forget_times(&mut self) {
        self.known = (0, 0);
    }

    /// How long `bytes` take to enter, rounded up to whole nanoseconds.
    fn transmission_ns(&mut self, bytes: u32, bandwidth_bytes_per_s: u64) -> u64 {
        if self.known.0 != bytes {
            // At most 2^32 x 10^9: it fits.
            self.known = (bytes, (u64::from(bytes) * 1_000_000_000).div_ceil(bandwidth_bytes_per_s));
        }
        self.known.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_queue_for_the_bandwidth() {
        let mut lane = Lane::new();
        // 10 bytes at 1,000 bytes/s take 10 ms.
        let ms = Time::from_ms;
        assert_eq!(lane.transmit(ms(0), 10, 1_000, 2), Some((ms(0), ms(10))));
        assert_eq!(lane.transmit(ms(4), 10, 1_000, 2), Some((ms(10), ms(20))));
        assert_eq!(lane.waiting(ms(4)), 1);
        assert_eq!(lane.waiting(ms(10)), 0);
    }

    #[test]
    fn one_more_than_may_wait_is_refused() {
        let mut lane = Lane::new();
        let mut enter = |ms| lane.transmit(Time::from_ms(ms), 10, 1_000, 2).is_some();
        assert!((0..3).all(|_| enter(0)), "one in transmission and two that wait");
        assert!(!enter(0));
        assert!(enter(10), "room again when the next begins its transmission");
    }
}
