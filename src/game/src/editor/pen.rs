//! The few parts from which the editor's panels are made. Each notes where it stands under a name, and what it is (`spot`).

use super::dress::{CORNER, body, strong, title};
use super::icons::Icons;
use super::spot::{Deed, Spot, Told};
use crate::atlas::Atlas;
use crate::immediate::colour;
use crate::narration::Asked;
use crate::palette;
use crate::text::Texts;
use bevy::prelude::{Assets, Image};
use bevy_egui::egui::{self, Color32, Response, Sense, Stroke, StrokeKind, Ui};
use std::cell::RefCell;

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
    /// Whether all of it stands at the left, as in a list.
    pub at_left: bool,
}

impl<'a> Face<'a> {
    /// A word.
    pub const fn word(words: &'a str) -> Self {
        Self { icon: None, words, size: 13.0, least: egui::vec2(0.0, 32.0), coloured: false, at_left: false }
    }

    /// A sprite alone.
    pub const fn icon(icon: &'a str) -> Self {
        Self { icon: Some(icon), words: "", size: 15.0, least: egui::vec2(34.0, 34.0), coloured: false, at_left: false }
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

    /// At the left of the button.
    #[must_use]
    pub const fn at_left(self) -> Self {
        Self { at_left: true, ..self }
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
    /// What is asked of them without a pointer or key.
    pub asks: Vec<Asked>,
    /// What the field is called that is drawn now.
    pub naming: RefCell<String>,
    /// What it is for.
    pub helping: RefCell<String>,
}

impl Pen<'_> {
    /// A text.
    pub fn say(&self, key: &str) -> String {
        self.texts.get(key)
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

    /// A sprite in its own colours in the middle of a column of that width: so what follows stands in line.
    pub fn icon_in(&self, ui: &mut Ui, name: &str, (width, height): (f32, f32)) {
        let (area, _) = ui.allocate_exact_size(egui::vec2(width, height), Sense::hover());
        let fits = height.min(width / self.art.0.aspect(name).max(0.1));
        self.paint_icon(ui.painter(), name, area.center(), fits, Color32::WHITE);
    }

    /// A button. Says whether it was pressed.
    pub fn button(&self, ui: &mut Ui, key: &str, face: Face<'_>, look: Look) -> bool {
        let response = self.button_response(ui, key, face, look, String::new());
        self.is_pressed(&response) && look != Look::Off
    }

    /// The same with a word about it under the pointer.
    pub fn button_told(&self, ui: &mut Ui, key: &str, face: Face<'_>, look: Look, about: &str) -> bool {
        let about = self.say(about);
        let response = self.button_response(ui, key, face, look, about.clone()).on_hover_text(about);
        self.is_pressed(&response) && look != Look::Off
    }

    fn button_response(&self, ui: &mut Ui, key: &str, face: Face<'_>, look: Look, about: String) -> Response {
        let words = ui.painter().layout_no_wrap(face.words.to_owned(), strong(face.size), Color32::PLACEHOLDER);
        let height = face.size * if face.words.is_empty() { 1.15 } else { 1.25 };
        let icon_width = face.icon.map_or(0.0, |name| height * self.art.0.aspect(name).min(1.8));
        let gap = if face.icon.is_some() && !face.words.is_empty() { 7.0 } else { 0.0 };
        let inner = icon_width + gap + words.size().x;
        // Of a sprite alone the least size says enough.
        let around = if face.words.is_empty() { 6.0 } else { face.size * 1.5 };
        let size = egui::vec2(inner + around, words.size().y + 10.0).max(face.least);
        let sense = if look == Look::Off { Sense::hover() } else { Sense::click() };
        let (area, response) = ui.allocate_exact_size(size, sense);
        let (fill, ink) = fill(look, response.hovered() || response.has_focus());
        let painter = ui.painter();
        painter.rect_filled(area, CORNER, fill);
        focus_ring(painter, area, &response);
        let mut x = if face.at_left { area.left() + 10.0 } else { area.center().x - inner * 0.5 };
        if let Some(name) = face.icon {
            let tint = if face.coloured { full(look) } else { ink };
            self.paint_icon(painter, name, egui::pos2(x + icon_width * 0.5, area.center().y), height, tint);
            x += icon_width + gap;
        }
        painter.galley(egui::pos2(x, area.center().y - words.size().y * 0.5), words, ink);
        let field = self.naming.borrow().clone();
        let (name, value, help) = match (field.as_str(), face.words) {
            ("", "") => (about, "", String::new()),
            ("", words) => (words.trim().to_owned(), "", about),
            (_, "") if !about.is_empty() => (format!("{field}: {about}"), "", String::new()),
            (_, words) => (field.clone(), words, about),
        };
        let told = Told { name, value: value.to_owned(), help, deed: Deed::Press };
        self.note(key, &response, look != Look::Off, told);
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
        self.note(key, &response, true, Told { name: words.to_owned(), deed: Deed::Switch(chosen), ..Told::default() });
        self.is_pressed(&response)
    }

    /// A heading.
    pub fn heading(&self, ui: &mut Ui, words: impl Into<String>, size: f32) {
        ui.label(egui::RichText::new(words).font(title(size)).color(colour(palette::bone())));
    }

    /// Quiet running text.
    pub fn quiet(&self, ui: &mut Ui, words: impl Into<String>) {
        ui.label(egui::RichText::new(words).font(body(12.0)).color(colour(palette::periwinkle())));
    }
}

fn fill(look: Look, hovered: bool) -> (Color32, Color32) {
    let bone = colour(palette::bone());
    match (look, hovered) {
        (Look::Bone, false) => (bone, colour(palette::ink())),
        (Look::Bone, true) => (colour(palette::core()), colour(palette::ink())),
        (Look::Quiet, false) => (colour(palette::ink_raised()), bone),
        (Look::Bare, false) => (Color32::TRANSPARENT, bone),
        (Look::Quiet | Look::Bare, true) => (colour(palette::ink_line()), bone),
        // Dim, and still to be read.
        (Look::Off, _) => {
            let ink = colour(palette::inactive()).lerp_to_gamma(colour(palette::periwinkle()), 0.5);
            (colour(palette::ink_raised()).gamma_multiply(0.6), ink)
        }
    }
}

/// The tint of a sprite in its own colours.
const fn full(look: Look) -> Color32 {
    if matches!(look, Look::Off) { Color32::from_rgba_premultiplied(110, 110, 110, 110) } else { Color32::WHITE }
}

/// While it has the focus, arrows belong to it and do not lead on.
pub fn keep_arrows(ui: &Ui, response: &Response) {
    let lock = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, lock));
}

/// Where the keyboard is.
pub fn focus_ring(painter: &egui::Painter, area: egui::Rect, response: &Response) {
    if response.has_focus() {
        let stroke = Stroke::new(2.0, colour(palette::gold()));
        painter.rect_stroke(area.expand(1.0), CORNER, stroke, StrokeKind::Outside);
    }
}
