//! The solutions that lie beside a level, played with the weather of the player's own run while the debrief is read: what
//! one's cost and p99 are compared with.

use crate::awake::Awake;
use crate::loading::Levels;
use crate::session::Session;
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::{Level, Play, Solution, Verdict};
use pipe_maze_sim::Time as SimTime;
use std::collections::VecDeque;
use std::sync::Arc;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<References>();
    app.add_systems(OnEnter(Screen::Debrief), begin);
    app.add_systems(Update, go_on.in_set(FrameSystems::Tick).run_if(in_state(Screen::Debrief)));
}

/// The solutions of all levels: the level's id, and the text.
static SOLUTIONS: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/solutions.rs"));

/// What is simulated in one frame at most, in moves, and the steps in which that is counted, in simulated nanoseconds.
const WORK_PER_FRAME: u64 = 6_000;
const STEP_NS: u64 = 50_000_000;
/// The screen is drawn while they are played, in seconds from frame to frame.
const AWAKE_S: f32 = 0.5;

/// A solution that has been played.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reference {
    /// What it cost, in coins.
    pub cost: u32,
    /// Its p99 latency, in nanoseconds.
    pub p99_ns: Option<u64>,
    /// Whether it met every objective.
    pub won: bool,
}

/// Those of the level whose debrief is shown.
#[derive(Resource, Default)]
pub struct References {
    /// The level, and the seed of the run.
    of: Option<(Arc<Level>, u64)>,
    waiting: VecDeque<Solution>,
    playing: Option<(Solution, Play)>,
    played: Vec<Reference>,
}

impl References {
    /// Those that have been played so far.
    pub fn played(&self) -> &[Reference] {
        &self.played
    }

    /// Of that level, with that seed.
    fn of(level: Arc<Level>, seed: u64) -> Self {
        let texts = SOLUTIONS.iter().filter(|(id, _)| *id == level.id);
        let waiting = texts.filter_map(|(_, text)| Solution::parse(text).ok()).collect();
        Self { of: Some((level, seed)), waiting, playing: None, played: Vec::new() }
    }

    /// Plays on. Says whether there is more to play.
    fn go_on(&mut self, work: u64) -> bool {
        let Some((level, seed)) = &self.of else { return false };
        if self.playing.is_none() {
            let Some(solution) = self.waiting.pop_front() else { return false };
            let play = solution.board(level).and_then(|board| Play::start(level, &board, *seed));
            // Every solution can be built; the campaign's own test holds that.
            self.playing = play.ok().map(|play| (solution, play));
        }
        let Some((solution, play)) = &mut self.playing else { return true };
        let begun = play.simulation().work_done();
        while !play.is_over() && play.simulation().work_done() - begun < work {
            let now = play.simulation().now();
            let step = solution.flow.get(play.log().len());
            let due = step.map_or(SimTime::MAX, |step| SimTime::from_ms(step.at_ms));
            if due <= now {
                let done = step.map(|step| play.command(&step.edit));
                if !matches!(done, Some(Ok(()))) {
                    self.playing = None;
                    return true;
                }
            } else {
                play.advance_to(now.plus_ns(STEP_NS).min(due), &mut ());
            }
        }
        if play.is_over() {
            let won = play.verdict() == Some(Verdict::Won);
            let judge = play.judge();
            self.played.push(Reference { cost: judge.cost(), p99_ns: judge.latency_ns(0.99), won });
            self.playing = None;
        }
        true
    }
}

fn begin((session, levels): (Option<Res<Session>>, Res<Levels>), mut references: ResMut<References>) {
    let Some(session) = session else { return };
    let Some(seed) = session.play().map(Play::seed) else { return };
    let is_same = references.of.as_ref().is_some_and(|(level, of)| **level == *session.level() && *of == seed);
    let is_of_campaign = levels.find(&session.level().id).is_some_and(|level| level == session.level());
    if !is_of_campaign {
        *references = References::default();
    } else if !is_same {
        *references = References::of(session.shared_level(), seed);
    }
}

fn go_on(mut references: ResMut<References>, mut awake: ResMut<Awake>) {
    // What has not changed must not seem to have.
    let has_more = references.bypass_change_detection().go_on(WORK_PER_FRAME);
    if has_more {
        awake.keep_for(AWAKE_S);
        references.set_changed();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_solution_beside_a_level_is_played_as_the_level_layer_plays_it() {
        const LEVEL: &str = include_str!("../../../levels/3-flow-control/checkout-rush.ron");
        let level = Arc::new(Level::parse(LEVEL).unwrap());
        let mut references = References::of(level.clone(), 3);
        let solutions: Vec<Solution> = references.waiting.iter().cloned().collect();
        assert!(solutions.len() >= 2, "the level has two");
        let mut frames = 0;
        while references.go_on(2_000) {
            frames += 1;
        }
        assert!(frames > 4, "bit by bit");
        let expected = solutions.iter().map(|solution| {
            let play = Play::run(&level, solution, 3).unwrap();
            Reference { cost: play.judge().cost(), p99_ns: play.judge().latency_ns(0.99), won: true }
        });
        assert_eq!(references.played(), expected.collect::<Vec<_>>());
    }
}
