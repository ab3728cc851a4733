//! Machine rooms and vaults: people and connections that work, a tank that fills, a roof that looks back.

use super::beat::{Beat, BeatSystems};
use super::glows::Glow;
use super::houses::{BOOKS, House};
use super::place::Place;
use super::puffs::{PUFFS, exhaust, puff};
use super::strain::{Mood, State, Strain};
use super::{BoardPart, BoardSystems, board_changed, layer};
use crate::atlas::{Atlas, CELL, Frame};
use crate::palette;
use crate::session::Session;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::KindSpec;
use pipe_maze_sim::{PieceId, ServiceView};

pub(super) fn plugin(app: &mut App) {
    let systems = (build.run_if(board_changed), show, shine).chain();
    app.add_systems(Update, systems.in_set(BoardSystems).in_set(RoomSystems).after(BeatSystems));
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

#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// What has a picture for each state.
    Shell(&'static str),
    /// What always looks the same.
    Fixed,
    Lamp(usize),
    Worker(usize),
    Book(usize),
    /// The tank's water, and its height when full.
    Water(f32),
    Overflow,
    /// The light that a failing machine throws on everything around it.
    Halo,
    /// The light that comes out of its windows, the more the more work in it.
    Light,
    /// A puff, and the chimney that it comes from.
    Puff(usize, Vec2),
    Badge,
}

/// How far the light of failure reaches, in world units; how bright it is, how often it pulses a second, and for how long
/// it fades, in seconds.
pub(super) const HALO: f32 = 400.0;
const HALO_BRIGHT: f32 = 0.36;
const HALO_HZ: f64 = 0.8;
const HALO_FADES_S: f32 = 0.6;
/// How far the light of its windows reaches, in world units; and how bright it is at rest and when all work.
const LIGHT: Vec2 = Vec2::new(520.0, 400.0);
const LIGHT_BRIGHT: [f32; 2] = [0.06, 0.18];

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, With<RoomPart>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind().answers()) {
        let room = PieceId::from_name(&piece.name);
        let (house, place) = (House::of(piece), Place::of(piece));
        let Some(frame) = house.frame(&atlas) else { continue };
        let mut spawn = |part: Part, name: &str, offset: Vec2, z: f32| {
            let z = layer::PIECE + z;
            let is_sign = part == Part::Badge;
            let picture =
                if is_sign { place.sign(&atlas, name, offset, z) } else { place.part(&atlas, name, offset, z) };
            commands.spawn((BoardPart, RoomPart { room, part }, picture));
        };
        for (i, stem) in house.shells().into_iter().enumerate() {
            spawn(Part::Shell(stem), &format!("{stem}-ok"), Vec2::ZERO, i as f32 * 0.02);
        }
        let workers = workers(&piece.spec) as usize;
        for (i, (&slot, &lamp)) in frame.slots.iter().zip(&frame.lamps).enumerate().take(workers) {
            spawn(Part::Lamp(i), "lamp-off", atlas.offset(frame, lamp), 0.2);
            spawn(Part::Worker(i), "worker-idle", atlas.offset(frame, slot), 0.3);
        }
        for (i, &[x, y, w, h]) in frame.shelves.iter().enumerate() {
            let each = BOOKS / frame.shelves.len();
            for j in 0..each {
                let at = atlas.offset(frame, [x + 4.0 + (w - 8.0) / each as f32 * j as f32, y + h]);
                let name = ["vault-book-1", "vault-book-2", "vault-book-3"][(i + j) % 3];
                spawn(Part::Book(i * each + j), name, at, 0.3);
            }
        }
        let (columns, rows) = piece.spec.kind().size();
        let middle = Vec2::new(columns as f32, -rows as f32) * CELL * 0.5;
        if let Some(badge) = frame.badge {
            spawn(Part::Badge, "badge-ok", atlas.offset(frame, badge), 0.8);
        }
        spawn(Part::Fixed, house.glass(), Vec2::ZERO, 0.5);
        if house != House::Vault {
            spawn(Part::Overflow, "room-overflow", Vec2::ZERO, 0.55);
        }
        if let Some((chimney, smoke)) = house.chimney(&atlas).and_then(|frame| Some((frame, frame.smoke?))) {
            let at = atlas.offset(chimney, smoke);
            (0..PUFFS).for_each(|i| spawn(Part::Puff(i, place.at(at)), "smoke-1", at, 0.9 + i as f32 * 0.01));
        }
        for (part, reach, z) in [(Part::Light, LIGHT, -2.0), (Part::Halo, Vec2::splat(HALO), -1.0)] {
            let at = Transform::from_translation(place.at(middle).extend(layer::PIPE + z));
            commands.spawn((BoardPart, RoomPart { room, part }, Glow::dark(reach), at));
        }
        if let Some((tank, size)) = tank(frame, &atlas) {
            let part = RoomPart { room, part: Part::Water(size.y) };
            let size = Some(Vec2::new(size.x, 0.0));
            let water = Sprite { color: palette::water(), custom_size: size, ..default() };
            let at = Transform::from_translation(place.at(tank).extend(layer::PIECE + 0.1));
            let anchor = if place.mirrored { Anchor::BOTTOM_RIGHT } else { Anchor::BOTTOM_LEFT };
            commands.spawn((BoardPart, part, water, anchor, at));
        }
    }
}

/// The lower left corner of the tank's inside, and its size.
fn tank(frame: &Frame, atlas: &Atlas) -> Option<(Vec2, Vec2)> {
    let [x, y, w, h] = frame.tank?;
    Some((atlas.offset(frame, [x, y + h]), Vec2::new(w, h) * atlas.scale()))
}

fn show(
    (atlas, session, strain, beat): (Res<Atlas>, Res<Session>, Res<Strain>, Res<Beat>),
    mut parts: Query<(&RoomPart, &mut Sprite, &mut Anchor, &mut Transform, &mut Visibility)>,
) {
    let services: Vec<ServiceView> =
        session.play().map(|play| play.simulation().view().services().collect()).unwrap_or_default();
    for (part, mut sprite, mut anchor, mut transform, mut visibility) in &mut parts {
        let service = services.iter().find(|service| service.id == part.room);
        let mood = strain.of(part.room);
        let state = mood.state();
        let mut set = |shown: bool| {
            visibility.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
        };
        let name = match part.part {
            // Light is no picture: `shine` sees to it.
            Part::Fixed | Part::Light | Part::Halo => continue,
            Part::Shell(stem) => format!("{stem}-{}", state.key()),
            Part::Lamp(i) => (if works(service, i, shown(service)) { "lamp-on" } else { "lamp-off" }).into(),
            Part::Worker(i) => worker(works(service, i, shown(service)), state, i),
            Part::Badge => {
                set(service.is_some() && (mood.reached || state != State::Ok));
                format!("badge-{}", state.key())
            }
            Part::Book(i) => {
                set(works(service, i, BOOKS.min(service.map_or(BOOKS, |s| s.workers as usize))));
                continue;
            }
            Part::Overflow => {
                set(overflows(&mood, service));
                continue;
            }
            Part::Puff(i, chimney) => {
                set(exhaust(&mood).is_some());
                let Some((exhaust, strength)) = exhaust(&mood) else { continue };
                let puff = puff(exhaust, strength, i, &beat);
                transform.translation = (chimney + Vec2::from(puff.offset)).extend(transform.translation.z);
                transform.scale = Vec3::splat(puff.scale);
                sprite.color = Color::WHITE.with_alpha(puff.alpha);
                puff.name.into()
            }
            Part::Water(full) => {
                water(&mood, service, full, &mut sprite);
                continue;
            }
        };
        atlas.show_if_new(&name, &mut sprite, &mut anchor);
    }
}

fn shine((strain, beat): (Res<Strain>, Res<Beat>), mut glows: Query<(&RoomPart, &mut Glow)>) {
    for (part, mut glow) in &mut glows {
        let mood = strain.of(part.room);
        glow.color = if matches!(part.part, Part::Light) { light(&mood) } else { halo(&mood, &beat) };
    }
}

/// The light of failure, none of which is there before: it pulses slowly, and goes with the failure.
pub(super) fn halo(mood: &Mood, beat: &Beat) -> Color {
    if mood.state() != State::Failed {
        return Color::NONE;
    }
    let pulse = if beat.reduced { 0.0 } else { (beat.now_s * HALO_HZ * std::f64::consts::TAU).sin() as f32 };
    palette::failed().with_alpha(HALO_BRIGHT * (1.0 + 0.15 * pulse) * (mood.failing_s / HALO_FADES_S).clamp(0.0, 1.0))
}

/// The light of its windows: the lamps of those who work, in the colour of how it goes.
fn light(mood: &Mood) -> Color {
    let colour = match mood.state() {
        State::Ok => palette::ok(),
        State::Strain => palette::strain(),
        State::Failed => palette::failed(),
    };
    let [rest, all] = LIGHT_BRIGHT;
    colour.with_alpha(rest + (all - rest) * mood.busy.clamp(0.0, 1.0))
}

/// Workers that a room's picture has room for; the plate says how many there are where that is more.
pub(super) const WORKERS_SHOWN: u32 = 6;

/// All workers of a machine room or vault.
pub(super) const fn workers(spec: &KindSpec) -> u32 {
    match spec {
        KindSpec::MachineRoom(spec) => spec.replicas.saturating_mul(spec.workers),
        KindSpec::Vault(spec) => spec.replicas.saturating_mul(spec.workers),
        _ => 0,
    }
}

/// How many of its workers are shown.
fn shown(service: Option<&ServiceView>) -> usize {
    service.map_or(WORKERS_SHOWN, |service| service.workers.min(WORKERS_SHOWN)) as usize
}

/// Whether the `i`-th of those shown works: they stand for all, in proportion.
fn works(service: Option<&ServiceView>, i: usize, of: usize) -> bool {
    service.is_some_and(|s| u64::from(s.busy) * of as u64 > i as u64 * u64::from(s.workers))
}

/// The picture of the `i`-th worker: who does nothing idles, who works sweats under strain, and all panic in a fire.
fn worker(works: bool, state: State, i: usize) -> String {
    let stem = match (state, works) {
        (State::Failed, _) => "panic",
        (_, false) => "idle",
        (State::Strain, true) => "sweat",
        (State::Ok, true) => "busy",
    };
    // Four people, who stand again and again.
    if i.is_multiple_of(4) { format!("worker-{stem}") } else { format!("worker-{stem}-{}", i % 4 + 1) }
}

/// The tank runs over while work is refused because it is full.
fn overflows(mood: &Mood, service: Option<&ServiceView>) -> bool {
    mood.state() == State::Failed && service.is_some_and(|s| s.queued > 0 && s.queued * 10 >= s.queue_limit * 9)
}

/// The tank shows the queue: its level is what waits, of what may wait.
fn water(mood: &Mood, service: Option<&ServiceView>, tank_height: f32, sprite: &mut Sprite) {
    let level = if service.is_some_and(|s| s.queued == 0) { mood.queue.min(0.5) } else { mood.queue };
    let color = match mood.state() {
        State::Ok => palette::water(),
        State::Strain => palette::strain(),
        State::Failed => palette::failed(),
    };
    if let Some(size) = &mut sprite.custom_size {
        size.y = tank_height * level.clamp(0.0, 1.0);
    }
    sprite.color = color.with_alpha(0.92);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_as_many_people_as_workers_up_to_what_fits() {
        let view = |busy, workers| {
            let (queued, queue_limit, served, rejected, failed, busy_ns) = (0, 0, 0, 0, 0, 0);
            ServiceView { id: PieceId(1), busy, workers, queued, queue_limit, served, rejected, failed, busy_ns }
        };
        let at_work = |view: ServiceView| (0..6).filter(|&i| works(Some(&view), i, shown(Some(&view)))).count();
        assert_eq!((at_work(view(0, 4)), at_work(view(3, 4)), at_work(view(4, 4))), (0, 3, 4));
        assert_eq!((at_work(view(4, 8)), at_work(view(8, 8))), (3, 6), "they stand for all");
    }

    #[test]
    fn people_do_what_their_machine_does() {
        assert_eq!(worker(false, State::Ok, 0), "worker-idle");
        assert_eq!(worker(true, State::Ok, 1), "worker-busy-2");
        assert_eq!(worker(true, State::Strain, 3), "worker-sweat-4");
        assert_eq!(worker(false, State::Failed, 4), "worker-panic");
        let atlas = Atlas::blank();
        for (state, works) in [(State::Ok, true), (State::Ok, false), (State::Strain, true), (State::Failed, true)] {
            assert!((0..6).all(|i| atlas.frame(&worker(works, state, i)).is_some()), "{state:?}");
        }
    }
}
