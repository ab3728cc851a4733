//! Fonts with every letter of their scripts, for what people write in any language: a level's story, a name, a title.
//!
//! None is fetched before a letter is shown that no other font has. `cargo xtask assets fonts` unpacks them.

/// A font, and what it is for.
pub struct Full {
    /// Its file, below `assets`.
    pub path: &'static str,
    /// The language whose shapes it has where several languages share letters, as its code begins.
    language: &'static str,
    /// The blocks of Unicode that it is asked for, first and last of each.
    blocks: &'static [(char, char)],
}

/// All of them. Of two that may have a letter the earlier is asked first, if nothing speaks for the later.
pub static FULL: [Full; 14] = [
    Full {
        path: "fonts/full/lexend-latin-ext-400.ttf",
        language: "",
        blocks: &[EXTENDED, ADDITIONAL, CURRENCIES, MARKS],
    },
    Full {
        path: "fonts/full/lexend-vietnamese-400.ttf",
        language: "vi",
        blocks: &[EXTENDED, ADDITIONAL, CURRENCIES, MARKS],
    },
    Full { path: "fonts/full/noto-sans-cyrillic-500.ttf", language: "", blocks: &[('\u{400}', '\u{52f}')] },
    Full { path: "fonts/full/noto-sans-cyrillic-ext-500.ttf", language: "", blocks: &[('\u{400}', '\u{52f}'), MARKS] },
    Full { path: "fonts/full/noto-sans-greek-500.ttf", language: "el", blocks: &[('\u{370}', '\u{3ff}')] },
    Full { path: "fonts/full/noto-sans-greek-ext-500.ttf", language: "el", blocks: &[('\u{1f00}', '\u{1fff}')] },
    Full { path: "fonts/full/noto-sans-hebrew-500.ttf", language: "he", blocks: &[('\u{590}', '\u{5ff}')] },
    Full {
        path: "fonts/full/noto-sans-arabic-500.ttf",
        language: "ar",
        blocks: &[('\u{600}', '\u{6ff}'), ('\u{750}', '\u{77f}')],
    },
    Full { path: "fonts/full/noto-sans-devanagari-500.ttf", language: "hi", blocks: &[('\u{900}', '\u{97f}')] },
    Full { path: "fonts/full/noto-sans-thai-500.ttf", language: "th", blocks: &[('\u{e00}', '\u{e7f}')] },
    Full { path: "fonts/full/noto-sans-sc-500.ttf", language: "zh", blocks: &[HAN, BOPOMOFO, EAST_ASIAN, WIDE] },
    Full { path: "fonts/full/noto-sans-tc-500.ttf", language: "zh-Hant", blocks: &[HAN, BOPOMOFO, EAST_ASIAN, WIDE] },
    Full { path: "fonts/full/noto-sans-jp-500.ttf", language: "ja", blocks: &[KANA, HAN, EAST_ASIAN, WIDE] },
    Full { path: "fonts/full/noto-sans-kr-500.ttf", language: "ko", blocks: &[HANGUL, JAMO, EAST_ASIAN, WIDE] },
];

const EXTENDED: (char, char) = ('\u{100}', '\u{2ff}');
const ADDITIONAL: (char, char) = ('\u{1e00}', '\u{1eff}');
const CURRENCIES: (char, char) = ('\u{20a0}', '\u{20cf}');
const MARKS: (char, char) = ('\u{300}', '\u{36f}');
const EAST_ASIAN: (char, char) = ('\u{3000}', '\u{303f}');
const KANA: (char, char) = ('\u{3040}', '\u{30ff}');
const BOPOMOFO: (char, char) = ('\u{3100}', '\u{312f}');
const HAN: (char, char) = ('\u{3400}', '\u{9fff}');
const HANGUL: (char, char) = ('\u{ac00}', '\u{d7a3}');
const JAMO: (char, char) = ('\u{3130}', '\u{318f}');
const WIDE: (char, char) = ('\u{ff00}', '\u{ffef}');

impl Full {
    /// Whether it is asked for this letter.
    fn is_for(&self, letter: char) -> bool {
        self.blocks.iter().any(|&(first, last)| (first..=last).contains(&letter))
    }
}

/// Whether there are kana in a text, which is Japanese then.
pub fn has_kana(text: &str) -> bool {
    text.chars().any(|letter| (KANA.0..=KANA.1).contains(&letter))
}

/// How far a font of the list has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nobody has needed it.
    Unasked,
    /// It is on its way.
    Asked,
    /// It is there, or will never be: whatever it has is in use.
    Settled,
}

/// The font to fetch next for a letter that none in use has: the `n`th of the list. None while one that may have it is on
/// its way, and none if all that may have it are there.
///
/// Chinese and Japanese share letters and shape them differently: kana in the same text speak for Japanese, else the
/// languages that the player reads speak for their own, the first most.
pub fn next(letter: char, beside_kana: bool, read: &[String], stages: &[Stage]) -> Option<usize> {
    let mut candidates: Vec<usize> = (0..FULL.len()).filter(|&n| FULL[n].is_for(letter)).collect();
    if candidates.iter().any(|&n| stages[n] == Stage::Asked) {
        return None;
    }
    candidates.sort_by_key(|&n| {
        let own = FULL[n].language;
        let by_text = beside_kana && own == "ja";
        let by_reader = read.iter().position(|tag| !own.is_empty() && tag.starts_with(own)).unwrap_or(usize::MAX);
        // Of the two Chinese ones the one that says more of the language fits better.
        (!by_text, by_reader, if by_reader < usize::MAX { usize::MAX - own.len() } else { 0 })
    });
    candidates.into_iter().find(|&n| stages[n] == Stage::Unasked)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(letter: char, text: &str, read: &str) -> Option<&'static str> {
        let read: Vec<String> = read.split(' ').map(str::to_owned).collect();
        next(letter, has_kana(text), &read, &[Stage::Unasked; FULL.len()]).map(|n| FULL[n].path)
    }

    #[test]
    fn each_file_is_there() {
        let assets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
        let missing: Vec<&str> =
            FULL.iter().map(|full| full.path).filter(|path| !assets.join(path).is_file()).collect();
        assert!(missing.is_empty(), "{missing:?}: `cargo xtask assets fonts` unpacks them");
    }

    #[test]
    fn each_script_has_its_font() {
        let expected = [
            ('ł', "lexend-latin-ext-400"),
            ('Ж', "noto-sans-cyrillic-500"),
            ('Ω', "noto-sans-greek-500"),
            ('ש', "noto-sans-hebrew-500"),
            ('ع', "noto-sans-arabic-500"),
            ('ह', "noto-sans-devanagari-500"),
            ('ท', "noto-sans-thai-500"),
            ('水', "noto-sans-sc-500"),
            ('ひ', "noto-sans-jp-500"),
            ('물', "noto-sans-kr-500"),
        ];
        for (letter, font) in expected {
            assert_eq!(path(letter, "", "en"), Some(format!("fonts/full/{font}.ttf").as_str()), "{letter}");
        }
        assert_eq!(path('🜁', "", "en"), None, "no font is fetched for a letter that none is for");
    }

    #[test]
    fn letters_that_languages_share_come_from_the_one_that_is_written() {
        assert_eq!(path('水', "水を流す", "en"), Some("fonts/full/noto-sans-jp-500.ttf"), "the kana tell");
        assert_eq!(path('水', "水", "ja"), Some("fonts/full/noto-sans-jp-500.ttf"));
        assert_eq!(path('水', "水", "zh-Hans"), Some("fonts/full/noto-sans-sc-500.ttf"));
        assert_eq!(path('水', "水", "en zh-Hant-TW"), Some("fonts/full/noto-sans-tc-500.ttf"));
        assert_eq!(path('水', "水", "ja zh-Hans"), Some("fonts/full/noto-sans-jp-500.ttf"), "what is read most");
    }

    #[test]
    fn one_is_awaited_before_the_next_is_asked_and_none_twice() {
        let mut stages = [Stage::Unasked; FULL.len()];
        let mut asked = Vec::new();
        while let Some(n) = next('體', false, &[], &stages) {
            stages[n] = Stage::Asked;
            assert_eq!(next('體', false, &[], &stages), None, "while one is on its way no other is fetched");
            stages[n] = Stage::Settled;
            asked.push(FULL[n].path);
        }
        let expected = ["sc", "tc", "jp"].map(|font| format!("fonts/full/noto-sans-{font}-500.ttf"));
        assert_eq!(asked, expected);
    }
}
