//! The large pictures that are no sprites: the sky, the title's logo and scene.

use crate::{Result, image::Image, render};
use resvg::usvg;
use std::{fs, path::Path};

/// Name of source and result, and pixels per unit.
const PICTURES: [(&str, f32); 4] = [("sky", 2.0), ("sky-side", 2.0), ("logo", 1.5), ("title-scene", 1.5)];
/// How far pixels may differ in `check`.
const SLACK: u8 = 3;

/// Draws and writes the backdrops.
pub fn write(assets: &Path) -> Result<()> {
    for (name, scale) in PICTURES {
        draw(assets, name, scale)?.write(&assets.join(format!("backdrop/{name}.png")))?;
    }
    Ok(())
}

/// Fails where a committed backdrop is not what its source gives.
pub fn check(assets: &Path) -> Result<()> {
    for (name, scale) in PICTURES {
        let committed = Image::read(&assets.join(format!("backdrop/{name}.png")))?;
        if !committed.looks_like(&draw(assets, name, scale)?, SLACK) {
            return Err(format!("assets/backdrop/{name}.png differs from its source; run `cargo xtask assets`").into());
        }
    }
    Ok(())
}

fn draw(assets: &Path, name: &str, scale: f32) -> Result<Image> {
    let path = assets.join(format!("src/backdrop/{name}.svg"));
    let svg = fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    render::document(&svg, scale, &usvg::Options::default())
}
