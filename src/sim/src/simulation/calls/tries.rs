//! Tries: a call asks breaker and bulkhead, sends an attempt, and tries again after a back-off.

use crate::call::attempt::{Attempt, Flag, NONE};
use crate::call::budget::Budget;
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::{Call, Context, Owner};
use crate::fact::{Fact, Observer};
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use crate::observe::ledger::Ledger;
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};

impl Simulation {
    /// Begins a call.
    pub(in crate::simulation) fn start_call(
        &mut self,
        site: u16,
        owner: Owner,
        context: Context,
        key: Key,
        observer: &mut impl Observer,
    ) {
        let call = self.insert_call(Call::new(site, owner, context, key, self.now));
        let epoch = self.calls.epoch(call);
        if let Owner::Frame { frame, .. } = owner {
            let first = std::mem::replace(&mut self.frames.at(frame).children, call);
            self.calls.at(call).sibling_next = first;
            if first != NONE {
                self.calls.at(first).sibling_prev = call;
            }
        }
        let each = &mut self.sites[usize::from(site)];
        each.active += 1;
        if let Some(budget) = &mut each.budget {
            budget.on_request(self.now);
        }
        if context.deadline <= self.now {
            // Its caller works on although nobody waits any longer: the call is over before it begins.
            let caller = each.caller;
            self.end_call(call, Outcome::TimedOut, Some(Cause::Expired(caller)), observer);
            return;
        }
        if context.deadline < Time::MAX {
            self.events.push(context.deadline, Event::new(Kind::Deadline, epoch, call));
        }
        self.try_call(call, observer);
    }

    pub(in crate::simulation) fn insert_call(&mut self, record: Call) -> u32 {
        let call = self.calls.insert(record);
        if self.attribution {
            if self.call_ledgers.len() <= call as usize {
                self.call_ledgers.resize(call as usize + 1, Ledger::default());
            }
            self.call_ledgers[call as usize] = Ledger::new(self.now);
        }
        call
    }

    /// Asks breaker and bulkhead, then sends an attempt.
    fn try_call(&mut self, call: u32, observer: &mut impl Observer) {
        let record = self.calls.get(call);
        let (index, request) = (record.site, record.context.root);
        let site = &mut self.sites[usize::from(index)];
        let caller = site.caller;
        let permitted = site.breaker.as_mut().is_none_or(|breaker| breaker.permit(self.now));
        self.tell_breaker(index, observer);
        if !permitted {
            observer.fact(self.now, &Fact::ShortCircuited { caller, request });
            self.end_call(call, Outcome::ShortCircuited, Some(Cause::Open(caller)), observer);
            return;
        }
        let site = &mut self.sites[usize::from(index)];
        if let Some(bulkhead) = &mut site.bulkhead
            && !bulkhead.try_enter()
        {
            let max_wait_ns = site.client.bulkhead.as_ref().map_or(0, |spec| spec.max_wait_ns);
            if max_wait_ns > 0 && bulkhead.push_waiting(call) {
                let wake_at = self.now.plus_ns(max_wait_ns);
                let record = self.calls.at(call);
                record.waits = true;
                record.wake_at = wake_at;
                let epoch = self.calls.epoch(call);
                self.events.push(wake_at, Event::new(Kind::Leave, epoch, call));
            } else {
                self.keep_out(call, observer);
            }
            return;
        }
        self.send_attempt(call, observer);
    }

    pub(super) fn send_attempt(&mut self, call: u32, observer: &mut impl Observer) {
        let record = self.calls.at(call);
        let number = record.tries;
        record.tries += 1;
        record.live += 1;
        record.waits = false;
        record.enters = false;
        let (site, sampled) = (record.site, record.context.sampled);
        let mut attempt = Attempt::new(self.now, call, number);
        attempt.set(Flag::Recorded);
        let slot = self.set_out(attempt, sampled);
        self.calls.at(call).expect(slot);
        self.plan_hedge(call, site);
        self.depart(slot, site, observer);
    }

    /// Whether the call tries again, after a while. `worked`: the try that failed had been begun with.
    pub(super) fn plan_retry(
        &mut self,
        call: u32,
        outcome: Outcome,
        worked: bool,
        observer: &mut impl Observer,
    ) -> bool {
        let now = self.now;
        let record = *self.calls.get(call);
        let site = &mut self.sites[usize::from(record.site)];
        let Some(retry) = &site.client.retry else { return false };
        let wanted = match outcome {
            Outcome::TimedOut => retry.on.timeout && record.context.repeatable,
            Outcome::Failed => retry.on.failed && record.context.repeatable,
            Outcome::Rejected => retry.on.rejected && (record.context.repeatable || !worked),
            Outcome::NoRoute => retry.on.no_route,
            Outcome::Answered | Outcome::ShortCircuited => false,
        };
        let sent = u32::from(record.tries);
        if !wanted || u32::from(record.retries) >= retry.retries || sent >= retry.budget.attempts_max() {
            return false;
        }
        let mut draw = record.key.child(u64::from(record.retries)).stream(Purpose::Backoff);
        let delay_ns = retry.backoff.delay_ns(u32::from(record.retries) + 1, record.previous_delay_ns, &mut draw);
        let wake_at = now.plus_ns(delay_ns);
        if wake_at >= record.context.deadline {
            return false;
        }
        if record.budgeted
            && let Some(budget) = &mut site.budget
        {
            budget.retry_ended(now);
        }
        let active = site.active;
        let allowed = site.budget.as_mut().is_none_or(|budget| budget.try_retry(now, active));
        let caller = site.caller;
        let record = self.calls.at(call);
        record.budgeted = allowed;
        if !allowed {
            return false;
        }
        record.retries += 1;
        record.previous_delay_ns = delay_ns;
        record.wake_at = wake_at;
        record.hedge_at = Time::MAX;
        let (request, retries) = (record.context.root, record.retries);
        let epoch = self.calls.epoch(call);
        self.events.push(wake_at, Event::new(Kind::Retry, epoch, call));
        observer.fact(now, &Fact::Retried { caller, request, retries, delay_ns });
        true
    }

    /// A back-off has ended.
    pub(in crate::simulation) fn retry(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        let now = self.now;
        let Some(record) = self.calls.current(call, epoch) else { return };
        if record.ended || record.wake_at != now {
            return;
        }
        record.wake_at = Time::MAX;
        self.try_call(call, observer);
    }

    pub(super) fn budget_of(&mut self, call: u32) -> Option<&mut Budget> {
        let site = self.calls.get(call).site;
        self.sites[usize::from(site)].budget.as_mut()
    }

    /// A breaker may have changed its mind, perhaps a while ago: it looks at its window only when it is asked.
    pub(super) fn tell_breaker(&mut self, index: u16, observer: &mut impl Observer) {
        let site = &mut self.sites[usize::from(index)];
        let Some(state) = site.breaker.as_ref().map(|breaker| breaker.state(self.now)) else { return };
        if std::mem::replace(&mut site.breaker_told, state) != state {
            observer.fact(self.now, &Fact::BreakerTurned { caller: site.caller, site: site.id, state });
        }
    }
}
