//! Layer 3: services. Knows queues, replicas, workers, programs and how long work takes; knows nothing of who asks.

mod codel;
pub mod contention;
pub(crate) mod kept_keys;
pub(crate) mod pool;
pub(crate) mod program;
pub mod queue;
pub mod replica;
pub(crate) mod station;
