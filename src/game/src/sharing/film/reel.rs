//! The reel: which moments of a run are shown to the camera, one a frame. It needs no window.

use crate::session::Session;
use pipe_maze_sim::Time;

/// From frame to frame of the picture, in seconds: browsers show no GIF much faster.
pub const FRAME_S: f64 = 0.08;
/// How much of the run is shown, in seconds on screen at the level's own pace.
const SHOWN_S: f64 = 4.8;
/// Frames of the game in which the board comes to rest before anything is taken: pictures are loaded, shaders made.
const WARM_UP: u32 = 12;
/// Frames that are taken for their colours alone.
const SAMPLES: u32 = 5;
/// Frames before the first one that is taken, in which what swells and fades gets going.
const RUN_UP: u32 = 6;
/// Frames after the end: the light of a win goes through the maze, and one reads who made it.
const AFTERGLOW: u32 = 14;
/// Most frames of what is still under way once the springs have stopped: what takes longer is shown faster.
const TAIL: u32 = 24;
/// Most frames, whatever the run does.
const FRAMES_MAX: u32 = (SHOWN_S / FRAME_S) as u32 + 2 + TAIL + AFTERGLOW;

/// What a frame is taken for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scene {
    /// Its colours.
    Sample,
    /// The picture.
    Frame,
}

/// What is to be done with the frame that was just shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Nothing, and no time passes for the eye.
    Rest,
    /// Nothing.
    Pass,
    /// A picture is taken.
    Take,
}

/// The moments to show, and how far one has come.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reel {
    from: Time,
    /// When the springs have stopped.
    end: Time,
    until: Time,
    /// Simulated nanoseconds of a frame, until the springs have stopped and after that.
    frame_ns: (u64, u64),
    /// Steps that are done; what they are for follows from their number.
    done: u32,
    /// Frames since the end was shown.
    after: u32,
    /// How the run was shown before.
    before: (Time, usize, bool),
}

impl Reel {
    /// Of the last seconds of the branch that is shown, as far as it has been seen. Nothing where no water flows.
    pub fn of(session: &Session) -> Option<Self> {
        let timeline = session.timeline()?;
        let pace_ns_per_s = session.level().flow.pace_ms_per_s * 1e6;
        let until = timeline.seen();
        // What comes after the springs have stopped is short, and comes on top.
        let end = until.min(timeline.play().flow_ends_at());
        let shown_ns = (SHOWN_S * pace_ns_per_s) as u64;
        let from = Time::from_ns(end.as_ns().saturating_sub(shown_ns));
        let before = (timeline.now(), session.speed(), session.is_paused());
        let frame_ns = ((FRAME_S * pace_ns_per_s) as u64).max(1);
        let frame_ns = (frame_ns, tail_frame_ns(frame_ns, until.as_ns() - end.as_ns()));
        Some(Self { from, end, until, frame_ns, done: 0, after: 0, before })
    }

    /// From the beginning again.
    pub const fn again(&mut self) {
        (self.done, self.after) = (0, 0);
    }

    /// What the next picture is taken for.
    pub const fn scene(&self) -> Scene {
        if self.done <= WARM_UP + SAMPLES { Scene::Sample } else { Scene::Frame }
    }

    /// How much is done, 0 to 1.
    pub fn done_share(&self) -> f32 {
        let shown = (self.end.as_ns().saturating_sub(self.from.as_ns()) / self.frame_ns.0) as u32;
        let tail = (self.until.as_ns().saturating_sub(self.end.as_ns()) / self.frame_ns.1) as u32;
        let all = WARM_UP + SAMPLES + RUN_UP + shown + tail + AFTERGLOW;
        (self.done as f32 / all as f32).min(1.0)
    }

    /// Whether all is shown.
    pub const fn is_over(&self) -> bool {
        self.after >= AFTERGLOW || self.done >= WARM_UP + SAMPLES + RUN_UP + FRAMES_MAX
    }

    /// Shows the next moment.
    pub fn step(&mut self, session: &mut Session) -> Step {
        if self.is_over() {
            return Step::Rest;
        }
        let nth = self.done;
        self.done += 1;
        if nth == 0 {
            session.set_speed(0);
            session.seek(self.from);
        }
        if nth < WARM_UP {
            return Step::Pass;
        }
        if nth < WARM_UP + SAMPLES {
            let part = u64::from(nth - WARM_UP) * (self.until.as_ns() - self.from.as_ns()) / u64::from(SAMPLES - 1);
            session.seek(Time::from_ns(self.from.as_ns() + part));
            return Step::Take;
        }
        if nth == WARM_UP + SAMPLES {
            let run_up_ns = u64::from(RUN_UP) * self.frame_ns.0;
            session.seek(Time::from_ns(self.from.as_ns().saturating_sub(run_up_ns)));
            session.set_paused(false);
        }
        self.advance(session);
        if nth < WARM_UP + SAMPLES + RUN_UP { Step::Pass } else { Step::Take }
    }

    /// Lets a frame's time pass, at most to where the run has been seen.
    fn advance(&mut self, session: &mut Session) {
        let Some(play) = session.play() else {
            self.after = AFTERGLOW;
            return;
        };
        let now = play.simulation().now();
        if play.is_over() || now >= self.until {
            self.after += 1;
            return;
        }
        let (frame_ns, until) =
            if now < self.end { (self.frame_ns.0, self.end) } else { (self.frame_ns.1, self.until) };
        session.advance_ns(frame_ns.min(until.as_ns() - now.as_ns()));
    }

    /// Shows the run as it was before.
    pub fn put_back(&self, session: &mut Session) {
        let (at, speed, paused) = self.before;
        session.seek(at);
        session.set_speed(speed);
        session.set_paused(paused);
    }
}

/// Simulated nanoseconds of a frame once the springs have stopped, where they are so many before and so many are left.
fn tail_frame_ns(frame_ns: u64, tail_ns: u64) -> u64 {
    frame_ns.max(tail_ns.div_ceil(u64::from(TAIL)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    /// How often each thing was to be done, and the moments of the pictures.
    fn shown(session: &mut Session) -> (Vec<(Scene, Time)>, u32) {
        let mut reel = Reel::of(session).unwrap();
        let (mut taken, mut passed) = (Vec::new(), 0);
        while !reel.is_over() {
            assert!(reel.done_share() <= 1.0);
            if reel.step(session) == Step::Take {
                taken.push((reel.scene(), session.timeline().unwrap().now()));
            } else {
                passed += 1;
            }
        }
        reel.put_back(session);
        (taken, passed)
    }

    #[test]
    fn the_last_seconds_are_shown_and_then_all_is_as_it_was() {
        let mut session = flowing();
        session.set_speed(2);
        session.advance_ns(3_600_000_000_000);
        let before = session.play().unwrap();
        assert!(before.is_over());
        let (digest, end) = (before.digest(), before.flow_ends_at());
        let (taken, passed) = shown(&mut session);
        let frames: Vec<Time> = taken.iter().filter(|(scene, _)| *scene == Scene::Frame).map(|(_, at)| *at).collect();
        assert_eq!((taken.len() - frames.len(), passed), (SAMPLES as usize, WARM_UP + RUN_UP));
        assert!(frames.len() > 60 && frames.len() <= FRAMES_MAX as usize, "{}", frames.len());
        assert!(frames.is_sorted());
        let shown_ns = (SHOWN_S * session.level().flow.pace_ms_per_s * 1e6) as u64;
        assert!(end.as_ns() - frames[0].as_ns() <= shown_ns && *frames.last().unwrap() >= end);
        let play = session.play().unwrap();
        assert_eq!((play.digest(), session.speed()), (digest, 2));
    }

    #[test]
    fn what_is_under_way_for_long_is_shown_faster_and_the_end_is_never_left_out() {
        let mut session = flowing();
        session.advance_ns(3_600_000_000_000);
        let mut reel = Reel::of(&session).unwrap();
        // As if the springs had stopped long before.
        let shown_ns = reel.end.as_ns() - reel.from.as_ns();
        reel.end = Time::from_ns(reel.from.as_ns() + shown_ns / 10);
        reel.frame_ns.1 = tail_frame_ns(reel.frame_ns.0, reel.until.as_ns() - reel.end.as_ns());
        let mut frames = 0;
        while !reel.is_over() {
            let is_taken = reel.step(&mut session) == Step::Take;
            frames += u32::from(is_taken && reel.scene() == Scene::Frame);
        }
        assert_eq!(reel.after, AFTERGLOW, "the light after the end is in it");
        assert!(session.timeline().unwrap().now() >= reel.until && frames <= FRAMES_MAX, "{frames} frames");
    }

    #[test]
    fn a_run_that_was_left_early_is_shown_as_far_as_it_was_seen() {
        let mut session = flowing();
        session.advance_ns(1_000_000_000);
        let (taken, _) = shown(&mut session);
        assert!(taken.iter().all(|(_, at)| at.as_ns() <= 1_000_000_000));
        let frames = taken.iter().filter(|(scene, _)| *scene == Scene::Frame).count();
        assert!(frames >= AFTERGLOW as usize, "{frames}");
        assert!(!session.is_paused());
    }
}
