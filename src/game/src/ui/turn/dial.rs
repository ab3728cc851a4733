//! A dial: a knob of bone in a ring that fills with gold, from lower left round to lower right.

use super::{Figure, Held, Turnable, Way, shown_value};
use crate::FrameSystems;
use crate::palette;
use crate::text::Texts;
use crate::ui::buttons::ButtonId;
use crate::ui::widgets::centred;
use bevy::ecs::hierarchy::ChildSpawnerCommands;
use bevy::prelude::*;
use std::f32::consts::TAU;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (turn, write).in_set(FrameSystems::Show));
}

/// Width of the ring, and of the gap between it and the knob.
const RING: f32 = 5.0;
const AIR: f32 = 3.5;
/// The part of a full turn that it leaves open, below.
const GAP: f32 = 0.25;

/// The ring of a dial.
#[derive(Component)]
struct Ring(ButtonId);

/// What points on the knob.
#[derive(Component)]
struct Pointer(ButtonId);

/// The picture of a control that is turned as a dial. One that cannot be turned now is dim.
pub fn dial(parent: &mut ChildSpawnerCommands<'_>, what: &Turnable, size: f32) {
    let place = what.scale.place(what.value) as f32;
    let ring = Node { border: UiRect::all(Val::Px(RING)), ..round(size) };
    parent.spawn((Ring(what.id), ring, arc(place, what.enabled))).with_children(|ring| {
        let (light, shade) = if what.enabled {
            (palette::bone(), palette::bone_deep())
        } else {
            (palette::inactive(), palette::ink_line())
        };
        let halves = vec![
            ColorStop::percent(light, 0.0),
            ColorStop::percent(light, 50.0),
            ColorStop::percent(shade, 50.0),
            ColorStop::percent(shade, 100.0),
        ];
        let knob = BackgroundGradient::from(LinearGradient::new(LinearGradient::TO_RIGHT, halves));
        let size = size - 2.0 * (RING + AIR);
        ring.spawn((round(size), knob)).with_children(|knob| pointer(knob, what.id, size, place));
    });
}

fn round(size: f32) -> Node {
    Node {
        width: Val::Px(size),
        height: Val::Px(size),
        border_radius: BorderRadius::MAX,
        flex_shrink: 0.0,
        ..centred()
    }
}

fn pointer(knob: &mut ChildSpawnerCommands<'_>, id: ButtonId, size: f32, place: f32) {
    let node =
        Node { width: Val::Px(size), height: Val::Px(size), justify_content: JustifyContent::Center, ..default() };
    knob.spawn((Pointer(id), node, turned_to(place))).with_children(|pointer| {
        let hand = Node {
            width: Val::Px(4.0),
            height: Val::Px(size * 0.42),
            margin: UiRect::top(Val::Px(size * 0.06)),
            border_radius: BorderRadius::MAX,
            ..default()
        };
        pointer.spawn((hand, BackgroundColor(palette::ink())));
    });
}

/// How far the knob is turned, at a place from 0 to 1.
fn turned_to(place: f32) -> UiTransform {
    UiTransform::from_rotation(Rot2::radians((place - 0.5) * (1.0 - GAP) * TAU))
}

/// The ring with a part of it filled.
fn arc(place: f32, enabled: bool) -> BorderGradient {
    let full = (1.0 - GAP) * TAU;
    let filled = place.clamp(0.0, 1.0) * full;
    let gold = if enabled { palette::gold() } else { palette::periwinkle() };
    let rest = palette::ink_line();
    let none = rest.with_alpha(0.0);
    let stops = [(gold, 0.0), (gold, filled), (rest, filled), (rest, full), (none, full), (none, TAU)];
    let stops = stops.map(|(colour, angle)| AngularColorStop::new(colour, angle)).into();
    BorderGradient::from(ConicGradient::new(UiPosition::CENTER, stops).with_start((0.5 + GAP * 0.5) * TAU))
}

fn turn(
    held: Res<Held>,
    dials: Query<&Turnable>,
    mut rings: Query<(&Ring, &mut BorderGradient)>,
    mut pointers: Query<(&Pointer, &mut UiTransform)>,
) {
    for what in dials.iter().filter(|what| what.way == Way::Dial) {
        let place = what.scale.place(shown_value(&held, what)) as f32;
        for (_, mut ring) in rings.iter_mut().filter(|(ring, _)| ring.0 == what.id) {
            ring.set_if_neq(arc(place, what.enabled));
        }
        for (_, mut pointer) in pointers.iter_mut().filter(|(pointer, _)| pointer.0 == what.id) {
            pointer.set_if_neq(turned_to(place));
        }
    }
}

/// Figures follow the hand.
fn write((held, texts): (Res<Held>, Res<Texts>), controls: Query<&Turnable>, mut figures: Query<(&Figure, &mut Text)>) {
    for (figure, mut text) in &mut figures {
        let Some(what) = controls.iter().find(|what| what.id == figure.of) else { continue };
        let shown = figure.written.text(&texts, shown_value(&held, what));
        if text.0 != shown {
            text.0 = shown;
        }
    }
}
