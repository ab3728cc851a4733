//! Ledgers: time is booked to them, or as if it were booked now; and what their parts name.

use crate::call::attempt::{NONE, Place};
use crate::call::outcome::Cause;
use crate::observe::ledger::{Ledger, Part};
use crate::simulation::Simulation;
use crate::simulation::programs::frame::Waiting;

impl Simulation {
    /// Books the time since an attempt's last move.
    #[inline]
    pub(in crate::simulation) fn book(&mut self, slot: u32, part: Part, piece: u16) {
        if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
            ledger.book(self.now, part, piece);
        }
    }

    /// Books the time since an attempt's last move to where it has been.
    #[inline]
    pub(in crate::simulation) fn settle(&mut self, slot: u32) {
        if !self.attribution {
            return;
        }
        let attempt = self.attempts.get(slot);
        let ledger = &mut self.ledgers[slot as usize];
        match attempt.place() {
            Place::Queue => {
                let station = Self::station_at(&self.ways, attempt);
                ledger.own_queue_ns += ledger.book(self.now, Part::Queue, station);
            }
            Place::Worker | Place::Frame => {
                let station = Self::station_at(&self.ways, attempt);
                ledger.book(self.now, Part::Service, station);
            }
            Place::Broker => {
                self.settle_at_broker(slot);
            }
            Place::Pipe | Place::Lost | Place::Free => {
                ledger.book(self.now, Part::Network, attempt.pipe);
            }
        }
    }

    /// What a part of a ledger names.
    pub(in crate::simulation) fn cause_of(&self, part: Part, piece: u16) -> Cause {
        let index = usize::from(piece);
        match part {
            Part::Network => Cause::Pipe(self.links.get(index).map_or_else(Default::default, |l| l.pipe.id)),
            Part::Queue => self.stations.get(index).map_or_else(|| self.broker_cause(index), |s| Cause::Queue(s.id)),
            Part::Service => {
                self.stations.get(index).map_or_else(|| self.broker_cause(index), |s| Cause::Service(s.id))
            }
            Part::Hazard => Cause::Hazard(self.hazards.get(index).map_or_else(Default::default, |h| h.spec.id)),
            Part::Client => Cause::Client(self.sites[index].caller),
        }
    }

    /// Among the pieces that ledgers know, brokers follow services.
    #[cold]
    #[inline(never)]
    fn broker_cause(&self, index: usize) -> Cause {
        Cause::Broker(self.brokers[index - self.stations.len()].id)
    }

    /// An attempt's ledger as if it were booked now. Nothing changes.
    pub(in crate::simulation) fn ledger_now(&self, slot: u32) -> Ledger {
        let Some(ledger) = self.ledgers.get(slot as usize) else { return Ledger::default() };
        let mut ledger = *ledger;
        let attempt = self.attempts.get(slot);
        match attempt.place() {
            Place::Queue => ledger.book(self.now, Part::Queue, Self::station_at(&self.ways, attempt)),
            Place::Worker => ledger.book(self.now, Part::Service, Self::station_at(&self.ways, attempt)),
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
            Place::Broker => {
                let (part, piece) = self.part_at_broker(slot);
                ledger.book(self.now, part, piece)
            }
            Place::Pipe | Place::Lost | Place::Free => ledger.book(self.now, Part::Network, attempt.pipe),
        };
        ledger
    }

    /// A call's ledger as if it were booked now, its oldest attempt with it. Nothing changes.
    pub(in crate::simulation) fn call_ledger_now(&self, call: u32) -> Ledger {
        let Some(ledger) = self.call_ledgers.get(call as usize) else { return Ledger::default() };
        let mut ledger = *ledger;
        let record = self.calls.get(call);
        if let Some(slot) = record.outstanding().next() {
            ledger.book(self.attempts.get(slot).started, Part::Client, record.site);
            ledger.set_failure(None);
            ledger.absorb(&self.ledger_now(slot));
        }
        ledger.book(self.now, Part::Client, record.site);
        ledger
    }
}
