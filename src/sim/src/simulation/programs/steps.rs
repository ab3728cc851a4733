//! Steps: what each operation of a program does.

use super::Next;
use crate::call::attempt::Flag;
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::random::Purpose;
use crate::service::program::Op;
use crate::simulation::Simulation;
use crate::simulation::programs::frame::{Frame, Waiting};

impl Simulation {
    pub(super) fn operate(&mut self, frame: u32, op: Op, observer: &mut impl Observer) -> Next {
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
        if stretches {
            self.attempts.at(run.slot).set(Flag::Worked);
        }
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

    pub(super) fn touch_store(&mut self, run: &Frame, observer: &mut impl Observer) {
        let station = &mut self.stations[usize::from(run.station)];
        let operation = run.context.operation.map(|operation| operation.child(u64::from(run.pc)));
        let written = run.waiting == Waiting::Write
            && operation.is_none_or(|operation| station.kept_keys.is_new(self.now, operation.bits()));
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
}
