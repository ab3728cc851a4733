//! A partition: what waits to be written, what is being written, and the log of what is not committed yet.

use crate::call::record::Context;
use crate::kernel::digest::Digest;
use crate::kernel::random::Key;
use crate::kernel::time::Time;
use std::collections::VecDeque;

/// What a partition's consumer is doing.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delivery {
    /// Nothing is under way: the log is empty, or no pipe to a member is open.
    Idle,
    /// The oldest event is under way to its member, or there.
    UnderWay,
    /// The delivery of the oldest event has failed; it is delivered again then.
    Waits {
        /// When.
        until: Time,
    },
}

/// An event of a stream: what a request has produced.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Produced {
    /// What its deliveries take with them.
    pub context: Context,
    /// The key of its deliveries' draws.
    pub key: Key,
    /// When it came; in the log, when it was written.
    pub at: Time,
}

/// A partition.
#[derive(Clone, Debug)]
pub(crate) struct Partition {
    /// Events that are not written yet, and the attempts that brought them, oldest first: those that are being written, then
    /// the open batch.
    pub unwritten: VecDeque<(u32, Produced)>,
    /// How many of them are being written.
    pub writing: u32,
    /// Events that are written and not committed, oldest first.
    pub log: VecDeque<Produced>,
    pub delivery: Delivery,
    /// How often the oldest event has been delivered.
    pub tries: u32,
    /// Batches that have been begun.
    pub writes: u64,
    /// Events that have been written.
    pub appended: u64,
    /// Deliveries that have begun.
    pub delivered: u64,
    /// Events that have been committed.
    pub committed: u64,
}

impl Partition {
    pub const fn new() -> Self {
        Self {
            unwritten: VecDeque::new(),
            writing: 0,
            log: VecDeque::new(),
            delivery: Delivery::Idle,
            tries: 0,
            writes: 0,
            appended: 0,
            delivered: 0,
            committed: 0,
        }
    }

    /// Events that it keeps.
    pub fn held(&self) -> u32 {
        (self.unwritten.len() + self.log.len()) as u32
    }

    /// Events in the open batch.
    pub fn open(&self) -> u32 {
        self.waiting() - self.writing
    }

    /// Events that are not written yet.
    pub fn waiting(&self) -> u32 {
        self.unwritten.len() as u32
    }

    /// When the open batch is written even if it is not full; nothing where none is open, or a write is under way.
    pub fn due(&self, linger_ns: u64) -> Option<Time> {
        let first = self.unwritten.front().filter(|_| self.writing == 0)?;
        Some(first.1.at.plus_ns(linger_ns))
    }

    /// The event whose turn it is, where none is under way or waits for its next delivery.
    pub fn next(&self) -> Option<&Produced> {
        self.log.front().filter(|_| self.delivery == Delivery::Idle)
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        let delivery = match self.delivery {
            Delivery::Idle => 0,
            Delivery::UnderWay => 1,
            Delivery::Waits { until } => until.as_ns().saturating_add(2),
        };
        let counts = [self.unwritten.len() as u64, u64::from(self.writing), self.log.len() as u64, delivery];
        counts.into_iter().for_each(|n| digest.fold(n));
        let counts = [u64::from(self.tries), self.writes, self.appended, self.delivered, self.committed];
        counts.into_iter().for_each(|n| digest.fold(n));
        for event in self.unwritten.iter().map(|(_, event)| event).chain(&self.log) {
            digest.fold(event.key.bits() ^ event.at.as_ns());
        }
    }
}
