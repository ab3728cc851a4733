//! The controls of the editor, which are drawn anew in each frame and are no entities.

use super::{Control, Range, Role};
use crate::editor::{Deed, Spots};
use bevy::prelude::*;

/// Most bytes of a text that is told: who writes more reads it elsewhere.
const TEXT_BYTES_MAX: usize = 64 * 1024;

/// Each control in the order in which it was drawn, on a screen with so many pixels for one of the interface.
pub(super) fn controls(spots: &Spots, scale: f32) -> Vec<Control> {
    let controls = spots.0.iter().map(|spot| {
        let (role, chosen, range, lines) = match spot.told.deed {
            Deed::Press => (Role::Button, None, None, None),
            Deed::Switch(on) => (Role::Switch, Some(on), None, None),
            Deed::Turn(range) => (Role::Slider, None, Some(range), None),
            Deed::Number(range) => (Role::Number, None, Some(range), None),
            Deed::Write { lines } => (Role::Text, None, None, Some(lines)),
        };
        let area = Rect::new(spot.area.left(), spot.area.top(), spot.area.right(), spot.area.bottom());
        Control {
            id: spot.key.clone(),
            role,
            name: spot.told.name.clone(),
            value: short(&spot.told.value).to_owned(),
            help: spot.told.help.clone(),
            range: range.map(finite),
            disabled: !spot.enabled,
            chosen,
            lines,
            button: None,
            area: Some(Rect::from_corners(area.min * scale, area.max * scale)),
        }
    });
    controls.collect()
}

fn short(text: &str) -> &str {
    let end = (0..=TEXT_BYTES_MAX.min(text.len())).rev().find(|&end| text.is_char_boundary(end)).unwrap_or(0);
    &text[..end]
}

/// JSON knows no infinity.
fn finite(range: Range) -> Range {
    let finite = |value: f64| if value.is_finite() { value } else { 0.0 };
    Range { now: finite(range.now), min: finite(range.min), max: finite(range.max) }
}
