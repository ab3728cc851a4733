//! Name plates: what a room is called and how busy it is.

use super::houses::House;
use super::place::Place;
use super::strain::{State, Strain};
use super::{BoardPart, BoardSystems, board_changed, layer};
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
    app.add_systems(
        Update,
        (build.run_if(board_changed.or_else(resource_changed::<Texts>)), show).chain().in_set(BoardSystems),
    );
}

/// Text is rasterised at this multiple of its size on the board, so that zooming in keeps it crisp.
const SHARPNESS: f32 = 3.0;

#[derive(Component)]
struct Plate;

/// The figure at the right of a plate.
#[derive(Component)]
struct Load(PieceId);

fn build(
    mut commands: Commands,
    (atlas, fonts, texts, session): (Res<Atlas>, Res<Fonts>, Res<Texts>, Res<Session>),
    old: Query<Entity, With<Plate>>,
) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind().answers()) {
        let frame = House::of(piece).frame(&atlas).and_then(|frame| Some((frame, frame.plate?)));
        let Some((frame, plate)) = frame else { continue };
        let middle = plate[1] + plate[3] * 0.5 - 1.0;
        let ends = [plate[0] + 12.0, plate[0] + plate[2] - 12.0];
        let mut ends = ends.map(|x| Place::of(piece).at(atlas.offset(frame, [x, middle])));
        // Words are never mirrored.
        ends.sort_by(|a, b| a.x.total_cmp(&b.x));
        let [left, right] = ends;
        let at = |point: Vec2| {
            Transform::from_translation(point.extend(layer::PIECE + 1.0)).with_scale(Vec3::splat(1.0 / SHARPNESS))
        };
        let name = texts.of_level(session.level(), &piece.name).unwrap_or(&piece.name).to_owned();
        commands.spawn((
            BoardPart,
            Plate,
            Text2d(name),
            font(&fonts.title, 13.0 * SHARPNESS),
            TextColor(palette::BONE),
            Anchor::CENTER_LEFT,
            at(left),
        ));
        let load = Load(PieceId::from_name(&piece.name));
        commands.spawn((
            BoardPart,
            Plate,
            load,
            Text2d::default(),
            font(&fonts.strong, 11.0 * SHARPNESS),
            TextColor(palette::OK),
            Anchor::CENTER_RIGHT,
            at(right),
        ));
    }
}

fn show(
    (session, strain, texts): (Res<Session>, Res<Strain>, Res<Texts>),
    mut loads: Query<(&Load, &mut Text2d, &mut TextColor)>,
) {
    for (load, mut text, mut colour) in &mut loads {
        let mood = strain.of(load.0);
        let share = || texts.with("share", &[("share", number(f64::from(mood.busy) * 100.0, 0).into())]);
        let shown = session.play().map(|_| share()).unwrap_or_default();
        if text.0 != shown {
            text.0 = shown;
        }
        colour.set_if_neq(TextColor(match mood.state() {
            State::Ok => palette::OK,
            State::Strain => palette::STRAIN,
            State::Failed => palette::FAILED_ON_INK,
        }));
    }
}
