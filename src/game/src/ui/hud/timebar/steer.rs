//! Going to another moment: the bar is dragged, or moved by keys, by steps or from mark to mark.

use super::Track;
use crate::session::Session;
use crate::ui::signs::share;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use pipe_maze_level::Timeline;
use pipe_maze_sim::Time as SimTime;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Held>();
    let systems = (drag, step).chain().in_set(FrameSystems::Input);
    app.add_systems(Update, systems.run_if(in_state(Screen::Board)));
    app.add_systems(OnExit(Screen::Board), |mut held: ResMut<Held>| *held = Held::Nothing);
}

/// How far a key goes, as a share of the run, and how far before a mark one arrives, so that it is seen to happen.
const STEP: f64 = 0.02;
const BEFORE_MARK: f64 = 0.004;
/// How long a key is held until it repeats, and between two steps then, in seconds.
const REPEAT_S: (f32, f32) = (0.35, 0.09);

/// What drags the bar.
#[derive(Resource, Clone, Copy, PartialEq, Debug, Default)]
enum Held {
    #[default]
    Nothing,
    Mouse,
    Finger(u64),
}

fn drag(
    window: Single<&Window, With<PrimaryWindow>>,
    (buttons, touches): (Res<ButtonInput<MouseButton>>, Res<Touches>),
    tracks: Query<(&ComputedNode, &UiGlobalTransform), With<Track>>,
    mut held: ResMut<Held>,
    mut session: ResMut<Session>,
) {
    let Ok((node, transform)) = tracks.single() else {
        *held = Held::Nothing;
        return;
    };
    let scale = window.scale_factor();
    let on_track = |at: Vec2| node.contains_point(*transform, at * scale);
    if buttons.just_pressed(MouseButton::Left) && window.cursor_position().is_some_and(on_track) {
        *held = Held::Mouse;
    }
    if let Some(touch) = touches.iter_just_pressed().find(|touch| on_track(touch.position())) {
        *held = Held::Finger(touch.id());
    }
    let at = match *held {
        Held::Nothing => return,
        // Where a frame takes long, all of a press may lie within it.
        Held::Mouse => {
            let presses = buttons.pressed(MouseButton::Left) || buttons.just_pressed(MouseButton::Left);
            window.cursor_position().filter(|_| presses)
        }
        Held::Finger(id) => {
            let short = || touches.iter_just_pressed().find(|touch| touch.id() == id);
            touches.get_pressed(id).or_else(short).map(bevy::input::touch::Touch::position)
        }
    };
    let Some(at) = at else {
        *held = Held::Nothing;
        return;
    };
    let from_left = at.x * scale - (transform.translation.x - node.size().x * 0.5);
    let wanted = f64::from((from_left / node.size().x.max(1.0)).clamp(0.0, 1.0));
    let Some(timeline) = session.timeline() else { return };
    let pixel = 1.0 / f64::from(node.size().x.max(1.0));
    if (share(timeline.now(), timeline.play().flow_ends_at()) - wanted).abs() >= pixel || !session.is_paused() {
        let to = at_share(timeline, wanted);
        session.seek(to);
    }
}

/// J and L go back and forth, comma and full stop to the mark before and after.
fn step(
    (keys, time): (Res<ButtonInput<KeyCode>>, Res<Time<Real>>),
    mut session: ResMut<Session>,
    mut repeats_in_s: Local<f32>,
) {
    let Some(timeline) = session.timeline() else { return };
    let now = share(timeline.now(), timeline.play().flow_ends_at());
    let by = |back: KeyCode, forth: KeyCode, is: fn(&ButtonInput<KeyCode>, KeyCode) -> bool| {
        f64::from(i8::from(is(&keys, forth)) - i8::from(is(&keys, back)))
    };
    let pressed = by(KeyCode::KeyJ, KeyCode::KeyL, |keys, key| keys.just_pressed(key));
    let held = by(KeyCode::KeyJ, KeyCode::KeyL, |keys, key| keys.pressed(key));
    *repeats_in_s -= time.delta_secs();
    let jump = by(KeyCode::Comma, KeyCode::Period, |keys, key| keys.just_pressed(key));
    let wanted = if pressed != 0.0 {
        *repeats_in_s = REPEAT_S.0;
        Some(now + pressed * STEP)
    } else if held != 0.0 && *repeats_in_s <= 0.0 {
        *repeats_in_s = REPEAT_S.1;
        Some(now + held * STEP)
    } else if jump != 0.0 {
        neighbour(timeline, now, jump > 0.0)
    } else {
        None
    };
    if let Some(wanted) = wanted {
        let to = at_share(timeline, wanted.clamp(0.0, 1.0));
        session.seek(to);
    }
}

/// Just before the next mark, or the one before.
fn neighbour(timeline: &Timeline, now: f64, forth: bool) -> Option<f64> {
    let ends_at = timeline.play().flow_ends_at();
    let marks = timeline.marks();
    let mut places = marks.iter().map(|mark| (share(mark.at, ends_at) - BEFORE_MARK).max(0.0));
    if forth { places.find(|at| *at > now + 1e-6) } else { places.rfind(|at| *at < now - 1e-6) }
}

fn at_share(timeline: &Timeline, share: f64) -> SimTime {
    let ends_at = timeline.play().flow_ends_at();
    SimTime::ZERO.plus_ns((share * ends_at.as_ns() as f64) as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn from_mark_to_mark_and_back() {
        let mut session = flowing();
        session.advance_ns(60_000_000_000);
        let mut places = Vec::new();
        session.seek(SimTime::ZERO);
        loop {
            let timeline = session.timeline().unwrap();
            let now = share(timeline.now(), timeline.play().flow_ends_at());
            let Some(next) = neighbour(timeline, now, true) else { break };
            assert!(next > now, "{next} {now}");
            places.push(next);
            session.seek(at_share(timeline, next));
        }
        assert!(places.len() >= 4, "{places:?}");
        let timeline = session.timeline().unwrap();
        assert_eq!(neighbour(timeline, 0.0, false), None);
        assert!(neighbour(timeline, 1.0, false).is_some_and(|at| at > 0.5));
    }
}
