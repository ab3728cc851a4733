//! Behind everything: the sky over the town, and the rock with its tunnels, painted once for each level.

use super::ground::{Glows, GroundMaterial, net};
use super::{BoardPart, BoardSystems, layer};
use crate::atlas::CELL;
use crate::palette::{self, Theme, dye_for_ground};
use crate::session::Session;
use bevy::asset::RenderAssetUsages;
use bevy::image::Image;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};
use bevy::sprite::Anchor;
use bevy::sprite_render::MeshMaterial2d;
use pipe_maze_level::grid::Terrain;
use pipe_maze_level::{Cell, Ground};
use pipe_maze_picture as picture;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build.in_set(BoardSystems));
}

/// Pixels of a painted cell: the rock is soft, so fewer than its sprites have.
const PX_PER_CELL: u32 = 30;
/// Cells of rock painted around the map: enough for a screen more than twice as wide as it is high.
const MARGIN: usize = 17;
/// World units to each side in which the rock goes on beyond what is painted of it.
const DEEP: f32 = 6_000.0;
/// By how many world units that lies below the edge of what is painted.
const SEAM: f32 = 4.0;
/// World units of the sky picture.
const SKY: Vec2 = Vec2::new(1_280.0, 244.0);

/// The backdrop, and the terrain that it shows.
#[derive(Component)]
struct Backdrop;

fn build(
    mut commands: Commands,
    (session, server): (Res<Session>, Res<AssetServer>),
    mut assets: (ResMut<Assets<Image>>, ResMut<Assets<GroundMaterial>>, ResMut<Assets<Mesh>>),
    mut shown: Local<Option<(Terrain, Theme, Handle<GroundMaterial>)>>,
    mut knots: Local<Option<Handle<Mesh>>>,
    old: Query<Entity, With<Backdrop>>,
) {
    let terrain = session.board().terrain();
    let theme = palette::theme();
    let same = shown.as_ref().is_some_and(|(shown, in_theme, _)| shown == terrain && *in_theme == theme);
    if same && !old.is_empty() {
        return;
    }
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    if !same {
        *shown = paint(terrain).map(|image| {
            let material = GroundMaterial { rock: assets.0.add(image), glows: Glows::default() };
            (terrain.clone(), theme, assets.1.add(material))
        });
    }
    let ground = ground_line(terrain);
    let middle = terrain.columns() as f32 * CELL * 0.5;
    for (i, file) in [(0.0, "backdrop/sky.png"), (-1.0, "backdrop/sky-side.png"), (1.0, "backdrop/sky-side.png")] {
        let at = Vec3::new(middle + i * SKY.x, ground, layer::SKY);
        let sky = Sprite { image: server.load(file), custom_size: Some(SKY), ..default() };
        commands.spawn((BoardPart, Backdrop, sky, Anchor::BOTTOM_CENTER, Transform::from_translation(at)));
    }
    let Some((.., material)) = shown.as_ref() else { return };
    let margin = MARGIN as f32 * CELL;
    let size = Vec2::new(terrain.columns() as f32, terrain.rows() as f32) * CELL + 2.0 * margin;
    let net = knots.get_or_insert_with(|| assets.2.add(net()));
    let rock = (Mesh2d(net.clone()), MeshMaterial2d(material.clone()));
    let at = Vec3::new(size.x * 0.5 - margin, margin - size.y * 0.5, layer::TERRAIN);
    let at = Transform::from_translation(at).with_scale(size.extend(1.0));
    commands.spawn((BoardPart, Backdrop, rock, at));
    // Around what is painted the rock goes on in its deepest tone. Not behind it: where nobody sees it, it would be drawn all
    // the same, over the whole screen.
    let (left, right) = (-margin + SEAM, size.x - margin - SEAM);
    let around = [
        (Anchor::TOP_CENTER, middle, margin - size.y + SEAM),
        (Anchor::TOP_RIGHT, left, ground - CELL),
        (Anchor::TOP_LEFT, right, ground - CELL),
    ];
    for (anchor, x, y) in around {
        let deep = Sprite { color: palette::deepest_rock(), custom_size: Some(Vec2::splat(DEEP)), ..default() };
        let at = Transform::from_xyz(x, y, layer::TERRAIN - 1.0);
        commands.spawn((BoardPart, Backdrop, deep, anchor, at));
    }
}

/// The height of the ground at the map's left edge, in world units.
fn ground_line(terrain: &Terrain) -> f32 {
    let sky = (0..terrain.rows()).take_while(|&row| terrain.ground(Cell::new(0, row)) == Ground::Sky).count();
    -(sky as f32) * CELL
}

fn paint(terrain: &Terrain) -> Option<Image> {
    let cells = terrain.cells().map(|cell| match terrain.ground(cell) {
        Ground::Sky => picture::Cell::Sky,
        Ground::Rock => picture::Cell::Rock,
        Ground::Tunnel => picture::Cell::Tunnel,
    });
    let ground = picture::Ground::new(terrain.columns() as usize, terrain.rows() as usize, cells.collect());
    painted(&ground.with_margin(MARGIN), PX_PER_CELL)
}

/// The ground as an image, in the theme in use: rock, and what is carved into it.
pub fn painted(ground: &picture::Ground, px_per_cell: u32) -> Option<Image> {
    let painted = picture::paint_terrain(ground, px_per_cell);
    let picture::Rgba { width, height, mut pixels } = painted.inspect_err(|e| error!("the terrain: {e}")).ok()?;
    if let Some(dye) = dye_for_ground(palette::theme()) {
        dye.picture(&mut pixels);
    }
    let size = Extent3d { width: width as u32, height: height as u32, depth_or_array_layers: 1 };
    let format = TextureFormat::Rgba8UnormSrgb;
    Some(Image::new(size, TextureDimension::D2, pixels, format, RenderAssetUsages::RENDER_WORLD))
}
