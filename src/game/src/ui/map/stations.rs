//! The stations: a collar on the pipe with the level's glyph, and under it number, stars and name. The chosen one has a
//! ring that turns, and the one that comes next a light that breathes.

use super::arrangement::Station;
use super::chart::{Stage, Stop};
use super::water::Water;
use super::{BuildSystems, Map, Sources};
use crate::motion::Motion;
use crate::palette;
use crate::ui::buttons::{ButtonId, Fill, Look};
use crate::ui::codex::rock::placed;
use crate::ui::widgets::{button, column, row};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    let systems = (turn, breathe).in_set(FrameSystems::Show).after(BuildSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// What a finger has to meet, in pixels of the window.
pub(super) const TOUCH_PX: f32 = 44.0;
/// Size of a collar's picture at the scale of the map.
const COLLAR: f32 = 0.8;
/// Where the sign of the level that comes next begins, from its station; how high it is, and how wide a letter.
const SIGN: Vec2 = Vec2::new(20.0, -64.0);
const SIGN_HEIGHT: f32 = 24.0;
const SIGN_LETTER: f32 = 7.6;
/// Turns of the ring in a second, and breaths of the light.
const TURNS_PER_S: f32 = 0.07;
const BREATHS_PER_S: f32 = 0.5;

/// The ring round the chosen station.
#[derive(Component)]
struct Ring;

/// The light behind the level that comes next.
#[derive(Component)]
struct Beacon;

/// All of them.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let Sources { kit, map, chart, scale, .. } = sources;
    for station in map.stations() {
        let at = map.at(station);
        let stop = chart.stop(station);
        if stop.is_some_and(|stop| stop.stage == Stage::Next) {
            let light = placed(Rect::from_center_size(at, Vec2::splat(104.0)));
            let image = kit.atlas.image("halo", palette::gold().with_alpha(0.9));
            content.spawn((Beacon, light, UiTransform::IDENTITY, image));
        }
        let size = (TOUCH_PX / scale).max(46.0);
        let node = Node { border_radius: BorderRadius::MAX, ..placed(Rect::from_center_size(at, Vec2::splat(size))) };
        let look = Look { rest: Fill::None, hover: Fill::Veil, enabled: true };
        let id = stop.map_or(ButtonId::Site(station.section), |stop| ButtonId::Level(stop.level));
        content.spawn((button(id, look), centred_in(node))).with_children(|node| {
            node.spawn(collar(sources, stop));
            if let Some((glyph, color)) = glyph(sources, stop) {
                let high = 16.0;
                let wide = high * kit.atlas.aspect(&glyph);
                let middle = Vec2::splat(size * 0.5);
                let node_at = placed(Rect::from_center_size(middle, Vec2::new(wide, high)));
                node.spawn((node_at, kit.atlas.image(&glyph, color)));
            }
        });
        if let Some(stop) = stop {
            label(content, sources, station, stop);
        }
    }
    if let Some(station) = chart.next.and_then(|next| chart.station_of(next)) {
        sign(content, sources, map.at(station));
    }
    let ring = kit.atlas.image("node-ring", palette::gold());
    let node = placed(Rect::from_center_size(Vec2::ZERO, Vec2::splat(62.0)));
    content.spawn((Ring, node, UiTransform::IDENTITY, ring));
}

/// Beside the level that comes next, over its collar: that one goes on here, or begins here. It is on that side on which
/// the map has room for it.
fn sign(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, at: Vec2) {
    let Sources { kit, map, chart, .. } = sources;
    let begins = chart.stars(None).0 == 0;
    let words = kit.texts.get(if begins { "map-start" } else { "map-onward" });
    let width = words.chars().count() as f32 * SIGN_LETTER + 34.0;
    let edge = if map.upright { map.size.x } else { map.card.min.x };
    let left = if at.x + SIGN.x + width < edge - 4.0 { at.x + SIGN.x } else { at.x - SIGN.x - width };
    let beak_x = if left > at.x { left + 2.0 } else { left + width - 13.0 };
    let beak = Rect::from_center_size(Vec2::new(beak_x + 5.0, at.y + SIGN.y + SIGN_HEIGHT - 3.0), Vec2::splat(11.0));
    let turned = UiTransform::from_rotation(Rot2::turn_fraction(0.125));
    content.spawn((placed(beak), turned, BackgroundColor(palette::gold())));
    let area = Rect::new(left, at.y + SIGN.y, left + width, at.y + SIGN.y + SIGN_HEIGHT);
    let node = Node {
        justify_content: JustifyContent::Center,
        align_items: AlignItems::Center,
        column_gap: Val::Px(5.0),
        border_radius: BorderRadius::all(Val::Px(8.0)),
        ..placed(area)
    };
    content.spawn((node, BackgroundColor(palette::gold()))).with_children(|sign| {
        sign.spawn(kit.icon("icon-flag", 13.0, palette::ink()));
        sign.spawn((kit.title(words, 13.0, palette::ink()), TextLayout::no_wrap()));
    });
}

fn centred_in(node: Node) -> Node {
    Node { align_items: AlignItems::Center, justify_content: JustifyContent::Center, ..node }
}

/// The collar, in the middle of its button: its picture reaches further down, to its shadow.
fn collar(sources: &Sources<'_>, stop: Option<&Stop>) -> impl Bundle {
    let name = match stop.map(|stop| stop.stage) {
        Some(Stage::Won) => "node-done",
        Some(Stage::Next) => "node-next",
        Some(Stage::Later) => "node-later",
        None => "node-site",
    };
    let atlas = sources.kit.atlas;
    let size = atlas.frame(name).map_or(Vec2::ZERO, |frame| frame.size() * atlas.scale() * COLLAR);
    let node = Node {
        width: Val::Px(size.x),
        height: Val::Px(size.y),
        margin: UiRect::top(Val::Px(size.y - size.x)),
        flex_shrink: 0.0,
        ..default()
    };
    (node, atlas.image(name, Color::WHITE))
}

fn glyph(sources: &Sources<'_>, stop: Option<&Stop>) -> Option<(String, Color)> {
    let stop = stop?;
    let color = match stop.stage {
        Stage::Won => palette::core(),
        Stage::Next => palette::gold(),
        Stage::Later => palette::periwinkle(),
    };
    let level = sources.levels.get(stop.level)?;
    Some((format!("kind-{}", level.genre.key()), color))
}

/// Under a station: number, stars, name.
fn label(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, station: Station, stop: &Stop) {
    let Sources { kit, map, levels, .. } = sources;
    let at = map.at(station) + Vec2::new(0.0, 26.0);
    let width = map.galleries[station.section].label_width;
    let outer = Node {
        position_type: PositionType::Absolute,
        left: Val::Px(at.x - width * 0.5),
        top: Val::Px(at.y),
        width: Val::Px(width),
        align_items: AlignItems::Center,
        ..column(0.0)
    };
    let color = match stop.stage {
        Stage::Won => palette::bone(),
        Stage::Next => palette::gold(),
        Stage::Later => palette::periwinkle(),
    };
    content.spawn(outer).with_children(|outer| {
        let plate = Node {
            padding: UiRect::axes(Val::Px(8.0), Val::Px(2.0)),
            border_radius: BorderRadius::all(Val::Px(10.0)),
            align_items: AlignItems::Center,
            max_width: Val::Percent(100.0),
            ..column(0.0)
        };
        outer.spawn((plate, BackgroundColor(palette::ink().with_alpha(0.82)))).with_children(|plate| {
            plate.spawn(row(2.0)).with_children(|line| {
                let number = format!("{}-{}", station.section + 1, station.stop + 1);
                line.spawn((kit.strong(number, 11.0, color), TextLayout::no_wrap()));
                line.spawn(Node { width: Val::Px(2.0), ..default() });
                for star in 0..stop.stars.1 {
                    let name = if star < stop.stars.0 { "star-on" } else { "star-off" };
                    line.spawn(kit.icon(name, 13.0, Color::WHITE));
                }
            });
            let name = levels.get(stop.level).and_then(|level| kit.texts.of_level(level, "name")).unwrap_or_default();
            plate.spawn((kit.body(name, 11.5, color), TextLayout::justify(Justify::Center)));
        });
    });
}

fn turn((map, water, motion): (Res<Map>, Res<Water>, Res<Motion>), mut rings: Query<&mut UiTransform, With<Ring>>) {
    let Some(shown) = &map.shown else { return };
    let at = shown.at(map.chosen);
    let turned = if motion.reduced { 0.0 } else { water.clock_s() * TURNS_PER_S % 1.0 };
    for mut ring in &mut rings {
        let rotation = Rot2::turn_fraction(turned);
        ring.set_if_neq(UiTransform { rotation, ..UiTransform::from_xy(Val::Px(at.x), Val::Px(at.y)) });
    }
}

fn breathe((water, motion): (Res<Water>, Res<Motion>), mut beacons: Query<&mut UiTransform, With<Beacon>>) {
    let breath = if motion.reduced { 0.0 } else { (water.clock_s() * BREATHS_PER_S * std::f32::consts::TAU).sin() };
    for mut beacon in &mut beacons {
        beacon.set_if_neq(UiTransform::from_scale(Vec2::splat(1.0 + 0.09 * breath)));
    }
}
