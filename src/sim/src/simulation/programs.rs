//! Endpoint programs run, step by step.

use super::Simulation;
use super::event::{Event, Kind};
use crate::call::attempt::{Attempt, Flag, NONE, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::{Call, Context, Owner};
use crate::fact::{Fact, Observer};
use crate::kernel::random::Purpose;
use crate::kernel::time::Time;
use crate::observe::ledger::{Ledger, Part};
use crate::service::frame::{Frame, Waiting};
use crate::service::pool::Grant;
use crate::service::program::Op;

/// Most calls above a call: a chain that is longer has a loop in it.
const DEPTH_MAX: u8 = 32;

/// What a program does after an operation.
enum Next {
    /// The next operation.
    On,
    /// It waits, or is no more.
    Stop,
    /// It has ended.
    End(Outcome, Option<Cause>),
}

impl Simulation {
    /// A worker starts with a program.
    pub(super) fn start_program(
        &mut self,
        slot: u32,
        station: u16,
        replica: u16,
        pc: u16,
        observer: &mut impl Observer,
    ) {
        let attempt = *self.attempts.get(slot);
        let key = self.attempt_key(&attempt);
        let context = self.context_of(&attempt);
        let frame = self.frames.insert(Frame::new(slot, station, replica, pc, key, context));
        let attempt = self.attempts.at(slot);
        attempt.set_place(Place::Frame);
        attempt.next = frame;
        self.run_program(frame, observer);
    }

    /// Runs a program until it waits or ends.
    pub(super) fn run_program(&mut self, frame: u32, observer: &mut impl Observer) {
        let epoch = self.frames.epoch(frame);
        loop {
            let Some(run) = self.frames.current(frame, epoch) else { return };
            let pc = run.pc;
            run.pc += 1;
            let station = usize::from(run.station);
            let Some(op) = self.stations[station].programs.ops.get(usize::from(pc)).copied() else { return };
            match self.operate(frame, op, observer) {
                Next::On => {}
                Next::Stop => return,
                Next::End(outcome, cause) => {
                    self.end_program(frame, outcome, cause, observer);
                    return;
                }
            }
        }
    }

    fn operate(&mut self, frame: u32, op: Op, observer: &mut impl Observer) -> Next {
        let run = *self.frames.get(frame);
        match op {
            Op::Compute { time } => self.occupy_for(frame, time, Waiting::Work, true),
            Op::Sleep { time } => self.occupy_for(frame, time, Waiting::Work, false),
            Op::Read { time } => self.occupy_for(frame, time, Waiting::Read, true),
            Op::Write { time } => self.occupy_for(frame, time, Waiting::Write, true),
            Op::Call { site } => self.call_from(frame, site, 1, 1, true, observer),
            Op::Fork { first, count, needed, strict } => {
                if needed == 0 {
                    return Next::On;
                }
                self.call_from(frame, first, count, needed, strict, observer)
            }
            Op::Publish { site } => self.publish(frame, site, observer),
            Op::UnlessChance { probability, to } => {
                let draw = run.key.child(u64::from(run.pc)).stream(Purpose::Branch).chance(probability);
                self.jump_unless(frame, draw, to)
            }
            Op::UnlessKey { modulus, below, to } => {
                self.jump_unless(frame, run.context.data_key % modulus.max(1) < below, to)
            }
            Op::Jump { to } => self.jump_unless(frame, false, to),
            Op::Acquire { pool } => self.acquire(frame, pool),
            Op::Release { pool } => {
                self.release_permit(frame, pool);
                Next::On
            }
            Op::Fail => Next::End(Outcome::Failed, Some(Cause::Error(self.stations[usize::from(run.station)].id))),
            Op::End => Next::End(Outcome::Answered, None),
        }
    }

    fn jump_unless(&mut self, frame: u32, holds: bool, to: u16) -> Next {
        if !holds {
            self.frames.at(frame).pc = to;
        }
        Next::On
    }

    fn occupy_for(&mut self, frame: u32, time: u16, waiting: Waiting, stretches: bool) -> Next {
        let run = self.frames.at(frame);
        run.waiting = waiting;
        let run = *run;
        let purpose = if stretches { Purpose::ServiceDemand } else { Purpose::Sleep };
        let mut draw = run.key.child(u64::from(run.pc)).stream(purpose);
        let ns = self.stations[usize::from(run.station)].programs.times[usize::from(time)].sample_ns(&mut draw);
        if stretches {
            self.work(run.slot, run.station, run.replica, ns);
        } else {
            self.wait_until(run.slot, self.now.plus_ns(ns));
        }
        Next::Stop
    }

    /// The end of work within a program.
    pub(super) fn resume_work(&mut self, frame: u32, observer: &mut impl Observer) {
        let run = *self.frames.get(frame);
        if matches!(run.waiting, Waiting::Calls | Waiting::Pool(_)) {
            return;
        }
        self.settle(run.slot);
        if matches!(run.waiting, Waiting::Read | Waiting::Write) {
            self.touch_store(&run, observer);
        }
        self.go_on(frame, observer);
    }

    fn touch_store(&mut self, run: &Frame, observer: &mut impl Observer) {
        let written = run.waiting == Waiting::Write;
        let station = &mut self.stations[usize::from(run.station)];
        let key = run.context.data_key;
        let version = if written {
            let version = station.versions.entry(key).or_insert(0);
            *version += 1;
            *version
        } else {
            station.versions.get(&key).copied().unwrap_or(0)
        };
        let (service, request) = (station.id, run.context.root);
        observer.fact(self.now, &Fact::Stored { service, request, key, version, written });
    }

    /// Makes calls from sites in a row and waits for them.
    fn call_from(
        &mut self,
        frame: u32,
        first: u16,
        count: u16,
        needed: u16,
        strict: bool,
        observer: &mut impl Observer,
    ) -> Next {
        let run = *self.frames.get(frame);
        if run.context.depth >= DEPTH_MAX {
            return self.too_deep(&run);
        }
        let epoch = self.frames.epoch(frame);
        self.settle(run.slot);
        let waits = self.frames.at(frame);
        waits.waiting = Waiting::Calls;
        waits.needed = needed;
        waits.pending = count;
        waits.strict = strict;
        waits.calling = true;
        let pc = u64::from(run.pc);
        for nth in 0..count {
            let site = first + nth;
            let key = run.key.child(pc << 16 | u64::from(nth));
            let context = self.child_context(&run, site);
            self.start_call(site, Owner::Frame { frame, epoch }, context, key, observer);
            if self.frames.get(frame).waiting != Waiting::Calls {
                // It ended at once, and so did the matter.
                break;
            }
        }
        let run = self.frames.at(frame);
        run.calling = false;
        match run.waiting {
            Waiting::Calls => Next::Stop,
            Waiting::Failure => Next::End(Outcome::Failed, self.failure_in(frame)),
            _ => Next::On,
        }
    }

    /// There is a loop in the calls.
    fn too_deep(&self, run: &Frame) -> Next {
        Next::End(Outcome::Failed, Some(Cause::NoRoute(self.stations[usize::from(run.station)].id)))
    }

    /// What travels with a call that a program makes.
    fn child_context(&self, run: &Frame, site: u16) -> Context {
        let client = &self.sites[usize::from(site)].client;
        let own = self.now.plus_ns(client.timeout_ns);
        let deadline = if client.propagates_deadline { own.min(run.context.deadline) } else { own };
        Context { deadline, depth: run.context.depth + 1, ..run.context }
    }

    /// A call that a program waits for has ended.
    pub(super) fn child_ended(
        &mut self,
        frame: u32,
        epoch: u16,
        child: &Call,
        outcome: Outcome,
        ledger: &Ledger,
        observer: &mut impl Observer,
    ) {
        self.unlink_child(frame, child);
        let optional = self.sites[usize::from(child.site)].optional;
        let Some(run) = self.frames.current(frame, epoch) else { return };
        run.pending -= 1;
        let succeeded = outcome == Outcome::Answered || (optional && run.strict);
        if succeeded {
            run.needed -= 1;
        }
        let failed = !succeeded && (run.strict || run.needed > run.pending);
        if run.needed > 0 && !failed {
            return;
        }
        run.waiting = if failed { Waiting::Failure } else { Waiting::Work };
        let run = *run;
        if self.attribution {
            let own = &mut self.ledgers[run.slot as usize];
            let before = own.since;
            let failure = own.failure;
            own.absorb(ledger);
            own.waiting_ns += self.now.since_ns(before);
            if !failed {
                own.failure = failure;
            }
        }
        self.abandon_children(frame, observer);
        if !run.calling {
            self.go_on(frame, observer);
        }
    }

    /// What a program waited for has come. One that stands still goes on when its replica does.
    fn go_on(&mut self, frame: u32, observer: &mut impl Observer) {
        let run = *self.frames.get(frame);
        if self.stations[usize::from(run.station)].replicas[usize::from(run.replica)].pauses > 0 {
            // Nothing is left of its wait.
            self.attempts.at(run.slot).at = Time::MAX;
            self.expect_pause(run.slot);
        } else if run.waiting == Waiting::Failure {
            let cause = self.failure_in(frame);
            self.end_program(frame, Outcome::Failed, cause, observer);
        } else {
            self.run_program(frame, observer);
        }
    }

    /// Why a call of a program has failed.
    fn failure_in(&self, frame: u32) -> Option<Cause> {
        let ledger = self.ledgers.get(self.frames.get(frame).slot as usize)?;
        ledger.failure.map(|(_, cause)| cause)
    }

    fn unlink_child(&mut self, frame: u32, child: &Call) {
        if child.sibling_prev != NONE {
            self.calls.at(child.sibling_prev).sibling_next = child.sibling_next;
        } else if self.frames.len() > 0 {
            self.frames.at(frame).children = child.sibling_next;
        }
        if child.sibling_next != NONE {
            self.calls.at(child.sibling_next).sibling_prev = child.sibling_prev;
        }
    }

    /// Nobody waits for a program's remaining calls.
    pub(super) fn abandon_children(&mut self, frame: u32, observer: &mut impl Observer) {
        while let Some(child) = Some(self.frames.get(frame).children).filter(|&child| child != NONE) {
            let record = *self.calls.get(child);
            self.unlink_child(frame, &record);
            self.abandon_call(child, observer);
        }
    }

    fn publish(&mut self, frame: u32, site: u16, observer: &mut impl Observer) -> Next {
        let run = *self.frames.get(frame);
        if run.context.depth >= DEPTH_MAX {
            return self.too_deep(&run);
        }
        let context = self.child_context(&run, site);
        let key = run.key.child(u64::from(run.pc) << 16);
        let mut record = Call::new(site, Owner::Spring, context, key, self.now);
        record.ended = true;
        record.live = 1;
        record.tries = 1;
        let call = self.insert_call(record);
        let mut attempt = Attempt::new(self.now, call, 0);
        attempt.set(Flag::Recorded);
        attempt.set(Flag::OneWay);
        attempt.set(Flag::Done);
        let slot = self.set_out(attempt, context.sampled);
        // For its caller it is over as soon as it is sent; what becomes of it is told below that.
        self.tell_attempt(slot, Outcome::Answered, observer);
        self.tell_call(&record, &Ledger::default(), Outcome::Answered, observer);
        self.depart(slot, site, observer);
        Next::On
    }

    fn acquire(&mut self, frame: u32, pool: u8) -> Next {
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
    pub(super) fn granted(&mut self, frame: u32, epoch: u16, observer: &mut impl Observer) {
        let Some(run) = self.frames.current(frame, epoch) else { return };
        run.waiting = Waiting::Work;
        let (slot, station) = (run.slot, run.station);
        if self.attribution {
            let ledger = &mut self.ledgers[slot as usize];
            ledger.own_queue_ns += ledger.book(self.now, Part::Queue, station);
        }
        self.go_on(frame, observer);
    }

    fn release_permit(&mut self, frame: u32, pool: u8) {
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

    /// A program ends, with what it holds and what it still waits for.
    fn end_program(&mut self, frame: u32, outcome: Outcome, cause: Option<Cause>, observer: &mut impl Observer) {
        self.settle_frame(frame);
        let run = self.drop_frame(frame, observer);
        if let Some(cause) = cause {
            self.fail(run.slot, outcome, cause);
        }
        self.complete(run.slot, run.station, run.replica, outcome, observer);
    }

    /// Gives back all that a program has, and forgets it.
    pub(super) fn drop_frame(&mut self, frame: u32, observer: &mut impl Observer) -> Frame {
        self.abandon_children(frame, observer);
        let run = *self.frames.get(frame);
        if let Waiting::Pool(pool) = run.waiting {
            // A permit that is on its way has been counted as held.
            self.stations[usize::from(run.station)].pools[usize::from(pool)].forget(frame);
        }
        (0..16).for_each(|pool| self.release_permit(frame, pool));
        self.frames.remove(frame);
        run
    }

    fn settle_frame(&mut self, frame: u32) {
        let slot = self.frames.get(frame).slot;
        self.settle(slot);
    }

    /// What travels with an attempt into the program that it starts.
    fn context_of(&self, attempt: &Attempt) -> Context {
        let parent = crate::observe::span::server_id(self.attempt_key(attempt));
        if attempt.is(Flag::Recorded) {
            return Context { parent, ..self.calls.get(attempt.tag).context };
        }
        let site = &self.sites[usize::from(attempt.site)];
        let key = self.attempt_key(attempt);
        let sampled = attempt.is(Flag::Sampled);
        let context = self.root_context(site.spring, u64::from(attempt.tag), attempt.site, key, sampled);
        let started: Time = attempt.started;
        Context { deadline: started.plus_ns(site.client.timeout_ns), parent, ..context }
    }
}
