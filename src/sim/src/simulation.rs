//! The driver: takes events from the list in order and moves requests from piece to piece.
//!
//! A request's life: a spring issues it -> pipes and balancers carry it forward -> a service queues it and works on it
//! -> the response goes back through the same pipes -> its client has it. If the client's timeout comes first, the
//! request has ended for the client, but its work goes on: nobody has told the service.

mod build;
mod flow;
mod tell;

use crate::blueprint::{Blueprint, Problem, SpringSpec};
use crate::call::balancer::Balancer;
use crate::call::slab::{Slab, Ticket};
use crate::command::{Action, Refusal};
use crate::fact::{Fact, Observer};
use crate::kernel::digest::Digest;
use crate::kernel::event_list::EventList;
use crate::kernel::random::Key;
use crate::kernel::time::Time;
use crate::net::pipe::{Direction, Pipe};
use crate::service::station::Station;
use crate::view::{Totals, View};

/// A run: one blueprint, one seed, and the commands so far. Cloning it costs what is in flight, not what has happened.
#[derive(Clone, Debug)]
pub struct Simulation {
    key: Key,
    now: Time,
    events: EventList<Event>,
    digest: Digest,
    pub(crate) requests: Slab,
    pub(crate) springs: Vec<Spring>,
    pub(crate) stations: Vec<Station>,
    pub(crate) balancers: Vec<Balancer>,
    pub(crate) pipes: Vec<Link>,
    pub(crate) totals: Totals,
}

/// A spring in a run.
#[derive(Clone, Debug)]
pub(crate) struct Spring {
    pub spec: SpringSpec,
    pub issued: u64,
    pub outlet: Option<u32>,
}

/// A pipe in a run, and what it joins.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub pipe: Pipe,
    pub from: Node,
    pub to: Node,
}

/// A piece at the end of a pipe, by index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Node {
    Spring(u32),
    Balancer(u32),
    Station(u32),
}

/// What can happen next.
#[derive(Clone, Copy, Debug)]
enum Event {
    Issue { spring: u32 },
    Arrive { pipe: u32, direction: Direction, slot: u32 },
    Finish { station: u32, slot: u32 },
    Timeout { ticket: Ticket },
}

impl Simulation {
    /// Builds a run.
    ///
    /// # Errors
    /// All reasons for which the blueprint is refused.
    pub fn new(blueprint: &Blueprint, seed: u64) -> Result<Self, Vec<Problem>> {
        blueprint.check()?;
        Ok(Self::build(blueprint, seed))
    }

    /// The present time.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Handles every event before `until` and makes it the present time. A time in the past changes nothing.
    pub fn advance_to(&mut self, until: Time, observer: &mut impl Observer) {
        while let Some((at, event)) = self.events.pop_before(until) {
            self.now = at;
            self.handle(event, observer);
        }
        self.now = self.now.max(until);
    }

    /// Handles just the next event, if it lies before `limit`. Says whether there was one.
    pub fn step(&mut self, limit: Time, observer: &mut impl Observer) -> bool {
        let Some((at, event)) = self.events.pop_before(limit) else { return false };
        self.now = at;
        self.handle(event, observer);
        true
    }

    /// When the next event happens, if any is pending.
    pub fn next_event_at(&self) -> Option<Time> {
        self.events.next_at()
    }

    /// Applies a command at the present time.
    ///
    /// # Errors
    /// The reason for which it is refused; then nothing has changed.
    pub fn apply(&mut self, action: Action, observer: &mut impl Observer) -> Result<(), Refusal> {
        match action {
            Action::SetPolicy { balancer, policy } => {
                let found = self.balancers.iter_mut().find(|b| b.id == balancer);
                found.ok_or(Refusal::NoSuchBalancer(balancer))?.policy = policy;
                self.fold(&[5, balancer.0, policy as u64]);
            }
            Action::SetShut { pipe, shut } => {
                let index = self.pipes.iter().position(|p| p.pipe.id == pipe).ok_or(Refusal::NoSuchPipe(pipe))?;
                self.set_shut(index, shut);
                self.fold(&[6, pipe.0, u64::from(shut)]);
            }
        }
        observer.fact(self.now, &Fact::Applied { action });
        Ok(())
    }

    /// The present state, read-only.
    pub fn view(&self) -> View<'_> {
        View(self)
    }

    /// A summary of all that has happened and of the present state.
    pub fn digest(&self) -> Digest {
        let mut digest = self.digest;
        digest.fold(self.now.as_ns());
        digest.fold(self.requests.len() as u64);
        let totals = [self.totals.issued, self.totals.answered, self.totals.timed_out, self.totals.rejected];
        totals.into_iter().chain([self.totals.no_route]).for_each(|n| digest.fold(n));
        self.stations.iter().for_each(|s| s.fold_into(&mut digest));
        self.balancers.iter().for_each(|b| b.fold_into(&mut digest));
        self.pipes.iter().for_each(|p| p.pipe.fold_into(&mut digest));
        digest
    }

    fn set_shut(&mut self, index: usize, shut: bool) {
        let link = &mut self.pipes[index];
        link.pipe.shut = shut;
        if let Node::Balancer(b) = link.from {
            let targets = &mut self.balancers[b as usize].targets;
            targets.iter_mut().filter(|t| t.pipe == index as u32).for_each(|t| t.open = !shut);
        }
    }

    fn fold(&mut self, words: &[u64]) {
        self.digest.fold(self.now.as_ns());
        words.iter().for_each(|&word| self.digest.fold(word));
    }
}
