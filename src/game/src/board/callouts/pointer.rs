//! What leads from a call-out to what it speaks of: a beak, a line, and a ring round the place.

use crate::atlas::Atlas;
use crate::palette;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use std::f32::consts::FRAC_PI_4;

/// Side of the beak, width of the line and of its dark rim, and size of the ring, at the scale of the card.
const BEAK: f32 = 12.0;
const LINE: f32 = 2.6;
const RIM: f32 = 5.4;
const RING: f32 = 24.0;
/// How far from its corners a card's beak stays.
const CORNER: f32 = 14.0;
/// Below the card, above everything on the board.
const Z: f32 = -0.05;

/// Draws it, as part of a card of that size; `target` is where it leads, from the card's middle and at the card's scale.
pub(super) fn spawn(card: &mut ChildSpawnerCommands<'_>, atlas: &Atlas, size: Vec2, target: Vec2) {
    let (mut ring, anchor) = atlas.sprite("ripple-ring");
    ring.custom_size = Some(Vec2::splat(RING));
    ring.color = palette::bone();
    card.spawn((ring, anchor, Transform::from_translation(target.extend(Z))));
    let Some((from, to)) = line(size, target) else { return };
    // Where the ring is near the beak alone leads there.
    let beak = Sprite::from_color(palette::bone(), Vec2::splat(BEAK));
    let turned = Transform::from_translation(from.extend(Z)).with_rotation(Quat::from_rotation_z(FRAC_PI_4));
    card.spawn((beak, turned));
    let way = to - from;
    let along = Quat::from_rotation_z(way.to_angle());
    for (width, color, z) in [(RIM, palette::ink().with_alpha(0.55), Z - 0.02), (LINE, palette::bone(), Z)] {
        let stroke = Sprite::from_color(color, Vec2::new(way.length(), width));
        let at = Transform::from_translation(((from + to) * 0.5).extend(z)).with_rotation(along);
        card.spawn((stroke, at));
    }
}

/// From a card's edge to the ring; nothing where what is meant lies under the card.
fn line(size: Vec2, target: Vec2) -> Option<(Vec2, Vec2)> {
    let half = size * 0.5;
    let inner = (half - CORNER).max(Vec2::ZERO);
    let outside = target.clamp(-half, half) != target;
    // On the edge that it leaves by, away from the corners.
    let at = target.clamp(-half, half);
    let from = if (target.y.abs() - half.y) >= (target.x.abs() - half.x) {
        Vec2::new(at.x.clamp(-inner.x, inner.x), half.y * target.y.signum())
    } else {
        Vec2::new(half.x * target.x.signum(), at.y.clamp(-inner.y, inner.y))
    };
    let way = target - from;
    let left = (way.length() - RING * 0.44).max(0.0);
    outside.then(|| (from, from + way.normalize_or_zero() * left))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_leaves_the_card_by_the_edge_that_faces_what_is_meant_and_ends_at_its_ring() {
        let size = Vec2::new(160.0, 40.0);
        for target in [(0.0, -90.0), (70.0, 80.0), (-200.0, 5.0), (300.0, -300.0), (90.0, 10.0)] {
            let target = Vec2::from(target);
            let (from, to) = line(size, target).unwrap();
            let on_edge = (from.x.abs() - 80.0).abs() < 1e-3 || (from.y.abs() - 20.0).abs() < 1e-3;
            assert!(on_edge && from.x.abs() <= 80.0 && from.y.abs() <= 20.0, "{from}");
            assert!(to.distance(target) <= RING * 0.44 + 1e-3, "{to}");
        }
        assert_eq!(line(size, Vec2::new(10.0, 10.0)), None, "what lies under the card needs no line");
    }
}
