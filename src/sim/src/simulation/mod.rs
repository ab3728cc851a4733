//! The driver: takes events from the list in order and moves attempts from piece to piece.
//!
//! A request's life: a spring issues it -> pipes and balancers carry its attempt forward -> a service queues it and
//! works on it, perhaps making calls of its own -> the response goes back through the same pipes -> its client has it.
//! If the client's timeout comes first, the request has ended for the client, but its work goes on, unless the client
//! sends word.
//!
//! | file | what it does |
//! |---|---|
//! | `build` | from a checked blueprint to a run at time zero |
//! | `issue` | springs issue requests |
//! | `travel` | messages enter and leave pipes |
//! | `forward` | balancers choose, and let go |
//! | `gateways` | gateways route, or turn away |
//! | `serve` | services admit, begin and finish work |
//! | `programs/` | endpoint programs run: their steps, the calls that they make, permits of pools |
//! | `calls/` | the client's side: tries, bulkheads, hedges, answers, ends |
//! | `streams/` | brokers: events are produced, written, delivered and committed |
//! | `abandon` | giving up, and telling so |
//! | `faults/` | commands, hazards and their schedules; replicas, crashes, pauses |
//! | `tell/` | ends, spans, ledgers, and what an attempt belongs to |
//! | `size` | how large a run is |

mod abandon;
mod build;
mod calls;
mod event;
mod faults;
mod forward;
mod gateways;
mod issue;
mod programs;
mod serve;
mod size;
mod streams;
mod tell;
mod travel;

use crate::blueprint::{Blueprint, EndpointId, HazardSpec, Problem};
use crate::call::attempt::Attempts;
use crate::call::balancer::Balancer;
use crate::call::gateway::Gateway;
use crate::call::record::Call;
use crate::call::site::Site;
use crate::call::trail::Trails;
use crate::fact::Observer;
use crate::kernel::digest::Digest;
use crate::kernel::event_list::EventList;
use crate::kernel::id::PieceId;
use crate::kernel::random::Key;
use crate::kernel::slab::Slab;
use crate::kernel::time::Time;
use crate::net::hop::Direction;
use crate::net::lane::Lane;
use crate::net::pipe::Pipe;
use crate::observe::ledger::Ledger;
use crate::platform::stream::broker::Broker;
use crate::service::station::Station;
use crate::simulation::programs::frame::Frame;
use crate::traffic::Traffic;
use crate::traffic::arrivals::Arrivals;
use crate::traffic::keys::KeySampler;
use crate::view::{Totals, View};
use event::{Event, Kind};

/// A run: one blueprint, one seed, and the commands so far. Cloning it costs what is in flight, not what has happened.
#[derive(Clone, Debug)]
pub struct Simulation {
    now: Time,
    events: EventList<Event>,
    digest: Digest,
    attribution: bool,
    pub(crate) attempts: Attempts,
    trails: Trails,
    pub(crate) calls: Slab<Call>,
    pub(crate) frames: Slab<Frame>,
    /// One for each slot of `attempts`; empty without attribution.
    pub(crate) ledgers: Vec<Ledger>,
    /// One for each slot of `calls`; empty without attribution.
    call_ledgers: Vec<Ledger>,
    pub(crate) springs: Vec<Spring>,
    pub(crate) stations: Vec<Station>,
    pub(crate) balancers: Vec<Hub>,
    pub(crate) brokers: Vec<Broker>,
    pub(crate) links: Vec<Link>,
    pub(crate) ways: Vec<Way>,
    pub(crate) sites: Vec<Site>,
    pub(crate) hazards: Vec<Hazard>,
    pub(crate) totals: Totals,
}

/// What a run does beyond its blueprint and seed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// Whether each request's time is booked to parts and causes. Without it [`crate::Fact::Ended`] carries no parts and
    /// nothing is sampled; all else, the digest too, is the same.
    pub attribution: bool,
}

impl Default for Options {
    /// With attribution.
    fn default() -> Self {
        Self { attribution: true }
    }
}

/// A spring in a run.
#[derive(Clone, Debug)]
pub(crate) struct Spring {
    pub id: PieceId,
    pub key: Key,
    pub traffic: Traffic,
    pub arrivals: Arrivals,
    pub stop_at: Time,
    pub issued: u64,
    /// The number of the next request of an open spring.
    pub next_number: u64,
    /// How many requests each user of a closed spring has made.
    pub users: Vec<u32>,
    pub classes: Vec<Class>,
}

/// A class of a spring in a run.
#[derive(Clone, Debug)]
pub(crate) struct Class {
    /// The sum of the weights up to and with this class.
    pub weight: u32,
    pub site: u16,
    pub keys: KeySampler,
    pub priority: u8,
    pub idempotent: bool,
    pub idempotency_key: bool,
    pub path: EndpointId,
}

/// A pipe in a run, and what it joins. Its two directions are [`Way`]s.
#[derive(Clone, Debug)]
pub(crate) struct Link {
    pub pipe: Pipe,
    pub from: Node,
    pub to: Node,
}

/// One direction of a pipe, and where it ends: a line of a cache. Those of pipe `p` are the ways `2 p` and `2 p + 1`.
#[derive(Clone, Debug)]
#[repr(align(64))]
pub(crate) struct Way {
    pub lane: Lane,
    /// Its pipe.
    pipe: PieceId,
    /// The piece at its end, among those of its kind.
    end: u16,
    /// The pipe's place among the targets of the balancer that it leaves.
    target: u16,
    /// What happens when a message comes out.
    exit: Kind,
    /// Its pipe is plain, and not shut to messages of this direction.
    plain: bool,
}

const _: () = assert!(size_of::<Way>() == 64, "a way is one line of a cache");

/// The way through a pipe in one direction.
#[inline]
pub(crate) const fn way(pipe: u16, direction: Direction) -> usize {
    (pipe as usize) << 1 | direction as usize
}

/// A balancer or a gateway in a run, and the ways into it.
#[derive(Clone, Debug)]
pub(crate) struct Hub {
    pub balancer: Balancer,
    /// What chooses in place of the balancer's policy, where this is a gateway.
    pub gateway: Option<Box<Gateway>>,
    /// A pipe that leads into it.
    pub inbound: u16,
    /// How many do.
    pub ways_in: u32,
}

/// A hazard in a run.
#[derive(Clone, Debug)]
pub(crate) struct Hazard {
    pub spec: HazardSpec,
    pub active: bool,
    /// A command has taken it out of its schedule.
    pub overridden: bool,
    /// The replicas that it has made stand still, and the epochs of their pauses.
    pub paused: Vec<(u16, u16)>,
}

/// A piece at the end of a pipe, by index.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Node {
    Spring(u16),
    Balancer(u16),
    Station(u16),
    Broker(u16),
}

impl Node {
    /// Its place among the pieces of its kind.
    #[inline]
    const fn index(self) -> u16 {
        match self {
            Self::Spring(index) | Self::Balancer(index) | Self::Station(index) | Self::Broker(index) => index,
        }
    }
}

impl Simulation {
    /// Builds a run.
    ///
    /// # Errors
    /// All reasons for which the blueprint is refused.
    pub fn new(blueprint: &Blueprint, seed: u64) -> Result<Self, Vec<Problem>> {
        Self::with_options(blueprint, seed, Options::default())
    }

    /// Builds a run with options.
    ///
    /// # Errors
    /// All reasons for which the blueprint is refused.
    pub fn with_options(blueprint: &Blueprint, seed: u64, options: Options) -> Result<Self, Vec<Problem>> {
        blueprint.check()?;
        Ok(Self::build(blueprint, seed, options))
    }

    /// The present time.
    pub const fn now(&self) -> Time {
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

    /// The present state, read-only.
    pub const fn view(&self) -> View<'_> {
        View(self)
    }

    /// A summary of all that has happened and of the present state.
    pub fn digest(&self) -> Digest {
        let mut digest = self.digest;
        digest.fold(self.now.as_ns());
        for count in [self.attempts.len(), self.calls.len(), self.frames.len()] {
            digest.fold(count as u64);
        }
        let totals = self.totals;
        let counts = [totals.issued, totals.answered, totals.timed_out, totals.rejected, totals.no_route];
        counts.into_iter().chain([totals.failed, totals.short_circuited]).for_each(|n| digest.fold(n));
        self.stations.iter().for_each(|s| s.fold_into(&mut digest));
        for hub in &self.balancers {
            hub.balancer.fold_into(&mut digest);
            if let Some(gateway) = &hub.gateway {
                gateway.fold_into(&mut digest);
            }
        }
        for (link, ways) in self.links.iter().zip(self.ways.chunks(2)) {
            link.pipe.fold_into(&mut digest);
            ways.iter().for_each(|way| way.lane.fold_into(&mut digest));
        }
        self.sites.iter().for_each(|s| s.fold_into(&mut digest));
        self.brokers.iter().for_each(|b| b.fold_into(&mut digest));
        digest
    }

    #[inline(always)]
    fn handle(&mut self, event: Event, observer: &mut impl Observer) {
        self.digest.fold(self.now.as_ns() ^ event.word());
        let index = event.index();
        let small = || event.small();
        match event.kind() {
            Kind::ExitAtService => self.exit_at_service(event, observer),
            Kind::ExitAtBalancer => self.exit_at_balancer(event, observer),
            Kind::BackAtBalancer => self.back_at_balancer(event, observer),
            Kind::BackAtCaller => self.back_at_caller(event, observer),
            Kind::Finish => self.finish(index, small(), observer),
            Kind::Issue => self.issue_open(index as u16, observer),
            Kind::Expire => self.expire(index as u16, observer),
            Kind::Ask => self.issue_closed(small(), index, observer),
            Kind::Deadline => self.deadline(index, small(), observer),
            Kind::Retry => self.retry(index, small(), observer),
            Kind::Hedge => self.hedge(index, small(), observer),
            Kind::Enter => self.enter_bulkhead(index, small(), observer),
            Kind::Leave => self.leave_bulkhead_queue(index, small(), observer),
            Kind::Grant => self.granted(index, small(), observer),
            Kind::Cancel => self.cancelled(index, small(), observer),
            Kind::Hazard => self.turn_hazard(index as u16, observer),
            Kind::Started => self.started(small(), index as u16, (index >> 16) as u16, observer),
            Kind::ExitAtBroker => self.exit_at_broker(event, observer),
            Kind::Linger => self.linger(index as u16, small(), observer),
            Kind::Written => self.written(index as u16, small(), observer),
            Kind::Redeliver => self.redeliver(index as u16, small(), observer),
        }
    }
}
