//! Where controls stand, and what they are for who does not see them: each that is drawn is noted, and what assistive
//! technology asks of one is done when it is drawn next.

use super::pen::Pen;
use crate::narration::{Ask, Asked, Range};
use bevy::prelude::Resource;
use bevy_egui::egui::{self, Response};

/// Where a control stands, in interface pixels.
#[derive(Clone, PartialEq, Debug)]
pub struct Spot {
    /// Its name for programs; of several that have the same one, the later ones are numbered.
    pub key: String,
    /// Where it is.
    pub area: egui::Rect,
    /// Whether it can be pressed now.
    pub enabled: bool,
    /// Whether the keyboard is on it.
    pub focused: bool,
    /// What it is.
    pub told: Told,
}

/// What a control is, for who does not see it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Told {
    /// What it is called.
    pub name: String,
    /// Where it stands, if it can stand otherwise; of a text the text.
    pub value: String,
    /// What it is for.
    pub help: String,
    /// What is done with it.
    pub deed: Deed,
}

/// What is done with a control.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub enum Deed {
    /// It is pressed.
    #[default]
    Press,
    /// It is switched on and off; whether it is on.
    Switch(bool),
    /// It is turned.
    Turn(Range),
    /// A number is put in, or turned to.
    Number(Range),
    /// A text is put in, of one line or of many.
    Write {
        /// Whether it can have many lines.
        lines: bool,
    },
}

/// The controls that were drawn last.
#[derive(Resource, Default)]
pub struct Spots(pub Vec<Spot>);

/// What assistive technology asks of controls, by their names.
#[derive(Resource, Default)]
pub struct Asks(pub Vec<Asked>);

/// What is higher than this is not brought into view as a whole when the keyboard comes to it, in interface pixels.
const SHOWN_MAX: f32 = 120.0;

impl Pen<'_> {
    /// Does something with what is drawn in it called so.
    pub fn called<R>(&self, name: impl Into<String>, draw: impl FnOnce() -> R) -> R {
        let before = self.naming.replace(name.into());
        let result = draw();
        self.naming.replace(before);
        result
    }

    /// A control with these words for where it stands, called as the field to which it belongs.
    pub fn told(&self, value: impl Into<String>, deed: Deed) -> Told {
        Told { name: self.naming.borrow().clone(), value: value.into(), help: self.helping.borrow().clone(), deed }
    }

    /// Notes where a control stands and what it is. What is asked of it comes to it from now on.
    pub fn note(&self, key: &str, response: &Response, enabled: bool, told: Told) {
        let visible = response.rect.intersect(response.interact_rect);
        let area = if visible.is_positive() { visible } else { response.rect };
        let key = self.own_key(key);
        let is_asked = self.asks.iter().any(|asked| asked.id == key && asked.ask == Ask::Focus);
        if is_asked {
            response.request_focus();
        }
        if (is_asked || response.gained_focus()) && response.rect.height() < SHOWN_MAX {
            response.scroll_to_me(None);
        }
        self.spots.borrow_mut().push(Spot { key, area, enabled, focused: response.has_focus(), told });
    }

    /// The key, or one like it where another control has it.
    fn own_key(&self, key: &str) -> String {
        let spots = self.spots.borrow();
        let is_free = |key: &str| spots.iter().all(|spot| spot.key != key);
        let numbered = (2..).map(|nth| format!("{key}~{nth}"));
        std::iter::once(key.to_owned()).chain(numbered).find(|key| is_free(key)).unwrap_or_default()
    }

    /// What is asked of the control that was noted last.
    fn asked(&self) -> Vec<&Ask> {
        let spots = self.spots.borrow();
        let Some(last) = spots.last() else { return Vec::new() };
        self.asks.iter().filter(|asked| asked.id == last.key).map(|asked| &asked.ask).collect()
    }

    /// Whether the control that was noted last is pressed: by a pointer, a key, or without either.
    pub fn is_pressed(&self, response: &Response) -> bool {
        let is_pressed = response.clicked() || self.is_asked();
        if is_pressed {
            // What a press changes shows in the next frame, whatever else happens.
            response.ctx.request_repaint();
        }
        is_pressed
    }

    /// Whether the control that was noted last is pressed without a pointer or key.
    pub fn is_asked(&self) -> bool {
        self.asked().contains(&&Ask::Press)
    }

    /// By how many steps the control that was noted last is turned, without a pointer or key.
    pub fn steps(&self) -> i32 {
        let step = |ask: &&Ask| i32::from(**ask == Ask::More) - i32::from(**ask == Ask::Less);
        self.asked().iter().map(step).sum()
    }

    /// The text that is put into the control that was noted last, of at most so many bytes.
    pub fn written(&self, bytes_max: usize) -> Option<String> {
        let text = self.asked().into_iter().rev().find_map(|ask| match ask {
            Ask::Write(text) => Some(text.clone()),
            _ => None,
        });
        text.map(|mut text| {
            let end = (0..=bytes_max.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
            text.truncate(end);
            text
        })
    }
}
