//! What each event does.

use super::{Event, Node, Simulation};
use crate::call::request::{Cause, HOPS_MAX, Outcome, Place, Request};
use crate::call::slab::Ticket;
use crate::fact::{Fact, Observer};
use crate::kernel::id::RequestId;
use crate::kernel::random::Purpose;
use crate::net::pipe::{Direction, Payload};
use crate::service::station::Admission;

impl Simulation {
    pub(super) fn handle(&mut self, event: Event, observer: &mut impl Observer) {
        match event {
            Event::Issue { spring } => self.issue(spring, observer),
            Event::Arrive { pipe, direction, slot } => self.arrive(pipe, direction, slot, observer),
            Event::Finish { station, slot } => self.finish(station, slot, observer),
            Event::Timeout { ticket } => self.time_out(ticket, observer),
        }
    }

    fn issue(&mut self, index: u32, observer: &mut impl Observer) {
        let spring = &mut self.springs[index as usize];
        let id = RequestId { spring: spring.spec.id, number: spring.issued };
        let (timeout_ns, outlet) = (spring.spec.timeout_ns, spring.outlet);
        spring.issued += 1;
        self.totals.issued += 1;
        self.schedule_next_issue(index);
        self.fold(&[1, id.spring.0, id.number]);
        observer.fact(self.now, &Fact::Issued { request: id });
        let ticket = self.requests.insert(Request::new(id, index, self.now));
        match outlet.filter(|&pipe| !self.pipes[pipe as usize].pipe.shut) {
            Some(pipe) => {
                self.events.push(self.now.plus_ns(timeout_ns), Event::Timeout { ticket });
                self.enter(pipe, Direction::Forward, ticket.slot, Payload::Request, observer);
            }
            None => {
                self.requests.at(ticket.slot).refusal = Some((Outcome::NoRoute, Cause::NoRoute(id.spring)));
                self.end(ticket.slot, observer);
                self.requests.remove(ticket.slot);
            }
        }
    }

    /// A message comes to a pipe's entrance. Where the pipe cannot take it, the message is lost: the request waits,
    /// unheard, until its client gives up.
    fn enter(&mut self, index: u32, way: Direction, slot: u32, payload: Payload, observer: &mut impl Observer) {
        let now = self.now;
        let request = self.requests.at(slot);
        let spec = &self.springs[request.spring as usize].spec;
        let bytes = if payload == Payload::Response { spec.response_bytes } else { spec.request_bytes };
        let pipe = &mut self.pipes[index as usize].pipe;
        if way == Direction::Forward {
            request.path[usize::from(request.depth)] = index;
            request.depth += 1;
        }
        match pipe.enter(way, now, request.id, payload, bytes) {
            Some(hop) => {
                request.move_to(now, Place::Pipe(index));
                self.events.push(hop.exit_at, Event::Arrive { pipe: index, direction: way, slot });
                observer.fact(now, &Fact::Entered { pipe: pipe.id, direction: way, hop });
            }
            None => {
                request.move_to(now, Place::Lost(index));
                observer.fact(now, &Fact::Lost { pipe: pipe.id, request: request.id });
                let (id, done) = (request.id, request.done);
                self.fold(&[7, id.spring.0, id.number]);
                if done {
                    self.let_go(slot);
                }
            }
        }
    }

    fn arrive(&mut self, index: u32, way: Direction, slot: u32, observer: &mut impl Observer) {
        let link = &mut self.pipes[index as usize];
        let (node, pipe_id) = (if way == Direction::Forward { link.to } else { link.from }, link.pipe.id);
        let payload = link.pipe.leave(way).map_or(Payload::Error, |hop| hop.payload);
        let request = self.requests.at(slot);
        if way == Direction::Backward {
            request.depth -= 1;
        }
        let id = request.id;
        self.fold(&[2, pipe_id.0, id.number]);
        match (node, way) {
            (Node::Station(station), _) => self.admit(station, slot, observer),
            (Node::Balancer(balancer), Direction::Forward) => self.balance(balancer, slot, observer),
            (Node::Balancer(balancer), Direction::Backward) => {
                self.balancers[balancer as usize].release(index);
                self.go_back(slot, payload, observer);
            }
            (Node::Spring(_), _) => {
                self.end(slot, observer);
                self.requests.remove(slot);
            }
        }
    }

    fn balance(&mut self, index: u32, slot: u32, observer: &mut impl Observer) {
        let request = self.requests.at(slot);
        let id = request.id;
        let too_deep = usize::from(request.depth) >= HOPS_MAX;
        let balancer = &mut self.balancers[index as usize];
        let chosen = if too_deep { None } else { balancer.choose(id.key(self.key)) };
        match chosen {
            Some(pipe) => {
                let fact = Fact::Chosen { balancer: balancer.id, pipe: self.pipes[pipe as usize].pipe.id, request: id };
                observer.fact(self.now, &fact);
                self.enter(pipe, Direction::Forward, slot, Payload::Request, observer);
            }
            None => {
                request.refusal = Some((Outcome::NoRoute, Cause::NoRoute(balancer.id)));
                self.go_back(slot, Payload::Error, observer);
            }
        }
    }

    fn admit(&mut self, index: u32, slot: u32, observer: &mut impl Observer) {
        let request = self.requests.at(slot);
        request.service = Some(index);
        let id = request.id;
        let station = &mut self.stations[index as usize];
        match station.arrive(self.now, slot) {
            Admission::Begin => self.begin(index, slot, observer),
            Admission::Wait => request.move_to(self.now, Place::Queue(index)),
            Admission::Reject => {
                request.refusal = Some((Outcome::Rejected, Cause::Full(station.id)));
                observer.fact(self.now, &Fact::Rejected { service: station.id, request: id });
                self.go_back(slot, Payload::Error, observer);
            }
        }
    }

    fn begin(&mut self, index: u32, slot: u32, observer: &mut impl Observer) {
        let request = self.requests.at(slot);
        request.move_to(self.now, Place::Worker(index));
        let station = &self.stations[index as usize];
        let work_ns = station.service_time.sample_ns(&mut request.id.key(self.key).stream(Purpose::ServiceDemand));
        self.events.push(self.now.plus_ns(work_ns), Event::Finish { station: index, slot });
        observer.fact(self.now, &Fact::Began { service: station.id, request: request.id });
    }

    fn finish(&mut self, index: u32, slot: u32, observer: &mut impl Observer) {
        let id = self.requests.at(slot).id;
        let station = &mut self.stations[index as usize];
        let service = station.id;
        let next = station.finish(self.now);
        self.fold(&[3, service.0, id.number]);
        observer.fact(self.now, &Fact::Finished { service, request: id });
        if let Some(next) = next {
            self.begin(index, next, observer);
        }
        self.go_back(slot, Payload::Response, observer);
    }

    /// Sends an answer one pipe back.
    fn go_back(&mut self, slot: u32, payload: Payload, observer: &mut impl Observer) {
        let request = self.requests.at(slot);
        // A request stands at a service or balancer only after it came through a pipe.
        let pipe = request.path[usize::from(request.depth) - 1];
        self.enter(pipe, Direction::Backward, slot, payload, observer);
    }

    fn time_out(&mut self, ticket: Ticket, observer: &mut impl Observer) {
        let Some(request) = self.requests.get(ticket) else { return };
        request.settle(self.now);
        request.refusal = Some((Outcome::TimedOut, Cause::NoRoute(request.id.spring)));
        let lost = matches!(request.place, Place::Lost(_));
        self.end(ticket.slot, observer);
        if lost {
            self.let_go(ticket.slot);
        }
    }

    /// Forgets a lost request whose client has given up: each balancer that still waits for it counts it no longer.
    fn let_go(&mut self, slot: u32) {
        let request = *self.requests.at(slot);
        for &pipe in &request.path[..usize::from(request.depth)] {
            if let Node::Balancer(balancer) = self.pipes[pipe as usize].from {
                self.balancers[balancer as usize].release(pipe);
            }
        }
        self.requests.remove(slot);
    }
}
