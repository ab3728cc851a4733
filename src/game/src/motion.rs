//! How much moves on screen: players who ask for less get no movement that tells nothing.

use bevy::prelude::Resource;

/// What the player wants to see move.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Motion {
    /// Only what the simulation moves moves: no breathing, no drifting patterns.
    pub reduced: bool,
}
