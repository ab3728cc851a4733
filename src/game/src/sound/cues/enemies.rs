//! Enemies that are beaten, by the judge's verdict.

use super::super::{Cue, Sound};
use super::CueSystems;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::Play;
use pipe_maze_sim::PieceId;
use std::collections::BTreeSet;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(CueSystems));
}

fn listen(session: Option<Res<Session>>, mut known: Local<BTreeSet<PieceId>>, mut cues: MessageWriter<Cue>) {
    let play = session.as_ref().and_then(|session| session.play());
    let fallen = note(&mut known, play.map(beaten).unwrap_or_default());
    (0..fallen).for_each(|_| {
        cues.write(Cue::new(Sound::EnemyBeaten));
    });
}

fn beaten(play: &Play) -> BTreeSet<PieceId> {
    play.enemies().iter().filter(|state| state.beaten).map(|state| state.enemy.id()).collect()
}

/// How many are beaten that were not before.
fn note(known: &mut BTreeSet<PieceId>, now: BTreeSet<PieceId>) -> usize {
    let fallen = now.difference(known).count();
    *known = now;
    fallen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_heard_once_and_again_when_it_had_come_back() {
        let [a, b] = ["a", "b"].map(PieceId::from_name);
        let mut known = BTreeSet::new();
        assert_eq!(note(&mut known, [a].into()), 1);
        assert_eq!(note(&mut known, [a, b].into()), 1);
        assert_eq!(note(&mut known, [a, b].into()), 0);
        assert_eq!(note(&mut known, [b].into()), 0);
        assert_eq!(note(&mut known, [a, b].into()), 1);
    }
}
