//! One small repeated drawing per band of rock: dots, dashes, chevrons, crosses, waves, peaks, slants.

use crate::stamp::Shape::{self, Disc, Line};

/// A drawing that repeats, rasterised once.
pub struct Pattern {
    width: usize,
    height: usize,
    cover: Vec<f32>,
}

impl Pattern {
    /// The pattern of a band, drawn with `scale` pixels per unit.
    pub fn of_band(band: usize, scale: f32) -> Self {
        let (size, shapes): ([f32; 2], &[Shape]) = match band {
            0 => ([16.0, 16.0], &[Disc(4.0, 5.0, 1.5), Disc(12.0, 13.0, 1.5)]),
            1 => ([44.0, 22.0], &[Line(4.0, 6.0, 20.0, 6.0, 2.4), Line(26.0, 17.0, 40.0, 17.0, 2.4)]),
            2 => ([36.0, 28.0], &CHEVRONS),
            3 => ([34.0, 34.0], &CROSSES),
            4 => ([48.0, 24.0], &WAVES),
            5 => ([40.0, 34.0], &PEAKS),
            _ => ([26.0, 26.0], &SLANTS),
        };
        Self::draw(size, shapes, scale)
    }

    fn draw(size: [f32; 2], shapes: &[Shape], scale: f32) -> Self {
        // Whole pixels, so that repeats meet.
        let [width, height] = size.map(|side| ((side * scale + 0.5) as usize).max(1));
        let (sx, sy) = (size[0] / width as f32, size[1] / height as f32);
        let mut cover = vec![0.0; width * height];
        for (at, out) in cover.iter_mut().enumerate() {
            let (x, y) = (((at % width) as f32 + 0.5) * sx, ((at / width) as f32 + 0.5) * sy);
            // Neighbouring repeats reach into this one.
            let near = [-1.0, 0.0, 1.0].map(|k| k * size[0]).into_iter();
            let depth = near.flat_map(|dx| [-1.0, 0.0, 1.0].map(|k| (dx, k * size[1])));
            let depth = depth.flat_map(|(dx, dy)| shapes.iter().map(move |shape| shape.depth(x + dx, y + dy)));
            *out = (depth.fold(f32::MIN, f32::max) / sx.max(sy) + 0.5).clamp(0.0, 1.0);
        }
        Self { width, height, cover }
    }

    /// How much of the pixel at `x`, `y` the pattern covers, 0 to 1.
    pub fn at(&self, x: usize, y: usize) -> f32 {
        self.cover[(y % self.height) * self.width + x % self.width]
    }
}

const CHEVRONS: [Shape; 4] = [
    Line(2.0, 14.0, 11.0, 5.0, 2.2),
    Line(11.0, 5.0, 20.0, 14.0, 2.2),
    Line(20.0, 26.0, 29.0, 17.0, 2.2),
    Line(29.0, 17.0, 38.0, 26.0, 2.2),
];
const CROSSES: [Shape; 4] = [
    Line(8.0, 4.0, 8.0, 12.0, 2.2),
    Line(4.0, 8.0, 12.0, 8.0, 2.2),
    Line(25.0, 21.0, 25.0, 29.0, 2.2),
    Line(21.0, 25.0, 29.0, 25.0, 2.2),
];
/// Two rows of a wave made of short lines.
const WAVES: [Shape; 16] = {
    let steps = [
        (0.0, 0.0),
        (6.0, -3.4),
        (12.0, -4.2),
        (18.0, -3.4),
        (24.0, 0.0),
        (30.0, 3.4),
        (36.0, 4.2),
        (42.0, 3.4),
        (48.0, 0.0),
    ];
    let mut out = [Line(0.0, 0.0, 0.0, 0.0, 0.0); 16];
    let mut i = 0;
    while i < 8 {
        let ((x0, y0), (x1, y1)) = (steps[i], steps[i + 1]);
        out[i] = Line(x0, y0 + 6.0, x1, y1 + 6.0, 2.0);
        out[i + 8] = Line(x0, y0 + 18.0, x1, y1 + 18.0, 2.0);
        i += 1;
    }
    out
};
/// Small peaks: outlines thick enough to close.
const PEAKS: [Shape; 8] = [
    Line(7.0, 13.0, 12.0, 5.0, 2.4),
    Line(12.0, 5.0, 17.0, 13.0, 2.4),
    Line(7.0, 13.0, 17.0, 13.0, 2.4),
    Line(12.0, 8.0, 12.0, 12.0, 5.0),
    Line(27.0, 30.0, 32.0, 22.0, 2.4),
    Line(32.0, 22.0, 37.0, 30.0, 2.4),
    Line(27.0, 30.0, 37.0, 30.0, 2.4),
    Line(32.0, 25.0, 32.0, 29.0, 5.0),
];
const SLANTS: [Shape; 1] = [Line(-26.0, 52.0, 52.0, -26.0, 2.2)];
