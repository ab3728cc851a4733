//! Where the debrief is longer than the window, it scrolls: by wheel, finger and keys.

use crate::awake::Awake;
use crate::input::wheel::lines;
use crate::{FrameSystems, Screen};
use bevy::input::mouse::MouseWheel;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, scroll.in_set(FrameSystems::Input).run_if(in_state(Screen::Debrief)));
}

/// Interface pixels that a line of the wheel, an arrow and a page key move.
const LINE: f32 = 80.0;
const ARROW: f32 = 60.0;
/// Which share of the view a page key moves.
const PAGE: f32 = 0.85;

/// What scrolls. Its content is what is higher than itself.
#[derive(Component)]
pub(super) struct View;

fn scroll(
    (keys, touches): (Res<ButtonInput<KeyCode>>, Res<Touches>),
    mut wheel: MessageReader<MouseWheel>,
    (window, ui_scale): (Single<&Window, With<PrimaryWindow>>, Res<UiScale>),
    mut views: Query<(&ComputedNode, &mut ScrollPosition), With<View>>,
    mut awake: ResMut<Awake>,
) {
    let Ok((node, mut position)) = views.single_mut() else {
        wheel.clear();
        return;
    };
    // Window pixels and those of the node, in interface pixels.
    let (of_window, of_node) = (1.0 / ui_scale.0, 1.0 / (window.scale_factor() * ui_scale.0));
    let page = node.size().y * of_node;
    let most = (node.content_size().y * of_node - page).max(0.0);
    let mut by = 0.0;
    for event in wheel.read() {
        by -= lines(event.unit, event.y, window.scale_factor()) * LINE;
    }
    if let Some(touch) = touches.iter().next() {
        by -= touch.delta().y * of_window;
    }
    for (key, step) in [
        (KeyCode::ArrowDown, ARROW),
        (KeyCode::ArrowUp, -ARROW),
        (KeyCode::PageDown, page * PAGE),
        (KeyCode::PageUp, -page * PAGE),
        (KeyCode::End, most),
        (KeyCode::Home, -most),
    ] {
        if keys.just_pressed(key) {
            by += step;
        }
    }
    let to = (position.y + by).clamp(0.0, most);
    if to != position.y {
        position.y = to;
        awake.stir();
    }
}
