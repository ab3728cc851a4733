//! Everything a player reads, by key, from the localisation files.

pub mod numerals;

use crate::language::{Language, family};
use bevy::prelude::*;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentNumber;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use pipe_maze_level::{Level, Refusal};
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(Texts::english());
}

/// The texts of the language in use. It changes with the language: whatever shows words is built anew then.
#[derive(Resource, Clone)]
pub struct Texts {
    language: Language,
    /// The languages that a level's texts are looked for in, the first most.
    read: Vec<String>,
    /// Those of the language, then English for what it lacks.
    bundles: Vec<Arc<FluentBundle<FluentResource>>>,
}

impl Texts {
    /// The English texts.
    pub fn english() -> Self {
        Self::of(Language::ENGLISH)
    }

    /// The texts of that language.
    pub fn of(language: Language) -> Self {
        let mut languages = vec![language];
        if language != Language::ENGLISH {
            languages.push(Language::ENGLISH);
        }
        let bundles = languages.into_iter().map(|language| Arc::new(bundle(language))).collect();
        Self { language, read: vec![language.code().to_owned()], bundles }
    }

    /// The same for someone who reads these languages, the first most: a level may have its texts in another than those of
    /// the game.
    #[must_use]
    pub fn for_reader(mut self, languages: Vec<String>) -> Self {
        self.read = languages;
        self
    }

    /// The languages that a level's texts are looked for in, the first most.
    pub fn read(&self) -> &[String] {
        &self.read
    }

    /// Their language.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// The text of that key; in English where the language has none; the key itself where there is none at all, so that
    /// the gap is seen.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of that key with its variables filled in. Numbers are written as the language writes them.
    pub fn with(&self, key: &str, variables: &[(&'static str, FluentValue<'static>)]) -> String {
        let found = self.bundles.iter().find_map(|bundle| Some((bundle, bundle.get_message(key)?.value()?)));
        let Some((bundle, pattern)) = found else { return key.to_owned() };
        let args: FluentArgs<'_> = variables.iter().cloned().collect();
        bundle.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// A number that stands alone, as the language writes it.
    pub fn number(&self, number: impl Into<FluentNumber>) -> String {
        self.language.numerals().write(&number.into())
    }

    /// What a level says, in the first of the reader's languages that it has, else in English.
    pub fn of_level<'a>(&self, level: &'a Level, key: &str) -> Option<&'a str> {
        let written = |code: &String| level.texts.get(code).is_some_and(|texts| texts.contains_key(key));
        let code = self.read.iter().find_map(|tag| {
            let codes = || level.texts.keys().filter(|code| written(code));
            let same = codes().find(|code| code.eq_ignore_ascii_case(tag));
            same.or_else(|| codes().find(|code| family(code) == family(tag)))
        });
        level.text(code.map_or("en", String::as_str), key)
    }

    /// Whether there is a text of that key.
    pub fn has(&self, key: &str) -> bool {
        self.bundles.iter().any(|bundle| bundle.has_message(key))
    }

    /// Why an edit was refused, for the player.
    pub fn refusal(&self, refusal: &Refusal) -> String {
        let mut variables: Vec<(&'static str, FluentValue<'static>)> = Vec::new();
        match refusal {
            Refusal::TooDear { price, left } => {
                variables.push(("price", (*price).into()));
                variables.push(("left", (*left).into()));
            }
            Refusal::NoneLeft(kind) => {
                variables.push(("kind", self.get(&format!("kind-{}", kind.key())).into()));
            }
            Refusal::NoFaultLeft(kind) => {
                variables.push(("kind", self.get(&format!("enemy-{}", kind.key())).into()));
            }
            _ => {}
        }
        self.with(refusal.key(), &variables)
    }
}

fn bundle(language: Language) -> FluentBundle<FluentResource> {
    let id = language.code().parse::<LanguageIdentifier>().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![id]);
    // Isolation marks are for mixed scripts; the fonts have no glyphs for them.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(language.numerals().formatter()));
    for &(path, text) in language.files() {
        let resource = match FluentResource::try_new(text.to_owned()) {
            Ok(resource) => resource,
            // What could be read is still of use; a test holds that nothing is left out.
            Err((resource, errors)) => {
                error!("assets/text/{path}: {errors:?}");
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            error!("assets/text/{path}: {errors:?}");
        }
    }
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_that_a_player_can_meet_has_a_text() {
        let texts = Texts::english();
        for key in [
            "rock",
            "sky",
            "outside-map",
            "piece-there",
            "pipe-there",
            "twice",
            "not-beside",
            "same-way",
            "fixed",
            "none-left",
            "too-dear",
            "not-in-flow",
            "no-cells",
            "no-such",
            "name-taken",
            "bad-name",
            "no-knob",
            "board-full",
            "no-turn",
            "bad-setting",
            "needs-pipe",
            "needs-caller",
            "no-calls-here",
            "has-one",
            "no-bridge",
            "too-many",
        ] {
            assert!(texts.has(&format!("refusal-{key}")), "refusal-{key}");
        }
    }

    #[test]
    fn every_kind_parameter_choice_enemy_and_class_has_its_texts() {
        use pipe_maze_level::kind::param::Range;
        use pipe_maze_level::{Class, EnemyKind, Kind};
        let texts = Texts::english();
        let mut keys = Vec::new();
        for kind in Kind::ALL {
            keys.extend([format!("kind-{}", kind.key()), format!("about-{}", kind.key())]);
            for param in kind.params() {
                keys.extend([format!("param-{}", param.key), format!("param-{}-help", param.key)]);
                keys.push(format!("unit-{}", param.unit.key()));
                if let Range::Choice(names) = param.range {
                    keys.extend(names.iter().map(|name| format!("choice-{name}")));
                }
            }
        }
        keys.extend(EnemyKind::ALL.iter().flat_map(|e| [format!("enemy-{}", e.key()), format!("about-{}", e.key())]));
        keys.extend(Class::ALL.iter().map(|class| format!("class-{}", class.key())));
        let missing: Vec<_> = keys.into_iter().filter(|key| !texts.has(key)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn every_trouble_with_what_is_kept_has_a_text() {
        use crate::store::{Fault, Name, Trouble};
        let texts = Texts::english();
        let aside = String::new();
        let faults = [Fault::Full, Fault::Forbidden].map(Trouble::NotKept);
        let others = [Trouble::SetAside { name: Name::SETTINGS, aside }, Trouble::Sealed(Name::SETTINGS)];
        for trouble in faults.into_iter().chain(others) {
            assert!(texts.has(trouble.key()), "{}", trouble.key());
        }
    }

    #[test]
    fn variables_are_filled_in() {
        let text = Texts::english().refusal(&Refusal::TooDear { price: 80, left: 12 });
        assert!(text.contains("80") && text.contains("12"), "{text}");
    }
}
