//! The wheel of the mouse, in lines: what every part of the interface that scrolls or turns goes by.

use bevy::ecs::system::SystemParam;
use bevy::input::mouse::{AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

/// Pixels of the page that browsers count for a notch.
const NOTCH_PX: f32 = 100.0;

/// Lines that the wheel turned. Browsers tell pixels, and those come multiplied by the screen's pixels for each of the
/// page's: however fine a screen is, a notch is a notch.
pub const fn lines(unit: MouseScrollUnit, y: f32, scale_factor: f32) -> f32 {
    match unit {
        MouseScrollUnit::Line => y,
        MouseScrollUnit::Pixel => y / (NOTCH_PX * scale_factor),
    }
}

/// How far the wheel turned in this frame.
#[derive(SystemParam)]
pub struct Wheel<'w, 's> {
    scroll: Res<'w, AccumulatedMouseScroll>,
    window: Single<'w, 's, &'static Window, With<PrimaryWindow>>,
}

impl Wheel<'_, '_> {
    /// In lines, away from the player.
    pub fn lines(&self) -> f32 {
        lines(self.scroll.unit, self.scroll.delta.y, self.window.scale_factor())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notch_is_a_line_on_every_screen() {
        assert_eq!(lines(MouseScrollUnit::Line, 1.0, 2.0), 1.0);
        for scale in [0.5, 1.0, 2.0] {
            assert_eq!(lines(MouseScrollUnit::Pixel, 100.0 * scale, scale), 1.0);
        }
    }
}
