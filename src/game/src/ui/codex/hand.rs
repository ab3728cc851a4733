//! What moves the page: the wheel, dragging it or its bar, keys, and the list of sections.

use super::View;
use super::scroll::Scroll;
use crate::input::wheel::Wheel;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Clicked, Focus};
use crate::{FrameSystems, Screen};
use bevy::input::touch::Touch;
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    let by_hand = (by_keys, by_wheel, by_drag).in_set(FrameSystems::Input);
    app.add_systems(Update, by_hand.run_if(in_state(Screen::Codex)));
    app.add_systems(Update, go_to_section.in_set(FrameSystems::Tick).run_if(in_state(Screen::Codex)));
}

/// A notch of the wheel, and a press of an arrow key.
const LINE_PX: f32 = 54.0;
/// How fast the page runs while an arrow key is held, in pixels a second, and after how many seconds.
const HELD: (f32, f32) = (620.0, 0.3);
/// Part of the view by which a page key turns.
const TURN: f32 = 0.88;
/// How far from the bar a mouse still grips it.
const BAR_REACH: f32 = 24.0;

fn by_keys(
    (keys, time, focus): (Res<ButtonInput<KeyCode>>, Res<Time>, Res<Focus>),
    mut held_s: Local<f32>,
    mut scroll: ResMut<Scroll>,
    mut clicked: MessageWriter<Clicked>,
) {
    if keys.just_pressed(KeyCode::Escape) {
        clicked.write(Clicked(ButtonId::Back));
    }
    let shift = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    // With a button in focus, Space presses it.
    let space = keys.just_pressed(KeyCode::Space) && focus.0.is_none();
    let turn = scroll.view() * TURN;
    if keys.just_pressed(KeyCode::PageDown) || space && !shift {
        scroll.by(turn);
    } else if keys.just_pressed(KeyCode::PageUp) || space {
        scroll.by(-turn);
    } else if keys.just_pressed(KeyCode::Home) {
        scroll.to(0.0);
    } else if keys.just_pressed(KeyCode::End) {
        let (_, end) = scroll.place();
        scroll.to(end);
    }
    let down = f32::from(keys.pressed(KeyCode::ArrowDown)) - f32::from(keys.pressed(KeyCode::ArrowUp));
    if down == 0.0 {
        *held_s = 0.0;
    } else if keys.any_just_pressed([KeyCode::ArrowDown, KeyCode::ArrowUp]) {
        scroll.by(down * LINE_PX);
    } else {
        *held_s += time.delta_secs();
        if *held_s > HELD.1 {
            scroll.by(down * HELD.0 * time.delta_secs());
        }
    }
}

fn by_wheel(wheel: Wheel<'_, '_>, mut scroll: ResMut<Scroll>) {
    let lines = wheel.lines();
    if lines != 0.0 {
        scroll.by(-lines * LINE_PX);
    }
}

fn by_drag(
    (mouse, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    (time, layout): (Res<Time>, Res<Layout>),
    window: Single<&Window, With<PrimaryWindow>>,
    view: Single<(&ComputedNode, &UiGlobalTransform), With<View>>,
    (mut scroll, mut held_by): (ResMut<Scroll>, Local<Option<u64>>),
) {
    // One finger at a time: the one that has the page, or else whichever comes.
    let same = held_by.and_then(|id| touches.get_pressed(id));
    let finger = same.or_else(|| touches.iter().min_by_key(|touch| touch.id()));
    let arrow = window.cursor_position().filter(|_| mouse.pressed(MouseButton::Left));
    let began = mouse.just_pressed(MouseButton::Left) || finger.is_some() && same.is_none();
    *held_by = finger.map(Touch::id);
    let Some(at) = finger.map(Touch::position).or(arrow) else {
        scroll.release();
        return;
    };
    let (node, transform) = *view;
    let pixel = node.inverse_scale_factor();
    let size = node.size() * pixel;
    let inside = at / layout.scale - (transform.translation * pixel - size * 0.5);
    if began {
        let on_page = Rect::from_corners(Vec2::ZERO, size).contains(inside);
        // A finger is too broad for the bar, and needs none.
        let on_bar = on_page && finger.is_none() && inside.x > size.x - BAR_REACH;
        scroll.seize(inside.y, on_page, on_bar);
    }
    scroll.drag(inside.y, time.delta_secs().max(1e-3));
}

fn go_to_section(mut clicked: MessageReader<Clicked>, mut scroll: ResMut<Scroll>) {
    for clicked in clicked.read() {
        if let ButtonId::Section(section) = clicked.0 {
            scroll.go_to(section);
        }
    }
}
