//! The Navigator: stands on the station that is chosen, and walks there along the pipes. In the trunk he rides.

use super::arrangement::Station;
use super::walk::Place;
use super::{BuildSystems, Map, arrive};
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::board::navigator::{RIDE, WALK};
use crate::loading::Levels;
use crate::motion::Motion;
use crate::palette;
use crate::progress::Progress;
use crate::ui::codex::rock::placed;
use crate::ui::widgets::Kit;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Journey>();
    app.add_systems(OnEnter(Screen::Map), set_out.after(arrive));
    let systems = (go, show).chain().in_set(FrameSystems::Show).after(BuildSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// How fast he walks, in pixels a second, and how much faster for each pixel that he still has to go.
const PACE: (f32, f32) = (150.0, 1.1);
/// His height, standing, and the scale that gives it.
const SCALE: f32 = 0.5;
/// How far the middle of a pipe is below his feet, and how much further that of a station.
const FEET: (f32, f32) = (9.0, 11.0);
/// Seconds of each picture: walking, riding, standing.
const FRAME_S: [f64; 3] = [0.1, 0.2, 0.8];

/// Where he is.
#[derive(Resource, Default)]
struct Journey {
    /// Nothing before he came for the first time: then he comes from the town.
    place: Option<Place>,
    /// The map that this was on: a place on another one is none.
    size: Vec2,
    looks_left: bool,
}

/// His picture.
#[derive(Component)]
struct Navigator {
    shown: &'static str,
    mirrored: bool,
}

/// What he does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Act {
    Stands,
    Walks,
    Rides,
}

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, kit: &Kit<'_>) {
    let glow = placed(Rect::from_center_size(Vec2::ZERO, Vec2::splat(120.0)));
    let image = kit.atlas.image("halo", palette::gold().with_alpha(0.35));
    content.spawn((Glow, glow, UiTransform::IDENTITY, image));
    let image = kit.atlas.image("navigator-idle", Color::WHITE);
    content.spawn((Navigator { shown: "", mirrored: false }, placed(Rect::default()), UiTransform::IDENTITY, image));
}

/// The light that he carries.
#[derive(Component)]
struct Glow;

/// Where he was when the map was left he is no more: he has been in a level.
fn set_out(map: Res<Map>, (progress, levels): (Res<Progress>, Res<Levels>), mut journey: ResMut<Journey>) {
    if let (Some(shown), Some(station)) = (&map.shown, station_of_last(&map, &progress, &levels)) {
        journey.place = Some(Place::of(shown, station));
    }
}

/// Where the level is that was opened last.
fn station_of_last(map: &Map, progress: &Progress, levels: &Levels) -> Option<Station> {
    let here = progress.here()?;
    map.chart.station_of(levels.ready.iter().position(|level| level.id == here)?)
}

fn go(
    (map, time, motion): (Res<Map>, Res<Time<Real>>, Res<Motion>),
    (mut journey, mut awake): (ResMut<Journey>, ResMut<Awake>),
    (progress, levels): (Res<Progress>, Res<Levels>),
) {
    let Some(shown) = &map.shown else { return };
    let goal = Place::of(shown, map.chosen);
    let before = match journey.place {
        Some(place) if journey.size == Vec2::new(shown.size.x, shown.height) => place,
        Some(_) if journey.size != Vec2::ZERO => goal,
        // For the first time: from the level that was open last, or else from the town.
        _ => {
            let station = station_of_last(&map, &progress, &levels);
            station.map_or(Place::Trunk(0.0), |station| Place::of(shown, station))
        }
    };
    let left = before.distance(goal, shown);
    let far = if motion.reduced { f32::MAX } else { (PACE.0 + PACE.1 * left) * time.delta_secs().min(0.1) };
    let mut place = before;
    // A long step may lead round a corner, which is where a step ends.
    for _ in 0..if motion.reduced { 4 } else { 1 } {
        place = place.step(goal, far, shown);
    }
    let by = place.point(shown).x - before.point(shown).x;
    let looks_left = if by == 0.0 { journey.looks_left && place != goal } else { by < 0.0 };
    if (journey.place, journey.looks_left) != (Some(place), looks_left) {
        awake.keep_for(0.3);
        *journey = Journey { place: Some(place), size: Vec2::new(shown.size.x, shown.height), looks_left };
    }
}

fn show(
    (map, journey): (Res<Map>, Res<Journey>),
    (atlas, time, motion): (Res<Atlas>, Res<Time>, Res<Motion>),
    mut pictures: Query<(&mut Navigator, &mut Node, &mut UiTransform, &mut ImageNode), Without<Glow>>,
    mut glows: Query<&mut UiTransform, With<Glow>>,
) {
    let (Some(shown), Some(place)) = (&map.shown, journey.place) else { return };
    let goal = Place::of(shown, map.chosen);
    let at = place.point(shown);
    let act = match place {
        _ if place == goal => Act::Stands,
        Place::Trunk(_) => Act::Rides,
        Place::Gallery(..) => Act::Walks,
    };
    let name = picture(act, time.elapsed_secs_f64(), motion.reduced);
    let near = shown.stations().map(|station| shown.at(station).distance(at)).fold(f32::MAX, f32::min);
    let lift = FEET.0 + FEET.1 * (1.0 - near / 26.0).clamp(0.0, 1.0);
    let feet = if act == Act::Rides { at + Vec2::new(0.0, 16.0) } else { at - Vec2::new(0.0, lift) };
    for mut glow in &mut glows {
        glow.set_if_neq(UiTransform::from_xy(Val::Px(feet.x), Val::Px(feet.y - 24.0)));
    }
    for (mut navigator, mut node, mut transform, mut image) in &mut pictures {
        let mirrored = journey.looks_left;
        if (navigator.shown, navigator.mirrored) != (name, mirrored) {
            let Some(frame) = atlas.frame(name) else { continue };
            (navigator.shown, navigator.mirrored) = (name, mirrored);
            let corner = atlas.offset(frame, [0.0, 0.0]) * Vec2::new(SCALE, -SCALE);
            let size = frame.size() * atlas.scale() * SCALE;
            // In the mirror he stands on the same place.
            let left = if mirrored { -corner.x - size.x } else { corner.x };
            let corner = Vec2::new(left, corner.y);
            *node = placed(Rect::from_corners(corner, corner + size));
            *image = ImageNode { flip_x: mirrored, ..atlas.image(name, Color::WHITE) };
        }
        transform.set_if_neq(UiTransform::from_xy(Val::Px(feet.x), Val::Px(feet.y)));
    }
}

fn picture(act: Act, now_s: f64, reduced: bool) -> &'static str {
    const STAND: [&str; 6] = [
        "navigator-idle",
        "navigator-idle-2",
        "navigator-idle",
        "navigator-idle-2",
        "navigator-idle-blink",
        "navigator-idle-2",
    ];
    if reduced {
        return STAND[0];
    }
    let (frames, each_s): (&[&'static str], f64) = match act {
        Act::Walks => (&WALK, FRAME_S[0]),
        Act::Rides => (&RIDE, FRAME_S[1]),
        Act::Stands => (&STAND, FRAME_S[2]),
    };
    frames[(now_s / each_s) as usize % frames.len()]
}
