//! The end of a request, as its client sees it: counted once, with where its time went and what is to blame.

use super::Simulation;
use crate::call::request::{Cause, Outcome, Place, Request};
use crate::fact::{Fact, Observer};

impl Simulation {
    /// Ends a request for its client. A second end of the same request is not one.
    pub(super) fn end(&mut self, slot: u32, observer: &mut impl Observer) {
        let request = self.requests.at(slot);
        if request.done {
            return;
        }
        request.settle(self.now);
        request.done = true;
        let request = *request;
        let (outcome, cause) = match request.refusal {
            None => (Outcome::Answered, self.slowest(&request)),
            Some((Outcome::TimedOut, _)) => (Outcome::TimedOut, self.slowest(&request)),
            Some(refusal) => refusal,
        };
        let counter = match outcome {
            Outcome::Answered => &mut self.totals.answered,
            Outcome::TimedOut => &mut self.totals.timed_out,
            Outcome::Rejected => &mut self.totals.rejected,
            Outcome::NoRoute => &mut self.totals.no_route,
        };
        *counter += 1;
        self.fold(&[4, outcome as u64, request.id.number]);
        let (id, issued_at, parts) = (request.id, request.issued_at, request.parts);
        debug_assert_eq!(parts.total_ns(), self.now.since_ns(issued_at), "the parts of {id} add up");
        observer.fact(self.now, &Fact::Ended { request: id, issued_at, outcome, parts, cause });
    }

    /// What took the largest part of a request's time.
    fn slowest(&self, request: &Request) -> Cause {
        if let Place::Lost(pipe) = request.place {
            return Cause::Lost(self.pipes[pipe as usize].pipe.id);
        }
        let parts = request.parts;
        let most = parts.network_ns.max(parts.queue_ns).max(parts.service_ns);
        match request.service {
            Some(service) if parts.queue_ns == most => Cause::Queue(self.stations[service as usize].id),
            Some(service) if parts.service_ns == most => Cause::Service(self.stations[service as usize].id),
            _ => Cause::Pipe(self.pipes[request.slowest_pipe.0 as usize].pipe.id),
        }
    }
}
