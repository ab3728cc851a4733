//! Name plates: what a room is called and how busy it is. Where the board is far away they grow out of their rooms, so
//! that they are read on a phone too.

use super::card::Card;
use super::houses::House;
use super::place::Place;
use super::strain::{State, Strain};
use super::words::{Writing, width};
use super::{BoardPart, BoardSystems, board_changed, layer, rooms};
use crate::atlas::Atlas;
use crate::fonts::{Fonts, font};
use crate::palette;
use crate::session::Session;
use crate::text::Texts;
use crate::text::numerals::number;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_sim::PieceId;

pub(super) fn plugin(app: &mut App) {
    let anew = build.run_if(board_changed.or_else(resource_changed::<Texts>));
    app.add_systems(Update, (anew, show, grow).chain().in_set(BoardSystems));
}

/// Text is rasterised at this multiple of its size on the board, so that zooming in keeps it crisp.
const SHARPNESS: f32 = 3.0;
/// Size of names and figures, in world units; and the least that names have in interface pixels.
const NAME: f32 = 13.0;
const LOAD: f32 = 11.0;
const NAME_PX_MIN: f32 = 11.5;
/// How much larger than drawn a plate gets at most.
const GROWS_MAX: f32 = 2.2;
/// Room within a plate: at its ends, and between name and figure, in world units.
const PAD: f32 = 8.0;
const GAP: f32 = 9.0;
/// Height of a plate that has grown, for each unit of how much it has.
const HEIGHT: f32 = 19.0;

/// A part of a plate, the middle of that plate, half the width that is drawn for it, and about how wide its name is, and
/// all its words.
#[derive(Component, Clone, Copy)]
struct Plate {
    part: Part,
    middle: Vec2,
    half: f32,
    name: f32,
    words: f32,
}

#[derive(Clone, Copy, PartialEq)]
enum Part {
    /// What the words stand on where they have grown beyond the room's own plate.
    Ground,
    Name,
    Load,
}

/// The figure at the right of a plate.
#[derive(Component)]
struct Load(PieceId);

fn build(
    mut commands: Commands,
    (atlas, fonts, texts): (Res<Atlas>, Res<Fonts>, Res<Texts>),
    (session, card): (Res<Session>, Res<Card>),
    old: Query<Entity, With<Plate>>,
) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind().answers()) {
        let frame = House::of(piece).frame(&atlas).and_then(|frame| Some((frame, frame.plate?)));
        let Some((frame, plate)) = frame else { continue };
        let at = |x: f32| Place::of(piece).at(atlas.offset(frame, [x, plate[1] + plate[3] * 0.5 - 1.0]));
        let ends = [at(plate[0] + 12.0), at(plate[0] + plate[2] - 12.0)];
        let name = texts.of_level(session.level(), &piece.name).unwrap_or(&piece.name).to_owned();
        // Who has no room in the picture is counted.
        let workers = rooms::workers(&piece.spec);
        let name = if workers > rooms::WORKERS_SHOWN { format!("{name} ×{workers}") } else { name };
        let plate = Plate {
            part: Part::Ground,
            middle: (ends[0] + ends[1]) * 0.5,
            half: (ends[0].x - ends[1].x).abs() * 0.5,
            name: width(&name, NAME),
            words: width(&name, NAME) + GAP + width("100 %", LOAD),
        };
        let ground = card.sprite(Vec2::ONE, palette::ink().with_alpha(0.9));
        commands.spawn((BoardPart, plate, ground, at_layer(0.95), Visibility::Hidden));
        let name = (Text2d(name), font(&fonts.title, NAME * SHARPNESS), TextColor(palette::bone()));
        let layout = TextLayout::no_wrap();
        let plate = Plate { part: Part::Name, ..plate };
        commands.spawn((BoardPart, plate, name, layout, Anchor::CENTER_LEFT, at_layer(1.0)));
        let load = (Load(PieceId::from_name(&piece.name)), Text2d::default(), font(&fonts.strong, LOAD * SHARPNESS));
        let plate = Plate { part: Part::Load, ..plate };
        commands.spawn((BoardPart, plate, load, TextColor(palette::ok()), Anchor::CENTER_RIGHT, at_layer(1.0)));
    }
}

fn at_layer(z: f32) -> Transform {
    Transform::from_xyz(0.0, 0.0, layer::PIECE + z)
}

fn show(
    (session, strain, texts): (Res<Session>, Res<Strain>, Res<Texts>),
    mut loads: Query<(&Load, &mut Text2d, &mut TextColor)>,
) {
    for (load, mut text, mut colour) in &mut loads {
        let mood = strain.of(load.0);
        let share = || texts.with("share", &[("share", number(f64::from(mood.busy) * 100.0, 0).into())]);
        let shown = session.play().filter(|_| mood.reached).map(|_| share()).unwrap_or_default();
        if text.0 != shown {
            text.0 = shown;
        }
        colour.set_if_neq(TextColor(match mood.state() {
            State::Ok => palette::ok(),
            State::Strain => palette::strain(),
            State::Failed => palette::failed_on_ink(),
        }));
    }
}

/// How much larger than drawn words are, where an interface pixel is that many world units.
fn growth(unit: f32) -> f32 {
    (unit * NAME_PX_MIN / NAME).clamp(1.0, GROWS_MAX)
}

type Parts<'w> = (&'w Plate, &'w mut Transform, Option<&'w mut Sprite>, &'w mut Visibility);

/// Plates follow the zoom.
fn grow(writing: Writing<'_>, session: Res<Session>, mut parts: Query<Parts<'_>>) {
    let growth = growth(writing.unit());
    let flows = session.play().is_some();
    for (plate, mut transform, sprite, mut visibility) in &mut parts {
        // One that has grown is as wide as its words, and stays in the window. The figure comes with the water.
        let words = if flows { plate.words } else { plate.name };
        let half = if growth > 1.0 { words * growth * 0.5 } else { plate.half };
        let size = Vec2::new((half + PAD) * 2.0, HEIGHT * growth);
        let middle =
            if growth > 1.0 { writing.within_window(plate.middle, size / writing.unit()) } else { plate.middle };
        let (x, scale) = match plate.part {
            Part::Ground => (0.0, 1.0),
            Part::Name => (-half, growth / SHARPNESS),
            Part::Load => (half, growth / SHARPNESS),
        };
        let at = (middle + Vec2::X * x).extend(transform.translation.z);
        if (transform.translation, transform.scale.x) != (at, scale) {
            *transform = Transform::from_translation(at).with_scale(Vec3::splat(scale));
        }
        if let Some(mut sprite) = sprite {
            let size = Some(size);
            if sprite.custom_size != size {
                sprite.custom_size = size;
            }
            let shown = if growth > 1.0 { Visibility::Inherited } else { Visibility::Hidden };
            visibility.set_if_neq(shown);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_readable_however_far_the_board_is_away() {
        for (unit, least) in [(0.5, NAME_PX_MIN), (1.0, NAME_PX_MIN), (1.67, NAME_PX_MIN), (2.2, NAME_PX_MIN)] {
            let pixels = NAME * growth(unit) / unit;
            assert!(pixels >= least - 1e-3, "{unit}: {pixels}");
        }
        assert_eq!(growth(0.4), 1.0, "near by, they are as drawn");
    }
}
