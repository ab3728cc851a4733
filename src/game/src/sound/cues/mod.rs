//! What is to be heard, found by reading: each part watches one thing, and nothing knows that it is watched.

mod board;
mod enemies;
mod facts;
mod hand;
mod interface;

use super::SoundSystems;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(Update, CueSystems.in_set(SoundSystems));
    app.add_plugins((board::plugin, enemies::plugin, facts::plugin, hand::plugin, interface::plugin));
}

/// Everything that writes cues.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct CueSystems;
