//! The contact sheets: every sprite of the atlas at 96 pixels, pieces at 32 as well, file by file; and every theme.

mod palette;
mod quantise;

use crate::{
    Result,
    atlas::{self, Page},
    image::Image,
    label::Labels,
    source::{self, Symbol},
    themes::Themes,
};
use std::path::Path;

/// The sheet's width in pixels.
const WIDTH: usize = 1800;
/// Pixels between sprites.
const GAP: usize = 10;
/// Height of a name, a heading and the title in pixels.
const TEXT: usize = 10;
const HEADING: usize = 18;
const TITLE: usize = 30;
/// The longest side of a sprite as it is read closely, and as it is in the palette.
const LARGE: usize = 96;
const SMALL: usize = 32;
/// Sources whose sprites are never shown alone at the small size.
const NEVER_SMALL: [&str; 6] = ["dressing", "effects", "icons", "juice", "pipes", "rooms"];
/// The largest file, so that the repository stays small, and how many colours the sheet keeps to stay below it.
const MAX_BYTES: usize = 600_000;
const COLOURS: [usize; 4] = [250, 190, 140, 100];
/// Behind everything.
const GROUND: [u8; 4] = [0x1C, 0x16, 0x48, 255];

/// A picture and its top left corner.
type Placed = (Image, usize, usize);

/// Draws all sprites of the committed atlas into `out`, and the themes into a file beside it: `sprites.png` and
/// `sprites-themes.png`. Two files keep their colours better than one of the same size.
pub fn write(assets: &Path, out: &Path) -> Result<()> {
    let pages = atlas::read(assets)?;
    let symbols = source::read_folder(&assets.join("src"))?;
    let mut sheet = Flow::new(Labels::new(assets));
    sheet.heading(&format!("Pipe Maze: {} sprites, {LARGE} and {SMALL} pixels", symbols.len()), TITLE)?;
    for file in symbols.chunk_by(|a, b| a.file == b.file) {
        group(&mut sheet, &pages, file)?;
    }
    save(&sheet.finish(), out)?;
    let mut sheet = Flow::new(Labels::new(assets));
    sheet.heading("Pipe Maze: states and classes in every theme", TITLE)?;
    palette::draw(&mut sheet, &Themes::read(assets)?, &symbols)?;
    let stem = out.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    save(&sheet.finish(), &out.with_file_name(format!("{stem}-themes.png")))
}

/// Writes a sheet with as many colours as its file's size allows.
fn save(sheet: &Image, out: &Path) -> Result<()> {
    for colours in COLOURS {
        let reduced = quantise::reduce(sheet, colours);
        if reduced.png()?.len() <= MAX_BYTES {
            println!("{colours} colours");
            return reduced.write(out);
        }
    }
    Err(format!("{} does not fit {MAX_BYTES} bytes", out.display()).into())
}

/// One source file: a heading and its sprites.
fn group(sheet: &mut Flow, pages: &[Page], symbols: &[Symbol]) -> Result<()> {
    let Some(first) = symbols.first() else { return Ok(()) };
    sheet.heading(&format!("{}.svg, page {}", first.file, first.page), HEADING)?;
    let mut before = "";
    for symbol in symbols {
        let Some((_, picture)) = atlas::picture(pages, &symbol.name) else {
            return Err(format!("the atlas has no {}; run `cargo xtask assets`", symbol.name).into());
        };
        let mut sizes = vec![picture.fitted(LARGE)];
        // A later frame looks like the first one when it is small.
        let later = symbol.name.ends_with(|last: char| last.is_ascii_digit());
        let small = !later && !NEVER_SMALL.contains(&symbol.file.as_str());
        if small && picture.width.max(picture.height) > SMALL * 3 / 2 {
            sizes.push(picture.fitted(SMALL));
        }
        let label = sheet.labels.draw(&short(before, &symbol.name), TEXT)?;
        before = &symbol.name;
        sheet.place(tile(&sizes, &label));
    }
    Ok(())
}

/// A sprite in its sizes, side by side, over its name.
fn tile(sizes: &[Image], label: &Image) -> Image {
    let width: usize = sizes.iter().map(|picture| picture.width + GAP / 2).sum();
    let height = sizes.iter().map(|picture| picture.height).max().unwrap_or(0);
    let mut tile = Image::new(width.max(label.width), height + label.height);
    let mut x = 0;
    for picture in sizes {
        tile.over(picture, x as i64, 0);
        x += picture.width + GAP / 2;
    }
    tile.over(label, 0, height as i64);
    tile
}

/// The name without the words that it shares with the one before: `room-shell-ok`, then `-strain`.
fn short(before: &str, name: &str) -> String {
    let shared: usize =
        before.split('-').zip(name.split('-')).take_while(|(a, b)| a == b).map(|(word, _)| word.len() + 1).sum();
    match shared {
        0 => name.to_owned(),
        _ => name.get(shared - 1..).filter(|rest| !rest.is_empty()).unwrap_or(name).to_owned(),
    }
}

/// Pictures set like words: left to right, line after line.
struct Flow {
    labels: Labels,
    placed: Vec<Placed>,
    x: usize,
    y: usize,
    line: usize,
}

impl Flow {
    fn new(labels: Labels) -> Self {
        Self { labels, placed: Vec::new(), x: GAP, y: GAP, line: 0 }
    }

    /// Starts a new line.
    fn wrap(&mut self) {
        if self.line > 0 {
            (self.x, self.y, self.line) = (GAP, self.y + self.line + GAP, 0);
        }
    }

    /// A line of its own in large letters.
    fn heading(&mut self, text: &str, size: usize) -> Result<()> {
        self.wrap();
        let words = self.labels.draw(text, size)?;
        self.place(words);
        self.wrap();
        Ok(())
    }

    /// The next picture.
    fn place(&mut self, picture: Image) {
        if self.x + picture.width + GAP > WIDTH {
            self.wrap();
        }
        self.line = self.line.max(picture.height);
        let width = picture.width;
        self.placed.push((picture, self.x, self.y));
        self.x += width + GAP;
    }

    /// The finished sheet.
    fn finish(mut self) -> Image {
        self.wrap();
        let mut sheet = Image::new(WIDTH, self.y);
        sheet.rgba.chunks_exact_mut(4).for_each(|pixel| pixel.copy_from_slice(&GROUND));
        for (picture, x, y) in self.placed {
            sheet.over(&picture, x as i64, y as i64);
        }
        sheet
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn a_label_leaves_out_what_the_one_before_says() {
        assert_eq!(short("", "room-shell-ok"), "room-shell-ok");
        assert_eq!(short("room-shell-ok", "room-shell-strain"), "-strain");
        assert_eq!(short("room-shell-ok", "room"), "room");
        assert_eq!(short("room", "room-ok"), "-ok");
        assert_eq!(short("room-ok", "rooms-ok"), "rooms-ok");
    }
}
