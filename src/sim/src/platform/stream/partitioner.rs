//! Which partition an event goes to.

use super::partition::Partition;
use crate::kernel::random::{Key, Purpose};

/// The partition of a key among so many.
pub(super) fn of_key(key: u64, partitions: u16) -> u16 {
    (murmur2(&key.to_be_bytes()) & 0x7fff_ffff).checked_rem(u32::from(partitions)).unwrap_or(0) as u16
}

/// Kafka's hash of a key: MurmurHash2 of 32 bits with its seed (`FACTS` KF-PART).
fn murmur2(bytes: &[u8]) -> u32 {
    const SEED: u32 = 0x9747_b28c;
    const M: u32 = 0x5bd1_e995;
    let mut hash = SEED ^ bytes.len() as u32;
    let (words, rest) = bytes.as_chunks::<4>();
    for word in words {
        let k = u32::from_le_bytes(*word).wrapping_mul(M);
        hash = hash.wrapping_mul(M) ^ (k ^ k >> 24).wrapping_mul(M);
    }
    if !rest.is_empty() {
        rest.iter().enumerate().for_each(|(i, &byte)| hash ^= u32::from(byte) << (8 * i));
        hash = hash.wrapping_mul(M);
    }
    hash = (hash ^ hash >> 13).wrapping_mul(M);
    hash ^ hash >> 15
}

/// Where events without a key go: a batch's worth to one partition, then to another.
#[derive(Clone, Debug)]
pub(crate) struct Sticky {
    partition: u16,
    /// How many events it has had since its turn came.
    had: u32,
    /// How often it has been another's turn.
    pub turns: u64,
}

impl Sticky {
    pub const fn new() -> Self {
        // The first event draws the first partition.
        Self { partition: 0, had: u32::MAX, turns: 0 }
    }

    /// The partition of the next event; nothing where all are full. `key` is the broker's.
    pub fn next(&mut self, key: Key, partitions: &[Partition], batch_events: u32, log_limit: u32) -> Option<u16> {
        let is_full = |partition: &Partition| partition.held() >= log_limit;
        if self.had >= batch_events || is_full(&partitions[usize::from(self.partition)]) {
            let longest = partitions.iter().map(Partition::waiting).max().unwrap_or(0);
            let weight = |p: &Partition| if is_full(p) { 0 } else { u64::from(longest + 1 - p.waiting()) };
            let total: u64 = partitions.iter().map(weight).sum();
            if total == 0 {
                return None;
            }
            let mut draw = key.child(self.turns).stream(Purpose::Routing);
            // At most 64 partitions of ten millions: less than 2^32.
            let mut left = u64::from(draw.below(total as u32));
            let chosen = partitions.iter().position(|p| {
                let here = left < weight(p);
                left = left.saturating_sub(weight(p));
                here
            });
            self.partition = chosen? as u16;
            self.had = 0;
            self.turns += 1;
        }
        self.had += 1;
        Some(self.partition)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_kafkas() {
        let vectors = [
            ("21", -973_932_308),
            ("foobar", -790_332_482),
            ("abc", 479_470_107),
            ("a-little-bit-long-string", -985_981_536),
            ("a-little-bit-longer-string", -1_486_304_829),
        ];
        for (text, hash) in vectors {
            assert_eq!(murmur2(text.as_bytes()) as i32, hash, "{text}");
        }
    }

    #[test]
    fn keys_reach_every_partition_and_always_the_same() {
        let mut hit = [0u32; 6];
        (0..6_000).for_each(|key| hit[usize::from(of_key(key, 6))] += 1);
        assert!(hit.iter().all(|&n| (800..1_200).contains(&n)), "{hit:?}");
        assert!((0..100).all(|key| of_key(key, 1) == 0));
    }

    #[test]
    fn without_a_key_a_batch_sticks_together_and_full_partitions_are_passed_by() {
        let partitions = vec![Partition::new(); 3];
        let key = Key::of_seed(1);
        let mut sticky = Sticky::new();
        let turns: Vec<u16> = (0..300).filter_map(|_| sticky.next(key, &partitions, 10, 100)).collect();
        assert_eq!(turns.len(), 300);
        assert!(turns.chunks(10).all(|batch| batch.iter().all(|p| p == &batch[0])), "{turns:?}");
        assert!((0..3).all(|p| turns.contains(&p)), "{turns:?}");
        assert_eq!(sticky.next(key, &partitions, 10, 0), None, "all are full");
    }
}
