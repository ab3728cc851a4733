//! Gateways route each request by its path, or turn it away. What they share with balancers is in `forward`.

use super::Simulation;
use crate::blueprint::EndpointId;
use crate::call::attempt::{HOPS_MAX, NONE};
use crate::call::gateway::Decision;
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::traffic::classes;

impl Simulation {
    /// A request comes to a gateway.
    #[inline(never)]
    pub(super) fn pass_gateway(&mut self, slot: u32, index: u16, observer: &mut impl Observer) {
        let attempt = *self.attempts.get(slot);
        let request = self.request_of(slot);
        let (key, path) = (self.attempt_key(&attempt), self.path_of(request));
        let too_far = attempt.trail != NONE && self.trails.depth(attempt.trail) >= HOPS_MAX;
        let hub = &mut self.balancers[usize::from(index)];
        let id = hub.balancer.id;
        let Some(gateway) = &mut hub.gateway else { return };
        let (outcome, cause) = match gateway.decide(id, self.now, path, key) {
            Decision::To(target) if !too_far && hub.balancer.send_to(target) => {
                self.lead_on(slot, index, target, observer);
                return;
            }
            Decision::Limited => (Outcome::Rejected, Cause::Limited(id)),
            Decision::To(_) | Decision::NoRoute => (Outcome::NoRoute, Cause::NoRoute(id)),
        };
        if outcome == Outcome::Rejected {
            observer.fact(self.now, &Fact::Rejected { service: id, request, cause });
        }
        self.fail(slot, outcome, cause);
        self.go_back(slot, observer);
    }

    /// The path of a request: its class follows from the request alone.
    fn path_of(&self, request: RequestId) -> EndpointId {
        let spring = self.springs.iter().find(|spring| spring.id == request.spring);
        spring.map_or(EndpointId::MAIN, |spring| {
            let weights = spring.classes.iter().map(|class| class.weight);
            spring.classes[classes::nth(spring.key.child(request.number), weights)].path
        })
    }
}
