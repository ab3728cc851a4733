//! The languages of the game, and which of them is in use: what the player has chosen, else what the system asks for.
//!
//! Whoever lets a player choose reads [`Language::all`] and calls [`Languages::choose`]; `Texts` follows, and what shows
//! words is built anew from it. Whoever keeps the choice keeps [`Languages::chosen`], as the language's code.

mod list;
#[cfg(test)]
mod tests;

use crate::text::Texts;
use crate::text::numerals::Numerals;
use bevy::prelude::*;
use list::{Entry, LANGUAGES};
use serde::{Deserialize, Serialize};
use std::fmt::{Debug, Display, Formatter};
use std::str::FromStr;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Languages>();
    app.add_systems(PreUpdate, follow);
}

/// A language of the game: one of the list. Written and read as its code.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(&'static Entry);

impl Language {
    /// English: complete always, and what stands in wherever another language lacks a text.
    pub const ENGLISH: Self = Self(&LANGUAGES[0]);

    /// All there are, the complete ones first.
    pub fn all() -> impl Iterator<Item = Self> {
        LANGUAGES.iter().map(Self)
    }

    /// Its code in files, addresses and levels, after BCP 47: `de`, `zh-Hans`.
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// What it calls itself: `Deutsch`.
    pub const fn name(self) -> &'static str {
        self.0.name
    }

    /// Whether it has every text. One that has not is used only where it is asked for by name.
    pub const fn is_complete(self) -> bool {
        self.0.complete
    }

    /// The complete language that is best for someone who wants those, the first most. The tags are those of browsers
    /// and systems: `de-AT`, `de_DE.UTF-8`.
    pub fn preferred<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        tags.into_iter().find_map(|tag| Self::for_tag(tag).filter(|language| language.is_complete()))
    }

    /// The language of a tag: the one of the same code, else the first that shares its first part.
    pub fn for_tag(tag: &str) -> Option<Self> {
        let tag = plain_tag(tag);
        let same = Self::all().find(|language| language.code().eq_ignore_ascii_case(&tag));
        same.or_else(|| Self::all().find(|language| family(language.code()) == family(&tag)))
    }

    /// The complete language after this one, for a button that goes round through them.
    pub fn next(self) -> Self {
        let complete: Vec<Self> = Self::all().filter(|language| language.is_complete()).collect();
        let at = complete.iter().position(|&language| language == self).map_or(0, |at| at + 1);
        complete[at % complete.len()]
    }

    /// The files with its texts: path below `assets/text`, and what stands in it.
    pub(crate) const fn files(self) -> &'static [(&'static str, &'static str)] {
        self.0.files
    }

    /// The page that says what is modelled, where it has been translated.
    pub(crate) const fn model(self) -> Option<&'static str> {
        self.0.model
    }

    /// How it writes numbers.
    pub(crate) const fn numerals(self) -> Numerals {
        self.0.numerals
    }

    /// The font for letters that the game's own fonts lack.
    pub(crate) const fn font(self) -> Option<&'static str> {
        self.0.font
    }
}

impl PartialEq for Language {
    fn eq(&self, other: &Self) -> bool {
        self.code() == other.code()
    }
}

impl Eq for Language {}

impl Debug for Language {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

impl Display for Language {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.code())
    }
}

/// There is no language of that code.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownLanguage(String);

impl Display for UnknownLanguage {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        let known: Vec<&str> = Language::all().map(Language::code).collect();
        write!(f, "there is no language `{}`; known are {}", self.0, known.join(", "))
    }
}

impl std::error::Error for UnknownLanguage {}

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(code: &str) -> Result<Self, UnknownLanguage> {
        let language = Self::all().find(|language| language.code().eq_ignore_ascii_case(code));
        language.ok_or_else(|| UnknownLanguage(code.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Language {
    type Error = UnknownLanguage;

    fn try_from(code: String) -> Result<Self, UnknownLanguage> {
        code.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.code().to_owned()
    }
}

/// Most languages that a system is believed to ask for.
const TAGS_MAX: usize = 16;

/// A system's tag as BCP 47 writes it: `de_AT.UTF-8` is `de-AT`. Of Chinese it says the script, which the country stands for.
fn plain_tag(tag: &str) -> String {
    let tag = tag.split(['.', '@']).next().unwrap_or_default().replace('_', "-");
    match tag.to_ascii_lowercase().as_str() {
        "zh-tw" | "zh-hk" | "zh-mo" => "zh-Hant".to_owned(),
        "zh-cn" | "zh-sg" | "zh" => "zh-Hans".to_owned(),
        _ => tag,
    }
}

/// The first part of a tag, which says the language without country or script.
pub fn family(tag: &str) -> String {
    tag.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// Which language is in use.
#[derive(Resource, Clone, PartialEq, Eq, Debug)]
pub struct Languages {
    system: Language,
    chosen: Option<Language>,
    /// What the system asks for, the first most, as tags: also languages that the game does not have.
    tags: Vec<String>,
}

impl Languages {
    /// For someone whose system asks for those languages, the first most.
    pub fn of_system<'a>(tags: impl IntoIterator<Item = &'a str>) -> Self {
        let tags: Vec<String> = tags.into_iter().take(TAGS_MAX).map(plain_tag).collect();
        let system = Language::preferred(tags.iter().map(String::as_str)).unwrap_or(Language::ENGLISH);
        Self { system, chosen: None, tags }
    }

    /// The language in use.
    pub fn current(&self) -> Language {
        self.chosen.unwrap_or(self.system)
    }

    /// The languages that the player reads, the first most: the one chosen, those that the system asks for, the one in use.
    /// A level may have its texts in one that the game lacks.
    pub fn read(&self) -> Vec<String> {
        let chosen = self.chosen.map(|language| language.code().to_owned());
        chosen.into_iter().chain(self.tags.iter().cloned()).chain([self.current().code().to_owned()]).collect()
    }

    /// What the player has chosen; nothing: whatever the system asks for.
    pub const fn chosen(&self) -> Option<Language> {
        self.chosen
    }

    /// The player chooses, or leaves it to the system.
    pub const fn choose(&mut self, language: Option<Language>) {
        self.chosen = language;
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl Default for Languages {
    /// As the desktop asks for; on Unix by `LANGUAGE`, `LC_ALL`, `LC_MESSAGES` and `LANG`.
    fn default() -> Self {
        let tags: Vec<String> = sys_locale::get_locales().collect();
        Self::of_system(tags.iter().map(String::as_str))
    }
}

#[cfg(target_arch = "wasm32")]
impl Default for Languages {
    /// English, until the page has said what the browser asks for.
    fn default() -> Self {
        Self::of_system([])
    }
}

fn follow(languages: Res<Languages>, mut texts: ResMut<Texts>) {
    if !languages.is_changed() {
        return;
    }
    let (current, read) = (languages.current(), languages.read());
    if texts.language() != current || texts.read() != read {
        *texts = Texts::of(current).for_reader(read);
    }
}
