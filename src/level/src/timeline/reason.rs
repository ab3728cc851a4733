//! Why a request ended as it did: where it stayed for how long, and how busy it was there. Found by computing its
//! stretch of the run again; nothing has to be kept of any request before somebody asks.

use super::{BranchId, Moment, Timeline};
use crate::kind::Class;
use pipe_maze_sim::{Cause, Fact, Outcome, Parts, PieceId, RequestId, Time};
use std::cmp::Reverse;

/// Most stays that are told.
pub(super) const STAYS_MAX: usize = 64;

/// Why a request ended as it did.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
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
    /// How long a good answer may take, in nanoseconds.
    pub slo_ns: u64,
    /// What it is due to.
    pub cause: Cause,
    /// Where its time went; adds up to the time from issue to end.
    pub parts: Parts,
    /// Where it stayed until it ended, the longest first. Stays of calls made at once overlap.
    pub stays: Vec<Stay>,
}

impl Reason {
    /// From its issue until its end, in nanoseconds.
    pub const fn latency_ns(&self) -> u64 {
        self.ended_at.since_ns(self.issued_at)
    }

    /// The longest stay where the cause says that it was held up.
    pub fn main(&self) -> Option<&Stay> {
        self.stays.iter().find(|stay| stay.is_of(self.cause))
    }
}

/// One stay of a request.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stay {
    /// Where.
    pub piece: PieceId,
    /// What for.
    pub kind: StayKind,
    /// Its begin.
    pub from: Time,
    /// Its end, at most that of the request.
    pub to: Time,
    /// Of a service that the cause names: the share of its workers' time that was spent working meanwhile, 0 to 1.
    pub utilisation: Option<f64>,
    /// Of a service that the cause names: requests that waited in its queue when the stay began.
    pub queued: Option<u32>,
}

/// What a request stayed for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StayKind {
    /// It waited in a service's queue, or for its pools.
    Queue,
    /// A service worked on it.
    Work,
    /// It travelled through a pipe, there or back.
    Pipe,
    /// Its client held it back before another try.
    BackOff,
}

impl Stay {
    /// Its length, in nanoseconds.
    pub const fn ns(&self) -> u64 {
        self.to.since_ns(self.from)
    }

    fn is_of(&self, cause: Cause) -> bool {
        let kind = match cause {
            Cause::Queue(_) | Cause::Expired(_) | Cause::Full(_) => StayKind::Queue,
            Cause::Service(_) | Cause::Error(_) => StayKind::Work,
            Cause::Pipe(_) | Cause::Lost(_) => StayKind::Pipe,
            Cause::Client(_) => StayKind::BackOff,
            _ => return self.piece == cause.piece(),
        };
        self.piece == cause.piece() && self.kind == kind
    }
}

impl Timeline {
    /// Why a request of a branch ended as it did. `issued_at` is when it was issued, or any time not long before. Nothing
    /// where it has not ended by the end of the run, or there is no such request from then on.
    pub fn explain(&self, branch: BranchId, request: RequestId, issued_at: Time) -> Option<Reason> {
        let (watcher, moment) = self.watch(branch, request, issued_at)?;
        let Some((ended_at, Fact::Ended { issued_at, outcome, parts, cause, .. })) = watcher.end else { return None };
        let mut stays = watcher.clipped(ended_at);
        supplement(&mut stays, cause, parts, ended_at);
        stays.sort_by_key(|stay| Reverse(stay.ns()));
        stays.truncate(STAYS_MAX);
        let slo_ns = moment.play.judge().slo_ns();
        let good = outcome == Outcome::Answered && parts.total_ns() <= slo_ns;
        let class = moment.play.class_of(request);
        let mut reason = Reason { request, class, issued_at, ended_at, outcome, good, slo_ns, cause, parts, stays };
        self.measure(branch, &mut reason);
        Some(reason)
    }

    /// How busy the service was at which the cause says that it was held up.
    fn measure(&self, branch: BranchId, reason: &mut Reason) -> Option<()> {
        let cause = reason.cause;
        let stay = reason.stays.iter_mut().find(|stay| stay.is_of(cause))?;
        let before = self.moment(branch, stay.from)?;
        let service = |moment: &Moment| moment.play.simulation().view().services().find(|s| s.id == stay.piece);
        let (from, to) = (service(&before)?, service(&self.moment(branch, stay.to)?)?);
        let capacity_ns = stay.ns().saturating_mul(u64::from(from.workers.max(to.workers)));
        let busy_ns = to.busy_ns.saturating_sub(from.busy_ns);
        stay.queued = Some(from.queued);
        stay.utilisation = (capacity_ns > 0).then(|| (busy_ns as f64 / capacity_ns as f64).min(1.0));
        Some(())
    }
}

/// Where the cause names a stay that was not over when one stopped looking: as long as the parts say.
fn supplement(stays: &mut Vec<Stay>, cause: Cause, parts: Parts, ended_at: Time) {
    let (kind, ns) = match cause {
        Cause::Queue(_) | Cause::Broker(_) => (StayKind::Queue, parts.queue_ns),
        Cause::Service(_) => (StayKind::Work, parts.service_ns),
        Cause::Client(_) => (StayKind::BackOff, parts.client_ns),
        _ => return,
    };
    if ns > 0 && !stays.iter().any(|stay| stay.is_of(cause)) {
        let from = Time::from_ns(ended_at.as_ns().saturating_sub(ns));
        stays.push(Stay { piece: cause.piece(), kind, from, to: ended_at, utilisation: None, queued: None });
    }
}
