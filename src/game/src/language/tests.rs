//! What each language lacks, by name; and that nothing is written in vain.

use super::*;
use fluent_bundle::{FluentResource, FluentValue};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The messages of a language: key, then the variables that its text uses.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn is_name(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || letter == '-' || letter == '_'
}

fn messages(language: Language) -> Messages {
    let mut messages = Messages::new();
    let lines = language.files().iter().flat_map(|(_, text)| text.lines());
    let mut key = String::new();
    for line in lines.filter(|line| !line.starts_with('#')) {
        if line.starts_with(|letter: char| letter.is_ascii_lowercase()) {
            key = line.split(" =").next().unwrap_or_default().to_owned();
            assert!(!messages.contains_key(&key), "{language}: {key} is there twice");
        }
        let used = line.split('$').skip(1).map(|rest| rest.chars().take_while(|&c| is_name(c)).collect());
        messages.entry(key.clone()).or_default().extend::<BTreeSet<String>>(used.collect());
    }
    messages.remove("");
    messages
}

/// All Rust sources below a folder, without white space.
fn sources(folder: &Path, found: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.extend(fs::read_to_string(&path).unwrap().split_whitespace());
        }
    }
}

fn code(folders: &[&str]) -> String {
    let mut code = String::new();
    folders.iter().for_each(|folder| sources(&root().join(folder), &mut code));
    code
}

#[test]
fn every_file_can_be_read() {
    for (path, text) in Language::all().flat_map(|language| language.files()) {
        let errors = FluentResource::try_new((*text).to_owned()).err().map(|(_, errors)| errors);
        assert_eq!(errors, None, "assets/text/{path}");
    }
}

#[test]
fn every_file_is_in_the_list() {
    let text = root().join("assets/text");
    for language in Language::all() {
        let mut there: BTreeSet<String> = BTreeSet::from([format!("{language}.ftl")]);
        for entry in fs::read_dir(text.join(language.code())).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".ftl") {
                there.insert(format!("{language}/{name}"));
            }
        }
        let listed: BTreeSet<String> = language.files().iter().map(|(path, _)| (*path).to_owned()).collect();
        assert_eq!(listed, there, "the list of files of `{language}` in src/game/src/language/list.rs");
    }
}

#[test]
fn no_language_lacks_a_text_or_has_one_of_its_own() {
    let english = messages(Language::ENGLISH);
    let mut gaps = Vec::new();
    for language in Language::all() {
        let own = messages(language);
        if language.is_complete() {
            gaps.extend(
                english.keys().filter(|key| !own.contains_key(*key)).map(|key| format!("{language}: no {key}")),
            );
        }
        gaps.extend(own.keys().filter(|key| !english.contains_key(*key)).map(|key| format!("en: no {key}")));
    }
    assert!(gaps.is_empty(), "{gaps:#?}");
}

#[test]
fn every_language_uses_the_same_variables() {
    let english = messages(Language::ENGLISH);
    let mut gaps = Vec::new();
    for language in Language::all() {
        for (key, variables) in messages(language) {
            // One that English leaves out may be what another language needs; but nobody would fill it in.
            let theirs = english.get(&key).cloned().unwrap_or_default();
            gaps.extend(theirs.symmetric_difference(&variables).map(|name| format!("{language}: {key}: ${name}")));
        }
    }
    assert!(gaps.is_empty(), "{gaps:#?}");
}

#[test]
fn every_text_is_asked_for_and_every_text_that_is_asked_for_is_there() {
    let english = messages(Language::ENGLISH);
    // The level layer has the keys of refusals, objectives and kinds, the mesh layer those of its notes.
    let all = code(&["src/game/src", "src/level/src", "src/mesh/src"]);
    let game = code(&["src/game/src"]);
    let literals: BTreeSet<&str> = all.split('"').filter(|literal| literal.len() < 80).collect();
    let families: Vec<(&str, &str)> = literals
        .iter()
        .filter_map(|literal| Some((literal.split_once('{')?.0, literal.rsplit_once('}')?.1)))
        .filter(|(start, end)| start.ends_with('-') || start.is_empty() && end.starts_with('-'))
        .filter(|(start, end)| format!("{start}{end}").chars().all(is_name))
        .collect();
    let asked = |key: &str| {
        literals.contains(key) || families.iter().any(|(start, end)| key.starts_with(start) && key.ends_with(end))
    };
    let unused: Vec<&String> = english.keys().filter(|key| !asked(key)).collect();
    assert!(unused.is_empty(), "nobody asks for {unused:#?}");
    let calls = ["texts.get(\"", "texts.with(\""].into_iter().flat_map(|call| game.split(call).skip(1));
    let keys: BTreeSet<&str> = calls.filter_map(|rest| rest.split('"').next()).collect();
    assert!(keys.len() > 20, "{keys:?}");
    // A level's own texts are asked for by language.
    let is_language = |key: &str| Language::all().any(|language| language.code() == key);
    let asked = keys.iter().filter(|key| !key.contains('{') && !is_language(key));
    let missing: Vec<_> = asked.filter(|key| !english.contains_key(**key)).collect();
    assert!(missing.is_empty(), "there is no {missing:#?}");
}

#[test]
fn nobody_asks_a_level_for_english_only() {
    let code = code(&["src/game/src"]);
    let only = concat!(".text(\"", "en\",");
    assert_eq!(code.matches(only).count(), 0, "use `Texts::of_level`");
}

#[test]
fn the_page_around_the_game_has_the_same_texts_in_each_of_its_languages() {
    fn keys(value: &serde_json::Value, path: &str, found: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(parts) => {
                parts.iter().for_each(|(key, value)| keys(value, &format!("{path}/{key}"), found));
            }
            value => {
                let used = value.as_str().unwrap().split('{').skip(1).filter_map(|rest| rest.split('}').next());
                found.insert(format!("{path} {:?}", used.collect::<BTreeSet<_>>()));
            }
        }
    }
    let of = |language: Language| {
        let text = fs::read_to_string(root().join(format!("web/text/{language}.json"))).unwrap();
        let mut found = BTreeSet::new();
        keys(&serde_json::from_str(&text).unwrap(), "", &mut found);
        found
    };
    let list = fs::read_to_string(root().join("web/text.js")).unwrap();
    for language in Language::all().filter(|language| language.is_complete()) {
        assert_eq!(of(language), of(Language::ENGLISH), "web/text/{language}.json");
        assert!(list.contains(&format!("\"{language}\"")), "web/text.js lacks {language}");
    }
}

#[test]
fn the_first_language_is_the_one_that_the_system_asks_for() {
    let first = |tags: &[&str]| Languages::of_system(tags.iter().copied()).current().code();
    assert_eq!(first(&["de-AT", "en"]), "de");
    assert_eq!(first(&["de_DE.UTF-8"]), "de");
    assert_eq!(first(&["fr-FR", "DE"]), "de");
    assert_eq!(first(&["en-GB", "de"]), "en");
    for nothing in [&["C"] as &[&str], &["POSIX"], &[""], &[]] {
        assert_eq!(first(nothing), "en", "{nothing:?}");
    }
    assert_eq!(first(&["ja-JP", "de"]), "de", "one that is not complete is not chosen by the system");
}

#[test]
fn codes_are_written_and_read() {
    for language in Language::all() {
        assert_eq!(language.code().parse(), Ok(language));
        let kept = serde_json::to_string(&language).unwrap();
        assert_eq!(serde_json::from_str::<Language>(&kept).unwrap(), language);
    }
    assert!("tlh".parse::<Language>().is_err_and(|e| e.to_string().contains("zh-Hans")));
    assert_eq!(Language::for_tag("zh-CN").map(Language::code), Some("zh-Hans"));
}

#[test]
fn the_button_goes_round_through_the_complete_languages() {
    let second = Language::ENGLISH.next();
    assert!(second != Language::ENGLISH && second.is_complete());
    let complete = Language::all().filter(|language| language.is_complete()).count();
    let round = (0..complete).fold(Language::ENGLISH, |language, _| language.next());
    assert_eq!(round, Language::ENGLISH);
}

#[test]
fn texts_follow_what_the_player_chooses() {
    let mut app = App::new();
    app.add_plugins((crate::text::plugin, plugin));
    app.insert_resource(Languages::of_system(["en"]));
    let said = |app: &App| app.world().resource::<Texts>().get("button-back");
    app.update();
    assert_eq!(said(&app), "Back");
    let german = "de".parse().unwrap();
    app.world_mut().resource_mut::<Languages>().choose(Some(german));
    app.update();
    assert_eq!(said(&app), "Zurück");
    app.world_mut().resource_mut::<Languages>().choose(None);
    app.update();
    assert_eq!(said(&app), "Back");
}

#[test]
fn a_level_is_told_in_the_first_of_its_readers_languages_that_it_has() {
    let mut level = pipe_maze_level::draft::Draft::blank(16, 12).level().clone();
    for code in ["en", "fr", "de", "pt-BR", "zh-Hans"] {
        level.texts.entry(code.to_owned()).or_default().insert("name".to_owned(), code.to_owned());
    }
    let told = |tags: &[&str], chosen: Option<&str>| {
        let mut languages = Languages::of_system(tags.iter().copied());
        languages.choose(chosen.map(|code| code.parse().unwrap()));
        let texts = Texts::of(languages.current()).for_reader(languages.read());
        texts.of_level(&level, "name").unwrap().to_owned()
    };
    assert_eq!(told(&["fr_FR.UTF-8", "de"], None), "fr", "a language that the game lacks");
    assert_eq!(told(&["fr", "de"], Some("de")), "de", "what was chosen comes first");
    assert_eq!(told(&["fr"], Some("ja")), "fr", "what was chosen is not there: the next that is read");
    assert_eq!(told(&["pt-PT"], None), "pt-BR", "of the same language");
    assert_eq!(told(&["it", "xx"], None), "en");
    assert_eq!(told(&["zh-CN"], None), "zh-Hans", "one that the game has only begun");
    assert_eq!(told(&["zh_CN.UTF-8"], Some("en")), "en");
    assert_eq!(told(&["zh-TW"], None), "zh-Hans", "of the same language, if not of the same script");
    level.texts.get_mut("fr").unwrap().clear();
    let texts = Texts::english().for_reader(vec!["fr".to_owned(), "de".to_owned()]);
    assert_eq!(texts.of_level(&level, "name"), Some("de"), "a text is looked for by itself");
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let texts = Texts::of("ja".parse().unwrap());
    assert_eq!(texts.get("tool-pipe"), "パイプ");
    assert_eq!(texts.get("valve-open"), Texts::english().get("valve-open"));
    assert!(texts.has("valve-open"));
}

#[test]
fn each_language_has_its_plurals_and_its_numbers() {
    let german = Texts::of("de".parse().unwrap());
    let about = |workers: u32, queue: u32| {
        let variables: [(&'static str, FluentValue<'static>); 3] =
            [("workers", workers.into()), ("mean", "x".into()), ("queue", queue.into())];
        german.with("about-machine-room", &variables)
    };
    assert_eq!(about(1, 0), "Ein Arbeiter, x je Anfrage. Keine darf warten.");
    assert_eq!(about(6, 12_000), "6 Arbeiter, x je Anfrage. 12.000 dürfen warten.");
    assert_eq!(german.with("share", &[("share", 99.5.into())]), "99,5\u{a0}%");
}
