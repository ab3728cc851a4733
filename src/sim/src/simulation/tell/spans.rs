//! Spans of attempts, of calls, and of services' work.

use crate::call::attempt::Flag;
use crate::call::outcome::Outcome;
use crate::call::record::Call;
use crate::fact::Observer;
use crate::observe::ledger::Ledger;
use crate::observe::parts::Parts;
use crate::observe::span::{Span, SpanKind, attempt_id, call_id, server_id};
use crate::simulation::Simulation;

impl Simulation {
    /// The span of an attempt that belongs to a call.
    pub(in crate::simulation) fn tell_attempt(&self, slot: u32, outcome: Outcome, observer: &mut impl Observer) {
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
    pub(in crate::simulation) fn tell_call(
        &self,
        record: &Call,
        ledger: &Ledger,
        outcome: Outcome,
        observer: &mut impl Observer,
    ) {
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
    pub(in crate::simulation) fn tell_served(&self, slot: u32, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Sampled) {
            self.tell_served_as(slot, attempt.outcome(), observer);
        }
    }

    pub(in crate::simulation) fn tell_served_as(&self, slot: u32, outcome: Outcome, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if !attempt.is(Flag::Sampled) {
            return;
        }
        let ledger = self.ledgers.get(slot as usize).copied().unwrap_or_default();
        let key = self.attempt_key(attempt);
        let station = Self::station_at(&self.ways, attempt);
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
}
