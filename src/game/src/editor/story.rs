//! What is told, in every language that the author wants.

use super::desk::Desk;
use super::fields::LABEL;
use super::pen::{Face, Look, Pen};
use crate::language::Language;
use bevy_egui::egui::Ui;
use pipe_maze_level::draft::LevelEdit;
use pipe_maze_level::limits::{TEXT_BYTES_MAX, TEXTS_MAX};

/// The texts that every level can have, with how many lines a field for them has.
const TEXTS: [(&str, usize); 5] = [("name", 1), ("brief", 2), ("sage", 4), ("won", 3), ("lost", 3)];
/// Most hints that can be written here.
const HINTS_MAX: usize = 9;
/// Longest code of a language, in bytes.
const CODE_BYTES_MAX: usize = 16;

/// The panel of texts.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, now_s: f64) {
    pen.heading(ui, pen.say("editor-panel-story"), 17.0);
    let edit = languages(pen, ui, desk);
    let language = desk.language.clone();
    let level = desk.draft.level();
    let written = |key: &str| level.texts.get(&language).and_then(|texts| texts.get(key)).cloned();
    let hints = (1..=HINTS_MAX).take_while(|n| *n == 1 || written(&format!("hint-{}", n - 1)).is_some());
    let hints: Vec<String> = hints.map(|n| format!("hint-{n}")).collect();
    let names = level.pieces.iter().map(|piece| piece.name.clone()).take(TEXTS_MAX);
    let fields = TEXTS.map(|(key, rows)| (key.to_owned(), rows)).into_iter();
    let fields = fields.chain(hints.into_iter().map(|key| (key, 2))).chain(names.map(|key| (key, 1)));
    let fields: Vec<(String, usize, String)> =
        fields.map(|(key, rows)| (key.clone(), rows, written(&key).unwrap_or_default())).collect();
    let mut written_now = None;
    for (key, rows, text) in fields {
        let label = text_label(pen, &key);
        let new = ui.push_id((&language, &key), |ui| {
            if rows == 1 {
                ui.horizontal(|ui| {
                    pen.label(ui, &label, LABEL - 30.0);
                    pen.called(&label, || pen.text(ui, &format!("text-{key}"), &text, rows, TEXT_BYTES_MAX))
                })
                .inner
            } else {
                pen.quiet(ui, &label);
                pen.called(&label, || pen.text(ui, &format!("text-{key}"), &text, rows, TEXT_BYTES_MAX))
            }
        });
        if let Some(new) = new.inner {
            let text = Some(new).filter(|new| !new.is_empty() || key == "name" || key == "brief");
            let field = format!("{language}, {key}");
            written_now = Some((field, LevelEdit::Text { language: language.clone(), key, text }));
        }
    }
    if let Some((field, edit)) = written_now {
        desk.write(&field, &edit, now_s);
    }
    if let Some(edit) = edit {
        desk.apply(&edit, now_s);
    }
}

/// What a text is called: those of every level have names of their own; others are called as the piece is.
fn text_label(pen: &Pen<'_>, key: &str) -> String {
    let hint = key.strip_prefix("hint-").and_then(|n| n.parse::<u32>().ok());
    match hint {
        Some(n) => pen.texts.with("editor-text-hint", &[("n", n.into())]),
        None if TEXTS.iter().any(|(text, _)| *text == key) => pen.say(&format!("editor-text-{key}")),
        None => key.to_owned(),
    }
}

/// Which language is written, a new one, and the way to take one out.
fn languages(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk) -> Option<LevelEdit> {
    let mut edit = None;
    let codes: Vec<String> = desk.draft.level().texts.keys().cloned().collect();
    ui.horizontal_wrapped(|ui| {
        for code in &codes {
            let known = Language::all().find(|each| each.code() == code);
            let name = match known {
                Some(language) => language.name(),
                None => code.as_str(),
            };
            if pen.button(ui, &format!("language-{code}"), Face::word(name), Look::chosen(*code == desk.language)) {
                desk.language.clone_from(code);
            }
        }
        let removable = desk.language != "en" && codes.contains(&desk.language);
        let face = Face::icon("icon-trash").least(32.0, 32.0);
        if removable && pen.button_told(ui, "remove-language", face, Look::Bare, "editor-remove-language") {
            edit = Some(LevelEdit::RemoveLanguage(desk.language.clone()));
            desk.language = "en".into();
        }
    });
    ui.horizontal(|ui| {
        let label = pen.say("editor-add-language");
        pen.label(ui, &label, LABEL - 30.0);
        if let Some(code) = pen.called(label, || pen.line(ui, "add-language", "", 70.0, CODE_BYTES_MAX)) {
            let code = code.trim().to_owned();
            if !code.is_empty() && !codes.contains(&code) {
                let name = desk.draft.level().text(&desk.language, "name").unwrap_or_default().to_owned();
                edit = Some(LevelEdit::Text { language: code.clone(), key: "name".into(), text: Some(name) });
                desk.language = code;
            }
        }
    });
    edit
}
