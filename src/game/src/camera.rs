//! The camera: fits the board between the panels, and follows the player's pan and zoom.

use crate::atlas::CELL;
use crate::session::Session;
use crate::ui::Insets;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use bevy::window::PrimaryWindow;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Look>();
    app.add_systems(Startup, spawn);
    app.add_systems(OnEnter(Screen::Board), reset);
    app.add_systems(OnEnter(Screen::Title), reset);
    app.add_systems(Update, frame_board.in_set(FrameSystems::Show));
}

/// How far the player has moved away from the fitted view.
#[derive(Resource, Clone, Copy, PartialEq, Debug)]
pub struct Look {
    /// Magnification over the fitted view, 1 to 4.
    pub zoom: f32,
    /// Away from the fitted centre, in world units.
    pub pan: Vec2,
}

impl Default for Look {
    fn default() -> Self {
        Self { zoom: 1.0, pan: Vec2::ZERO }
    }
}

impl Look {
    /// Zooms by a factor, keeping the point at `from_centre` (world units from the view's centre) in place.
    pub fn zoom_by(&mut self, factor: f32, from_centre: Vec2) {
        let zoom = (self.zoom * factor).clamp(1.0, 4.0);
        self.pan += from_centre * (1.0 - self.zoom / zoom);
        self.zoom = zoom;
    }
}

fn spawn(mut commands: Commands) {
    commands.spawn((Camera2d, Msaa::Off));
}

fn reset(mut look: ResMut<Look>) {
    *look = Look::default();
}

/// Centre and size of the board, in world units.
fn board_rect(session: &Session) -> Rect {
    let terrain = session.board().terrain();
    let size = Vec2::new(terrain.columns() as f32, terrain.rows() as f32) * CELL;
    Rect::from_corners(Vec2::ZERO, Vec2::new(size.x, -size.y))
}

fn frame_board(
    session: Option<Res<Session>>,
    mut look: ResMut<Look>,
    insets: Res<Insets>,
    window: Single<&Window, With<PrimaryWindow>>,
    camera: Single<(&mut Transform, &mut Projection), With<Camera2d>>,
) {
    let Some(session) = session else { return };
    let board = board_rect(&session);
    let view = Vec2::new(window.width(), window.height());
    let free = (view - insets.min() - insets.max()).max(Vec2::splat(80.0));
    let fit = (free / board.size()).min_element().max(0.05);
    let scale = fit * look.zoom;
    let reach = board.size() * 0.5 * (1.0 - 1.0 / look.zoom) + board.size() * 0.1 * (look.zoom - 1.0).min(1.0);
    let pan = look.pan.clamp(-reach, reach);
    if pan != look.pan {
        look.pan = pan;
    }
    // The middle of the free area is not the middle of the window.
    let shift = (insets.max() - insets.min()) * 0.5 / scale;
    let centre = board.center() + look.pan + Vec2::new(shift.x, -shift.y);
    let (mut transform, mut projection) = camera.into_inner();
    if transform.translation.truncate() != centre {
        transform.translation = centre.extend(transform.translation.z);
    }
    if let Projection::Orthographic(orthographic) = projection.as_mut()
        && orthographic.scale != 1.0 / scale
    {
        orthographic.scale = 1.0 / scale;
    }
}
