//! What the simulation tells.

use super::super::{Cue, Sound};
use super::CueSystems;
use crate::board::Facts;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::Board;
use pipe_maze_sim::{BreakerState, Fact, Outcome, PieceId};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(CueSystems));
}

fn listen(session: Option<Res<Session>>, facts: Res<Facts>, mut plinks: Local<usize>, mut cues: MessageWriter<Cue>) {
    let Some(session) = session else { return };
    for (_, fact) in &facts.0 {
        let Some(sound) = sound_of(fact, session.board()) else { continue };
        let cue = Cue::new(sound);
        cues.write(match sound {
            // Answers wander through the scale, never twice the same note.
            Sound::Answered => {
                *plinks += 1;
                cue.at_step(*plinks * 5 + *plinks / 6)
            }
            _ => cue,
        });
    }
}

/// The sound of a fact.
fn sound_of(fact: &Fact, board: &Board) -> Option<Sound> {
    let on_pipe = |id: PieceId| board.pipes().iter().any(|pipe| PieceId::from_name(&pipe.name) == id);
    match fact {
        Fact::Issued { .. } => Some(Sound::DropletEnters),
        Fact::Chosen { .. } => Some(Sound::Chosen),
        Fact::Lost { .. } => Some(Sound::Lost),
        Fact::Rejected { .. } => Some(Sound::Overload),
        Fact::Ended { outcome, .. } => match outcome {
            Outcome::Answered => Some(Sound::Answered),
            Outcome::TimedOut => Some(Sound::GaveUp),
            Outcome::NoRoute => Some(Sound::Lost),
            Outcome::Rejected | Outcome::Failed | Outcome::ShortCircuited => None,
        },
        Fact::BreakerTurned { state, .. } => Some(match state {
            BreakerState::Open => Sound::FlameDies,
            BreakerState::HalfOpen => Sound::FlameHalfOpen,
            BreakerState::Closed => Sound::FlameLights,
        }),
        Fact::HazardTurned { on, active: true, .. } => {
            Some(if on_pipe(*on) { Sound::PiranhaBite } else { Sound::ThwompSlam })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Edit, Level, Solution};

    const LEVEL: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.ron");
    const SOLUTION: &str = include_str!("../../../../../levels/3-flow-control/two-rooms.solution.ron");

    #[test]
    fn a_hazard_bites_pipes_and_slams_on_machines() {
        let level = Level::parse(LEVEL).unwrap();
        let mut board = Board::new(&level);
        let plan = Solution::parse(SOLUTION).unwrap().plan;
        plan.iter().for_each(|edit| drop(board.apply(edit).unwrap()));
        let Some(Edit::LayPipe { name, .. }) = plan.iter().find(|edit| matches!(edit, Edit::LayPipe { .. })) else {
            panic!("the solution lays a pipe")
        };
        let turned = |on: PieceId, active| Fact::HazardTurned { hazard: PieceId::from_name("h"), on, active };
        let pipe = PieceId::from_name(name);
        let room = PieceId::from_name(&board.pieces()[0].name);
        assert_eq!(sound_of(&turned(pipe, true), &board), Some(Sound::PiranhaBite));
        assert_eq!(sound_of(&turned(room, true), &board), Some(Sound::ThwompSlam));
        assert_eq!(sound_of(&turned(pipe, false), &board), None, "what ceases is silent");
    }
}
