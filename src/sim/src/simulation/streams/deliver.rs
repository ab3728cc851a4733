//! Delivering: a partition's oldest event goes to its member; when that has answered it is committed, and the next one goes.

use crate::call::outcome::{Cause, Outcome};
use crate::call::record::{Context, Owner};
use crate::fact::{Fact, Observer};
use crate::platform::stream::Delivery;
use crate::simulation::Simulation;
use crate::simulation::event::{Event, Kind};

impl Simulation {
    /// Delivers a partition's oldest event, where one waits for that and a member can be reached.
    pub(in crate::simulation) fn deliver(&mut self, index: u16, partition: u16, observer: &mut impl Observer) {
        let broker = &mut self.brokers[usize::from(index)];
        let Some(member) = broker.serving(partition) else { return };
        let each = &mut broker.partitions[usize::from(partition)];
        let Some(&event) = each.next() else { return };
        each.delivery = Delivery::UnderWay;
        let key = event.key.child(u64::from(each.tries));
        each.tries = each.tries.saturating_add(1);
        each.delivered += 1;
        let timeout_ns = self.sites[usize::from(member.site)].client.timeout_ns;
        let context = Context { deadline: self.now.plus_ns(timeout_ns), ..event.context };
        self.start_call(member.site, Owner::Partition { broker: index, partition }, context, key, observer);
    }

    /// The delivery of a partition's oldest event has ended.
    #[inline(never)]
    pub(in crate::simulation) fn delivered(
        &mut self,
        (index, partition): (u16, u16),
        outcome: Outcome,
        cause: Option<Cause>,
        observer: &mut impl Observer,
    ) {
        let now = self.now;
        let each = &mut self.brokers[usize::from(index)];
        let (broker, delay_ns) = (each.id, each.redeliver_backoff_ns);
        let each = &mut each.partitions[usize::from(partition)];
        debug_assert_eq!(each.delivery, Delivery::UnderWay, "one event at a time is under way");
        if outcome == Outcome::Answered {
            each.delivery = Delivery::Idle;
            each.tries = 0;
            each.committed += 1;
            let Some(event) = each.log.pop_front() else { return };
            let request = event.context.root;
            self.digest.fold(request.number << 8 | u64::from(partition) | 1 << 56);
            let took_ns = now.since_ns(event.at);
            observer.fact(now, &Fact::Committed { broker, partition, request, took_ns });
            self.deliver(index, partition, observer);
        } else {
            let until = now.plus_ns(delay_ns);
            each.delivery = Delivery::Waits { until };
            let tries = each.tries;
            self.events.push(until, Event::new(Kind::Redeliver, partition, u32::from(index)));
            let each = &self.brokers[usize::from(index)].partitions[usize::from(partition)];
            if let Some(request) = each.log.front().map(|event| event.context.root) {
                observer.fact(now, &Fact::Redelivered { broker, partition, request, tries, outcome, cause, delay_ns });
            }
        }
    }

    /// The back-off after a failed delivery ends.
    #[inline(never)]
    pub(in crate::simulation) fn redeliver(&mut self, index: u16, partition: u16, observer: &mut impl Observer) {
        let each = &mut self.brokers[usize::from(index)].partitions[usize::from(partition)];
        if each.delivery == (Delivery::Waits { until: self.now }) {
            each.delivery = Delivery::Idle;
            self.deliver(index, partition, observer);
        }
    }

    /// A pipe that leaves a broker has been shut or opened: partitions are dealt out anew. What is under way stays so.
    pub(in crate::simulation) fn regroup(&mut self, index: u16, pipe: u16, open: bool, observer: &mut impl Observer) {
        let broker = &mut self.brokers[usize::from(index)];
        broker.members.iter_mut().filter(|member| member.pipe == pipe).for_each(|member| member.open = open);
        for partition in 0..broker.partitions.len() as u16 {
            self.deliver(index, partition, observer);
        }
    }
}
