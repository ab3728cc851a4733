//! What the map is carved into: the sky with the town, and the rock with its galleries, painted once.

use super::Sources;
use super::arrangement::{Arrangement, CELL};
use crate::ui::codex::rock::{placed, stand};
use bevy::asset::RenderAssetUsages;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use pipe_maze_picture::{Cell, Ground, Rgba, paint_terrain};

/// The widest and highest picture that every device takes.
const SIDE_MAX: usize = 2_048;
/// Most pixels that are painted: more take too long on a phone.
const PIXELS_MAX: usize = 5 << 20;
/// Size of the sky's pictures, and where the sun is in the one that has it.
const SKY: Vec2 = Vec2::new(1_280.0, 244.0);
const SUN_X: f32 = 356.0;

/// The rock that was painted last: painted again only where it differs.
#[derive(Default)]
pub struct Painted(Option<(Ground, u32, Vec<Picture>)>);

/// A part of the rock, as wide as all of it.
#[derive(Clone)]
pub struct Picture {
    image: Handle<Image>,
    /// How many cells are above it, and how many high it is.
    rows: (f32, f32),
}

impl Painted {
    /// The rock of that map, for that many window pixels to an interface pixel.
    pub fn pictures(&mut self, map: &Arrangement, scale: f32, images: &mut Assets<Image>) -> Vec<Picture> {
        let ground = carved(map);
        let px = px_per_cell(&ground, scale);
        if self.0.as_ref().is_none_or(|(shown, shown_px, _)| *shown != ground || *shown_px != px) {
            let painted = paint_terrain(&ground, px).inspect_err(|e| error!("the map's rock: {e}"));
            let parts = painted.map(|rgba| parts(&rgba, px as usize, images)).unwrap_or_default();
            self.0 = Some((ground, px, parts));
        }
        self.0.as_ref().map(|(.., parts)| parts.clone()).unwrap_or_default()
    }
}

fn px_per_cell(ground: &Ground, scale: f32) -> u32 {
    let sharp = (CELL * scale).round() as usize;
    let wide = SIDE_MAX / ground.columns.max(1);
    let high = pipe_maze_picture::MAX_SIDE / ground.rows.max(1);
    let many = (PIXELS_MAX / (ground.columns * ground.rows).max(1)).isqrt();
    sharp.min(wide).min(high).min(many).max(1) as u32
}

/// The ground, a row of sky above it.
fn carved(map: &Arrangement) -> Ground {
    let (columns, rows) = map.cells();
    let first = map.galleries.first().map_or(0, |gallery| gallery.cave[0]);
    let last = map.galleries.last().map_or(0, |gallery| gallery.cave[1] + 1);
    let shaft = [first, 0, first + 3, last];
    let rooms: Vec<_> = map.galleries.iter().map(|gallery| gallery.cave).chain([shaft]).collect();
    let cell = |column: usize, row: usize| {
        let is_in = |room: &[usize; 4]| {
            let inside = (room[0]..room[2]).contains(&column) && (room[1]..room[3]).contains(&row);
            // Where nobody has anything to do, a cave's corner is left standing: so its end is round.
            let high = room[3] - room[1] > 4 && room[2] - room[0] > 6;
            let corner = column + 1 == room[2] && (row == room[1] || row + 1 == room[3]);
            inside && !(high && corner)
        };
        if rooms.iter().any(is_in) { Cell::Tunnel } else { Cell::Rock }
    };
    let below = (0..rows - 1).flat_map(|row| (0..columns).map(move |column| (column, row)));
    let cells = std::iter::repeat_n(Cell::Sky, columns).chain(below.map(|(column, row)| cell(column, row))).collect();
    Ground::new(columns, rows, cells)
}

/// The picture in parts that every device takes.
fn parts(rgba: &Rgba, px: usize, images: &mut Assets<Image>) -> Vec<Picture> {
    let rows_max = (SIDE_MAX / px).max(1) * px;
    let bytes = rgba.width * 4;
    let part = |(i, pixels): (usize, &[u8])| {
        let height = pixels.len() / bytes;
        let size = Extent3d { width: rgba.width as u32, height: height as u32, depth_or_array_layers: 1 };
        let format = TextureFormat::Rgba8UnormSrgb;
        let image = Image::new(size, TextureDimension::D2, pixels.to_vec(), format, RenderAssetUsages::RENDER_WORLD);
        let rows = ((i * rows_max / px) as f32, height as f32 / px as f32);
        Picture { image: images.add(image), rows }
    };
    rgba.pixels.chunks(rows_max * bytes.max(1)).enumerate().map(part).collect()
}

/// The sky, the town's spring and people, and the rock.
pub(super) fn spawn(
    content: &mut ChildSpawnerCommands<'_>,
    sources: &Sources<'_>,
    rock: Vec<Picture>,
    server: &AssetServer,
) {
    let (kit, map) = (&sources.kit, sources.map);
    let Vec2 { x: width, .. } = map.size;
    let sun = width * if map.upright { 0.62 } else { 0.45 } - SUN_X;
    for i in -2..=2 {
        let left = sun + i as f32 * SKY.x;
        if left < width && left + SKY.x > 0.0 {
            let file = if i == 0 { "backdrop/sky.png" } else { "backdrop/sky-side.png" };
            // A little over the next one, so that no seam shows wherever the edges fall.
            let sky = Rect::new(left - 0.75, map.ground - SKY.y, left + SKY.x + 0.75, map.ground);
            content.spawn((placed(sky), ImageNode::new(server.load(file)).with_mode(NodeImageMode::Stretch)));
        }
    }
    for Picture { image, rows: (above, high) } in rock {
        let top = map.ground + (above - 1.0) * CELL;
        let rect = Rect::new(0.0, top, map.cells().0 as f32 * CELL, top + high * CELL);
        content.spawn((placed(rect), ImageNode::new(image).with_mode(NodeImageMode::Stretch)));
    }
    stand(content, kit, "spring-flowing", Vec2::new(map.trunk_x, map.ground + 2.0), 58.0);
    for (i, (dx, height)) in [(44.0, 20.0), (57.0, 17.0), (70.0, 21.0), (-44.0, 18.0)].into_iter().enumerate() {
        let feet = Vec2::new(map.trunk_x + dx, map.ground);
        stand(content, kit, &format!("townsfolk-{}", i + 1), feet, height);
    }
}
