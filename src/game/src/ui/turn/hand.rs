//! The hand on what can be turned.

use super::{Turnable, Way};
use crate::FrameSystems;
use crate::awake::Awake;
use crate::input::wheel::Wheel;
use crate::ui::Layout;
use crate::ui::buttons::{ButtonId, Focus, finger, press_by_key};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.add_message::<Turned>();
    app.init_resource::<Held>();
    app.add_systems(Update, (grip, drag, wheel, keys).chain().in_set(FrameSystems::Input).after(press_by_key));
}

/// How far a dial is dragged from end to end, in interface pixels; one with few steps less far.
const DIAL_PX: f32 = 230.0;
/// The most for one step.
const STEP_PX: f32 = 14.0;
/// How long an arrow is held until it repeats, and between two steps then, in seconds.
const REPEAT_S: (f32, f32) = (0.35, 0.06);
/// Steps of Page Up and Page Down.
const PAGE: i32 = 5;

/// A control was turned.
#[derive(Message, Clone, Copy, PartialEq, Debug)]
pub struct Turned {
    /// Which one.
    pub id: ButtonId,
    /// To where.
    pub value: f64,
    /// Whether the hand has let go; until then it may be turned on.
    pub done: bool,
}

/// The drag that is under way.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Held(Option<Drag>);

#[derive(Clone, PartialEq, Debug)]
struct Drag {
    what: Turnable,
    /// Where the pointer was when it began, in window pixels.
    from: Vec2,
    /// Left edge and width of a slider, in window pixels.
    span: (f32, f32),
    /// Whether a finger drags: where the mouse once was does not matter then.
    by_finger: bool,
    value: f64,
}

impl Drag {
    /// The value with the pointer there.
    fn value_at(&self, at: Vec2, scale: f32) -> f64 {
        let Turnable { scale: values, value, way, .. } = &self.what;
        match way {
            Way::Slider => values.value(f64::from((at.x - self.span.0) / self.span.1.max(1.0))),
            Way::Dial => {
                let way_px = DIAL_PX.min(STEP_PX * values.steps() as f32) * scale;
                let moved = (at.x - self.from.x) - (at.y - self.from.y);
                let place = values.place(*value) + f64::from(moved / way_px.max(1.0));
                // A grip that has not moved turns nothing, not even to the nearest step.
                if moved.abs() < 3.0 * scale { *value } else { values.value(place) }
            }
        }
    }
}

/// Where a control shows: under the hand that drags it, or else where it stands.
pub fn shown_value(held: &Held, what: &Turnable) -> f64 {
    held.0.as_ref().filter(|drag| drag.what.id == what.id).map_or(what.value, |drag| drag.value)
}

fn pointer(window: &Window, touches: &Touches, by_finger: bool) -> Option<Vec2> {
    if by_finger { finger(touches) } else { window.cursor_position() }
}

type Gripped<'w, 's> = Query<
    'w,
    's,
    (&'static Interaction, &'static Turnable, &'static ComputedNode, &'static UiGlobalTransform),
    Changed<Interaction>,
>;

fn grip(
    controls: Gripped<'_, '_>,
    window: Single<&Window, With<PrimaryWindow>>,
    touches: Res<Touches>,
    mut held: ResMut<Held>,
) {
    for (interaction, what, node, transform) in &controls {
        if *interaction == Interaction::Pressed && what.enabled && held.0.is_none() {
            let by_finger = finger(&touches).is_some();
            let Some(from) = pointer(&window, &touches, by_finger) else { continue };
            let pixel = 1.0 / window.scale_factor();
            let width = node.size().x * pixel;
            let span = (transform.translation.x * pixel - width * 0.5, width);
            held.0 = Some(Drag { what: what.clone(), from, span, by_finger, value: what.value });
        }
    }
}

fn drag(
    (window, layout): (Single<&Window, With<PrimaryWindow>>, Res<Layout>),
    (touches, mouse): (Res<Touches>, Res<ButtonInput<MouseButton>>),
    (mut held, mut turned): (ResMut<Held>, MessageWriter<Turned>),
) {
    let Some(drag) = &mut held.0 else { return };
    let id = drag.what.id;
    if let Some(at) = pointer(&window, &touches, drag.by_finger) {
        let value = drag.value_at(at, layout.scale);
        if value != drag.value {
            drag.value = value;
            turned.write(Turned { id, value, done: false });
        }
    }
    if !mouse.pressed(MouseButton::Left) && touches.iter().count() == 0 {
        if drag.value != drag.what.value {
            turned.write(Turned { id, value: drag.value, done: true });
        }
        held.0 = None;
    }
}

fn wheel(
    wheel: Wheel<'_, '_>,
    controls: Query<(&Interaction, &Turnable)>,
    mut notches: Local<f32>,
    mut turned: MessageWriter<Turned>,
) {
    let under = controls.iter().find(|(interaction, what)| **interaction == Interaction::Hovered && what.enabled);
    let Some((_, what)) = under else {
        *notches = 0.0;
        return;
    };
    *notches += wheel.lines();
    let whole = notches.trunc();
    *notches -= whole;
    let value = what.scale.stepped(what.value, whole as i32);
    if whole != 0.0 && value != what.value {
        turned.write(Turned { id: what.id, value, done: true });
    }
}

fn keys(
    (keys, time, focus): (Res<ButtonInput<KeyCode>>, Res<Time<Real>>, Res<Focus>),
    controls: Query<&Turnable>,
    mut repeat_s: Local<f32>,
    (mut turned, mut awake): (MessageWriter<Turned>, ResMut<Awake>),
) {
    let Some(what) = controls.iter().find(|what| focus.0 == Some(what.id) && what.enabled) else { return };
    // In a slow frame a key goes down and up at once.
    let is_down = |key: KeyCode| keys.pressed(key) || keys.just_pressed(key);
    let Some((key, turn)) = TURNS.into_iter().find(|(key, _)| is_down(*key)) else { return };
    if keys.just_pressed(key) {
        *repeat_s = REPEAT_S.0;
    } else {
        *repeat_s -= time.delta_secs();
        if *repeat_s > 0.0 {
            return;
        }
        *repeat_s = REPEAT_S.1;
    }
    awake.keep_for(1.0);
    let fine = keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    let value = turn.of(&what.scale, what.value, fine);
    if value != what.value {
        turned.write(Turned { id: what.id, value, done: true });
    }
}

/// What a key does.
#[derive(Clone, Copy)]
enum Turn {
    Steps(i32),
    Least,
    Most,
}

const TURNS: [(KeyCode, Turn); 8] = [
    (KeyCode::ArrowLeft, Turn::Steps(-1)),
    (KeyCode::ArrowDown, Turn::Steps(-1)),
    (KeyCode::ArrowRight, Turn::Steps(1)),
    (KeyCode::ArrowUp, Turn::Steps(1)),
    (KeyCode::PageDown, Turn::Steps(-PAGE)),
    (KeyCode::PageUp, Turn::Steps(PAGE)),
    (KeyCode::Home, Turn::Least),
    (KeyCode::End, Turn::Most),
];

impl Turn {
    fn of(self, scale: &super::Scale, value: f64, fine: bool) -> f64 {
        match self {
            Self::Steps(by) if fine => scale.fine(value, by > 0),
            Self::Steps(by) => scale.stepped(value, by),
            Self::Least => scale.ends().0,
            Self::Most => scale.ends().1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Scale;
    use super::*;

    fn drag_of(way: Way, scale: Scale, value: f64) -> Drag {
        let what = Turnable { id: ButtonId::Flow, scale, value, enabled: true, way };
        Drag { what, from: Vec2::new(500.0, 300.0), span: (400.0, 200.0), by_finger: false, value }
    }

    #[test]
    fn a_slider_goes_to_where_it_is_pressed_and_stays_within() {
        let drag = drag_of(Way::Slider, Scale::part(20), 0.8);
        for (x, value) in [(400.0, 0.0), (500.0, 0.5), (600.0, 1.0), (0.0, 0.0), (9_000.0, 1.0)] {
            assert_eq!(drag.value_at(Vec2::new(x, 17.0), 1.0), value);
        }
    }

    #[test]
    fn a_dial_turns_up_and_right_for_more_and_not_at_all_for_a_press() {
        let drag = drag_of(Way::Dial, Scale::new(0.0, 1_000.0, true), 33.0);
        assert_eq!(drag.value_at(Vec2::new(501.0, 299.0), 1.0), 33.0);
        assert!(drag.value_at(Vec2::new(500.0, 200.0), 1.0) > 33.0);
        assert!(drag.value_at(Vec2::new(600.0, 300.0), 1.0) > 33.0);
        assert!(drag.value_at(Vec2::new(500.0, 400.0), 1.0) < 33.0);
        assert_eq!(drag.value_at(Vec2::new(500.0, -9_000.0), 1.0), 1_000.0);
        let far = drag.value_at(Vec2::new(560.0, 300.0), 1.0);
        assert_eq!(drag.value_at(Vec2::new(620.0, 300.0), 2.0), far, "twice as far on a screen of twice the size");
    }

    #[test]
    fn few_steps_need_no_long_way() {
        let drag = drag_of(Way::Dial, Scale::new(0.0, 3.0, true), 0.0);
        assert_eq!(drag.value_at(Vec2::new(545.0, 300.0), 1.0), 3.0);
    }
}
