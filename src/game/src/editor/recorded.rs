//! The times of a recording, as text that is typed or pasted. What cannot be read says why, in place, and changes nothing.

use super::dress::body;
use super::pen::Pen;
use super::spot::{Deed, Told};
use crate::immediate::colour;
use crate::palette;
use crate::text::Texts;
use crate::ui::figures::duration;
use crate::ui::turn::number;
use bevy_egui::egui::{self, Ui};
use pipe_maze_level::limits::RECORDED_MAX;
use pipe_maze_level::profile::recorded::{NoRecording, read, write};

/// Most bytes of the text: each time with a blank, and some room.
const BYTES_MAX: usize = RECORDED_MAX * 10;
/// Height of the field, at most.
const HEIGHT: f32 = 118.0;
/// Rows of the field, at least.
const ROWS: usize = 4;

/// What is being written, and what stood there when that began.
#[derive(Clone, Default, PartialEq, Debug)]
struct Writing {
    text: String,
    of: String,
}

/// The field. Gives the new times once it is left, in order.
pub fn show(pen: &Pen<'_>, ui: &mut Ui, piece: &str, at_ms: &[u64]) -> Option<Vec<u64>> {
    let of = write(at_ms);
    let id = ui.make_persistent_id(("recorded", piece));
    // What was begun on another recording is of no use: that has been undone, or written elsewhere.
    let held = ui.data(|data| data.get_temp::<Writing>(id)).filter(|writing| writing.of == of);
    let mut text = held.as_ref().map_or_else(|| of.clone(), |writing| writing.text.clone());
    let last = duration(pen.texts, at_ms.last().copied().unwrap_or_default().saturating_mul(1_000_000));
    let about = [("count", at_ms.len().into()), ("last", last.into())];
    pen.explained(ui, "editor-recorded", None, |_| {});
    let mut new = None;
    egui::ScrollArea::vertical().id_salt(id.with("scroll")).max_height(HEIGHT).show(ui, |ui| {
        let field = egui::TextEdit::multiline(&mut text)
            .id(id.with("field"))
            .desired_width(ui.available_width() - 8.0)
            .desired_rows(ROWS)
            .char_limit(BYTES_MAX)
            .margin(egui::Margin::symmetric(8, 5));
        let response = ui.add(field);
        let (name, help) = (pen.say("editor-recorded"), pen.say("editor-recorded-help"));
        let told = Told { name, help, value: text.clone(), deed: Deed::Write { lines: true } };
        pen.note("recorded", &response, true, told);
        let put_in = pen.written(BYTES_MAX);
        let is_done = put_in.is_some() || response.lost_focus();
        text = put_in.unwrap_or_else(|| std::mem::take(&mut text));
        let is_other = text != of;
        if is_done && is_other {
            new = read(&text).ok();
        }
        ui.data_mut(|data| {
            if is_other && new.is_none() {
                data.insert_temp(id, Writing { text: text.clone(), of: of.clone() });
            } else {
                data.remove_temp::<Writing>(id);
            }
        });
    });
    if let Some(Err(why)) = (text != of).then(|| read(&text)) {
        let words = egui::RichText::new(trouble(pen.texts, &why)).font(body(12.0));
        ui.label(words.color(colour(palette::failed_on_ink())));
    }
    pen.quiet(ui, pen.texts.with("editor-recorded-about", &about));
    new.filter(|new| new != at_ms)
}

/// Why a text is no recording, in words.
fn trouble(texts: &Texts, why: &NoRecording) -> String {
    let count = |count: usize| number(texts, count as f64).into();
    match why {
        NoRecording::Empty => texts.get("editor-recorded-empty"),
        NoRecording::TooMany => texts.with("editor-recorded-too-many", &[("max", count(RECORDED_MAX))]),
        NoRecording::NoTime(nth, word) => {
            texts.with("editor-recorded-no-time", &[("nth", count(*nth)), ("word", word.clone().into())])
        }
        NoRecording::TooLate(nth, max_ms) => {
            let max = number(texts, *max_ms as f64).into();
            texts.with("editor-recorded-too-late", &[("nth", count(*nth)), ("max", max)])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_told_with_its_place_in_every_complete_language() {
        for language in ["en", "de"] {
            let texts = Texts::of(language.parse().unwrap());
            let no_time = trouble(&texts, &read("1 2 x3").unwrap_err());
            assert!(no_time.contains('3') && no_time.contains("x3"), "{no_time}");
            let late = trouble(&texts, &read("99999999").unwrap_err());
            assert!(late.contains('1') && late.contains("86"), "{late}");
            let many = trouble(&texts, &read(&"1 ".repeat(RECORDED_MAX + 1)).unwrap_err());
            assert!(many.contains("10"), "{many}");
            let empty = trouble(&texts, &read(" ").unwrap_err());
            assert_ne!(empty, "editor-recorded-empty");
        }
    }
}
