//! Packs the sprites into one picture a page and lists them.

use crate::{
    Result,
    image::Image,
    manifest::{self, Manifest, Sprite},
    render::{self, Drawn, PX_PER_UNIT},
    source::{self, Symbol},
};
use etagere::{AtlasAllocator, size2};
use resvg::usvg;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The widest and highest texture that every WebGL2 device takes.
const MAX_SIDE: usize = 2048;
/// The edge is repeated this many pixels outward, so that filtering never reads a neighbour.
const EXTRUDE: usize = 1;
/// Empty pixels between the extruded edges.
const GAP: usize = 1;
/// How far pixels may differ in `check`.
const SLACK: u8 = 3;

/// One page of the atlas: `sprites/{name}.png` and `sprites/{name}.json`.
pub struct Page {
    /// The page's name.
    pub name: String,
    /// Its pixels.
    pub image: Image,
    /// Where each sprite lies in them.
    pub manifest: Manifest,
}

/// Draws, packs and writes every page of the atlas with its manifest.
pub fn write(assets: &Path) -> Result<()> {
    for Page { name, image, manifest } in build(assets)? {
        image.write(&assets.join(format!("sprites/{name}.png")))?;
        fs::write(assets.join(format!("sprites/{name}.json")), manifest.text()?)?;
        println!("{name}: {} sprites", manifest.sprites.len());
    }
    Ok(())
}

/// Fails where a committed page or manifest is not what the sources give.
pub fn check(assets: &Path) -> Result<()> {
    for Page { name, image, manifest } in build(assets)? {
        if Manifest::read(&assets.join(format!("sprites/{name}.json")))? != manifest {
            return Err(format!("assets/sprites/{name}.json differs from its sources; run `cargo xtask assets`").into());
        }
        if !Image::read(&assets.join(format!("sprites/{name}.png")))?.looks_like(&image, SLACK) {
            return Err(format!("assets/sprites/{name}.png differs from its sources; run `cargo xtask assets`").into());
        }
    }
    Ok(())
}

/// Draws and packs everything without writing, page by page in the order of their names.
pub fn build(assets: &Path) -> Result<Vec<Page>> {
    let mut pages: BTreeMap<String, Vec<Symbol>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    for symbol in source::read_folder(&assets.join("src"))? {
        if !names.insert(symbol.name.clone()) {
            return Err(format!("two symbols are called {}", symbol.name).into());
        }
        pages.entry(symbol.page.clone()).or_default().push(symbol);
    }
    pages.into_iter().map(|(name, symbols)| page(name, &symbols)).collect()
}

/// The committed pages, in the order of their names.
pub fn read(assets: &Path) -> Result<Vec<Page>> {
    let folder = assets.join("sprites");
    let mut paths: Vec<_> = fs::read_dir(&folder)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    paths.sort();
    let page = |path: &PathBuf| -> Result<Page> {
        let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let image = Image::read(&path.with_extension("png"))?;
        Ok(Page { name, image, manifest: Manifest::read(path)? })
    };
    paths.iter().map(page).collect()
}

/// The pixels of a sprite, whatever page it lies on.
pub fn picture<'p>(pages: &'p [Page], name: &str) -> Option<(&'p Sprite, Image)> {
    pages.iter().find_map(|page| {
        let sprite = page.manifest.sprites.get(name)?;
        Some((sprite, page.image.crop(sprite.x, sprite.y, sprite.w, sprite.h)))
    })
}

/// Draws and packs the symbols of one page.
fn page(name: String, symbols: &[Symbol]) -> Result<Page> {
    let options = usvg::Options::default();
    let drawn: Result<Vec<Drawn>> = symbols.iter().map(|symbol| render::symbol(symbol, &options)).collect();
    let drawn = drawn?;
    let (height, places) = pack(symbols, &drawn).map_err(|e| format!("{name}: {e}"))?;
    let mut image = Image::new(MAX_SIDE, height);
    let mut sprites = BTreeMap::new();
    for ((symbol, drawn), (x, y)) in symbols.iter().zip(&drawn).zip(places) {
        blit(&mut image, &drawn.image, x, y);
        let (anchor, more) = manifest::points(symbol, drawn.origin, drawn.scale)?;
        let sprite = Sprite { x, y, w: drawn.image.width, h: drawn.image.height, anchor, more };
        sprites.insert(symbol.name.clone(), sprite);
    }
    let px_per_cell = (PX_PER_UNIT * 40.0) as u32;
    Ok(Page { name, image, manifest: Manifest { format: 1, width: MAX_SIDE, height, px_per_cell, sprites } })
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
