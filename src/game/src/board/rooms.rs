//! Machine rooms: workers that work, a tank that fills, a roof that looks back.

use super::strain::{Mood, State, Strain};
use super::{BoardPart, BoardSystems, board_changed, corner, layer};
use crate::atlas::Atlas;
use crate::palette;
use crate::session::Session;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_sim::{PieceId, ServiceView};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show).chain().in_set(BoardSystems).in_set(RoomSystems));
}

/// Drawing of machine rooms.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct RoomSystems;

/// A part of a room's picture.
#[derive(Component)]
struct RoomPart {
    room: PieceId,
    part: Part,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Shell,
    Lamp(usize),
    Worker(usize),
    Water,
    Smoke,
    Badge,
}

fn build(mut commands: Commands, atlas: Res<Atlas>, session: Res<Session>, old: Query<Entity, With<RoomPart>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let Some(frame) = atlas.frame("room-shell-ok").cloned() else { return };
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind().answers()) {
        let room = PieceId::from_name(&piece.name);
        let origin = corner(piece.at);
        let mut spawn = |part: Part, sprite_name: &str, offset: Vec2, z: f32| {
            let (sprite, anchor) = atlas.sprite(sprite_name);
            let at = (origin + offset).extend(layer::PIECE + z);
            commands.spawn((BoardPart, RoomPart { room, part }, sprite, anchor, Transform::from_translation(at)));
        };
        spawn(Part::Shell, "room-shell-ok", Vec2::ZERO, 0.0);
        for (i, &slot) in frame.slots.iter().enumerate() {
            spawn(Part::Lamp(i), "lamp-off", atlas.offset(&frame, frame.lamps[i]), 0.2);
            spawn(Part::Worker(i), "worker-idle", atlas.offset(&frame, slot), 0.3);
        }
        if let Some(badge) = frame.badge {
            spawn(Part::Badge, "badge-ok", atlas.offset(&frame, badge), 0.8);
        }
        if let Some(smoke) = frame.smoke {
            spawn(Part::Smoke, "smoke-puff-hot", atlas.offset(&frame, smoke), 0.9);
        }
        spawn(Part::Shell, "room-tank-glass", Vec2::ZERO, 0.5);
        if let Some([x, y, w, h]) = frame.tank {
            let at = origin + atlas.offset(&frame, [x, y + h]);
            let water =
                Sprite { color: palette::WATER, custom_size: Some(Vec2::new(w * atlas.scale(), 0.0)), ..default() };
            let part = RoomPart { room, part: Part::Water };
            let at = Transform::from_translation(at.extend(layer::PIECE + 0.1));
            commands.spawn((BoardPart, part, water, Anchor::BOTTOM_LEFT, at));
        }
    }
}

fn show(
    (atlas, session, strain, time): (Res<Atlas>, Res<Session>, Res<Strain>, Res<Time>),
    mut parts: Query<(&RoomPart, &mut Sprite, &mut Anchor, &mut Transform, &mut Visibility)>,
) {
    let services: Vec<ServiceView> =
        session.play().map(|play| play.simulation().view().services().collect()).unwrap_or_default();
    let tank_height =
        atlas.frame("room-shell-ok").and_then(|frame| frame.tank).map_or(0.0, |tank| tank[3] * atlas.scale());
    for (part, mut sprite, mut anchor, mut transform, mut visibility) in &mut parts {
        let service = services.iter().find(|service| service.id == part.room);
        let mood = strain.of(part.room);
        let state = mood.state();
        let name = match part.part {
            Part::Shell if transform.translation.z > layer::PIECE + 0.4 => continue,
            Part::Shell => format!("room-shell-{}", state.key()),
            Part::Lamp(i) => (if works(service, i) { "lamp-on" } else { "lamp-off" }).into(),
            Part::Worker(i) => worker(works(service, i), state, i).into(),
            Part::Badge => {
                visibility.set_if_neq(if service.is_some() { Visibility::Inherited } else { Visibility::Hidden });
                format!("badge-{}", state.key())
            }
            Part::Smoke => {
                smoke(&mood, time.elapsed_secs(), &mut sprite, &mut transform, &mut visibility);
                continue;
            }
            Part::Water => {
                water(&mood, service, tank_height, &mut sprite);
                continue;
            }
        };
        if atlas.frame(&name).map(crate::atlas::Frame::rect) != sprite.rect {
            atlas.show(&name, &mut sprite, &mut anchor);
        }
    }
}

/// Whether the `i`-th of the six workers shown works: they stand for all workers, in proportion.
fn works(service: Option<&ServiceView>, i: usize) -> bool {
    service.is_some_and(|s| u64::from(s.busy) * 6 > i as u64 * u64::from(s.workers))
}

fn worker(works: bool, state: State, i: usize) -> &'static str {
    let second = i % 2 == 1;
    match (state, works) {
        (State::Failed, _) => {
            if second {
                "worker-panic-2"
            } else {
                "worker-panic"
            }
        }
        (_, false) => {
            if second {
                "worker-idle-2"
            } else {
                "worker-idle"
            }
        }
        (State::Strain, true) => {
            if second {
                "worker-sweat-2"
            } else {
                "worker-sweat"
            }
        }
        (State::Ok, true) => {
            if second {
                "worker-busy-2"
            } else {
                "worker-busy"
            }
        }
    }
}

/// The tank shows the queue: its level is what waits, of what may wait.
fn water(mood: &Mood, service: Option<&ServiceView>, tank_height: f32, sprite: &mut Sprite) {
    let level = if service.is_some_and(|s| s.queued == 0) { mood.queue.min(0.5) } else { mood.queue };
    let color = match mood.state() {
        State::Ok => palette::WATER,
        State::Strain => palette::STRAIN,
        State::Failed => palette::FAILED,
    };
    if let Some(size) = &mut sprite.custom_size {
        size.y = tank_height * level.clamp(0.0, 1.0);
    }
    sprite.color = color.with_alpha(0.92);
}

/// Smoke rises while work is refused; steam comes before it.
fn smoke(mood: &Mood, elapsed_s: f32, sprite: &mut Sprite, transform: &mut Transform, visibility: &mut Visibility) {
    let strength = if mood.state() == State::Failed { 1.0 } else { ((mood.queue - 0.5) * 2.0).clamp(0.0, 0.7) };
    *visibility = if strength > 0.05 { Visibility::Inherited } else { Visibility::Hidden };
    let breath = (elapsed_s * 1.6).sin() * 0.08;
    transform.scale = Vec3::splat(0.7 + strength * 0.6 + breath);
    sprite.color = Color::WHITE.with_alpha(strength * 0.9);
}
