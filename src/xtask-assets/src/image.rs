//! Pictures in memory and on disk: straight-alpha RGBA, 8 bits a channel.

use crate::Result;
use std::{fs, io::Cursor, path::Path};

/// A picture with straight (not premultiplied) alpha.
#[derive(Clone, PartialEq, Eq)]
pub struct Image {
    /// Width in pixels.
    pub width: usize,
    /// Height in pixels.
    pub height: usize,
    /// Rows from the top, four bytes a pixel.
    pub rgba: Vec<u8>,
}

impl Image {
    /// A fully transparent picture.
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, rgba: vec![0; width * height * 4] }
    }

    /// The pixel at `x`, `y`.
    pub fn get(&self, x: usize, y: usize) -> [u8; 4] {
        let at = (y * self.width + x) * 4;
        [self.rgba[at], self.rgba[at + 1], self.rgba[at + 2], self.rgba[at + 3]]
    }

    /// Replaces the pixel at `x`, `y`.
    pub fn set(&mut self, x: usize, y: usize, pixel: [u8; 4]) {
        let at = (y * self.width + x) * 4;
        self.rgba[at..at + 4].copy_from_slice(&pixel);
    }

    /// The part of `size` pixels whose top left corner is `x`, `y`.
    pub fn crop(&self, x: usize, y: usize, width: usize, height: usize) -> Self {
        let mut out = Self::new(width, height);
        for row in 0..height {
            let from = ((y + row) * self.width + x) * 4;
            out.rgba[row * width * 4..(row + 1) * width * 4].copy_from_slice(&self.rgba[from..from + width * 4]);
        }
        out
    }

    /// Draws `other` over this picture with its top left corner at `x`, `y`; what falls outside is lost.
    pub fn over(&mut self, other: &Self, x: i64, y: i64) {
        for oy in 0..other.height {
            for ox in 0..other.width {
                let (Ok(tx), Ok(ty)) = (usize::try_from(x + ox as i64), usize::try_from(y + oy as i64)) else {
                    continue;
                };
                if tx < self.width && ty < self.height {
                    let mixed = blend(self.get(tx, ty), other.get(ox, oy));
                    self.set(tx, ty, mixed);
                }
            }
        }
    }

    /// This picture, made smaller so that neither side is longer than `side`; never larger.
    pub fn fitted(&self, side: usize) -> Self {
        let longest = self.width.max(self.height);
        if longest <= side {
            return self.clone();
        }
        let shrink = |length: usize| (length * side).div_ceil(longest).max(1);
        let mut out = Self::new(shrink(self.width), shrink(self.height));
        let step = [self.width as f32 / out.width as f32, self.height as f32 / out.height as f32];
        for y in 0..out.height {
            for x in 0..out.width {
                let mean = self.mean([x as f32 * step[0], y as f32 * step[1]], step);
                out.set(x, y, mean);
            }
        }
        out
    }

    /// The mean of the pixels in a rectangle, weighted by how much of each it covers and how opaque it is.
    fn mean(&self, [left, top]: [f32; 2], [width, height]: [f32; 2]) -> [u8; 4] {
        let (right, bottom) = (left + width, top + height);
        let (mut colour, mut alpha, mut area) = ([0.0; 3], 0.0, 0.0);
        for y in top as usize..(bottom.ceil() as usize).min(self.height) {
            for x in left as usize..(right.ceil() as usize).min(self.width) {
                let across = right.min(x as f32 + 1.0) - left.max(x as f32);
                let down = bottom.min(y as f32 + 1.0) - top.max(y as f32);
                let (part, pixel) = (across * down, self.get(x, y));
                let weight = part * f32::from(pixel[3]);
                (0..3).for_each(|i| colour[i] += weight * f32::from(pixel[i]));
                alpha += weight;
                area += part;
            }
        }
        if alpha <= 0.0 {
            return [0; 4];
        }
        let channel = |i: usize| (colour[i] / alpha).round() as u8;
        [channel(0), channel(1), channel(2), (alpha / area).round() as u8]
    }

    /// Reads a PNG of 8 bits a channel.
    pub fn read(path: &Path) -> Result<Self> {
        let bytes = fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let mut decoder = png::Decoder::new(Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::normalize_to_color8() | png::Transformations::ALPHA);
        let mut reader = decoder.read_info()?;
        let size = reader.output_buffer_size().ok_or("picture too large")?;
        let mut raw = vec![0; size];
        let info = reader.next_frame(&mut raw)?;
        raw.truncate(info.buffer_size());
        let rgba = match info.color_type {
            png::ColorType::Rgba => raw,
            png::ColorType::GrayscaleAlpha => raw.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect(),
            other => return Err(format!("{}: unexpected {other:?}", path.display()).into()),
        };
        Ok(Self { width: info.width as usize, height: info.height as usize, rgba })
    }

    /// The bytes of a PNG, made small without loss.
    pub fn png(&self) -> Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let (width, height) = (u32::try_from(self.width)?, u32::try_from(self.height)?);
        let mut encoder = png::Encoder::new(&mut bytes, width, height);
        encoder.set_color(png::ColorType::Rgba);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.write_header()?.write_image_data(&self.rgba)?;
        Ok(oxipng::optimize_from_memory(&bytes, &oxipng::Options::from_preset(4))?)
    }

    /// Writes a PNG, made small without loss.
    pub fn write(&self, path: &Path) -> Result<()> {
        let small = self.png()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(path, &small).map_err(|e| format!("{}: {e}", path.display()))?;
        println!("{}: {} x {}, {} KiB", path.display(), self.width, self.height, small.len().div_ceil(1024));
        Ok(())
    }

    /// Whether the two show the same, up to `slack` steps in a channel (rounding differs between processors).
    pub fn looks_like(&self, other: &Self, slack: u8) -> bool {
        self.width == other.width
            && self.height == other.height
            && self.rgba.iter().zip(&other.rgba).all(|(a, b)| a.abs_diff(*b) <= slack)
    }
}

/// `top` over `bottom`, both with straight alpha.
fn blend(bottom: [u8; 4], top: [u8; 4]) -> [u8; 4] {
    let (ta, ba) = (f32::from(top[3]) / 255.0, f32::from(bottom[3]) / 255.0);
    let alpha = ta + ba * (1.0 - ta);
    if alpha <= 0.0 {
        return [0; 4];
    }
    let mix = |i: usize| {
        let colour = (f32::from(top[i]) * ta + f32::from(bottom[i]) * ba * (1.0 - ta)) / alpha;
        colour.round() as u8
    };
    [mix(0), mix(1), mix(2), (alpha * 255.0).round() as u8]
}

#[cfg(test)]
mod tests {
    use super::Image;

    #[test]
    fn shrinking_keeps_the_mean_and_ignores_the_colour_of_what_is_transparent() {
        let mut image = Image::new(4, 2);
        (0..2).for_each(|y| (0..2).for_each(|x| image.set(x, y, [200, 100, 0, 255])));
        image.set(2, 0, [0, 0, 255, 0]);
        image.set(2, 1, [10, 20, 30, 255]);
        let small = image.fitted(2);
        assert_eq!((small.width, small.height), (2, 1));
        assert_eq!(small.get(0, 0), [200, 100, 0, 255]);
        assert_eq!(small.get(1, 0), [10, 20, 30, 64]);
        assert!(image.fitted(4) == image, "never enlarged");
    }
}
