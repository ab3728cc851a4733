//! The inside of tunnels: a dark gradient, faint arches, and the shadow that the rim throws inward.

use crate::{
    CELL, Canvas, Ground,
    colour::{Colour, mix, rgb},
    field::FAR,
    noise::{smooth, unit},
};

/// The gradient from the surface down.
const TOP: Colour = rgb(0x1B1245);
const MIDDLE: Colour = rgb(0x151646);
const BOTTOM: Colour = rgb(0x0D1D40);
/// The shadow's colour and strength, how far it falls (units), and how soft it is (units).
const SHADOW: Colour = rgb(0x04020F);
const SHADOW_OPACITY: f32 = 0.95;
const FALL: [f32; 2] = [3.0, 10.0];
const SOFTNESS: f32 = 11.0;
/// The arches' colour, strength, and how many cells lie between their middles.
const ARCH: Colour = rgb(0x8A84F2);
const ARCH_OPACITY: f32 = 0.04;
const ARCH_BLOCK: [usize; 2] = [15, 10];

/// What the inside of tunnels looks like, before edges.
pub struct Void {
    /// The gradient, a colour per pixel row.
    rows: Vec<Colour>,
    /// How many arches cover a pixel, counted in 1/64.
    arches: Vec<u8>,
    /// How far the shadow falls in pixels.
    fall: [usize; 2],
}

/// Prepares the inside of tunnels.
pub fn paint(map: &Ground, canvas: &Canvas) -> Void {
    let surface = map.surface() * canvas.px;
    let depth = (canvas.height - surface).max(1) as f32;
    let row = |y: usize| {
        let t = y.saturating_sub(surface) as f32 / depth;
        if t < 0.5 { mix(TOP, MIDDLE, t * 2.0) } else { mix(MIDDLE, BOTTOM, t * 2.0 - 1.0) }
    };
    let fall = FALL.map(|units| (units * canvas.scale + 0.5) as usize);
    Void { rows: (0..canvas.height).map(row).collect(), arches: arches(map, canvas), fall }
}

impl Void {
    /// The colour inside a tunnel at a pixel, shadow included.
    pub fn colour(&self, canvas: &Canvas, distances: &[f32], x: usize, y: usize) -> Colour {
        let at = y * canvas.width + x;
        let arch = f32::from(self.arches[at]) / 64.0;
        let colour = mix(self.rows[y], ARCH, (ARCH_OPACITY * arch).min(0.3));
        let (sx, sy) = (x.saturating_sub(self.fall[0]), y.saturating_sub(self.fall[1]));
        let distance = distances[sy * canvas.width + sx];
        if distance >= FAR {
            return colour;
        }
        // A blurred edge is darkest outside and gone two and a half blur widths inside.
        let shade = 1.0 - smooth(distance / (SOFTNESS * 4.4) + 0.5);
        mix(colour, SHADOW, SHADOW_OPACITY * shade)
    }
}

/// Concentric rings around scattered middles.
fn arches(map: &Ground, canvas: &Canvas) -> Vec<u8> {
    let mut out = vec![0u8; canvas.width * canvas.height];
    let (columns, rows) = map.painted_size();
    for by in 0..rows.div_ceil(ARCH_BLOCK[1]) {
        for bx in 0..columns.div_ceil(ARCH_BLOCK[0]) {
            let dice = |salt| unit(bx as u32, by as u32, salt);
            let middle = [
                (bx as f32 + 0.2 + 0.6 * dice(5)) * ARCH_BLOCK[0] as f32 * CELL,
                (by as f32 + 0.2 + 0.6 * dice(6)) * ARCH_BLOCK[1] as f32 * CELL,
            ];
            rings(map, canvas, &mut out, middle, 150.0 + 80.0 * dice(7));
        }
    }
    out
}

/// Four rings, 11 units wide and 30 apart, the outermost with the given radius.
fn rings(map: &Ground, canvas: &Canvas, out: &mut [u8], [mx, my]: [f32; 2], radius: f32) {
    let cells = |from: f32, count: usize| {
        let low = ((from - radius - 6.0).max(0.0) / CELL) as usize;
        low..(((from + radius + 6.0) / CELL) as usize + 1).min(count)
    };
    let (columns, rows) = map.painted_size();
    for row in cells(my, rows) {
        for column in cells(mx, columns) {
            let near = (-1..=1).any(|dy| (-1..=1).any(|dx| map.is_open(column as isize + dx, row as isize + dy)));
            if !near {
                continue;
            }
            for y in row * canvas.px..(row + 1) * canvas.px {
                for x in column * canvas.px..(column + 1) * canvas.px {
                    let (dx, dy) = (canvas.unit(x) - mx, canvas.unit(y) - my);
                    let inward = radius - (dx * dx + dy * dy).sqrt();
                    let ring = ((inward + 15.0) / 30.0).floor().clamp(0.0, 3.0);
                    let cover = canvas.cover(5.5 - (inward - ring * 30.0).abs());
                    let pixel = &mut out[y * canvas.width + x];
                    *pixel = pixel.saturating_add((cover * 64.0) as u8);
                }
            }
        }
    }
}
