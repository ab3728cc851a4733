//! Cards: the rounded panels on which the board's words stand.

use bevy::asset::RenderAssetUsages;
use bevy::prelude::*;
use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Card>();
}

/// Pixels of the picture's side.
const SIDE: u32 = 48;
/// Pixels of its corners' radius; twice what it is on the board.
const RADIUS: f32 = 16.0;

/// One white rounded square, stretched between its corners to any size and tinted to any colour.
#[derive(Resource)]
pub struct Card(Handle<Image>);

impl FromWorld for Card {
    fn from_world(world: &mut World) -> Self {
        let pixels = (0..SIDE * SIDE).flat_map(|i| [255, 255, 255, alpha(i % SIDE, i / SIDE)]).collect();
        let size = Extent3d { width: SIDE, height: SIDE, depth_or_array_layers: 1 };
        let format = TextureFormat::Rgba8UnormSrgb;
        let image = Image::new(size, TextureDimension::D2, pixels, format, RenderAssetUsages::RENDER_WORLD);
        Self(world.resource_mut::<Assets<Image>>().add(image))
    }
}

impl Card {
    /// A card of that size in world units.
    pub fn sprite(&self, size: Vec2, color: Color) -> Sprite {
        let slicer = TextureSlicer { border: BorderRect::all(RADIUS), max_corner_scale: 0.5, ..default() };
        let image_mode = SpriteImageMode::Sliced(slicer);
        Sprite { image: self.0.clone(), custom_size: Some(size), color, image_mode, ..default() }
    }
}

/// How much of a pixel lies inside the rounded square.
fn alpha(x: u32, y: u32) -> u8 {
    let from_corner = |at: u32| {
        let at = at as f32 + 0.5;
        (RADIUS - at.min(SIDE as f32 - at)).max(0.0)
    };
    let distance = Vec2::new(from_corner(x), from_corner(y)).length();
    ((RADIUS - distance + 0.5).clamp(0.0, 1.0) * 255.0) as u8
}
