use super::*;
use table::{Rgb, read};

/// The contrast ratio of two colours as the accessibility guidelines define it: 1 to 21.
fn contrast(theme: Theme, a: &str, b: &str) -> f32 {
    let luminance = |role: &str| {
        let LinearRgba { red, green, blue, .. } = theme.colour(role).to_linear();
        0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05
    };
    let (a, b) = (luminance(a), luminance(b));
    a.max(b) / a.min(b)
}

/// How different two colours look: their distance in Oklab.
fn difference(a: Rgb, b: Rgb) -> f32 {
    let [a, b] = [a, b].map(|[red, green, blue]| Oklaba::from(Color::srgb_u8(red, green, blue)));
    ((a.lightness - b.lightness).powi(2) + (a.a - b.a).powi(2) + (a.b - b.b).powi(2)).sqrt()
}

#[test]
fn every_theme_has_every_role_that_the_game_asks_for() {
    let source = include_str!("../../../../assets/src/themes.json");
    assert!(read(source).is_some());
    for theme in Theme::ALL {
        let missing: Vec<_> = ROLES.iter().filter(|role| theme.rgb(role).is_none()).collect();
        assert!(missing.is_empty(), "{theme:?}: {missing:?}");
    }
    assert_eq!(Theme::ALL.len(), read(source).unwrap().len(), "a theme of the file is not offered");
}

#[test]
fn words_can_be_read_in_every_theme() {
    for theme in Theme::ALL {
        let high = theme == Theme::HighContrast;
        for (words, ground, least, least_high) in [
            ("bone", "ink", 12.0, 18.0),
            ("bone", "ink-raised", 10.0, 15.0),
            ("structure-light", "ink", 7.0, 12.0),
            ("structure-light", "ink-raised", 7.0, 12.0),
            ("ink", "bone", 12.0, 18.0),
            ("ink", "bone-shade", 10.0, 15.0),
            ("failed-on-bone", "bone", 4.5, 5.5),
            ("failed-rungs", "ink", 6.0, 12.0),
            ("ok-signal", "ink", 6.0, 12.0),
            ("strain-signal", "ink", 6.0, 10.0),
            ("gold", "ink", 6.0, 10.0),
        ] {
            let ratio = contrast(theme, words, ground);
            assert!(ratio >= if high { least_high } else { least }, "{theme:?}: {words} on {ground}: {ratio}");
        }
        assert!(contrast(theme, "ink-dim", "ink-raised") >= if high { 4.5 } else { 1.6 }, "{theme:?}");
    }
}

#[test]
fn a_role_is_dyed_exactly_and_in_between_stays_in_between() {
    for theme in Theme::ALL.into_iter().skip(1) {
        let dye = dye_for_pieces(theme).unwrap();
        for (_, from, to) in theme.changes() {
            assert_eq!(dye.colour(from), to, "{theme:?}");
        }
        for pair in [("ok-room-top", "ok-room-floor"), ("failed-body", "failed-channel"), ("strain-body", "ink")] {
            let ends = |theme: Theme| [pair.0, pair.1].map(|role| theme.rgb(role).unwrap());
            let (from, to) = (ends(Theme::Default), ends(theme));
            for part in 0..=10 {
                let mix = |[a, b]: [Rgb; 2]| {
                    [0, 1, 2].map(|i| ((i32::from(a[i]) * (10 - part) + i32::from(b[i]) * part) / 10) as u8)
                };
                let off = difference(dye.colour(mix(from)), mix(to));
                assert!(off < 0.16, "{theme:?} {pair:?} {part}: {off}");
            }
        }
    }
    assert!(dye_for_pieces(Theme::Default).is_none());
}

#[test]
fn rock_is_dark_in_high_contrast_and_as_painted_elsewhere() {
    let dye = dye_for_ground(Theme::HighContrast).unwrap();
    let lightness = |[red, green, blue]: Rgb| Oklaba::from(Color::srgb_u8(red, green, blue)).lightness;
    for (role, from, to) in Theme::HighContrast.changes().filter(|(role, ..)| role.starts_with("rock")) {
        assert_eq!(dye.colour(from), to, "{role}");
        // Grain and patterns lie round about each band.
        for off in [-10i16, 10] {
            let near = from.map(|channel| (i16::from(channel) + off).clamp(0, 255) as u8);
            assert!(lightness(dye.colour(near)) < 0.4, "{role} {off}: {:?}", dye.colour(near));
        }
    }
    for theme in [Theme::Default, Theme::Deuteranopia, Theme::Protanopia, Theme::Tritanopia] {
        assert!(dye_for_ground(theme).is_none(), "{theme:?}");
    }
}

#[test]
fn near_colours_stay_near() {
    for theme in Theme::ALL.into_iter().skip(1) {
        let dye = dye_for_pieces(theme).unwrap();
        let mut worst = 0;
        for at in 0..32u32.pow(3) {
            let colour = [at % 32, at / 32 % 32, at / 1024].map(|part| (part * 8 + 3) as u8);
            let [red, green, blue] = colour;
            let (a, b) = (dye.colour(colour), dye.colour([red + 1, green + 1, blue + 1]));
            worst = worst.max((0..3).map(|i| a[i].abs_diff(b[i])).max().unwrap_or_default());
        }
        assert!(worst <= 40, "{theme:?}: {worst}");
    }
}

#[test]
fn a_dyed_picture_keeps_its_alpha_and_what_is_out_of_sight() {
    let dye = dye_for_pieces(Theme::HighContrast).unwrap();
    let [red, green, blue] = Theme::Default.rgb("bone").unwrap();
    let mut picture = vec![red, green, blue, 90, 1, 2, 3, 0, red, green, blue, 255];
    dye.picture(&mut picture);
    assert_eq!(picture, [255, 255, 255, 90, 1, 2, 3, 0, 255, 255, 255, 255]);
}

#[test]
fn the_hat_and_the_hands_keep_their_colours_for_the_colour_blind() {
    for theme in [Theme::Deuteranopia, Theme::Protanopia, Theme::Tritanopia] {
        let dye = dye_for_pieces(theme).unwrap();
        for colour in [[0xF4, 0x69, 0x5E], [0xB5, 0x71, 0x4C], [0xFF, 0xD2, 0x3E], [0x0D, 0x0A, 0x22], [21, 22, 70]] {
            let off = difference(dye.colour(colour), colour);
            assert!(off < 0.06, "{theme:?} {colour:?} becomes {:?}: {off}", dye.colour(colour));
        }
    }
}
