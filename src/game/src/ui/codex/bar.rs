//! The bar beside the page: a dry pipe, and in it as much water as is seen of the page.

use super::scroll::Scroll;
use crate::{FrameSystems, Screen, palette};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    let show = move_thumb.in_set(FrameSystems::Show).after(super::reading::settle);
    app.add_systems(Update, show.run_if(in_state(Screen::Codex)));
}

/// Width of the bar.
const WIDTH: f32 = 6.0;
/// Its middle, from the sheet's right edge.
pub const MIDDLE: f32 = 13.5;

/// The part that is seen, in a track nearly as high as the view.
#[derive(Component)]
struct Thumb;

/// The bar, at the right edge of the sheet.
pub fn spawn(sheet: &mut ChildSpawnerCommands<'_>) {
    let track = Node {
        position_type: PositionType::Absolute,
        // The sheet's line counts too.
        right: Val::Px(MIDDLE - WIDTH * 0.5 - 1.5),
        top: Val::Px(16.0),
        bottom: Val::Px(16.0),
        width: Val::Px(WIDTH),
        border_radius: BorderRadius::MAX,
        ..default()
    };
    let thumb = Node {
        position_type: PositionType::Absolute,
        width: Val::Px(WIDTH),
        border_radius: BorderRadius::MAX,
        ..default()
    };
    sheet.spawn((track, BackgroundColor(palette::ink_line()))).with_children(|track| {
        track.spawn((Thumb, thumb, BackgroundColor(palette::water())));
    });
}

fn move_thumb(
    scroll: Res<Scroll>,
    mut thumbs: Query<(&mut Node, &mut Visibility, &ChildOf), With<Thumb>>,
    tracks: Query<&ComputedNode>,
) {
    for (mut node, mut visibility, parent) in &mut thumbs {
        let Ok(track) = tracks.get(parent.parent()) else { continue };
        let (top, height) = scroll.thumb();
        // The track is a little shorter than the view.
        let share = track.size().y * track.inverse_scale_factor() / scroll.view().max(1.0);
        let (top, height) = (Val::Px(top * share), Val::Px(height * share));
        if node.top != top || node.height != height {
            node.top = top;
            node.height = height;
        }
        visibility.set_if_neq(if scroll.place().1 > 0.0 { Visibility::Inherited } else { Visibility::Hidden });
    }
}
