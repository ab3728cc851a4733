//! Springs issue requests.

use super::Simulation;
use super::event::{Event, Kind};
use crate::call::attempt::Attempt;
use crate::call::record::{Context, Owner};
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use crate::traffic::keys::KeySampler;
use crate::traffic::{Traffic, classes};

/// Most requests of one spring: their numbers take 32 bits.
const REQUESTS_MAX: u64 = u32::MAX as u64;

impl Simulation {
    /// An open spring's time has come.
    #[inline(always)]
    pub(super) fn issue_open(&mut self, index: u16, observer: &mut impl Observer) {
        let spring = &mut self.springs[usize::from(index)];
        let number = spring.next_number;
        spring.next_number += 1;
        self.schedule_next_issue(index);
        self.issue(index, number, observer);
    }

    /// A user of a closed spring asks again.
    #[inline(never)]
    pub(super) fn issue_closed(&mut self, index: u16, user: u32, observer: &mut impl Observer) {
        let spring = &mut self.springs[usize::from(index)];
        let users = spring.users.len() as u64;
        let asked = &mut spring.users[user as usize];
        let number = u64::from(*asked) * users + u64::from(user);
        *asked = asked.saturating_add(1);
        self.issue(index, number, observer);
    }

    /// A request of a closed spring has ended: its user thinks, then asks again.
    #[inline(never)]
    pub(super) fn think(&mut self, index: u16, number: u64) {
        let spring = &self.springs[usize::from(index)];
        let Traffic::Closed { think, .. } = &spring.traffic else { return };
        let users = spring.users.len() as u64;
        let think_ns = think.sample_ns(&mut spring.key.child(number).stream(Purpose::Think));
        let at = self.now.plus_ns(think_ns);
        if at < spring.stop_at && number + users < REQUESTS_MAX {
            self.events.push(at, Event::new(Kind::Ask, index, (number % users) as u32));
        }
    }

    /// Asks an open spring's traffic for its next request. One that would come after the spring stops never comes.
    #[inline(always)]
    pub(super) fn schedule_next_issue(&mut self, index: u16) {
        let spring = &mut self.springs[usize::from(index)];
        if spring.next_number >= REQUESTS_MAX {
            return;
        }
        if let Some(at) = spring.arrivals.next(spring.next_number, self.now).filter(|&at| at < spring.stop_at) {
            self.events.push(at, Event::new(Kind::Issue, 0, u32::from(index)));
        }
    }

    #[inline(always)]
    fn issue(&mut self, index: u16, number: u64, observer: &mut impl Observer) {
        let spring = &mut self.springs[usize::from(index)];
        spring.issued += 1;
        self.totals.issued += 1;
        let site = match &spring.classes[..] {
            [only] => only.site,
            several => {
                let nth = classes::nth(spring.key.child(number), several.iter().map(|class| class.weight));
                several[nth].site
            }
        };
        let request = RequestId { spring: spring.id, number };
        let sampled = self.attribution && observer.samples(request);
        observer.fact(self.now, &Fact::Issued { request });
        if self.sites[usize::from(site)].is_plain {
            self.sites[usize::from(site)].active += 1;
            let slot = self.set_out(Attempt::new(self.now, number as u32, site), sampled);
            self.depart(slot, site, observer);
        } else {
            self.issue_call(index, number, site, sampled, observer);
        }
    }

    /// Issues a request whose client does more than wait.
    #[inline(never)]
    fn issue_call(&mut self, index: u16, number: u64, site: u16, sampled: bool, observer: &mut impl Observer) {
        let key = self.springs[usize::from(index)].key.child(number);
        let context = self.root_context(index, number, site, key, sampled);
        let timeout_ns = self.sites[usize::from(site)].client.timeout_ns;
        let context = Context { deadline: self.now.plus_ns(timeout_ns), ..context };
        self.start_call(site, Owner::Spring, context, key, observer);
    }

    /// What travels with a request of that spring.
    pub(super) fn root_context(&self, spring: u16, number: u64, site: u16, key: Key, sampled: bool) -> Context {
        let each = &self.springs[usize::from(spring)];
        // The classes' sites are numbered in order.
        let class = &each.classes[usize::from(site - each.classes[0].site)];
        Context {
            root: RequestId { spring: each.id, number },
            data_key: class.keys.draw(&mut key.stream(Purpose::Key)),
            keyed: !matches!(class.keys, KeySampler::None),
            deadline: Time::MAX,
            priority: class.priority,
            repeatable: class.idempotent || class.idempotency_key,
            operation: class.idempotency_key.then_some(key),
            sampled,
            depth: 0,
            parent: 0,
        }
    }
}
