//! The journey of one request: where it was at every moment from its issue to its end, and its spans as bars of a
//! waterfall. It is computed again from the run's own spans and messages; the run that is shown does not change.

mod bars;

pub use bars::{Bar, BarKind, Stretch, What};

use super::{BranchId, Timeline};
use crate::kind::Class;
use pipe_maze_sim::{Cause, Direction, Fact, Outcome, Parts, PieceId, RequestId, Time};

/// What became of one request, step by step.
#[derive(Clone, PartialEq, Debug)]
pub struct Journey {
    /// The request.
    pub request: RequestId,
    /// Its class.
    pub class: Class,
    /// When it was issued.
    pub issued_at: Time,
    /// When it ended for its client.
    pub ended_at: Time,
    /// How it ended.
    pub outcome: Outcome,
    /// Whether it was answered within the SLO.
    pub good: bool,
    /// What it is due to, where it was not.
    pub cause: Cause,
    /// Where its time went; adds up to the time from issue to end.
    pub parts: Parts,
    /// Where it was, without a gap from issue to end. Of calls made at once, the one that was made last.
    pub legs: Vec<Leg>,
    /// The waterfall: the request itself, then its tries, pipes and services, each below what caused it.
    pub bars: Vec<Bar>,
}

/// A stretch of the way of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leg {
    /// The pipe or piece in which it was.
    pub piece: PieceId,
    /// What for.
    pub kind: LegKind,
    /// Its begin.
    pub from: Time,
    /// Its end.
    pub to: Time,
    /// When it came to the piece, which may be before this stretch: its place in a pipe follows from it.
    pub entered_at: Time,
    /// When it leaves the piece.
    pub leaves_at: Time,
}

/// What a request does on a stretch of its way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LegKind {
    /// It travels through a pipe, that way.
    Pipe(Direction),
    /// It waits in a service's queue, or for its pools.
    Queue,
    /// A service works on it.
    Work,
    /// A service waits for an answer to a call.
    Waiting,
    /// Its client holds it back, or waits for an answer that will not come.
    Client,
}

impl Journey {
    /// From its issue until its end, in nanoseconds.
    pub const fn latency_ns(&self) -> u64 {
        self.ended_at.since_ns(self.issued_at)
    }

    /// Where it is at that moment; before its issue at its first leg, after its end at its last.
    pub fn leg_at(&self, at: Time) -> Option<&Leg> {
        let next = self.legs.partition_point(|leg| leg.to <= at);
        self.legs.get(next).or(self.legs.last())
    }
}

impl Leg {
    /// Its length, in nanoseconds.
    pub const fn ns(&self) -> u64 {
        self.to.since_ns(self.from)
    }

    /// How far through the piece it has come at that moment, 0 to 1.
    pub fn share(&self, at: Time) -> f64 {
        let whole_ns = self.leaves_at.since_ns(self.entered_at).max(1) as f64;
        (at.since_ns(self.entered_at) as f64 / whole_ns).clamp(0.0, 1.0)
    }
}

impl Timeline {
    /// The journey of a request of a branch. `issued_at` is when it was issued, or any time not long before. Nothing
    /// where it has not ended by the end of the run, or there is no such request from then on.
    pub fn journey(&self, branch: BranchId, request: RequestId, issued_at: Time) -> Option<Journey> {
        let (watcher, moment) = self.watch(branch, request, issued_at)?;
        let Some((ended_at, Fact::Ended { issued_at, outcome, parts, cause, .. })) = watcher.end else { return None };
        let pipes = moment.play.simulation().view().pipes();
        let propagation = pipes.map(|pipe| (pipe.id, pipe.propagation_ns)).collect();
        let mut bars = bars::Builder { watcher: &watcher, propagation, issued_at, ended_at }.bars();
        let legs = legs(&bars, request.spring, issued_at, ended_at);
        for nth in 0..bars.len() {
            if matches!(bars[nth].kind, BarKind::Request | BarKind::Try(_)) {
                bars[nth].stretches = legs.iter().filter_map(|leg| within(&bars, leg, nth)).collect();
            }
        }
        let good = outcome == Outcome::Answered && parts.total_ns() <= moment.play.judge().slo_ns();
        let class = moment.play.class_of(request);
        Some(Journey { request, class, issued_at, ended_at, outcome, good, cause, parts, legs, bars })
    }
}

/// Where the request was, from what its bars say: of all that go on at once, what began last.
fn legs(bars: &[Bar], spring: PieceId, issued_at: Time, ended_at: Time) -> Vec<Leg> {
    let mut stays: Vec<Leg> = bars.iter().flat_map(stays).filter(|leg| leg.from < leg.to).collect();
    // Stable: of two that began at once, the deeper bar comes later.
    stays.sort_by_key(|leg| leg.from);
    let mut times: Vec<Time> = stays.iter().flat_map(|leg| [leg.from, leg.to]).chain([issued_at, ended_at]).collect();
    times.sort_unstable();
    times.dedup();
    let mut legs: Vec<Leg> = Vec::new();
    for pair in times.windows(2).filter(|pair| issued_at <= pair[0] && pair[1] <= ended_at) {
        let (from, to) = (pair[0], pair[1]);
        let stay = stays.iter().rev().find(|leg| leg.from <= from && to <= leg.to);
        let leg = stay
            .map_or(Leg { piece: spring, kind: LegKind::Client, from, to, entered_at: from, leaves_at: to }, |stay| {
                Leg { from, to, ..*stay }
            });
        match legs.last_mut() {
            Some(last) if (last.piece, last.kind) == (leg.piece, leg.kind) && last.leaves_at >= leg.from => {
                last.to = to;
                last.leaves_at = last.leaves_at.max(leg.leaves_at);
            }
            _ => legs.push(leg),
        }
    }
    legs
}

/// The stays that a bar tells of.
fn stays(bar: &Bar) -> Vec<Leg> {
    let leg = |kind, from, to| Leg { piece: bar.piece, kind, from, to, entered_at: from, leaves_at: to };
    match bar.kind {
        BarKind::Pipe(direction) => vec![leg(LegKind::Pipe(direction), bar.from, bar.to)],
        BarKind::Service => {
            let kind = |what| match what {
                What::Queue => LegKind::Queue,
                What::Waiting => LegKind::Waiting,
                _ => LegKind::Work,
            };
            bar.stretches.iter().map(|each| leg(kind(each.what), each.from, each.to)).collect()
        }
        BarKind::Request | BarKind::Try(_) => Vec::new(),
    }
}

/// The part of a leg that lies within that bar.
fn within(bars: &[Bar], leg: &Leg, nth: usize) -> Option<Stretch> {
    let (from, to) = (leg.from.max(bars[nth].from), leg.to.min(bars[nth].to));
    (from < to).then(|| Stretch { what: what(bars, leg), from, to })
}

/// What the time of a leg was spent on: as the bar says that tells of it.
fn what(bars: &[Bar], leg: &Leg) -> What {
    let of_hazard = bars.iter().filter(|bar| bar.piece == leg.piece).flat_map(|bar| &bar.stretches).any(|each| {
        // A leg that a fault held up for the better part counts as the fault's.
        each.what == What::Hazard && each.from < leg.to && leg.from < each.to && each.ns() * 2 >= leg.ns()
    });
    match leg.kind {
        _ if of_hazard => What::Hazard,
        LegKind::Pipe(_) => What::Network,
        LegKind::Queue => What::Queue,
        LegKind::Work => What::Service,
        LegKind::Waiting => What::Waiting,
        LegKind::Client => What::Client,
    }
}
