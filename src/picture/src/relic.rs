//! A few things that sank into the ground long ago: flat silhouettes, only where there is rock all around.

use crate::{
    CELL, Canvas, Cell, Ground,
    colour::{BLACK, Colour, mix, rgb},
    noise::hash,
    stamp::Shape::{self, Block, Disc, Line, Ring},
    strata::{COLOURS, Strata},
};

/// One relic may lie in every block of this many cells.
const BLOCK: [usize; 2] = [8, 6];
/// Outline shapes and the shapes cut into them, in units around the middle.
type Drawing = (&'static [Shape], &'static [Shape]);

const FLOPPY: Drawing =
    (&[Block(-14.0, -14.0, 28.0, 28.0, 3.0)], &[Block(-7.0, -14.0, 8.0, 9.0, 1.0), Block(-9.0, 0.0, 18.0, 14.0, 1.0)]);
const REEL: Drawing =
    (&[Disc(0.0, 0.0, 17.0)], &[Disc(8.2, 4.8, 4.6), Disc(-8.2, 4.8, 4.6), Disc(0.0, -9.5, 4.6), Disc(0.0, 0.0, 2.6)]);
const CARD: Drawing = (
    &[Block(-20.0, -12.0, 40.0, 24.0, 2.0)],
    &[
        Block(-16.0, -7.0, 2.6, 3.8, 0.0),
        Block(-11.0, -2.0, 2.6, 3.8, 0.0),
        Block(-6.0, 3.0, 2.6, 3.8, 0.0),
        Block(-1.0, -7.0, 2.6, 3.8, 0.0),
        Block(4.0, -2.0, 2.6, 3.8, 0.0),
        Block(9.0, 3.0, 2.6, 3.8, 0.0),
        Block(14.0, -7.0, 2.6, 3.8, 0.0),
    ],
);
const SHELL: Drawing = (&[Ring(0.0, 0.0, 14.0, 5.0), Ring(-3.0, 2.0, 6.6, 4.4), Line(9.0, 11.0, 14.0, 14.0, 5.0)], &[]);
const BONE: Drawing = (
    &[
        Line(-13.0, 0.0, 13.0, 0.0, 6.0),
        Disc(-15.0, -4.0, 5.0),
        Disc(-15.0, 4.0, 5.0),
        Disc(15.0, -4.0, 5.0),
        Disc(15.0, 4.0, 5.0),
    ],
    &[],
);
const SCREEN: Drawing = (
    &[Block(-17.0, -14.0, 34.0, 26.0, 5.0), Block(-9.0, 13.0, 18.0, 4.0, 2.0)],
    &[Block(-12.0, -9.5, 24.0, 16.0, 3.0)],
);
const CHIP: Drawing = (
    &[
        Block(-12.0, -12.0, 24.0, 24.0, 2.0),
        Block(-17.0, -8.0, 34.0, 3.0, 1.0),
        Block(-17.0, -1.5, 34.0, 3.0, 1.0),
        Block(-17.0, 5.0, 34.0, 3.0, 1.0),
    ],
    &[Block(-6.5, -6.5, 13.0, 13.0, 2.0)],
);
const KEYS: Drawing = (
    &[
        Block(-18.0, -5.0, 8.0, 8.0, 2.0),
        Block(-8.0, -5.0, 8.0, 8.0, 2.0),
        Block(2.0, -5.0, 8.0, 8.0, 2.0),
        Block(12.0, -5.0, 8.0, 8.0, 2.0),
        Block(-18.0, 5.0, 38.0, 6.0, 2.0),
    ],
    &[],
);
const ALL: [Drawing; 8] = [FLOPPY, REEL, CARD, SHELL, BONE, SCREEN, CHIP, KEYS];
/// Cosine and sine of the ways a relic may lie.
const TURNS: [[f32; 2]; 5] = [[1.0, 0.0], [0.9613, -0.2756], [0.9903, 0.1392], [0.9613, 0.2756], [0.7660, -0.6428]];

/// Draws the relics onto the rock.
pub fn bury(map: &Ground, canvas: &Canvas, strata: &Strata, rock: &mut [Colour]) {
    let (columns, rows) = map.painted_size();
    let mut last = ALL.len();
    for by in 0..rows.div_ceil(BLOCK[1]) {
        for bx in 0..columns.div_ceil(BLOCK[0]) {
            let dice = hash(bx as u32, by as u32, 71);
            let column = bx * BLOCK[0] + (dice & 0xFF) as usize % BLOCK[0];
            let row = by * BLOCK[1] + (dice >> 8 & 0xFF) as usize % BLOCK[1];
            let solid = |dx: isize, dy: isize| map.painted(column as isize + dx, row as isize + dy) == Cell::Rock;
            if column >= columns || row >= rows || !(-1..=1).all(|dx| (-1..=1).all(|dy| solid(dx, dy))) {
                continue;
            }
            let mut kind = (dice >> 16 & 0xFF) as usize % ALL.len();
            if kind == last {
                kind = (kind + 3) % ALL.len();
            }
            last = kind;
            let turn = TURNS[(dice >> 24) as usize % TURNS.len()];
            let middle = [(column as f32 + 0.5) * CELL, (row as f32 + 0.5) * CELL];
            let size = 0.9 + (dice >> 12 & 3) as f32 * 0.12;
            stamp(canvas, strata, rock, ALL[kind], middle, turn, size);
        }
    }
}

fn stamp(
    canvas: &Canvas,
    strata: &Strata,
    rock: &mut [Colour],
    drawing: Drawing,
    middle: [f32; 2],
    turn: [f32; 2],
    size: f32,
) {
    let reach = 26.0 * size;
    let pixels = |from: f32, side: usize| {
        let low = ((from - reach) * canvas.scale).max(0.0) as usize;
        low..(((from + reach) * canvas.scale) as usize + 1).min(side)
    };
    let band = strata.band(((middle[0] * canvas.scale) as usize).min(canvas.width - 1), middle[1]);
    let body = mix(COLOURS[band], rgb(0x9A86C8), 0.30);
    for y in pixels(middle[1], canvas.height) {
        for x in pixels(middle[0], canvas.width) {
            let (dx, dy) = ((canvas.unit(x) - middle[0]) / size, (canvas.unit(y) - middle[1]) / size);
            let (px, py) = (dx * turn[0] + dy * turn[1], dy * turn[0] - dx * turn[1]);
            let depth = |shapes: &[Shape]| shapes.iter().map(|shape| shape.depth(px, py)).fold(f32::MIN, f32::max);
            let cover = canvas.cover(depth(drawing.0) * size);
            if cover > 0.0 {
                let cut = canvas.cover(depth(drawing.1) * size);
                let pixel = &mut rock[y * canvas.width + x];
                *pixel = mix(*pixel, mix(body, BLACK, 0.28 * cut), cover * 0.85);
            }
        }
    }
}
