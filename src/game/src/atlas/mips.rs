//! Smaller copies of the atlas's pages, so that sprites stay smooth where the board is shown small, as on a phone.
//!
//! The copies are made once, when a page has arrived: files hold the large one alone.

use super::Atlas;
use bevy::image::{Image, ImageSampler};
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, build);
}

/// Copies beside the page itself, each half as large as the one before. The gap between sprites, 3 pixels, allows no more.
const COPIES: u32 = 2;
/// Bytes of a pixel.
const PIXEL: usize = 4;

/// Before the page is sent to the graphics card for the first time: both happen in the frame in which it arrives.
fn build(atlas: Res<Atlas>, mut images: ResMut<Assets<Image>>, mut done: Local<Vec<AssetId<Image>>>) {
    for page in &atlas.pages {
        let id = page.id();
        if !done.contains(&id)
            && let Some(mut image) = images.get_mut(page)
        {
            done.push(id);
            add(&mut image);
        }
    }
}

/// Gives an image of four bytes a pixel its smaller copies, or makes them anew from the large one. Between two of them
/// it is mixed.
pub fn add(image: &mut Image) {
    let (width, height) = (image.width() as usize, image.height() as usize);
    let whole = width * height * PIXEL;
    let Some(data) = image.data.as_mut().filter(|data| data.len() >= whole && whole > 0) else { return };
    let copies = COPIES.min(width.min(height).ilog2());
    data.truncate(whole);
    let (mut from, mut size) = (0, (width, height));
    for _ in 0..copies {
        let half = halved(&data[from..], size);
        from = data.len();
        size = (size.0 / 2, size.1 / 2);
        data.extend(half);
    }
    image.texture_descriptor.mip_level_count = copies + 1;
    image.sampler = ImageSampler::linear();
}

/// The picture at half its size: each pixel is the mean of four, by how much each of them covers.
fn halved(pixels: &[u8], (width, height): (usize, usize)) -> Vec<u8> {
    let mut half = Vec::with_capacity(width / 2 * (height / 2) * PIXEL);
    for y in 0..height / 2 {
        let row = |down: usize| &pixels[(y * 2 + down) * width * PIXEL..][..width * PIXEL];
        for (above, below) in row(0).chunks_exact(2 * PIXEL).zip(row(1).chunks_exact(2 * PIXEL)) {
            half.extend(mean([&above[..PIXEL], &above[PIXEL..], &below[..PIXEL], &below[PIXEL..]]));
        }
    }
    half
}

fn mean(four: [&[u8]; 4]) -> [u8; PIXEL] {
    let cover: u32 = four.iter().map(|pixel| u32::from(pixel[3])).sum();
    if cover == 0 {
        return [0; PIXEL];
    }
    let channel = |c: usize| {
        let sum: u32 = four.iter().map(|pixel| u32::from(pixel[c]) * u32::from(pixel[3])).sum();
        ((sum + cover / 2) / cover) as u8
    };
    [channel(0), channel(1), channel(2), ((cover + 2) / 4) as u8]
}

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::asset::RenderAssetUsages;
    use bevy::render::render_resource::{Extent3d, TextureDimension, TextureFormat};

    fn image(width: u32, height: u32, pixel: [u8; 4]) -> Image {
        let size = Extent3d { width, height, depth_or_array_layers: 1 };
        let usage = RenderAssetUsages::default();
        Image::new_fill(size, TextureDimension::D2, &pixel, TextureFormat::Rgba8UnormSrgb, usage)
    }

    #[test]
    fn copies_follow_the_page_and_are_made_anew() {
        let mut page = image(8, 4, [10, 20, 30, 255]);
        add(&mut page);
        assert_eq!(page.texture_descriptor.mip_level_count, 3);
        assert_eq!(page.data.as_ref().unwrap().len(), (8 * 4 + 4 * 2 + 2) * 4);
        let once = page.data.clone();
        add(&mut page);
        assert_eq!(page.data, once);
        assert!(once.unwrap().chunks(4).all(|pixel| pixel == [10, 20, 30, 255]));
    }

    #[test]
    fn what_cannot_be_seen_lends_no_colour() {
        let (red, clear) = ([200, 0, 0, 255], [0, 255, 0, 0]);
        assert_eq!(mean([&red, &clear, &clear, &red]), [200, 0, 0, 128]);
        assert_eq!(mean([&clear; 4]), [0; 4]);
    }

    #[test]
    fn small_and_empty_images_do_no_harm() {
        let mut dot = image(1, 1, [1, 2, 3, 4]);
        add(&mut dot);
        assert_eq!((dot.texture_descriptor.mip_level_count, dot.data.as_ref().unwrap().len()), (1, 4));
        let mut odd = image(5, 3, [9; 4]);
        add(&mut odd);
        assert_eq!(odd.data.unwrap().len(), (15 + 2) * 4, "as the graphics card counts: rounded down");
    }
}
