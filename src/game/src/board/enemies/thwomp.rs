//! Coordination thwomps: hang over their machine, come down on it while it suffers, and rise again. A sign on them says what
//! becomes of the machine, but for the one that makes it stand still, which its hand says.

use super::super::beat::Beat;
use super::super::looks::EnemyLook;
use super::super::{BoardPart, board_changed, corner, layer};
use super::{EnemySystems, Foe, Foes, Stance};
use crate::atlas::{Atlas, CELL};
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::enemy::{Blow, Schedule};
use pipe_maze_level::{Board, Enemy, EnemySpec};
use pipe_maze_sim::PieceId;

pub(in super::super) const LOOK: EnemyLook =
    EnemyLook { active: "quorum-mini-active", beaten: "quorum-mini-beaten", strike: Sound::ThwompSlam, plugin };

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show).chain().in_set(EnemySystems));
}

/// How far below the top of a machine's cells its roof carries a weight, in world units.
const ROOF: f32 = 4.0;
/// How high it hangs at least.
const HANG: f32 = CELL * 1.15;
/// How long it falls, and how long it rises, in seconds.
const FALL_S: f32 = 0.12;
const RISE_S: f32 = 0.9;
/// For how long each frame of dust shows, in seconds.
const DUST_S: f32 = 0.12;

/// Where its sign is over the middle of its foot: on its shoulder, at the right.
const SIGN: Vec2 = Vec2::new(CELL * 0.95, CELL * 1.75);

/// A part of a thwomp, and where that hangs and strikes.
#[derive(Component, Clone)]
struct Part {
    id: PieceId,
    what: What,
    schedule: Schedule,
    rest: Vec2,
    blow: Vec2,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum What {
    Body,
    Hand,
    Dust,
    Screw,
    Sign,
}

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, With<Part>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let board = session.board();
    let Some(body) = atlas.frame("quorum-idle") else { return };
    for enemy in board.enemies() {
        let EnemySpec::CoordinationThwomp(spec) = &enemy.kind else { continue };
        let (rest, blow) = places(enemy, board);
        let schedule = enemy.schedule.clone();
        let part = |what: What| Part { id: enemy.id(), what, schedule: schedule.clone(), rest, blow };
        let mut spawn = |what: What, name: &str, at: Vec2, z: f32| {
            let (sprite, anchor) = atlas.sprite(name);
            let at = Transform::from_translation(at.extend(layer::ACTOR + z));
            commands.spawn((BoardPart, part(what), sprite, anchor, at));
        };
        spawn(What::Body, "quorum-idle", rest, 0.2);
        spawn(What::Hand, "quorum-hand", rest, 0.3);
        spawn(What::Dust, "dust-1", blow, 0.4);
        if let Some(sign) = sign(spec.blow) {
            spawn(What::Sign, sign, rest + SIGN, 0.5);
        }
        // The screw hangs from the ceiling; the body hides what has been turned into it.
        let top = body.screw.map_or(Vec2::ZERO, |screw| atlas.offset(body, screw));
        let tile = atlas.frame("quorum-screw").map_or(CELL, |frame| frame.size().y * atlas.scale() - 1.0);
        let ceiling = rest + top + Vec2::new(0.0, tile);
        let tiles = ((ceiling.y - blow.y - top.y) / tile).ceil().max(1.0) as usize;
        (0..tiles).for_each(|i| spawn(What::Screw, "quorum-screw", ceiling - Vec2::new(0.0, tile * i as f32), 0.1));
    }
}

/// The sign of what it does to its machine.
const fn sign(blow: Blow) -> Option<&'static str> {
    match blow {
        Blow::Pause => None,
        Blow::Crash => Some("quorum-sign-crash"),
        Blow::Vanish => Some("quorum-sign-vanish"),
        Blow::Slow { .. } => Some("quorum-sign-slow"),
        Blow::Errors { .. } => Some("quorum-sign-errors"),
    }
}

/// Where its foot hangs, and where it comes down.
fn places(enemy: &Enemy, board: &Board) -> (Vec2, Vec2) {
    let first = enemy.cells.first().copied().unwrap_or_default();
    let drawn = corner(first) + Vec2::new(CELL * 0.5, -CELL);
    let Some(machine) = enemy.target(board).and_then(|name| board.piece(name)) else { return (drawn, drawn) };
    let (columns, _) = machine.spec.kind().size();
    let blow = corner(machine.at) + Vec2::new(columns as f32 * CELL * 0.5, -ROOF);
    (Vec2::new(blow.x, drawn.y.clamp(blow.y + HANG, blow.y + HANG * 3.0)), blow)
}

fn show(
    (atlas, session, beat, foes): (Res<Atlas>, Res<Session>, Res<Beat>, Res<Foes>),
    mut parts: Query<(&Part, &mut Sprite, &mut Anchor, &mut Transform, &mut Visibility)>,
) {
    let now_ms = session.play().map_or(0.0, |play| play.simulation().now().as_ms_f64());
    for (part, mut sprite, mut anchor, mut transform, mut visibility) in &mut parts {
        let foe = foes.of(part.id);
        let name = frame(foe, &beat);
        let foot = part.rest.lerp(part.blow, down(foe, &beat));
        let shown = match part.what {
            What::Body => {
                atlas.show_if_new(name, &mut sprite, &mut anchor);
                place(&mut transform, foot);
                true
            }
            What::Hand => {
                let pivot = atlas.frame(name).and_then(|frame| frame.pivot.map(|pivot| atlas.offset(frame, pivot)));
                place(&mut transform, foot + pivot.unwrap_or_default());
                let turn = gone(&part.schedule, now_ms).unwrap_or_default();
                transform.rotation = Quat::from_rotation_z(-turn as f32 * std::f32::consts::TAU);
                foe.stance != Stance::Beaten
            }
            What::Dust => {
                let dust = dust(foe, &beat);
                atlas.show_if_new(dust.unwrap_or("dust-1"), &mut sprite, &mut anchor);
                dust.is_some()
            }
            What::Screw => foe.stance != Stance::Beaten,
            What::Sign => {
                place(&mut transform, foot + SIGN);
                foe.stance != Stance::Beaten
            }
        };
        visibility.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
    }
}

fn place(transform: &mut Transform, at: Vec2) {
    transform.translation = at.extend(transform.translation.z);
}

/// The picture of its body.
fn frame(foe: Foe, beat: &Beat) -> &'static str {
    let since_s = beat.since(foe.since_s);
    match foe.stance {
        Stance::Beaten => "quorum-beaten",
        Stance::Active if since_s < FALL_S => "quorum-fall",
        Stance::Active if since_s < FALL_S + 0.16 => "quorum-press-2",
        Stance::Active => "quorum-press",
        Stance::Idle => beat.frame(&["quorum-idle", "quorum-idle", "quorum-idle", "quorum-idle-2"], 0.8),
    }
}

/// How far down it is: 0 where it hangs, 1 on the roof.
fn down(foe: Foe, beat: &Beat) -> f32 {
    let since_s = beat.since(foe.since_s);
    match (foe.stance, foe.before) {
        (Stance::Idle, Stance::Idle) => 0.0,
        (Stance::Idle, _) => 1.0 - smooth(since_s / RISE_S),
        (_, Stance::Active | Stance::Beaten) => 1.0,
        _ => (since_s / FALL_S).min(1.0).powi(2),
    }
}

fn smooth(share: f32) -> f32 {
    let share = share.clamp(0.0, 1.0);
    share * share * (3.0 - 2.0 * share)
}

/// The dust of a blow.
fn dust(foe: Foe, beat: &Beat) -> Option<&'static str> {
    let step = ((beat.since(foe.since_s) - FALL_S) / DUST_S).floor();
    let struck = foe.stance == Stance::Active && (0.0..3.0).contains(&step);
    struck.then(|| ["dust-1", "dust-2", "dust-3"][step as usize])
}

/// How much of its present strike is over, from 0 to 1.
fn gone(schedule: &Schedule, now_ms: f64) -> Option<f64> {
    let share = |from: f64, to: f64| (from..to).contains(&now_ms).then(|| (now_ms - from) / (to - from));
    match schedule {
        Schedule::Always => None,
        Schedule::Every { first_ms, every_ms, for_ms } => {
            let since_ms = now_ms - *first_ms as f64;
            let round = (since_ms / (*every_ms).max(1) as f64).floor() * *every_ms as f64;
            let from = *first_ms as f64 + round;
            (since_ms >= 0.0).then(|| share(from, from + *for_ms as f64)).flatten()
        }
        Schedule::At(times) => times.iter().find_map(|&(from, to)| share(from as f64, to as f64)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foe(stance: Stance, before: Stance) -> Foe {
        Foe { stance, before, since_s: 1.0 }
    }

    fn after(since_s: f64) -> Beat {
        Beat { now_s: 1.0 + since_s, reduced: false }
    }

    #[test]
    fn it_falls_presses_with_dust_and_rises() {
        use Stance::{Active, Beaten, Idle};
        let strikes = foe(Active, Idle);
        assert_eq!(frame(strikes, &after(0.05)), "quorum-fall");
        assert_eq!((down(strikes, &after(0.0)), down(strikes, &after(0.2))), (0.0, 1.0));
        assert_eq!(frame(strikes, &after(2.0)), "quorum-press");
        assert_eq!(
            [0.05, 0.15, 0.3, 0.6].map(|s| dust(strikes, &after(s))),
            [None, Some("dust-1"), Some("dust-2"), None]
        );
        let rises = foe(Idle, Active);
        assert!(frame(rises, &after(0.1)).starts_with("quorum-idle"));
        assert_eq!((down(rises, &after(0.0)), down(rises, &after(1.0))), (1.0, 0.0));
        let beaten = foe(Beaten, Active);
        assert_eq!((frame(beaten, &after(0.0)), down(beaten, &after(0.0))), ("quorum-beaten", 1.0));
        let still = Beat { now_s: 1.0, reduced: true };
        assert_eq!((frame(strikes, &still), down(strikes, &still), dust(strikes, &still)), ("quorum-press", 1.0, None));
    }

    #[test]
    fn each_blow_but_the_plain_one_has_a_sign_of_its_own() {
        let blows = [Blow::Crash, Blow::Vanish, Blow::Slow { factor: 2.0 }, Blow::Errors { percent: 5.0 }];
        let signs = blows.map(|blow| sign(blow).expect("a sign"));
        let atlas = Atlas::blank();
        assert!(signs.iter().all(|name| atlas.frame(name).is_some()), "{signs:?}");
        assert!((0..4).all(|i| (0..i).all(|j| signs[i] != signs[j])), "{signs:?}");
        assert_eq!(sign(Blow::Pause), None);
    }

    #[test]
    fn its_hand_shows_how_much_of_the_pause_is_over() {
        let every = Schedule::Every { first_ms: 1_000, every_ms: 500, for_ms: 200 };
        assert_eq!(
            [900.0, 1_000.0, 1_050.0, 1_300.0, 2_100.0].map(|ms| gone(&every, ms)),
            [None, Some(0.0), Some(0.25), None, Some(0.5)]
        );
        assert_eq!(gone(&Schedule::At(vec![(0, 10), (20, 40)]), 25.0), Some(0.25));
        assert_eq!(gone(&Schedule::Always, 25.0), None);
    }
}
