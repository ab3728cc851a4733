//! Ends: a call is over, by an answer, by its deadline, or because nobody waits for it.

use crate::call::attempt::NONE;
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::{OUTSTANDING_MAX, Owner};
use crate::fact::Observer;
use crate::observe::ledger::{Ledger, Part};
use crate::simulation::Simulation;

impl Simulation {
    /// A call's deadline has come.
    pub(in crate::simulation) fn deadline(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        // Epochs come round in time, and deadlines lie far ahead: the record must be one whose deadline this is.
        let now = self.now;
        if self.calls.current(call, epoch).is_none_or(|record| record.ended || record.context.deadline != now) {
            return;
        }
        let snapshot = self.call_ledger_now(call);
        let outstanding = self.calls.get(call).outstanding().collect::<OutstandingSlots>();
        // The record lives as long as its attempts do, and they may be gone at once.
        self.calls.at(call).live += 1;
        for &slot in outstanding.as_slice() {
            self.close_attempt(slot, Outcome::TimedOut, observer);
            self.orphan(slot, call, observer);
        }
        let cause = self.attribution.then(|| {
            let (part, piece) = snapshot.slowest();
            snapshot.failure().map_or_else(|| self.cause_of(part, piece), |(_, cause)| cause)
        });
        if self.attribution {
            self.call_ledgers[call as usize] = snapshot;
        }
        self.end_call(call, Outcome::TimedOut, cause, observer);
        self.forget_attempt(call);
    }

    /// A call ends, for whoever waits for it.
    pub(super) fn end_call(&mut self, call: u32, outcome: Outcome, cause: Option<Cause>, observer: &mut impl Observer) {
        self.calls.at(call).live += 1;
        self.drop_outstanding(call, observer);
        self.close_call(call, observer);
        let record = *self.calls.get(call);
        let mut ledger = Ledger::default();
        if self.attribution {
            let own = &mut self.call_ledgers[call as usize];
            own.book(self.now, Part::Client, record.site);
            own.set_failure(cause.map(|cause| (outcome, cause)));
            ledger = *own;
        }
        self.tell_call(&record, &ledger, outcome, observer);
        match record.owner {
            Owner::Spring => {
                let request = record.context.root;
                self.tell_end(request, record.started, outcome, &ledger, observer);
                self.count_end(record.site, request.number, outcome);
            }
            Owner::Frame { frame, epoch } => {
                self.child_ended(frame, epoch, &record, outcome, &ledger, observer);
            }
            Owner::Partition { broker, partition } => {
                let cause = ledger.failure().map(|(_, cause)| cause);
                self.delivered((broker, partition), outcome, cause, observer);
            }
        }
        self.forget_attempt(call);
    }

    /// A call's books are closed: it counts no longer anywhere.
    fn close_call(&mut self, call: u32, observer: &mut impl Observer) {
        let now = self.now;
        let record = self.calls.at(call);
        record.ended = true;
        let (waits, enters, budgeted, index) = (record.waits, record.enters, record.budgeted, record.site);
        record.waits = false;
        record.enters = false;
        record.budgeted = false;
        let site = &mut self.sites[usize::from(index)];
        site.active -= 1;
        if budgeted && let Some(budget) = &mut site.budget {
            budget.retry_ended(now);
        }
        if waits && let Some(bulkhead) = &mut site.bulkhead {
            bulkhead.remove_waiting(call);
        }
        if (waits || enters)
            && let Some(breaker) = &mut site.breaker
        {
            breaker.abandon(now);
            self.tell_breaker(index, observer);
        }
        if enters {
            self.leave_bulkhead(index);
        }
    }

    /// Gives up the attempts that a call still waits for.
    fn drop_outstanding(&mut self, call: u32, observer: &mut impl Observer) {
        let outstanding = self.calls.get(call).outstanding().collect::<OutstandingSlots>();
        for &slot in outstanding.as_slice() {
            let record = self.calls.at(call);
            record.forget(slot);
            let index = record.site;
            let site = &mut self.sites[usize::from(index)];
            site.timers.remove(&mut self.attempts, slot);
            if let Some(breaker) = &mut site.breaker {
                breaker.abandon(self.now);
            }
            self.tell_breaker(index, observer);
            self.leave_bulkhead(index);
            self.tell_attempt(slot, Outcome::TimedOut, observer);
            self.orphan(slot, call, observer);
        }
    }

    /// Nobody waits for a call any longer.
    pub(in crate::simulation) fn abandon_call(&mut self, call: u32, observer: &mut impl Observer) {
        self.calls.at(call).live += 1;
        let ledger = self.call_ledger_now(call);
        self.drop_outstanding(call, observer);
        self.close_call(call, observer);
        let record = *self.calls.get(call);
        self.tell_call(&record, &ledger, Outcome::TimedOut, observer);
        self.forget_attempt(call);
    }

    /// One attempt fewer refers to a call; the last one takes an ended call with it.
    pub(in crate::simulation) fn forget_attempt(&mut self, call: u32) {
        let record = self.calls.at(call);
        record.live -= 1;
        if record.live == 0 && record.ended {
            self.calls.remove(call);
        }
    }
}

/// The attempts that a call waited for.
struct OutstandingSlots {
    slots: [u32; OUTSTANDING_MAX],
    len: usize,
}

impl OutstandingSlots {
    fn as_slice(&self) -> &[u32] {
        &self.slots[..self.len]
    }
}

impl FromIterator<u32> for OutstandingSlots {
    fn from_iter<I: IntoIterator<Item = u32>>(iter: I) -> Self {
        let mut all = Self { slots: [NONE; OUTSTANDING_MAX], len: 0 };
        for slot in iter {
            all.slots[all.len] = slot;
            all.len += 1;
        }
        all
    }
}
