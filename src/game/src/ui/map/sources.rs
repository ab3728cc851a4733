//! What the parts of the map are built from.

use super::arrangement::Arrangement;
use super::chart::Chart;
use crate::ui::codex::rock::placed;
use crate::ui::widgets::Kit;
use bevy::prelude::*;
use pipe_maze_level::Level;

/// What the parts of the map are built from.
pub(super) struct Sources<'a> {
    pub kit: Kit<'a>,
    pub levels: &'a [Level],
    pub chart: &'a Chart,
    pub map: &'a Arrangement,
    /// Window pixels of one interface pixel.
    pub scale: f32,
}

impl Sources<'_> {
    /// A sprite of the board's, with its reference point there, at a part of its size on a board.
    pub fn tile(&self, name: &str, at: Vec2, scale: f32) -> (Node, ImageNode) {
        let atlas = self.kit.atlas;
        let rect = atlas.frame(name).map_or(Rect::default(), |frame| {
            let corner = at + atlas.offset(frame, [0.0, 0.0]) * Vec2::new(scale, -scale);
            Rect::from_corners(corner, corner + frame.size() * atlas.scale() * scale)
        });
        (placed(rect), atlas.image(name, Color::WHITE))
    }
}
