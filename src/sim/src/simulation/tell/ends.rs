//! Ends: of an attempt, and of a request as its client sees it.

use crate::call::attempt::{Flag, NONE};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::time::Time;
use crate::observe::ledger::Account;
use crate::observe::span::{Span, SpanKind, attempt_id};
use crate::simulation::Simulation;

impl Simulation {
    /// An answer, or the news that there is no way, has come to whoever sent the attempt.
    #[inline]
    pub(in crate::simulation) fn reply(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Done) {
            self.free(slot);
        } else if attempt.is(Flag::Recorded) {
            self.answer_call(slot, observer);
        } else {
            let outcome = attempt.outcome();
            let site = &mut self.sites[usize::from(attempt.site)];
            site.timers.remove(&mut self.attempts, slot);
            site.active -= 1;
            let account = self.ledgers.get(slot as usize).map_or_else(Account::default, Account::of);
            self.end_plain(slot, outcome, &account, observer);
            self.free(slot);
        }
    }

    /// Gives back all that an attempt has.
    #[inline]
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
            self.ledgers[slot as usize].failure = Some((outcome, cause));
        }
    }

    /// The end of a request that is one attempt.
    #[inline]
    pub(in crate::simulation) fn end_plain(
        &mut self,
        slot: u32,
        outcome: Outcome,
        account: &Account,
        observer: &mut impl Observer,
    ) {
        let attempt = self.attempts.get(slot);
        let spring = self.sites[usize::from(attempt.site)].spring;
        let (started, tag): (Time, u32) = (attempt.started, attempt.tag);
        if attempt.is(Flag::Sampled) {
            let key = self.attempt_key(attempt);
            let each = &self.springs[usize::from(spring)];
            observer.span(&Span {
                trace: RequestId { spring: each.id, number: u64::from(tag) },
                id: attempt_id(key),
                parent: 0,
                kind: SpanKind::Client,
                piece: each.id,
                start: started,
                end: self.now,
                parts: account.parts,
                waiting_ns: 0,
                outcome,
                abandoned: false,
            });
        }
        self.end_request(spring, u64::from(tag), started, outcome, account, observer);
    }

    /// The end of a request, as its client sees it: counted once.
    #[inline]
    pub(in crate::simulation) fn end_request(
        &mut self,
        spring: u16,
        number: u64,
        issued_at: Time,
        outcome: Outcome,
        account: &Account,
        observer: &mut impl Observer,
    ) {
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
        if observer.listens() {
            let request = RequestId { spring: self.springs[usize::from(spring)].id, number };
            let parts = account.parts;
            let (part, piece) = account.slowest;
            let cause = match account.failure {
                Some((_, cause)) if outcome != Outcome::Answered => cause,
                _ => self.cause_of(part, piece),
            };
            debug_assert!(
                !self.attribution || parts.total_ns() == self.now.since_ns(issued_at),
                "the parts of {request} add up to {} ns, not to {:?}",
                self.now.since_ns(issued_at),
                parts
            );
            observer.fact(self.now, &Fact::Ended { request, issued_at, outcome, parts, cause });
        }
        self.think(spring, number);
    }
}
