//! Circuit breaker fires: a pilot light while the breaker lets calls through, a blaze while it holds them back, half of
//! each while it tries, and smoke while no water flows.

use super::super::beat::{Beat, BeatSystems};
use super::super::looks::{Hangs, PieceLook};
use super::super::{BoardPart, BoardSystems, board_changed, centre, layer};
use crate::atlas::Atlas;
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::board::Joint;
use pipe_maze_level::{Board, Kind, Piece};
use pipe_maze_sim::{BreakerState, PieceId, View};

pub(in super::super) const LOOK: PieceLook = PieceLook {
    ghost: "breaker-closed",
    hangs: Hangs::Centre,
    slot: "breaker-closed",
    portrait: "breaker-mini-closed",
    placed: Sound::FlameLights,
    plugin,
};

fn plugin(app: &mut App) {
    let systems = (build.run_if(board_changed), show).chain();
    app.add_systems(Update, systems.in_set(BoardSystems).after(BeatSystems));
}

#[derive(Component)]
struct Flame(String);

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, With<Flame>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    for piece in session.board().pieces().iter().filter(|piece| piece.spec.kind() == Kind::CircuitBreakerFire) {
        let (sprite, anchor) = atlas.sprite("breaker-out");
        let at = Transform::from_translation(centre(piece.at).extend(layer::POWER_UP));
        commands.spawn((BoardPart, Flame(piece.name.clone()), sprite, anchor, at));
    }
}

fn show(
    (atlas, session, beat): (Res<Atlas>, Res<Session>, Res<Beat>),
    mut flames: Query<(&Flame, &mut Sprite, &mut Anchor)>,
) {
    for (flame, mut sprite, mut anchor) in &mut flames {
        let state = session.play().and_then(|play| {
            let piece = play.board().piece(&flame.0)?;
            breaker(play.simulation().view(), play.board(), piece)
        });
        atlas.show_if_new(frame(state, &beat), &mut sprite, &mut anchor);
    }
}

/// The picture of a fire; without a breaker in the simulation it is not lit.
fn frame(state: Option<BreakerState>, beat: &Beat) -> &'static str {
    let frames = match state {
        None => return "breaker-out",
        Some(BreakerState::Closed) => ["breaker-closed", "breaker-closed-2", "breaker-closed-3"],
        Some(BreakerState::HalfOpen) => ["breaker-half", "breaker-half-2", "breaker-half-3"],
        Some(BreakerState::Open) => ["breaker-open", "breaker-open-2", "breaker-open-3"],
    };
    beat.frame(&frames, 0.12)
}

/// The state of the breaker that a fire on a pipe lights. A spring has one for each class of its requests: then the one
/// that lets through least.
pub fn breaker(view: View<'_>, board: &Board, fire: &Piece) -> Option<BreakerState> {
    let joint = board.joints().find(|joint| joint.is_whole() && joint.pipe.cells.contains(&fire.at))?;
    let (source, ..) = joint.source?;
    let caller = PieceId::from_name(source);
    let mut states = view.sites().filter(|site| site.caller == caller).map(|site| site.breaker);
    if board.piece(source)?.spec.kind() == Kind::Spring {
        let heat = |state: &BreakerState| match state {
            BreakerState::Closed => 0,
            BreakerState::HalfOpen => 1,
            BreakerState::Open => 2,
        };
        return states.flatten().max_by_key(heat);
    }
    states.nth(place_of_call(board, &joint)?)?
}

/// The place of the call that goes into a pipe among the calls of its machine, which are made in the order of its
/// outlets, one for each target. Nothing where another pipe takes that call.
fn place_of_call(board: &Board, pipe: &Joint<'_>) -> Option<usize> {
    let way = |joint: &Joint<'_>| Some((joint.source?.0.to_owned(), joint.source?.1, joint.target?.0.to_owned()));
    let (source, outlet, target) = way(pipe)?;
    let whole = board.joints().filter(Joint::is_whole).filter_map(|joint| way(&joint));
    let mut ways: Vec<(u8, String)> = whole.filter(|way| way.0 == source).map(|way| (way.1, way.2)).collect();
    ways.sort();
    let first = ways.iter().position(|(_, to)| *to == target)?;
    let others: std::collections::BTreeSet<&String> = ways[..first].iter().map(|(_, to)| to).collect();
    (ways[first].0 == outlet).then_some(others.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use pipe_maze_sim::Fact;

    #[test]
    fn the_fire_burns_as_the_simulation_says() {
        let mut session = flowing();
        let (mut told, mut seen) = (BreakerState::Closed, Vec::new());
        let beat = Beat::default();
        while session.verdict().is_none() {
            session.advance_ns(5_000_000);
            for (_, fact) in session.take_facts() {
                if let Fact::BreakerTurned { caller, state, .. } = fact
                    && caller == PieceId::from_name("front")
                {
                    told = state;
                }
            }
            let play = session.play().unwrap();
            let fire = play.board().piece("fire").unwrap();
            let state = breaker(play.simulation().view(), play.board(), fire).unwrap();
            if state == told && seen.last() != Some(&frame(Some(state), &beat)) {
                seen.push(frame(Some(state), &beat));
            }
            // It opens and closes when calls end, and turns half-open with time alone: that is told with the next call.
            assert!(
                state == told || (told, state) == (BreakerState::Open, BreakerState::HalfOpen),
                "{told:?} {state:?}"
            );
        }
        for name in ["breaker-closed", "breaker-open", "breaker-half"] {
            assert!(seen.contains(&name), "{name}: {seen:?}");
        }
        assert_eq!(frame(None, &beat), "breaker-out");
    }
}
