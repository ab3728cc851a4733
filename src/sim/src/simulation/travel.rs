//! Messages enter and leave pipes.

use super::event::{Event, Kind};
use super::{Simulation, Way, way};
use crate::call::attempt::{Attempt, Flag, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::time::Time;
use crate::net::hop::{Direction, Hop};
use crate::net::pipe::{BY_COMMAND, Entry};
use crate::observe::ledger::{Ledger, Part};

impl Simulation {
    /// Takes a new attempt in, and starts its timer.
    #[inline(always)]
    pub(super) fn set_out(&mut self, mut attempt: Attempt, sampled: bool) -> u32 {
        // Before its first pipe.
        attempt.set_place(Place::Pipe);
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
            self.ledgers[slot as usize].restart(self.now);
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
    #[inline(always)]
    pub(super) fn depart(&mut self, slot: u32, site: u16, observer: &mut impl Observer) {
        let pipe = self.sites[usize::from(site)].first_pipe;
        if self.ways.get(way(pipe, Direction::Forward)).is_some_and(|way| way.plain) {
            self.enter(slot, pipe, Direction::Forward, observer);
        } else {
            self.depart_uncommon(slot, site, observer);
        }
    }

    /// The same where the first pipe may be shut, or does not lead anywhere.
    #[inline(never)]
    fn depart_uncommon(&mut self, slot: u32, site: u16, observer: &mut impl Observer) {
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
    ///
    /// Compiled in place, as is all that a request without complications goes through: calls took a tenth of its time.
    #[inline(always)]
    pub(super) fn enter(&mut self, slot: u32, pipe: u16, direction: Direction, observer: &mut impl Observer) {
        let now = self.now;
        let way = way(pipe, direction);
        let attempt = self.attempts.at(slot);
        debug_assert!(attempt.place() == Place::Pipe, "it stands before a pipe");
        attempt.pipe = pipe;
        if direction == Direction::Backward {
            attempt.set(Flag::Returning);
        }
        let site = if attempt.is(Flag::Recorded) { self.calls.get(attempt.tag).site } else { attempt.site };
        let site = &self.sites[usize::from(site)];
        let responds = direction == Direction::Backward && attempt.has_succeeded();
        let bytes = if responds { site.response_bytes } else { site.request_bytes };
        let Way { lane, exit, plain, .. } = &mut self.ways[way];
        let at_once = if *plain { lane.carry_at_once(now, bytes) } else { None };
        let Some(exit_at) = at_once else {
            self.enter_uncommon(slot, pipe, direction, bytes, observer);
            return;
        };
        attempt.at = exit_at;
        debug_assert!(
            self.ledgers.get(slot as usize).is_none_or(|ledger| ledger.since == now),
            "whoever sends an attempt on has booked its time"
        );
        lane.put_in();
        self.events.push(exit_at, Event::new(*exit, pipe, slot));
        if observer.follows() {
            self.tell_entered(slot, pipe, direction, bytes, now, observer);
        }
    }

    /// The same where the message has to wait, or the pipe loses, delays, or sets up connections.
    #[inline(never)]
    fn enter_uncommon(&mut self, slot: u32, pipe: u16, direction: Direction, bytes: u32, observer: &mut impl Observer) {
        let way = way(pipe, direction);
        let key = self.attempt_key(self.attempts.get(slot));
        let Way { lane, exit, .. } = &mut self.ways[way];
        let link = &mut self.links[usize::from(pipe)].pipe;
        let entry = link.enter(lane, direction, self.now, bytes, key);
        let (start_at, exit_at, held) = match entry {
            Entry::Travels { start_at, exit_at, held } => (start_at, exit_at, held),
            Entry::Lost { by } => {
                self.lose(slot, by, observer);
                return;
            }
        };
        self.attempts.at(slot).at = exit_at;
        if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
            debug_assert!(ledger.since == self.now, "whoever sends an attempt on has booked its time");
            ledger.expect_transmission(start_at);
            if let Some((hazard, ns)) = held {
                ledger.expect_hazard(hazard, ns);
            }
        }
        lane.put_in();
        self.events.push(exit_at, Event::new(*exit, pipe, slot));
        if observer.follows() {
            self.tell_entered(slot, pipe, direction, bytes, start_at, observer);
        }
    }

    /// Compiled in place, so that what an observer does not read is not even looked up.
    #[inline(always)]
    fn tell_entered(
        &self,
        slot: u32,
        pipe: u16,
        direction: Direction,
        bytes: u32,
        start_at: Time,
        observer: &mut impl Observer,
    ) {
        // Without attribution the view does not know these two.
        let hop = Hop { enqueue_at: self.now, start_at, ..self.hop(slot, direction) };
        let place = pipe;
        let pipe = self.ways[way(place, direction)].pipe;
        observer.fact_of(place, self.now, &Fact::Entered { pipe, direction, bytes, hop });
    }

    /// A request comes to a service.
    #[inline(always)]
    pub(super) fn exit_at_service(&mut self, event: Event, observer: &mut impl Observer) {
        let (slot, station) = self.exit(event, Direction::Forward);
        self.arrive(slot);
        self.admit(slot, station, observer);
    }

    /// A request comes to a broker.
    #[inline(never)]
    pub(super) fn exit_at_broker(&mut self, event: Event, observer: &mut impl Observer) {
        let (slot, broker) = self.exit(event, Direction::Forward);
        self.arrive(slot);
        self.take_in(slot, broker, observer);
    }

    /// A request comes to a balancer.
    #[inline(always)]
    pub(super) fn exit_at_balancer(&mut self, event: Event, observer: &mut impl Observer) {
        let (slot, hub) = self.exit(event, Direction::Forward);
        self.balance(slot, hub, observer);
    }

    /// An answer comes back to a balancer.
    #[inline(always)]
    pub(super) fn back_at_balancer(&mut self, event: Event, observer: &mut impl Observer) {
        let target = self.ways[way(event.small(), Direction::Backward)].target;
        let (slot, hub) = self.exit(event, Direction::Backward);
        self.pass_back(slot, hub, target, observer);
    }

    /// An answer comes back to its caller.
    #[inline(always)]
    pub(super) fn back_at_caller(&mut self, event: Event, observer: &mut impl Observer) {
        let (slot, _) = self.exit(event, Direction::Backward);
        self.reply(slot, observer);
    }

    /// Takes a message out of its pipe, and gives it and the piece that it has come to.
    #[inline(always)]
    fn exit(&mut self, event: Event, direction: Direction) -> (u32, u16) {
        let (slot, pipe) = (event.index(), event.small());
        let Way { lane, end, .. } = &mut self.ways[way(pipe, direction)];
        lane.take_out();
        if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
            ledger.book(self.now, Part::Network, pipe);
        }
        (slot, *end)
    }

    /// A message has come to where it is served.
    #[inline(always)]
    fn arrive(&mut self, slot: u32) {
        if let Some(ledger) = self.ledgers.get_mut(slot as usize) {
            ledger.arrive(self.now);
        }
    }

    /// Sends an answer back through the pipe that brought the request; one that nobody expects goes nowhere.
    #[inline(never)]
    pub(super) fn go_back(&mut self, slot: u32, observer: &mut impl Observer) {
        self.turn_back(slot, observer);
    }

    /// The same, compiled in place.
    #[inline(always)]
    pub(super) fn turn_back(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::OneWay) {
            self.let_go(slot);
        } else {
            let pipe = attempt.pipe;
            self.enter(slot, pipe, Direction::Backward, observer);
        }
    }

    /// A message is gone.
    #[cold]
    #[inline(never)]
    fn lose(&mut self, slot: u32, by: Option<u16>, observer: &mut impl Observer) {
        let attempt = self.attempts.at(slot);
        attempt.set_place(Place::Lost);
        let pipe = &mut self.links[usize::from(attempt.pipe)].pipe;
        pipe.lost += 1;
        let pipe = pipe.id;
        let cause = match by {
            Some(hazard) if hazard != BY_COMMAND => Cause::Hazard(self.hazards[usize::from(hazard)].spec.id),
            _ => Cause::Lost(pipe),
        };
        if self.attribution {
            self.ledgers[slot as usize].set_failure(Some((Outcome::TimedOut, cause)));
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
}
