//! Layer 2: pipes. Knows bytes and time; knows nothing of who sends what to whom.

pub mod hop;
pub(crate) mod lane;
pub(crate) mod pipe;
mod squeeze;
