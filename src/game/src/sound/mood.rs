//! The mood of a run: what the orchestra plays by.

use super::{Cue, Sound, SoundSystems};
use crate::Screen;
use crate::board::Facts;
use crate::session::Session;
use bevy::prelude::*;
use pipe_maze_level::{Play, Verdict};
use pipe_maze_sim::{Fact, Outcome};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Mood>();
    app.add_systems(Update, feel.in_set(SoundSystems).in_set(MoodSystems));
}

/// What reads the run.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct MoodSystems;

/// Seconds between two readings of the judge.
const READ_S: f32 = 0.25;
/// After so many seconds a failure counts half.
const HALF_LIFE_S: f32 = 1.5;
/// Harmony is not proclaimed before so many requests have ended.
const ENDED_MIN: u64 = 20;

/// How a run feels, each from 0 to 1.
#[derive(Resource, Clone, Copy, PartialEq, Debug, Default)]
pub struct Mood {
    /// Requests are under way.
    pub flow: f32,
    /// A room is near its limit.
    pub strain: f32,
    /// Requests fail.
    pub failure: f32,
    /// Every objective holds.
    pub harmony: f32,
}

/// What the mood depends on.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Reading {
    /// Requests under way.
    pub in_flight: usize,
    /// Of each room: the share of its workers that work, and of its queue that is in use.
    pub rooms: Vec<(f32, f32)>,
    /// Failures of late; older ones count less.
    pub failures: f32,
    /// Whether every objective holds.
    pub holds: bool,
    /// Requests that have ended.
    pub ended: u64,
    /// Whether the run is held.
    pub held: bool,
    /// How it ended.
    pub verdict: Option<Verdict>,
}

impl Mood {
    /// The mood for a reading.
    pub fn of(reading: &Reading) -> Self {
        if let Some(verdict) = reading.verdict {
            return Self { harmony: f32::from(u8::from(verdict == Verdict::Won)), ..default() };
        }
        let strain = |&(busy, queue): &(f32, f32)| (0.5 * ramp(busy, 0.7, 1.0)).max(ramp(queue, 0.05, 0.6));
        let failure = 1.0 - (-reading.failures / 3.0).exp();
        let harmony = if reading.holds && reading.ended >= ENDED_MIN { 1.0 - failure } else { 0.0 };
        let flow = 1.0 - (-(reading.in_flight as f32) / 6.0).exp();
        let mood = Self { flow, strain: reading.rooms.iter().map(strain).fold(0.0, f32::max), failure, harmony };
        if reading.held { mood.scaled(0.4) } else { mood }
    }

    fn scaled(self, by: f32) -> Self {
        Self { flow: self.flow * by, strain: self.strain * by, failure: self.failure * by, harmony: self.harmony * by }
    }
}

impl Reading {
    fn of(play: &Play, failures: f32, held: bool, holds: bool) -> Self {
        let view = play.simulation().view();
        let share = |part: u32, whole: u32| part as f32 / whole.max(1) as f32;
        let rooms = view.services().map(|s| (share(s.busy, s.workers), share(s.queued, s.queue_limit)));
        Self {
            in_flight: view.in_flight(),
            rooms: rooms.collect(),
            failures,
            holds,
            ended: view.totals().ended(),
            held,
            verdict: play.verdict(),
        }
    }
}

/// What is remembered between frames.
#[derive(Default)]
struct Memory {
    failures: f32,
    holds: bool,
    age_s: f32,
    in_tune: bool,
}

fn feel(
    (session, screen): (Option<Res<Session>>, Res<State<Screen>>),
    (facts, time): (Res<Facts>, Res<Time<Real>>),
    (mut mood, mut memory): (ResMut<Mood>, Local<Memory>),
    mut cues: MessageWriter<Cue>,
) {
    let on_board = matches!(screen.get(), Screen::Board | Screen::Debrief);
    let Some((session, play)) = session.as_ref().filter(|_| on_board).and_then(|s| Some((s, s.play()?))) else {
        *memory = Memory::default();
        mood.set_if_neq(Mood::default());
        return;
    };
    let held = session.is_paused();
    let dt = if held { 0.0 } else { time.delta_secs() };
    memory.failures = memory.failures * 0.5f32.powf(dt / HALF_LIFE_S) + failures(&facts) as f32;
    memory.age_s += time.delta_secs();
    if memory.age_s >= READ_S {
        memory.age_s = 0.0;
        memory.holds = play.report().standings.iter().all(|standing| standing.met);
    }
    let reading = Reading::of(play, memory.failures, held, memory.holds);
    mood.set_if_neq(Mood::of(&reading));
    let in_tune = reading.verdict.is_none() && if held { memory.in_tune } else { mood.harmony > 0.8 };
    if in_tune && !memory.in_tune {
        cues.write(Cue::new(Sound::InTune));
    }
    memory.in_tune = in_tune;
}

fn failures(facts: &Facts) -> usize {
    let failed = |fact: &Fact| matches!(fact, Fact::Ended { outcome, .. } if *outcome != Outcome::Answered);
    facts.0.iter().filter(|(_, fact)| failed(fact)).count()
}

/// 0 up to `from`, 1 from `to` on, straight between.
fn ramp(value: f32, from: f32, to: f32) -> f32 {
    ((value - from) / (to - from)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: (f32, f32) = (0.4, 0.0);

    fn reading() -> Reading {
        Reading { in_flight: 12, rooms: vec![CALM; 2], ended: 500, holds: true, ..default() }
    }

    #[test]
    fn a_run_that_holds_is_in_harmony_and_nothing_else() {
        let mood = Mood::of(&reading());
        assert!(mood.flow > 0.8 && mood.harmony == 1.0);
        assert_eq!((mood.strain, mood.failure), (0.0, 0.0));
    }

    #[test]
    fn one_full_room_is_strain_before_anything_fails() {
        let busy = Mood::of(&Reading { rooms: vec![CALM, (1.0, 0.0)], ..reading() });
        let queue = Mood::of(&Reading { rooms: vec![CALM, (1.0, 0.5)], ..reading() });
        assert!(busy.strain >= 0.4 && queue.strain > busy.strain && queue.failure == 0.0);
    }

    #[test]
    fn failures_break_the_harmony_and_their_number_counts() {
        let some = Mood::of(&Reading { failures: 1.0, ..reading() });
        let many = Mood::of(&Reading { failures: 20.0, ..reading() });
        assert!(some.failure > 0.2 && many.failure > 0.99);
        assert!(some.harmony < 1.0 && many.harmony < 0.01);
    }

    #[test]
    fn harmony_needs_evidence() {
        assert_eq!(Mood::of(&Reading { ended: 3, ..reading() }).harmony, 0.0);
        assert_eq!(Mood::of(&Reading { holds: false, ..reading() }).harmony, 0.0);
    }

    #[test]
    fn a_held_run_is_hushed_and_a_won_one_is_pure_harmony() {
        let held = Mood::of(&Reading { held: true, ..reading() });
        assert!(held.flow > 0.0 && held.flow < 0.5 * Mood::of(&reading()).flow);
        let won = Mood::of(&Reading { verdict: Some(Verdict::Won), failures: 9.0, ..reading() });
        assert_eq!(won, Mood { harmony: 1.0, ..default() });
        let lost = Mood::of(&Reading { verdict: Some(Verdict::Lost), ..reading() });
        assert_eq!(lost, Mood::default());
    }

    #[test]
    fn every_mood_lies_between_0_and_1() {
        for in_flight in [0, 1, 40, 90_000] {
            for room in [(0.0, 0.0), (1.0, 1.0), (7.0, 3.0)] {
                for failures in [0.0, 0.3, 1e9] {
                    let mood = Mood::of(&Reading { in_flight, rooms: vec![room], failures, ..reading() });
                    for part in [mood.flow, mood.strain, mood.failure, mood.harmony] {
                        assert!((0.0..=1.0).contains(&part), "{mood:?}");
                    }
                }
            }
        }
    }
}
