//! What the painted terrain promises.

use crate::{Cell, Ground, MAX_SIDE, PaintError, Rgba, paint_terrain, strata::COLOURS};

/// Three rows of sky, then rock with a room, a shaft up to the sky and a side gallery.
fn sample() -> Ground {
    let rows = [
        "............",
        "............",
        "###  #######",
        "###  #######",
        "###      ###",
        "####     ###",
        "############",
        "############",
    ];
    let cell = |c| match c {
        '.' => Cell::Sky,
        ' ' => Cell::Tunnel,
        _ => Cell::Rock,
    };
    let cells = rows.iter().flat_map(|row| row.chars().map(cell)).collect();
    Ground::new(12, rows.len(), cells)
}

fn pixel(picture: &Rgba, px: usize, column: f32, row: f32) -> [u8; 4] {
    let (x, y) = ((column * px as f32) as usize, (row * px as f32) as usize);
    let at = (y * picture.width + x) * 4;
    picture.pixels[at..at + 4].try_into().unwrap()
}

fn light(pixel: [u8; 4]) -> u32 {
    pixel[..3].iter().map(|channel| u32::from(*channel)).sum()
}

#[test]
fn tunnels_are_darker_than_rock_and_sky_is_clear() {
    let picture = paint_terrain(&sample(), 32).unwrap();
    assert_eq!((picture.width, picture.height), (12 * 32, 8 * 32));
    for row in 0..2 {
        assert_eq!(pixel(&picture, 32, 5.5, row as f32 + 0.5)[3], 0);
    }
    let (void, rock) = (pixel(&picture, 32, 6.0, 5.0), pixel(&picture, 32, 10.5, 5.0));
    assert_eq!((void[3], rock[3]), (255, 255));
    assert!(light(void) < 160, "{void:?}");
    assert!(light(rock) > light(void) + 60, "{rock:?} {void:?}");
}

#[test]
fn deep_rock_has_the_colours_of_the_strata() {
    let picture = paint_terrain(&Ground::new(9, 20, vec![Cell::Rock; 180]), 16).unwrap();
    for row in 6..20 {
        let [r, g, b, _] = pixel(&picture, 16, 4.5, row as f32 + 0.5);
        let near = |band: &[f32; 3]| {
            (f32::from(r) - band[0]).abs() + (f32::from(g) - band[1]).abs() + (f32::from(b) - band[2]).abs()
        };
        let nearest = COLOURS.iter().map(near).fold(f32::MAX, f32::min);
        assert!(nearest < 130.0, "row {row}: {r} {g} {b}");
    }
}

#[test]
fn corners_are_round_both_ways() {
    let picture = paint_terrain(&sample(), 40).unwrap();
    // The convex corner at the room's right end is rock, the concave one under the shaft is carved.
    assert!(light(pixel(&picture, 40, 8.95, 5.95)) > light(pixel(&picture, 40, 8.5, 5.5)) + 60);
    assert!(light(pixel(&picture, 40, 5.03, 3.97)) < 200);
}

#[test]
fn the_same_map_gives_the_same_pixels() {
    let fnv = |picture: &Rgba| {
        picture.pixels.iter().fold(0xCBF2_9CE4_8422_2325_u64, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01B3))
    };
    let picture = paint_terrain(&sample().with_margin(2), 16).unwrap();
    assert_eq!(picture, paint_terrain(&sample().with_margin(2), 16).unwrap());
    assert_eq!(fnv(&picture), HASH, "the picture changed: look at the example's output, then update the hash");
}

/// What [`sample`] looks like, as a number.
const HASH: u64 = 304578849537286801;

#[test]
fn tiny_and_empty_maps_are_painted() {
    for cell in [Cell::Sky, Cell::Rock, Cell::Tunnel] {
        for margin in [0, 1] {
            for px in [1, 2, 32] {
                let picture = paint_terrain(&Ground::new(1, 1, vec![cell]).with_margin(margin), px).unwrap();
                assert_eq!(picture.pixels.len(), picture.width * picture.height * 4);
            }
        }
    }
    assert_eq!(paint_terrain(&Ground::new(0, 0, vec![]).with_margin(3), 32).unwrap().pixels.len(), 0);
    assert_eq!(paint_terrain(&Ground::new(2, 1, vec![Cell::Rock; 2]), 0).unwrap().width, 0);
}

#[test]
fn what_cannot_be_painted_is_refused() {
    let short = Ground::new(2, 2, vec![Cell::Rock]);
    assert_eq!(paint_terrain(&short, 32), Err(PaintError::CellCount { expected: 4, found: 1 }));
    let wide = Ground::new(MAX_SIDE, 1, vec![Cell::Rock; MAX_SIDE]);
    assert_eq!(paint_terrain(&wide, 2), Err(PaintError::TooLarge));
    assert_eq!(
        paint_terrain(&Ground::new(1, 1, vec![Cell::Rock]).with_margin(usize::MAX), 1),
        Err(PaintError::TooLarge)
    );
}
