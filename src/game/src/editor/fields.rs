//! Fields: what is set by dragging, typing, choosing and switching. Before each stands its name; a press on that tells what
//! it is for, and from where to where it goes.

use super::dress::{body, strong};
use super::pen::{Pen, focus_ring};
use super::spot::{Deed, Told};
use crate::immediate::colour;
use crate::narration::Range;
use crate::palette;
use crate::text::numerals::{Numerals, at_most};
use crate::ui::turn::{Scale, number};
use bevy_egui::egui::{self, Response, Sense, Ui};
use std::ops::RangeInclusive;

/// Width of a name before a field.
pub const LABEL: f32 = 118.0;
/// Widest list of choices.
const CHOICE: f32 = 210.0;
/// Most bytes of a number that is put in.
const NUMBER_BYTES_MAX: usize = 40;
/// Size of a switch.
const SWITCH: egui::Vec2 = egui::vec2(34.0, 20.0);

/// From where to where a number goes, whether it is a whole one, and its unit.
pub type Bounds<'a> = (RangeInclusive<f64>, bool, &'a str);

impl Pen<'_> {
    /// A field with its name before it, `key`; what it is for says the text `key-help`, and `range` what it can be.
    pub fn explained<R>(&self, ui: &mut Ui, key: &str, range: Option<String>, field: impl FnOnce(&mut Ui) -> R) -> R {
        let help = self.say(&format!("{key}-help"));
        let help = range.map_or(help.clone(), |range| format!("{help} {range}"));
        let id = ui.make_persistent_id(("help", key));
        let mut is_open = ui.data(|data| data.get_temp::<bool>(id)).unwrap_or(false);
        let before = self.helping.replace(help.clone());
        let first = self.spots.borrow().len();
        let result = ui.horizontal(|ui| {
            let name = self.name_before(ui, &self.say(key), LABEL, is_open).on_hover_text(&help);
            is_open ^= name.clicked();
            self.called(self.say(key), || field(ui))
        });
        self.helping.replace(before);
        // For the keyboard, whose way would be twice as long if it stopped at the mark.
        let is_here = self.spots.borrow()[first..].iter().any(|spot| spot.focused);
        is_open ^= is_here && ui.input(|input| input.key_pressed(egui::Key::F1));
        ui.data_mut(|data| data.insert_temp(id, is_open));
        if is_open {
            self.quiet(ui, help);
        }
        result.inner
    }

    /// A number with its name before it, changed in place once it is decided.
    pub fn row(&self, ui: &mut Ui, key: &str, value: &mut f64, (range, whole, unit): Bounds<'_>) {
        let told = self.range(*range.start(), *range.end(), unit);
        self.explained(ui, &format!("editor-{key}"), Some(told), |ui| {
            if let Some(new) = self.number(ui, key, *value, (range, whole, unit)) {
                *value = new;
            }
        });
    }

    /// The same for a whole number.
    pub fn whole_row(&self, ui: &mut Ui, key: &str, value: &mut u32, (least, most): (u32, u32), unit: &str) {
        let mut wide = f64::from(*value);
        self.row(ui, key, &mut wide, (f64::from(least)..=f64::from(most), true, unit));
        *value = wide as u32;
    }

    /// The same for a time in milliseconds.
    pub fn ms_row(&self, ui: &mut Ui, key: &str, value: &mut u64, (least, most): (u64, u64)) {
        let mut wide = *value as f64;
        self.row(ui, key, &mut wide, (least as f64..=most as f64, true, "ms"));
        *value = wide as u64;
    }

    /// From where to where a number goes, in words.
    pub fn range(&self, least: f64, most: f64, unit: &str) -> String {
        let most =
            if unit.is_empty() { number(self.texts, most) } else { format!("{} {unit}", number(self.texts, most)) };
        self.texts.with("editor-range", &[("least", number(self.texts, least).into()), ("most", most.into())])
    }

    /// A name before a field, at its left.
    pub fn label(&self, ui: &mut Ui, words: &str, width: f32) {
        let (area, _) = ui.allocate_exact_size(egui::vec2(width, 28.0), Sense::hover());
        let galley = ui.painter().layout(words.to_owned(), body(12.5), colour(palette::periwinkle()), width);
        let at = egui::pos2(area.left(), area.center().y - galley.size().y * 0.5);
        ui.painter().galley(at, galley, colour(palette::periwinkle()));
    }

    /// The same, with a mark that a press on it tells more.
    fn name_before(&self, ui: &mut Ui, words: &str, width: f32, is_open: bool) -> Response {
        let quiet = colour(palette::periwinkle());
        let galley = ui.painter().layout(words.to_owned(), body(12.5), quiet, width - 18.0);
        let (area, response) = ui.allocate_exact_size(egui::vec2(width, galley.size().y.max(28.0)), Sense::CLICK);
        let lit = is_open || response.hovered();
        let shade = if lit { colour(palette::gold()) } else { colour(palette::inactive()) };
        let at = egui::pos2(area.left(), area.center().y - galley.size().y * 0.5);
        let middle = egui::pos2(area.left() + galley.size().x + 10.0, area.center().y);
        ui.painter().galley(at, galley, quiet);
        ui.painter().circle_stroke(middle, 6.0, egui::Stroke::new(1.2, shade));
        ui.painter().text(middle, egui::Align2::CENTER_CENTER, "?", strong(8.5), shade);
        response
    }

    /// A number. Gives the new one once it is decided: when a drag ends, or what was typed is left.
    pub fn number(&self, ui: &mut Ui, key: &str, value: f64, (range, whole, unit): Bounds<'_>) -> Option<f64> {
        let id = ui.make_persistent_id(("number", key));
        let mut shown = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(value);
        let suffix = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let speed = if whole { (shown.abs() * 0.01).max(0.1) } else { (shown.abs() * 0.01).max(0.01) };
        let (min, max) = (*range.start(), *range.end());
        let told = self.range(min, max, unit);
        let numerals = self.texts.language().numerals();
        let field = egui::DragValue::new(&mut shown)
            .range(range)
            .clamp_existing_to_range(false)
            .speed(speed)
            .max_decimals(if whole { 0 } else { 3 })
            .update_while_editing(false)
            .custom_formatter(move |value, _| in_full(numerals, value))
            .custom_parser(move |text| numerals.read(text))
            .suffix(suffix.clone());
        let response = ui.add(field).on_hover_text(&told);
        let mut about = self.told(in_full(numerals, value) + &suffix, Deed::Number(Range { now: value, min, max }));
        if about.help.is_empty() {
            about.help = told;
        }
        self.note(key, &response, true, about);
        let put_in = self.written(NUMBER_BYTES_MAX).and_then(|text| numerals.read(text.trim_end_matches(unit)));
        let steps = self.steps();
        let asked = put_in.or_else(|| (steps != 0).then(|| Scale::new(min, max, whole).stepped(value, steps)));
        if let Some(asked) = asked {
            // What stands half written in the field would come back when it is left.
            response.surrender_focus();
            ui.data_mut(|data| {
                data.remove_temp::<f64>(id);
                data.remove::<String>(response.id);
            });
            let asked = asked.clamp(min, max);
            return Some(if whole { asked.round() } else { asked }).filter(|asked| *asked != value);
        }
        decided(ui, id, &response, value, if whole { shown.round() } else { shown })
    }

    /// A line of text. Gives the new one once it is left.
    pub fn line(&self, ui: &mut Ui, key: &str, value: &str, width: f32, bytes_max: usize) -> Option<String> {
        let id = ui.make_persistent_id(("field", key));
        let mut shown = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| value.to_owned());
        let margin = egui::Margin::symmetric(8, 5);
        let field = egui::TextEdit::singleline(&mut shown).desired_width(width).char_limit(bytes_max);
        let response = ui.add(field.margin(margin));
        self.note(key, &response, true, self.told(value, Deed::Write { lines: false }));
        if let Some(asked) = self.written(bytes_max) {
            ui.data_mut(|data| data.remove_temp::<String>(id));
            return Some(asked).filter(|asked| asked != value);
        }
        decided(ui, id, &response, value.to_owned(), shown)
    }

    /// Text of so many rows. Gives it with each letter, so that nothing is lost wherever the hand goes next.
    pub fn text(&self, ui: &mut Ui, key: &str, value: &str, rows: usize, bytes_max: usize) -> Option<String> {
        let mut shown = value.to_owned();
        let field =
            if rows == 1 { egui::TextEdit::singleline(&mut shown) } else { egui::TextEdit::multiline(&mut shown) };
        let field = field.desired_width(ui.available_width() - 8.0).desired_rows(rows).char_limit(bytes_max);
        let response = ui.add(field.margin(egui::Margin::symmetric(8, 5)));
        self.note(key, &response, true, self.told(value, Deed::Write { lines: rows > 1 }));
        let new = self.written(bytes_max).or_else(|| response.changed().then_some(shown));
        new.filter(|new| new != value)
    }

    /// One of several. Gives the new one's place.
    pub fn choice(&self, ui: &mut Ui, key: &str, chosen: usize, names: &[String]) -> Option<usize> {
        self.choice_within(ui, key, (chosen, names), ui.available_width() - 4.0)
    }

    /// The same in at most that width.
    pub fn choice_within(
        &self,
        ui: &mut Ui,
        key: &str,
        (chosen, names): (usize, &[String]),
        width: f32,
    ) -> Option<usize> {
        let shown = names.get(chosen).cloned().unwrap_or_default();
        let mut new = None;
        let width = width.clamp(70.0, CHOICE);
        let list = egui::ComboBox::from_id_salt(key).selected_text(&shown).width(width).truncate();
        let combo = list.show_ui(ui, |ui| {
            for (i, name) in names.iter().enumerate() {
                let line = ui.selectable_label(i == chosen, name);
                let told = Told { name: name.clone(), deed: Deed::Switch(i == chosen), ..Told::default() };
                self.note(&format!("{key}-{}", i + 1), &line, true, told);
                let is_asked = self.is_asked();
                if is_asked {
                    egui::Popup::close_all(ui.ctx());
                }
                if (is_asked || line.clicked()) && i != chosen {
                    new = Some(i);
                }
            }
        });
        self.note(key, &combo.response, true, self.told(shown, Deed::Press));
        if self.is_asked() {
            egui::Popup::toggle_id(ui.ctx(), combo.response.id.with("popup"));
        }
        let next = chosen.saturating_add_signed(self.steps() as isize).min(names.len().saturating_sub(1));
        new.or_else(|| (next != chosen && self.steps() != 0).then_some(next))
    }

    /// A switch. Gives the new state.
    pub fn tick(&self, ui: &mut Ui, key: &str, on: bool, words: &str) -> Option<bool> {
        let bone = colour(palette::bone());
        let room = (ui.available_width() - SWITCH.x - 10.0).max(60.0);
        let galley = ui.painter().layout(words.to_owned(), body(12.5), bone, room);
        let size = egui::vec2(SWITCH.x + 8.0 + galley.size().x, galley.size().y.max(SWITCH.y) + 8.0);
        let (area, response) = ui.allocate_exact_size(size, Sense::click());
        let pill = egui::Rect::from_min_size(egui::pos2(area.left(), area.center().y - SWITCH.y * 0.5), SWITCH);
        let lit = response.hovered() || response.has_focus();
        let fill = if on { palette::ok() } else { palette::ink_line() };
        let painter = ui.painter();
        painter.rect_filled(pill, SWITCH.y * 0.5, colour(fill));
        let x = if on { pill.right() } else { pill.left() } + SWITCH.y * if on { -0.5 } else { 0.5 };
        let knob = if lit { palette::core() } else { palette::bone() };
        painter.circle_filled(egui::pos2(x, pill.center().y), SWITCH.y * 0.5 - 3.0, colour(knob));
        painter.galley(egui::pos2(pill.right() + 8.0, area.center().y - galley.size().y * 0.5), galley, bone);
        focus_ring(painter, area, &response);
        let told = Told { name: words.to_owned(), deed: Deed::Switch(on), ..self.told("", Deed::Press) };
        self.note(key, &response, true, told);
        self.is_pressed(&response).then_some(!on)
    }
}

/// A number as it is written into a field: all of it, for what is written there is what counts.
fn in_full(numerals: Numerals, value: f64) -> String {
    numerals.write(&at_most(value, 3))
}

/// A value that is being changed is kept beside, and given once: so a drag or a word is one step to undo.
fn decided<T>(ui: &Ui, id: egui::Id, response: &Response, value: T, shown: T) -> Option<T>
where
    T: Clone + PartialEq + Default + Send + Sync + 'static,
{
    let going_on = response.dragged() || response.has_focus();
    if going_on {
        if response.changed() {
            ui.data_mut(|data| data.insert_temp(id, shown));
        }
        return None;
    }
    let held = ui.data_mut(|data| data.remove_temp::<T>(id));
    let new = if response.changed() { Some(shown) } else { held };
    new.filter(|new| *new != value)
}
