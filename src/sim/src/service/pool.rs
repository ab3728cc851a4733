//! A pool: permits that the programs of one service share, such as database connections or a lock.

use crate::blueprint::PoolSpec;
use crate::kernel::digest::Digest;
use std::collections::VecDeque;

/// A pool in a run.
#[derive(Clone, Debug)]
pub(crate) struct Pool {
    spec: PoolSpec,
    pub used: u32,
    /// Frames that wait, oldest first.
    waiting: VecDeque<u32>,
}

/// What a frame that wants a permit gets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Grant {
    Granted,
    Waits,
    Full,
}

impl Pool {
    pub const fn new(spec: PoolSpec) -> Self {
        Self { spec, used: 0, waiting: VecDeque::new() }
    }

    pub fn acquire(&mut self, frame: u32) -> Grant {
        if self.used < self.spec.permits {
            self.used += 1;
            Grant::Granted
        } else if (self.waiting.len() as u64) < u64::from(self.spec.queue_limit) {
            self.waiting.push_back(frame);
            Grant::Waits
        } else {
            Grant::Full
        }
    }

    /// Gives a permit back. The frame that has it next, if one waits.
    pub fn release(&mut self) -> Option<u32> {
        let next = self.waiting.pop_front();
        if next.is_none() {
            self.used -= 1;
        }
        next
    }

    /// A frame does not wait any longer.
    pub fn forget(&mut self, frame: u32) {
        self.waiting.retain(|&waiting| waiting != frame);
    }

    pub fn waiting(&self) -> u32 {
        self.waiting.len() as u32
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(u64::from(self.used) | (self.waiting.len() as u64) << 32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn permits_go_to_those_who_wait_in_order() {
        let mut pool = Pool::new(PoolSpec { permits: 1, queue_limit: 2 });
        assert_eq!(pool.acquire(1), Grant::Granted);
        assert_eq!((pool.acquire(2), pool.acquire(3), pool.acquire(4)), (Grant::Waits, Grant::Waits, Grant::Full));
        pool.forget(2);
        assert_eq!(pool.release(), Some(3));
        assert_eq!(pool.release(), None);
        assert_eq!(pool.used, 0);
    }
}
