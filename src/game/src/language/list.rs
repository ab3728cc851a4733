//! The list of languages. A new one is an entry here and its files in `assets/text`; tests name what it lacks.

use crate::text::numerals::Numerals;

/// What there is to know of a language. Its plural rules follow from its code.
pub struct Entry {
    pub code: &'static str,
    pub name: &'static str,
    /// Whether it must have every text; one that need not is never chosen by the system.
    pub complete: bool,
    pub numerals: Numerals,
    pub files: &'static [(&'static str, &'static str)],
    pub model: Option<&'static str>,
    pub font: Option<&'static str>,
}

/// Files below `assets/text`, compiled in: some kilobytes a language that need no request and are there at once.
macro_rules! files {
    ($($path:literal),* $(,)?) => {
        &[$(($path, include_str!(concat!("../../../../assets/text/", $path)))),*]
    };
}

pub static LANGUAGES: [Entry; 4] = [
    Entry {
        code: "en",
        name: "English",
        complete: true,
        numerals: Numerals::Point,
        files: files![
            "en.ftl",
            "en/params.ftl",
            "en/enemies.ftl",
            "en/map.ftl",
            "en/orders.ftl",
            "en/settings.ftl",
            "en/editor.ftl",
            "en/time.ftl",
            "en/narration.ftl",
            "en/forms.ftl",
            "en/share.ftl",
            "en/lost.ftl",
        ],
        model: Some(include_str!("../../../../assets/text/en/model.md")),
        font: None,
    },
    Entry {
        code: "de",
        name: "Deutsch",
        complete: true,
        numerals: Numerals::Comma,
        files: files![
            "de.ftl",
            "de/params.ftl",
            "de/enemies.ftl",
            "de/map.ftl",
            "de/orders.ftl",
            "de/settings.ftl",
            "de/editor.ftl",
            "de/time.ftl",
            "de/narration.ftl",
            "de/forms.ftl",
            "de/share.ftl",
            "de/lost.ftl",
        ],
        model: Some(include_str!("../../../../assets/text/de/model.md")),
        font: None,
    },
    // The next two are begun: enough to prove fonts and line breaking.
    Entry {
        code: "ja",
        name: "日本語",
        complete: false,
        numerals: Numerals::Point,
        files: files!["ja.ftl"],
        model: None,
        font: Some("fonts/noto-sans-jp-600.ttf"),
    },
    Entry {
        code: "zh-Hans",
        name: "简体中文",
        complete: false,
        numerals: Numerals::Point,
        files: files!["zh-Hans.ftl"],
        model: None,
        font: Some("fonts/noto-sans-sc-600.ttf"),
    },
];
