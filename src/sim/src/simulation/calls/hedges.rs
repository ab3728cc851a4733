//! Hedges: a second attempt beside the first.

use crate::call::bulkhead::Bulkhead;
use crate::fact::{Fact, Observer};
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};

impl Simulation {
    pub(super) fn plan_hedge(&mut self, call: u32, site: u16) {
        let client = &self.sites[usize::from(site)].client;
        let Some(hedge) = client.hedge else { return };
        let most = client.retry.as_ref().map_or(u32::MAX, |retry| retry.budget.attempts_max());
        let record = self.calls.at(call);
        // What must not be done twice is not sent twice.
        if record.context.repeatable && u32::from(record.hedges) < hedge.max && u32::from(record.tries) < most {
            record.hedge_at = self.now.plus_ns(hedge.delay_ns);
            let at = record.hedge_at;
            let epoch = self.calls.epoch(call);
            self.events.push(at, Event::new(Kind::Hedge, epoch, call));
        }
    }

    /// No answer yet: it is time for a second attempt beside the first.
    pub(in crate::simulation) fn hedge(&mut self, call: u32, epoch: u16, observer: &mut impl Observer) {
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
}
