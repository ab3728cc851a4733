//! Circuit breaker thwomps: a gate over a pipe, whose press comes down while it lets nothing through, and half down while
//! it only squeezes the pipe, or makes it leak: then drops fall. A sign says what it does, but for the one that is shut.

use super::super::beat::Beat;
use super::super::looks::EnemyLook;
use super::super::{BoardPart, board_changed, layer};
use super::{EnemySystems, Foe, Foes, Stance, cell_of, point_of};
use crate::atlas::{Atlas, CELL};
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::enemy::Grip;
use pipe_maze_level::{Board, Enemy, EnemySpec};
use pipe_maze_sim::PieceId;

pub(in super::super) const LOOK: EnemyLook =
    EnemyLook { active: "press-mini-closed", beaten: "press-mini-open", strike: Sound::GateSlam, plugin };

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show).chain().in_set(EnemySystems));
}

/// For how long the press is on its way, in seconds: down, and up again.
const DOWN_S: f32 = 0.07;
const UP_S: f32 = 0.45;

/// Where its sign hangs over the middle of its cell: on the gate's beam, at the right.
const SIGN: Vec2 = Vec2::new(CELL * 0.9, CELL * 1.85);
/// For how long each frame of falling drops shows, in seconds.
const DROP_S: f64 = 0.22;
const DROPS: [&str; 3] = ["press-drip-1", "press-drip-2", "press-drip-3"];

/// A part of a press.
#[derive(Component)]
struct Part {
    id: PieceId,
    what: What,
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Press(Grip),
    Sign,
    Drops,
}

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, With<Part>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let board = session.board();
    for enemy in board.enemies() {
        let EnemySpec::CircuitBreakerThwomp(spec) = &enemy.kind else { continue };
        let (id, at) = (enemy.id(), point_of(enemy, board));
        let mut spawn = |what: What, name: &str, at: Vec2, z: f32, turn: f32| {
            let (sprite, anchor) = atlas.sprite(name);
            let mut place = Transform::from_translation(at.extend(layer::ACTOR + z));
            place.rotation = Quat::from_rotation_z(turn);
            commands.spawn((BoardPart, Part { id, what }, sprite, anchor, place));
        };
        spawn(What::Press(spec.grip), "press-closed", at, 0.0, 0.0);
        if let Some((name, against)) = sign(spec.grip) {
            let way = way(enemy, board).filter(|_| name == "press-sign-way").unwrap_or(Vec2::X);
            spawn(What::Sign, name, at + SIGN, 0.2, (if against { -way } else { way }).to_angle());
        }
        if matches!(spec.grip, Grip::Leak { .. }) {
            spawn(What::Drops, DROPS[0], at, 0.1, 0.0);
        }
    }
}

/// The sign of what it does, and whether it points against the way of requests.
const fn sign(grip: Grip) -> Option<(&'static str, bool)> {
    match grip {
        Grip::Shut => None,
        Grip::ShutForward => Some(("press-sign-way", false)),
        Grip::ShutBackward => Some(("press-sign-way", true)),
        Grip::Leak { .. } => Some(("press-sign-leak", false)),
        Grip::Squeeze { .. } => Some(("press-sign-squeeze", false)),
    }
}

/// Which way requests go where it sits.
fn way(enemy: &Enemy, board: &Board) -> Option<Vec2> {
    let pipe = board.pipe(enemy.target(board)?)?;
    let cell = cell_of(enemy, board)?;
    let nth = pipe.cells.iter().position(|each| *each == cell)?;
    let (from, to) = match pipe.cells.get(nth + 1) {
        Some(next) => (cell, *next),
        None => (*pipe.cells.get(nth.checked_sub(1)?)?, cell),
    };
    Some(Vec2::new((to.column - from.column) as f32, (from.row - to.row) as f32))
}

fn show(
    (atlas, beat, foes): (Res<Atlas>, Res<Beat>, Res<Foes>),
    mut parts: Query<(&Part, &mut Sprite, &mut Anchor, &mut Visibility)>,
) {
    for (part, mut sprite, mut anchor, mut visibility) in &mut parts {
        let foe = foes.of(part.id);
        let shown = match part.what {
            What::Press(grip) => {
                atlas.show_if_new(frame(foe, grip, &beat), &mut sprite, &mut anchor);
                true
            }
            What::Sign => foe.stance != Stance::Beaten,
            What::Drops => {
                atlas.show_if_new(beat.frame(&DROPS, DROP_S), &mut sprite, &mut anchor);
                foe.stance == Stance::Active
            }
        };
        visibility.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
    }
}

/// The picture of a press. Its words are those of a breaker: closed lets water through.
fn frame(foe: Foe, grip: Grip, beat: &Beat) -> &'static str {
    let since_s = beat.since(foe.since_s);
    let lets_through = matches!(grip, Grip::Leak { .. } | Grip::Squeeze { .. });
    match (foe.stance, foe.before) {
        (Stance::Beaten, _) => "press-beaten",
        (Stance::Active, _) if lets_through || since_s < DOWN_S => "press-half",
        (Stance::Active, _) => "press-open",
        (Stance::Idle, Stance::Active) if since_s < UP_S => "press-half",
        (Stance::Idle, _) => "press-closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn it_is_down_while_it_strikes_and_half_down_while_it_lets_some_through() {
        let at = |grip, stance, before, since_s: f64, reduced| {
            frame(Foe { stance, before, since_s: 5.0 }, grip, &Beat { now_s: 5.0 + since_s, reduced })
        };
        use Stance::{Active, Beaten, Idle};
        for shut in [Grip::Shut, Grip::ShutForward, Grip::ShutBackward] {
            assert_eq!(at(shut, Active, Idle, 0.02, false), "press-half");
            assert_eq!(at(shut, Active, Idle, 0.1, false), "press-open");
            assert_eq!(at(shut, Active, Idle, 0.02, true), "press-open");
        }
        for loose in [Grip::Leak { percent: 5.0 }, Grip::Squeeze { percent: 5.0 }] {
            assert_eq!(at(loose, Active, Idle, 0.02, false), "press-half");
            assert_eq!(at(loose, Active, Idle, 9.0, false), "press-half");
            assert_eq!(at(loose, Active, Idle, 0.02, true), "press-half");
            assert_eq!(at(loose, Idle, Active, 0.6, false), "press-closed");
        }
        assert_eq!(at(Grip::Shut, Idle, Active, 0.2, false), "press-half");
        assert_eq!(at(Grip::Shut, Idle, Active, 0.6, false), "press-closed");
        assert_eq!(at(Grip::Shut, Beaten, Active, 0.0, false), "press-beaten");
        let atlas = Atlas::blank();
        assert!(["half", "open", "closed", "beaten"].iter().all(|n| atlas.frame(&format!("press-{n}")).is_some()));
        assert!(DROPS.iter().all(|name| atlas.frame(name).is_some()));
    }

    #[test]
    fn whatever_is_not_simply_shut_has_a_sign_and_one_way_points_along_the_pipe() {
        let grips =
            [Grip::ShutForward, Grip::ShutBackward, Grip::Leak { percent: 1.0 }, Grip::Squeeze { percent: 1.0 }];
        let atlas = Atlas::blank();
        let signs = grips.map(|grip| sign(grip).expect("a sign"));
        assert!(signs.iter().all(|(name, _)| atlas.frame(name).is_some()), "{signs:?}");
        assert!((0..4).all(|i| (0..i).all(|j| signs[i] != signs[j])), "{signs:?}");
        assert_eq!(sign(Grip::Shut), None);
        let session = flowing();
        let board = session.board();
        let gate = board.enemies().iter().find(|enemy| enemy.name == "gate").unwrap();
        let pipe = board.pipe(gate.target(board).unwrap()).unwrap();
        let cell = cell_of(gate, board).unwrap();
        let nth = pipe.cells.iter().position(|each| *each == cell).unwrap();
        let next = pipe.cells[nth + 1];
        let expected = Vec2::new((next.column - cell.column) as f32, (cell.row - next.row) as f32);
        assert_eq!(way(gate, board), Some(expected));
    }
}
