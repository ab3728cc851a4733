//! What an enemy does, in words: which of the faults that its kind can be it is, and how strong.

use crate::text::Texts;
use crate::ui::figures::duration;
use crate::ui::turn::number;
use pipe_maze_level::milliseconds::to_ns;
use pipe_maze_level::{EnemySpec, Play};

/// What it does, in a sentence or two.
pub fn does(texts: &Texts, kind: &EnemySpec) -> String {
    let words = of_form(texts, kind.form());
    let copies = match kind {
        EnemySpec::CoordinationThwomp(stone) => stone.replicas.filter(|_| stone.blow.hits_copies()),
        _ => None,
    };
    match copies {
        Some(count) => format!("{words} {}", texts.with("foe-copies", &[("n", count.into())])),
        None => words,
    }
}

fn of_form(texts: &Texts, (form, strength): (&'static str, Option<f64>)) -> String {
    let strength = strength.map(|strength| match form {
        "delay" => duration(texts, to_ns(strength)),
        _ => number(texts, strength),
    });
    texts.with(&format!("foe-{form}"), &[("n", strength.unwrap_or_default().into())])
}

/// Its name in short.
pub fn plate(texts: &Texts, kind: &EnemySpec) -> String {
    let form = format!("plate-{}", kind.form().0);
    texts.get(&if texts.has(&form) { form } else { format!("plate-{}", kind.kind().key()) })
}

/// What those that strike a piece or pipe just now make of it; nothing where none does.
pub fn struck(texts: &Texts, play: &Play, name: &str) -> Option<String> {
    let states = play.enemies().into_iter().filter(|state| state.active && state.target == Some(name));
    let words: Vec<String> = states.map(|state| texts.get(&format!("struck-{}", state.enemy.kind.form().0))).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use std::collections::BTreeSet;

    #[test]
    fn every_fault_has_words_of_its_own_in_every_complete_language() {
        for language in ["en", "de"] {
            let texts = Texts::of(language.parse().unwrap());
            let mut said = BTreeSet::new();
            for (form, strength) in EnemySpec::forms() {
                let words = of_form(&texts, (form, strength));
                assert!(
                    texts.has(&format!("foe-{form}")) && texts.has(&format!("struck-{form}")),
                    "{language}: {form}"
                );
                assert!(!words.contains("{"), "{words}");
                let figure = strength.map(|strength| number(&texts, strength)).unwrap_or_default();
                assert!(words.contains(&figure), "{language}, {form}: {words}");
                assert!(said.insert(words) && said.insert(texts.get(&format!("struck-{form}"))), "{language}: {form}");
                let plate = format!("plate-{form}");
                assert!(!texts.has(&plate) || texts.get(&plate).chars().count() <= 16, "{language}: {plate}");
            }
        }
    }

    #[test]
    fn what_is_struck_says_so_as_long_as_it_is() {
        let texts = Texts::english();
        let mut session = flowing();
        let mut seen = [false; 2];
        while session.verdict().is_none() {
            session.advance_ns(50_000_000);
            let play = session.play().unwrap();
            let stands = struck(&texts, play, "store") == Some(texts.get("struck-pause"));
            let active = play.enemies().iter().any(|state| state.enemy.name == "press" && state.active);
            assert_eq!(stands, active);
            seen[usize::from(stands)] = true;
        }
        assert!(seen[0] && seen[1]);
    }
}
