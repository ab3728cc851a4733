//! The beat of the board: the clock to which what stands there moves. It rests while a run is held.

use super::BoardSystems;
use crate::motion::Motion;
use crate::session::Session;
use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Beat>();
    app.add_systems(Update, pass.in_set(BeatSystems).in_set(BoardSystems));
}

/// The clock goes on; what moves to it comes after.
#[derive(SystemSet, Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct BeatSystems;

/// Wall time as far as it moves pictures. It never says what is true, only how far the eye has followed.
#[derive(Resource, Clone, Copy, PartialEq, Debug, Default)]
pub struct Beat {
    /// Seconds of motion so far.
    pub now_s: f64,
    /// Whether the player asked for little motion.
    pub reduced: bool,
}

impl Beat {
    /// The frame of a loop that is due: each is shown for `each_s`. Who asked for little motion sees the first alone.
    pub fn frame<'a>(&self, frames: &[&'a str], each_s: f64) -> &'a str {
        let i = if self.reduced { 0 } else { (self.now_s / each_s) as usize % frames.len().max(1) };
        frames.get(i).copied().unwrap_or_default()
    }

    /// Seconds since then. Who asked for little motion sees every change as long done.
    pub fn since(&self, then_s: f64) -> f32 {
        if self.reduced { f32::INFINITY } else { (self.now_s - then_s).max(0.0) as f32 }
    }
}

fn pass(mut beat: ResMut<Beat>, time: Res<Time>, motion: Res<Motion>, session: Option<Res<Session>>) {
    beat.reduced = motion.reduced;
    if !session.is_some_and(|session| session.is_paused()) {
        beat.now_s += time.delta_secs_f64();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_follow_each_other_and_rest_where_little_motion_is_asked_for() {
        let at = |now_s: f64, reduced: bool| Beat { now_s, reduced }.frame(&["a", "b", "c"], 0.5);
        assert_eq!([at(0.2, false), at(0.7, false), at(1.6, false)], ["a", "b", "a"]);
        assert_eq!(at(0.7, true), "a");
        assert_eq!(Beat { now_s: 3.0, reduced: false }.since(2.5), 0.5);
        assert!(Beat { now_s: 3.0, reduced: true }.since(2.9).is_infinite());
    }
}
