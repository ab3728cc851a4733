//! Everything a player reads, by key, from the localisation files.

use bevy::prelude::*;
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use pipe_maze_level::Refusal;
use std::sync::Arc;
use unic_langid::LanguageIdentifier;

const ENGLISH: &str = concat!(
    include_str!("../../../assets/text/en.ftl"),
    "\n",
    include_str!("../../../assets/text/en/params.ftl"),
    "\n",
    include_str!("../../../assets/text/en/enemies.ftl"),
    "\n",
    include_str!("../../../assets/text/en/settings.ftl")
);

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(Texts::english());
}

/// The texts of the language in use.
#[derive(Resource, Clone)]
pub struct Texts(Arc<FluentBundle<FluentResource>>);

impl Texts {
    /// The English texts.
    pub fn english() -> Self {
        let english = "en".parse::<LanguageIdentifier>().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![english]);
        // Isolation marks are for mixed scripts; the fonts have no glyphs for them.
        bundle.set_use_isolating(false);
        let resource = match FluentResource::try_new(ENGLISH.to_owned()) {
            Ok(resource) => resource,
            // What could be read is still of use; a test holds that nothing is left out.
            Err((resource, errors)) => {
                error!("assets/text/en.ftl: {errors:?}");
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            error!("assets/text/en.ftl: {errors:?}");
        }
        Self(Arc::new(bundle))
    }

    /// The text of that key; the key itself where there is none, so that the gap is seen.
    pub fn get(&self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of that key with its variables filled in.
    pub fn with(&self, key: &str, variables: &[(&'static str, FluentValue<'static>)]) -> String {
        let Some(pattern) = self.0.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let args: FluentArgs<'_> = variables.iter().cloned().collect();
        self.0.format_pattern(pattern, Some(&args), &mut Vec::new()).into_owned()
    }

    /// Whether there is a text of that key.
    pub fn has(&self, key: &str) -> bool {
        self.0.has_message(key)
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
            _ => {}
        }
        self.with(refusal.key(), &variables)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_english_texts_parse_without_a_gap() {
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
    }

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
