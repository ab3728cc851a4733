//! Power-ups: each changes what it stands on, and shows what it does there. A file for each kind.

mod flame;
mod sidecar;

pub(super) use flame::LOOK as FIRE;
pub use flame::breaker;
pub(super) use sidecar::LOOK as MUSHROOM;
