//! Ends, spans and ledgers: what is told about attempts, calls and requests. Telling changes nothing.

use super::{Link, Simulation, Spring};
use crate::call::attempt::{Attempt, Flag, NONE, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::Call;
use crate::call::site::Site;
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::random::Key;
use crate::kernel::slab::Slab;
use crate::kernel::time::Time;
use crate::observe::ledger::{Account, Ledger, Part};
use crate::observe::parts::Parts;
use crate::observe::span::{Span, SpanKind, attempt_id, call_id, server_id};
use crate::service::frame::Waiting;

impl Simulation {
    /// An answer, or the news that there is no way, has come to whoever sent the attempt.
    #[inline]
    pub(super) fn reply(&mut self, slot: u32, observer: &mut impl Observer) {
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
    pub(super) fn free(&mut self, slot: u32) {
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
    pub(super) fn fail(&mut self, slot: u32, outcome: Outcome, cause: Cause) {
        self.attempts.at(slot).set_outcome(outcome);
        if self.attribution {
            self.ledgers[slot as usize].failure = Some((outcome, cause));
        }
    }

    /// The end of a request that is one attempt.
    #[inline]
    pub(super) fn end_plain(&mut self, slot: u32, outcome: Outcome, account: &Account, observer: &mut impl Observer) {
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
    pub(super) fn end_request(
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

    /// What a part of a ledger names.
    pub(super) fn cause_of(&self, part: Part, piece: u16) -> Cause {
        let index = usize::from(piece);
        match part {
            Part::Network => Cause::Pipe(self.links.get(index).map_or_else(Default::default, |l| l.pipe.id)),
            Part::Queue => Cause::Queue(self.stations[index].id),
            Part::Service => Cause::Service(self.stations[index].id),
            Part::Hazard => Cause::Hazard(self.hazards.get(index).map_or_else(Default::default, |h| h.spec.id)),
            Part::Client => Cause::Client(self.sites[index].caller),
        }
    }

    /// An attempt's ledger as if it were booked now. Nothing changes.
    pub(super) fn ledger_now(&self, slot: u32) -> Ledger {
        let Some(ledger) = self.ledgers.get(slot as usize) else { return Ledger::default() };
        let mut ledger = *ledger;
        let attempt = self.attempts.get(slot);
        match attempt.place() {
            Place::Queue => ledger.book(self.now, Part::Queue, Self::station_at(&self.links, attempt)),
            Place::Worker => ledger.book(self.now, Part::Service, Self::station_at(&self.links, attempt)),
            Place::Frame => {
                let run = self.frames.get(attempt.next);
                match run.waiting {
                    Waiting::Calls if run.children != NONE => {
                        let child = self.call_ledger_now(run.children);
                        ledger.book(self.calls.get(run.children).started, Part::Service, run.station);
                        ledger.absorb(&child);
                        0
                    }
                    Waiting::Pool(_) => ledger.book(self.now, Part::Queue, run.station),
                    _ => ledger.book(self.now, Part::Service, run.station),
                }
            }
            Place::Pipe | Place::Lost | Place::Free => ledger.book(self.now, Part::Network, attempt.pipe),
        };
        ledger
    }

    /// A call's ledger as if it were booked now, its oldest attempt with it. Nothing changes.
    pub(super) fn call_ledger_now(&self, call: u32) -> Ledger {
        let Some(ledger) = self.call_ledgers.get(call as usize) else { return Ledger::default() };
        let mut ledger = *ledger;
        let record = self.calls.get(call);
        if let Some(slot) = record.outstanding().next() {
            ledger.book(self.attempts.get(slot).started, Part::Client, record.site);
            ledger.failure = None;
            ledger.absorb(&self.ledger_now(slot));
        }
        ledger.book(self.now, Part::Client, record.site);
        ledger
    }

    /// The span of an attempt that belongs to a call.
    pub(super) fn tell_attempt(&self, slot: u32, outcome: Outcome, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if !attempt.is(Flag::Sampled) {
            return;
        }
        let record = self.calls.get(attempt.tag);
        observer.span(&Span {
            trace: record.context.root,
            id: attempt_id(self.attempt_key(attempt)),
            parent: call_id(record.key),
            kind: SpanKind::Attempt,
            piece: self.sites[usize::from(record.site)].caller,
            start: attempt.started,
            end: self.now,
            parts: self.ledger_now(slot).parts(),
            waiting_ns: 0,
            outcome,
            abandoned: false,
        });
    }

    /// The span of a call.
    pub(super) fn tell_call(&self, record: &Call, ledger: &Ledger, outcome: Outcome, observer: &mut impl Observer) {
        if record.context.sampled {
            observer.span(&Span {
                trace: record.context.root,
                id: call_id(record.key),
                parent: record.context.parent,
                kind: SpanKind::Client,
                piece: self.sites[usize::from(record.site)].caller,
                start: record.started,
                end: self.now,
                parts: ledger.parts(),
                waiting_ns: 0,
                outcome,
                abandoned: false,
            });
        }
    }

    /// The span of a service's work for an attempt, which leaves it now.
    #[inline]
    pub(super) fn tell_served(&self, slot: u32, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Sampled) {
            self.tell_served_as(slot, attempt.outcome(), observer);
        }
    }

    pub(super) fn tell_served_as(&self, slot: u32, outcome: Outcome, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if !attempt.is(Flag::Sampled) {
            return;
        }
        let ledger = self.ledgers.get(slot as usize).copied().unwrap_or_default();
        let key = self.attempt_key(attempt);
        let station = Self::station_at(&self.links, attempt);
        let whole_ns = self.now.since_ns(ledger.arrived_at);
        let own_ns = whole_ns.saturating_sub(ledger.waiting_ns);
        let queue_ns = ledger.own_queue_ns.min(own_ns);
        observer.span(&Span {
            trace: self.request_of(slot),
            id: server_id(key),
            parent: attempt_id(key),
            kind: SpanKind::Server,
            piece: self.stations[usize::from(station)].id,
            start: ledger.arrived_at,
            end: self.now,
            parts: Parts { queue_ns, service_ns: own_ns - queue_ns, ..Parts::default() },
            waiting_ns: whole_ns - own_ns,
            outcome,
            abandoned: attempt.is(Flag::Done),
        });
    }

    /// A breaker may have changed its mind, perhaps a while ago: it looks at its window only when it is asked.
    pub(super) fn tell_breaker(&mut self, index: u16, observer: &mut impl Observer) {
        let site = &mut self.sites[usize::from(index)];
        let Some(state) = site.breaker.as_ref().map(|breaker| breaker.state(self.now)) else { return };
        if std::mem::replace(&mut site.breaker_told, state) != state {
            observer.fact(self.now, &Fact::BreakerTurned { caller: site.caller, site: site.id, state });
        }
    }

    /// The request that an attempt belongs to.
    #[inline]
    pub(crate) fn request_of(&self, slot: u32) -> RequestId {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Recorded) {
            return self.calls.get(attempt.tag).context.root;
        }
        let spring = self.sites[usize::from(attempt.site)].spring;
        RequestId { spring: self.springs[usize::from(spring)].id, number: u64::from(attempt.tag) }
    }

    /// The key of an attempt's own draws.
    #[inline]
    pub(super) fn attempt_key(&self, attempt: &Attempt) -> Key {
        Self::key_of((&self.springs, &self.calls, &self.sites), attempt)
    }

    /// The same, of borrowed parts.
    #[inline]
    pub(super) fn key_of((springs, calls, sites): (&[Spring], &Slab<Call>, &[Site]), attempt: &Attempt) -> Key {
        if attempt.is(Flag::Recorded) {
            return calls.get(attempt.tag).key.child(u64::from(attempt.site));
        }
        let spring = sites[usize::from(attempt.site)].spring;
        springs[usize::from(spring)].key.child(u64::from(attempt.tag))
    }

    /// The call site of an attempt.
    #[inline]
    pub(crate) fn site_of(&self, attempt: &Attempt) -> u16 {
        if attempt.is(Flag::Recorded) { self.calls.get(attempt.tag).site } else { attempt.site }
    }

    /// The service that an attempt has come to.
    #[inline]
    pub(super) fn station_of(&self, attempt: &Attempt) -> u16 {
        Self::station_at(&self.links, attempt)
    }

    #[inline]
    pub(super) fn station_at(links: &[Link], attempt: &Attempt) -> u16 {
        links[usize::from(attempt.pipe)].to.index()
    }

    pub(super) fn priority_of(&self, attempt: &Attempt) -> u8 {
        if attempt.is(Flag::Recorded) {
            return self.calls.get(attempt.tag).context.priority;
        }
        let site = &self.sites[usize::from(attempt.site)];
        let classes = &self.springs[usize::from(site.spring)].classes;
        classes[usize::from(attempt.site - classes[0].site)].priority
    }

    /// Until when someone waits for an attempt.
    pub(super) fn deadline_of(&self, attempt: &Attempt) -> Time {
        let client = &self.sites[usize::from(self.site_of(attempt))].client;
        if !client.propagates_deadline {
            return Time::MAX;
        }
        if attempt.is(Flag::Recorded) {
            return self.calls.get(attempt.tag).context.deadline;
        }
        let started: Time = attempt.started;
        started.plus_ns(client.timeout_ns)
    }
}
