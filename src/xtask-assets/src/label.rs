//! Words on pictures for review.

use crate::{Result, image::Image, render};
use resvg::usvg;
use std::{fs, path::Path, sync::Arc};

/// Writes short labels in the game's text font.
pub struct Labels {
    options: usvg::Options<'static>,
}

impl Labels {
    /// Loads the font from `assets`; without one the labels stay empty.
    pub fn new(assets: &Path) -> Self {
        let mut options = usvg::Options { font_family: "Lexend".to_owned(), ..usvg::Options::default() };
        if let Ok(font) = fs::read(assets.join("fonts/lexend-400.ttf")) {
            Arc::make_mut(&mut options.fontdb).load_font_data(font);
        }
        Self { options }
    }

    /// A picture of `text`, `size` pixels high.
    pub fn draw(&self, text: &str, size: usize) -> Result<Image> {
        let width = (text.chars().count() * size * 7).div_ceil(10) + 4;
        let (height, base) = (size * 3 / 2, size * 11 / 10);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\"><text x=\"2\" y=\"{base}\" \
             font-size=\"{size}\" fill=\"#FFEFD6\">{text}</text></svg>"
        );
        render::document(&svg, 1.0, &self.options)
    }
}
