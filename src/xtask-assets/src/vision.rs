//! What people with a colour-vision deficiency see, and how different two colours look.
//!
//! The matrices are those of Machado, Oliveira and Fernandes (2009) for a complete deficiency, applied to linear light;
//! differences are distances in Oklab.

use crate::image::Image;

/// Red, green and blue, 0 to 255.
pub type Colour = [u8; 3];

/// A complete deficiency of one kind of cone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deficiency {
    /// No green-sensitive cones.
    Deuteranopia,
    /// No red-sensitive cones.
    Protanopia,
    /// No blue-sensitive cones.
    Tritanopia,
}

impl Deficiency {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Deuteranopia, Self::Protanopia, Self::Tritanopia];

    /// Its name, which is also the name of its theme.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Deuteranopia => "deuteranopia",
            Self::Protanopia => "protanopia",
            Self::Tritanopia => "tritanopia",
        }
    }

    const fn matrix(self) -> [[f32; 3]; 3] {
        match self {
            Self::Deuteranopia => {
                [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
            }
            Self::Protanopia => {
                [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
            }
            Self::Tritanopia => {
                [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
            }
        }
    }

    /// The colour as it is seen.
    pub fn colour(self, colour: Colour) -> Colour {
        let light = colour.map(linear);
        self.matrix().map(|row| encoded(row.iter().zip(light).map(|(weight, part)| weight * part).sum()))
    }

    /// The picture as it is seen.
    pub fn picture(self, picture: &Image) -> Image {
        let mut out = picture.clone();
        for pixel in out.rgba.chunks_exact_mut(4) {
            let [red, green, blue] = self.colour([pixel[0], pixel[1], pixel[2]]);
            pixel[..3].copy_from_slice(&[red, green, blue]);
        }
        out
    }
}

/// How different two colours look: 0 is equal, black and white are 1 apart.
#[cfg(test)]
pub fn difference(a: Colour, b: Colour) -> f32 {
    let (a, b) = (oklab(a), oklab(b));
    (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f32>().sqrt()
}

/// The contrast ratio of two colours as the accessibility guidelines define it: 1 to 21.
#[cfg(test)]
pub fn contrast(a: Colour, b: Colour) -> f32 {
    let luminance = |colour: Colour| {
        let [red, green, blue] = colour.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

fn linear(channel: u8) -> f32 {
    let value = f32::from(channel) / 255.0;
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

fn encoded(light: f32) -> u8 {
    let light = light.clamp(0.0, 1.0);
    let value = if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    (value * 255.0).round() as u8
}

#[cfg(test)]
fn oklab(colour: Colour) -> [f32; 3] {
    let [r, g, b] = colour.map(linear);
    let l = (0.412_221_46 * r + 0.536_332_55 * g + 0.051_445_995 * b).cbrt();
    let m = (0.211_903_5 * r + 0.680_699_5 * g + 0.107_396_96 * b).cbrt();
    let s = (0.088_302_46 * r + 0.281_718_85 * g + 0.629_978_7 * b).cbrt();
    [
        0.210_454_26 * l + 0.793_617_8 * m - 0.004_072_047 * s,
        1.977_998_5 * l - 2.428_592_2 * m + 0.450_593_7 * s,
        0.025_904_037 * l + 0.782_771_77 * m - 0.808_675_77 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::{Deficiency, contrast, difference};

    #[test]
    fn greys_stay_and_red_meets_green() {
        for deficiency in Deficiency::ALL {
            let seen = deficiency.colour([128, 128, 128]);
            assert!(seen.iter().all(|channel| channel.abs_diff(128) <= 1), "{deficiency:?}: {seen:?}");
        }
        let (red, green) = ([200, 60, 60], [110, 110, 40]);
        let seen = |colour| Deficiency::Deuteranopia.colour(colour);
        assert!(difference(seen(red), seen(green)) < difference(red, green) / 2.0);
    }

    #[test]
    fn black_and_white_are_the_ends_of_both_scales() {
        assert!((difference([0; 3], [255; 3]) - 1.0).abs() < 0.001);
        assert!((contrast([0; 3], [255; 3]) - 21.0).abs() < 0.01);
    }
}
