//! What changes on the board, whoever changed it.

use super::super::{Cue, Sound};
use super::CueSystems;
use crate::board::looks;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked};
use bevy::prelude::*;
use pipe_maze_level::{Board, Kind};
use std::collections::BTreeMap;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(CueSystems));
}

/// What is counted of a board.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Census {
    level: String,
    pieces: usize,
    /// How many of each kind there are.
    kinds: BTreeMap<Kind, usize>,
    pipes: usize,
    whole: usize,
    shut: usize,
    flows: bool,
}

impl Census {
    fn of(level: &str, board: &Board, flows: bool) -> Self {
        let mut kinds = BTreeMap::new();
        board.pieces().iter().for_each(|piece| *kinds.entry(piece.spec.kind()).or_default() += 1);
        Self {
            level: level.to_owned(),
            pieces: board.pieces().len(),
            kinds,
            pipes: board.pipes().len(),
            whole: board.joints().filter(|joint| joint.is_whole()).count(),
            shut: board.pipes().iter().filter(|pipe| pipe.shut).count(),
            flows,
        }
    }

    fn of_kind(&self, kind: Kind) -> usize {
        self.kinds.get(&kind).copied().unwrap_or_default()
    }
}

/// The sound of a change.
fn change(before: &Census, after: &Census) -> Option<Sound> {
    if before.level != after.level {
        return None;
    }
    if before.flows != after.flows {
        return after.flows.then_some(Sound::WaterOn);
    }
    let was_removed = after.pieces < before.pieces || after.pipes < before.pipes;
    Some(if was_removed {
        Sound::Removed
    } else if let Some(&placed) = Kind::ALL.iter().find(|&&kind| after.of_kind(kind) > before.of_kind(kind)) {
        looks::piece(placed).placed
    } else if after.whole > before.whole {
        Sound::PipeJoined
    } else if after.shut != before.shut {
        Sound::Valve
    } else {
        Sound::PutDown
    })
}

fn listen(
    session: Option<Res<Session>>,
    mut clicked: MessageReader<Clicked>,
    mut last: Local<(u64, Census)>,
    mut cues: MessageWriter<Cue>,
) {
    // These have sounds of their own.
    let own = |id: ButtonId| {
        matches!(id, ButtonId::Undo | ButtonId::Redo | ButtonId::Less("policy") | ButtonId::More("policy"))
    };
    let spoken_for = clicked.read().filter(|clicked| own(clicked.0)).count() > 0;
    let Some(session) = session.filter(|session| session.revision() != last.0) else { return };
    let now = Census::of(&session.level().id, session.board(), session.play().is_some());
    let before = std::mem::replace(&mut *last, (session.revision(), now)).1;
    if let (false, Some(sound)) = (spoken_for, change(&before, &last.1)) {
        cues.write(Cue::new(sound));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Edit, Level, Solution};

    const LEVEL: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.solution.ron");

    #[test]
    fn each_edit_of_a_solution_has_the_sound_that_fits() {
        let mut board = Board::new(&Level::parse(LEVEL).unwrap());
        let mut before = Census::of("x", &board, false);
        let mut joined = 0;
        for edit in Solution::parse(SOLUTION).unwrap().plan {
            board.apply(&edit).unwrap();
            let after = Census::of("x", &board, false);
            let sound = change(&before, &after).unwrap();
            match edit {
                Edit::Place { kind: Kind::WarpPipe, .. } => assert_eq!(sound, Sound::Warp),
                Edit::Place { .. } => assert_eq!(sound, Sound::PutDown),
                _ => {}
            }
            joined += usize::from(sound == Sound::PipeJoined);
            before = after;
        }
        assert!(joined > 0, "the last pipes join machines");
        let name = board.pipes()[0].name.clone();
        board.apply(&Edit::Valve { name: name.clone(), shut: true }).unwrap();
        let shut = Census::of("x", &board, false);
        assert_eq!(change(&before, &shut), Some(Sound::Valve));
        board.apply(&Edit::RemovePipe { name }).unwrap();
        assert_eq!(change(&shut, &Census::of("x", &board, false)), Some(Sound::Removed));
    }

    #[test]
    fn power_ups_are_heard_where_they_stand() {
        let plan = Census::default();
        let one = |kind| Census { pieces: 1, kinds: [(kind, 1)].into(), ..default() };
        let heard = |kind| change(&plan, &one(kind));
        assert_eq!(heard(Kind::ServiceMeshSuperMushroom), Some(Sound::MushroomGrows));
        assert_eq!(heard(Kind::CircuitBreakerFire), Some(Sound::FlameLights));
        assert_eq!(heard(Kind::ApiGatewayStar), Some(Sound::StarShines));
        assert_eq!(change(&one(Kind::ServiceMeshSuperMushroom), &plan), Some(Sound::Removed));
    }

    #[test]
    fn another_level_is_silent_and_the_water_is_heard_once() {
        let plan = Census { level: "a".into(), pieces: 3, ..default() };
        let flow = Census { flows: true, ..plan.clone() };
        assert_eq!(change(&plan, &Census { level: "b".into(), ..default() }), None);
        assert_eq!(change(&plan, &flow), Some(Sound::WaterOn));
        assert_eq!(change(&flow, &plan), None);
    }
}
