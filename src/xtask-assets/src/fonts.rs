//! Unpacks the fonts of the npm packages: WOFF2 to TTF, with their licences beside them.
//!
//! The text font's digits are made equally wide: counters and clocks must not jitter, and the packages carry no
//! tabular figures.

mod tabular;

use crate::Result;
use std::{fs, path::Path};

/// The package whose font shows numbers that change.
const TEXT: &str = "lexend";
/// Package, the stem of its file, and the name in `assets/fonts`.
const FONTS: [(&str, &str, &str); 3] = [
    ("lexend", "lexend-latin-400-normal", "lexend-400"),
    ("lexend", "lexend-latin-600-normal", "lexend-600"),
    ("league-spartan", "league-spartan-latin-800-normal", "league-spartan-800"),
];

/// Reads `packages/@fontsource/…` (or `packages/node_modules/@fontsource/…`) and writes `assets/fonts`.
pub fn write(packages: &Path, assets: &Path) -> Result<()> {
    let modules = packages.join("node_modules");
    let scope = if modules.is_dir() { modules } else { packages.to_owned() }.join("@fontsource");
    let folder = assets.join("fonts");
    fs::create_dir_all(&folder)?;
    for (package, stem, name) in FONTS {
        let source = scope.join(package).join("files").join(format!("{stem}.woff2"));
        let packed = fs::read(&source).map_err(|e| format!("{}: {e}", source.display()))?;
        let font = wuff::decompress_woff2(&packed).map_err(|e| format!("{stem}: {e:?}"))?;
        let font = match package {
            TEXT => tabular::digits(font).ok_or_else(|| format!("{stem}: no plain digits"))?,
            _ => font,
        };
        fs::write(folder.join(format!("{name}.ttf")), &font)?;
        fs::copy(scope.join(package).join("LICENSE"), folder.join(format!("{package}-OFL.txt")))?;
        println!("{name}.ttf: {} KiB", font.len().div_ceil(1024));
    }
    Ok(())
}
