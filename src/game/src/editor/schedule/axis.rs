//! From time to place along the timeline, and what a drag on it holds.

use super::super::desk::Desk;
use super::super::dress::body;
use super::super::pen::Pen;
use crate::immediate::colour;
use crate::palette;
use bevy_egui::egui::{Align2, Rect, Ui, pos2};
use pipe_maze_level::draft::LevelEdit;

/// From time to place.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    pub track: Rect,
    pub end_ms: u64,
}

impl Axis {
    pub fn x(self, ms: u64) -> f32 {
        self.track.left() + self.track.width() * (ms as f64 / self.end_ms.max(1) as f64).min(1.0) as f32
    }

    pub fn ms(self, x: f32) -> u64 {
        let share = f64::from((x - self.track.left()) / self.track.width().max(1.0)).clamp(0.0, 1.0);
        // Ten milliseconds are as fine as a hand is.
        (share * self.end_ms as f64 / 10.0).round() as u64 * 10
    }
}

/// The times along the lower edge.
pub(super) fn times(pen: &Pen<'_>, ui: &Ui, axis: Axis, bottom: f32) {
    for i in 0..=5_u64 {
        let ms = axis.end_ms * i / 5;
        let align = match i {
            0 => Align2::LEFT_BOTTOM,
            5 => Align2::RIGHT_BOTTOM,
            _ => Align2::CENTER_BOTTOM,
        };
        let words = pen.texts.with("chart-s", &[("s", seconds(ms).into())]);
        ui.painter().text(pos2(axis.x(ms), bottom), align, words, body(11.0), colour(palette::periwinkle()));
    }
}

/// Seconds with a tenth.
pub(super) fn seconds(ms: u64) -> String {
    crate::ui::turn::number((ms as f64 / 100.0).round() / 10.0)
}

/// Makes the edit a step of its own at first, then a part of that step. Says whether the step has begun.
pub(super) fn go_on(desk: &mut Desk, edit: &LevelEdit, begun: bool, now_s: f64) -> bool {
    if begun {
        desk.amend(edit, now_s);
        return true;
    }
    let steps = |desk: &Desk| desk.draft.done().len();
    let before = steps(desk);
    desk.apply(edit, now_s) && steps(desk) > before
}
