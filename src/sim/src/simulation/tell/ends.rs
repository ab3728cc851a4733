//! Ends: of an attempt, and of a request as its client sees it.

use crate::call::attempt::{Flag, NONE};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::time::Time;
use crate::observe::ledger::Ledger;
use crate::observe::span::{Span, SpanKind, attempt_id};
use crate::simulation::Simulation;

impl Simulation {
    /// An answer, or the news that there is no way, has come to whoever sent the attempt.
    #[inline(always)]
    pub(in crate::simulation) fn reply(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Done) {
            self.free(slot);
        } else if attempt.is(Flag::Recorded) {
            self.answer_call(slot, observer);
        } else {
            let (index, outcome, started): (u16, Outcome, Time) = (attempt.site, attempt.outcome(), attempt.started);
            let site = &mut self.sites[usize::from(index)];
            if self.now.since_ns(started) >= site.timers.timeout_ns {
                self.reply_too_late(slot, index, observer);
                return;
            }
            site.timers.remove(&mut self.attempts, slot);
            site.active -= 1;
            let ledger = self.ledgers.get(slot as usize).unwrap_or(&Ledger::EMPTY);
            self.tell_plain_end(slot, outcome, ledger, observer);
            let number = u64::from(self.attempts.get(slot).tag);
            self.count_end(index, number, outcome);
            self.free(slot);
        }
    }

    /// Gives back all that an attempt has.
    #[inline(always)]
    pub(in crate::simulation) fn free(&mut self, slot: u32) {
        let attempt = self.attempts.get(slot);
        let (mut trail, tag, recorded) = (attempt.trail, attempt.tag, attempt.is(Flag::Recorded));
        while trail != NONE {
            trail = self.trails.pop(trail);
        }
        self.attempts.remove(slot);
        if recorded {
            self.forget_attempt(tag);
        }
    }

    /// Notes that an attempt has failed, and why.
    pub(in crate::simulation) fn fail(&mut self, slot: u32, outcome: Outcome, cause: Cause) {
        self.attempts.at(slot).set_outcome(outcome);
        if self.attribution {
            self.ledgers[slot as usize].set_failure(Some((outcome, cause)));
        }
    }

    /// The end of a request that is one attempt is told.
    #[inline(always)]
    pub(in crate::simulation) fn tell_plain_end(
        &self,
        slot: u32,
        outcome: Outcome,
        ledger: &Ledger,
        observer: &mut impl Observer,
    ) {
        let attempt = self.attempts.get(slot);
        let request = self.request_of(slot);
        if attempt.is(Flag::Sampled) {
            observer.span(&Span {
                trace: request,
                id: attempt_id(self.attempt_key(attempt)),
                parent: 0,
                kind: SpanKind::Client,
                piece: request.spring,
                start: attempt.started,
                end: self.now,
                parts: ledger.parts(),
                waiting_ns: 0,
                outcome,
                abandoned: false,
            });
        }
        self.tell_end(request, attempt.started, outcome, ledger, observer);
    }

    /// The end of a request is told, as its client sees it.
    #[inline(always)]
    pub(in crate::simulation) fn tell_end(
        &self,
        request: RequestId,
        issued_at: Time,
        outcome: Outcome,
        ledger: &Ledger,
        observer: &mut impl Observer,
    ) {
        if !observer.listens() {
            return;
        }
        let parts = ledger.parts();
        debug_assert!(
            !self.attribution || parts.total_ns() == self.now.since_ns(issued_at),
            "the parts of {request} add up to {} ns, not to {:?}",
            self.now.since_ns(issued_at),
            parts
        );
        let cause = match ledger.failure() {
            Some((_, cause)) if outcome != Outcome::Answered => cause,
            _ => {
                let (part, piece) = ledger.slowest();
                self.cause_of(part, piece)
            }
        };
        observer.fact(self.now, &Fact::Ended { request, issued_at, outcome, parts, cause });
    }

    /// A request of that call site has ended for its client: counted once.
    #[inline(always)]
    pub(in crate::simulation) fn count_end(&mut self, site: u16, number: u64, outcome: Outcome) {
        let totals = &mut self.totals;
        let counter = match outcome {
            Outcome::Answered => &mut totals.answered,
            Outcome::TimedOut => &mut totals.timed_out,
            Outcome::Rejected => &mut totals.rejected,
            Outcome::NoRoute => &mut totals.no_route,
            Outcome::Failed => &mut totals.failed,
            Outcome::ShortCircuited => &mut totals.short_circuited,
        };
        *counter += 1;
        self.digest.fold(number << 3 | outcome as u64);
        if self.sites[usize::from(site)].is_closed {
            self.think(self.sites[usize::from(site)].spring, number);
        }
    }
}
