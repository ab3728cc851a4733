//! Picking what to ride: a droplet under the pointer, or by a key the next one, failed ones first.

use super::{Ask, Ride, RideSystems, place};
use crate::atlas::CELL;
use crate::board::Facts;
use crate::session::Session;
use crate::ui::buttons::{ButtonId, Clicked};
use crate::{FrameSystems, Screen};
use bevy::prelude::*;
use pipe_maze_level::{KindSpec, LossReport, Play};
use pipe_maze_sim::{Fact, Hop, Outcome, RequestId, Time as SimTime};
use std::collections::VecDeque;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Failures>();
    app.add_systems(Update, note.in_set(FrameSystems::Show).run_if(in_state(Screen::Board)));
    app.add_systems(Update, next.in_set(FrameSystems::Tick).before(RideSystems).run_if(in_state(Screen::Board)));
}

/// Most failed requests that are offered one after the other.
const FAILURES_MAX: usize = 32;
/// How near to a droplet one must press, in world units.
const REACH: f32 = CELL * 0.36;
/// For how long work goes on at most that nobody waits for, as a multiple of the longest timeout: a message in a pipe was
/// issued within that time.
const LATE: u64 = 3;

/// The latest requests that failed or were late, the latest last.
#[derive(Resource, Default)]
struct Failures {
    of: VecDeque<(RequestId, SimTime)>,
    /// Which of them were offered already, counted from the latest.
    offered: usize,
    jumps: u64,
}

fn note((session, facts): (Option<Res<Session>>, Res<Facts>), mut failures: ResMut<Failures>) {
    let Some(session) = session else { return };
    let Some(slo_ns) = session.play().map(|play| play.judge().slo_ns()) else {
        failures.of.clear();
        return;
    };
    if session.has_jumped(&mut failures.jumps) {
        failures.of.clear();
        failures.offered = 0;
    }
    for (at, fact) in &facts.0 {
        let Fact::Ended { request, issued_at, outcome, .. } = *fact else { continue };
        if outcome != Outcome::Answered || at.since_ns(issued_at) > slo_ns {
            failures.of.push_back((request, issued_at));
            failures.offered = 0;
        }
    }
    while failures.of.len() > FAILURES_MAX {
        failures.of.pop_front();
    }
}

/// The next one: of those that failed lately, the latest first; then the worst of the run; then what is under way.
fn next(
    mut clicked: MessageReader<Clicked>,
    (session, ride): (Option<Res<Session>>, Res<Ride>),
    mut failures: ResMut<Failures>,
    mut ask: MessageWriter<Ask>,
    mut nth: Local<usize>,
) {
    let wanted = clicked.read().filter(|clicked| clicked.0 == ButtonId::Ride).count();
    let Some(play) = session.as_ref().and_then(|session| session.play()).filter(|_| wanted > 0) else { return };
    let lately = failures.of.iter().rev().copied();
    let worst = LossReport::of(play).causes.into_iter().map(|loss| loss.worst);
    let mut failed: Vec<(RequestId, SimTime)> = Vec::new();
    for each in lately.chain(worst) {
        if !failed.contains(&each) {
            failed.push(each);
        }
    }
    let ridden = ride.0.as_ref().map(|riding| riding.journey.request);
    if let Some(&(request, since)) = failed.get(failures.offered).filter(|(request, _)| Some(*request) != ridden) {
        failures.offered += 1;
        ask.write(Ask { request, since, from_start: true });
        return;
    }
    let mut under_way: Vec<(RequestId, SimTime)> = play
        .simulation()
        .view()
        .hops()
        .map(|(_, _, hop)| (hop.request, since(play, &hop)))
        .filter(|each| Some(each.0) != ridden)
        .collect();
    under_way.sort_by_key(|each| each.0);
    under_way.dedup_by_key(|each| each.0);
    failures.offered = 0;
    if !under_way.is_empty() {
        let (request, since) = under_way[*nth % under_way.len()];
        *nth = nth.wrapping_add(1);
        ask.write(Ask { request, since, from_start: false });
    } else if let Some(&(request, since)) = failed.first() {
        ask.write(Ask { request, since, from_start: true });
    }
}

/// The request whose droplet lies at that point of the board, and a time not long before it was issued.
pub fn at(session: &Session, point: Vec2) -> Option<Ask> {
    let play = session.play()?;
    let now = play.simulation().now();
    let near = play.simulation().view().hops().filter_map(|(pipe, direction, hop)| {
        let whole_ns = hop.exit_at.since_ns(hop.enqueue_at).max(1) as f32;
        let share = now.since_ns(hop.enqueue_at) as f32 / whole_ns;
        let distance = place::in_pipe(play.board(), pipe, direction, share)?.distance(point);
        (distance <= REACH).then_some((distance, hop))
    });
    let (_, hop) = near.min_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(Ask { request: hop.request, since: since(play, &hop), from_start: false })
}

/// A time before the message's request was issued, by as little as can be known.
fn since(play: &Play, hop: &Hop) -> SimTime {
    let timeouts = play.board().pieces().iter().map(|piece| match &piece.spec {
        KindSpec::Spring(spec) => spec.timeout_ms_max(),
        _ => 0,
    });
    let late_ns = timeouts.max().unwrap_or(0).saturating_mul(LATE * 1_000_000);
    SimTime::from_ns(hop.sent_at.as_ns().saturating_sub(late_ns))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use pipe_maze_sim::{Direction, PieceId};

    #[test]
    fn a_droplet_is_picked_where_it_is_and_can_be_ridden() {
        let mut session = flowing();
        session.advance_ns(6_000_000_000);
        let play = session.play().unwrap();
        let now = play.simulation().now();
        let all: Vec<(PieceId, Direction, Hop)> = play.simulation().view().hops().collect();
        assert!(!all.is_empty());
        for (pipe, direction, hop) in all {
            let share = now.since_ns(hop.enqueue_at) as f32 / hop.exit_at.since_ns(hop.enqueue_at).max(1) as f32;
            let point = place::in_pipe(play.board(), pipe, direction, share).unwrap();
            let ask = at(&session, point).unwrap();
            let timeline = session.timeline().unwrap();
            let journey = timeline.journey(timeline.current(), ask.request, ask.since).unwrap();
            assert!(journey.issued_at <= now && ask.since <= journey.issued_at, "{journey:?}");
            assert!(journey.bars.len() > 1, "its spans are seen from the start");
        }
        assert_eq!(at(&session, Vec2::new(-900.0, 900.0)), None);
    }
}
