//! From time to place along the timeline, and what a drag on it holds.

use super::super::desk::Desk;
use super::super::dress::body;
use super::super::pen::Pen;
use crate::immediate::colour;
use crate::palette;
use crate::text::Texts;
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

/// Least way between two times that are written, in interface pixels.
const TIMES_APART: f32 = 90.0;

/// The times along the lower edge: round ones, and where it ends.
pub(super) fn times(pen: &Pen<'_>, ui: &Ui, axis: Axis, bottom: f32) {
    let shade = colour(palette::periwinkle());
    let write = |ms: u64, align: Align2| {
        let words = pen.texts.with("chart-s", &[("s", seconds(pen.texts, ms).into())]);
        ui.painter().text(pos2(axis.x(ms), bottom), align, words, body(11.0), shade);
    };
    let step_ms = step_ms(axis.end_ms, (axis.track.width() / TIMES_APART) as u64);
    write(0, Align2::LEFT_BOTTOM);
    write(axis.end_ms, Align2::RIGHT_BOTTOM);
    // The last one keeps away from the end.
    let before = axis.end_ms.saturating_sub(step_ms * 2 / 3);
    let between = (1..).map(|nth| nth * step_ms).take_while(|ms| *ms < before);
    between.for_each(|ms| write(ms, Align2::CENTER_BOTTOM));
}

/// The least round step with which that time has at most so many.
fn step_ms(end_ms: u64, count_max: u64) -> u64 {
    let decades = (0..13).map(|power| 10_u64.pow(power));
    let round = decades.flat_map(|decade| [decade, 2 * decade, 5 * decade]);
    round.into_iter().find(|step| end_ms / step <= count_max.max(1)).unwrap_or(end_ms.max(1))
}

/// Seconds with a tenth.
pub(super) fn seconds(texts: &Texts, ms: u64) -> String {
    crate::ui::turn::number(texts, (ms as f64 / 100.0).round() / 10.0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_round_and_few() {
        for (end_ms, count_max, step) in
            [(12_000, 9, 2_000), (32_000, 9, 5_000), (10_000, 9, 2_000), (1, 9, 1), (0, 0, 1)]
        {
            assert_eq!(step_ms(end_ms, count_max), step, "{end_ms}");
        }
        assert!(u64::MAX / step_ms(u64::MAX, 9) <= 9);
    }
}
