//! Colours as three channels from 0 to 255, mixed as the sources of the sprites mix them.

/// Red, green and blue, 0 to 255.
pub type Colour = [f32; 3];

/// `a` with `part` (0 to 1) of `b` over it.
#[inline]
pub fn mix(a: Colour, b: Colour, part: f32) -> Colour {
    [a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part, a[2] + (b[2] - a[2]) * part]
}

/// A colour from its usual notation, 0xRRGGBB.
pub const fn rgb(hex: u32) -> Colour {
    [((hex >> 16) & 255) as f32, ((hex >> 8) & 255) as f32, (hex & 255) as f32]
}

/// White.
pub const WHITE: Colour = [255.0; 3];
/// Black.
pub const BLACK: Colour = [0.0; 3];
