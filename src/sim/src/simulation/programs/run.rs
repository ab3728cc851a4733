//! A program's run: it starts, waits, goes on, and ends with all that it has.

use super::Next;
use crate::call::attempt::{Attempt, Flag, Place};
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::Context;
use crate::fact::Observer;
use crate::kernel::time::Time;
use crate::observe::span::server_id;
use crate::simulation::Simulation;
use crate::simulation::programs::frame::{Frame, Waiting};

impl Simulation {
    /// A worker starts with a program.
    pub(in crate::simulation) fn start_program(
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
    fn run_program(&mut self, frame: u32, observer: &mut impl Observer) {
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

    /// The end of work within a program.
    pub(in crate::simulation) fn resume_work(&mut self, frame: u32, observer: &mut impl Observer) {
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

    /// What a program waited for has come. One that stands still goes on when its replica does.
    pub(super) fn go_on(&mut self, frame: u32, observer: &mut impl Observer) {
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
    pub(in crate::simulation) fn drop_frame(&mut self, frame: u32, observer: &mut impl Observer) -> Frame {
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
    pub(in crate::simulation) fn context_of(&self, attempt: &Attempt) -> Context {
        let parent = server_id(self.attempt_key(attempt));
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
