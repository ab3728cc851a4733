//! How buttons are pressed: by the pointer, or by the keyboard, which walks from one to the next.

use super::{ButtonId, Clicked, Fill, Focus, Look};
use crate::ui::settings::{Naming, Sheets, closed, is_typed};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (press, tap, walk, press_by_key).chain().in_set(FrameSystems::Input));
}

/// How far a pointer may move while it taps, in window pixels.
const TAP_PX: f32 = 12.0;

fn press(
    buttons: Query<(&Interaction, &ButtonId, &Look), Changed<Interaction>>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    for (interaction, id, look) in &buttons {
        if *interaction == Interaction::Pressed && look.enabled && !id.is_tapped() && !id.is_term() {
            focus.0 = None;
            clicked.write(Clicked(*id));
        }
    }
}

/// What lies in a list that can be dragged is pressed when it is let go of, unless the list was dragged meanwhile.
fn tap(
    buttons: Query<(&Interaction, &ButtonId, &Look), Changed<Interaction>>,
    (mouse, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    window: Single<&Window, With<PrimaryWindow>>,
    mut held: Local<Option<(ButtonId, Vec2)>>,
    (mut focus, mut clicked): (ResMut<Focus>, MessageWriter<Clicked>),
) {
    let touch = touches.iter().chain(touches.iter_just_released()).next();
    let at = touch.map(|touch| touch.position()).or(window.cursor_position()).unwrap_or_default();
    for (interaction, id, look) in &buttons {
        if *interaction == Interaction::Pressed && look.enabled && id.is_tapped() {
            *held = Some((*id, at));
        }
    }
    let is_up = mouse.just_released(MouseButton::Left) || touches.any_just_released();
    if is_up
        && let Some((id, from)) = held.take()
        && from.distance(at) < TAP_PX
    {
        focus.0 = None;
        clicked.write(Clicked(id));
    }
}

/// Tab walks through the buttons from top to bottom, through what is explained, and then back to the board. Of an open
/// sheet only its own; there arrows do the same, where they turn nothing.
fn walk(
    (keys, sheets): (Res<ButtonInput<KeyCode>>, Option<Res<Sheets>>),
    buttons: Query<(&ButtonId, &Look, &UiGlobalTransform)>,
    mut focus: ResMut<Focus>,
) {
    let on_sheet = !closed(sheets);
    let turns = focus.0.is_some_and(ButtonId::turns);
    let down = on_sheet && !turns && keys.just_pressed(KeyCode::ArrowDown);
    let up = on_sheet && !turns && keys.just_pressed(KeyCode::ArrowUp);
    if !(keys.just_pressed(KeyCode::Tab) || down || up) {
        return;
    }
    let enabled = buttons.iter().filter(|(_, look, _)| look.enabled);
    let mut order = in_reading_order(enabled.map(|(id, _, transform)| (*id, transform.translation)), on_sheet);
    let back = up || !down && keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    if back {
        order.reverse();
    }
    let at = focus.0.and_then(|id| order.iter().position(|&other| other == id));
    let next = at.map_or(0, |at| at + 1);
    focus.0 = order.get(next).copied();
}

/// Buttons, given with where they are, from top to bottom and from left to right, and then what is there only to be
/// explained; of an open sheet only its own.
pub fn in_reading_order(buttons: impl Iterator<Item = (ButtonId, Vec2)>, on_sheet: bool) -> Vec<ButtonId> {
    let mut order: Vec<_> = buttons
        .filter(|(id, _)| !on_sheet || id.is_on_sheet())
        // With the keyboard the dial itself does what these do.
        .filter(|(id, _)| !matches!(id, ButtonId::Less(_) | ButtonId::More(_)))
        .map(|(id, at)| ((id.is_term(), (at.y / 24.0) as i32, at.x as i32), id))
        .collect();
    order.sort_by_key(|&(place, _)| place);
    order.into_iter().map(|(_, id)| id).collect()
}

/// Enter and Space press what has the focus.
pub fn press_by_key(
    (keys, screen, sheets): (Res<ButtonInput<KeyCode>>, Res<State<Screen>>, Option<Res<Sheets>>),
    naming: Option<Res<Naming>>,
    buttons: Query<(&ButtonId, &Look)>,
    mut focus: ResMut<Focus>,
    mut clicked: MessageWriter<Clicked>,
) {
    // While a name is typed, they belong to it.
    let pressed = keys.any_just_pressed([KeyCode::Enter, KeyCode::Space]) && !is_typed(naming);
    let on_sheet = !closed(sheets);
    let first = || first_choice(&buttons, on_sheet).filter(|_| pressed && (on_sheet || *screen.get() != Screen::Board));
    let Some(id) = focus.0.or_else(first) else { return };
    let Some((_, look)) = buttons.iter().find(|(other, _)| **other == id) else {
        // What had the focus is gone.
        focus.0 = None;
        return;
    };
    if pressed && look.enabled && !id.is_term() {
        clicked.write(Clicked(id));
    }
}

/// Away from the board, Enter alone does the one thing to do next; on a sheet the one that goes on.
fn first_choice(buttons: &Query<(&ButtonId, &Look)>, on_sheet: bool) -> Option<ButtonId> {
    let is_first = |id: &ButtonId, look: &Look| {
        if on_sheet { *id == ButtonId::CloseSheet } else { look.rest == Fill::Bone }
    };
    buttons.iter().find(|(id, look)| is_first(id, look)).map(|(id, _)| *id)
}
