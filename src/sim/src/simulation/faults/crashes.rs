//! Crashes: a replica goes down with what it works on; the last one takes with it what waits.

use crate::call::attempt::{Attempt, NONE, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::Observer;
use crate::kernel::time::Time;
use crate::service::replica::ReplicaState;
use crate::simulation::Simulation;
use crate::simulation::programs::frame::Waiting;

impl Simulation {
    pub(super) fn crash(&mut self, station: u16, index: u16, silent: bool, observer: &mut impl Observer) {
        let state = self.stations[usize::from(station)].replicas[usize::from(index)].state;
        if matches!(state, ReplicaState::Down { .. } | ReplicaState::Gone) {
            return;
        }
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        // One that drains was to go anyway: it is not what a service waits for to come back.
        let drains = state == ReplicaState::Draining;
        replica.state = if drains { ReplicaState::Gone } else { ReplicaState::Down { silent } };
        replica.forget_pauses();
        self.tell_replica(station, index, observer);
        let cause = Cause::Down(self.stations[usize::from(station)].id);
        for (slot, epoch) in self.at_work(station, index) {
            // Ending one may have ended another, a program's own call to the same service.
            if self.attempts.is_current(slot, epoch) {
                self.kill(slot, station, silent, cause, observer);
            }
        }
        self.drop_queue_if_down(station, observer);
        self.pull(station, observer);
    }

    /// Slots of the attempts that a replica works on, oldest first. Slots themselves say nothing: which of them are
    /// free depends on what has nothing to do with this replica.
    pub(super) fn at_work(&self, station: u16, replica: u16) -> Vec<(u32, u16)> {
        let works = |attempt: &Attempt| {
            matches!(attempt.place(), Place::Worker | Place::Frame)
                && self.station_of(attempt) == station
                && self.replica_of(attempt) == replica
        };
        let working = self.attempts.iter().filter(|(_, attempt)| works(attempt));
        let mut slots: Vec<(u32, u16)> = working.map(|(slot, attempt)| (slot, attempt.epoch)).collect();
        slots.sort_by_cached_key(|&(slot, _)| {
            let attempt = self.attempts.get(slot);
            let started: Time = attempt.started;
            (started, self.attempt_key(attempt).bits())
        });
        slots
    }

    /// The work on an attempt is lost.
    fn kill(&mut self, slot: u32, station: u16, silent: bool, cause: Cause, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let replica = self.replica_of(&attempt);
        self.catch_up(slot);
        if attempt.place() == Place::Frame {
            self.drop_frame(attempt.next, observer);
        }
        let attempt = self.attempts.at(slot);
        attempt.next = NONE;
        attempt.at = Time::MAX;
        attempt.set_place(Place::Pipe);
        let each = &mut self.stations[usize::from(station)];
        each.vacate(self.now, replica);
        each.failed += 1;
        if silent {
            self.vanish(slot, cause, observer);
        } else {
            self.fail(slot, Outcome::Failed, cause);
            self.tell_served(slot, observer);
            self.go_back(slot, observer);
        }
    }

    /// Books what an attempt has spent with its worker up to now, the calls of its program included.
    pub(in crate::simulation) fn catch_up(&mut self, slot: u32) {
        if !self.attribution {
            return;
        }
        let mut now = self.ledger_now(slot);
        let own = &mut self.ledgers[slot as usize];
        let passed_ns = now.since.since_ns(own.since);
        let attempt = self.attempts.get(slot);
        if attempt.place() == Place::Frame {
            match self.frames.get(attempt.next).waiting {
                Waiting::Calls => now.waiting_ns += passed_ns,
                Waiting::Pool(_) => now.own_queue_ns += passed_ns,
                Waiting::Work | Waiting::Read | Waiting::Write | Waiting::Failure => {}
            }
        }
        *own = now;
    }

    /// Where no replica is left to take it, what waits is lost too.
    pub(super) fn drop_queue_if_down(&mut self, index: u16, observer: &mut impl Observer) {
        let Some(silent) = self.stations[usize::from(index)].is_down() else { return };
        let waiting: Vec<u32> = self.stations[usize::from(index)].room.drain();
        let cause = Cause::Down(self.stations[usize::from(index)].id);
        for slot in waiting {
            self.settle(slot);
            if silent {
                self.vanish(slot, cause, observer);
            } else {
                self.refuse(slot, index, Outcome::Failed, cause, observer);
            }
        }
    }
}
