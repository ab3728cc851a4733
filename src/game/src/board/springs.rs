//! Springs: a fountain that flows while the simulation's spring does, and who comes to it from the town.

use super::beat::Beat;
use super::glows::Glow;
use super::looks::{Hangs, PieceLook};
use super::rooms::{HALO, halo};
use super::strain::{State, Strain};
use super::{BoardPart, BoardSystems, board_changed, centre, layer};
use crate::atlas::{Atlas, CELL};
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::{Board, Cell, Ground, Kind, Piece, navigator};
use pipe_maze_sim::PieceId;

pub(super) const LOOK: PieceLook = PieceLook {
    ghost: "spring-idle",
    hangs: Hangs::Below,
    slot: "spring-idle",
    portrait: "spring-mini-flowing",
    placed: Sound::PutDown,
    plugin,
};

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show, alarm, shine).chain().in_set(BoardSystems));
}

#[derive(Component)]
struct Fountain(PieceId);

/// What shows that a spring's requests find no way on: a badge, and the light of failure.
#[derive(Component)]
struct Alarm(PieceId);

/// Who waits for water.
#[derive(Component)]
struct Townsfolk;

/// Their pictures, and how many cells from the spring's side each of them stands.
const TOWNSFOLK: [(&str, f32); 4] =
    [("townsfolk-1", 0.75), ("townsfolk-2", 1.2), ("townsfolk-3", 1.75), ("townsfolk-4", 2.15)];
/// Where its badge is, from where it hangs, in world units.
const BADGE: Vec2 = Vec2::new(CELL * 0.75, CELL * 1.1);

fn build(
    mut commands: Commands,
    atlas: Res<Atlas>,
    session: Res<Session>,
    old: Query<Entity, Or<(With<Fountain>, With<Alarm>, With<Townsfolk>)>>,
) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::Spring) {
        let (sprite, anchor) = atlas.sprite(LOOK.ghost);
        let at = LOOK.hangs.point(piece.at).extend(layer::PIECE);
        let spring = PieceId::from_name(&piece.name);
        commands.spawn((BoardPart, Fountain(spring), sprite, anchor, Transform::from_translation(at)));
        for (name, place) in townsfolk(session.board(), piece) {
            let (sprite, anchor) = atlas.sprite(name);
            let place = Transform::from_translation(place.extend(layer::PIECE - 0.5));
            commands.spawn((BoardPart, Townsfolk, sprite, anchor, place));
        }
        let place = Transform::from_translation(at.with_z(layer::PIPE - 1.0));
        commands.spawn((BoardPart, Alarm(spring), Glow::dark(Vec2::splat(HALO * 0.5)), place));
        let (sprite, anchor) = atlas.sprite("badge-failed");
        let place = Transform::from_translation(at + BADGE.extend(0.8));
        commands.spawn((BoardPart, Alarm(spring), sprite, anchor, place, Visibility::Hidden));
    }
}

/// Where the townsfolk stand: on the ground, on that side of the spring on which the Navigator does not.
fn townsfolk(board: &Board, spring: &Piece) -> Vec<(&'static str, Vec2)> {
    let (columns, rows) = spring.spec.kind().size();
    let home = navigator::home(board);
    let (first, side) =
        if home.column < spring.at.column { (spring.at.column + columns, 1) } else { (spring.at.column - 1, -1) };
    let standing = |(i, (name, away)): (i32, (&'static str, f32))| {
        let cell = Cell::new(first + side * (i / 2 + 1), spring.at.row + rows - 1);
        let below = cell.offset(0, 1);
        let on_ground = board.terrain().ground(cell) == Ground::Sky && board.terrain().ground(below) == Ground::Rock;
        let at = centre(Cell::new(first, cell.row)) + Vec2::new(side as f32 * away * CELL, -CELL * 0.5);
        (board.terrain().contains(cell) && on_ground).then_some((name, at))
    };
    (0..).zip(TOWNSFOLK).filter_map(standing).collect()
}

fn alarm(strain: Res<Strain>, mut alarms: Query<(&Alarm, &mut Visibility), With<Sprite>>) {
    for (alarm, mut visibility) in &mut alarms {
        let failed = strain.of(alarm.0).state() == State::Failed;
        visibility.set_if_neq(if failed { Visibility::Inherited } else { Visibility::Hidden });
    }
}

fn shine((strain, beat): (Res<Strain>, Res<Beat>), mut alarms: Query<(&Alarm, &mut Glow)>) {
    for (alarm, mut glow) in &mut alarms {
        glow.color = halo(&strain.of(alarm.0), &beat);
    }
}

fn show(atlas: Res<Atlas>, session: Res<Session>, mut fountains: Query<(&Fountain, &mut Sprite, &mut Anchor)>) {
    for (fountain, mut sprite, mut anchor) in &mut fountains {
        let flowing = session.play().is_some_and(|play| {
            play.simulation().view().springs().any(|spring| spring.id == fountain.0 && spring.flowing)
        });
        let name = if flowing { "spring-flowing" } else { "spring-idle" };
        if atlas.frame(name).map(crate::atlas::Frame::rect) != sprite.rect {
            atlas.show(name, &mut sprite, &mut anchor);
        }
    }
}
