//! Power-ups: each changes what it stands on, and shows what it does there. A file for each kind.

mod flame;
mod sidecar;

pub use flame::breaker;

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((flame::plugin, sidecar::plugin));
}
