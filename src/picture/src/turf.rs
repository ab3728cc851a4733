//! The line where sky meets ground: sunlit grass on dark earth.

use crate::{
    Canvas, Ground,
    colour::{Colour, rgb},
};

/// The lit blades, and the earth under them.
const LIT: Colour = rgb(0xF4887A);
const EARTH: Colour = rgb(0x37195A);
/// Thickness of both in units.
const LIT_DEPTH: f32 = 3.0;
const EARTH_DEPTH: f32 = 9.0;

/// Paints the line along the top of all ground that lies under sky, tunnels included: shafts begin below it.
pub fn grow(map: &Ground, canvas: &Canvas, pixels: &mut [u8]) {
    let (columns, rows) = map.painted_size();
    let lit = ((LIT_DEPTH * canvas.scale + 0.5) as usize).max(1);
    let deep = ((EARTH_DEPTH * canvas.scale + 0.5) as usize).max(lit + 1).min(canvas.px);
    for row in 0..rows {
        let under = |column: usize| !map.is_sky(column, row) && (row == 0 || map.is_sky(column, row - 1));
        // A picture that begins with ground shows a cut through it, not its surface.
        if row == 0 && map.margin == 0 {
            continue;
        }
        for column in (0..columns).filter(|&column| under(column)) {
            for y in 0..deep {
                let [r, g, b] = if y < lit { LIT } else { EARTH };
                let line = (row * canvas.px + y) * canvas.width;
                for x in line + column * canvas.px..line + (column + 1) * canvas.px {
                    pixels[x * 4..x * 4 + 4].copy_from_slice(&[r as u8, g as u8, b as u8, 255]);
                }
            }
        }
    }
}
