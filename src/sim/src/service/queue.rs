//! The waiting room: a bounded queue of slots, and the order in which workers take from it.

use super::codel::Codel;
use crate::blueprint::Require;
use crate::kernel::digest::Digest;
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How many levels of priority there are.
const LEVELS: usize = 8;
/// Longest target or interval of CoDel: one hour, in nanoseconds.
const CODEL_NS_MAX: u64 = 3_600 * 1_000_000_000;

/// Which of those that wait is served next.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum Discipline {
    /// The one that came first.
    #[default]
    Fifo,
    /// The one that came last: under overload some are served in time instead of all too late.
    Lifo,
    /// The one of highest priority (0 to 7), and among equals the one that came first.
    Priority,
    /// The one that came first, unless even the shortest recent wait was too long: then some are dropped (RFC 8289).
    Codel {
        /// The wait that is acceptable, in nanoseconds.
        target_ns: u64,
        /// How long it may be exceeded before the first drop, in nanoseconds.
        interval_ns: u64,
    },
}

impl Discipline {
    /// CoDel with the RFC's parameters: a target of 5 ms and an interval of 100 ms.
    pub const CODEL: Self = Self::Codel { target_ns: 5_000_000, interval_ns: 100_000_000 };

    /// Says of each parameter whether it is in range, and what is allowed.
    pub fn check(&self, require: Require<'_>) {
        if let Self::Codel { target_ns, interval_ns } = *self {
            let sound = (1..=CODEL_NS_MAX).contains(&interval_ns);
            let target_ns_max = if sound { interval_ns } else { CODEL_NS_MAX };
            require((1..=target_ns_max).contains(&target_ns), "target_ns", "from 1 ns to interval_ns");
            require(sound, "interval_ns", "from 1 ns to one hour");
        }
    }
}

/// What comes out of a waiting room.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Taken {
    /// The slot to serve.
    Serve(u32),
    /// A slot to drop, because it waited too long. The caller asks again.
    Drop(u32),
}

/// Those that wait.
#[derive(Clone, Debug)]
pub(crate) struct WaitingRoom {
    limit: u32,
    order: Order,
}

/// The queue behind each discipline. Only what the discipline needs is stored with a slot.
#[derive(Clone, Debug)]
enum Order {
    Fifo(VecDeque<u32>),
    Lifo(VecDeque<u32>),
    /// One queue a level. The ranks tell who came first among different levels; they rise along each queue.
    Priority {
        levels: Box<[VecDeque<Ranked>; LEVELS]>,
        next_rank: i64,
    },
    Codel {
        queue: VecDeque<Timed>,
        codel: Box<Codel>,
    },
}

#[derive(Clone, Copy, Debug)]
struct Ranked {
    slot: u32,
    rank: i64,
}

#[derive(Clone, Copy, Debug)]
struct Timed {
    slot: u32,
    enqueued_at: Time,
}

impl WaitingRoom {
    /// An empty one with places for `limit`.
    pub fn new(discipline: Discipline, limit: u32) -> Self {
        let order = match discipline {
            Discipline::Fifo => Order::Fifo(VecDeque::new()),
            Discipline::Lifo => Order::Lifo(VecDeque::new()),
            Discipline::Priority => Order::Priority { levels: Box::default(), next_rank: 0 },
            Discipline::Codel { target_ns, interval_ns } => {
                Order::Codel { queue: VecDeque::new(), codel: Box::new(Codel::new(target_ns, interval_ns)) }
            }
        };
        Self { limit, order }
    }

    /// How many wait.
    pub fn len(&self) -> u32 {
        let len = match &self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => queue.len(),
            Order::Priority { levels, .. } => levels.iter().map(VecDeque::len).sum(),
            Order::Codel { queue, .. } => queue.len(),
        };
        len as u32
    }

    /// How many may wait.
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Whether nobody else may come in.
    pub fn is_full(&self) -> bool {
        self.len() >= self.limit
    }

    /// Whether nobody waits and a pop would change nothing.
    #[inline]
    pub fn is_at_rest(&self) -> bool {
        match &self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => queue.is_empty(),
            Order::Priority { .. } => self.len() == 0,
            // Its control law wants to know that a worker found the queue empty.
            Order::Codel { .. } => false,
        }
    }

    /// Lets a slot in. The caller has checked that there is room. A priority above 7 counts as 7; it is asked for only
    /// where it matters.
    #[inline]
    pub fn push(&mut self, slot: u32, priority: impl FnOnce() -> u8, now: Time) {
        match &mut self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => queue.push_back(slot),
            Order::Priority { levels, next_rank, .. } => {
                levels[level(priority())].push_back(Ranked { slot, rank: *next_rank });
                *next_rank += 1;
            }
            Order::Codel { queue, .. } => queue.push_back(Timed { slot, enqueued_at: now }),
        }
    }

    /// Takes the next one out, to be served or dropped. After a drop the caller asks again at the same time.
    #[inline]
    pub fn pop(&mut self, now: Time) -> Option<Taken> {
        match &mut self.order {
            Order::Fifo(queue) => queue.pop_front().map(Taken::Serve),
            Order::Lifo(queue) => queue.pop_back().map(Taken::Serve),
            Order::Priority { levels, .. } => {
                levels.iter_mut().rev().find_map(VecDeque::pop_front).map(|ranked| Taken::Serve(ranked.slot))
            }
            Order::Codel { queue, codel } => take_or_drop(queue, codel, now),
        }
    }

    /// Takes a certain slot out: it was cancelled. Whether it was there. Its cost grows with the queue.
    pub fn remove(&mut self, slot: u32) -> bool {
        match &mut self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => remove_from(queue, |&waiting| waiting == slot),
            Order::Priority { levels, .. } => {
                levels.iter_mut().any(|queue| remove_from(queue, |ranked| ranked.slot == slot))
            }
            Order::Codel { queue, .. } => remove_from(queue, |timed| timed.slot == slot),
        }
    }

    /// Everyone leaves, the oldest first.
    pub fn drain(&mut self) -> Vec<u32> {
        let everyone = self.iter().collect();
        match &mut self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => queue.clear(),
            Order::Priority { levels, .. } => levels.iter_mut().for_each(VecDeque::clear),
            Order::Codel { queue, .. } => queue.clear(),
        }
        everyone
    }

    /// Everyone that waits, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let mut place = [0; LEVELS];
        std::iter::from_fn(move || match &self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => step(queue, &mut place[0]).copied(),
            Order::Codel { queue, .. } => step(queue, &mut place[0]).map(|timed| timed.slot),
            Order::Priority { levels, .. } => {
                let heads = levels.iter().zip(&place).enumerate();
                let heads = heads.filter_map(|(i, (queue, &at))| queue.get(at).map(|ranked| (ranked.rank, i)));
                let (_, oldest) = heads.min()?;
                step(&levels[oldest], &mut place[oldest]).map(|ranked| ranked.slot)
            }
        })
    }

    /// Folds who waits, in which order, and for how long where that matters.
    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(u64::from(self.len()) | u64::from(self.limit) << 32);
        match &self.order {
            Order::Fifo(queue) | Order::Lifo(queue) => queue.iter().for_each(|&slot| digest.fold(u64::from(slot))),
            Order::Priority { levels, .. } => {
                for (level, queue) in (0u64..).zip(levels.iter()) {
                    queue.iter().for_each(|ranked| digest.fold(u64::from(ranked.slot) | level << 32));
                }
            }
            Order::Codel { queue, codel } => {
                for timed in queue {
                    digest.fold(u64::from(timed.slot));
                    digest.fold(timed.enqueued_at.as_ns());
                }
                codel.fold_into(digest);
            }
        }
    }
}

fn level(priority: u8) -> usize {
    usize::from(priority).min(LEVELS - 1)
}

fn take_or_drop(queue: &mut VecDeque<Timed>, codel: &mut Codel, now: Time) -> Option<Taken> {
    let Some(Timed { slot, enqueued_at }) = queue.pop_front() else {
        codel.rest();
        return None;
    };
    let drops = codel.drops(now, now.since_ns(enqueued_at), queue.len());
    Some(if drops { Taken::Drop(slot) } else { Taken::Serve(slot) })
}

fn remove_from<T>(queue: &mut VecDeque<T>, is_it: impl Fn(&T) -> bool) -> bool {
    queue.iter().position(is_it).and_then(|place| queue.remove(place)).is_some()
}

fn step<'a, T>(queue: &'a VecDeque<T>, place: &mut usize) -> Option<&'a T> {
    *place += 1;
    queue.get(*place - 1)
}

#[cfg(test)]
mod tests;
