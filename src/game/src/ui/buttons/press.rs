//! How buttons are pressed: by the pointer, or by the keyboard, which walks from one to the next.

use super::{ButtonId, Clicked, Fill, Focus, Look};
use crate::input::chords::Chords;
use crate::ui::settings::{Naming, Sheets, closed, is_typed};
use crate::ui::tooltip::Resting;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (press, tap, walk, press_by_key).chain().in_set(FrameSystems::Input));
}

/// How far a pointer may move while it taps, in window pixels.
const TAP_PX: f32 = 12.0;

type Pressed<'w, 's> = Query<'w, 's, (&'static Interaction, &'static ButtonId, &'static Look), Changed<Interaction>>;

/// The mouse presses at once.
fn press(
    buttons: Pressed<'_, '_>,
    touches: Res<Touches>,
    (mut focus, mut clicked): (ResMut<Focus>, MessageWriter<Clicked>),
) {
    for (interaction, id, look) in &buttons {
        if *interaction == Interaction::Pressed && look.enabled && !waits(*id, &touches) && !id.is_term() {
            focus.0 = None;
            clicked.write(Clicked(*id));
        }
    }
}

/// Whether a press counts when it is let go of: a finger's, which may rest to be told what the button is, and one in a list
/// that can be dragged.
fn waits(id: ButtonId, touches: &Touches) -> bool {
    id.is_tapped() || finger(touches).is_some()
}

/// Where a finger is, or was when it was lifted: in a slow frame it comes and goes at once.
pub fn finger(touches: &Touches) -> Option<Vec2> {
    touches.iter().chain(touches.iter_just_released()).next().map(|touch| touch.position())
}

/// What waits is pressed when it is let go of, unless it was dragged meanwhile, or explained.
fn tap(
    buttons: Pressed<'_, '_>,
    (mouse, touches, resting): (Res<ButtonInput<MouseButton>>, Res<Touches>, Res<Resting>),
    window: Single<&Window, With<PrimaryWindow>>,
    mut held: Local<Option<(ButtonId, Vec2)>>,
    (mut focus, mut clicked): (ResMut<Focus>, MessageWriter<Clicked>),
) {
    let at = finger(&touches).or(window.cursor_position()).unwrap_or_default();
    for (interaction, id, look) in &buttons {
        if *interaction == Interaction::Pressed && look.enabled && waits(*id, &touches) && !id.is_term() {
            *held = Some((*id, at));
        }
    }
    if touches.any_just_canceled() {
        *held = None;
    }
    let is_up = mouse.just_released(MouseButton::Left) || touches.any_just_released();
    if is_up
        && let Some((id, from)) = held.take()
        && from.distance(at) < TAP_PX
        && (!resting.explains(id) || touches.any_just_pressed())
    {
        focus.0 = None;
        clicked.write(Clicked(id));
    }
}

/// Tab walks through the buttons from top to bottom, through what is explained, and then back to the board. Of an open
/// sheet only its own; there arrows do the same, where they turn nothing.
fn walk(
    (mut chords, keys, sheets): (Chords<'_, '_>, Res<ButtonInput<KeyCode>>, Option<Res<Sheets>>),
    buttons: Query<(&ButtonId, &Look, &UiGlobalTransform)>,
    mut focus: ResMut<Focus>,
) {
    let mut steps = chords.tabs();
    let on_sheet = !closed(sheets);
    let turns = focus.0.is_some_and(ButtonId::turns);
    if on_sheet && !turns {
        steps.extend(keys.just_pressed(KeyCode::ArrowDown).then_some(false));
        steps.extend(keys.just_pressed(KeyCode::ArrowUp).then_some(true));
    }
    if steps.is_empty() {
        return;
    }
    let enabled = buttons.iter().filter(|(_, look, _)| look.enabled);
    let order = in_reading_order(enabled.map(|(id, _, transform)| (*id, transform.translation)), on_sheet);
    for back in steps {
        let at = focus.0.and_then(|id| order.iter().position(|&other| other == id));
        let next = match (at, back) {
            (Some(at), false) => Some(at + 1),
            (Some(at), true) => at.checked_sub(1),
            (None, false) => Some(0),
            (None, true) => order.len().checked_sub(1),
        };
        focus.0 = next.and_then(|next| order.get(next)).copied();
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use bevy::input::InputPlugin;
    use bevy::input::touch::{TouchInput, TouchPhase};

    fn game() -> App {
        let mut app = App::new();
        app.add_plugins(InputPlugin).add_message::<Clicked>().init_resource::<Focus>().init_resource::<Resting>();
        app.add_systems(Update, (press, tap).chain());
        app.world_mut().spawn((Window::default(), PrimaryWindow));
        app.world_mut().spawn((ButtonId::Undo, Look::QUIET, Interaction::None));
        app
    }

    fn finger_does(app: &mut App, phase: TouchPhase, x: f32) {
        let position = Vec2::new(x, 40.0);
        app.world_mut().write_message(TouchInput { phase, position, window: Entity::PLACEHOLDER, force: None, id: 1 });
    }

    /// A frame in which the button is so; what was clicked in it.
    fn clicked(app: &mut App, is: Interaction) -> Vec<ButtonId> {
        let world = app.world_mut();
        let mut interaction = world.query::<&mut Interaction>().single_mut(world).unwrap();
        interaction.set_if_neq(is);
        app.update();
        app.world_mut().resource_mut::<Messages<Clicked>>().drain().map(|clicked| clicked.0).collect()
    }

    #[test]
    fn the_mouse_presses_at_once() {
        let mut app = game();
        assert_eq!(clicked(&mut app, Interaction::Pressed), [ButtonId::Undo]);
        assert!(clicked(&mut app, Interaction::Hovered).is_empty());
    }

    #[test]
    fn a_finger_presses_when_it_is_lifted_where_it_came_down() {
        let mut app = game();
        finger_does(&mut app, TouchPhase::Started, 40.0);
        assert!(clicked(&mut app, Interaction::Pressed).is_empty());
        finger_does(&mut app, TouchPhase::Ended, 43.0);
        assert_eq!(clicked(&mut app, Interaction::None), [ButtonId::Undo]);
        finger_does(&mut app, TouchPhase::Started, 40.0);
        clicked(&mut app, Interaction::Pressed);
        finger_does(&mut app, TouchPhase::Moved, 90.0);
        finger_does(&mut app, TouchPhase::Ended, 90.0);
        assert!(clicked(&mut app, Interaction::None).is_empty(), "it was dragged away");
        finger_does(&mut app, TouchPhase::Started, 40.0);
        clicked(&mut app, Interaction::Pressed);
        finger_does(&mut app, TouchPhase::Canceled, 40.0);
        assert!(clicked(&mut app, Interaction::None).is_empty(), "the system took it away");
    }

    #[test]
    fn a_finger_that_comes_and_goes_within_a_frame_presses() {
        let mut app = game();
        finger_does(&mut app, TouchPhase::Started, 40.0);
        finger_does(&mut app, TouchPhase::Ended, 40.0);
        assert_eq!(clicked(&mut app, Interaction::Pressed), [ButtonId::Undo]);
    }

    #[test]
    fn a_finger_that_was_told_what_it_rests_on_presses_nothing_and_the_next_tap_does() {
        let mut app = game();
        finger_does(&mut app, TouchPhase::Started, 40.0);
        clicked(&mut app, Interaction::Pressed);
        app.insert_resource(Resting::at(ButtonId::Undo));
        finger_does(&mut app, TouchPhase::Ended, 40.0);
        assert!(clicked(&mut app, Interaction::None).is_empty());
        // The words are still there when the finger comes back.
        finger_does(&mut app, TouchPhase::Started, 40.0);
        finger_does(&mut app, TouchPhase::Ended, 40.0);
        assert_eq!(clicked(&mut app, Interaction::Pressed), [ButtonId::Undo]);
    }
}
