//! Where the parts of a piece's picture are, also where the piece is turned: then all is seen in an upright mirror.

use super::corner;
use crate::atlas::{Atlas, CELL};
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::{Facing, Piece};

/// The place of a piece.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Place {
    corner: Vec2,
    width: f32,
    /// Whether it is seen in the mirror.
    pub mirrored: bool,
}

impl Place {
    /// The place of that piece.
    pub fn of(piece: &Piece) -> Self {
        let (columns, _) = piece.spec.kind().size();
        Self { corner: corner(piece.at), width: columns as f32 * CELL, mirrored: piece.facing == Facing::West }
    }

    /// Where that offset from the top left corner of the picture as it is drawn comes to lie.
    pub fn at(&self, offset: Vec2) -> Vec2 {
        let x = if self.mirrored { self.width - offset.x } else { offset.x };
        self.corner + Vec2::new(x, offset.y)
    }

    /// A part of the picture.
    pub fn part(&self, atlas: &Atlas, name: &str, offset: Vec2, z: f32) -> (Sprite, Anchor, Transform) {
        let (sprite, anchor) = atlas.sprite_facing(name, self.mirrored);
        (sprite, anchor, Transform::from_translation(self.at(offset).extend(z)))
    }

    /// A part that is never mirrored, since it has something to say: a badge. Its place is.
    pub fn sign(&self, atlas: &Atlas, name: &str, offset: Vec2, z: f32) -> (Sprite, Anchor, Transform) {
        let (sprite, anchor) = atlas.sprite(name);
        (sprite, anchor, Transform::from_translation(self.at(offset).extend(z)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Cell, Kind};

    #[test]
    fn a_turned_piece_is_its_own_mirror_image() {
        let piece = |facing| Piece {
            name: "room".into(),
            at: Cell::new(2, 3),
            facing,
            spec: Kind::MachineRoom.default_spec(),
            fixed: false,
            knobs: Vec::new(),
        };
        let [east, west] = [Facing::East, Facing::West].map(|facing| Place::of(&piece(facing)));
        let offset = Vec2::new(10.0, -30.0);
        let badge = west.sign(&Atlas::blank(), "badge-ok", offset, 1.0);
        assert!(!badge.0.flip_x && badge.2.translation.truncate() == west.at(offset), "a tick is a tick");
        assert_eq!(east.at(offset), Vec2::new(90.0, -150.0));
        assert_eq!(west.at(offset), Vec2::new(270.0, -150.0));
        let atlas = Atlas::blank();
        let parts = [east, west].map(|place| place.part(&atlas, "room-body-ok", Vec2::ZERO, 1.0));
        // The inlet's port lies on the other side, as far from the edge.
        let left = |part: &(Sprite, Anchor, Transform)| {
            part.2.translation.x - (part.1.0.x + 0.5) * part.0.custom_size.unwrap().x
        };
        let right = |part: &(Sprite, Anchor, Transform)| left(part) + part.0.custom_size.unwrap().x;
        assert!((left(&parts[0]) - 80.0 - (280.0 - right(&parts[1]))).abs() < 1e-3);
    }
}
