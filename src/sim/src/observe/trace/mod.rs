//! Traces: what some requests did, span by span. Which ones are sampled depends on their identity alone, so that two
//! runs that differ in one decision show the same requests.
//!
//! ```text
//!  issued --> open: spans come in --> ended --> recent: the latest ones --> worst: failed and slow ones of the others
//! ```
//!
//! Spans of work that goes on after its request has ended come late; they are added while the trace is kept.

mod critical_path;
#[cfg(test)]
mod tests;

pub use critical_path::Segment;

use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::random::Key;
use crate::kernel::time::Time;
use crate::observe::parts::Parts;
use crate::observe::span::Span;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

/// Most requests in progress that are followed at once. One more is not followed.
pub const OPEN_MAX: usize = 1_024;
/// Most spans of all requests in progress. One more is dropped, unless it is a root.
pub const OPEN_SPANS_MAX: usize = 20_000;
/// How many of the latest traces are kept, whatever they are like.
pub const RECENT_MAX: usize = 128;
/// How many of the others are kept: the worst ones.
pub const WORST_MAX: usize = 128;
/// Spans of a trace for which there is room at once.
const SPANS_EXPECTED: usize = 4;
/// Most spans of one trace. One more is dropped, unless it is a root.
pub const SPANS_MAX: usize = 512;

/// What one request did.
#[derive(Clone, PartialEq, Debug)]
pub struct Trace {
    /// The request.
    pub request: RequestId,
    /// When it was issued.
    pub issued_at: Time,
    /// When it ended for its client.
    pub ended_at: Time,
    /// How it ended.
    pub outcome: Outcome,
    /// Where its time went.
    pub parts: Parts,
    /// What took the largest part of it, or made it fail.
    pub cause: Cause,
    /// Its spans, in the order of their ends.
    pub spans: Vec<Span>,
    /// How many spans there was no room for.
    pub dropped: u64,
}

impl Trace {
    /// The request's own span: the one that no other caused.
    pub fn root(&self) -> Option<&Span> {
        self.spans.iter().find(|span| span.parent == 0)
    }

    /// From its issue until its end, in nanoseconds.
    pub const fn latency_ns(&self) -> u64 {
        self.ended_at.since_ns(self.issued_at)
    }

    fn rank(&self) -> Rank {
        (self.outcome != Outcome::Answered, self.latency_ns(), self.request)
    }

    fn add(&mut self, span: &Span) {
        if self.spans.len() < SPANS_MAX || span.parent == 0 {
            self.spans.push(*span);
        } else {
            self.dropped += 1;
        }
    }
}

/// The higher, the worse: failed ones first, then slow ones.
type Rank = (bool, u64, RequestId);

/// Samples requests and keeps their spans, as an observer of a run.
///
/// ```
/// use pipe_maze_sim::reference::reference_load;
/// use pipe_maze_sim::{Simulation, Time, Tracer};
///
/// // All of a thousand; of long runs, say ten of a thousand.
/// let mut tracer = Tracer::new(1_000);
/// let mut run = Simulation::new(&reference_load(50), 1).expect("the reference load is sound");
/// run.advance_to(Time::MAX, &mut tracer);
///
/// assert_eq!(tracer.sampled(), run.view().totals().issued);
/// let slowest = &tracer.traces()[0];
/// let path = slowest.critical_path();
/// assert_eq!(path.iter().map(|segment| segment.ns()).sum::<u64>(), slowest.latency_ns());
/// ```
#[derive(Clone, Debug)]
pub struct Tracer {
    per_mille: u32,
    /// Requests in progress: their spans so far, and how many there was no room for.
    open: BTreeMap<RequestId, (Vec<Span>, u64)>,
    /// Spans of all requests in progress.
    open_spans: usize,
    /// Traces of requests that have ended, shared by all copies of the tracer.
    kept: BTreeMap<RequestId, Arc<Trace>>,
    /// The latest of those kept, oldest first.
    recent: VecDeque<RequestId>,
    /// The others.
    worst: BTreeSet<Rank>,
    sampled: u64,
    unfollowed: u64,
}

impl Tracer {
    /// Samples so many of a thousand requests.
    pub const fn new(per_mille: u32) -> Self {
        Self {
            per_mille,
            open: BTreeMap::new(),
            open_spans: 0,
            kept: BTreeMap::new(),
            recent: VecDeque::new(),
            worst: BTreeSet::new(),
            sampled: 0,
            unfollowed: 0,
        }
    }

    /// Requests sampled.
    pub const fn sampled(&self) -> u64 {
        self.sampled
    }

    /// Requests sampled that were not followed, because there was no room for one more.
    pub const fn unfollowed(&self) -> u64 {
        self.unfollowed
    }

    /// The trace of a request that has ended, if it is kept.
    pub fn trace(&self, request: RequestId) -> Option<&Arc<Trace>> {
        self.kept.get(&request)
    }

    /// All traces that are kept, worst first: failed ones, then slow ones.
    pub fn traces(&self) -> Vec<Arc<Trace>> {
        let mut traces: Vec<_> = self.kept.values().cloned().collect();
        traces.sort_by_key(|trace| std::cmp::Reverse(trace.rank()));
        traces
    }

    /// Where a span belongs to a request in progress.
    fn add_to_open(&mut self, span: &Span) -> bool {
        let Some((spans, dropped)) = self.open.get_mut(&span.trace) else { return false };
        if (spans.len() < SPANS_MAX && self.open_spans < OPEN_SPANS_MAX) || span.parent == 0 {
            spans.push(*span);
            self.open_spans += 1;
        } else {
            *dropped += 1;
        }
        true
    }

    #[inline(never)]
    fn issue(&mut self, request: RequestId) {
        self.sampled += 1;
        if self.open.len() < OPEN_MAX {
            self.open.insert(request, (Vec::with_capacity(SPANS_EXPECTED), 0));
        } else {
            self.unfollowed += 1;
        }
    }

    #[inline(never)]
    fn end(&mut self, at: Time, fact: &Fact) {
        let Fact::Ended { request, issued_at, outcome, parts, cause } = *fact else { return };
        let Some((spans, dropped)) = self.open.remove(&request) else { return };
        self.open_spans -= spans.len();
        self.keep(Trace { request, issued_at, ended_at: at, outcome, parts, cause, spans, dropped });
    }

    fn keep(&mut self, trace: Trace) {
        self.recent.push_back(trace.request);
        self.kept.insert(trace.request, Arc::new(trace));
        if self.recent.len() <= RECENT_MAX {
            return;
        }
        let older = self.recent.pop_front().and_then(|request| self.kept.get(&request));
        self.worst.extend(older.map(|trace| trace.rank()));
        if self.worst.len() > WORST_MAX
            && let Some((.., request)) = self.worst.pop_first()
        {
            self.kept.remove(&request);
        }
    }
}

impl Observer for Tracer {
    /// Compiled in place, but for what is done for a sampled request.
    #[inline(always)]
    fn fact(&mut self, at: Time, fact: &Fact) {
        match *fact {
            Fact::Issued { request } if self.samples(request) => self.issue(request),
            // Asking costs less than looking among the open ones, and is nearly always answered alike.
            Fact::Ended { request, .. } if self.samples(request) => self.end(at, fact),
            _ => {}
        }
    }

    fn follows(&self) -> bool {
        false
    }

    #[inline]
    fn samples(&self, request: RequestId) -> bool {
        let bits = Key::of_seed(request.spring.0).child(request.number).bits();
        ((bits >> 32) * 1_000) >> 32 < u64::from(self.per_mille)
    }

    fn span(&mut self, span: &Span) {
        if !self.add_to_open(span)
            && let Some(trace) = self.kept.get_mut(&span.trace)
        {
            Arc::make_mut(trace).add(span);
        }
    }
}
