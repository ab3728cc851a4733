//! Droplets, which go with the water.

use super::Map;
use super::arrangement::SECTIONS;
use super::sources::Sources;
use super::water::{Line, Water, WaterSystems};
use crate::ui::codex::rock::placed;
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    let systems = carry.in_set(FrameSystems::Show).after(WaterSystems);
    app.add_systems(Update, systems.run_if(in_state(Screen::Map)));
}

/// Height of a droplet, and how far they are apart.
const HEIGHT: f32 = 15.0;
const APART: f32 = 46.0;
const CLASSES: [&str; 7] = ["browse", "browse", "buy", "browse", "batch", "browse", "buy"];

/// A droplet that goes round: always at that distance behind the first.
#[derive(Component)]
struct Droplet {
    line: Line,
    behind: f32,
    round: f32,
}

/// Room for the droplets of every line.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let map = sources.map;
    let galleries =
        map.galleries.iter().enumerate().map(|(section, gallery)| (Line::Gallery(section), gallery.length()));
    let trunk = (Line::Trunk, map.depth(SECTIONS - 1));
    for (line, length) in galleries.chain([trunk]) {
        let stops = match line {
            Line::Gallery(section) => sources.chart.wet_to(section).is_some(),
            Line::Trunk => true,
        };
        let count = if stops { (length / APART).ceil() as usize } else { 0 };
        for i in 0..count {
            let name = format!("droplet-{}", CLASSES[i % CLASSES.len()]);
            let size = Vec2::new(HEIGHT * sources.kit.atlas.aspect(&name), HEIGHT);
            let node = placed(Rect::from_center_size(Vec2::ZERO, size));
            let droplet = Droplet { line, behind: i as f32 * APART, round: count as f32 * APART };
            content.spawn((
                droplet,
                node,
                UiTransform::IDENTITY,
                sources.kit.atlas.image(&name, Color::WHITE),
                Visibility::Hidden,
            ));
        }
    }
}

/// Each is where the water has carried it, as far as water stands there.
fn carry((map, water): (Res<Map>, Res<Water>), mut droplets: Query<(&Droplet, &mut UiTransform, &mut Visibility)>) {
    let Some(shown) = &map.shown else { return };
    for (droplet, mut place, mut visibility) in &mut droplets {
        let (before, line) = match droplet.line {
            Line::Trunk => (0.0, None),
            Line::Gallery(section) => (shown.depth(section), shown.galleries.get(section)),
        };
        let along = (water.flowed() + droplet.behind - before).rem_euclid(droplet.round);
        let inside = along > 6.0 && along < water.stands(droplet.line) - 8.0;
        visibility.set_if_neq(if inside { Visibility::Inherited } else { Visibility::Hidden });
        if inside {
            let at = line.map_or_else(|| shown.trunk(along), |gallery| gallery.point(along));
            place.set_if_neq(UiTransform::from_xy(Val::Px(at.x), Val::Px(at.y)));
        }
    }
}
