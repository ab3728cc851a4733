//! Circuit breaker thwomps: a gate over a pipe, whose press comes down while it lets nothing through.

use super::super::beat::Beat;
use super::super::looks::EnemyLook;
use super::super::{BoardPart, board_changed, layer};
use super::{EnemySystems, Foe, Foes, Stance, point_of};
use crate::atlas::Atlas;
use crate::session::Session;
use crate::sound::Sound;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use pipe_maze_level::EnemyKind;
use pipe_maze_sim::PieceId;

pub(in super::super) const LOOK: EnemyLook =
    EnemyLook { active: "press-mini-closed", beaten: "press-mini-open", strike: Sound::GateSlam, plugin };

fn plugin(app: &mut App) {
    app.add_systems(Update, (build.run_if(board_changed), show).chain().in_set(EnemySystems));
}

/// For how long the press is on its way, in seconds: down, and up again.
const DOWN_S: f32 = 0.07;
const UP_S: f32 = 0.45;

#[derive(Component)]
struct Press(PieceId);

fn build(mut commands: Commands, (atlas, session): (Res<Atlas>, Res<Session>), old: Query<Entity, With<Press>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let board = session.board();
    for enemy in board.enemies().iter().filter(|enemy| enemy.kind.kind() == EnemyKind::CircuitBreakerThwomp) {
        let (sprite, anchor) = atlas.sprite("press-closed");
        let at = Transform::from_translation(point_of(enemy, board).extend(layer::ACTOR));
        commands.spawn((BoardPart, Press(enemy.id()), sprite, anchor, at));
    }
}

fn show(
    (atlas, beat, foes): (Res<Atlas>, Res<Beat>, Res<Foes>),
    mut presses: Query<(&Press, &mut Sprite, &mut Anchor)>,
) {
    for (press, mut sprite, mut anchor) in &mut presses {
        atlas.show_if_new(frame(foes.of(press.0), &beat), &mut sprite, &mut anchor);
    }
}

/// The picture of a press. Its words are those of a breaker: closed lets water through.
fn frame(foe: Foe, beat: &Beat) -> &'static str {
    let since_s = beat.since(foe.since_s);
    match (foe.stance, foe.before) {
        (Stance::Beaten, _) => "press-beaten",
        (Stance::Active, _) if since_s < DOWN_S => "press-half",
        (Stance::Active, _) => "press-open",
        (Stance::Idle, Stance::Active) if since_s < UP_S => "press-half",
        (Stance::Idle, _) => "press-closed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_down_while_it_strikes() {
        let at = |stance, before, since_s: f64, reduced| {
            frame(Foe { stance, before, since_s: 5.0 }, &Beat { now_s: 5.0 + since_s, reduced })
        };
        use Stance::{Active, Beaten, Idle};
        assert_eq!(at(Active, Idle, 0.02, false), "press-half");
        assert_eq!(at(Active, Idle, 0.1, false), "press-open");
        assert_eq!(at(Active, Idle, 0.02, true), "press-open");
        assert_eq!(at(Idle, Active, 0.2, false), "press-half");
        assert_eq!(at(Idle, Active, 0.6, false), "press-closed");
        assert_eq!(at(Beaten, Active, 0.0, false), "press-beaten");
        let atlas = Atlas::blank();
        assert!(["half", "open", "closed", "beaten"].iter().all(|n| atlas.frame(&format!("press-{n}")).is_some()));
    }
}
