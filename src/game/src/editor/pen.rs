//! The few parts from which the editor's panels are made. Each notes where it stands under a name, for tests and for the
//! page's script interface.

use super::dress::{CORNER, body, strong, title};
use super::icons::Icons;
use crate::atlas::Atlas;
use crate::immediate::colour;
use crate::palette;
use crate::text::Texts;
use bevy::prelude::{Assets, Image, Resource};
use bevy_egui::egui::{self, Color32, Response, Sense, Stroke, StrokeKind, Ui};
use std::cell::RefCell;
use std::ops::RangeInclusive;

/// Where a control stands, in interface pixels.
#[derive(Clone, PartialEq, Debug)]
pub struct Spot {
    /// Its name.
    pub key: String,
    /// Where it is.
    pub area: egui::Rect,
    /// Whether it can be pressed now.
    pub enabled: bool,
    /// Whether the keyboard is on it.
    pub focused: bool,
}

/// The controls that were drawn last.
#[derive(Resource, Default)]
pub struct Spots(pub Vec<Spot>);

/// How a button looks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Look {
    /// The one thing to do next, or what is chosen.
    Bone,
    /// Everything else.
    Quiet,
    /// What shows itself only under the pointer.
    Bare,
    /// It cannot be pressed now.
    Off,
}

impl Look {
    /// Bone where it is chosen.
    pub const fn chosen(chosen: bool) -> Self {
        if chosen { Self::Bone } else { Self::Quiet }
    }

    /// Off where it cannot be pressed.
    #[must_use]
    pub const fn enabled(self, enabled: bool) -> Self {
        if enabled { self } else { Self::Off }
    }
}

/// What is written on a button, and how large it is.
#[derive(Clone, Copy, Debug)]
pub struct Face<'a> {
    /// A sprite before the words.
    pub icon: Option<&'a str>,
    /// The words; may be empty.
    pub words: &'a str,
    /// Size of the letters.
    pub size: f32,
    /// Least width and height.
    pub least: egui::Vec2,
    /// Whether the sprite keeps its own colours.
    pub coloured: bool,
}

impl<'a> Face<'a> {
    /// A word.
    pub const fn word(words: &'a str) -> Self {
        Self { icon: None, words, size: 13.0, least: egui::vec2(0.0, 32.0), coloured: false }
    }

    /// A sprite alone.
    pub const fn icon(icon: &'a str) -> Self {
        Self { icon: Some(icon), words: "", size: 15.0, least: egui::vec2(34.0, 34.0), coloured: false }
    }

    /// A sprite and a word.
    pub const fn both(icon: &'a str, words: &'a str) -> Self {
        Self { icon: Some(icon), ..Self::word(words) }
    }

    /// In its own colours.
    #[must_use]
    pub const fn coloured(self) -> Self {
        Self { coloured: true, ..self }
    }

    /// At least so large.
    #[must_use]
    pub const fn least(self, width: f32, height: f32) -> Self {
        Self { least: egui::vec2(width, height), ..self }
    }
}

/// Draws controls.
pub struct Pen<'a> {
    /// Texts in the language in use.
    pub texts: &'a Texts,
    /// The atlas and its images.
    pub art: (&'a Atlas, &'a Assets<Image>),
    /// Sprites cut out so far.
    pub icons: RefCell<&'a mut Icons>,
    /// Where controls stand.
    pub spots: RefCell<Vec<Spot>>,
}

impl Pen<'_> {
    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.texts.get(key)
    }

    /// Notes where a control stands.
    pub fn note(&self, key: &str, response: &Response, enabled: bool) {
        let visible = response.rect.intersect(response.interact_rect);
        let area = if visible.is_positive() { visible } else { response.rect };
        let focused = response.has_focus();
        self.spots.borrow_mut().push(Spot { key: key.to_owned(), area, enabled, focused });
    }

    /// A sprite in the middle of a place.
    pub fn paint_icon(&self, painter: &egui::Painter, name: &str, middle: egui::Pos2, height: f32, tint: Color32) {
        let px = (height * painter.pixels_per_point()).round() as u32;
        let Some(texture) = self.icons.borrow_mut().get(painter.ctx(), self.art, name, px) else { return };
        let size = texture.size_vec2() / painter.pixels_per_point();
        let whole = egui::Rect::from_min_max(egui::Pos2::ZERO, egui::pos2(1.0, 1.0));
        painter.image(texture.id(), egui::Rect::from_center_size(middle, size), whole, tint);
    }

    /// A sprite in its own colours, in the flow of the panel.
    pub fn icon(&self, ui: &mut Ui, name: &str, height: f32, tint: Color32) {
        let width = height * self.art.0.aspect(name).min(1.6);
        let (area, _) = ui.allocate_exact_size(egui::vec2(width, height), Sense::hover());
        self.paint_icon(ui.painter(), name, area.center(), height, tint);
    }

    /// A button. Says whether it was pressed.
    pub fn button(&self, ui: &mut Ui, key: &str, face: Face<'_>, look: Look) -> bool {
        self.button_response(ui, key, face, look).clicked() && look != Look::Off
    }

    /// The same with a word about it under the pointer.
    pub fn button_told(&self, ui: &mut Ui, key: &str, face: Face<'_>, look: Look, about: &str) -> bool {
        let response = self.button_response(ui, key, face, look).on_hover_text(self.say(about));
        response.clicked() && look != Look::Off
    }

    fn button_response(&self, ui: &mut Ui, key: &str, face: Face<'_>, look: Look) -> Response {
        let words = ui.painter().layout_no_wrap(face.words.to_owned(), strong(face.size), Color32::PLACEHOLDER);
        let height = face.size * if face.words.is_empty() { 1.15 } else { 1.25 };
        let icon_width = face.icon.map_or(0.0, |name| height * self.art.0.aspect(name).min(1.8));
        let gap = if face.icon.is_some() && !face.words.is_empty() { 7.0 } else { 0.0 };
        let inner = icon_width + gap + words.size().x;
        let size = egui::vec2(inner + face.size * 1.5, words.size().y + 10.0).max(face.least);
        let sense = if look == Look::Off { Sense::hover() } else { Sense::click() };
        let (area, response) = ui.allocate_exact_size(size, sense);
        let (fill, ink) = fill(look, response.hovered() || response.has_focus());
        let painter = ui.painter();
        painter.rect_filled(area, CORNER, fill);
        focus_ring(painter, area, &response);
        let mut x = area.center().x - inner * 0.5;
        if let Some(name) = face.icon {
            let tint = if face.coloured { full(look) } else { ink };
            self.paint_icon(painter, name, egui::pos2(x + icon_width * 0.5, area.center().y), height, tint);
            x += icon_width + gap;
        }
        painter.galley(egui::pos2(x, area.center().y - words.size().y * 0.5), words, ink);
        self.note(key, &response, look != Look::Off);
        response
    }

    /// A tile of the rail: a sprite over a word.
    pub fn tile(&self, ui: &mut Ui, key: &str, icon: &str, words: &str, chosen: bool, size: egui::Vec2) -> bool {
        let (area, response) = ui.allocate_exact_size(size, Sense::click());
        let look = Look::chosen(chosen);
        let (fill, ink) = fill(look, response.hovered() || response.has_focus());
        let painter = ui.painter();
        painter.rect_filled(area, CORNER, fill);
        focus_ring(painter, area, &response);
        let letters = if size.x < 46.0 { 9.0 } else { 11.0 };
        self.paint_icon(painter, icon, egui::pos2(area.center().x, area.top() + size.y * 0.38), 17.0, ink);
        let at = egui::pos2(area.center().x, area.bottom() - 4.0);
        painter.text(at, egui::Align2::CENTER_BOTTOM, words, strong(letters), ink);
        self.note(key, &response, true);
        response.clicked()
    }

    /// A heading.
    pub fn heading(&self, ui: &mut Ui, words: impl Into<String>, size: f32) {
        ui.label(egui::RichText::new(words).font(title(size)).color(colour(palette::bone())));
    }

    /// Quiet running text.
    pub fn quiet(&self, ui: &mut Ui, words: impl Into<String>) {
        ui.label(egui::RichText::new(words).font(body(12.0)).color(colour(palette::periwinkle())));
    }

    /// A name before a field, at its left.
    pub fn label(&self, ui: &mut Ui, words: &str, width: f32) {
        let (area, _) = ui.allocate_exact_size(egui::vec2(width, 28.0), Sense::hover());
        let galley = ui.painter().layout(words.to_owned(), body(12.5), colour(palette::periwinkle()), width);
        let at = egui::pos2(area.left(), area.center().y - galley.size().y * 0.5);
        ui.painter().galley(at, galley, colour(palette::periwinkle()));
    }

    /// A number. Gives the new one once it is decided: when a drag ends, or what was typed is left.
    pub fn number(
        &self,
        ui: &mut Ui,
        key: &str,
        value: f64,
        (range, whole, unit): (RangeInclusive<f64>, bool, &str),
    ) -> Option<f64> {
        let id = ui.make_persistent_id(("number", key));
        let mut shown = ui.data(|data| data.get_temp::<f64>(id)).unwrap_or(value);
        let suffix = if unit.is_empty() { String::new() } else { format!(" {unit}") };
        let speed = if whole { (shown.abs() * 0.01).max(0.1) } else { (shown.abs() * 0.01).max(0.01) };
        let field = egui::DragValue::new(&mut shown)
            .range(range)
            .clamp_existing_to_range(false)
            .speed(speed)
            .max_decimals(if whole { 0 } else { 3 })
            .update_while_editing(false)
            .suffix(suffix);
        let response = ui.add(field);
        self.note(key, &response, true);
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
        let combo = egui::ComboBox::from_id_salt(key).selected_text(shown).truncate().show_ui(ui, |ui| {
            for (i, name) in names.iter().enumerate() {
                let line = ui.selectable_label(i == chosen, name);
                self.note(&format!("{key}-{}", i + 1), &line, true);
                if line.clicked() && i != chosen {
                    new = Some(i);
                }
            }
        });
        self.note(key, &combo.response, true);
        new
    }

    /// A box with a tick. Gives the new state.
    pub fn tick(&self, ui: &mut Ui, key: &str, mut on: bool, words: &str) -> Option<bool> {
        let response = ui.checkbox(&mut on, words);
        self.note(key, &response, true);
        response.clicked().then_some(on)
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

fn fill(look: Look, hovered: bool) -> (Color32, Color32) {
    let bone = colour(palette::bone());
    match (look, hovered) {
        (Look::Bone, false) => (bone, colour(palette::ink())),
        (Look::Bone, true) => (colour(palette::core()), colour(palette::ink())),
        (Look::Quiet, false) => (colour(palette::ink_raised()), bone),
        (Look::Bare, false) => (Color32::TRANSPARENT, bone),
        (Look::Quiet | Look::Bare, true) => (colour(palette::ink_line()), bone),
        (Look::Off, _) => (colour(palette::ink_raised()).gamma_multiply(0.6), colour(palette::inactive())),
    }
}

/// The tint of a sprite in its own colours.
const fn full(look: Look) -> Color32 {
    if matches!(look, Look::Off) { Color32::from_rgba_premultiplied(110, 110, 110, 110) } else { Color32::WHITE }
}

/// Where the keyboard is.
pub fn focus_ring(painter: &egui::Painter, area: egui::Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, colour(palette::gold()));
        painter.rect_stroke(area.expand(1.0), CORNER, stroke, StrokeKind::Outside);
    }
}
