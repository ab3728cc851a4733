//! Layer 3: services. Knows queues, workers and how long work takes; knows nothing of who asks.

pub mod distribution;
pub(crate) mod station;
