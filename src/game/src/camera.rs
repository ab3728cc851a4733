//! The camera: fits the board between the panels, and follows the player's pan and zoom.

mod look;

pub use look::{Follow, Look, Stage};

use crate::atlas::CELL;
use crate::motion::Motion;
use crate::session::Session;
use crate::sharing::film::Filming;
use crate::ui::Insets;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Look>();
    app.init_resource::<Stage>();
    app.add_systems(Startup, spawn);
    app.add_systems(OnEnter(Screen::Board), reset);
    app.add_systems(OnEnter(Screen::Title), reset);
    app.add_systems(Update, (set_stage, follow, frame_board).chain().in_set(FrameSystems::Show));
}

/// How fast the view goes to what it follows, per second.
const FOLLOW_PER_S: f32 = 9.0;

fn spawn(mut commands: Commands) {
    commands.spawn((Camera2d, Msaa::Off));
}

fn reset(mut look: ResMut<Look>) {
    *look = Look::default();
}

fn set_stage(
    session: Option<Res<Session>>,
    insets: Res<Insets>,
    window: Single<&Window, With<PrimaryWindow>>,
    mut stage: ResMut<Stage>,
    mut look: ResMut<Look>,
) {
    let Some(session) = session else { return };
    let terrain = session.board().terrain();
    let size = Vec2::new(terrain.columns() as f32, terrain.rows() as f32) * CELL;
    let now = Stage {
        board: Rect::from_corners(Vec2::ZERO, Vec2::new(size.x, -size.y)),
        window: Vec2::new(window.width(), window.height()),
        before: insets.min(),
        after: insets.max(),
    };
    if stage.set_if_neq(now) {
        look.bound(&stage);
    }
}

/// A player's own pan is immediate; only what the view does by itself takes time.
fn follow(stage: Res<Stage>, motion: Res<Motion>, time: Res<Time>, mut look: ResMut<Look>) {
    if look.follow.is_some() {
        let share = if motion.reduced { 1.0 } else { 1.0 - (-time.delta_secs() * FOLLOW_PER_S).exp() };
        look.approach(&stage, share);
    }
}

fn frame_board(
    session: Option<Res<Session>>,
    (stage, look): (Res<Stage>, Res<Look>),
    camera: Single<(&mut Transform, &mut Projection), (With<Camera2d>, Without<Filming>)>,
) {
    if session.is_none() {
        return;
    }
    let (centre, scale) = (stage.camera(&look), 1.0 / stage.scale(&look));
    let (mut transform, mut projection) = camera.into_inner();
    if transform.translation.truncate() != centre {
        transform.translation = centre.extend(transform.translation.z);
    }
    if let Projection::Orthographic(orthographic) = projection.as_mut()
        && orthographic.scale != scale
    {
        orthographic.scale = scale;
    }
}
