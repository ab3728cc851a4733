//! Calls: where they lead, and how their clients treat them.

use super::Check;
use super::bounds::DURATION_NS_MAX;
use crate::blueprint::{CallSpec, ClientSpec, Problem};
use crate::kernel::id::PieceId;

impl Check<'_> {
    pub(super) fn call(&mut self, id: PieceId, call: &CallSpec) {
        self.client(id, &call.client);
        let Some(to) = call.to else { return };
        let leads = self.links.contains(&(id, to));
        if !leads || !self.answers(to) {
            let allowed = "a service, a balancer, a gateway or a broker that a pipe from here leads to";
            self.problems.push(Problem::NoSuch { id, field: "call", piece: to, allowed });
        }
    }

    pub(super) fn client(&mut self, id: PieceId, client: &ClientSpec) {
        let time = 1..=DURATION_NS_MAX;
        self.require(time.contains(&client.timeout_ns), id, "timeout_ns", "from 1 ns to ten years");
        let tries = client.try_timeout_ns.is_none_or(|ns| time.contains(&ns));
        self.require(tries, id, "try_timeout_ns", "from 1 ns to ten years");
        if let Some(retry) = &client.retry {
            self.require((1..=100).contains(&retry.retries), id, "retries", "from 1 to 100");
            retry.backoff.check(&mut self.of(id));
            retry.budget.check(&mut self.of(id));
        }
        if let Some(hedge) = &client.hedge {
            hedge.check(&mut self.of(id));
        }
        if let Some(breaker) = &client.breaker {
            breaker.check(&mut self.of(id));
        }
        if let Some(bulkhead) = &client.bulkhead {
            bulkhead.check(&mut self.of(id));
        }
    }
}
