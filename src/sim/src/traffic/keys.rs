//! Which key a request asks for: what caches, shards and sticky balancers go by.

use crate::blueprint::Require;
use crate::kernel::random::{Stream, mix};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// Most keys of a Zipf law: each has a place in a table of its own.
const ZIPF_KEYS_MAX: u32 = 65_536;

/// The keys of one spring's requests.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub enum KeySpec {
    /// All requests ask for the same: key 0.
    #[default]
    None,
    /// Keys from 0 up, all alike.
    Uniform {
        /// How many.
        keys: u32,
    },
    /// Keys from 0 up by popularity: the k-th most popular is asked for in proportion to 1 / k^exponent.
    Zipf {
        /// How many, 65,536 at most.
        keys: u32,
        /// How unequal they are: 0 is all alike, about 1 is usual in practice.
        exponent: f64,
    },
    /// Sessions, all alike. Their keys are scattered over all 64-bit numbers, so that neighbours are far apart.
    Session {
        /// How many.
        sessions: u32,
    },
}

impl KeySpec {
    /// Says of each parameter whether it is in range, and what is allowed.
    pub fn check(&self, require: Require<'_>) {
        match *self {
            Self::None => {}
            Self::Uniform { keys } => require(keys >= 1, "keys", "at least 1"),
            Self::Zipf { keys, exponent } => {
                require((1..=ZIPF_KEYS_MAX).contains(&keys), "keys", "from 1 to 65,536");
                require((0.0..=8.0).contains(&exponent), "exponent", "from 0 to 8");
            }
            Self::Session { sessions } => require(sessions >= 1, "sessions", "at least 1"),
        }
    }
}

/// Draws keys.
#[derive(Clone, Debug)]
pub(crate) enum KeySampler {
    None,
    Uniform {
        keys: u32,
    },
    /// The probability of each key and all more popular ones, the last exactly 1.
    Zipf {
        cumulative: Arc<[f64]>,
    },
    Session {
        sessions: u32,
    },
}

impl KeySampler {
    /// Computes what draws need.
    pub fn new(spec: &KeySpec) -> Self {
        match *spec {
            KeySpec::None => Self::None,
            KeySpec::Uniform { keys } => Self::Uniform { keys },
            KeySpec::Zipf { keys, exponent } => Self::Zipf { cumulative: zipf(keys.min(ZIPF_KEYS_MAX), exponent) },
            KeySpec::Session { sessions } => Self::Session { sessions },
        }
    }

    /// A key.
    pub fn draw(&self, stream: &mut Stream) -> u64 {
        match self {
            Self::None => 0,
            Self::Uniform { keys } => u64::from(stream.below(*keys)),
            Self::Zipf { cumulative } => {
                let unit = stream.unit();
                cumulative.partition_point(|&probability| probability < unit) as u64
            }
            // The scrambling is a bijection: no two sessions share a key. One is added because it leaves 0 as it is.
            Self::Session { sessions } => mix(u64::from(stream.below(*sessions)) + 1),
        }
    }
}

fn zipf(keys: u32, exponent: f64) -> Arc<[f64]> {
    let weight = |rank: u32| libm::pow(f64::from(rank), -exponent);
    let total: f64 = (1..=keys).map(weight).sum();
    let mut sum = 0.0;
    let running = (1..=keys).map(|rank| {
        sum += weight(rank);
        // The same sum in the same order: its last value is the total to the bit, and the last share exactly 1.
        sum / total
    });
    running.collect()
}

#[cfg(test)]
mod tests;
