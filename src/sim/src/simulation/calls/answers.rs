//! Answers: what an attempt's answer, failure or timeout means to its call.

use crate::call::attempt::{Attempt, Flag};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::Observer;
use crate::kernel::time::Time;
use crate::observe::ledger::{Ledger, Part};
use crate::simulation::Simulation;

impl Simulation {
    /// An attempt's answer, or the news that there is no way, has come to its call.
    #[inline(never)]
    pub(in crate::simulation) fn answer_call(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let (call, outcome, started): (u32, Outcome, Time) = (attempt.tag, attempt.outcome(), attempt.started);
        let site = self.calls.get(call).site;
        if self.now.since_ns(started) >= self.sites[usize::from(site)].timers.timeout_ns {
            self.reply_too_late(slot, site, observer);
            return;
        }
        let ledger = self.ledger_now(slot);
        self.close_attempt(slot, outcome, observer);
        if outcome == Outcome::Answered {
            self.absorb(call, attempt.started, &ledger);
            self.free(slot);
            let now = self.now;
            if let Some(budget) = self.budget_of(call) {
                budget.on_success(now);
            }
            self.end_call(call, Outcome::Answered, None, observer);
        } else {
            self.attempt_failed(&attempt, outcome, &ledger, observer);
            self.free(slot);
        }
    }

    /// An attempt has not answered within its own timeout.
    pub(in crate::simulation) fn attempt_timed_out(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let call = attempt.tag;
        // A copy: whoever works on the attempt may go on, and so do its own books.
        let mut ledger = self.ledger_now(slot);
        self.close_attempt(slot, Outcome::TimedOut, observer);
        if self.attribution {
            let (part, piece) = ledger.slowest();
            let lost = self.ledgers[slot as usize].failure();
            let cause = lost.map_or_else(|| self.cause_of(part, piece), |(_, cause)| cause);
            ledger.set_failure(Some((Outcome::TimedOut, cause)));
        }
        // The attempt may be gone at once; its slot is not looked at again. The record lives as long as its attempts do.
        self.calls.at(call).live += 1;
        self.orphan(slot, call, observer);
        self.attempt_failed(&attempt, Outcome::TimedOut, &ledger, observer);
        self.forget_attempt(call);
    }

    /// Books an attempt's end with breaker and bulkhead, and takes it off its call's list.
    pub(super) fn close_attempt(&mut self, slot: u32, outcome: Outcome, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let record = self.calls.at(attempt.tag);
        record.forget(slot);
        let index = record.site;
        let site = &mut self.sites[usize::from(index)];
        site.timers.remove(&mut self.attempts, slot);
        if let Some(breaker) = &mut site.breaker {
            let started: Time = attempt.started;
            breaker.record(self.now, outcome == Outcome::Answered, self.now.since_ns(started));
        }
        self.tell_breaker(index, observer);
        self.leave_bulkhead(index);
        self.tell_attempt(slot, outcome, observer);
    }

    /// An attempt has failed: the call goes on with another, or ends.
    fn attempt_failed(&mut self, attempt: &Attempt, outcome: Outcome, ledger: &Ledger, observer: &mut impl Observer) {
        let (now, call) = (self.now, attempt.tag);
        if let Some(budget) = self.budget_of(call) {
            budget.on_failure(now);
        }
        if self.calls.get(call).outstanding().next().is_some() {
            // A hedge is still under way.
            return;
        }
        self.absorb(call, attempt.started, ledger);
        if !self.plan_retry(call, outcome, attempt.is(Flag::Worked), observer) {
            let cause = self.failure_of(call);
            self.end_call(call, outcome, cause, observer);
        }
    }

    fn failure_of(&self, call: u32) -> Option<Cause> {
        let ledger = self.call_ledgers.get(call as usize)?;
        ledger.failure().map(|(_, cause)| cause)
    }

    /// Takes the ledger of an attempt into its call's; what lies between them the client has waited.
    fn absorb(&mut self, call: u32, started: Time, ledger: &Ledger) {
        if !self.attribution {
            return;
        }
        let site = self.calls.get(call).site;
        let own = &mut self.call_ledgers[call as usize];
        if own.since < started {
            own.book(started, Part::Client, site);
        }
        own.set_failure(None);
        own.absorb(ledger);
    }
}
