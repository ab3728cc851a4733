//! The client's side of a call: tries, back-off, hedges, breakers, bulkheads, deadlines.

use super::Simulation;
use super::event::{Event, Kind};
use crate::call::attempt::{Attempt, Flag, NONE};
use crate::call::bulkhead::Bulkhead;
use crate::call::outcome::{Cause, Outcome};
use crate::call::record::{Call, Context, Owner};
use crate::fact::{Fact, Observer};
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use crate::observe::ledger::{Account, Ledger, Part};

impl Simulation {
    /// Begins a call.
    pub(super) fn start_call(
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

    pub(super) fn insert_call(&mut self, record: Call) -> u32 {
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

    /// A full bulkhead turns a call away.
    fn keep_out(&mut self, call: u32, observer: &mut impl Observer) {
        let record = self.calls.get(call);
        let (index, request) = (record.site, record.context.root);
        let site = &mut self.sites[usize::from(index)];
        let caller = site.caller;
        if let Some(breaker) = &mut site.breaker {
            // The breaker's permit was not used; Hystrix counts the rejection as an error, and so does this.
            breaker.record(self.now, false, 0);
        }
        self.tell_breaker(index, observer);
        observer.fact(self.now, &Fact::ShortCircuited { caller, request });
        self.end_call(call, Outcome::ShortCircuited, Some(Cause::Bulkhead(caller)), observer);
    }

    /// A bulkhead has room for a call that waited.
    pub(super) fn enter_bulkhead(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        match self.calls.current(call, epoch) {
            Some(record) if record.enters => self.send_attempt(call, observer),
            // It has given up since, and its place has gone to another.
            _ => {}
        }
    }

    /// A call has waited for its bulkhead long enough.
    pub(super) fn leave_bulkhead_queue(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        let now = self.now;
        // It may wait again, since a retry: then this is the end of an earlier wait.
        let waits = |record: &&mut Call| record.waits && record.wake_at == now;
        let Some(record) = self.calls.current(call, epoch).filter(waits) else { return };
        record.waits = false;
        let site = record.site;
        if let Some(bulkhead) = &mut self.sites[usize::from(site)].bulkhead {
            bulkhead.remove_waiting(call);
        }
        self.keep_out(call, observer);
    }

    fn send_attempt(&mut self, call: u32, observer: &mut impl Observer) {
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

    fn plan_hedge(&mut self, call: u32, site: u16) {
        let Some(hedge) = self.sites[usize::from(site)].client.hedge else { return };
        let record = self.calls.at(call);
        if u32::from(record.hedges) < hedge.max {
            record.hedge_at = self.now.plus_ns(hedge.delay_ns);
            let at = record.hedge_at;
            let epoch = self.calls.epoch(call);
            self.events.push(at, Event::new(Kind::Hedge, epoch, call));
        }
    }

    /// No answer yet: it is time for a second attempt beside the first.
    pub(super) fn hedge(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        let now = self.now;
        let Some(record) = self.calls.current(call, epoch) else { return };
        if record.ended || record.hedge_at != now || record.outstanding().next().is_none() {
            return;
        }
        let (site, request) = (record.site, record.context.root);
        let each = &mut self.sites[usize::from(site)];
        let caller = each.caller;
        // A hedge is only worth its place: where breaker or bulkhead have none, the first attempt stays alone.
        let permitted = each.breaker.as_mut().is_none_or(|breaker| breaker.permit(now));
        let enters = permitted && each.bulkhead.as_mut().is_none_or(Bulkhead::try_enter);
        if permitted
            && !enters
            && let Some(breaker) = &mut each.breaker
        {
            breaker.abandon(now);
        }
        self.tell_breaker(site, observer);
        if !enters {
            return;
        }
        self.calls.at(call).hedges += 1;
        observer.fact(now, &Fact::Hedged { caller, request });
        self.send_attempt(call, observer);
    }

    /// An attempt's answer, or the news that there is no way, has come to its call.
    pub(super) fn answer_call(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let (call, outcome) = (attempt.tag, attempt.outcome());
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
    pub(super) fn attempt_timed_out(&mut self, slot: u32, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let call = attempt.tag;
        // A copy: whoever works on the attempt may go on, and so do its own books.
        let mut ledger = self.ledger_now(slot);
        self.close_attempt(slot, Outcome::TimedOut, observer);
        if self.attribution {
            let (part, piece) = ledger.slowest();
            let lost = self.ledgers[slot as usize].failure;
            let cause = lost.map_or_else(|| self.cause_of(part, piece), |(_, cause)| cause);
            ledger.failure = Some((Outcome::TimedOut, cause));
        }
        // The attempt may be gone at once; its slot is not looked at again. The record lives as long as its attempts do.
        self.calls.at(call).live += 1;
        self.orphan(slot, call, observer);
        self.attempt_failed(&attempt, Outcome::TimedOut, &ledger, observer);
        self.forget_attempt(call);
    }

    /// Books an attempt's end with breaker and bulkhead, and takes it off its call's list.
    fn close_attempt(&mut self, slot: u32, outcome: Outcome, observer: &mut impl Observer) {
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

    /// A place in a bulkhead is free: the call that waits longest has it.
    pub(super) fn leave_bulkhead(&mut self, site: u16) {
        let Some(bulkhead) = &mut self.sites[usize::from(site)].bulkhead else { return };
        bulkhead.leave();
        if let Some(next) = bulkhead.pop_waiting() {
            let entered = bulkhead.try_enter();
            debug_assert!(entered, "a place has just become free");
            let record = self.calls.at(next);
            record.waits = false;
            record.enters = true;
            let epoch = self.calls.epoch(next);
            self.events.push(self.now, Event::new(Kind::Enter, epoch, next));
        }
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
        if !self.plan_retry(call, outcome, observer) {
            let cause = self.failure_of(call);
            self.end_call(call, outcome, cause, observer);
        }
    }

    /// Whether the call tries again, after a while.
    fn plan_retry(&mut self, call: u32, outcome: Outcome, observer: &mut impl Observer) -> bool {
        let now = self.now;
        let record = *self.calls.get(call);
        let site = &mut self.sites[usize::from(record.site)];
        let Some(retry) = &site.client.retry else { return false };
        let wanted = match outcome {
            Outcome::TimedOut => retry.on.timeout && record.context.idempotent,
            Outcome::Failed => retry.on.failed && record.context.idempotent,
            Outcome::Rejected => retry.on.rejected,
            Outcome::NoRoute => retry.on.no_route,
            Outcome::Answered | Outcome::ShortCircuited => false,
        };
        if !wanted || u32::from(record.retries) >= retry.retries {
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
    pub(super) fn retry(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        let now = self.now;
        let Some(record) = self.calls.current(call, epoch) else { return };
        if record.ended || record.wake_at != now {
            return;
        }
        record.wake_at = Time::MAX;
        self.try_call(call, observer);
    }

    /// A call's deadline has come.
    pub(super) fn deadline(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
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
            snapshot.failure.map_or_else(|| self.cause_of(part, piece), |(_, cause)| cause)
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
            own.failure = cause.map(|cause| (outcome, cause));
            ledger = *own;
        }
        self.tell_call(&record, &ledger, outcome, observer);
        match record.owner {
            Owner::Spring => {
                let number = record.context.root.number;
                self.end_request(
                    record.context.spring,
                    number,
                    record.started,
                    outcome,
                    &Account::of(&ledger),
                    observer,
                );
            }
            Owner::Frame { frame, epoch } => {
                self.child_ended(frame, epoch, &record, outcome, &ledger, observer);
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
    pub(super) fn abandon_call(&mut self, call: u32, observer: &mut impl Observer) {
        self.calls.at(call).live += 1;
        let ledger = self.call_ledger_now(call);
        self.drop_outstanding(call, observer);
        self.close_call(call, observer);
        let record = *self.calls.get(call);
        self.tell_call(&record, &ledger, Outcome::TimedOut, observer);
        self.forget_attempt(call);
    }

    /// One attempt fewer refers to a call; the last one takes an ended call with it.
    pub(super) fn forget_attempt(&mut self, call: u32) {
        let record = self.calls.at(call);
        record.live -= 1;
        if record.live == 0 && record.ended {
            self.calls.remove(call);
        }
    }

    fn budget_of(&mut self, call: u32) -> Option<&mut crate::call::budget::Budget> {
        let site = self.calls.get(call).site;
        self.sites[usize::from(site)].budget.as_mut()
    }

    fn failure_of(&self, call: u32) -> Option<Cause> {
        let ledger = self.call_ledgers.get(call as usize)?;
        ledger.failure.map(|(_, cause)| cause)
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
        own.failure = None;
        own.absorb(ledger);
    }
}

/// The attempts that a call waited for.
struct OutstandingSlots {
    slots: [u32; crate::call::record::OUTSTANDING_MAX],
    len: usize,
}

impl OutstandingSlots {
    fn as_slice(&self) -> &[u32] {
        &self.slots[..self.len]
    }
}

impl FromIterator<u32> for OutstandingSlots {
    fn from_iter<I: IntoIterator<Item = u32>>(iter: I) -> Self {
        let mut all = Self { slots: [NONE; crate::call::record::OUTSTANDING_MAX], len: 0 };
        for slot in iter {
            all.slots[all.len] = slot;
            all.len += 1;
        }
        all
    }
}
