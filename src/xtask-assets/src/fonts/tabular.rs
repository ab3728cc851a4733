//! Makes a font's ten digits equally wide.
//!
//! Every digit gets the widest digit's advance, and its left side bearing grows by half of what it gained, so that it
//! stands in the middle. Outlines stay as they are: renderers place them by the bearing.

use ttf_parser::{GlyphId, RawFace, Tag};

/// The font with digits of one width, or nothing where it lacks a table or a digit.
pub fn digits(mut font: Vec<u8>) -> Option<Vec<u8>> {
    let (glyphs, hmtx, hhea, head) = {
        let face = ttf_parser::Face::parse(&font, 0).ok()?;
        let glyphs: Option<Vec<GlyphId>> = ('0'..='9').map(|digit| face.glyph_index(digit)).collect();
        (glyphs?, table(&font, b"hmtx")?, table(&font, b"hhea")?, table(&font, b"head")?)
    };
    let full = read(&font, hhea.offset + 34)?;
    // Beyond the full entries all glyphs share one advance; a digit there cannot get its own.
    if glyphs.iter().any(|glyph| glyph.0 >= full) {
        return None;
    }
    let entry = |glyph: &GlyphId| hmtx.offset + usize::from(glyph.0) * 4;
    let widest = glyphs.iter().filter_map(|glyph| read(&font, entry(glyph))).max()?;
    for glyph in &glyphs {
        let (advance, bearing) = (read(&font, entry(glyph))?, read(&font, entry(glyph) + 2)?);
        let bearing = bearing.wrapping_add((widest - advance) / 2);
        font[entry(glyph)..entry(glyph) + 4].copy_from_slice(&[widest.to_be_bytes(), bearing.to_be_bytes()].concat());
    }
    seal(&mut font, &hmtx, &head);
    Some(font)
}

/// Where a table lies, and where its record stands in the font's directory.
struct Table {
    record: usize,
    offset: usize,
    length: usize,
}

fn table(font: &[u8], tag: &[u8; 4]) -> Option<Table> {
    let face = RawFace::parse(font, 0).ok()?;
    let (index, record) =
        face.table_records.into_iter().enumerate().find(|(_, record)| record.tag == Tag::from_bytes(tag))?;
    Some(Table { record: 12 + index * 16, offset: record.offset as usize, length: record.length as usize })
}

fn read(font: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(font.get(at..at + 2)?.try_into().ok()?))
}

/// Renews the checksums that the change broke: the table's own, and the whole font's in `head`.
fn seal(font: &mut [u8], changed: &Table, head: &Table) {
    let sum = checksum(&font[changed.offset..changed.offset + changed.length]);
    font[changed.record + 4..changed.record + 8].copy_from_slice(&sum.to_be_bytes());
    font[head.offset + 8..head.offset + 12].fill(0);
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(checksum(font));
    font[head.offset + 8..head.offset + 12].copy_from_slice(&whole.to_be_bytes());
}

/// The sum of all four-byte words, the last one filled up with zeros.
fn checksum(bytes: &[u8]) -> u32 {
    let word = |chunk: &[u8]| (0..4).fold(0, |word, i| word << 8 | u32::from(chunk.get(i).copied().unwrap_or(0)));
    bytes.chunks(4).map(word).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::{checksum, digits};

    #[test]
    fn sums_pad_with_zeros() {
        assert_eq!(checksum(&[0, 0, 0, 1, 0, 0, 0, 2, 1]), 0x0100_0003);
    }

    #[test]
    fn what_is_no_font_stays_out() {
        assert!(digits(vec![1, 2, 3]).is_none());
    }

    #[test]
    fn the_committed_text_fonts_have_digits_of_one_width() {
        for name in ["lexend-400", "lexend-600"] {
            let path = format!("{}/../../assets/fonts/{name}.ttf", env!("CARGO_MANIFEST_DIR"));
            let font = std::fs::read(path).unwrap();
            let face = ttf_parser::Face::parse(&font, 0).unwrap();
            let width = |c| face.glyph_hor_advance(face.glyph_index(c).unwrap()).unwrap();
            assert!(('0'..='9').all(|digit| width(digit) == width('0')), "{name}");
        }
    }
}
