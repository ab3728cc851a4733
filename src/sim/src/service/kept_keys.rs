//! The idempotency keys under which a service has written: so that a try again does not write again.

use crate::kernel::digest::Digest;
use crate::kernel::time::Time;
use std::collections::{BTreeSet, VecDeque};

/// The most keys that are kept; beyond them the oldest is forgotten.
pub(crate) const KEYS_MAX: usize = 65_536;

/// Keys, each for a while from its first use on.
#[derive(Clone, Debug)]
pub(crate) struct KeptKeys {
    kept_ns: u64,
    keys: BTreeSet<u64>,
    /// When each was first used, oldest first.
    order: VecDeque<(Time, u64)>,
}

impl KeptKeys {
    /// None yet; each will be kept for so long, or not at all.
    pub const fn new(kept_ns: u64) -> Self {
        Self { kept_ns, keys: BTreeSet::new(), order: VecDeque::new() }
    }

    /// Whether a key is not known, from now on known where keys are kept.
    pub fn is_new(&mut self, now: Time, key: u64) -> bool {
        if self.kept_ns == 0 {
            return true;
        }
        while self.order.front().is_some_and(|&(used_at, _)| now.since_ns(used_at) >= self.kept_ns) {
            self.forget_oldest();
        }
        if !self.keys.insert(key) {
            return false;
        }
        if self.order.len() >= KEYS_MAX {
            self.forget_oldest();
        }
        self.order.push_back((now, key));
        true
    }

    fn forget_oldest(&mut self) {
        if let Some((_, oldest)) = self.order.pop_front() {
            self.keys.remove(&oldest);
        }
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.order.len()
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        for &(used_at, key) in &self.order {
            digest.fold(key);
            digest.fold(used_at.as_ns());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_known_for_a_while_from_its_first_use_on() {
        let mut keys = KeptKeys::new(100);
        let mut is_new = |at, key| keys.is_new(Time::from_ns(at), key);
        assert!(is_new(0, 1) && !is_new(50, 1) && is_new(60, 2) && !is_new(99, 1));
        assert!(is_new(100, 1), "its second use did not count");
        assert!(!is_new(159, 2) && is_new(160, 2));
    }

    #[test]
    fn where_none_is_kept_every_key_is_new() {
        let mut keys = KeptKeys::new(0);
        assert!(keys.is_new(Time::ZERO, 1) && keys.is_new(Time::ZERO, 1));
        assert_eq!(keys.len(), 0);
    }

    #[test]
    fn no_more_are_kept_than_there_is_room_for() {
        let mut keys = KeptKeys::new(u64::MAX);
        assert!((0..=KEYS_MAX as u64).all(|key| keys.is_new(Time::from_ns(key), key)));
        assert_eq!(keys.len(), KEYS_MAX);
        assert!(
            !keys.is_new(Time::from_ns(99_999), 2) && keys.is_new(Time::from_ns(99_999), 0),
            "the oldest is forgotten"
        );
    }
}
