//! Sprites of the atlas for immediate mode: each is cut out once, at the size at which it is shown, with its colours
//! multiplied by how much they cover, as egui wants them.

use crate::atlas::Atlas;
use crate::palette::{self, Theme};
use bevy::prelude::*;
use bevy_egui::egui;
use std::collections::BTreeMap;

/// Most sizes and sprites that are kept; beyond that all are made anew.
const KEPT_MAX: usize = 512;

/// The sprites that were cut out so far.
#[derive(Resource, Default)]
pub struct Icons {
    made: BTreeMap<(String, u32), egui::TextureHandle>,
    theme: Theme,
}

impl Icons {
    /// In other colours every sprite is another one.
    pub fn follow_theme(&mut self) {
        if self.theme != palette::theme() || self.made.len() > KEPT_MAX {
            self.made.clear();
            self.theme = palette::theme();
        }
    }

    /// The sprite of that name, so many pixels high. Nothing until its page has arrived.
    pub fn get(
        &mut self,
        context: &egui::Context,
        (atlas, images): (&Atlas, &Assets<Image>),
        name: &str,
        height_px: u32,
    ) -> Option<egui::TextureHandle> {
        let key = (name.to_owned(), height_px);
        if let Some(made) = self.made.get(&key) {
            return Some(made.clone());
        }
        let (handle, part) = atlas.place(name)?;
        let image = images.get(&handle)?;
        let cut = cut(image, part, height_px.max(1))?;
        let texture = context.load_texture(format!("{name} {height_px}"), cut, egui::TextureOptions::LINEAR);
        self.made.insert(key, texture.clone());
        Some(texture)
    }
}

/// A part of an image at another height: each pixel is the mean of those that it covers, by how much each of them covers.
fn cut(image: &Image, part: Rect, height: u32) -> Option<egui::ColorImage> {
    let data = image.data.as_ref()?;
    let stride = image.width() as usize;
    let (left, top) = (part.min.x as usize, part.min.y as usize);
    let (wide, high) = (part.width() as usize, part.height() as usize);
    if wide == 0 || high == 0 || data.len() < (top + high) * stride * 4 {
        return None;
    }
    let height = height as usize;
    let width = (height * wide).div_ceil(high).max(1);
    let mut pixels = Vec::with_capacity(width * height);
    for y in 0..height {
        let rows = span(y, height, high);
        for x in 0..width {
            let columns = span(x, width, wide);
            let mut sum = [0_u32; 4];
            let mut count = 0;
            for row in rows.clone() {
                for column in columns.clone() {
                    let at = ((top + row) * stride + left + column) * 4;
                    let alpha = u32::from(data[at + 3]);
                    (0..3).for_each(|i| sum[i] += u32::from(data[at + i]) * alpha);
                    sum[3] += alpha;
                    count += 1;
                }
            }
            let [r, g, b] = [0, 1, 2].map(|i| (sum[i] / sum[3].max(1)) as u8);
            pixels.push(egui::Color32::from_rgba_unmultiplied(r, g, b, (sum[3] / count.max(1)) as u8));
        }
    }
    Some(egui::ColorImage::new([width, height], pixels))
}

/// The source pixels that the `n`-th of `of` covers, of `whole`; at least one.
fn span(n: usize, of: usize, whole: usize) -> std::ops::Range<usize> {
    let from = (n * whole / of).min(whole - 1);
    from..((n + 1) * whole / of).clamp(from + 1, whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::asset::RenderAssetUsages;
    use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

    #[test]
    fn a_smaller_copy_has_the_mean_of_what_covers_and_nothing_of_what_does_not() {
        let size = Extent3d { width: 4, height: 2, depth_or_array_layers: 1 };
        // Left: opaque red above, transparent white below. Right: opaque blue.
        let mut data = Vec::new();
        for (left, right) in [([255, 0, 0, 255], [0, 0, 255, 255]), ([255, 255, 255, 0], [0, 0, 255, 255])] {
            [left, left, right, right].iter().for_each(|pixel| data.extend(pixel));
        }
        let format = TextureFormat::Rgba8UnormSrgb;
        let image = Image::new(size, TextureDimension::D2, data, format, RenderAssetUsages::default());
        let cut = cut(&image, Rect::new(0.0, 0.0, 4.0, 2.0), 1).unwrap();
        assert_eq!(cut.size, [2, 1]);
        let [r, g, b, a] = cut.pixels[0].to_array();
        assert!((126..=128).contains(&a) && g == 0 && b == 0 && (120..=136).contains(&r), "{:?}", cut.pixels);
        assert_eq!(cut.pixels[1], egui::Color32::from_rgb(0, 0, 255));
    }
}
