//! Calls that programs make, one or many at once, and messages that they publish.

use super::{DEPTH_MAX, Next};
use crate::call::attempt::{Attempt, Flag, NONE};
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::{Call, Context, Owner};
use crate::fact::Observer;
use crate::observe::ledger::Ledger;
use crate::simulation::Simulation;
use crate::simulation::programs::frame::{Frame, Waiting};

impl Simulation {
    /// Makes calls from sites in a row and waits for them.
    pub(super) fn call_from(
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
        self.attempts.at(run.slot).set(Flag::Worked);
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
            let number = pc << 16 | u64::from(nth);
            let key = run.key.child(number);
            let context = self.child_context(&run, site, number);
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
    fn child_context(&self, run: &Frame, site: u16, number: u64) -> Context {
        let client = &self.sites[usize::from(site)].client;
        let own = self.now.plus_ns(client.timeout_ns);
        let deadline = if client.propagates_deadline { own.min(run.context.deadline) } else { own };
        let operation = run.context.operation.map(|operation| operation.child(number));
        Context { deadline, depth: run.context.depth + 1, operation, ..run.context }
    }

    /// A call that a program waits for has ended.
    pub(in crate::simulation) fn child_ended(
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
            let failure = own.failure();
            own.absorb(ledger);
            own.waiting_ns += self.now.since_ns(before);
            if !failed {
                own.set_failure(failure);
            }
        }
        self.abandon_children(frame, observer);
        if !run.calling {
            self.go_on(frame, observer);
        }
    }

    /// Why a call of a program has failed.
    pub(super) fn failure_in(&self, frame: u32) -> Option<Cause> {
        let ledger = self.ledgers.get(self.frames.get(frame).slot as usize)?;
        ledger.failure().map(|(_, cause)| cause)
    }

    fn unlink_child(&mut self, frame: u32, child: &Call) {
        if child.sibling_prev != NONE {
            self.calls.at(child.sibling_prev).sibling_next = child.sibling_next;
        } else {
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

    pub(super) fn publish(&mut self, frame: u32, site: u16, observer: &mut impl Observer) -> Next {
        let run = *self.frames.get(frame);
        if run.context.depth >= DEPTH_MAX {
            return self.too_deep(&run);
        }
        self.attempts.at(run.slot).set(Flag::Worked);
        let number = u64::from(run.pc) << 16;
        let context = self.child_context(&run, site, number);
        let key = run.key.child(number);
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
}
