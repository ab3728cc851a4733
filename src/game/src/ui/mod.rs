//! What players see around the board: title, map, codex, heads-up display, debrief. Built with `bevy_ui`, rebuilt whenever what it
//! depends on changes, never patched in place but for figures.

mod actions;
pub mod buttons;
pub mod codex;
pub mod debrief;
pub mod figures;
pub mod hud;
pub mod map;
pub mod notices;
pub mod settings;
pub mod signs;
mod title;
pub mod tooltip;
pub mod turn;
pub mod widgets;

pub use hud::Hints;

use crate::palette::InUse;
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Layout>();
    app.init_resource::<Insets>();
    app.add_systems(Update, measure.in_set(FrameSystems::Input));
    app.add_systems(Update, recolour.run_if(resource_changed::<InUse>).in_set(FrameSystems::Input));
    app.add_plugins((
        buttons::plugin,
        actions::plugin,
        title::plugin,
        codex::plugin,
        map::plugin,
        hud::plugin,
        debrief::plugin,
    ));
    app.add_plugins((notices::plugin, settings::plugin, tooltip::plugin, turn::plugin));
}

/// How the interface is arranged, from the size of the window.
#[derive(Resource, Clone, Copy, PartialEq, Debug)]
pub struct Layout {
    /// Side by side as on a desktop, or stacked as on a phone held upright.
    pub wide: bool,
    /// Window pixels of one interface pixel.
    pub scale: f32,
    /// Size of the window in interface pixels.
    pub size: Vec2,
}

impl Default for Layout {
    fn default() -> Self {
        Self::for_window(Vec2::new(1_280.0, 720.0))
    }
}

impl Layout {
    /// For a window of that size.
    pub fn for_window(window: Vec2) -> Self {
        let wide = window.x >= 640.0 && window.x > window.y * 0.95;
        let scale = if wide {
            (window.x / 1_280.0).min(window.y / 720.0).clamp(0.75, 3.2)
        } else {
            (window.x / 390.0).min(window.y / 700.0).clamp(0.8, 3.2)
        };
        Self { wide, scale, size: window / scale }
    }

    /// Whether it is side by side, but with little room: a phone on its side.
    pub fn is_low(&self) -> bool {
        self.wide && (self.size.x < 1_100.0 || self.size.y < 600.0)
    }

    /// Whether side by side there is hardly room for words: the smallest phones on their side.
    pub fn is_narrow(&self) -> bool {
        self.wide && self.size.x < 1_000.0
    }
}

/// Room that the panels take at the edges of the window, in window pixels; the board is fitted between.
#[derive(Resource, Clone, Copy, PartialEq, Debug, Default)]
pub struct Insets {
    left: f32,
    top: f32,
    right: f32,
    bottom: f32,
}

impl Insets {
    /// From left, top, right and bottom.
    pub const fn new([left, top, right, bottom]: [f32; 4]) -> Self {
        Self { left, top, right, bottom }
    }

    /// Left and top.
    pub const fn min(&self) -> Vec2 {
        Vec2::new(self.left, self.top)
    }

    /// Right and bottom.
    pub const fn max(&self) -> Vec2 {
        Vec2::new(self.right, self.bottom)
    }
}

/// In other colours everything is built anew, as in a window of another size.
fn recolour(mut layout: ResMut<Layout>) {
    layout.set_changed();
}

fn measure(
    (window, session): (Single<&Window, With<PrimaryWindow>>, Option<Res<Session>>),
    screen: Res<State<Screen>>,
    mut layout: ResMut<Layout>,
    mut insets: ResMut<Insets>,
    mut ui_scale: ResMut<UiScale>,
) {
    let now = Layout::for_window(window.size().max(Vec2::splat(1.0)));
    layout.set_if_neq(now);
    if ui_scale.0 != now.scale {
        ui_scale.0 = now.scale;
    }
    // The editor says itself what its panels take.
    if *screen.get() == Screen::Editor {
        return;
    }
    // On a phone held upright the objectives stand above the board, and the sage speaks below it, as far as there is room.
    let objectives = session.as_ref().map_or(0, |session| session.level().objectives.len());
    // What is said of someone else's run stands there, too.
    let visit = if session.is_some_and(|session| session.is_visiting()) { 96.0 } else { 0.0 };
    let above = 118.0 + hud::chips_height(objectives) + visit;
    let below = (now.size.y - above - 330.0).clamp(262.0, 330.0);
    let [left, top, right, bottom] = match (now.wide, now.is_low()) {
        // Under the banner there is room for who stands on the ground, and at the right for what hurts most.
        (true, false) => [16.0, 80.0, 110.0, 122.0],
        // On its side a phone has more room between what stands at the left and at the right than above what is below.
        (true, true) if now.size.y < 600.0 && now.size.x >= 1_050.0 => [262.0, 66.0, 300.0, 70.0],
        (true, true) => [16.0, 70.0, 16.0, 130.0],
        (false, _) => [4.0, above, 4.0, below],
    };
    let s = now.scale;
    insets.set_if_neq(Insets { left: left * s, top: top * s, right: right * s, bottom: bottom * s });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interface_fits_every_window_from_a_small_phone_to_4k() {
        for (width, height, wide) in [
            (320.0, 568.0, false),
            (390.0, 844.0, false),
            (844.0, 390.0, true),
            (1_280.0, 720.0, true),
            (3_840.0, 2_160.0, true),
        ] {
            let layout = Layout::for_window(Vec2::new(width, height));
            assert_eq!(layout.wide, wide, "{width}x{height}");
            assert!(layout.size.x >= 380.0, "{width}x{height}: {layout:?}");
        }
    }
}
