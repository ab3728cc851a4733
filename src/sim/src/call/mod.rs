//! Layer 4: the client side of a call: attempts and their records, the choice of where they go, and what a client does
//! when things go wrong: waiting and retrying, hedging, breaking the circuit, keeping calls apart.
//!
//! The policies are state machines that know neither pipes nor events: the driver asks and tells them.

pub(crate) mod attempt;
pub mod backoff;
pub mod balancer;
pub mod breaker;
pub mod budget;
pub mod bulkhead;
pub(crate) mod gateway;
pub mod hedge;
pub mod outcome;
pub(crate) mod record;
pub(crate) mod site;
pub(crate) mod timers;
pub(crate) mod trail;

/// Longest duration that a client's policy may name: a day, in nanoseconds.
const DURATION_NS_MAX: u64 = 86_400 * 1_000_000_000;
