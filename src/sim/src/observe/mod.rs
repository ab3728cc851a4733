//! Layer 7: observation. Reads all, changes nothing: with it or without it a run is the same.

pub mod causes;
pub(crate) mod ledger;
pub mod metrics;
pub mod parts;
pub mod span;
pub mod trace;
