//! A squeeze: what the entrance of a pipe would do if no hazard took of its bandwidth. How much later a message has entered
//! than it would have is booked on the hazard. Nothing else follows from it: a run is the same whether it is kept or not.

use crate::kernel::time::Time;
use crate::net::lane::Lane;
use std::collections::VecDeque;

/// The entrance of one direction as it would be.
#[derive(Clone, Debug)]
pub(crate) struct Squeeze {
    /// The hazard that takes of the bandwidth, or took of it last.
    pub by: u16,
    /// Whether it still does. Afterwards messages wait for a while behind those that entered slowly.
    pub lasts: bool,
    /// When the entrance is free again, as it is, after the last message that went through here.
    seen_free_at: Time,
    /// When it would be.
    free_at: Time,
    /// When those would begin their transmission that would have to wait for it.
    starts: VecDeque<Time>,
}

impl Squeeze {
    /// Begins now: up to here nothing was taken.
    pub fn new(by: u16, lane: &Lane, starts: VecDeque<Time>) -> Self {
        Self { by, lasts: true, seen_free_at: lane.free_at, free_at: lane.free_at, starts }
    }

    /// Whether it makes no difference any more: the entrance has caught up.
    pub fn is_over(&self, lane: &Lane, now: Time) -> bool {
        // Who enters a free entrance passes by without being seen here.
        !self.lasts && (lane.free_at <= now || lane.free_at != self.seen_free_at)
    }

    /// When the transmission of a message that comes now would end, which takes so long; nothing where as many as may wait
    /// would wait.
    pub fn transmit(&mut self, now: Time, whole_ns: u64, limit: u32) -> Option<Time> {
        let mut start_at = now;
        if self.free_at > now {
            while self.starts.front().is_some_and(|&start| start <= now) {
                self.starts.pop_front();
            }
            if self.starts.len() >= limit as usize {
                return None;
            }
            start_at = self.free_at;
            self.starts.push_back(start_at);
        }
        self.free_at = start_at.plus_ns(whole_ns);
        Some(self.free_at)
    }

    /// A message has gone through the entrance as it is.
    pub const fn saw(&mut self, lane: &Lane) {
        self.seen_free_at = lane.free_at;
    }
}
