//! Fewer colours, so that the sheet's file is small: the most used ones stay as they are, others become the nearest.

use crate::image::Image;
use std::{cmp::Reverse, collections::HashMap};

/// A colour without alpha.
type Colour = [u8; 3];
/// Colours nearer than this to a more used one are not kept: the sum of squares over the channels.
const NEAR: u32 = 12 * 12;

/// The opaque picture with at most `count` colours.
pub fn reduce(picture: &Image, count: usize) -> Image {
    let mut counted: HashMap<Colour, usize> = HashMap::new();
    for pixel in picture.rgba.chunks_exact(4) {
        *counted.entry([pixel[0], pixel[1], pixel[2]]).or_default() += 1;
    }
    let mut colours: Vec<(Colour, usize)> = counted.into_iter().collect();
    colours.sort_by_key(|(colour, uses)| (Reverse(*uses), *colour));
    let mut kept: Vec<Colour> = Vec::with_capacity(count);
    for (colour, _) in &colours {
        if kept.len() < count && kept.iter().all(|other| distance(*colour, *other) >= NEAR) {
            kept.push(*colour);
        }
    }
    let nearest = |colour: Colour| kept.iter().copied().min_by_key(|other| distance(colour, *other)).unwrap_or(colour);
    let changes: HashMap<Colour, Colour> = colours.iter().map(|(colour, _)| (*colour, nearest(*colour))).collect();
    let mut out = picture.clone();
    for pixel in out.rgba.chunks_exact_mut(4) {
        if let Some(new) = changes.get(&[pixel[0], pixel[1], pixel[2]]) {
            pixel[..3].copy_from_slice(new);
        }
    }
    out
}

/// The sum of the squared differences of the channels.
fn distance(a: Colour, b: Colour) -> u32 {
    (0..3).map(|i| u32::from(a[i].abs_diff(b[i])).pow(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::reduce;
    use crate::image::Image;
    use std::collections::BTreeSet;

    #[test]
    fn the_most_used_colours_stay_and_others_become_the_nearest() {
        let mut picture = Image::new(4, 2);
        let (red, blue, reddish) = ([200, 0, 0, 255], [0, 0, 200, 255], [150, 0, 30, 255]);
        (0..4).for_each(|x| picture.set(x, 0, red));
        (0..3).for_each(|x| picture.set(x, 1, blue));
        picture.set(3, 1, reddish);
        let reduced = reduce(&picture, 2);
        assert_eq!((reduced.get(0, 0), reduced.get(0, 1), reduced.get(3, 1)), (red, blue, red));
        assert!(reduce(&picture, 3) == picture);
    }

    #[test]
    fn a_gradient_keeps_no_more_than_it_may() {
        let mut picture = Image::new(64, 64);
        (0..64 * 64).for_each(|i| picture.set(i % 64, i / 64, [(i % 64 * 4) as u8, (i / 64 * 4) as u8, 128, 255]));
        let reduced = reduce(&picture, 16);
        assert_eq!(reduced.rgba.chunks_exact(4).collect::<BTreeSet<_>>().len(), 16);
    }
}
