//! Permits of a service's pools: programs get them, wait for them, and give them back.

use super::Next;
use crate::call::outcome::{Cause, Outcome};
use crate::fact::Observer;
use crate::observe::ledger::Part;
use crate::service::pool::Grant;
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};
use crate::simulation::programs::frame::Waiting;

impl Simulation {
    pub(super) fn acquire(&mut self, frame: u32, pool: u8) -> Next {
        let run = self.frames.at(frame);
        if run.held & 1 << pool != 0 {
            // One permit of a pool is all that a program can have; it would wait for itself.
            return Next::On;
        }
        let station = usize::from(run.station);
        match self.stations[station].pools[usize::from(pool)].acquire(frame) {
            Grant::Granted => {
                run.held |= 1 << pool;
                Next::On
            }
            Grant::Waits => {
                run.waiting = Waiting::Pool(pool);
                let slot = run.slot;
                self.settle(slot);
                Next::Stop
            }
            Grant::Full => Next::End(Outcome::Rejected, Some(Cause::Full(self.stations[station].id))),
        }
    }

    /// A pool has given a program the permit that it waited for.
    pub(in crate::simulation) fn granted(&mut self, frame: u32, epoch: u16, observer: &mut impl Observer) {
        let Some(run) = self.frames.current(frame, epoch) else { return };
        run.waiting = Waiting::Work;
        let (slot, station) = (run.slot, run.station);
        if self.attribution {
            let ledger = &mut self.ledgers[slot as usize];
            ledger.own_queue_ns += ledger.book(self.now, Part::Queue, station);
        }
        self.go_on(frame, observer);
    }

    pub(super) fn release_permit(&mut self, frame: u32, pool: u8) {
        let run = self.frames.at(frame);
        if run.held & 1 << pool == 0 {
            return;
        }
        run.held &= !(1 << pool);
        let station = usize::from(run.station);
        if let Some(next) = self.stations[station].pools[usize::from(pool)].release() {
            self.frames.at(next).held |= 1 << pool;
            let epoch = self.frames.epoch(next);
            // Through the event list: a long queue of short programs must not become a deep recursion.
            self.events.push(self.now, Event::new(Kind::Grant, epoch, next));
        }
    }
}
