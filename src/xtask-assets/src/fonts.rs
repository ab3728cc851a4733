//! Unpacks the fonts of the npm packages: WOFF2 to TTF, with their licences beside them.
//!
//! The text font's digits are made equally wide: counters and clocks must not jitter, and the packages carry no
//! tabular figures. Fonts of scripts with thousands of letters are cut down to those that the texts are written with.

mod letters;
mod subset;
mod tabular;

use crate::Result;
use std::{fs, path::Path};

/// The package whose font shows numbers that change.
const TEXT: &str = "lexend";
/// Package, the stem of its file, and the name in `assets/fonts`.
const FONTS: [(&str, &str, &str); 3] = [
    ("lexend", "lexend-latin-400-normal", "lexend-400"),
    ("lexend", "lexend-latin-600-normal", "lexend-600"),
    ("league-spartan", "league-spartan-latin-800-normal", "league-spartan-800"),
];

/// Package, stem and name again, and the language whose letters are kept; the first keeps those of the languages' names.
const CUT: [(&str, &str, &str, Option<&str>); 3] = [
    ("noto-sans-sc", "noto-sans-sc-chinese-simplified-600-normal", "noto-sans-names-600", None),
    ("noto-sans-sc", "noto-sans-sc-chinese-simplified-600-normal", "noto-sans-sc-600", Some("zh-Hans")),
    ("noto-sans-jp", "noto-sans-jp-japanese-600-normal", "noto-sans-jp-600", Some("ja")),
];

/// Package, stem and name in `assets/fonts/full` of the fonts that are kept whole: for what people write in any language.
const FULL: [(&str, &str, &str); 14] = [
    ("lexend", "lexend-latin-ext-400-normal", "lexend-latin-ext-400"),
    ("lexend", "lexend-vietnamese-400-normal", "lexend-vietnamese-400"),
    ("noto-sans", "noto-sans-cyrillic-500-normal", "noto-sans-cyrillic-500"),
    ("noto-sans", "noto-sans-cyrillic-ext-500-normal", "noto-sans-cyrillic-ext-500"),
    ("noto-sans", "noto-sans-greek-500-normal", "noto-sans-greek-500"),
    ("noto-sans", "noto-sans-greek-ext-500-normal", "noto-sans-greek-ext-500"),
    ("noto-sans-hebrew", "noto-sans-hebrew-hebrew-500-normal", "noto-sans-hebrew-500"),
    ("noto-sans-arabic", "noto-sans-arabic-arabic-500-normal", "noto-sans-arabic-500"),
    ("noto-sans-devanagari", "noto-sans-devanagari-devanagari-500-normal", "noto-sans-devanagari-500"),
    ("noto-sans-thai", "noto-sans-thai-thai-500-normal", "noto-sans-thai-500"),
    ("noto-sans-sc", "noto-sans-sc-chinese-simplified-500-normal", "noto-sans-sc-500"),
    ("noto-sans-tc", "noto-sans-tc-chinese-traditional-500-normal", "noto-sans-tc-500"),
    ("noto-sans-jp", "noto-sans-jp-japanese-500-normal", "noto-sans-jp-500"),
    ("noto-sans-kr", "noto-sans-kr-korean-500-normal", "noto-sans-kr-500"),
];

/// Reads `packages/@fontsource/…` (or `packages/node_modules/@fontsource/…`) and writes `assets/fonts`.
pub fn write(packages: &Path, assets: &Path) -> Result<()> {
    let modules = packages.join("node_modules");
    let scope = if modules.is_dir() { modules } else { packages.to_owned() }.join("@fontsource");
    let folder = assets.join("fonts");
    fs::create_dir_all(&folder)?;
    for (package, stem, name) in FONTS {
        let font = unpack(&scope.join(package), stem)?;
        let font = match package {
            TEXT => tabular::digits(font).ok_or_else(|| format!("{stem}: no plain digits"))?,
            _ => font,
        };
        keep(&font, &scope.join(package), &folder, name)?;
    }
    for (package, stem, name, language) in CUT {
        let letters = match language {
            Some(language) => letters::of_language(&assets.join(".."), language)?,
            None => letters::OWN_NAMES.chars().collect(),
        };
        let font = subset::cut(&unpack(&scope.join(package), stem)?, &letters)?;
        keep(&font, &scope.join(package), &folder, name)?;
    }
    let folder = folder.join("full");
    fs::create_dir_all(&folder)?;
    for (package, stem, name) in FULL {
        keep(&unpack(&scope.join(package), stem)?, &scope.join(package), &folder, name)?;
    }
    Ok(())
}

fn unpack(package: &Path, stem: &str) -> Result<Vec<u8>> {
    let source = package.join("files").join(format!("{stem}.woff2"));
    let packed = fs::read(&source).map_err(|e| format!("{}: {e}", source.display()))?;
    wuff::decompress_woff2(&packed).map_err(|e| format!("{stem}: {e:?}").into())
}

/// Writes the font, and its package's licence beside it.
fn keep(font: &[u8], package: &Path, folder: &Path, name: &str) -> Result<()> {
    let family = package.file_name().and_then(|family| family.to_str()).ok_or("a package has a name")?;
    fs::write(folder.join(format!("{name}.ttf")), font)?;
    fs::copy(package.join("LICENSE"), folder.join(format!("{family}-OFL.txt")))?;
    println!("{name}.ttf: {} KiB", font.len().div_ceil(1024));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

    /// The letters of a language that none of these fonts has.
    fn missing(letters: &letters::Letters, fonts: &[&str]) -> Vec<char> {
        let folder = Path::new(ROOT).join("assets/fonts");
        let fonts: Vec<Vec<u8>> =
            fonts.iter().map(|name| fs::read(folder.join(format!("{name}.ttf"))).unwrap()).collect();
        let faces: Vec<_> = fonts.iter().map(|font| ttf_parser::Face::parse(font, 0).unwrap()).collect();
        let has = |letter: char| faces.iter().any(|face| face.glyph_index(letter).is_some());
        letters.iter().copied().filter(|&letter| !has(letter)).collect()
    }

    #[test]
    fn the_texts_own_fonts_have_every_letter_of_the_languages_that_are_written_with_them() {
        for language in ["en", "de"] {
            let letters = letters::of_language(Path::new(ROOT), language).unwrap();
            assert!(letters.len() > 60, "{language}: {letters:?}");
            for (_, _, font) in FONTS {
                assert_eq!(missing(&letters, &[font]), [], "{language} in {font}");
            }
        }
    }

    #[test]
    fn the_full_fonts_have_the_letters_of_what_is_written_in_many_languages() {
        let said = [
            ("lexend-latin-ext-400", "Zażółć gęślą jaźń; Příliš žluťoučký kůň; şöyle ığdır"),
            ("lexend-vietnamese-400", "Nước chảy đá mòn, Ơ Ư"),
            ("noto-sans-cyrillic-500", "Вода камень точит"),
            ("noto-sans-cyrillic-ext-500", "Ғ Қ Ң Ө Ү"),
            ("noto-sans-greek-500", "Τα πάντα ρεῖ".trim_end_matches("ῖ")),
            ("noto-sans-greek-ext-500", "ῖἀὐ"),
            ("noto-sans-hebrew-500", "מים שקטים חודרים עמוק"),
            ("noto-sans-arabic-500", "الماء يجري في الأنابيب؟"),
            ("noto-sans-devanagari-500", "पानी पाइप में बहता है"),
            ("noto-sans-thai-500", "น้ำไหลในท่อ"),
            ("noto-sans-sc-500", "水流过管道，门必须开着。"),
            // Its package leaves the wide comma to the one for simplified characters.
            ("noto-sans-tc-500", "水流過管道。體驗閘門"),
            ("noto-sans-jp-500", "水がパイプを流れる。弁を開け！"),
            ("noto-sans-kr-500", "물이 파이프를 흐른다"),
        ];
        assert_eq!(said.map(|(name, _)| name), FULL.map(|(_, _, name)| name));
        for (name, text) in said {
            let letters: letters::Letters = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            assert_eq!(missing(&letters, &[&format!("full/{name}"), "lexend-400"]), [], "{name}");
        }
    }

    #[test]
    fn the_fonts_that_stand_in_have_the_letters_of_their_language() {
        for (_, _, font, language) in CUT {
            let letters = language.map_or_else(
                || letters::OWN_NAMES.chars().collect(),
                |language| letters::of_language(Path::new(ROOT), language).unwrap(),
            );
            // Latin letters come from the text's own fonts.
            assert_eq!(missing(&letters, &[font, "lexend-400"]), [], "run `cargo xtask assets fonts` for {font}");
        }
    }
}
