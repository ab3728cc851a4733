//! Rasterises SVG documents and prepares the pixels for the graphics processor.

use crate::{Result, image::Image, source::Symbol};
use resvg::{tiny_skia, usvg};

/// Pixels per unit of the sources: 80 pixels per cell of 40 units.
pub const PX_PER_UNIT: f32 = 2.0;

/// How many pixels of transparent margin keep a sprite's edge smooth when it is scaled.
const MARGIN: usize = 1;

/// A rasterised symbol, cut to what is visible.
pub struct Drawn {
    /// The pixels.
    pub image: Image,
    /// Where the symbol's unit origin lies, in pixels from the picture's top left corner.
    pub origin: [f32; 2],
    /// Pixels per unit of this symbol.
    pub scale: f32,
}

/// Rasterises an SVG document `scale` pixels per unit.
pub fn document(svg: &str, scale: f32, options: &usvg::Options) -> Result<Image> {
    let tree = usvg::Tree::from_str(svg, options)?;
    let (width, height) = ((tree.size().width() * scale).ceil() as u32, (tree.size().height() * scale).ceil() as u32);
    let mut pixmap = tiny_skia::Pixmap::new(width, height).ok_or("empty picture")?;
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    let mut image = Image::new(width as usize, height as usize);
    for (out, pixel) in image.rgba.chunks_exact_mut(4).zip(pixmap.pixels()) {
        let c = pixel.demultiply();
        out.copy_from_slice(&[c.red(), c.green(), c.blue(), c.alpha()]);
    }
    Ok(image)
}

/// Rasterises a symbol, trims it and bleeds its colours into the transparent rim.
pub fn symbol(symbol: &Symbol, options: &usvg::Options) -> Result<Drawn> {
    let scale = PX_PER_UNIT * symbol.scale;
    let image = document(&symbol.document, scale, options).map_err(|e| format!("{}: {e}", symbol.name))?;
    let [x, y, w, h] = visible(&image).ok_or_else(|| format!("{}: nothing visible", symbol.name))?;
    let mut cut = Image::new(w + 2 * MARGIN, h + 2 * MARGIN);
    cut.over(&image.crop(x, y, w, h), MARGIN as i64, MARGIN as i64);
    bleed(&mut cut);
    let left = -symbol.view[0] * scale - x as f32 + MARGIN as f32;
    let top = -symbol.view[1] * scale - y as f32 + MARGIN as f32;
    Ok(Drawn { image: cut, origin: [left, top], scale })
}

/// The smallest rectangle that holds every pixel that is not transparent.
fn visible(image: &Image) -> Option<[usize; 4]> {
    let seen = |x: usize, y: usize| image.get(x, y)[3] > 0;
    let top = (0..image.height).find(|&y| (0..image.width).any(|x| seen(x, y)))?;
    let bottom = (0..image.height).rev().find(|&y| (0..image.width).any(|x| seen(x, y)))?;
    let left = (0..image.width).find(|&x| (top..=bottom).any(|y| seen(x, y)))?;
    let right = (0..image.width).rev().find(|&x| (top..=bottom).any(|y| seen(x, y)))?;
    Some([left, top, right - left + 1, bottom - top + 1])
}

/// Gives transparent pixels beside visible ones their colour, so that filtering draws no dark rim.
fn bleed(image: &mut Image) {
    for _ in 0..2 {
        let before = image.clone();
        let empty = |x: usize, y: usize| before.get(x, y) == [0; 4];
        for y in 0..image.height {
            for x in 0..image.width {
                if !empty(x, y) {
                    continue;
                }
                let (mut sum, mut count) = ([0u32; 3], 0);
                for ny in y.saturating_sub(1)..(y + 2).min(image.height) {
                    for nx in x.saturating_sub(1)..(x + 2).min(image.width) {
                        if !empty(nx, ny) {
                            let pixel = before.get(nx, ny);
                            (0..3).for_each(|i| sum[i] += u32::from(pixel[i]));
                            count += 1;
                        }
                    }
                }
                if count > 0 {
                    let mean = sum.map(|channel| (channel / count) as u8);
                    image.set(x, y, [mean[0], mean[1], mean[2], 0]);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{PX_PER_UNIT, bleed, document, visible};
    use crate::image::Image;
    use crate::source;
    use resvg::usvg;
    use std::path::Path;

    /// Tiles that lie side by side: they are meant to reach their edges.
    const TILES: [&str; 4] = ["rapids-top", "rapids-body", "rapids-bed", "quorum-screw"];
    /// How opaque a pixel may be where a picture ends: less than the eye sees of a glow.
    const FAINT: u8 = 16;

    #[test]
    fn trimming_and_bleeding_keep_what_is_visible() {
        let mut image = Image::new(5, 4);
        image.set(2, 1, [9, 8, 7, 255]);
        assert_eq!(visible(&image), Some([2, 1, 1, 1]));
        bleed(&mut image);
        assert_eq!(image.get(2, 1), [9, 8, 7, 255]);
        assert_eq!(image.get(1, 1), [9, 8, 7, 0]);
        assert_eq!(visible(&image), Some([2, 1, 1, 1]));
    }

    #[test]
    fn no_character_is_cut_by_the_edge_of_its_picture() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/src");
        let options = usvg::Options::default();
        let symbols = source::read_folder(&folder).unwrap();
        let is_tile = |name: &str| TILES.iter().any(|tile| name.starts_with(tile));
        let characters = symbols.iter().filter(|symbol| symbol.page == "characters" && !is_tile(&symbol.name));
        let mut seen = 0;
        let mut cut = Vec::new();
        for symbol in characters {
            seen += 1;
            let image = document(&symbol.document, PX_PER_UNIT, &options).unwrap();
            let (right, bottom) = (image.width - 1, image.height - 1);
            let edges = [
                ("left", (0..=bottom).map(|y| (0, y)).collect::<Vec<_>>()),
                ("right", (0..=bottom).map(|y| (right, y)).collect()),
                ("top", (0..=right).map(|x| (x, 0)).collect()),
                ("bottom", (0..=right).map(|x| (x, bottom)).collect()),
            ];
            for (edge, pixels) in edges {
                if pixels.iter().any(|&(x, y)| image.get(x, y)[3] > FAINT) {
                    cut.push(format!("{} at the {edge}", symbol.name));
                }
            }
        }
        assert!(seen > 40, "{seen} characters");
        assert!(cut.is_empty(), "widen the viewBox of {cut:#?}");
    }
}
