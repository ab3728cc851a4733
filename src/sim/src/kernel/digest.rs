//! The digest: a 64-bit summary of everything that happened and of the present state.

use super::random::mix;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A running 64-bit summary. Equal digests on two platforms mean equal runs.
///
/// It guards against accidents, not against someone who forges a run: a replay is verified by computing it again.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Digest(u64);

impl Digest {
    /// The digest of nothing.
    pub const EMPTY: Self = Self(0x7069_7065_6d61_7a65);

    /// Takes one more word in; order matters.
    pub fn fold(&mut self, word: u64) {
        self.0 = mix(self.0 ^ word).wrapping_add(0x9e37_79b9_7f4a_7c15);
    }

    /// The bits.
    pub const fn as_u64(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}
