//! Hazards and commands: what changes a run from outside, at its time.

use super::event::{Event, Kind};
use super::{Node, Simulation};
use crate::blueprint::{Fault, REPLICAS_MAX, Schedule};
use crate::call::attempt::{Attempt, NONE, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::command::{Action, Refusal};
use crate::fact::{Fact, Observer};
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::net::pipe::{BY_COMMAND, Faults};
use crate::service::frame::Waiting;
use crate::service::replica::{Replica, ReplicaState};

impl Simulation {
    /// Applies a command at the present time.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, action: Action, observer: &mut impl Observer) -> Result<(), Refusal> {
        match action {
            Action::SetPolicy { balancer, policy } => {
                let found = self.balancers.iter_mut().find(|hub| hub.balancer.id == balancer);
                found.ok_or(Refusal::NoSuchBalancer(balancer))?.balancer.set_policy(policy);
            }
            Action::SetShut { pipe, shut } => {
                let index = self.pipe_index(pipe)?;
                self.set_shut(index, shut);
            }
            Action::SetPartition { pipe, forward, backward } => {
                let index = self.pipe_index(pipe)?;
                self.refresh_pipe(index, Some([forward, backward]));
            }
            Action::Scale { service, replicas } => {
                let station = self.station_index(service)?;
                if !self.has_room_for(station, replicas) {
                    return Err(Refusal::TooManyReplicas { service, allowed: REPLICAS_MAX });
                }
                self.scale(station, replicas, observer);
            }
            Action::Crash { service, replica, silent } => {
                let (station, replica) = self.replica_index(service, replica)?;
                self.crash(station, replica, silent, observer);
            }
            Action::Restart { service, replica } => {
                let (station, replica) = self.replica_index(service, replica)?;
                self.restart(station, replica, observer);
            }
            Action::Drain { service, replica } => {
                let (station, replica) = self.replica_index(service, replica)?;
                self.drain(station, replica, observer);
            }
            Action::SetPaused { service, replica, paused } => {
                let (station, index) = self.replica_index(service, replica)?;
                let pauses = self.stations[usize::from(station)].replicas[usize::from(index)].pauses;
                if !paused && pauses == 0 {
                    return Err(Refusal::NotPaused { service, replica });
                }
                self.set_paused(station, index, paused, BY_COMMAND, observer);
            }
            Action::SetHazard { hazard, active } => {
                let found = self.hazards.iter().position(|each| each.spec.id == hazard);
                let index = found.ok_or(Refusal::NoSuchHazard(hazard))?;
                self.hazards[index].overridden = true;
                self.set_hazard(index as u16, active, observer);
            }
        }
        let [kind, what, how] = action.words();
        self.digest.fold(self.now.as_ns() ^ kind << 56);
        self.digest.fold(what);
        self.digest.fold(how);
        observer.fact(self.now, &Fact::Applied { action });
        Ok(())
    }

    fn pipe_index(&self, pipe: PieceId) -> Result<usize, Refusal> {
        self.links.iter().position(|link| link.pipe.id == pipe).ok_or(Refusal::NoSuchPipe(pipe))
    }

    fn station_index(&self, service: PieceId) -> Result<u16, Refusal> {
        let found = self.stations.iter().position(|station| station.id == service);
        found.map(|index| index as u16).ok_or(Refusal::NoSuchService(service))
    }

    fn replica_index(&self, service: PieceId, replica: u32) -> Result<(u16, u16), Refusal> {
        let station = self.station_index(service)?;
        let there = self.stations[usize::from(station)].replicas.len();
        if replica as usize >= there {
            return Err(Refusal::NoSuchReplica { service, replica });
        }
        Ok((station, replica as u16))
    }

    fn set_shut(&mut self, index: usize, shut: bool) {
        let link = &mut self.links[index];
        link.pipe.shut = shut;
        if let Node::Balancer(hub) = link.from {
            self.balancers[usize::from(hub)].balancer.set_open(index as u32, !shut);
        }
    }

    // ---- Hazards -------------------------------------------------------------------------------------------------

    /// A hazard's schedule says that something changes now.
    pub(super) fn turn_hazard(&mut self, hazard: u16, observer: &mut impl Observer) {
        let each = &self.hazards[usize::from(hazard)];
        if each.overridden {
            return;
        }
        let (active, next) = state_at(&each.spec.schedule, self.now);
        if next < Time::MAX {
            self.events.push(next, Event::new(Kind::Hazard, 0, u32::from(hazard)));
        }
        self.set_hazard(hazard, active, observer);
    }

    fn set_hazard(&mut self, hazard: u16, active: bool, observer: &mut impl Observer) {
        let each = &mut self.hazards[usize::from(hazard)];
        if each.active == active {
            return;
        }
        each.active = active;
        let (id, on, fault) = (each.spec.id, each.spec.on, each.spec.fault.clone());
        observer.fact(self.now, &Fact::HazardTurned { hazard: id, on, active });
        if let Ok(pipe) = self.pipe_index(on) {
            self.refresh_pipe(pipe, None);
        } else if let Ok(station) = self.station_index(on) {
            self.strike(station, hazard, &fault, observer);
        }
    }

    /// Makes a pipe suffer from what is active now. `cut` is what a command wants cut, where one says so.
    fn refresh_pipe(&mut self, index: usize, cut: Option<[bool; 2]>) {
        let pipe = &mut self.links[index].pipe;
        let cut = cut.unwrap_or_else(|| pipe.cut_by_command());
        let mut faults = Faults { cuts: cut.map(|cut| cut.then_some(BY_COMMAND)), ..Faults::default() };
        for (hazard, each) in self.hazards.iter().enumerate().filter(|(_, h)| h.active && h.spec.on == pipe.id) {
            let hazard = hazard as u16;
            match &each.spec.fault {
                Fault::Delay { extra } => faults.delays.push((extra.clone(), hazard)),
                Fault::Loss { probability } => faults.losses.push((*probability, hazard)),
                Fault::Bandwidth { factor } => faults.bandwidth = Some(faults.bandwidth.unwrap_or(1.0) * factor),
                Fault::Partition { forward, backward } => {
                    for (way, wanted) in [*forward, *backward].into_iter().enumerate() {
                        if wanted {
                            faults.cuts[way].get_or_insert(hazard);
                        }
                    }
                }
                Fault::Slow { .. } | Fault::Errors { .. } | Fault::Pause { .. } | Fault::Crash { .. } => {}
            }
        }
        let [forward, backward] = &mut self.ways[2 * index..2 * index + 2] else { return };
        pipe.set_faults(faults, [&mut forward.lane, &mut backward.lane]);
        let plain = pipe.is_plain();
        (forward.plain, backward.plain) = (plain, plain);
    }

    /// A service's hazard begins or ends.
    fn strike(&mut self, station: u16, hazard: u16, fault: &Fault, observer: &mut impl Observer) {
        let active = self.hazards[usize::from(hazard)].active;
        let there = self.stations[usize::from(station)].replicas.len() as u32;
        match *fault {
            Fault::Slow { .. } | Fault::Errors { .. } => self.refresh_station(station),
            Fault::Pause { replicas } => {
                for replica in 0..replicas.min(there) as u16 {
                    // A replica that has started since the pause began was never paused.
                    let paused = self.stations[usize::from(station)].replicas[usize::from(replica)].pauses > 0;
                    if active || paused {
                        self.set_paused(station, replica, active, hazard, observer);
                    }
                }
            }
            Fault::Crash { replicas, silent } => {
                for replica in 0..replicas.min(there) as u16 {
                    let state = self.stations[usize::from(station)].replicas[usize::from(replica)].state;
                    if active {
                        self.crash(station, replica, silent, observer);
                    } else if matches!(state, ReplicaState::Down { .. }) {
                        // One that a command has started since, or has taken away, is left alone.
                        self.restart(station, replica, observer);
                    }
                }
            }
            Fault::Delay { .. } | Fault::Loss { .. } | Fault::Bandwidth { .. } | Fault::Partition { .. } => {}
        }
    }

    fn refresh_station(&mut self, index: u16) {
        let station = &mut self.stations[usize::from(index)];
        station.errors = None;
        station.replicas.iter_mut().for_each(|replica| replica.slow = 1.0);
        for (hazard, each) in self.hazards.iter().enumerate().filter(|(_, h)| h.active && h.spec.on == station.id) {
            match each.spec.fault {
                Fault::Errors { probability } if station.errors.is_none_or(|(share, _)| share < probability) => {
                    station.errors = Some((probability, hazard as u16));
                }
                Fault::Slow { factor, replicas } => {
                    for replica in station.replicas.iter_mut().take(replicas as usize) {
                        replica.slow *= factor;
                        replica.slowed_by = hazard as u16;
                    }
                }
                _ => {}
            }
        }
        station.review();
    }

    // ---- Replicas ------------------------------------------------------------------------------------------------

    /// Whether that many replicas may be there beside those that drain.
    fn has_room_for(&self, station: u16, wanted: u32) -> bool {
        let replicas = self.stations[usize::from(station)].replicas.iter();
        let draining = replicas.filter(|replica| replica.state == ReplicaState::Draining).count();
        u64::from(wanted) + draining as u64 <= u64::from(REPLICAS_MAX)
    }

    fn scale(&mut self, index: u16, wanted: u32, observer: &mut impl Observer) {
        let start_up_ns = self.stations[usize::from(index)].start_up_ns;
        let is_kept = |replica: &Replica| !matches!(replica.state, ReplicaState::Draining | ReplicaState::Gone);
        let kept = self.stations[usize::from(index)].replicas.iter().filter(|r| is_kept(r)).count() as u32;
        for _ in kept..wanted {
            let replicas = &mut self.stations[usize::from(index)].replicas;
            let place = replicas.iter().position(|r| r.state == ReplicaState::Gone).unwrap_or(replicas.len());
            if place == replicas.len() {
                replicas.push(Replica::new(ReplicaState::Gone));
            }
            self.start(index, place as u16, start_up_ns, observer);
        }
        for _ in wanted..kept {
            let replicas = &self.stations[usize::from(index)].replicas;
            if let Some(place) = replicas.iter().rposition(is_kept) {
                self.drain(index, place as u16, observer);
            }
        }
        self.refresh_station(index);
    }

    fn start(&mut self, station: u16, index: u16, start_up_ns: u64, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        replica.starts = replica.starts.wrapping_add(1);
        replica.state = ReplicaState::Starting;
        // What made the former process stand still is no matter to this one.
        replica.pauses = 0;
        let starts = replica.starts;
        self.tell_replica(station, index, observer);
        let which = u32::from(starts) << 16 | u32::from(index);
        self.events.push(self.now.plus_ns(start_up_ns), Event::new(Kind::Started, station, which));
    }

    /// A replica has started.
    pub(super) fn started(&mut self, station: u16, index: u16, starts: u16, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        if replica.starts == starts && replica.state == ReplicaState::Starting {
            replica.state = ReplicaState::Up;
            self.tell_replica(station, index, observer);
            self.pull(station, observer);
        }
    }

    fn restart(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        let start_up_ns = self.stations[usize::from(station)].start_up_ns;
        let state = self.stations[usize::from(station)].replicas[usize::from(index)].state;
        if !matches!(state, ReplicaState::Down { .. } | ReplicaState::Gone) {
            // A running replica that is started again loses what it has.
            self.crash(station, index, false, observer);
        }
        self.start(station, index, start_up_ns, observer);
    }

    fn drain(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        if matches!(replica.state, ReplicaState::Up | ReplicaState::Starting) {
            replica.state = if replica.busy == 0 { ReplicaState::Gone } else { ReplicaState::Draining };
        } else if matches!(replica.state, ReplicaState::Down { .. }) {
            replica.state = ReplicaState::Gone;
        }
        self.tell_replica(station, index, observer);
        self.drop_queue_if_down(station, observer);
    }

    /// A replica has finished the last of what it had, and is gone.
    #[cold]
    pub(super) fn drained(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        self.tell_replica(station, index, observer);
        self.drop_queue_if_down(station, observer);
    }

    fn crash(&mut self, station: u16, index: u16, silent: bool, observer: &mut impl Observer) {
        let state = self.stations[usize::from(station)].replicas[usize::from(index)].state;
        if matches!(state, ReplicaState::Down { .. } | ReplicaState::Gone) {
            return;
        }
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        replica.state = ReplicaState::Down { silent };
        replica.pauses = 0;
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
    fn at_work(&self, station: u16, replica: u16) -> Vec<(u32, u16)> {
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
    pub(super) fn catch_up(&mut self, slot: u32) {
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

    /// Where no replica is left, what waits is lost too.
    fn drop_queue_if_down(&mut self, index: u16, observer: &mut impl Observer) {
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

    /// A replica stands still, or goes on where it stopped. Pauses add up.
    fn set_paused(&mut self, station: u16, index: u16, paused: bool, by: u16, observer: &mut impl Observer) {
        let replica = &mut self.stations[usize::from(station)].replicas[usize::from(index)];
        let before = replica.pauses;
        if before == 0 {
            replica.paused_by = by;
        }
        replica.pauses = if paused { before.saturating_add(1) } else { before.saturating_sub(1) };
        let after = replica.pauses;
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
            self.settle(slot);
            let at: Time = attempt.at;
            let left_ns = at.since_ns(self.now);
            self.attempts.at(slot).at = Time::from_ns(u64::MAX - left_ns);
            self.expect_pause(slot);
        } else {
            self.settle(slot);
            let at: Time = attempt.at;
            self.wait_until(slot, self.now.plus_ns(u64::MAX - at.as_ns()));
        }
    }

    /// An attempt's worker stands still from now on: that time is the hazard's, where a hazard does it.
    pub(super) fn expect_pause(&mut self, slot: u32) {
        let attempt = self.attempts.get(slot);
        let replica = usize::from(self.replica_of(attempt));
        let by = self.stations[usize::from(self.station_of(attempt))].replicas[replica].paused_by;
        if self.attribution && by != BY_COMMAND {
            self.ledgers[slot as usize].expect_hazard(by, u64::MAX);
        }
    }

    /// A replica has changed.
    fn tell_replica(&mut self, station: u16, index: u16, observer: &mut impl Observer) {
        self.stations[usize::from(station)].review();
        let each = &self.stations[usize::from(station)];
        let replica = &each.replicas[usize::from(index)];
        let (service, state, paused) = (each.id, replica.state, replica.pauses > 0);
        observer.fact(self.now, &Fact::ReplicaTurned { service, replica: u32::from(index), state, paused });
    }
}

/// Whether a schedule is active at a time, and when that changes next.
pub(super) fn state_at(schedule: &Schedule, now: Time) -> (bool, Time) {
    let (base, within) = match schedule.repeat_ns {
        Some(period) => (now.as_ns() / period * period, now.as_ns() % period),
        None => (0, now.as_ns()),
    };
    for window in &schedule.windows {
        if within < window.from.as_ns() {
            return (false, Time::from_ns(base).plus_ns(window.from.as_ns()));
        }
        if within < window.to.as_ns() {
            return (true, Time::from_ns(base).plus_ns(window.to.as_ns()));
        }
    }
    let first = schedule.windows.first().map(|window| window.from.as_ns());
    let next = match (schedule.repeat_ns, first) {
        (Some(period), Some(first)) => Time::from_ns(base).plus_ns(period).plus_ns(first),
        _ => Time::MAX,
    };
    (false, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_turns_on_and_off_again_and_again() {
        let ms = Time::from_ms;
        let cycle = Schedule::cycle(ms(10), 5_000_000, 100_000_000);
        assert_eq!(state_at(&cycle, ms(0)), (false, ms(10)));
        assert_eq!(state_at(&cycle, ms(10)), (true, ms(15)));
        assert_eq!(state_at(&cycle, ms(15)), (false, ms(110)));
        assert_eq!(state_at(&cycle, ms(212)), (true, ms(215)));
        assert_eq!(state_at(&Schedule::never(), ms(1)), (false, Time::MAX));
    }
}
