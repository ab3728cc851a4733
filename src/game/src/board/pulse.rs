//! What pulses: a ring around something that waits, or that is to be touched.

use super::BoardSystems;
use crate::atlas::CELL;
use crate::motion::Motion;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, beat.in_set(BoardSystems));
}

/// Its least and its greatest size, of a cell, and how often it swells in a second.
const SIZE: (f32, f32) = (1.1, 1.5);
const PER_S: f32 = 1.1;

/// It swells and shrinks about its size.
#[derive(Component, Clone, Copy)]
pub struct Pulse {
    /// What one cell is in units of its picture.
    scale: f32,
}

impl Pulse {
    /// A ring of that picture about a cell.
    pub fn ring(sprite: &Sprite) -> Self {
        let size = sprite.custom_size.map_or(CELL, |size| size.max_element()).max(1.0);
        Self { scale: CELL / size }
    }
}

fn beat((time, motion): (Res<Time>, Res<Motion>), mut pulses: Query<(&Pulse, &mut Transform)>) {
    let swell = (time.elapsed_secs_wrapped() * PER_S * std::f32::consts::TAU).sin() * 0.5 + 0.5;
    let size = if motion.reduced { SIZE.1 } else { SIZE.0 + (SIZE.1 - SIZE.0) * swell };
    for (pulse, mut transform) in &mut pulses {
        let scale = Vec3::splat(size * pulse.scale);
        if transform.scale != scale {
            transform.scale = scale;
        }
    }
}
