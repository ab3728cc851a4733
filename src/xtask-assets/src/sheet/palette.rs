//! The states and classes under each theme, and as people with a deficiency see them.

use super::{Flow, GAP, GROUND, HEADING, SMALL, WIDTH};
use crate::{
    Result,
    image::Image,
    render,
    source::Symbol,
    themes::{DEFAULT, Themes},
    vision::Deficiency,
};
use resvg::usvg;

/// Roles shown as plain fields of colour.
const SWATCHES: [&str; 16] = [
    "ok-body",
    "strain-body",
    "failed-body",
    "ok-signal",
    "strain-signal",
    "failed-signal",
    "ok-room-floor",
    "strain-room-floor",
    "failed-room-floor",
    "browse",
    "buy",
    "batch",
    "enemy",
    "structure",
    "bone",
    "void",
];
/// Sprites shown beside the small ones of every kind.
const MORE: [&str; 19] = [
    "pipe-h-ok",
    "pipe-h-strain",
    "pipe-h-failed",
    "pipe-h-dry",
    "badge-ok",
    "badge-strain",
    "badge-failed",
    "droplet-browse",
    "droplet-buy",
    "droplet-batch",
    "droplet-browse-failed",
    "droplet-buy-failed",
    "droplet-batch-failed",
    "droplet-browse-timeout",
    "droplet-buy-timeout",
    "droplet-batch-timeout",
    "room-ok",
    "room-strain",
    "room-failed",
];

/// Draws every theme; the default one also as it is seen with each deficiency, the others with their own.
pub fn draw(sheet: &mut Flow, themes: &Themes, symbols: &[Symbol]) -> Result<()> {
    for theme in themes.names() {
        let strip = strip(themes, theme, symbols)?;
        sheet.heading(theme, HEADING)?;
        sheet.place(strip.clone());
        for deficiency in Deficiency::ALL {
            if theme == DEFAULT || theme == deficiency.name() {
                sheet.heading(&format!("{theme} theme, as seen with {}", deficiency.name()), HEADING)?;
                sheet.place(deficiency.picture(&strip));
            }
        }
    }
    Ok(())
}

/// Whether a sprite is in the strips: the small one of every kind, and a few more.
fn is_shown(name: &str) -> bool {
    name.split('-').any(|word| word == "mini") || MORE.contains(&name)
}

/// The fields of colour and the small sprites of one theme on an opaque ground.
fn strip(themes: &Themes, theme: &str, symbols: &[Symbol]) -> Result<Image> {
    let mut pictures = Vec::new();
    for role in SWATCHES {
        let [red, green, blue] = themes.colour(theme, role)?;
        let mut field = Image::new(SMALL, SMALL);
        field.rgba.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&[red, green, blue, 255]));
        pictures.push(field);
    }
    let options = usvg::Options::default();
    for symbol in symbols.iter().filter(|symbol| is_shown(&symbol.name)) {
        let document = themes.apply(theme, &symbol.document);
        let [.., width, height] = symbol.view;
        let scale = SMALL as f32 / width.max(height);
        pictures.push(render::document(&document, scale, &options).map_err(|e| format!("{}: {e}", symbol.name))?);
    }
    let columns = (WIDTH - 2 * GAP) / (SMALL + GAP / 2);
    let rows = pictures.len().div_ceil(columns);
    let pitch = SMALL + GAP / 2;
    let mut strip = Image::new(columns * pitch, rows * pitch);
    strip.rgba.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&GROUND));
    for (i, picture) in pictures.iter().enumerate() {
        strip.over(picture, (i % columns * pitch) as i64, (i / columns * pitch) as i64);
    }
    Ok(strip)
}
