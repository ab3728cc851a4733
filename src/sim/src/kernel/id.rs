//! Stable identities. Random draws and the digest refer to them, never to a position in a list.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The stable identity of a piece or pipe. Random draws and the digest refer to it, never to a position in a list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub struct PieceId(pub u64);

impl PieceId {
    /// The identity of the piece of that name (64-bit FNV-1a of its bytes).
    pub const fn from_name(name: &str) -> Self {
        let bytes = name.as_bytes();
        let mut hash = 0xcbf2_9ce4_8422_2325u64;
        let mut i = 0;
        while i < bytes.len() {
            hash = (hash ^ bytes[i] as u64).wrapping_mul(0x0100_0000_01b3);
            i += 1;
        }
        Self(hash)
    }
}

impl fmt::Display for PieceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// The stable identity of a request: the `number`-th of its spring, from 0. Its draws depend on nothing else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct RequestId {
    /// The spring that issued it.
    pub spring: PieceId,
    /// Its number among that spring's requests.
    pub number: u64,
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.spring, self.number)
    }
}
