//! A bulkhead: so many calls at once and no more, so that one slow service cannot take all of its client.
//!
//! It counts; it sends nothing and keeps no time. The driver's part:
//!
//! 1. `Bulkhead::try_enter` lets a call in, or `Bulkhead::push_waiting` lets it wait, or it is refused.
//! 2. When a call ends: `Bulkhead::leave`; then the call from `Bulkhead::pop_waiting`, if any, enters in its place
//!    before any newcomer, as Resilience4j's fair semaphore has it.
//! 3. When a call has waited for as long as it may: `Bulkhead::remove_waiting`.

use crate::blueprint::Require;
use crate::call::DURATION_NS_MAX;
use crate::kernel::digest::Digest;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How many calls a bulkhead lets through.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct BulkheadSpec {
    /// Calls at once.
    pub max_concurrent: u32,
    /// Calls that may wait; one more is refused.
    pub max_waiting: u32,
    /// How long a call may wait, in nanoseconds; 0: none waits.
    pub max_wait_ns: u64,
}

impl Default for BulkheadSpec {
    /// As Resilience4j's (`FACTS` CB-R4J): 25 at once, none waits.
    fn default() -> Self {
        Self { max_concurrent: 25, max_waiting: 0, max_wait_ns: 0 }
    }
}

impl BulkheadSpec {
    /// Says of each field whether it is in range, and what is allowed there.
    pub fn check(&self, require: Require<'_>) {
        require((1..=1_000_000).contains(&self.max_concurrent), "max_concurrent", "from 1 to 1,000,000");
        require(self.max_waiting <= 100_000, "max_waiting", "at most 100,000");
        require(self.max_wait_ns <= DURATION_NS_MAX, "max_wait_ns", "at most a day");
    }
}

/// A bulkhead in a run.
#[derive(Clone, Debug)]
pub(crate) struct Bulkhead {
    spec: BulkheadSpec,
    in_flight: u32,
    /// Slots of the calls that wait, oldest first.
    waiting: VecDeque<u32>,
}

impl Bulkhead {
    pub fn new(spec: BulkheadSpec) -> Self {
        Self { spec, in_flight: 0, waiting: VecDeque::new() }
    }

    /// Lets a call in, if there is room.
    pub fn try_enter(&mut self) -> bool {
        let room = self.in_flight < self.spec.max_concurrent;
        self.in_flight += u32::from(room);
        room
    }

    /// A call that was let in has ended.
    pub fn leave(&mut self) {
        debug_assert!(self.in_flight > 0, "a call leaves once, where it was let in");
        self.in_flight = self.in_flight.saturating_sub(1);
    }

    /// Lets a call wait behind the others. `false`: it may not.
    pub fn push_waiting(&mut self, slot: u32) -> bool {
        let room = self.spec.max_wait_ns > 0 && self.waiting.len() < self.spec.max_waiting as usize;
        if room {
            self.waiting.push_back(slot);
        }
        room
    }

    /// The call that has waited longest waits no longer. It has not been let in yet.
    pub fn pop_waiting(&mut self) -> Option<u32> {
        self.waiting.pop_front()
    }

    /// That call waits no longer. `false`: it did not wait. As all wait equally long, one whose time is up is found at
    /// the front.
    pub fn remove_waiting(&mut self, slot: u32) -> bool {
        let position = self.waiting.iter().position(|&s| s == slot);
        position.and_then(|i| self.waiting.remove(i)).is_some()
    }

    /// Calls that were let in and have not ended.
    pub fn in_flight(&self) -> u32 {
        self.in_flight
    }

    /// Calls that wait.
    pub fn waiting(&self) -> u32 {
        self.waiting.len() as u32
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(u64::from(self.in_flight) | (self.waiting.len() as u64) << 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::wrong;

    fn waiting_room(max_concurrent: u32, max_waiting: u32) -> Bulkhead {
        Bulkhead::new(BulkheadSpec { max_concurrent, max_waiting, max_wait_ns: 1_000_000 })
    }

    #[test]
    fn by_default_25_enter_and_none_waits() {
        let mut b = Bulkhead::new(BulkheadSpec::default());
        assert_eq!((0..40).filter(|_| b.try_enter()).count(), 25);
        assert!(!b.push_waiting(7));
        b.leave();
        assert!(b.try_enter());
        assert!(!b.try_enter());
    }

    #[test]
    fn a_wait_of_no_time_is_no_wait() {
        let spec = BulkheadSpec { max_waiting: 9, ..BulkheadSpec::default() };
        assert!(!Bulkhead::new(spec).push_waiting(7));
    }

    #[test]
    fn the_waiting_come_in_order_and_the_queue_is_bounded() {
        let mut b = waiting_room(1, 3);
        assert!(b.try_enter());
        assert_eq!([10, 11, 12, 13].map(|slot| b.push_waiting(slot)), [true, true, true, false]);
        assert_eq!((b.remove_waiting(11), b.remove_waiting(11), b.waiting()), (true, false, 2));
        assert_eq!((b.pop_waiting(), b.in_flight()), (Some(10), 1));
        assert_eq!((b.pop_waiting(), b.pop_waiting()), (Some(12), None));
    }

    #[test]
    fn the_digest_shows_who_is_in_and_who_waits() {
        let digest = |b: &Bulkhead| {
            let mut digest = Digest::EMPTY;
            b.fold_into(&mut digest);
            digest
        };
        let mut b = waiting_room(2, 2);
        let empty = digest(&b);
        b.try_enter();
        let one = digest(&b);
        b.push_waiting(3);
        assert!(empty != one && one != digest(&b));
    }

    #[test]
    fn problems_name_the_field() {
        let fields = |spec: BulkheadSpec| wrong(|require| spec.check(require));
        assert!(fields(BulkheadSpec::default()).is_empty());
        assert_eq!(fields(BulkheadSpec { max_concurrent: 0, ..BulkheadSpec::default() }), ["max_concurrent"]);
        assert_eq!(fields(BulkheadSpec { max_waiting: u32::MAX, ..BulkheadSpec::default() }), ["max_waiting"]);
        assert_eq!(fields(BulkheadSpec { max_wait_ns: u64::MAX, ..BulkheadSpec::default() }), ["max_wait_ns"]);
        let bad = BulkheadSpec { max_concurrent: 0, max_waiting: u32::MAX, max_wait_ns: u64::MAX };
        assert_eq!(fields(bad), ["max_concurrent", "max_waiting", "max_wait_ns"]);
    }
}
