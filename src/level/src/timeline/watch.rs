//! Follows one request through its stretch of the run, computed again: its stays, its messages and its spans.

use super::reason::STAYS_MAX;
use super::{BranchId, Moment, Stay, StayKind, Timeline};
use pipe_maze_sim::{Direction, Fact, Hop, Observer, PieceId, RequestId, Span, SpanKind, Time};

/// For how long after its end a request's abandoned work is followed at least, in nanoseconds: two seconds.
const LATE_NS: u64 = 2_000_000_000;
/// Most stays, messages and spans that are noted, each: what a request with many calls and tries has.
const NOTED_MAX: usize = 16 * STAYS_MAX;

/// What was seen of one request.
pub(super) struct Watcher {
    request: RequestId,
    stays: Vec<Stay>,
    /// Its messages, in the order in which they came to pipes.
    pub hops: Vec<(PieceId, Direction, Hop)>,
    /// Its spans, in the order of their ends.
    pub spans: Vec<Span>,
    /// When and how it ended.
    pub end: Option<(Time, Fact)>,
}

impl Timeline {
    /// Follows a request of a branch from `issued_at`, or any time not long before, to its end and a while longer. Gives
    /// what was seen, and the run as it is then. It is a copy that runs: what is shown does not change.
    pub(super) fn watch(&self, branch: BranchId, request: RequestId, issued_at: Time) -> Option<(Watcher, Moment)> {
        let log = self.branch(branch)?.commands();
        let mut moment = self.moment(branch, issued_at)?;
        let mut watcher = Watcher { request, stays: Vec::new(), hops: Vec::new(), spans: Vec::new(), end: None };
        let ends_at = moment.play.ends_at();
        let mut step_ns = 100_000_000;
        while watcher.end.is_none() && moment.now() < ends_at {
            moment.follow(log, moment.now().plus_ns(step_ns), &mut watcher, |_| {});
            step_ns = step_ns.saturating_mul(2);
        }
        let (ended_at, Fact::Ended { issued_at, .. }) = watcher.end? else { return None };
        // What nobody waits for any longer tells where it was when it comes to its end.
        let late_ns = ended_at.since_ns(issued_at).saturating_mul(4).max(LATE_NS);
        moment.follow(log, ended_at.plus_ns(late_ns), &mut watcher, |_| {});
        Some((watcher, moment))
    }
}

impl Watcher {
    fn stay(&mut self, piece: PieceId, kind: StayKind, from: Time, ns: u64) {
        if ns > 0 && self.stays.len() < NOTED_MAX {
            self.stays.push(Stay { piece, kind, from, to: from.plus_ns(ns), utilisation: None, queued: None });
        }
    }

    /// The stays, as far as they lie before the end.
    pub fn clipped(&self, ended_at: Time) -> Vec<Stay> {
        let before = self.stays.iter().filter(|stay| stay.from < ended_at);
        before.map(|stay| Stay { to: stay.to.min(ended_at), ..*stay }).collect()
    }
}

impl Observer for Watcher {
    fn fact(&mut self, at: Time, fact: &Fact) {
        if fact.request() != Some(self.request) {
            return;
        }
        match *fact {
            Fact::Entered { pipe, direction, hop, .. } => {
                self.stay(pipe, StayKind::Pipe, hop.enqueue_at, hop.exit_at.since_ns(hop.enqueue_at));
                if self.hops.len() < NOTED_MAX {
                    self.hops.push((pipe, direction, hop));
                }
            }
            Fact::Retried { caller, delay_ns, .. } => self.stay(caller, StayKind::BackOff, at, delay_ns),
            Fact::Ended { .. } => self.end = Some((at, *fact)),
            _ => {}
        }
    }

    fn samples(&self, request: RequestId) -> bool {
        request == self.request
    }

    fn span(&mut self, span: &Span) {
        if span.trace != self.request {
            return;
        }
        if span.kind == SpanKind::Server {
            self.stay(span.piece, StayKind::Queue, span.start, span.parts.queue_ns);
            let began_at = span.start.plus_ns(span.parts.queue_ns);
            self.stay(span.piece, StayKind::Work, began_at, span.parts.service_ns + span.parts.hazard_ns);
        }
        if self.spans.len() < NOTED_MAX {
            self.spans.push(*span);
        }
    }
}
