//! What happened when: a mark over the bar for each, drawn when there is a new one.

use super::super::HudSystems;
use super::MarksRow;
use crate::atlas::Atlas;
use crate::palette;
use crate::session::Session;
use crate::ui::signs::{Sign, signs};
use crate::{FrameSystems, Screen};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use pipe_maze_level::BranchId;

pub(super) fn plugin(app: &mut App) {
    let shown = show.in_set(FrameSystems::Show).after(HudSystems);
    app.add_systems(Update, shown.run_if(in_state(Screen::Board)));
}

/// Size of a mark, in interface pixels.
const SIZE: f32 = 13.0;

type Seen = (BranchId, usize, Entity);

fn show(
    mut commands: Commands,
    (session, atlas): (Res<Session>, Res<Atlas>),
    rows: Query<Entity, With<MarksRow>>,
    mut last: Local<Option<Seen>>,
) {
    let (Some(timeline), Ok(row)) = (session.timeline(), rows.single()) else { return };
    let marks = timeline.marks();
    let seen = (timeline.current(), marks.len(), row);
    if last.replace(seen) == Some(seen) {
        return;
    }
    let signs = signs(timeline);
    commands.entity(row).despawn_children().with_children(|row| {
        signs.iter().for_each(|&(at, sign)| draw(row, &atlas, at as f32, sign));
    });
}

fn draw(row: &mut ChildSpawnerCommands<'_>, atlas: &Atlas, at: f32, sign: Sign) {
    let node = Node {
        position_type: PositionType::Absolute,
        left: Val::Percent(at * 100.0),
        bottom: Val::Px(0.0),
        width: Val::Px(SIZE),
        height: Val::Px(SIZE),
        margin: UiRect::left(Val::Px(-SIZE * 0.5)),
        ..default()
    };
    let badge = match sign {
        Sign::Well => "badge-ok",
        Sign::Warning => "badge-strain",
        Sign::Failure => "badge-failed",
        Sign::Order => {
            // Hollow: given, and not done yet.
            let turned = UiTransform { rotation: Rot2::FRAC_PI_4, scale: Vec2::splat(0.5), ..default() };
            let node = Node { border: UiRect::all(Val::Px(2.5)), ..node };
            row.spawn((node, turned, BorderColor::all(palette::gold())));
            return;
        }
        Sign::Change => {
            let turned = UiTransform { rotation: Rot2::FRAC_PI_4, scale: Vec2::splat(0.66), ..default() };
            row.spawn((node, turned, BackgroundColor(palette::gold())));
            return;
        }
    };
    row.spawn((node, atlas.image(badge, Color::WHITE)));
}
