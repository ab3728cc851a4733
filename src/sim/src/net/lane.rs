//! A lane: one direction of a pipe. Messages share its bandwidth first come first served.
//!
//! A message has an event, at its exit. One that keeps its order never comes out before the one in front of it, and of
//! those that come out in one instant the first in is the first out, as in the event list.

use crate::kernel::digest::Digest;
use crate::kernel::time::Time;
use crate::net::squeeze::Squeeze;
use std::collections::VecDeque;

/// One direction of a pipe: what every message needs. What only some need is its [`Side`].
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    /// Messages that are in it now.
    pub len: u32,
    /// The size whose transmission time is known, and that time.
    known_bytes: u32,
    known_ns: u64,
    /// When the entrance is free again.
    pub free_at: Time,
    /// When the newest message that keeps its order comes out.
    last_exit_at: Time,
    /// From the entrance to the exit, in nanoseconds.
    propagation_ns: u64,
    pub carried: u64,
}

/// The rest of one direction.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    /// Bytes a second that enter.
    bandwidth_bytes_per_s: u64,
    /// Messages that may wait at the entrance.
    limit: u32,
    /// When those begin their transmission that have to wait for it; the past ones are removed as the lane is used.
    starts: VecDeque<Time>,
    /// What a hazard makes of the bandwidth, as long as messages are later for it.
    squeeze: Option<Box<Squeeze>>,
}

/// How a message gets through the entrance of a lane.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Passage {
    /// Its transmission begins, and ends. What a hazard makes that later: which one, and by how many nanoseconds.
    Passes { start_at: Time, sent_at: Time, held: Option<(u16, u64)> },
    /// Too many wait. The hazard without which it would have passed, if there is one.
    Refused { by: Option<u16> },
}

impl Lane {
    pub const fn new(propagation_ns: u64) -> Self {
        Self {
            len: 0,
            known_bytes: 0,
            known_ns: 0,
            free_at: Time::ZERO,
            last_exit_at: Time::ZERO,
            propagation_ns,
            carried: 0,
        }
    }

    /// When a message comes out that enters at once: the entrance is free, and how long it takes to enter is known.
    /// Nothing where that is not so.
    #[inline]
    pub fn carry_at_once(&mut self, now: Time, bytes: u32) -> Option<Time> {
        if self.known_bytes != bytes || self.free_at > now {
            return None;
        }
        self.free_at = now.plus_ns(self.known_ns);
        Some(self.in_order(self.free_at.plus_ns(self.propagation_ns)))
    }

    /// A message goes in.
    #[inline]
    pub const fn put_in(&mut self) {
        self.len += 1;
    }

    /// A message comes out at the far end.
    #[inline]
    pub const fn take_out(&mut self) {
        self.len -= 1;
        self.carried += 1;
    }

    /// A message may not come out before the one in front of it, which a hazard may have held up.
    #[inline]
    pub fn in_order(&mut self, exit_at: Time) -> Time {
        self.last_exit_at = exit_at.max(self.last_exit_at);
        self.last_exit_at
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.free_at.as_ns());
        digest.fold(self.carried);
        digest.fold(u64::from(self.len));
    }
}

impl Side {
    pub const fn new(bandwidth_bytes_per_s: u64, limit: u32) -> Self {
        Self { bandwidth_bytes_per_s, limit, starts: VecDeque::new(), squeeze: None }
    }

    /// How many messages wait at the entrance at `now`.
    pub fn waiting(&self, now: Time) -> usize {
        // Start times rise along the lane.
        self.starts.len() - self.starts.partition_point(|&start| start <= now)
    }

    /// Lets a message through that comes now. `whole_bandwidth_bytes_per_s` is what there is where no hazard takes of it.
    pub fn pass(&mut self, lane: &mut Lane, now: Time, bytes: u32, whole_bandwidth_bytes_per_s: u64) -> Passage {
        if self.squeeze.as_ref().is_some_and(|squeeze| squeeze.is_over(lane, now)) {
            self.squeeze = None;
        }
        let limit = self.limit;
        let would = self.squeeze.as_mut().and_then(|squeeze| {
            let sent_at = squeeze.transmit(now, transmission_ns(bytes, whole_bandwidth_bytes_per_s), limit)?;
            Some((squeeze.by, sent_at))
        });
        let Some((start_at, sent_at)) = self.transmit(lane, now, bytes) else {
            return Passage::Refused { by: would.map(|(by, _)| by) };
        };
        if let Some(squeeze) = &mut self.squeeze {
            squeeze.saw(lane);
        }
        let held = would.map(|(by, at)| (by, sent_at.since_ns(at))).filter(|&(_, ns)| ns > 0);
        Passage::Passes { start_at, sent_at, held }
    }

    /// When a message that comes now begins its transmission, and when that ends; nothing where too many wait.
    fn transmit(&mut self, lane: &mut Lane, now: Time, bytes: u32) -> Option<(Time, Time)> {
        if lane.known_bytes != bytes {
            lane.known_bytes = bytes;
            lane.known_ns = transmission_ns(bytes, self.bandwidth_bytes_per_s);
        }
        let start_at = if lane.free_at <= now { now } else { self.wait(lane.free_at, now)? };
        lane.free_at = start_at.plus_ns(lane.known_ns);
        Some((start_at, lane.free_at))
    }

    /// When a message begins its transmission that comes while the entrance is busy; nothing where too many wait.
    fn wait(&mut self, free_at: Time, now: Time) -> Option<Time> {
        while self.starts.front().is_some_and(|&start| start <= now) {
            self.starts.pop_front();
        }
        if self.starts.len() >= self.limit as usize {
            return None;
        }
        self.starts.push_back(free_at);
        Some(free_at)
    }

    /// From now on it has that bandwidth, because of that hazard where there is one.
    pub fn set_bandwidth(&mut self, lane: &mut Lane, bandwidth_bytes_per_s: u64, by: Option<u16>) {
        self.bandwidth_bytes_per_s = bandwidth_bytes_per_s;
        lane.known_bytes = 0;
        lane.known_ns = 0;
        match (&mut self.squeeze, by) {
            (Some(squeeze), _) => {
                squeeze.by = by.unwrap_or(squeeze.by);
                squeeze.lasts = by.is_some();
            }
            (None, Some(by)) => self.squeeze = Some(Box::new(Squeeze::new(by, lane, self.starts.clone()))),
            (None, None) => {}
        }
    }
}

/// How long the transmission of a message takes.
fn transmission_ns(bytes: u32, bandwidth_bytes_per_s: u64) -> u64 {
    // Rounded up to whole nanoseconds. At most 2^32 x 10^9: it fits.
    (u64::from(bytes) * 1_000_000_000).div_ceil(bandwidth_bytes_per_s)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_queue_for_the_bandwidth() {
        let (mut lane, mut side) = (Lane::new(0), Side::new(1_000, 2));
        // 10 bytes at 1,000 bytes/s take 10 ms.
        let ms = Time::from_ms;
        assert_eq!(side.transmit(&mut lane, ms(0), 10), Some((ms(0), ms(10))));
        assert_eq!(lane.carry_at_once(ms(4), 10), None, "the entrance is busy");
        assert_eq!(side.transmit(&mut lane, ms(4), 10), Some((ms(10), ms(20))));
        assert_eq!(side.waiting(ms(4)), 1);
        assert_eq!(side.waiting(ms(10)), 0);
        assert_eq!(lane.carry_at_once(ms(20), 11), None, "another size takes another time");
        assert_eq!(lane.carry_at_once(ms(20), 10), Some(ms(30)));
    }

    #[test]
    fn one_more_than_may_wait_is_refused() {
        let (mut lane, mut side) = (Lane::new(0), Side::new(1_000, 2));
        let mut enter = |ms| side.transmit(&mut lane, Time::from_ms(ms), 10).is_some();
        assert!((0..3).all(|_| enter(0)), "one in transmission and two that wait");
        assert!(!enter(0));
        assert!(enter(10), "room again when the next begins its transmission");
    }

    #[test]
    fn what_a_squeeze_costs_is_its_own_until_the_entrance_has_caught_up() {
        let (mut lane, mut side) = (Lane::new(0), Side::new(1_000, 3));
        // 10 bytes take 10 ms, and at a quarter of the bandwidth 40 ms.
        let ms = Time::from_ms;
        let enter = |side: &mut Side, lane: &mut Lane, at| match side.pass(lane, ms(at), 10, 1_000) {
            Passage::Passes { sent_at, held, .. } => {
                (sent_at.as_ms_f64() as u64, held.map(|(by, ns)| (by, ns / 1_000_000)))
            }
            Passage::Refused { by } => (0, by.map(|by| (by, 0))),
        };
        assert_eq!(enter(&mut side, &mut lane, 0), (10, None));
        side.set_bandwidth(&mut lane, 250, Some(7));
        assert_eq!(enter(&mut side, &mut lane, 0), (50, Some((7, 30))), "it would have waited for the first anyway");
        assert_eq!(enter(&mut side, &mut lane, 20), (90, Some((7, 60))), "and this one not at all");
        assert_eq!(enter(&mut side, &mut lane, 20), (130, Some((7, 90))));
        assert_eq!(enter(&mut side, &mut lane, 25), (170, Some((7, 120))));
        assert_eq!(enter(&mut side, &mut lane, 30), (0, Some((7, 0))), "three wait, and none would");
        side.set_bandwidth(&mut lane, 1_000, None);
        assert_eq!(enter(&mut side, &mut lane, 60), (180, Some((7, 110))), "those in front are still slow");
        assert_eq!(lane.carry_at_once(ms(200), 10), Some(ms(210)));
        assert_eq!(enter(&mut side, &mut lane, 205), (220, None), "it waits for one that nothing held up");
    }
}
