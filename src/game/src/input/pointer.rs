//! Mouse and touch: one finger or the left button works on the board; two fingers, the wheel or the right button move
//! the view.

use super::tools::{Hand, Tool};
use crate::board::cell_at;
use crate::camera::Look;
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::input::mouse::{AccumulatedMouseMotion, AccumulatedMouseScroll, MouseScrollUnit};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;
use pipe_maze_level::Cell;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Grip>();
    let systems = (pinch, pan_and_zoom, work).chain();
    app.add_systems(Update, systems.in_set(FrameSystems::Input).run_if(in_state(Screen::Board)));
}

/// What the pointer holds.
#[derive(Resource, Default)]
struct Grip {
    /// Pressed on the board, and where.
    pressed_at: Option<Cell>,
    /// Where a carried piece was gripped, from its top left cell.
    held: (i32, i32),
    /// Distance and middle of two fingers.
    fingers: Option<(f32, Vec2)>,
}

type ViewQuery<'w> = (&'w Camera, &'w GlobalTransform, &'w Projection);

fn work(
    (mouse, touches, time): (Res<ButtonInput<MouseButton>>, Res<Touches>, Res<Time>),
    window: Single<&Window, With<PrimaryWindow>>,
    view: Single<ViewQuery<'_>, With<Camera2d>>,
    interface: Query<&Interaction>,
    (mut session, mut hand, mut grip): (ResMut<Session>, ResMut<Hand>, ResMut<Grip>),
) {
    if grip.fingers.is_some() {
        return;
    }
    let now_s = time.elapsed_secs_f64();
    let touch = touches.iter().next().map(|t| t.position());
    let lifted = touches.iter_just_released().next().map(|t| t.position());
    let Some(point) = touch.or(lifted).or_else(|| window.cursor_position()) else { return };
    let Ok(world) = view.0.viewport_to_world_2d(view.1, point) else { return };
    let cell = cell_at(world);
    let over_interface = interface.iter().any(|interaction| *interaction != Interaction::None);
    let pressed = mouse.just_pressed(MouseButton::Left) || touches.any_just_pressed();
    let released = mouse.just_released(MouseButton::Left) || lifted.is_some();
    if touches.any_just_canceled() {
        hand.let_go();
        grip.pressed_at = None;
        return;
    }
    if pressed && !over_interface {
        hand.show_cursor = false;
        hand.cursor = cell;
        hand.press(&mut session, now_s);
        grip.pressed_at = Some(cell);
        let held = session.board().piece_at(cell).map(|piece| (cell.column - piece.at.column, cell.row - piece.at.row));
        grip.held = held.unwrap_or_default();
    }
    if let Some(start) = grip.pressed_at {
        if cell != start && hand.drawing.is_none() && hand.carrying.is_none() && hand.tool == Tool::Pipe {
            hand.carry(&session);
        }
        if hand.carrying.is_some() {
            hand.cursor = cell.offset(-grip.held.0, -grip.held.1);
        } else if hand.cursor != cell {
            hand.move_to(&session, cell, now_s);
        }
    } else if !over_interface
        && touch.is_none()
        && matches!(hand.tool, Tool::Place(_))
        && hand.cursor != cell
        && !hand.show_cursor
    {
        hand.cursor = cell;
    }
    if released && grip.pressed_at.take().is_some() {
        hand.release(&mut session, now_s);
        hand.put_down(&mut session, now_s);
    }
}

/// Two fingers: spread to zoom, move to pan. What the first finger had begun is let go.
fn pinch(
    touches: Res<Touches>,
    view: Single<ViewQuery<'_>, With<Camera2d>>,
    window: Single<&Window, With<PrimaryWindow>>,
    mut look: ResMut<Look>,
    mut hand: ResMut<Hand>,
    mut grip: ResMut<Grip>,
) {
    let points: Vec<Vec2> = touches.iter().map(|touch| touch.position()).collect();
    let [a, b, ..] = points[..] else {
        if points.is_empty() {
            grip.fingers = None;
        }
        return;
    };
    let now = (a.distance(b).max(1.0), (a + b) * 0.5);
    if let Some(before) = grip.fingers {
        let scale = scale_of(view.2);
        let middle = (now.1 - window.size() * 0.5) * Vec2::new(1.0, -1.0) * scale;
        look.zoom_by(now.0 / before.0, middle);
        look.pan -= (now.1 - before.1) * Vec2::new(1.0, -1.0) * scale;
    } else {
        hand.drawing = None;
        hand.carrying = None;
        grip.pressed_at = None;
    }
    grip.fingers = Some(now);
}

fn pan_and_zoom(
    (mouse, motion, scroll): (Res<ButtonInput<MouseButton>>, Res<AccumulatedMouseMotion>, Res<AccumulatedMouseScroll>),
    view: Single<ViewQuery<'_>, With<Camera2d>>,
    window: Single<&Window, With<PrimaryWindow>>,
    mut look: ResMut<Look>,
) {
    let scale = scale_of(view.2);
    if (mouse.pressed(MouseButton::Right) || mouse.pressed(MouseButton::Middle)) && motion.delta != Vec2::ZERO {
        look.pan -= motion.delta * Vec2::new(1.0, -1.0) * scale;
    }
    if scroll.delta.y != 0.0 {
        let lines = if scroll.unit == MouseScrollUnit::Line { scroll.delta.y } else { scroll.delta.y / 100.0 };
        let at = window.cursor_position().unwrap_or(window.size() * 0.5);
        look.zoom_by(1.15f32.powf(lines.clamp(-5.0, 5.0)), (at - window.size() * 0.5) * Vec2::new(1.0, -1.0) * scale);
    }
}

fn scale_of(projection: &Projection) -> f32 {
    match projection {
        Projection::Orthographic(orthographic) => orthographic.scale,
        _ => 1.0,
    }
}
