//! Layer 1: time, the event list, random draws, how long things take, and the digest. Knows nothing of pipes or requests.

pub mod digest;
pub mod distribution;
pub mod event_list;
pub mod id;
pub mod random;
pub(crate) mod shared;
pub(crate) mod slab;
pub mod time;
