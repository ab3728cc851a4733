//! Pauses: a replica stands still, work and all, and goes on where it stopped.

use crate::call::attempt::Place;
use crate::fact::Observer;
use crate::kernel::time::Time;
use crate::net::pipe::BY_COMMAND;
use crate::simulation::Simulation;
use crate::simulation::programs::frame::Waiting;

impl Simulation {
    /// A replica stands still, or goes on where it stopped. Pauses add up.
    pub(super) fn set_paused(&mut self, station: u16, index: u16, paused: bool, by: u16, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        let before = replica.pauses;
        if before == 0 {
            replica.paused_by = by;
        }
        replica.pauses = if paused { before.saturating_add(1) } else { before.saturating_sub(1) };
        let after = replica.pauses;
        if after == 0 {
            replica.forget_pauses();
        }
        if (before == 0) == (after == 0) {
            return;
        }
        for (slot, _) in self.at_work(station, index) {
            self.freeze(slot, paused);
        }
        self.tell_replica(station, index, observer);
        if !paused {
            self.pull(station, observer);
        }
    }

    /// A hazard makes the first replicas stand still, or lets those go on that do so since.
    pub(super) fn pause_by_hazard(&mut self, station: u16, hazard: u16, replicas: u16, observer: &mut impl Observer) {
        let active = self.hazards[usize::from(hazard)].active;
        if active {
            for replica in 0..replicas {
                self.set_paused(station, replica, true, hazard, observer);
                let epoch = self.stations[usize::from(station)].replicas[usize::from(replica)].pause_epoch;
                self.hazards[usize::from(hazard)].paused.push((replica, epoch));
            }
            return;
        }
        for (replica, epoch) in std::mem::take(&mut self.hazards[usize::from(hazard)].paused) {
            let each = &self.stations[usize::from(station)].replicas[usize::from(replica)];
            // One that has started or gone on meanwhile stands still for another reason, if it does.
            if each.pauses > 0 && each.pause_epoch == epoch {
                self.set_paused(station, replica, false, hazard, observer);
            }
        }
    }

    /// Stops an attempt's work, or starts it again. What is left of it is kept as its distance from the end of time.
    fn freeze(&mut self, slot: u32, paused: bool) {
        let attempt = *self.attempts.get(slot);
        let waits = attempt.place() == Place::Frame
            && matches!(self.frames.get(attempt.next).waiting, Waiting::Calls | Waiting::Pool(_));
        if waits {
            // It waits for others, whose answers a standing process still receives; it takes note of them when it goes
            // on.
            return;
        }
        if paused {
            if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
                ledger.set_aside(self.now);
            }
            self.settle(slot);
            let at: Time = attempt.at;
            let left_ns = at.since_ns(self.now);
            self.attempts.at(slot).at = Time::from_ns(u64::MAX - left_ns);
            self.expect_pause(slot);
        } else {
            self.settle(slot);
            if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
                ledger.take_up();
            }
            let at: Time = attempt.at;
            self.wait_until(slot, self.now.plus_ns(u64::MAX - at.as_ns()));
        }
    }

    /// An attempt's worker stands still from now on: that time is the hazard's, where a hazard does it.
    pub(in crate::simulation) fn expect_pause(&mut self, slot: u32) {
        let attempt = self.attempts.get(slot);
        let replica = usize::from(self.replica_of(attempt));
        let by = self.stations[usize::from(self.station_of(attempt))].replicas[replica].paused_by;
        if self.attribution && by != BY_COMMAND {
            self.ledgers[slot as usize].expect_hazard(by, u64::MAX);
        }
    }
}
