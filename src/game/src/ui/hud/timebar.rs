//! The bar of time: where in the run one is, what happened when, and the way back to it.
//!
//! It is dragged, by mouse and finger, or moved by keys. What was seen once is there at once; what lies ahead is computed.

mod marks;
mod steer;

use super::Sources;
use super::readout::Readout;
use crate::palette;
use crate::ui::widgets::{centred, row};
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((marks::plugin, steer::plugin));
}

/// Height of the part that a finger can grasp, and of the row of marks above it, in interface pixels.
const GRASP: f32 = 26.0;
const MARKS: f32 = 14.0;
/// Height of the track, and width of its knob.
const TRACK: f32 = 7.0;
const KNOB: f32 = 15.0;

/// The part that a pointer grasps.
#[derive(Component)]
struct Track;

/// The row in which marks stand.
#[derive(Component)]
struct MarksRow;

/// The bar, and the clock beside it.
pub(super) fn panel(parent: &mut ChildSpawnerCommands<'_>, sources: &Sources<'_>) {
    let kit = sources.kit;
    parent.spawn(Node { align_items: AlignItems::FlexEnd, ..row(10.0 + KNOB * 0.5) }).with_children(|line| {
        let bar = Node { flex_grow: 1.0, flex_direction: FlexDirection::Column, ..default() };
        line.spawn(bar).with_children(|bar| {
            bar.spawn((MarksRow, Node { height: Val::Px(MARKS), ..default() }));
            let grasp = Node { height: Val::Px(GRASP), ..centred() };
            // An interaction of its own keeps what is grasped here from the board.
            bar.spawn((Track, Interaction::None, grasp)).with_children(|grasp| {
                grasp.spawn((rail(100.0), BackgroundColor(palette::ink_line()))).with_children(|track| {
                    track.spawn((fill(), BackgroundColor(palette::inactive()), Readout::Seen));
                    track.spawn((fill(), BackgroundColor(palette::water()), Readout::Progress));
                    let knob = Node {
                        position_type: PositionType::Absolute,
                        width: Val::Px(KNOB),
                        height: Val::Px(KNOB),
                        top: Val::Px((TRACK - KNOB) * 0.5),
                        margin: UiRect::left(Val::Px(-KNOB * 0.5)),
                        border_radius: BorderRadius::MAX,
                        ..default()
                    };
                    track.spawn((knob, BackgroundColor(palette::bone()), Readout::Knob));
                });
            });
        });
        let clock = Node { height: Val::Px(GRASP), ..centred() };
        line.spawn(clock).with_children(|clock| {
            clock.spawn((kit.strong("", 12.0, palette::bone()), TextLayout::no_wrap(), Readout::Clock));
        });
    });
}

fn rail(percent: f32) -> Node {
    Node {
        width: Val::Percent(percent),
        height: Val::Px(TRACK),
        border_radius: BorderRadius::all(Val::Px(TRACK * 0.5)),
        ..default()
    }
}

fn fill() -> Node {
    Node { position_type: PositionType::Absolute, left: Val::Px(0.0), ..rail(0.0) }
}
