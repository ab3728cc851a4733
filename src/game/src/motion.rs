//! How much moves on screen: players who ask for less get no movement that tells nothing.

use crate::FrameSystems;
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Motion>();
    app.init_resource::<MotionWish>();
    app.init_resource::<SystemMotion>();
    app.add_systems(Update, heed.in_set(FrameSystems::Script));
}

/// What the player wants to see move.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Motion {
    /// Only what the simulation moves moves: no breathing, no drifting patterns.
    pub reduced: bool,
}

/// What the player has chosen.
#[derive(Resource, Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
#[serde(rename_all = "kebab-case")]
pub enum MotionWish {
    /// As the system or browser asks for.
    #[default]
    System,
    /// All of it.
    Full,
    /// Only what tells something.
    Reduced,
}

impl MotionWish {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Full, Self::Reduced];

    /// The end of the key of its text, `motion-KEY`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Full => "full",
            Self::Reduced => "reduced",
        }
    }

    const fn reduced(self, system: SystemMotion) -> bool {
        match self {
            Self::System => system.reduced,
            Self::Full => false,
            Self::Reduced => true,
        }
    }
}

/// What the system or browser asks for. Natively it is not asked, and all moves.
#[derive(Resource, Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct SystemMotion {
    /// Whether it asks for little motion.
    pub reduced: bool,
}

fn heed(wish: Res<MotionWish>, system: Res<SystemMotion>, mut motion: ResMut<Motion>) {
    if wish.is_changed() || system.is_changed() {
        motion.set_if_neq(Motion { reduced: wish.reduced(*system) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_player_has_the_last_word() {
        for system in [SystemMotion { reduced: false }, SystemMotion { reduced: true }] {
            assert_eq!(MotionWish::System.reduced(system), system.reduced);
            assert!(MotionWish::Reduced.reduced(system) && !MotionWish::Full.reduced(system));
        }
    }
}
