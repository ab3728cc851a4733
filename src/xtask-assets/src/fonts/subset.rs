//! Cuts a font down to the letters that are written with it.

use super::letters::Letters;
use crate::Result;
use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::subset::{CmapTarget, SubsetProfile, subset};

/// The font with these letters alone, as far as it has them.
pub fn cut(font: &[u8], letters: &Letters) -> Result<Vec<u8>> {
    let face = ttf_parser::Face::parse(font, 0)?;
    // The first glyph is the one for letters that are missing: a font begins with it.
    let mut glyphs: Vec<u16> = letters.iter().filter_map(|&letter| face.glyph_index(letter)).map(|id| id.0).collect();
    glyphs.push(0);
    glyphs.sort_unstable();
    glyphs.dedup();
    let file = ReadScope::new(font).read::<FontData<'_>>()?;
    let tables = file.table_provider(0)?;
    Ok(subset(&tables, &glyphs, &SubsetProfile::Minimal, CmapTarget::Unrestricted)?)
}
