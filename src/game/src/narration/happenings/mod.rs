//! What happens, found by watching: each part watches one thing and tells it, and nothing knows that it is watched.

mod board;
mod hand;
mod run;
mod screens;
mod speech;

use super::TellingSystems;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.configure_sets(Update, HappeningSystems.in_set(TellingSystems));
    app.add_plugins((board::plugin, hand::plugin, run::plugin, screens::plugin, speech::plugin));
}

/// Everything that tells what happens.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct HappeningSystems;
