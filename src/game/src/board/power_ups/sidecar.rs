//! Service mesh super mushrooms: grow at the inlet of the machine that they stand on, or over the mouth of a spring.

use super::super::beat::{Beat, BeatSystems};
use super::super::looks::{Hangs, PieceLook};
use super::super::strain::{State, Strain};
use super::super::{BoardPart, BoardSystems, board_changed, centre, layer};
use crate::atlas::{Atlas, CELL};
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::{Facing, Kind};
use pipe_maze_sim::PieceId;
use std::collections::BTreeMap;

pub(in super::super) const LOOK: PieceLook = PieceLook {
    ghost: "sidecar-ok",
    hangs: Hangs::Centre,
    slot: "mushroom-ok",
    portrait: "mushroom-mini-ok",
    placed: Sound::MushroomGrows,
    plugin,
};

fn plugin(app: &mut App) {
    app.init_resource::<Planted>();
    let systems = ((note, build).chain().run_if(board_changed), show).chain();
    app.add_systems(Update, systems.in_set(BoardSystems).after(BeatSystems));
}

/// For how long each frame of growing shows, in seconds.
const GROW_S: f32 = 0.12;

/// Since when each mushroom stands, by the beat.
#[derive(Resource, Default)]
struct Planted(BTreeMap<String, f64>);

#[derive(Component)]
struct Sidecar {
    name: String,
    host: PieceId,
    is_spring: bool,
}

/// The small picture in the cell where a mushroom was put, so that it is found again.
#[derive(Component)]
struct Seat;

fn note(session: Res<Session>, beat: Res<Beat>, mut planted: ResMut<Planted>) {
    let board = session.board();
    planted.0.retain(|name, _| board.piece(name).is_some());
    for piece in board.pieces().iter().filter(|piece| piece.spec.kind() == Kind::ServiceMeshSuperMushroom) {
        let since_s = if piece.fixed { f64::NEG_INFINITY } else { beat.now_s };
        planted.0.entry(piece.name.clone()).or_insert(since_s);
    }
}

fn build(
    mut commands: Commands,
    (atlas, session): (Res<Atlas>, Res<Session>),
    old: Query<Entity, Or<(With<Sidecar>, With<Seat>)>>,
) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let board = session.board();
    for piece in board.pieces().iter().filter(|piece| piece.spec.kind() == Kind::ServiceMeshSuperMushroom) {
        let Some(host) = board.ground_piece_at(piece.at) else { continue };
        let is_spring = host.spec.kind() == Kind::Spring;
        let sidecar = Sidecar { name: piece.name.clone(), host: PieceId::from_name(&host.name), is_spring };
        let mouth = host.mouth(if is_spring { Some(0) } else { None }).unwrap_or(piece.at);
        let (sprite, anchor) =
            atlas.sprite_facing(frame(is_spring, State::Ok, f32::INFINITY), host.facing == Facing::West);
        // Below a spring it is smaller and deeper, so that it does not hide the basin.
        let (down, scale) = if is_spring { (CELL * 0.45, 0.8) } else { (0.0, 1.0) };
        let at = (centre(mouth) - Vec2::new(0.0, down)).extend(layer::POWER_UP);
        let at = Transform::from_translation(at).with_scale(Vec3::splat(scale));
        commands.spawn((BoardPart, sidecar, sprite, anchor, at));
        if !is_spring {
            let (sprite, anchor) = atlas.sprite("mushroom-mini-ok");
            let at = Transform::from_translation(centre(piece.at).extend(layer::POWER_UP)).with_scale(Vec3::splat(0.8));
            commands.spawn((BoardPart, Seat, sprite, anchor, at));
        }
    }
}

fn show(
    (atlas, session, beat, strain, planted): (Res<Atlas>, Res<Session>, Res<Beat>, Res<Strain>, Res<Planted>),
    mut sidecars: Query<(&Sidecar, &mut Sprite, &mut Anchor)>,
) {
    for (sidecar, mut sprite, mut anchor) in &mut sidecars {
        let retries: u32 = session.play().map_or(0, |play| {
            let sites = play.simulation().view().sites().filter(|site| site.caller == sidecar.host);
            sites.map(|site| site.retries).sum()
        });
        let since_s = planted.0.get(&sidecar.name).map_or(f32::INFINITY, |&then_s| beat.since(then_s));
        let state = state(retries, strain.of(sidecar.host).state());
        atlas.show_if_new(frame(sidecar.is_spring, state, since_s), &mut sprite, &mut anchor);
    }
}

/// A sidecar is strained while it tries calls again, and down with its machine.
fn state(retries: u32, host: State) -> State {
    match host {
        State::Failed => State::Failed,
        _ if retries > 0 => State::Strain,
        _ => State::Ok,
    }
}

/// The picture, so many seconds after it was put there.
fn frame(is_spring: bool, state: State, since_s: f32) -> &'static str {
    match (state, is_spring, (since_s / GROW_S) as usize) {
        (_, _, 0) => "sidecar-grow-1",
        (_, _, 1) => "sidecar-grow-2",
        (State::Ok, true, _) => "mushroom-ok",
        (State::Strain, true, _) => "mushroom-strain",
        (State::Failed, true, _) => "mushroom-failed",
        (State::Ok, false, _) => "sidecar-ok",
        (State::Strain, false, _) => "sidecar-strain",
        (State::Failed, false, _) => "sidecar-failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_grows_and_then_shows_what_it_does() {
        assert_eq!(
            [0.0, 0.2, 0.3].map(|s| frame(false, State::Ok, s)),
            ["sidecar-grow-1", "sidecar-grow-2", "sidecar-ok"]
        );
        assert_eq!(frame(true, state(3, State::Ok), f32::INFINITY), "mushroom-strain");
        assert_eq!(frame(false, state(0, State::Failed), 9.0), "sidecar-failed");
        assert_eq!(state(0, State::Strain), State::Ok, "a busy machine alone is no retry");
    }
}
