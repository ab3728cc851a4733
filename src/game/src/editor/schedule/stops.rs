//! What stands along the timeline, for the keyboard and for who does not see it: each point of the traffic and each strike
//! is a stop of its own. Arrows move it, Delete takes it away, Enter adds another one behind it.

use super::super::pen::{Pen, focus_ring, keep_arrows};
use super::super::spot::{Deed, Told};
use crate::narration::Range;
use bevy_egui::egui::{Id, Key, Rect, Sense, Ui};

/// What is done to a stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Push {
    /// So many steps later, or earlier.
    Along(i32),
    /// So many steps more, or less.
    Up(i32),
    /// It goes.
    Away,
    /// Another one comes behind it.
    More,
}

/// What is done to a stop that lies there.
pub(super) fn stop(
    pen: &Pen<'_>,
    ui: &Ui,
    (id, key, area): (Id, &str, Rect),
    (name, value, range): (String, String, Range),
) -> Option<Push> {
    // The hand takes it along the track; only the keyboard comes to it.
    let response = ui.interact(area, id, Sense::focusable_noninteractive());
    let told = Told { name, value, help: pen.say("editor-told-stop-help"), deed: Deed::Turn(range) };
    pen.note(key, &response, true, told);
    let steps = pen.steps();
    focus_ring(ui.painter(), area, &response);
    if !response.has_focus() {
        return (steps != 0).then_some(Push::Up(steps));
    }
    keep_arrows(ui, &response);
    let (along, up) = ui.input(|input| {
        let way = |more: Key, less: Key| input.num_presses(more) as i32 - input.num_presses(less) as i32;
        (way(Key::ArrowRight, Key::ArrowLeft), way(Key::ArrowUp, Key::ArrowDown) + steps)
    });
    let pressed = |key: Key| ui.input(|input| input.key_pressed(key));
    match (along, up) {
        (0, 0) if pressed(Key::Delete) || pressed(Key::Backspace) => Some(Push::Away),
        (0, 0) if pressed(Key::Enter) || pressed(Key::Space) => Some(Push::More),
        (0, 0) => None,
        (0, up) => Some(Push::Up(up)),
        (along, _) => Some(Push::Along(along)),
    }
}

/// A time so many steps later or earlier: a step is a hundredth of the whole.
pub(super) fn moved(ms: u64, steps: i32, end_ms: u64) -> u64 {
    let step_ms = (end_ms / 100).max(10);
    ms.saturating_add_signed(i64::from(steps).saturating_mul(i64::try_from(step_ms).unwrap_or(i64::MAX))).min(end_ms)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_stay_within_the_run() {
        assert_eq!((moved(1_000, 1, 10_000), moved(50, -1, 10_000), moved(9_950, 3, 10_000)), (1_100, 0, 10_000));
        assert_eq!(moved(5, 1, 20), 15);
    }
}
