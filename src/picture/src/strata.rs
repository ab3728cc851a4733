//! The seven bands of rock: wavy borders, grain that thickens downward, a pattern per band, dusk light from above.

use crate::{
    CELL, Canvas, Ground,
    colour::{BLACK, Colour, WHITE, mix, rgb},
    field::FAR,
    noise::{self, wave},
    pattern::Pattern,
};

/// How many bands there are.
pub const BANDS: usize = 7;
/// The bands' colours from the top.
pub const COLOURS: [Colour; BANDS] =
    [rgb(0x8B3D66), rgb(0x6C3578), rgb(0x513887), rgb(0x3E4190), rgb(0x2D4C8B), rgb(0x22567E), rgb(0x1B4B69)];
/// Where each band begins: units below the surface of ground 600 units deep, height of its wave, length, phase.
const BORDERS: [[f32; 4]; BANDS] = [
    [0.0, 0.0, 1.0, 0.0],
    [94.0, 17.0, 1400.0, 0.1],
    [192.0, 20.0, 1600.0, 0.55],
    [292.0, 18.0, 1300.0, 0.3],
    [388.0, 18.0, 1500.0, 0.8],
    [476.0, 14.0, 1200.0, 0.15],
    [548.0, 12.0, 1500.0, 0.5],
];
/// Depth in units for which [`BORDERS`] was drawn.
const DEPTH: f32 = 600.0;
/// How far down the dusk reaches, in units.
const DUSK: f32 = 170.0;

/// The bands of one picture.
pub struct Strata {
    /// The surface in units from the picture's top.
    surface: f32,
    /// The borders' tops in units, `BANDS + 1` per pixel column.
    borders: Vec<[f32; BANDS + 1]>,
}

impl Strata {
    /// Lays the bands under the map's surface, deeper ground in thicker bands.
    pub fn new(map: &Ground, canvas: &Canvas) -> Self {
        let surface = map.surface() as f32 * CELL;
        let bottom = canvas.height as f32 / canvas.scale;
        let stretch = ((bottom - surface) / DEPTH).clamp(0.55, 3.0);
        let left = map.margin as f32 * CELL;
        let column = |pixel: usize| {
            let x = canvas.unit(pixel) - left;
            let mut tops = [bottom.max(surface + DEPTH * stretch); BANDS + 1];
            for (top, [depth, height, length, phase]) in tops.iter_mut().zip(BORDERS) {
                *top = surface + depth * stretch + height * stretch.min(1.4) * wave(x / length + phase);
            }
            tops
        };
        Self { surface, borders: (0..canvas.width).map(column).collect() }
    }

    /// The band at a pixel column and a unit height.
    pub fn band(&self, x: usize, unit_y: f32) -> usize {
        let tops = &self.borders[x];
        (1..BANDS).rev().find(|&band| unit_y >= tops[band]).unwrap_or(0)
    }

    /// Paints the bands, wherever a tunnel does not hide them anyway.
    pub fn paint(&self, map: &Ground, canvas: &Canvas, distances: &[f32]) -> Vec<Colour> {
        let patterns: Vec<Pattern> = (0..BANDS).map(|band| Pattern::of_band(band, canvas.scale)).collect();
        let grain = canvas.px.div_ceil(48).max(1);
        let mut out = vec![COLOURS[BANDS - 1]; canvas.width * canvas.height];
        for y in map.surface() * canvas.px..canvas.height {
            let unit_y = canvas.unit(y);
            for x in 0..canvas.width {
                let at = y * canvas.width + x;
                if distances[at] > 2.0 {
                    continue;
                }
                let tops = &self.borders[x];
                let band = self.band(x, unit_y);
                let mut colour = COLOURS[band];
                let depth = (unit_y - tops[band]) / (tops[band + 1] - tops[band]);
                let speck = noise::hash((x / grain) as u32, (y / grain) as u32, 4);
                let speck = ((speck & 0xFFFF) + (speck >> 16)) as f32 / 131_070.0;
                colour = mix(colour, BLACK, 0.30 * (7.0 * (depth * 0.62 - 0.08 - speck * 0.86)).clamp(0.0, 1.0));
                let below = unit_y - tops[band];
                if band > 0 && below < 3.0 {
                    let line = canvas.cover(below) * canvas.cover(2.2 - below);
                    colour = mix(colour, mix(COLOURS[band], WHITE, 0.16), line);
                }
                out[at] = mix(colour, WHITE, 0.085 * patterns[band].at(x, y));
            }
        }
        debug_assert!(distances.iter().all(|d| d.abs() <= FAR));
        out
    }

    /// Lets the dusk warm the ground's top.
    pub fn light(&self, canvas: &Canvas, rock: &mut [Colour]) {
        const HOT: Colour = rgb(0xFF8A62);
        const COOL: Colour = rgb(0xF0567A);
        for (y, row) in rock.chunks_exact_mut(canvas.width).enumerate() {
            let t = (canvas.unit(y) - self.surface) / DUSK;
            if !(0.0..1.0).contains(&t) {
                continue;
            }
            let (light, strength) = if t < 0.4 {
                (mix(HOT, COOL, t / 0.4), 0.34 + (0.12 - 0.34) * t / 0.4)
            } else {
                (COOL, 0.12 * (1.0 - t) / 0.6)
            };
            row.iter_mut().for_each(|colour| *colour = mix(*colour, light, strength));
        }
    }
}
