//! A station: `replicas x workers` equal workers behind one bounded queue, first come first served.

use crate::blueprint::ServiceSpec;
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::service::distribution::Distribution;
use std::collections::VecDeque;

/// A service in a run.
#[derive(Clone, Debug)]
pub(crate) struct Station {
    pub id: PieceId,
    pub workers: u32,
    pub queue_limit: u32,
    pub service_time: Distribution,
    pub busy: u32,
    /// Slots of the requests that wait, oldest first.
    pub queue: VecDeque<u32>,
    pub served: u64,
    pub rejected: u64,
    /// Worker-nanoseconds of work done up to `settled_at`.
    busy_ns: u64,
    settled_at: Time,
}

/// What happens to a request that arrives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Admission {
    /// A worker is free and takes it.
    Begin,
    /// It waits.
    Wait,
    /// The queue is full.
    Reject,
}

impl Station {
    pub fn new(spec: &ServiceSpec) -> Self {
        Self {
            id: spec.id,
            workers: spec.replicas.saturating_mul(spec.workers),
            queue_limit: spec.queue_limit,
            service_time: spec.service_time,
            busy: 0,
            queue: VecDeque::new(),
            served: 0,
            rejected: 0,
            busy_ns: 0,
            settled_at: Time::ZERO,
        }
    }

    pub fn arrive(&mut self, now: Time, slot: u32) -> Admission {
        if self.busy < self.workers {
            self.settle(now);
            self.busy += 1;
            Admission::Begin
        } else if (self.queue.len() as u64) < u64::from(self.queue_limit) {
            self.queue.push_back(slot);
            Admission::Wait
        } else {
            self.rejected += 1;
            Admission::Reject
        }
    }

    /// A worker has finished. Gives the request that it takes next, if one waits.
    pub fn finish(&mut self, now: Time) -> Option<u32> {
        self.settle(now);
        self.served += 1;
        let next = self.queue.pop_front();
        if next.is_none() {
            self.busy -= 1;
        }
        next
    }

    /// Worker-nanoseconds of work done until `now`.
    pub fn busy_ns(&self, now: Time) -> u64 {
        self.busy_ns.saturating_add(now.since_ns(self.settled_at).saturating_mul(u64::from(self.busy)))
    }

    fn settle(&mut self, now: Time) {
        self.busy_ns = self.busy_ns(now);
        self.settled_at = now;
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id.0);
        digest.fold(u64::from(self.busy) | (self.queue.len() as u64) << 32);
        digest.fold(self.served);
        digest.fold(self.rejected);
    }
}
