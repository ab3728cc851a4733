//! What the simulation tells.

use super::super::{Cue, Sound};
use super::CueSystems;
use crate::board::{Facts, looks};
use crate::session::Session;
use crate::sharing::film::Rolling;
use bevy::prelude::*;
use pipe_maze_level::Board;
use pipe_maze_sim::{BreakerState, Cause, Fact, Outcome};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, listen.in_set(CueSystems).run_if(not(resource_exists::<Rolling>)));
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
    match fact {
        Fact::Issued { .. } => Some(Sound::DropletEnters),
        Fact::Chosen { .. } => Some(Sound::Chosen),
        Fact::Lost { .. } => Some(Sound::Lost),
        // A gateway that limits is no overload, but what keeps one away.
        Fact::Rejected { cause: Cause::Limited(_), .. } => None,
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
        Fact::Appended { .. } => Some(Sound::LightningStrikes),
        Fact::HazardTurned { hazard, active: true, .. } => {
            let enemy = board.enemies().iter().find(|enemy| enemy.id() == *hazard)?;
            Some(looks::enemy(enemy.kind.kind()).strike)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::Level;

    const LEVEL: &str = include_str!("../../../tests/levels/actors.ron");

    #[test]
    fn each_kind_of_enemy_strikes_with_its_own_sound() {
        let board = Board::new(&Level::parse(LEVEL).unwrap());
        let heard = |active| {
            let turned = board.enemies().iter().map(move |enemy| {
                let (hazard, on) = (enemy.id(), enemy.id());
                Fact::HazardTurned { hazard, on, active }
            });
            turned.filter_map(|fact| sound_of(&fact, &board)).collect::<std::collections::BTreeSet<Sound>>()
        };
        assert_eq!(heard(true), [Sound::PiranhaBite, Sound::ThwompSlam, Sound::GateSlam].into());
        assert!(heard(false).is_empty(), "what ceases is silent");
    }
}
