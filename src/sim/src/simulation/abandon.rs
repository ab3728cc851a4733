//! Giving up: timeouts, what becomes of work that nobody waits for, and word of it.

use super::event::{Event, Kind};
use super::{Node, Simulation};
use crate::call::attempt::{Attempt, Flag, NONE, Place};
use crate::call::outcome::Outcome;
use crate::fact::{Fact, Observer};
use crate::kernel::time::Time;

impl Simulation {
    /// The oldest attempts of a site have waited long enough.
    pub(super) fn expire(&mut self, site: u16, observer: &mut impl Observer) {
        loop {
            let timers = &mut self.sites[usize::from(site)].timers;
            match timers.head(&self.attempts) {
                Some((slot, at)) if at <= self.now => {
                    timers.remove(&mut self.attempts, slot);
                    self.give_up(slot, site, observer);
                }
                Some((_, at)) => {
                    self.events.push(at, Event::new(Kind::Expire, 0, u32::from(site)));
                    return;
                }
                None => {
                    timers.armed = false;
                    return;
                }
            }
        }
    }

    /// An answer comes in the very instant in which its client gives up. The timer was set first, so it comes first: who
    /// else waits at the same call site, and since when, makes no difference.
    #[cold]
    #[inline(never)]
    pub(super) fn reply_too_late(&mut self, slot: u32, site: u16, observer: &mut impl Observer) {
        self.sites[usize::from(site)].timers.remove(&mut self.attempts, slot);
        self.give_up(slot, site, observer);
        self.free(slot);
    }

    fn give_up(&mut self, slot: u32, site: u16, observer: &mut impl Observer) {
        if self.attempts.get(slot).is(Flag::Recorded) {
            self.attempt_timed_out(slot, observer);
        } else {
            self.sites[usize::from(site)].active -= 1;
            let number = u64::from(self.attempts.get(slot).tag);
            self.tell_plain_end(slot, Outcome::TimedOut, &self.ledger_now(slot), observer);
            self.count_end(site, number, Outcome::TimedOut);
            self.abandon(slot, site, observer);
        }
    }

    /// Nobody waits for an attempt of a call any longer.
    pub(super) fn orphan(&mut self, slot: u32, call: u32, observer: &mut impl Observer) {
        let site = self.calls.get(call).site;
        self.abandon(slot, site, observer);
    }

    fn abandon(&mut self, slot: u32, site: u16, observer: &mut impl Observer) {
        self.attempts.at(slot).set(Flag::Done);
        if observer.follows() {
            observer.fact(self.now, &Fact::Abandoned { request: self.request_of(slot), attempt: slot });
        }
        let attempt = *self.attempts.get(slot);
        if attempt.place() == Place::Lost {
            self.let_go(slot);
        } else if self.sites[usize::from(site)].client.cancels && !attempt.is(Flag::Returning) {
            let at = self.now.plus_ns(self.way_ns(&attempt));
            self.events.push(at, Event::new(Kind::Cancel, attempt.epoch, slot));
        }
    }

    /// How long the pipes on an attempt's way are, as far as it has come.
    fn way_ns(&self, attempt: &Attempt) -> u64 {
        let (mut pipe, mut trail, mut ns) = (attempt.pipe, attempt.trail, 0u64);
        loop {
            let link = &self.links[usize::from(pipe)];
            ns = ns.saturating_add(link.pipe.propagation_ns);
            let Node::Balancer(index) = link.from else { return ns };
            pipe = self.balancers[usize::from(index)].inbound;
            if let Some(visit) = self.trails.top(trail).filter(|visit| visit.balancer == index) {
                (pipe, trail) = (visit.pipe, visit.next);
            }
        }
    }

    /// Word that nobody waits has come to where an attempt is, or will meet it at its service.
    pub(super) fn cancelled(&mut self, slot: u32, epoch: u16, observer: &mut impl Observer) {
        // Epochs come round in time; what somebody waits for is certainly not what was given up.
        if !self.attempts.is_current(slot, epoch) || !self.attempts.get(slot).is(Flag::Done) {
            return;
        }
        let attempt = *self.attempts.get(slot);
        match attempt.place() {
            Place::Queue => {
                let station = self.station_of(&attempt);
                self.settle(slot);
                self.stations[usize::from(station)].room.remove(slot);
                self.tell_served_as(slot, Outcome::TimedOut, observer);
                self.let_go(slot);
            }
            Place::Worker | Place::Frame => self.stop_work(slot, observer),
            Place::Pipe if !attempt.is(Flag::Returning) => self.attempts.at(slot).set(Flag::Cancelled),
            // What a broker has taken in it writes.
            Place::Pipe | Place::Broker | Place::Lost | Place::Free => {}
        }
    }

    /// Takes an attempt away from its worker.
    pub(super) fn stop_work(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let station = self.station_of(&attempt);
        let replica = self.replica_of(&attempt);
        self.catch_up(slot);
        if attempt.place() == Place::Frame {
            self.drop_frame(attempt.next, observer);
        }
        self.attempts.at(slot).next = NONE;
        self.attempts.at(slot).at = Time::MAX;
        let gone = self.stations[usize::from(station)].vacate(self.now, replica);
        self.tell_served_as(slot, Outcome::TimedOut, observer);
        self.let_go(slot);
        if gone {
            self.drained(station, replica, observer);
        }
        self.pull(station, observer);
    }

    /// The replica that works on an attempt.
    pub(super) fn replica_of(&self, attempt: &Attempt) -> u16 {
        match attempt.place() {
            Place::Frame => self.frames.get(attempt.next).replica,
            _ => attempt.next as u16,
        }
    }
}
