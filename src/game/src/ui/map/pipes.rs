//! The pipes: dry everywhere, and over that the wet ones, which grow with the water.

use super::Sources;
use super::arrangement::{Arrangement, PIPE_SCALE};
use super::water::{Line, Way, Wet};
use crate::ui::codex::rock::placed;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

/// From the middle of a tile to its edge.
const HALF: f32 = 20.0 * PIPE_SCALE;
/// How much straight pieces reach into their neighbours, so that no seam shows.
const LAP: f32 = 1.0;
/// Breadth of a pipe's picture: what it stands out beside its body is transparent.
const BREADTH: f32 = 28.0 * PIPE_SCALE;

/// All of them.
pub(super) fn spawn(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let map = sources.map;
    trunk(content, sources);
    for (section, gallery) in map.galleries.iter().enumerate() {
        let mut along = 0.0;
        for (i, ends) in gallery.line.windows(2).enumerate() {
            let (a, b) = (ends[0], ends[1]);
            let next = gallery.line.get(i + 2).copied();
            let way = (b - a).normalize_or_zero();
            let length = a.distance(b);
            // Corners have tiles of their own; the last piece ends under its station.
            let to = if next.is_some() { length - HALF } else { length };
            let piece = Piece { line: Line::Gallery(section), from: a + way * HALF, to: a + way * to };
            straight(content, sources, &piece, along + HALF);
            along += length;
            if let Some(next) = next {
                let name = elbow(-way, (next - b).normalize_or_zero());
                corner(content, sources, (Line::Gallery(section), name), b, along);
            }
        }
        let first = gallery.line[0] + Vec2::new(HALF + 9.0, 0.0);
        content.spawn(sources.tile("collar-h", first, PIPE_SCALE));
    }
}

fn trunk(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let map: &Arrangement = sources.map;
    let mut above = -2.0;
    for section in 0..map.galleries.len() {
        let depth = map.depth(section);
        let piece = Piece { line: Line::Trunk, from: map.trunk(above), to: map.trunk(depth - HALF) };
        straight(content, sources, &piece, above);
        let name = if section + 1 == map.galleries.len() { "en" } else { "tee-e" };
        corner(content, sources, (Line::Trunk, name), map.trunk(depth), depth);
        above = depth + HALF;
    }
    // Below each branch, for there the water may end.
    let branches = map.galleries.len().saturating_sub(1);
    let below = (0..branches).map(|section| map.depth(section) + HALF + 1.0);
    for depth in below.chain([7.0]) {
        content.spawn(sources.tile("collar-v", map.trunk(depth), PIPE_SCALE));
    }
}

/// A straight piece, in the direction in which water goes.
struct Piece {
    line: Line,
    from: Vec2,
    to: Vec2,
}

fn straight(content: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>, piece: &Piece, along: f32) {
    let &Piece { line, from, to } = piece;
    let upright = (to.y - from.y).abs() > (to.x - from.x).abs();
    let (stem, lap) = if upright { ("v", Vec2::new(BREADTH * 0.5, LAP)) } else { ("h", Vec2::new(LAP, BREADTH * 0.5)) };
    let rect = Rect::from_corners(from, to);
    let rect = Rect::from_corners(rect.min - lap, rect.max + lap);
    let way = match (upright, to.x > from.x) {
        (true, _) => Way::Down,
        (false, true) => Way::Right,
        (false, false) => Way::Left,
    };
    let picture = |state: &str| {
        let mut image = sources.kit.atlas.image(&format!("pipe-{stem}-{state}"), Color::WHITE);
        // Only its middle: at its ends a tile overlaps its neighbours.
        let middle = if upright { Vec2::new(1.0, 0.6) } else { Vec2::new(0.6, 1.0) };
        image.rect = image.rect.map(|rect| Rect::from_center_size(rect.center(), rect.size() * middle));
        image.with_mode(NodeImageMode::Stretch)
    };
    content.spawn((placed(rect), picture("dry")));
    let wet = Wet { line, from: along, to: along + from.distance(to), way, rect };
    content.spawn((wet, placed(rect), picture("ok"), Visibility::Hidden));
}

fn corner(
    content: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    (line, name): (Line, &str),
    at: Vec2,
    along: f32,
) {
    content.spawn(sources.tile(&format!("pipe-{name}-dry"), at, PIPE_SCALE));
    let wet = Wet { line, from: along - HALF, to: along, way: Way::Whole, rect: Rect::default() };
    content.spawn((wet, sources.tile(&format!("pipe-{name}-ok"), at, PIPE_SCALE), Visibility::Hidden));
}

/// The tile that opens to these two sides.
fn elbow(one: Vec2, other: Vec2) -> &'static str {
    let sum = one + other;
    match (sum.x > 0.0, sum.y > 0.0) {
        (true, true) => "es",
        (true, false) => "en",
        (false, true) => "ws",
        (false, false) => "wn",
    }
}
