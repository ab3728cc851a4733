//! Fields: what is set by dragging, typing, choosing and switching. Before each stands its name; a press on that tells what
//! it is for, and from where to where it goes.

use super::dress::{body, strong};
use super::pen::{Pen, focus_ring};
use crate::immediate::colour;
use crate::palette;
use crate::ui::turn::number;
use bevy_egui::egui::{self, Response, Sense, Ui};
use std::ops::RangeInclusive;

/// Width of a name before a field.
pub const LABEL: f32 = 118.0;
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
        let result = ui.horizontal(|ui| {
            let name = self.name_before(ui, &self.say(key), LABEL, is_open).on_hover_text(&help);
            if name.clicked() {
                is_open = !is_open;
                ui.data_mut(|data| data.insert_temp(id, is_open));
            }
            let before = self.naming.replace(self.say(key));
            let result = field(ui);
            self.naming.replace(before);
            result
        });
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
        let most = if unit.is_empty() { number(most) } else { format!("{} {unit}", number(most)) };
        self.texts.with("editor-range", &[("least", number(least).into()), ("most", most.into())])
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
        let (area, response) = ui.allocate_exact_size(egui::vec2(width, galley.size().y.max(28.0)), Sense::click());
        let lit = is_open || response.hovered() || response.has_focus();
        let shade = if lit { colour(palette::gold()) } else { colour(palette::inactive()) };
        let at = egui::pos2(area.left(), area.center().y - galley.size().y * 0.5);
        let middle = egui::pos2(area.left() + galley.size().x + 10.0, area.center().y);
        ui.painter().galley(at, galley, quiet);
        ui.painter().circle_stroke(middle, 6.0, egui::Stroke::new(1.2, shade));
        ui.painter().text(middle, egui::Align2::CENTER_CENTER, "?", strong(8.5), shade);
        focus_ring(ui.painter(), area, &response);
        response
    }

    /// A number. Gives the new one once it is decided: when a drag ends, or what was typed is left.
    pub fn number(&self, ui: &mut Ui, key: &str, value: f64, (range, whole, unit): Bounds<'_>) -> Option<f64> {
        let id = ui.make_persistent_id(("number", key));
        let mut shown = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(value);
        let suffix = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let speed = if whole { (shown.abs() * 0.01).max(0.1) } else { (shown.abs() * 0.01).max(0.01) };
        let told = self.range(*range.start(), *range.end(), unit);
        let field = egui::DragValue::new(&mut shown)
            .range(range)
            .clamp_existing_to_range(false)
            .speed(speed)
            .max_decimals(if whole { 0 } else { 3 })
            .update_while_editing(false)
            .suffix(suffix);
        let response = ui.add(field).on_hover_text(told);
        let name = self.naming.borrow().clone();
        self.note_named(key, &response, true, (name, format!("{} {unit}", number(value)), None));
        decided(ui, id, &response, value, if whole { shown.round() } else { shown })
    }

    /// A line of text. Gives the new one once it is left.
    pub fn line(&self, ui: &mut Ui, key: &str, value: &str, width: f32, bytes_max: usize) -> Option<String> {
        let id = ui.make_persistent_id(("field", key));
        let mut shown = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| value.to_owned());
        let margin = egui::Margin::symmetric(8, 5);
        let field = egui::TextEdit::singleline(&mut shown).desired_width(width).char_limit(bytes_max);
        let response = ui.add(field.margin(margin));
        self.note(key, &response, true);
        decided(ui, id, &response, value.to_owned(), shown)
    }

    /// Text of so many rows. Gives it with each letter, so that nothing is lost wherever the hand goes next.
    pub fn text(&self, ui: &mut Ui, key: &str, value: &str, rows: usize, bytes_max: usize) -> Option<String> {
        let mut shown = value.to_owned();
        let field =
            if rows == 1 { egui::TextEdit::singleline(&mut shown) } else { egui::TextEdit::multiline(&mut shown) };
        let field = field.desired_width(ui.available_width() - 8.0).desired_rows(rows).char_limit(bytes_max);
        let response = ui.add(field.margin(egui::Margin::symmetric(8, 5)));
        self.note(key, &response, true);
        response.changed().then_some(shown).filter(|shown| shown != value)
    }

    /// One of several. Gives the new one's place.
    pub fn choice(&self, ui: &mut Ui, key: &str, chosen: usize, names: &[String]) -> Option<usize> {
        let shown = names.get(chosen).cloned().unwrap_or_default();
        let mut new = None;
        // Beside it a small button has room.
        let width = (ui.available_width() - 40.0).clamp(70.0, 170.0);
        let combo = egui::ComboBox::from_id_salt(key).selected_text(shown).width(width).truncate().show_ui(ui, |ui| {
            for (i, name) in names.iter().enumerate() {
                let line = ui.selectable_label(i == chosen, name);
                let told = (name.clone(), String::new(), Some(i == chosen));
                self.note_named(&format!("{key}-{}", i + 1), &line, true, told);
                if line.clicked() && i != chosen {
                    new = Some(i);
                }
            }
        });
        let name = self.naming.borrow().clone();
        self.note_named(key, &combo.response, true, (name, names.get(chosen).cloned().unwrap_or_default(), None));
        new
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
        self.note_named(key, &response, true, (words.to_owned(), String::new(), Some(on)));
        self.is_pressed(key, &response).then_some(!on)
    }
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
