//! Balancers choose where a request goes, and count who is still under way.

use super::{Node, Simulation, way};
use crate::call::attempt::{Flag, HOPS_MAX, NONE};
use crate::call::outcome::{Cause, Outcome};
use crate::fact::{Fact, Observer};
use crate::net::hop::Direction;

impl Simulation {
    /// A request comes to a balancer.
    #[inline(always)]
    pub(super) fn balance(&mut self, slot: u32, index: u16, observer: &mut impl Observer) {
        if self.balancers[usize::from(index)].gateway.is_some() {
            self.pass_gateway(slot, index, observer);
            return;
        }
        let attempt = self.attempts.get(slot);
        let key = self.attempt_key(attempt);
        let (tag, trail, came_by) = (attempt.tag, attempt.trail, attempt.pipe);
        let too_far = trail != NONE && self.trails.depth(trail) >= HOPS_MAX;
        // A retry avoids the targets that the call has tried, at the first balancer on its way.
        let recorded =
            attempt.is(Flag::Recorded) && !matches!(self.links[usize::from(came_by)].from, Node::Balancer(_));
        let tried = if recorded { self.calls.get(tag).tried } else { 0 };
        let hub = &mut self.balancers[usize::from(index)];
        let chosen = match tried {
            _ if too_far => None,
            0 => hub.balancer.choose(self.now, key),
            tried => hub.balancer.choose_avoiding(self.now, key, tried),
        };
        let Some(target) = chosen else {
            let cause = Cause::NoRoute(hub.balancer.id);
            self.fail(slot, Outcome::NoRoute, cause);
            self.go_back(slot, observer);
            return;
        };
        if recorded {
            self.calls.at(tag).tried |= 1u64.checked_shl(target as u32).unwrap_or(0);
        }
        self.lead_on(slot, index, target, observer);
    }

    /// Sends a request on to the target that was chosen for it.
    #[inline(always)]
    pub(super) fn lead_on(&mut self, slot: u32, index: u16, target: usize, observer: &mut impl Observer) {
        let hub = &self.balancers[usize::from(index)];
        if hub.ways_in > 1 || hub.balancer.wants_rtt() {
            let attempt = self.attempts.get(slot);
            let (trail, came_by) = (attempt.trail, attempt.pipe);
            let top = self.trails.push(trail, self.now, index, came_by);
            self.attempts.at(slot).trail = top;
        }
        let pipe = hub.balancer.targets[target].pipe as u16;
        if observer.follows() {
            let request = self.request_of(slot);
            let (balancer, pipe) = (hub.balancer.id, self.links[usize::from(pipe)].pipe.id);
            observer.fact(self.now, &Fact::Chosen { balancer, pipe, request });
        }
        self.enter(slot, pipe, Direction::Forward, observer);
    }

    /// An answer comes back to a balancer.
    #[inline(always)]
    pub(super) fn pass_back(&mut self, slot: u32, index: u16, target: u16, observer: &mut impl Observer) {
        let inbound = self.release(slot, index, target, true);
        self.enter(slot, inbound, Direction::Backward, observer);
    }

    /// Forgets an attempt that nobody hears of again: each balancer on its way counts it no longer.
    pub(super) fn let_go(&mut self, slot: u32) {
        loop {
            let pipe = self.attempts.get(slot).pipe;
            match self.links.get(usize::from(pipe)).map(|link| link.from) {
                Some(Node::Balancer(index)) => {
                    let target = self.ways[way(pipe, Direction::Forward)].target;
                    let inbound = self.release(slot, index, target, false);
                    self.attempts.at(slot).pipe = inbound;
                }
                _ => break,
            }
        }
        self.free(slot);
    }

    /// A balancer counts an attempt no longer. Gives the pipe through which the attempt came to it.
    #[inline(always)]
    fn release(&mut self, slot: u32, index: u16, target: u16, answered: bool) -> u16 {
        let attempt = self.attempts.at(slot);
        let hub = &mut self.balancers[usize::from(index)];
        let target = usize::from(target);
        if attempt.trail == NONE {
            hub.balancer.release(target, self.now, None);
            return hub.inbound;
        }
        let visit = self.trails.top(attempt.trail).filter(|visit| visit.balancer == index);
        if visit.is_some() {
            attempt.trail = self.trails.pop(attempt.trail);
        }
        let rtt_ns = visit.filter(|_| answered).map(|visit| self.now.since_ns(visit.at));
        hub.balancer.release(target, self.now, rtt_ns);
        visit.map_or(hub.inbound, |visit| visit.pipe)
    }
}
