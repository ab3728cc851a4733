//! Paints the board's underground: strata, buried relics, carved tunnels. Pure Rust, no platform, no randomness. And
//! makes [moving pictures](animation) of what others painted, and dyes pictures for other themes.
//!
//! The picture is made once per level from the map's cells. Lengths inside are *units*: 40 units span one cell, as in
//! the sources of the sprites.

pub mod animation;
mod colour;
mod dye;
mod field;
mod ground;
mod noise;
mod pattern;
mod relic;
mod stamp;
mod strata;
mod turf;
mod void;

pub use dye::Dye;
pub use ground::{Cell, Ground};

use colour::{Colour, mix};
use std::fmt;

/// Units per cell.
const CELL: f32 = 40.0;
/// The longest side that is painted, in pixels: larger textures fail on many devices.
pub const MAX_SIDE: usize = 8192;
/// The most pixels that are painted.
pub const MAX_PIXELS: usize = 32 << 20;

/// A picture with straight alpha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rgba {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Rows from the top, four bytes a pixel: red, green, blue, alpha.
    pub pixels: Vec<u8>,
}

/// Why a map cannot be painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaintError {
    /// The number of cells is not columns times rows.
    CellCount {
        /// Columns times rows.
        expected: usize,
        /// The cells there are.
        found: usize,
    },
    /// The picture would exceed [`MAX_SIDE`] or [`MAX_PIXELS`].
    TooLarge,
}

impl fmt::Display for PaintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::CellCount { expected, found } => {
                write!(f, "a map of {expected} cells holds {found}")
            }
            Self::TooLarge => write!(f, "the terrain picture would be too large"),
        }
    }
}

impl std::error::Error for PaintError {}

/// Paints `map` and its margin with `px_per_cell` pixels per cell.
///
/// The picture is `(columns + 2 * margin) * px_per_cell` pixels wide and `(rows + 2 * margin) * px_per_cell` high; the
/// board's top left corner lies `margin * px_per_cell` pixels from both edges. Sky is transparent. A map without
/// cells, or zero pixels per cell, gives an empty picture.
///
/// # Errors
///
/// Fails where the map's cells do not fill it, or where the picture would be too large.
pub fn paint_terrain(map: &Ground, px_per_cell: u32) -> Result<Rgba, PaintError> {
    let (width, height) = size(map, px_per_cell)?;
    if width == 0 || height == 0 {
        return Ok(Rgba { width: 0, height: 0, pixels: Vec::new() });
    }
    let canvas = Canvas { width, height, px: px_per_cell as usize, scale: px_per_cell as f32 / CELL };
    let distances = field::distances(map, &canvas);
    let strata = strata::Strata::new(map, &canvas);
    let mut rock = strata.paint(map, &canvas, &distances);
    relic::bury(map, &canvas, &strata, &mut rock);
    strata.light(&canvas, &mut rock);
    let void = void::paint(map, &canvas);
    let mut pixels = vec![0; width * height * 4];
    for y in 0..height {
        for x in 0..width {
            if map.is_sky(x / canvas.px, y / canvas.px) {
                continue;
            }
            let at = y * width + x;
            let seen = carve(rock[at], &void, &canvas, &distances, x, y);
            let [r, g, b] = seen.map(|channel| (channel + 0.5) as u8);
            pixels[at * 4..at * 4 + 4].copy_from_slice(&[r, g, b, 255]);
        }
    }
    turf::grow(map, &canvas, &mut pixels);
    Ok(Rgba { width, height, pixels })
}

/// What is seen at a pixel: rock, the lip around a tunnel, or the void inside with its shadow.
fn carve(rock: Colour, void: &void::Void, canvas: &Canvas, distances: &[f32], x: usize, y: usize) -> Colour {
    let at = y * canvas.width + x;
    let distance = distances[at];
    let lip = canvas.cover(distance + LIP_WIDTH);
    if lip <= 0.0 {
        return rock;
    }
    let edge = mix(rock, LIP, LIP_OPACITY * lip);
    let open = canvas.cover(distance);
    if open <= 0.0 {
        return edge;
    }
    mix(edge, void.colour(canvas, distances, x, y), open)
}

/// The lip's colour, how strongly it covers the rock, and its width in units.
const LIP: Colour = [255.0, 210.0, 180.0];
const LIP_OPACITY: f32 = 0.36;
const LIP_WIDTH: f32 = 3.0;

/// The picture's size and scale.
struct Canvas {
    /// Width in pixels.
    width: usize,
    /// Height in pixels.
    height: usize,
    /// Pixels per cell.
    px: usize,
    /// Pixels per unit.
    scale: f32,
}

impl Canvas {
    /// The unit coordinate of a pixel's centre.
    fn unit(&self, pixel: usize) -> f32 {
        (pixel as f32 + 0.5) / self.scale
    }

    /// How much of a pixel an edge covers that lies `distance` units outside of the pixel's centre, 0 to 1.
    fn cover(&self, distance: f32) -> f32 {
        (distance * self.scale + 0.5).clamp(0.0, 1.0)
    }
}

fn size(map: &Ground, px_per_cell: u32) -> Result<(usize, usize), PaintError> {
    let expected = map.columns.saturating_mul(map.rows);
    if map.cells.len() != expected {
        return Err(PaintError::CellCount { expected, found: map.cells.len() });
    }
    if expected == 0 {
        return Ok((0, 0));
    }
    let side = |cells: usize| cells.saturating_add(map.margin.saturating_mul(2)).saturating_mul(px_per_cell as usize);
    let (width, height) = (side(map.columns), side(map.rows));
    if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_PIXELS {
        return Err(PaintError::TooLarge);
    }
    Ok((width, height))
}

#[cfg(test)]
mod tests;
