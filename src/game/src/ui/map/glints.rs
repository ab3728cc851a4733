//! Glints: what is won sparkles now and then, one level after the other, while water flows.

use super::chart::Stage;
use super::water::Water;
use super::{BuildSystems, Map, Sources};
use crate::motion::Motion;
use crate::ui::codex::rock::placed;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    let systems = sparkle.in_set(FrameSystems::Show).after(BuildSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// From one glint to the next, and how long each is seen, in seconds.
const EVERY_S: f32 = 1.3;
const SEEN_S: f32 = 0.5;
/// Where on a collar it is seen.
const AT: Vec2 = Vec2::new(-11.0, -12.0);

/// The glint: there is one, and it goes from level to level.
#[derive(Component)]
struct Glint;

pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let node = placed(Rect::from_center_size(Vec2::ZERO, Vec2::splat(26.0)));
    let image = sources.kit.atlas.image("sparkle-3", Color::WHITE);
    content.spawn((Glint, node, UiTransform::from_scale(Vec2::ZERO), image));
}

fn sparkle(
    (map, water, motion): (Res<Map>, Res<Water>, Res<Motion>),
    mut glints: Query<&mut UiTransform, With<Glint>>,
) {
    let Some(shown) = &map.shown else { return };
    let won: Vec<Vec2> = shown
        .stations()
        .filter(|&station| map.chart.stop(station).is_some_and(|stop| stop.stage == Stage::Won))
        .map(|station| shown.at(station) + AT)
        .collect();
    let clock_s = water.clock_s();
    let seen = clock_s % EVERY_S / SEEN_S;
    let size = if seen < 1.0 && !motion.reduced { (seen * std::f32::consts::PI).sin() } else { 0.0 };
    let turn = (clock_s / EVERY_S) as usize;
    let at = won.get(turn % won.len().max(1)).copied();
    for mut glint in &mut glints {
        let at = at.unwrap_or_default();
        let scale = Vec2::splat(if won.is_empty() { 0.0 } else { size });
        glint.set_if_neq(UiTransform { scale, ..UiTransform::from_xy(Val::Px(at.x), Val::Px(at.y)) });
    }
}
