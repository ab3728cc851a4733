//! Packs every sprite into one picture and lists them.

use crate::{
    Result,
    image::Image,
    manifest::{self, Manifest, Sprite},
    render::{self, Drawn, PX_PER_UNIT},
    source::{self, Symbol},
};
use etagere::{AtlasAllocator, size2};
use resvg::usvg;
use std::{collections::BTreeMap, fs, path::Path};

/// The widest and highest texture that every WebGL2 device takes.
const MAX_SIDE: usize = 2048;
/// The edge is repeated this many pixels outward, so that filtering never reads a neighbour.
const EXTRUDE: usize = 1;
/// Empty pixels between the extruded edges.
const GAP: usize = 1;
/// How far pixels may differ in `check`.
const SLACK: u8 = 3;

/// Draws, packs and writes the atlas and its manifest.
pub fn write(assets: &Path) -> Result<()> {
    let (image, manifest) = build(assets)?;
    image.write(&assets.join("sprites/board.png"))?;
    fs::write(assets.join("sprites/board.json"), manifest.text()?)?;
    println!("{} sprites", manifest.sprites.len());
    Ok(())
}

/// Fails where the committed atlas or manifest is not what the sources give.
pub fn check(assets: &Path) -> Result<()> {
    let (image, manifest) = build(assets)?;
    if Manifest::read(&assets.join("sprites/board.json"))? != manifest {
        return Err("assets/sprites/board.json differs from its sources; run `cargo xtask assets`".into());
    }
    if !Image::read(&assets.join("sprites/board.png"))?.looks_like(&image, SLACK) {
        return Err("assets/sprites/board.png differs from its sources; run `cargo xtask assets`".into());
    }
    Ok(())
}

/// Draws and packs everything without writing.
fn build(assets: &Path) -> Result<(Image, Manifest)> {
    let symbols = source::read_folder(&assets.join("src"))?;
    let options = usvg::Options::default();
    let drawn: Result<Vec<Drawn>> = symbols.iter().map(|symbol| render::symbol(symbol, &options)).collect();
    let drawn = drawn?;
    let (height, places) = pack(&symbols, &drawn)?;
    let mut image = Image::new(MAX_SIDE, height);
    let mut sprites = BTreeMap::new();
    for ((symbol, drawn), (x, y)) in symbols.iter().zip(&drawn).zip(places) {
        blit(&mut image, &drawn.image, x, y);
        let (anchor, more) = manifest::points(symbol, drawn.origin, drawn.scale)?;
        let sprite = Sprite { x, y, w: drawn.image.width, h: drawn.image.height, anchor, more };
        if sprites.insert(symbol.name.clone(), sprite).is_some() {
            return Err(format!("two symbols are called {}", symbol.name).into());
        }
    }
    let px_per_cell = (PX_PER_UNIT * 40.0) as u32;
    Ok((image, Manifest { format: 1, width: MAX_SIDE, height, px_per_cell, sprites }))
}

/// The atlas's height and each sprite's top left corner, in the order of `symbols`.
fn pack(symbols: &[Symbol], drawn: &[Drawn]) -> Result<(usize, Vec<(usize, usize)>)> {
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    // Tall ones first; the name settles ties, so the result does not depend on the order of files.
    order.sort_by_key(|&i| (usize::MAX - drawn[i].image.height, usize::MAX - drawn[i].image.width, &symbols[i].name));
    let rim = EXTRUDE * 2 + GAP;
    let side = |pixels: usize| i32::try_from(pixels + rim);
    'height: for height in (128..=MAX_SIDE).step_by(64) {
        let mut allocator = AtlasAllocator::new(size2(MAX_SIDE as i32, i32::try_from(height)?));
        let mut places = vec![(0, 0); drawn.len()];
        for &i in &order {
            let size = size2(side(drawn[i].image.width)?, side(drawn[i].image.height)?);
            let Some(place) = allocator.allocate(size) else {
                continue 'height;
            };
            let corner = place.rectangle.min;
            places[i] = (usize::try_from(corner.x)? + EXTRUDE, usize::try_from(corner.y)? + EXTRUDE);
        }
        return Ok((height, places));
    }
    Err(format!("the sprites do not fit {MAX_SIDE} x {MAX_SIDE} pixels").into())
}

/// Copies a sprite and repeats its edge outward.
fn blit(atlas: &mut Image, sprite: &Image, x: usize, y: usize) {
    let clamp = |at: usize, side: usize| at.saturating_sub(EXTRUDE).min(side - 1);
    for dy in 0..sprite.height + 2 * EXTRUDE {
        for dx in 0..sprite.width + 2 * EXTRUDE {
            let pixel = sprite.get(clamp(dx, sprite.width), clamp(dy, sprite.height));
            atlas.set(x + dx - EXTRUDE, y + dy - EXTRUDE, pixel);
        }
    }
}
