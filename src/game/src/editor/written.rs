//! The level as text, beside the picture: either can be changed, and the other follows. While the text cannot be
//! understood the picture stays as it is, and each place is marked.

use super::desk::Desk;
use super::dress::body;
use super::pen::{Face, Look, Pen};
use super::spot::{Deed, Told};
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::text::{CCursor, CCursorRange, LayoutJob, TextFormat};
use bevy_egui::egui::{self, Color32, FontId, Stroke, TextEdit, Ui};
use pipe_maze_level::ParseError;
use pipe_maze_level::draft::Draft;
use pipe_maze_level::limits::FILE_BYTES_MAX;

/// How long the hand rests until what was written counts, in seconds.
const REST_S: f64 = 0.5;
/// Height of the list of mistakes.
const MISTAKES: f32 = 86.0;

/// The text while it is written.
#[derive(Debug, Default)]
pub struct Writing {
    /// The text.
    text: String,
    /// The revision of the level that it shows, or that was made of it.
    revision: Option<u64>,
    /// When it was changed last, as long as that does not count yet.
    changed_s: Option<f64>,
    /// What cannot be understood.
    pub mistakes: Vec<ParseError>,
}

impl Writing {
    /// Takes the level's text, unless something is being written.
    fn follow(&mut self, desk_text: &str, revision: u64) {
        if self.revision != Some(revision) && self.changed_s.is_none() && self.mistakes.is_empty() {
            desk_text.clone_into(&mut self.text);
            self.revision = Some(revision);
        }
    }

    /// What was written counts now, as far as it can be understood.
    pub fn settle(&mut self, draft: &mut Draft) {
        if self.changed_s.take().is_none() {
            return;
        }
        self.mistakes = draft.set_text(&self.text).err().map(|errors| errors.0).unwrap_or_default();
        if self.mistakes.is_empty() {
            self.revision = Some(draft.revision());
        }
    }

    /// Whether the picture has changed while the text has mistakes.
    fn is_behind(&self, revision: u64) -> bool {
        !self.mistakes.is_empty() && self.revision != Some(revision)
    }
}

/// The panel of the text.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, desk: &mut Desk, now_s: f64) {
    let mut writing = std::mem::take(&mut desk.writing);
    writing.follow(desk.draft.text(), desk.draft.revision());
    ui.horizontal(|ui| {
        pen.heading(ui, pen.say("editor-panel-text"), 17.0);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if pen.button(ui, "copy-text", Face::both("icon-copy", &pen.say("editor-copy")), Look::Quiet) {
                ui.copy_text(writing.text.clone());
            }
            let behind = writing.is_behind(desk.draft.revision());
            if behind && pen.button(ui, "take-picture", Face::word(&pen.say("editor-take-picture")), Look::Bone) {
                writing = Writing::default();
                writing.follow(desk.draft.text(), desk.draft.revision());
            }
        });
    });
    let mistakes = writing.mistakes.len();
    let height = ui.available_height() - if mistakes > 0 { MISTAKES } else { 4.0 };
    let lines: Vec<usize> = writing.mistakes.iter().filter_map(|mistake| Some(mistake.position?.0)).collect();
    let id = ui.make_persistent_id("level-text");
    egui::ScrollArea::both().id_salt("text").max_height(height).auto_shrink(false).show(ui, |ui| {
        let mut lay_out =
            |ui: &Ui, text: &dyn egui::TextBuffer, _: f32| ui.painter().layout_job(job(text.as_str(), &lines));
        let field = TextEdit::multiline(&mut writing.text)
            .id(id)
            .code_editor()
            .desired_width(f32::INFINITY)
            .desired_rows(20)
            .char_limit(FILE_BYTES_MAX)
            .layouter(&mut lay_out);
        let response = ui.add(field);
        let told = Told { name: pen.say("editor-panel-text"), ..pen.told(&writing.text, Deed::Write { lines: true }) };
        pen.note("level-text", &response, true, told);
        let put_in = pen.written(FILE_BYTES_MAX);
        if response.changed() || put_in.is_some() {
            writing.changed_s = Some(now_s);
        }
        if let Some(text) = put_in {
            writing.text = text;
        }
        let rests = writing.changed_s.is_some_and(|since| now_s - since > REST_S) || response.lost_focus();
        if rests {
            writing.settle(&mut desk.draft);
            desk.forget_what_is_gone();
        }
        if writing.changed_s.is_some() {
            ui.ctx().request_repaint_after_secs(REST_S as f32);
        }
    });
    mistake_list(pen, ui, &writing, id);
    desk.writing = writing;
}

fn mistake_list(pen: &Pen<'_>, ui: &mut Ui, writing: &Writing, field: egui::Id) {
    if writing.mistakes.is_empty() {
        return;
    }
    egui::ScrollArea::vertical().id_salt("mistakes").auto_shrink(false).show(ui, |ui| {
        for (n, mistake) in writing.mistakes.iter().enumerate() {
            ui.horizontal(|ui| {
                pen.icon(ui, "badge-failed", 16.0, Color32::WHITE);
                let place = mistake.position.map(|(line, column)| format!("{line}:{column}")).unwrap_or_default();
                if !place.is_empty()
                    && pen.button(ui, &format!("mistake-{}", n + 1), Face::word(&place).least(0.0, 24.0), Look::Quiet)
                {
                    put_cursor(ui, field, &writing.text, mistake.position);
                }
                let words = format!("{}: {}", mistake.place, mistake.message);
                ui.label(egui::RichText::new(words).font(body(11.5)).color(colour(palette::failed_on_ink())));
            });
        }
    });
}

/// Puts the cursor where a mistake is.
fn put_cursor(ui: &Ui, field: egui::Id, text: &str, position: Option<(usize, usize)>) {
    let Some((line, column)) = position else { return };
    let before: usize = text.split('\n').take(line.saturating_sub(1)).map(|line| line.chars().count() + 1).sum();
    let at = CCursor::new((before + column.saturating_sub(1)).min(text.chars().count()));
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), field).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::one(at)));
    state.store(ui.ctx(), field);
    ui.memory_mut(|memory| memory.request_focus(field));
}

/// The text with its colours: words that are told, numbers, remarks; and the lines with mistakes underlined.
fn job(text: &str, mistakes: &[usize]) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let wrong = mistakes.contains(&(n + 1));
        let underline = if wrong { Stroke::new(1.5, colour(palette::failed())) } else { Stroke::NONE };
        for (part, shade) in parts(line) {
            let format =
                TextFormat { font_id: FontId::monospace(11.5), color: shade, underline, ..TextFormat::default() };
            job.append(part, 0.0, format);
        }
    }
    job
}

/// A line taken apart by what its parts are, each with its colour.
fn parts(line: &str) -> Vec<(&str, Color32)> {
    let (bone, quiet) = (colour(palette::bone()), colour(palette::periwinkle()));
    let (told, number) = (colour(palette::gold()), colour(palette::browse()));
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        let (length, shade) = if rest.starts_with("//") {
            (rest.len(), quiet)
        } else if first == '"' {
            (string_length(rest), told)
        } else if first.is_ascii_digit() {
            let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_' | 'e');
            (rest.find(|c: char| !is_number(c)).unwrap_or(rest.len()), number)
        } else if first.is_alphabetic() {
            (rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len()), bone)
        } else {
            let stops = |c: char| c.is_alphanumeric() || c == '"' || c == '/';
            let next = rest.char_indices().skip(1).find(|(_, c)| stops(*c)).map_or(rest.len(), |(at, _)| at);
            (next, quiet)
        };
        let (part, after) = rest.split_at(length.max(first.len_utf8()));
        parts.push((part, shade));
        rest = after;
    }
    parts
}

/// Bytes of the string literal that a text begins with, as far as its line goes.
fn string_length(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '"' if !escaped => return at + 1,
            _ => escaped = c == '\\' && !escaped,
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart_without_losing_a_letter() {
        for line in ["    name: \"a \\\" b\", // c\n", "(at: (3, 0), x: 1.5e3)\n", "\"open", "ß/ü//日本", "", "/"] {
            let whole: String = parts(line).into_iter().map(|(part, _)| part).collect();
            assert_eq!(whole, line);
        }
        let told: Vec<&str> = parts("name: \"a \\\" b\",").into_iter().map(|(part, _)| part).collect();
        assert!(told.contains(&"\"a \\\" b\""), "{told:?}");
    }

    #[test]
    fn a_text_with_mistakes_waits_for_its_author() {
        let mut writing = Writing::default();
        writing.follow("a", 1);
        writing.text = "b".into();
        writing.mistakes = vec![ParseError { position: Some((1, 1)), place: "file".into(), message: "no".into() }];
        writing.follow("c", 2);
        assert_eq!(writing.text, "b");
        assert!(writing.is_behind(2) && !writing.is_behind(1));
    }
}
