//! From pointer and keys to edits and orders. Mouse, touch and keyboard each suffice alone.

pub mod chords;
pub mod gesture;
pub mod keys;
pub mod pointer;
pub mod tools;
pub mod wheel;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((tools::plugin, pointer::plugin, keys::plugin));
}
