//! Light that pieces throw on what is behind them: on rock and tunnels, never on pipes.
//!
//! Each reaches over a good part of the board. As a picture of its own, blended over everything, each would cost as much as
//! the rock does; so they are drawn with the rock, in one go (`ground`).

use super::ground::{Glows, GroundMaterial};
use super::in_sight;
use bevy::asset::AssetEventSystems;
use bevy::prelude::*;
use bevy::sprite_render::MeshMaterial2d;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, light.before(AssetEventSystems).run_if(in_sight));
}

/// A light around the place of its entity. It is seen only where that is a part of the board without a parent.
#[derive(Component, Clone, Copy, PartialEq, Debug)]
#[require(Transform, Visibility)]
pub struct Glow {
    /// How far it reaches to each side, upwards and downwards, in world units.
    pub reach: Vec2,
    /// Its colour, and how bright it is.
    pub color: Color,
}

impl Glow {
    /// One that is dark until its colour is set.
    pub const fn dark(reach: Vec2) -> Self {
        Self { reach, color: Color::NONE }
    }
}

/// Tells the ground which lights fall on it.
fn light(
    glows: Query<(&Glow, &Transform, &Visibility)>,
    grounds: Query<&MeshMaterial2d<GroundMaterial>>,
    mut materials: ResMut<Assets<GroundMaterial>>,
) {
    let seen = glows.iter().filter(|(.., visibility)| **visibility != Visibility::Hidden);
    let now = Glows::new(seen.map(|(glow, transform, _)| (transform.translation, *glow)).collect());
    for ground in &grounds {
        if materials.get(ground).is_some_and(|material| material.glows != now)
            && let Some(mut material) = materials.get_mut(ground)
        {
            material.glows = now.clone();
        }
    }
}
