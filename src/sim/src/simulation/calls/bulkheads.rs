//! Bulkheads: calls wait for a place, get one, or are turned away.

use crate::call::outcome::{Cause, Outcome};
use crate::call::record::Call;
use crate::fact::{Fact, Observer};
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};

impl Simulation {
    /// A full bulkhead turns a call away.
    pub(super) fn keep_out(&mut self, call: u32, observer: &mut impl Observer) {
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
    pub(in crate::simulation) fn enter_bulkhead(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
        match self.calls.current(call, epoch) {
            Some(record) if record.enters => self.send_attempt(call, observer),
            // It has given up since, and its place has gone to another.
            _ => {}
        }
    }

    /// A call has waited for its bulkhead long enough.
    pub(in crate::simulation) fn leave_bulkhead_queue(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
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
}
