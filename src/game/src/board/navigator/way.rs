//! The Navigator while water flows: where the run has him, and how he gets on. Scrubbing shows him where he was.

use super::errand::{Pose, on};
use crate::session::Session;
use bevy::math::Vec2;
use pipe_maze_level::Play;
use pipe_maze_sim::Time;

/// How long he works on what he came for, in seconds of play.
const WORK_S: f64 = 0.7;

/// Where he is in the run that is shown, doing what, and whether facing left; nothing while one plans.
pub fn whereabouts(session: &Session) -> Option<(Vec2, Pose, bool)> {
    let play = session.play()?;
    let now = play.simulation().now();
    let position = play.navigator().position(now);
    let (from, to) = (on(play.board(), position.from), on(play.board(), position.to));
    if position.from == position.to {
        let works = since_work_ns(play, now).is_some_and(|ns| (ns as f64) < WORK_S * session.pace_ns_per_s());
        return Some((from, if works { Pose::Fixing } else { Pose::Idle }, false));
    }
    let left = to.x < from.x;
    if position.from.heading_to(position.to).is_none() {
        // From one warp pipe's mouth to another's: he is in the pipe, and comes out over there.
        return Some((if position.share < 0.5 { from } else { to }, Pose::Riding, left));
    }
    let pose = if position.from.row == position.to.row { Pose::Walking } else { Pose::Riding };
    Some((from.lerp(to, position.share as f32), pose, left))
}

/// How long ago he did something for the last time, in nanoseconds of simulated time.
fn since_work_ns(play: &Play, now: Time) -> Option<u64> {
    let done = play.log().iter().filter(|command| command.recalled_at.is_none() && command.at <= now);
    done.map(|command| now.since_ns(command.at)).min()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::centre;
    use crate::board::tests::flowing;
    use pipe_maze_level::Edit;

    #[test]
    fn he_walks_to_what_was_ordered_works_there_and_stays() {
        let mut session = flowing();
        let start = whereabouts(&session).unwrap();
        assert_eq!(start.1, Pose::Idle);
        session.edit(&Edit::Valve { name: "feed".into(), shut: true }).unwrap();
        let command = session.play().unwrap().log()[0].clone();
        let (now, way_ns) = (session.play().unwrap().simulation().now(), command.at.since_ns(command.given_at));
        assert!(way_ns > 0);
        let mut poses = Vec::new();
        for _ in 0..20 {
            session.advance_ns(way_ns / 20 + 1);
            poses.push(whereabouts(&session).unwrap().1);
        }
        assert!(poses.iter().any(|pose| matches!(pose, Pose::Walking | Pose::Riding)), "{poses:?}");
        assert_eq!(whereabouts(&session).unwrap().1, Pose::Fixing);
        let board = session.board();
        let there = board.valve_cell(board.pipe("feed").unwrap());
        assert!((whereabouts(&session).unwrap().0.x - centre(there).x).abs() < 1.0);
        session.advance_ns(2_000_000_000);
        assert_eq!(whereabouts(&session).unwrap().1, Pose::Idle);
        session.seek(now);
        assert_eq!(whereabouts(&session).unwrap().0, start.0, "scrubbing shows him where he was");
        session.stop();
        assert_eq!(whereabouts(&session), None);
    }
}
