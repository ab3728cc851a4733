//! Services admit, begin and finish work.

use super::Simulation;
use super::event::{Event, Kind};
use crate::call::attempt::{Flag, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::id::PieceId;
use crate::kernel::random::Purpose;
use crate::kernel::time::Time;
use crate::observe::ledger::Part;
use crate::service::program::Entry;
use crate::service::queue::Taken;

impl Simulation {
    /// A request comes to a service.
    #[inline(always)]
    pub(super) fn admit(&mut self, slot: u32, index: u16, observer: &mut impl Observer) {
        if self.attempts.get(slot).is(Flag::Cancelled) {
            self.let_go(slot);
            return;
        }
        if !self.stations[usize::from(index)].ordinary && self.strikes(slot, index, observer) {
            return;
        }
        let station = &self.stations[usize::from(index)];
        if let Some(replica) = station.pick() {
            self.begin(slot, index, replica, observer);
        } else if station.room.is_full() {
            let cause = Cause::Full(station.id);
            self.refuse(slot, index, Outcome::Rejected, cause, observer);
        } else {
            let attempt = self.attempts.get(slot);
            let priority = || Self::priority_in((&self.springs, &self.calls, &self.sites), attempt);
            self.stations[usize::from(index)].room.push(slot, priority, self.now);
            self.attempts.at(slot).set_place(Place::Queue);
        }
    }

    /// Whether what ails a service has done away with a request that comes to it.
    #[cold]
    fn strikes(&mut self, slot: u32, index: u16, observer: &mut impl Observer) -> bool {
        let station = &self.stations[usize::from(index)];
        let id = station.id;
        if let Some(silent) = station.is_down() {
            let cause = Cause::Down(id);
            if silent {
                self.vanish(slot, cause, observer);
            } else {
                self.refuse(slot, index, Outcome::Failed, cause, observer);
            }
            return true;
        }
        let attempt = self.attempts.get(slot);
        if station.drops_expired && station.pick().is_some() && self.deadline_of(attempt) < self.now {
            // It need not wait: its turn has come, and it was too late on the way already.
            self.refuse(slot, index, Outcome::Rejected, Cause::Expired(id), observer);
            return true;
        }
        let key = self.attempt_key(attempt).child(id.0);
        let errs = |&&(share, _, by): &&(f64, u16, PieceId)| key.child(by.0).stream(Purpose::Hazard).chance(share);
        let Some(&(_, hazard, _)) = station.errors.iter().find(errs) else { return false };
        let cause = Cause::Hazard(self.hazards[usize::from(hazard)].spec.id);
        self.refuse(slot, index, Outcome::Failed, cause, observer);
        true
    }

    /// A worker of that replica takes a request.
    #[inline(always)]
    pub(super) fn begin(&mut self, slot: u32, index: u16, replica: u16, observer: &mut impl Observer) {
        if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
            // No time has passed for one that did not wait.
            ledger.own_queue_ns += ledger.book(self.now, Part::Queue, index);
        }
        let attempt = self.attempts.get(slot);
        let station = &self.stations[usize::from(index)];
        let id = station.id;
        let entry = match station.programs.entry_of_all() {
            Some(entry) => entry,
            None => station.programs.entry(self.sites[usize::from(self.site_of(attempt))].endpoint),
        };
        match entry {
            Entry::Missing => self.refuse(slot, index, Outcome::Failed, Cause::Error(id), observer),
            Entry::Work { time } => {
                let mut draw = self.attempt_key(attempt).stream(Purpose::ServiceDemand);
                let work_ns = station.programs.times[usize::from(time)].sample_ns(&mut draw);
                self.stations[usize::from(index)].occupy(self.now, replica);
                let attempt = self.attempts.at(slot);
                attempt.set_place(Place::Worker);
                attempt.next = u32::from(replica);
                self.tell_began(slot, index, observer);
                self.work(slot, index, replica, work_ns);
            }
            Entry::Program { pc } => {
                self.stations[usize::from(index)].occupy(self.now, replica);
                self.tell_began(slot, index, observer);
                self.start_program(slot, index, replica, pc, observer);
            }
        }
    }

    /// An attempt's worker is at it for so long, and longer where something slows it down.
    #[inline(always)]
    pub(super) fn work(&mut self, slot: u32, index: u16, replica: u16, work_ns: u64) {
        if self.stations[usize::from(index)].ordinary {
            self.wait_until(slot, self.now.plus_ns(work_ns));
        } else {
            self.work_longer(slot, index, replica, work_ns);
        }
    }

    #[inline(never)]
    fn work_longer(&mut self, slot: u32, index: u16, replica: u16, work_ns: u64) {
        let station = &self.stations[usize::from(index)];
        let (contention, slow) = station.stretch(replica);
        let mut ns = work_ns;
        if contention > 1.0 {
            ns = (ns as f64 * contention) as u64;
        }
        if slow > 1.0 {
            let slowed_ns = (ns as f64 * slow) as u64;
            if self.attribution {
                let hazard = station.replicas[usize::from(replica)].slowed_by;
                self.ledgers[slot as usize].expect_hazard(hazard, slowed_ns - ns);
            }
            ns = slowed_ns;
        }
        self.wait_until(slot, self.now.plus_ns(ns));
    }

    /// Has the attempt's worker come back at that time.
    #[inline(always)]
    pub(super) fn wait_until(&mut self, slot: u32, at: Time) {
        let attempt = self.attempts.at(slot);
        attempt.at = at;
        let epoch = attempt.epoch;
        self.events.push(at, Event::new(Kind::Finish, epoch, slot));
    }

    /// Work may be done, unless it was interrupted since.
    #[inline(always)]
    pub(super) fn finish(&mut self, slot: u32, epoch: u16, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        let (at, next): (Time, u32) = (attempt.at, attempt.next);
        if attempt.epoch != epoch || at != self.now {
            return;
        }
        match attempt.place() {
            Place::Worker => {
                let station = self.station_of(attempt);
                self.book(slot, Part::Service, station);
                self.complete(slot, station, next as u16, Outcome::Answered, observer);
            }
            Place::Frame => self.resume_work(next, observer),
            _ => {}
        }
    }

    /// A request leaves its worker with an answer; the worker takes the next one.
    #[inline(always)]
    pub(super) fn complete(
        &mut self,
        slot: u32,
        index: u16,
        replica: u16,
        outcome: Outcome,
        observer: &mut impl Observer,
    ) {
        let station = &mut self.stations[usize::from(index)];
        let id = station.id;
        if outcome == Outcome::Answered {
            station.served += 1;
        } else {
            station.failed += 1;
        }
        let gone = station.vacate(self.now, replica);
        // From here on it stands before the pipe that brought it.
        let attempt = self.attempts.at(slot);
        attempt.set_place(Place::Pipe);
        attempt.set_outcome(outcome);
        if observer.follows() {
            let request = self.request_of(slot);
            let worked_ns = self.ledgers.get(slot as usize).map(|ledger| ledger.worked_ns(self.now));
            observer.fact_of(index, self.now, &Fact::Finished { service: id, request, worked_ns });
        }
        self.tell_served(slot, observer);
        if gone {
            self.drained(index, replica, observer);
        }
        self.pull(index, observer);
        self.turn_back(slot, observer);
    }

    /// Free workers take what waits.
    #[inline]
    pub(super) fn pull(&mut self, index: u16, observer: &mut impl Observer) {
        let station = &self.stations[usize::from(index)];
        if !station.room.is_at_rest() && !station.pulling {
            self.pull_waiting(index, observer);
        }
    }

    #[inline(never)]
    fn pull_waiting(&mut self, index: u16, observer: &mut impl Observer) {
        self.stations[usize::from(index)].pulling = true;
        while let Some(replica) = self.stations[usize::from(index)].pick() {
            match self.stations[usize::from(index)].room.pop(self.now) {
                Some(Taken::Serve(slot)) => self.serve(slot, index, replica, observer),
                Some(Taken::Drop(slot)) => {
                    self.settle(slot);
                    let cause = Cause::Full(self.stations[usize::from(index)].id);
                    self.refuse(slot, index, Outcome::Rejected, cause, observer);
                }
                None => break,
            }
        }
        self.stations[usize::from(index)].pulling = false;
    }

    #[inline(always)]
    fn serve(&mut self, slot: u32, index: u16, replica: u16, observer: &mut impl Observer) {
        let station = &self.stations[usize::from(index)];
        if station.drops_expired && self.deadline_of(self.attempts.get(slot)) < self.now {
            let cause = Cause::Expired(station.id);
            self.settle(slot);
            self.refuse(slot, index, Outcome::Rejected, cause, observer);
        } else {
            self.begin(slot, index, replica, observer);
        }
    }

    /// A service answers without having worked.
    #[inline(never)]
    pub(super) fn refuse(
        &mut self,
        slot: u32,
        index: u16,
        outcome: Outcome,
        cause: Cause,
        observer: &mut impl Observer,
    ) {
        let station = &mut self.stations[usize::from(index)];
        let service = station.id;
        if outcome == Outcome::Rejected {
            station.rejected += 1;
        } else {
            station.failed += 1;
        }
        self.fail(slot, outcome, cause);
        self.attempts.at(slot).set_place(Place::Pipe);
        if observer.listens() {
            let request = self.request_of(slot);
            observer.fact(self.now, &Fact::Rejected { service, request, cause });
        }
        self.tell_served(slot, observer);
        self.go_back(slot, observer);
    }

    /// A request disappears without a word.
    pub(super) fn vanish(&mut self, slot: u32, cause: Cause, observer: &mut impl Observer) {
        if self.attribution {
            self.ledgers[slot as usize].set_failure(Some((Outcome::TimedOut, cause)));
        }
        let attempt = self.attempts.at(slot);
        attempt.set_outcome(Outcome::TimedOut);
        attempt.set_place(Place::Lost);
        let forgotten = attempt.is(Flag::Done) || attempt.is(Flag::OneWay);
        self.tell_served(slot, observer);
        if forgotten {
            self.let_go(slot);
        }
    }

    #[inline]
    fn tell_began(&self, slot: u32, index: u16, observer: &mut impl Observer) {
        if observer.follows() {
            let service = self.stations[usize::from(index)].id;
            let request = self.request_of(slot);
            let waited_ns = self.ledgers.get(slot as usize).map(|ledger| ledger.own_queue_ns);
            observer.fact_of(index, self.now, &Fact::Began { service, request, waited_ns });
        }
    }
}
