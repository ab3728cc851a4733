//! The Navigator: at home beside the spring and off to where something was built while one plans; while water flows where
//! the run has him, on his way to what was ordered; and there when a run ends.

mod errand;
pub(super) mod orders;
mod way;

use super::beat::{Beat, BeatSystems};
use super::{BoardPart, BoardSystems, board_changed, layer};
use crate::atlas::Atlas;
use crate::awake::Awake;
use crate::session::Session;
use bevy::prelude::*;
use bevy::sprite::Anchor;
use errand::{Errand, Pose};
use pipe_maze_level::{Board, Verdict};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Errands>();
    let systems = ((send, build).chain().run_if(board_changed), show).chain();
    app.add_systems(Update, systems.in_set(BoardSystems).after(BeatSystems));
}

/// The frames of walking, and of riding in a pipe.
pub const WALK: [&str; 6] = [
    "navigator-walk-1",
    "navigator-walk-2",
    "navigator-walk-3",
    "navigator-walk-4",
    "navigator-walk-5",
    "navigator-walk-6",
];
pub const RIDE: [&str; 2] = ["navigator-riding", "navigator-riding-2"];

/// Where the Navigator has been sent, and the board that was seen last.
#[derive(Resource, Default)]
struct Errands {
    level: String,
    board: Option<Board>,
    errand: Errand,
}

/// Its sprite on the board.
#[derive(Component)]
pub struct Navigator;

/// Sends the Navigator to what has changed since the last look.
fn send(session: Res<Session>, beat: Res<Beat>, mut errands: ResMut<Errands>, mut awake: ResMut<Awake>) {
    let (level, board) = (&session.level().id, session.board());
    let home = errand::home(board);
    if *level != errands.level || errands.board.is_none() {
        errands.errand = Errand::rest(home);
    } else if session.play().is_some() {
        // There he goes where he is ordered to, and afterwards he is at home again.
        errands.errand = Errand::rest(home);
    } else if let Some(to) = errands.board.as_ref().and_then(|before| errand::changed(before, board)) {
        let (from, ..) = errands.errand.at(beat.since(errands.errand.since_s));
        errands.errand = Errand { from, to, home, since_s: beat.now_s };
        awake.keep_for(errands.errand.whole_s());
    } else {
        errands.errand.home = home;
    }
    if errands.level != *level {
        errands.level.clone_from(level);
    }
    errands.board = Some(board.clone());
}

fn build(mut commands: Commands, (atlas, errands): (Res<Atlas>, Res<Errands>), old: Query<Entity, With<Navigator>>) {
    old.iter().for_each(|entity| commands.entity(entity).despawn());
    let (sprite, anchor) = atlas.sprite("navigator-idle");
    let at = Transform::from_translation(errands.errand.home.extend(layer::NAVIGATOR));
    commands.spawn((BoardPart, Navigator, sprite, anchor, at));
}

fn show(
    (atlas, session, beat, errands): (Res<Atlas>, Res<Session>, Res<Beat>, Res<Errands>),
    mut navigators: Query<(&mut Sprite, &mut Anchor, &mut Transform), With<Navigator>>,
) {
    for (mut sprite, mut anchor, mut transform) in &mut navigators {
        let planned = || errands.errand.at(beat.since(errands.errand.since_s));
        let (at, pose, left) = way::whereabouts(&session).unwrap_or_else(planned);
        let at = at.extend(layer::NAVIGATOR);
        if transform.translation != at {
            transform.translation = at;
        }
        let name = frame(pose, session.verdict(), &beat);
        if sprite.flip_x != left {
            let (picture, place) = atlas.sprite_facing(name, left);
            (*sprite, *anchor) = (picture, place);
        }
        atlas.show_if_new(name, &mut sprite, &mut anchor);
    }
}

/// The picture: how the run ended goes before everything else.
fn frame(pose: Pose, verdict: Option<Verdict>, beat: &Beat) -> &'static str {
    match (verdict, pose) {
        (Some(Verdict::Won), _) => beat.frame(&["navigator-cheering", "navigator-cheering-2"], 0.25),
        (Some(_), _) => beat.frame(&["navigator-soaked", "navigator-soaked-2"], 0.5),
        (None, Pose::Idle) => {
            let breath = ["navigator-idle", "navigator-idle-2", "navigator-idle", "navigator-idle-blink"];
            beat.frame(&breath, 0.8)
        }
        (None, Pose::Walking) => beat.frame(&WALK, 0.1),
        (None, Pose::Riding) => beat.frame(&RIDE, 0.2),
        (None, Pose::Fixing) => {
            beat.frame(&["navigator-fixing", "navigator-fixing-2", "navigator-fixing-3", "navigator-fixing-3"], 0.12)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_follows_from_the_run_and_the_errand() {
        let atlas = Atlas::blank();
        let poses = [Pose::Idle, Pose::Walking, Pose::Riding, Pose::Fixing];
        for (i, pose) in poses.into_iter().enumerate() {
            for step in 0..24 {
                let beat = Beat { now_s: f64::from(step) * 0.1, reduced: false };
                let name = frame(pose, None, &beat);
                assert!(
                    name.starts_with(["navigator-idle", "navigator-walk", "navigator-riding", "navigator-fixing"][i])
                );
                assert!(atlas.frame(name).is_some(), "{name}");
                assert!(frame(pose, Some(Verdict::Won), &beat).starts_with("navigator-cheering"));
                assert!(frame(pose, Some(Verdict::Lost), &beat).starts_with("navigator-soaked"));
            }
        }
    }
}
