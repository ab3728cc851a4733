//! The sprite atlas: where each sprite lies, and where its reference point is.

use bevy::prelude::*;
use bevy::sprite::Anchor;
use serde::Deserialize;
use std::collections::BTreeMap;

const MANIFEST: &str = include_str!("../../../assets/sprites/board.json");

/// World units of one cell.
pub const CELL: f32 = 40.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Atlas>();
}

/// All sprites: one image, and a frame for each name.
#[derive(Resource)]
pub struct Atlas {
    /// The image.
    pub image: Handle<Image>,
    frames: BTreeMap<String, Frame>,
    /// World units of one pixel.
    scale: f32,
}

/// One sprite of the atlas; lengths in pixels of the atlas.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Frame {
    x: f32,
    y: f32,
    w: f32,
    h: f32,
    anchor: [f32; 2],
    /// Inside of a tank: left, top, width, height.
    #[serde(default)]
    pub tank: Option<[f32; 4]>,
    /// Where workers stand.
    #[serde(default)]
    pub slots: Vec<[f32; 2]>,
    /// Where their lamps hang.
    #[serde(default)]
    pub lamps: Vec<[f32; 2]>,
    /// The name plate: left, top, width, height.
    #[serde(default)]
    pub plate: Option<[f32; 4]>,
    /// Where the state badge sits.
    #[serde(default)]
    pub badge: Option<[f32; 2]>,
    /// The pivot of a needle.
    #[serde(default)]
    pub pivot: Option<[f32; 2]>,
    /// Where smoke comes out.
    #[serde(default)]
    pub smoke: Option<[f32; 2]>,
}

#[derive(Deserialize)]
struct Manifest {
    px_per_cell: f32,
    sprites: BTreeMap<String, Frame>,
}

impl Frame {
    /// The part of the atlas that it covers.
    pub fn rect(&self) -> Rect {
        Rect::new(self.x, self.y, self.x + self.w, self.y + self.h)
    }

    /// Its size, in pixels of the atlas.
    pub const fn size(&self) -> Vec2 {
        Vec2::new(self.w, self.h)
    }
}

impl FromWorld for Atlas {
    fn from_world(world: &mut World) -> Self {
        let image = world.resource::<AssetServer>().load("sprites/board.png");
        Self::new(image)
    }
}

impl Atlas {
    fn new(image: Handle<Image>) -> Self {
        match serde_json::from_str::<Manifest>(MANIFEST) {
            Ok(manifest) => Self { image, frames: manifest.sprites, scale: CELL / manifest.px_per_cell },
            Err(e) => {
                // The manifest is compiled in and a test reads it; without it the game still runs, blind.
                error!("assets/sprites/board.json: {e}");
                Self { image, frames: BTreeMap::new(), scale: 0.5 }
            }
        }
    }

    /// The frame of that name.
    pub fn frame(&self, name: &str) -> Option<&Frame> {
        self.frames.get(name)
    }

    /// A sprite for the board, at its natural size, hung up at its reference point.
    pub fn sprite(&self, name: &str) -> (Sprite, Anchor) {
        let Some(frame) = self.frame(name) else {
            error!("no sprite `{name}` in the atlas");
            return (Sprite::sized(Vec2::ZERO), Anchor::CENTER);
        };
        let anchor = Vec2::new(frame.anchor[0] / frame.w - 0.5, 0.5 - frame.anchor[1] / frame.h);
        let sprite = Sprite {
            image: self.image.clone(),
            rect: Some(frame.rect()),
            custom_size: Some(frame.size() * self.scale),
            ..default()
        };
        (sprite, Anchor(anchor))
    }

    /// Changes which sprite an entity shows.
    pub fn show(&self, name: &str, sprite: &mut Sprite, anchor: &mut Anchor) {
        let (new_sprite, new_anchor) = self.sprite(name);
        if sprite.rect != new_sprite.rect {
            let color = sprite.color;
            *sprite = new_sprite;
            sprite.color = color;
            *anchor = new_anchor;
        }
    }

    /// From a point in a frame's pixels to world units relative to the frame's reference point.
    pub fn offset(&self, frame: &Frame, point: [f32; 2]) -> Vec2 {
        Vec2::new(point[0] - frame.anchor[0], frame.anchor[1] - point[1]) * self.scale
    }

    /// World units of one pixel of the atlas.
    pub const fn scale(&self) -> f32 {
        self.scale
    }

    /// An image for the interface, tinted.
    pub fn image(&self, name: &str, color: Color) -> ImageNode {
        let rect = self.frame(name).map(Frame::rect);
        ImageNode { image: self.image.clone(), rect, color, ..default() }
    }

    /// Width by height of a frame.
    pub fn aspect(&self, name: &str) -> f32 {
        self.frame(name).map_or(1.0, |frame| frame.w / frame.h)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_has_every_sprite_that_the_board_asks_for() {
        let atlas = Atlas::new(Handle::default());
        let mut names = Vec::new();
        for state in ["ok", "strain", "failed"] {
            names.extend(["room-shell", "balancer", "badge"].map(|stem| format!("{stem}-{state}")));
        }
        for state in ["ok", "strain", "failed", "dry"] {
            names.extend(
                ["h", "v", "es", "en", "ws", "wn", "end-n", "end-e", "end-s", "end-w"]
                    .map(|shape| format!("pipe-{shape}-{state}")),
            );
        }
        for name in names {
            assert!(atlas.frame(&name).is_some(), "{name}");
        }
        let room = atlas.frame("room-shell-ok").unwrap();
        assert!(room.tank.is_some() && room.plate.is_some() && room.slots.len() == 6 && room.lamps.len() == 6);
    }
}
