//! Producing: a request comes to a broker, its event waits in a batch, is written, and is acknowledged.

use crate::call::attempt::{Flag, NONE, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::Context;
use crate::fact::{Fact, Observer};
use crate::kernel::id::PieceId;
use crate::kernel::random::Purpose;
use crate::kernel::time::Time;
use crate::observe::ledger::Part;
use crate::observe::parts::Parts;
use crate::observe::span::{Span, SpanKind, attempt_id, server_id};
use crate::platform::stream::partition::Produced;
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};
use crate::simulation::programs::DEPTH_MAX;

/// The child of an attempt's key to which its event's deliveries belong. The first three are its spans.
const EVENT: u64 = 4;
/// In [`crate::call::attempt::Attempt::next`] of one at a broker: its event is being written.
const BEING_WRITTEN: u32 = 0;

impl Simulation {
    /// A request has come to a broker.
    pub(in crate::simulation) fn take_in(&mut self, slot: u32, index: u16, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        if attempt.is(Flag::Cancelled) {
            self.let_go(slot);
            return;
        }
        let context = self.context_of(&attempt);
        let key = self.attempt_key(&attempt).child(EVENT);
        let broker = &mut self.brokers[usize::from(index)];
        let id = broker.id;
        if context.depth >= DEPTH_MAX {
            // There is a loop in the calls, or in the streams.
            self.send_back(slot, index, Outcome::Failed, Cause::NoRoute(id), observer);
            return;
        }
        let Some(partition) = broker.partition_for(&context) else {
            self.send_back(slot, index, Outcome::Rejected, Cause::LogFull(id), observer);
            return;
        };
        let each = &mut broker.partitions[usize::from(partition)];
        // Its deliveries are nobody's but the broker's: no deadline of the producer's, and no spans.
        let context = Context { deadline: Time::MAX, sampled: false, parent: 0, depth: context.depth + 1, ..context };
        each.unwritten.push_back((slot, Produced { context, key, at: self.now }));
        let begins = each.open() == 1;
        let attempt = self.attempts.at(slot);
        attempt.set_place(Place::Broker);
        attempt.next = NONE;
        self.write_if_due(index, partition, begins, observer);
    }

    /// A broker answers without having taken the event in.
    fn send_back(&mut self, slot: u32, index: u16, outcome: Outcome, cause: Cause, observer: &mut impl Observer) {
        let broker = &mut self.brokers[usize::from(index)];
        broker.refused += 1;
        let service = broker.id;
        self.fail(slot, outcome, cause);
        if observer.listens() {
            let request = self.request_of(slot);
            observer.fact(self.now, &Fact::Rejected { service, request, cause });
        }
        self.tell_produced(slot, service, observer);
        self.go_back(slot, observer);
    }

    /// A batch may have waited long enough.
    #[inline(never)]
    pub(in crate::simulation) fn linger(&mut self, index: u16, partition: u16, observer: &mut impl Observer) {
        self.write_if_due(index, partition, false, observer);
    }

    /// Begins to write the open batch, if it is full or has waited long enough and no other write is going on. Where it is
    /// new (`begins`), it is looked at again when it will have.
    fn write_if_due(&mut self, index: u16, partition: u16, begins: bool, observer: &mut impl Observer) {
        let broker = &self.brokers[usize::from(index)];
        match broker.batch(partition, self.now) {
            Some(events) => self.write(index, partition, events, observer),
            None if begins => {
                if let Some(due) = broker.partitions[usize::from(partition)].due(broker.linger_ns) {
                    self.events.push(due, Event::new(Kind::Linger, partition, u32::from(index)));
                }
            }
            None => {}
        }
    }

    /// Begins to write the first events of the open batch.
    fn write(&mut self, index: u16, partition: u16, events: u32, observer: &mut impl Observer) {
        let broker = &mut self.brokers[usize::from(index)];
        let service = broker.id;
        let each = &mut broker.partitions[usize::from(partition)];
        each.writing = events;
        let mut draw = broker.key.child(u64::from(partition)).child(each.writes).stream(Purpose::ServiceDemand);
        each.writes += 1;
        let at = self.now.plus_ns(broker.append.sample_ns(&mut draw));
        self.events.push(at, Event::new(Kind::Written, partition, u32::from(index)));
        for nth in 0..events as usize {
            let (slot, _) = self.brokers[usize::from(index)].partitions[usize::from(partition)].unwritten[nth];
            let waited_ns = self.settle_at_broker(slot);
            self.attempts.at(slot).next = BEING_WRITTEN;
            if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
                ledger.own_queue_ns += waited_ns;
            }
            if observer.follows() {
                let waited_ns = self.attribution.then_some(waited_ns);
                observer.fact(self.now, &Fact::Began { service, request: self.request_of(slot), waited_ns });
            }
        }
    }

    /// A batch is written: all its events are acknowledged, and may be delivered.
    #[inline(never)]
    pub(in crate::simulation) fn written(&mut self, index: u16, partition: u16, observer: &mut impl Observer) {
        let broker = &mut self.brokers[usize::from(index)];
        let id = broker.id;
        let each = &mut broker.partitions[usize::from(partition)];
        let events = std::mem::take(&mut each.writing);
        each.appended += u64::from(events);
        if let Some((_, first)) = each.unwritten.front() {
            let request = first.context.root;
            observer.fact(self.now, &Fact::Appended { broker: id, partition, events, request });
        }
        for _ in 0..events {
            let each = &mut self.brokers[usize::from(index)].partitions[usize::from(partition)];
            let Some((slot, event)) = each.unwritten.pop_front() else { break };
            each.log.push_back(Produced { at: self.now, ..event });
            self.acknowledge(slot, id, observer);
        }
        self.deliver(index, partition, observer);
        self.write_if_due(index, partition, true, observer);
    }

    /// A producer is told that its event is written.
    fn acknowledge(&mut self, slot: u32, broker: PieceId, observer: &mut impl Observer) {
        let worked_ns = self.settle_at_broker(slot);
        let attempt = self.attempts.at(slot);
        // From here on it stands before the pipe that brought it.
        attempt.set_place(Place::Pipe);
        attempt.next = NONE;
        attempt.set_outcome(Outcome::Answered);
        if observer.follows() {
            let worked_ns = self.attribution.then_some(worked_ns);
            let request = self.request_of(slot);
            observer.fact(self.now, &Fact::Finished { service: broker, request, worked_ns });
        }
        self.tell_produced(slot, broker, observer);
        self.go_back(slot, observer);
    }

    /// Books the time since the last move of an attempt that is at a broker, and gives it, in nanoseconds.
    #[inline(never)]
    pub(in crate::simulation) fn settle_at_broker(&mut self, slot: u32) -> u64 {
        let (part, piece) = self.part_at_broker(slot);
        self.ledgers.get_mut(slot as usize).map_or(0, |ledger| ledger.book(self.now, part, piece))
    }

    /// What an attempt that is at a broker spends its time on. Among the pieces that ledgers know, brokers follow services.
    pub(in crate::simulation) fn part_at_broker(&self, slot: u32) -> (Part, u16) {
        let attempt = self.attempts.get(slot);
        let part = if attempt.next == BEING_WRITTEN { Part::Service } else { Part::Queue };
        (part, self.stations.len() as u16 + self.station_of(attempt))
    }

    /// The span of a broker's work for an attempt, which leaves it now.
    fn tell_produced(&self, slot: u32, piece: PieceId, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if !attempt.is(Flag::Sampled) {
            return;
        }
        let ledger = self.ledgers.get(slot as usize).copied().unwrap_or_default();
        let key = self.attempt_key(attempt);
        let whole_ns = self.now.since_ns(ledger.arrived_at);
        let queue_ns = ledger.own_queue_ns.min(whole_ns);
        observer.span(&Span {
            trace: self.request_of(slot),
            id: server_id(key),
            parent: attempt_id(key),
            kind: SpanKind::Server,
            piece,
            start: ledger.arrived_at,
            end: self.now,
            parts: Parts { queue_ns, service_ns: whole_ns - queue_ns, ..Parts::default() },
            waiting_ns: 0,
            outcome: attempt.outcome(),
            abandoned: attempt.is(Flag::Done),
        });
    }
}
