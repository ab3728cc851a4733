//! What stands and hangs in the galleries: lamps that light up with what is won, enemies that wait, and building sites.

use super::Sources;
use super::arrangement::CELL;
use super::chart::{Stage, Stop};
use super::gallery::Gallery;
use crate::board::looks;
use crate::palette;
use crate::ui::codex::rock::{placed, stand};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::EnemyKind;

/// What each section is about, as one sees it.
const LANDMARKS: [&str; 5] = ["registry-ok", "flytrap-out", "balancer-ok", "broker-ok", "consensus-ok"];
/// Height of a landmark.
const LANDMARK: f32 = 76.0;

/// All of it.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    for (section, gallery) in sources.map.galleries.iter().enumerate() {
        if gallery.is_site {
            site(content, sources, section, gallery);
        } else {
            let stops = &sources.chart.sections[section];
            light(content, sources, gallery, stops);
            landmark(content, sources, section, gallery);
            gallery.stations.iter().zip(stops).for_each(|(&along, stop)| {
                enemies(content, sources, gallery.point(along), stop);
            });
        }
    }
}

/// The cave of a gallery.
fn cave(sources: &Sources<'_>, gallery: &Gallery) -> Rect {
    let [left, top, right, bottom] = gallery.cave.map(|cell| cell as f32 * CELL);
    Rect::new(left, sources.map.ground + top, right, sources.map.ground + bottom)
}

/// A lamp beside each level; those of levels that are won, or come next, are lit.
fn light(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, gallery: &Gallery, stops: &[Stop]) {
    let first_row = gallery.point(gallery.stations[0]).y;
    let cave = cave(sources, gallery);
    for (&along, stop) in gallery.stations.iter().zip(stops) {
        let at = gallery.point(along);
        let lit = stop.stage != Stage::Later;
        if lit {
            let color = if stop.stage == Stage::Won { palette::water() } else { palette::gold() };
            let glow = Rect::from_center_size(at, Vec2::new(230.0, 180.0));
            content.spawn((placed(glow), sources.kit.atlas.image("halo", color.with_alpha(0.7))));
        }
        // Where the plate is, and at a cave's round end, there is no room for a lamp.
        let beside = at.x + 46.0 > gallery.plate.max.x + 14.0 && at.x + 46.0 < cave.max.x - 1.5 * CELL;
        if at.y == first_row && beside {
            let name = if lit { "tunnel-lamp-on" } else { "tunnel-lamp-off" };
            content.spawn(sources.tile(name, Vec2::new(at.x + 46.0, cave.min.y + 1.0), 0.9));
        }
    }
}

/// On the floor, where there is room: behind the last level, or before it where the pipe has turned.
fn landmark(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, section: usize, gallery: &Gallery) {
    let cave = cave(sources, gallery);
    let far = gallery.line.iter().map(|point| point.x).fold(0.0, f32::max);
    let name = LANDMARKS[section];
    let width = LANDMARK * sources.kit.atlas.aspect(name);
    let last = gallery.line.last().map_or(0.0, |point| point.x);
    let has_turned = gallery.line.len() > 2;
    let x = if cave.max.x - far > width + 78.0 {
        far + 72.0 + width * 0.5
    } else if has_turned && last - cave.min.x > width + 190.0 {
        cave.min.x + 100.0 + width * 0.5
    } else {
        return;
    };
    stand(content, &sources.kit, name, Vec2::new(x, cave.max.y - 2.0), LANDMARK);
}

/// The enemies of a level sit beside it on its pipe, beaten once it is won.
fn enemies(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, at: Vec2, stop: &Stop) {
    let Some(level) = sources.levels.get(stop.level) else { return };
    let mut kinds: Vec<EnemyKind> = level.enemies.iter().map(|enemy| enemy.kind.kind()).collect();
    kinds.dedup();
    let edge = sources.map.card.min.x.max(sources.map.size.x * f32::from(u8::from(sources.map.upright)));
    for (kind, dx) in kinds.into_iter().zip([-42.0, 42.0]).filter(|(_, dx)| at.x + dx + 24.0 < edge) {
        let look = looks::enemy(kind);
        let name = if stop.stage == Stage::Won { look.beaten } else { look.active };
        stand(content, &sources.kit, name, at + Vec2::new(dx, -8.0), 29.0);
    }
}

/// A section without a level: what will be there, faintly, and who is at work.
fn site(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, section: usize, gallery: &Gallery) {
    let cave = cave(sources, gallery);
    let floor = cave.max.y - 1.0;
    let kit = &sources.kit;
    let mut x = gallery.plate.max.x + 16.0;
    let room = |x: f32, width: f32| x + width < cave.max.x - 6.0;
    let props: [(&str, f32); 4] = [("barrier", 36.0), (LANDMARKS[section], 52.0), ("cone", 22.0), ("toolbox", 17.0)];
    for (i, &(name, height)) in props.iter().enumerate() {
        let width = height * kit.atlas.aspect(name);
        if !room(x, width) {
            continue;
        }
        if i == 1 {
            let rect = Rect::new(x, floor - height, x + width, floor);
            content.spawn((placed(rect), kit.atlas.image(name, palette::periwinkle().with_alpha(0.35))));
        } else {
            stand(content, kit, name, Vec2::new(x + width * 0.5, floor), height);
        }
        x += width + 9.0;
    }
    if sources.map.upright {
        return;
    }
    let lamp = Vec2::new(sources.map.trunk_x + 68.0 - 40.0, cave.min.y + 1.0);
    content.spawn(sources.tile("tunnel-lamp-off", lamp, 0.7));
}
