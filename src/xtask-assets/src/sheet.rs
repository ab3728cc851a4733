//! The contact sheet: every sprite of the atlas with its name and anchor, for review.

use crate::{Result, image::Image, label::Labels, manifest::Manifest};
use std::path::Path;

/// The sheet's width in pixels.
const WIDTH: usize = 1800;
/// Pixels between sprites.
const GAP: usize = 14;
/// Height of a name in pixels.
const TEXT: usize = 12;

/// Draws all sprites of the committed atlas into `out`.
pub fn write(assets: &Path, out: &Path) -> Result<()> {
    let manifest = Manifest::read(&assets.join("sprites/board.json"))?;
    let atlas = Image::read(&assets.join("sprites/board.png"))?;
    let labels = Labels::new(assets);
    let (mut x, mut y, mut row) = (GAP, GAP, 0);
    let mut places = Vec::new();
    for (name, sprite) in &manifest.sprites {
        let label = labels.draw(name, TEXT)?;
        let width = sprite.w.max(label.width);
        if x + width + GAP > WIDTH {
            (x, y, row) = (GAP, y + row + GAP, 0);
        }
        places.push((sprite, label, x, y));
        x += width + GAP;
        row = row.max(sprite.h + TEXT * 3 / 2);
    }
    let mut sheet = Image::new(WIDTH, y + row + GAP);
    sheet.rgba.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&[0x1C, 0x16, 0x48, 255]));
    for (sprite, label, x, y) in places {
        let picture = atlas.crop(sprite.x, sprite.y, sprite.w, sprite.h);
        sheet.over(&picture, x as i64, y as i64);
        sheet.over(&label, x as i64, (y + sprite.h) as i64);
        let mut dot = Image::new(3, 3);
        dot.rgba.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&[255, 0, 255, 200]));
        sheet.over(&dot, x as i64 + sprite.anchor[0] as i64 - 1, y as i64 + sprite.anchor[1] as i64 - 1);
    }
    sheet.write(out)
}
