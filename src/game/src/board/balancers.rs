//! Warp pipes: the needle turns to the outlet that the simulation chose last.

use super::looks::{Hangs, PieceLook};
use super::place::Place;
use super::{BoardPart, BoardSystems, Facts, board_changed, layer};
use crate::atlas::Atlas;
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use pipe_maze_level::Kind;
use pipe_maze_sim::{Fact, PieceId};
use std::collections::BTreeMap;

pub(super) const LOOK: PieceLook = PieceLook {
    ghost: "balancer-ok",
    hangs: Hangs::Corner,
    slot: "balancer-ok",
    portrait: "balancer-mini-ok",
    placed: Sound::Warp,
    plugin,
};

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), turn).chain().in_set(BoardSystems));
}

/// How fast a needle turns, per second.
const TURN_PER_S: f32 = 14.0;

#[derive(Component)]
struct Manifold;

/// A needle, and the angle to which it turns.
#[derive(Component)]
struct Needle {
    balancer: PieceId,
    angle: f32,
}

impl Needle {
    /// How it is turned, seen in the mirror or not.
    fn turned(&self, mirrored: bool) -> Quat {
        Quat::from_rotation_z(if mirrored { -self.angle } else { self.angle })
    }
}

fn build(
    mut commands: Commands,
    atlas: Res<Atlas>,
    session: Res<Session>,
    old: Query<Entity, Or<(With<Manifold>, With<Needle>)>>,
    needles: Query<&Needle>,
) {
    // A needle stays where it was turned to while something else is built.
    let angles: BTreeMap<PieceId, f32> = needles.iter().map(|needle| (needle.balancer, needle.angle)).collect();
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::WarpPipe) {
        let place = Place::of(piece);
        commands.spawn((BoardPart, Manifold, place.part(&atlas, "balancer-ok", Vec2::ZERO, layer::PIECE)));
        let pivot = atlas.frame("balancer-ok").and_then(|frame| frame.pivot.map(|pivot| atlas.offset(frame, pivot)));
        let balancer = PieceId::from_name(&piece.name);
        let needle = Needle { balancer, angle: angles.get(&balancer).copied().unwrap_or_default() };
        let (sprite, anchor, at) = place.part(&atlas, "balancer-needle", pivot.unwrap_or_default(), layer::PIECE + 0.5);
        let at = at.with_rotation(needle.turned(sprite.flip_x));
        commands.spawn((BoardPart, needle, sprite, anchor, at));
    }
}

fn turn(
    session: Res<Session>,
    facts: Res<Facts>,
    time: Res<Time>,
    mut needles: Query<(&mut Needle, &Sprite, &mut Transform)>,
) {
    for (mut needle, sprite, mut transform) in &mut needles {
        let chosen = facts.0.iter().rev().find_map(|(_, fact)| match fact {
            Fact::Chosen { balancer, pipe, .. } if *balancer == needle.balancer => Some(*pipe),
            _ => None,
        });
        if let Some(pipe) = chosen {
            let outlet = session.board().joints().find(|joint| PieceId::from_name(&joint.pipe.name) == pipe);
            let number = outlet.and_then(|joint| joint.source.map(|(_, outlet, _)| outlet));
            needle.angle = number.map_or(0.0, |number| (1.0 - f32::from(number)) * 0.7);
        }
        let follow = 1.0 - (-time.delta_secs() * TURN_PER_S).exp();
        let target = needle.turned(sprite.flip_x);
        if transform.rotation.angle_between(target) > 0.001 {
            transform.rotation = transform.rotation.slerp(target, follow);
        }
    }
}
