//! The digest: a 64-bit summary of everything that happened and of the present state.

use super::random::mix;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A running 64-bit summary. Equal digests on two platforms mean equal runs.
///
/// It guards against accidents, not against someone who forges a run: a replay is verified by computing it again.
/// Inside lies the running state; what is read from it is scrambled once more, reversibly.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Digest(u64);

impl Digest {
    /// The digest of nothing.
    pub const EMPTY: Self = Self(0x7069_7065_6d61_7a65);

    /// Takes one more word in; order matters.
    ///
    /// Every step is a bijection of the state for a given word, and of the word for a given state. Only a rotation, an
    /// exclusive or and the last product wait for the word before, about five cycles. The word is scrambled first,
    /// because a product spreads a bit only to those above it: a change of the highest bits alone would stay there.
    pub const fn fold(&mut self, word: u64) {
        let word = word.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let word = word ^ (word >> 32);
        self.0 = (self.0.rotate_left(29) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    /// The bits.
    pub const fn as_u64(self) -> u64 {
        mix(self.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.as_u64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn digest(words: &[u64]) -> Digest {
        let mut digest = Digest::EMPTY;
        words.iter().for_each(|&word| digest.fold(word));
        digest
    }

    #[test]
    fn order_and_number_of_words_matter() {
        assert_ne!(digest(&[1, 2]), digest(&[2, 1]));
        assert_ne!(digest(&[]), digest(&[0]));
        assert_ne!(digest(&[0]), digest(&[0, 0]));
        assert_ne!(digest(&[0, 1]), digest(&[1]));
    }

    /// Words as runs have them, small numbers and single bits, in every combination of three: no two agree.
    #[test]
    fn similar_words_do_not_collide() {
        let words: BTreeSet<u64> = (0..64).map(|bit| 1 << bit).chain(0..40).collect();
        let mut seen = BTreeSet::new();
        for &a in &words {
            for &b in &words {
                assert!(words.iter().all(|&c| seen.insert(digest(&[a, b, c]).as_u64())), "after {a:#x}, {b:#x}");
            }
        }
    }

    /// One flipped bit of one word flips half of the bits that are read, on average over words and bits.
    #[test]
    fn a_flipped_bit_changes_half_of_the_digest() {
        let (mut flipped, mut least) = (0, 64);
        for i in 0..1_000 {
            for bit in 0..64 {
                let change = digest(&[i, i << 8]).as_u64() ^ digest(&[i ^ 1 << bit, i << 8]).as_u64();
                flipped += change.count_ones();
                least = least.min(change.count_ones());
            }
        }
        let mean = f64::from(flipped) / 64_000.0;
        // 64 bits of variance 1/4 each; six standard errors, were all changes independent.
        assert!((mean - 32.0).abs() < 6.0 * 4.0 / 64_000f64.sqrt() + 0.01, "{mean}");
        assert!(least > 5, "{least}");
    }
}
