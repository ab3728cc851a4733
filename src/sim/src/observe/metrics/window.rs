//! What was measured within a window of time.

use super::histogram::Histogram;
use crate::call::outcome::Outcome;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;

/// What was measured from `start` until `end`, by piece. Each list is in order of identity, and holds those of which
/// there was something to measure.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Window {
    /// Its begin.
    pub start: Time,
    /// Its end; of a window that is still open, the time of the latest fact.
    pub end: Time,
    /// The springs.
    pub springs: Box<[SpringMetrics]>,
    /// The services.
    pub services: Box<[ServiceMetrics]>,
    /// The pipes.
    pub pipes: Box<[PipeMetrics]>,
    /// The clients: springs, and services that make calls.
    pub clients: Box<[ClientMetrics]>,
}

/// Requests of a spring.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct SpringMetrics {
    /// Which one.
    pub id: PieceId,
    /// Requests issued.
    pub issued: u64,
    /// Latencies of the requests that ended, for each outcome in the order of [`Outcome::ALL`].
    pub latency: [Histogram; Outcome::ALL.len()],
}

/// Work of a service.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ServiceMetrics {
    /// Which one.
    pub id: PieceId,
    /// Requests that a worker began with.
    pub began: u64,
    /// Requests that a worker finished.
    pub finished: u64,
    /// Requests sent back without work.
    pub rejected: u64,
    /// How long those that began had waited in the queue. Empty without attribution.
    pub waited: Histogram,
    /// How long workers were at those that finished, without waiting for pools and calls. Empty without attribution.
    pub worked: Histogram,
}

/// Messages of a pipe.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PipeMetrics {
    /// Which one.
    pub id: PieceId,
    /// Requests on their way there.
    pub forward: Flow,
    /// Responses on their way back.
    pub backward: Flow,
    /// Messages lost, in either direction.
    pub lost: u64,
}

/// Messages in one direction, counted when they enter.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Flow {
    /// How many.
    pub messages: u64,
    /// Their size altogether.
    pub bytes: u64,
    /// How long they waited for their transmission altogether, in nanoseconds.
    pub waited_ns: u64,
    /// How long one of them waited at most, in nanoseconds.
    pub waited_ns_max: u64,
}

/// What a client did beyond sending each call once.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ClientMetrics {
    /// Which one.
    pub id: PieceId,
    /// Further tries after a failure.
    pub retries: u64,
    /// Second attempts beside the first.
    pub hedges: u64,
    /// Calls that were not sent.
    pub short_circuits: u64,
}

impl Window {
    /// The measurements of a spring.
    pub fn spring(&self, id: PieceId) -> Option<&SpringMetrics> {
        find(&self.springs, id)
    }

    /// The measurements of a service.
    pub fn service(&self, id: PieceId) -> Option<&ServiceMetrics> {
        find(&self.services, id)
    }

    /// The measurements of a pipe.
    pub fn pipe(&self, id: PieceId) -> Option<&PipeMetrics> {
        find(&self.pipes, id)
    }

    /// The measurements of a client.
    pub fn client(&self, id: PieceId) -> Option<&ClientMetrics> {
        find(&self.clients, id)
    }

    /// Requests issued.
    pub fn issued(&self) -> u64 {
        self.springs.iter().map(|spring| spring.issued).sum()
    }

    /// Requests that ended so.
    pub fn count(&self, outcome: Outcome) -> u64 {
        self.springs.iter().map(|spring| spring.latency[outcome as usize].count()).sum()
    }

    /// Latencies of the requests that ended so, of all springs.
    pub fn latency(&self, outcome: Outcome) -> Histogram {
        let each = self.springs.iter().map(|spring| &spring.latency[outcome as usize]);
        each.fold(Histogram::default(), |sum, latency| sum.merge(latency))
    }

    /// The latency that a share of the answered requests, 0 to 1, does not exceed, in nanoseconds; see
    /// [`Histogram::percentile_ns`].
    pub fn latency_ns(&self, share: f64) -> Option<u64> {
        self.latency(Outcome::Answered).percentile_ns(share)
    }

    /// Requests answered in time, a second; in an empty interval none.
    pub fn goodput_per_s(&self) -> f64 {
        let seconds = self.end.since_ns(self.start) as f64 / 1e9;
        if seconds > 0.0 { self.count(Outcome::Answered) as f64 / seconds } else { 0.0 }
    }

    /// What was measured in this window and in a later one, as if they were one.
    #[must_use]
    pub fn merge(&self, later: &Self) -> Self {
        Self {
            start: self.start.min(later.start),
            end: self.end.max(later.end),
            springs: merged(&self.springs, &later.springs),
            services: merged(&self.services, &later.services),
            pipes: merged(&self.pipes, &later.pipes),
            clients: merged(&self.clients, &later.clients),
        }
    }

    /// Bins of all its histograms: what its size depends on.
    pub(super) fn bins(&self) -> usize {
        let springs = self.springs.iter().flat_map(|spring| &spring.latency);
        let services = self.services.iter().flat_map(|service| [&service.waited, &service.worked]);
        springs.chain(services).map(Histogram::bins).sum()
    }
}

/// The measurements of one piece.
trait OfPiece: Clone {
    fn id(&self) -> PieceId;
    fn absorb(&mut self, other: &Self);
}

fn find<T: OfPiece>(list: &[T], id: PieceId) -> Option<&T> {
    list.binary_search_by_key(&id, OfPiece::id).ok().map(|at| &list[at])
}

/// Both lists, in order of identity.
fn merged<T: OfPiece>(ours: &[T], theirs: &[T]) -> Box<[T]> {
    let mut list: Vec<T> = ours.iter().chain(theirs).cloned().collect();
    // Stable, so that of two entries of a piece ours comes first.
    list.sort_by_key(OfPiece::id);
    list.dedup_by(|second, first| {
        let same = first.id() == second.id();
        if same {
            first.absorb(second);
        }
        same
    });
    list.into_boxed_slice()
}

impl OfPiece for SpringMetrics {
    fn id(&self) -> PieceId {
        self.id
    }

    fn absorb(&mut self, other: &Self) {
        self.issued += other.issued;
        self.latency.iter_mut().zip(&other.latency).for_each(|(ours, theirs)| *ours = ours.merge(theirs));
    }
}

impl OfPiece for ServiceMetrics {
    fn id(&self) -> PieceId {
        self.id
    }

    fn absorb(&mut self, other: &Self) {
        self.began += other.began;
        self.finished += other.finished;
        self.rejected += other.rejected;
        self.waited = self.waited.merge(&other.waited);
        self.worked = self.worked.merge(&other.worked);
    }
}

impl OfPiece for PipeMetrics {
    fn id(&self) -> PieceId {
        self.id
    }

    fn absorb(&mut self, other: &Self) {
        for (ours, theirs) in [(&mut self.forward, other.forward), (&mut self.backward, other.backward)] {
            ours.messages += theirs.messages;
            ours.bytes += theirs.bytes;
            ours.waited_ns = ours.waited_ns.saturating_add(theirs.waited_ns);
            ours.waited_ns_max = ours.waited_ns_max.max(theirs.waited_ns_max);
        }
        self.lost += other.lost;
    }
}

impl OfPiece for ClientMetrics {
    fn id(&self) -> PieceId {
        self.id
    }

    fn absorb(&mut self, other: &Self) {
        self.retries += other.retries;
        self.hedges += other.hedges;
        self.short_circuits += other.short_circuits;
    }
}
