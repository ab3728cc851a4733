//! A slider: a pipe with as much water in it as there is of what it sets.

use super::{Held, Scale, Turnable, Way, shown_value};
use crate::FrameSystems;
use crate::palette;
use crate::ui::buttons::{ButtonId, Look};
use crate::ui::widgets::button;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, follow.in_set(FrameSystems::Show));
}

/// Height of the pipe, and of its handle.
const PIPE: f32 = 16.0;
const HANDLE: f32 = 26.0;

/// The water of a slider.
#[derive(Component)]
struct Water(ButtonId);

/// Its handle.
#[derive(Component)]
struct Handle(ButtonId);

/// A slider as wide as there is room; a finger high.
pub fn slider(parent: &mut ChildSpawnerCommands<'_>, id: ButtonId, scale: Scale, value: f64) {
    let place = scale.place(value) as f32;
    let turnable = Turnable { id, scale, value, enabled: true, way: Way::Slider };
    let node = Node {
        flex_grow: 1.0,
        min_width: Val::Px(100.0),
        height: Val::Px(44.0),
        align_items: AlignItems::Center,
        border_radius: BorderRadius::all(Val::Px(12.0)),
        ..default()
    };
    parent.spawn((turnable, button(id, Look::BARE), node)).with_children(|slider| {
        let track = Node {
            width: Val::Percent(100.0),
            height: Val::Px(PIPE),
            border: UiRect::all(Val::Px(2.5)),
            border_radius: BorderRadius::MAX,
            ..default()
        };
        let colours = (BackgroundColor(palette::channel()), BorderColor::all(palette::inactive()));
        slider.spawn((track, colours)).with_children(|track| {
            let water = Node {
                width: Val::Percent(place * 100.0),
                height: Val::Percent(100.0),
                border_radius: BorderRadius::MAX,
                ..default()
            };
            track.spawn((Water(id), water, BackgroundColor(palette::water())));
        });
        let (left, margin) = handle_at(place);
        let handle = Node {
            position_type: PositionType::Absolute,
            left,
            margin,
            width: Val::Px(HANDLE),
            height: Val::Px(HANDLE),
            border: UiRect::all(Val::Px(3.0)),
            border_radius: BorderRadius::MAX,
            ..default()
        };
        slider.spawn((Handle(id), handle, BackgroundColor(palette::bone()), BorderColor::all(palette::ink())));
    });
}

/// The handle's left edge at a place from 0 to 1: within the pipe from end to end, however wide that is.
fn handle_at(place: f32) -> (Val, UiRect) {
    (Val::Percent(place * 100.0), UiRect::left(Val::Px(-HANDLE * place)))
}

fn follow(
    held: Res<Held>,
    sliders: Query<&Turnable>,
    mut waters: Query<(&Water, &mut Node), Without<Handle>>,
    mut handles: Query<(&Handle, &mut Node), Without<Water>>,
) {
    for what in sliders.iter().filter(|what| what.way == Way::Slider) {
        let place = what.scale.place(shown_value(&held, what)) as f32;
        let width = Val::Percent(place * 100.0);
        for (_, mut water) in waters.iter_mut().filter(|(water, _)| water.0 == what.id) {
            if water.width != width {
                water.width = width;
            }
        }
        let (left, margin) = handle_at(place);
        for (_, mut handle) in handles.iter_mut().filter(|(handle, _)| handle.0 == what.id) {
            if handle.left != left {
                (handle.left, handle.margin) = (left, margin);
            }
        }
    }
}
