//! What the hand holds, and what it is at.

use pipe_maze_level::{Cell, Ground};
use std::collections::BTreeSet;

/// What the hand does when it touches the picture.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tool {
    /// Selects and moves what is there.
    #[default]
    Select,
    /// Makes the ground into something else.
    Dig,
    /// Lays pipes.
    Pipe,
    /// Places a piece.
    Piece,
    /// Places an enemy.
    Enemy,
    /// Removes what is there.
    Erase,
}

impl Tool {
    /// All of them, in the order of the rail.
    pub const ALL: [Self; 6] = [Self::Select, Self::Dig, Self::Pipe, Self::Piece, Self::Enemy, Self::Erase];

    /// Its name in controls and texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Dig => "dig",
            Self::Pipe => "pipe",
            Self::Piece => "piece",
            Self::Enemy => "enemy",
            Self::Erase => "erase",
        }
    }
}

/// How cells are chosen that are dug.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Shape {
    /// Those under the hand.
    #[default]
    Brush,
    /// Those on a straight line.
    Line,
    /// Those in a rectangle.
    Rectangle,
    /// Those that hang together.
    Fill,
}

impl Shape {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Brush, Self::Line, Self::Rectangle, Self::Fill];

    /// Its name in controls and texts.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Brush => "brush",
            Self::Line => "line",
            Self::Rectangle => "rectangle",
            Self::Fill => "fill",
        }
    }
}

/// What is painted, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Brush {
    /// The ground that it leaves.
    pub ground: Ground,
    /// Which cells.
    pub shape: Shape,
    /// Its thickness, in cells.
    pub thickness: i32,
    /// Whether the other half of the map follows.
    pub mirror: bool,
}

/// What the hand is at.
#[derive(Clone, PartialEq, Debug, Default)]
pub enum Doing {
    /// Nothing.
    #[default]
    Nothing,
    /// Paints or erases ground: from where, where it is, and the cells so far.
    Painting {
        /// Where it began.
        from: Cell,
        /// Where it is.
        at: Cell,
        /// The cells under a brush so far.
        cells: BTreeSet<Cell>,
    },
    /// Lays a pipe through these cells.
    Laying(Vec<Cell>),
    /// Carries a piece or enemy that was gripped there.
    Moving {
        /// Its name.
        name: String,
        /// Where it was gripped.
        grip: Cell,
    },
    /// Presses with something to place.
    Placing,
    /// Moves the view, from that pixel.
    Panning(bevy::math::Vec2),
}
