//! Fewer colours, so that the sheet's file is small: the range of colours is cut at its median again and again.

use crate::image::Image;
use std::collections::HashMap;

/// A colour without alpha.
type Colour = [u8; 3];
/// Bits of a channel that tell colours apart while counting.
const BITS: u32 = 5;

/// The opaque picture with at most `count` colours.
pub fn reduce(picture: &Image, count: usize) -> Image {
    let mut counted: HashMap<Colour, u32> = HashMap::new();
    for pixel in picture.rgba.chunks_exact(4) {
        *counted.entry(coarse(pixel)).or_default() += 1;
    }
    let mut colours: Vec<(Colour, f64)> =
        counted.into_iter().map(|(colour, uses)| (colour, f64::from(uses).sqrt())).collect();
    colours.sort_by_key(|(colour, _)| *colour);
    let mut boxes = vec![colours];
    while boxes.len() < count {
        let Some((at, channel)) = widest(&boxes) else { break };
        let mut low = boxes.swap_remove(at);
        low.sort_by_key(|(colour, _)| (colour[channel], *colour));
        let high = low.split_off(median(&low));
        boxes.extend([low, high]);
    }
    let palette: Vec<Colour> = boxes.iter().map(|colours| mean(colours)).collect();
    let nearest: HashMap<Colour, Colour> =
        boxes.iter().flatten().map(|(colour, _)| (*colour, closest(&palette, *colour))).collect();
    let mut out = picture.clone();
    for pixel in out.rgba.chunks_exact_mut(4) {
        let coarse = coarse(pixel);
        pixel[..3].copy_from_slice(nearest.get(&coarse).unwrap_or(&coarse));
    }
    out
}

fn coarse(pixel: &[u8]) -> Colour {
    let top = |channel: u8| channel >> (8 - BITS) << (8 - BITS);
    [top(pixel[0]) | 4, top(pixel[1]) | 4, top(pixel[2]) | 4]
}

/// The box and channel where colours lie furthest apart, weighted by how much they are used.
fn widest(boxes: &[Vec<(Colour, f64)>]) -> Option<(usize, usize)> {
    let mut best = None;
    let mut most = 0.0;
    for (at, colours) in boxes.iter().enumerate().filter(|(_, colours)| colours.len() > 1) {
        let weight: f64 = colours.iter().map(|(_, uses)| uses).sum();
        for channel in 0..3 {
            let values = || colours.iter().map(|(colour, _)| colour[channel]);
            let range = values().max().unwrap_or(0) - values().min().unwrap_or(0);
            let score = f64::from(range) * weight.sqrt();
            if score > most {
                (best, most) = (Some((at, channel)), score);
            }
        }
    }
    best
}

/// Where to cut sorted colours so that both halves are used about equally; never at an end.
fn median(colours: &[(Colour, f64)]) -> usize {
    let half = colours.iter().map(|(_, uses)| uses).sum::<f64>() / 2.0;
    let mut sum = 0.0;
    let at = colours.iter().position(|(_, uses)| {
        sum += uses;
        sum >= half
    });
    at.unwrap_or(0).clamp(1, colours.len() - 1)
}

fn mean(colours: &[(Colour, f64)]) -> Colour {
    let weight: f64 = colours.iter().map(|(_, uses)| uses).sum();
    let channel =
        |i: usize| (colours.iter().map(|(colour, uses)| f64::from(colour[i]) * uses).sum::<f64>() / weight) as u8;
    [channel(0), channel(1), channel(2)]
}

fn closest(palette: &[Colour], colour: Colour) -> Colour {
    let far = |other: &Colour| (0..3).map(|i| u32::from(other[i].abs_diff(colour[i])).pow(2)).sum::<u32>();
    palette.iter().copied().min_by_key(far).unwrap_or(colour)
}

#[cfg(test)]
mod tests {
    use super::reduce;
    use crate::image::Image;
    use std::collections::BTreeSet;

    #[test]
    fn many_colours_become_few_and_stay_near() {
        let mut picture = Image::new(64, 64);
        for y in 0..64 {
            for x in 0..64 {
                picture.set(x, y, [(x * 4) as u8, (y * 4) as u8, 128, 255]);
            }
        }
        let reduced = reduce(&picture, 16);
        let used: BTreeSet<&[u8]> = reduced.rgba.chunks_exact(4).collect();
        assert_eq!(used.len(), 16);
        assert!(reduced.looks_like(&picture, 64), "a sixteenth of the square is at most 64 wide");
    }

    #[test]
    fn one_colour_stays_one() {
        let mut picture = Image::new(2, 2);
        picture.rgba.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&[28, 20, 76, 255]));
        assert!(reduce(&picture, 8) == picture);
    }
}
