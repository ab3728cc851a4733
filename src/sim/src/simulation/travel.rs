//! Messages enter and leave pipes.

use super::Simulation;
use super::event::{Event, Kind};
use crate::call::attempt::{Attempt, Flag, NONE, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::net::hop::{Direction, Hop};
use crate::net::pipe::{BY_COMMAND, Entry};
use crate::observe::ledger::{Ledger, Part};

impl Simulation {
    /// Takes a new attempt in, and starts its timer.
    #[inline]
    pub(super) fn set_out(&mut self, mut attempt: Attempt, sampled: bool) -> u32 {
        attempt.set_place(Place::Lost);
        if sampled {
            attempt.set(Flag::Sampled);
        }
        let site = if attempt.is(Flag::Recorded) { self.calls.get(attempt.tag).site } else { attempt.site };
        let one_way = attempt.is(Flag::OneWay);
        let slot = self.attempts.insert(attempt);
        if self.attribution {
            if self.ledgers.len() <= slot as usize {
                self.ledgers.resize(slot as usize + 1, Ledger::default());
            }
            self.ledgers[slot as usize] = Ledger::new(self.now);
        }
        if !one_way {
            let timers = &mut self.sites[usize::from(site)].timers;
            timers.push(&mut self.attempts, slot);
            if !timers.armed {
                timers.armed = true;
                self.events.push(self.now.plus_ns(timers.timeout_ns), Event::new(Kind::Expire, 0, u32::from(site)));
            }
        }
        slot
    }

    /// Sends an attempt off from its caller.
    #[inline]
    pub(super) fn depart(&mut self, slot: u32, site: u16, observer: &mut impl Observer) {
        let site = &self.sites[usize::from(site)];
        let caller = site.caller;
        match site.pipes.iter().copied().find(|&pipe| !self.links[usize::from(pipe)].pipe.shut) {
            Some(pipe) => self.enter(slot, pipe, Direction::Forward, observer),
            None => {
                self.fail(slot, Outcome::NoRoute, Cause::NoRoute(caller));
                self.reply(slot, observer);
            }
        }
    }

    /// A message comes to a pipe's entrance. Where the pipe cannot take it, the message is lost: the attempt waits,
    /// unheard, until its client gives up.
    #[inline]
    pub(super) fn enter(&mut self, slot: u32, pipe: u16, way: Direction, observer: &mut impl Observer) {
        let now = self.now;
        // Read in place: a copy of the whole record would wait for the last small change of it.
        let attempt = self.attempts.get(slot);
        let bytes = self.bytes(attempt, way);
        let owners = (&self.springs[..], &self.calls, &self.sites[..]);
        let own_key = || Self::key_of(owners, attempt);
        let entry = self.links[usize::from(pipe)].pipe.enter(way, now, bytes, own_key);
        debug_assert!(
            self.ledgers.get(slot as usize).is_none_or(|ledger| ledger.since == now),
            "whoever sends an attempt on has booked its time"
        );
        let attempt = self.attempts.at(slot);
        attempt.pipe = pipe;
        if way == Direction::Backward {
            attempt.set(Flag::Returning);
        }
        match entry {
            Entry::Travels { start_at, exit_at, stray, held } => {
                attempt.set_place(Place::Pipe);
                attempt.at = exit_at;
                let epoch = attempt.epoch;
                if self.attribution {
                    let ledger = &mut self.ledgers[slot as usize];
                    ledger.transmission_at = start_at;
                    if let Some((hazard, ns)) = held {
                        ledger.expect_hazard(hazard, ns);
                    }
                }
                let link = &mut self.links[usize::from(pipe)];
                let exit = link.exits[way as usize];
                let lane = link.pipe.lane_mut(way);
                if stray {
                    lane.stray(&mut self.attempts, slot);
                    self.events.push(exit_at, Event::new(Kind::Stray, epoch, slot));
                } else if lane.append(&mut self.attempts, slot) {
                    self.events.push(exit_at, Event::new(exit, 0, u32::from(pipe)));
                }
                if observer.follows() {
                    // Without attribution the view does not know these two.
                    let hop = Hop { enqueue_at: now, start_at, ..self.hop(slot, way) };
                    let pipe = self.links[usize::from(pipe)].pipe.id;
                    observer.fact(now, &Fact::Entered { pipe, direction: way, bytes, hop });
                }
            }
            Entry::Lost { by } => {
                attempt.set_place(Place::Lost);
                self.lose(slot, by, observer);
            }
        }
    }

    /// A request comes to a service.
    #[inline]
    pub(super) fn exit_at_service(&mut self, event: Event, observer: &mut impl Observer) {
        let slot = self.exit(event, Direction::Forward);
        let station = self.links[event.index as usize].to.index();
        self.admit(slot, station, observer);
    }

    /// A request comes to a balancer.
    #[inline]
    pub(super) fn exit_at_balancer(&mut self, event: Event, observer: &mut impl Observer) {
        let slot = self.exit(event, Direction::Forward);
        let hub = self.links[event.index as usize].to.index();
        self.balance(slot, hub, observer);
    }

    /// An answer comes back to a balancer.
    #[inline]
    pub(super) fn back_at_balancer(&mut self, event: Event, observer: &mut impl Observer) {
        let slot = self.exit(event, Direction::Backward);
        let hub = self.links[event.index as usize].from.index();
        self.pass_back(slot, hub, observer);
    }

    /// An answer comes back to its caller.
    #[inline]
    pub(super) fn back_at_caller(&mut self, event: Event, observer: &mut impl Observer) {
        let slot = self.exit(event, Direction::Backward);
        self.reply(slot, observer);
    }

    /// Takes the first message out of a lane; the next one comes out in its turn.
    #[inline]
    fn exit(&mut self, event: Event, way: Direction) -> u32 {
        let lane = self.links[event.index as usize].pipe.lane_mut(way);
        let slot = lane.take_first(&mut self.attempts);
        if lane.head != NONE {
            self.events.push(self.attempts.get(lane.head).at, event);
        }
        self.book(slot, Part::Network, event.index as u16);
        slot
    }

    /// A message that keeps no order comes out.
    pub(super) fn exit_stray(&mut self, slot: u32, epoch: u16, observer: &mut impl Observer) {
        debug_assert!(self.attempts.is_current(slot, epoch), "a message in a pipe stays there until it comes out");
        let attempt = self.attempts.get(slot);
        let pipe = usize::from(attempt.pipe);
        let way = if attempt.is(Flag::Returning) { Direction::Backward } else { Direction::Forward };
        self.links[pipe].pipe.lane_mut(way).take_stray(&mut self.attempts, slot);
        self.book(slot, Part::Network, pipe as u16);
        let link = &self.links[pipe];
        let (to, from) = (link.to.index(), link.from.index());
        match link.exits[way as usize] {
            Kind::ExitAtService => self.admit(slot, to, observer),
            Kind::ExitAtBalancer => self.balance(slot, to, observer),
            Kind::BackAtBalancer => self.pass_back(slot, from, observer),
            _ => self.reply(slot, observer),
        }
    }

    /// Sends an answer back through the pipe that brought the request; one that nobody expects goes nowhere.
    #[inline]
    pub(super) fn go_back(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::OneWay) {
            self.let_go(slot);
        } else {
            let pipe = attempt.pipe;
            self.enter(slot, pipe, Direction::Backward, observer);
        }
    }

    /// A message is gone.
    fn lose(&mut self, slot: u32, by: Option<u16>, observer: &mut impl Observer) {
        let pipe = self.links[usize::from(self.attempts.get(slot).pipe)].pipe.id;
        let cause = match by {
            Some(hazard) if hazard != BY_COMMAND => Cause::Hazard(self.hazards[usize::from(hazard)].spec.id),
            _ => Cause::Lost(pipe),
        };
        if self.attribution {
            self.ledgers[slot as usize].failure = Some((Outcome::TimedOut, cause));
        }
        self.digest.fold(u64::from(slot) | 1 << 40);
        if observer.listens() {
            let request = self.request_of(slot);
            observer.fact(self.now, &Fact::Lost { pipe, request });
        }
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Done) || attempt.is(Flag::OneWay) {
            self.let_go(slot);
        }
    }

    /// Size of an attempt's message.
    #[inline]
    fn bytes(&self, attempt: &Attempt, way: Direction) -> u32 {
        let site = &self.sites[usize::from(self.site_of(attempt))];
        match way {
            Direction::Backward if attempt.outcome() == Outcome::Answered => site.response_bytes,
            Direction::Forward | Direction::Backward => site.request_bytes,
        }
    }
}
