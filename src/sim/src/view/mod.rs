//! The read-only view of a run: what the game draws and what tests read.

mod broker;
mod pieces;
mod pipe;

pub use broker::{BrokerView, PartitionView};
pub use pieces::{BalancerView, GatewayView, HazardView, ReplicaView, ServiceView, SiteView, SpringView, Totals};
pub use pipe::PipeView;

use crate::call::balancer::Balancer;
use crate::call::breaker::Breaker;
use crate::call::budget::Budget;
use crate::kernel::event_list::EventList;
use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::time::Time;
use crate::net::hop::{Direction, Hop};
use crate::simulation::Simulation;

/// The present state of a run. It borrows the run and cannot change it.
///
/// ```
/// use pipe_maze_sim::reference::reference_load;
/// use pipe_maze_sim::{Simulation, Time};
///
/// let mut run = Simulation::new(&reference_load(7_000), 1).expect("the reference load is sound");
/// run.advance_to(Time::from_ms(500), &mut ());
/// let view = run.view();
/// let with_services: u32 = view.services().map(|service| service.busy + service.queued).sum();
/// let in_pipes = view.hops().count();
/// assert_eq!(with_services as usize + in_pipes, view.in_flight(), "each attempt is somewhere");
/// assert_eq!(view.totals().ended() + view.in_flight() as u64, view.totals().issued);
/// ```
#[derive(Clone, Copy)]
pub struct View<'a>(pub(crate) &'a Simulation);

impl<'a> View<'a> {
    /// The run's present time.
    pub fn now(&self) -> Time {
        self.0.now()
    }

    /// Counts since the start.
    pub fn totals(&self) -> Totals {
        self.0.totals
    }

    /// Attempts that still occupy something, those included whose client has given up.
    pub fn in_flight(&self) -> usize {
        self.0.attempts.len()
    }

    /// Records of calls: those under way, and ended ones that still have attempts about.
    pub fn calls(&self) -> usize {
        self.0.calls.len()
    }

    /// Programs that run.
    pub fn programs(&self) -> usize {
        self.0.frames.len()
    }

    /// The springs, in blueprint order.
    pub fn springs(&self) -> impl Iterator<Item = SpringView> + use<'a> {
        let now = self.0.now();
        self.0.springs.iter().map(move |s| SpringView { id: s.id, issued: s.issued, flowing: now < s.stop_at })
    }

    /// The services, in blueprint order.
    pub fn services(&self) -> impl Iterator<Item = ServiceView> + use<'a> {
        let now = self.0.now();
        self.0.stations.iter().map(move |s| ServiceView {
            id: s.id,
            busy: s.busy,
            workers: s.workers_up(),
            queued: s.room.len(),
            queue_limit: s.room.limit(),
            served: s.served,
            rejected: s.rejected,
            failed: s.failed,
            busy_ns: s.busy_ns(now),
        })
    }

    /// The replicas of a service.
    pub fn replicas(&self, service: PieceId) -> impl Iterator<Item = ReplicaView> + use<'a> {
        let station = self.0.stations.iter().filter(move |s| s.id == service);
        station.flat_map(|s| &s.replicas).map(|r| ReplicaView { state: r.state, paused: r.pauses > 0, busy: r.busy })
    }

    /// The pools of a service: permits in use, and programs that wait for one.
    pub fn pools(&self, service: PieceId) -> impl Iterator<Item = (u32, u32)> + use<'a> {
        let station = self.0.stations.iter().filter(move |s| s.id == service);
        station.flat_map(|s| &s.pools).map(|pool| (pool.used, pool.waiting()))
    }

    /// The balancers, in blueprint order.
    pub fn balancers(&self) -> impl Iterator<Item = BalancerView> + use<'a> {
        let view = *self;
        let hubs = self.0.balancers.iter().filter(|hub| hub.gateway.is_none());
        hubs.map(move |hub| BalancerView {
            id: hub.balancer.id,
            policy: hub.balancer.policy,
            targets: view.targets(&hub.balancer),
        })
    }

    /// The gateways, in blueprint order.
    pub fn gateways(&self) -> impl Iterator<Item = GatewayView> + use<'a> {
        let view = *self;
        let hubs = self.0.balancers.iter().filter_map(|hub| Some((&hub.balancer, hub.gateway.as_ref()?)));
        hubs.map(move |(balancer, gateway)| GatewayView {
            id: balancer.id,
            targets: view.targets(balancer),
            limited: gateway.limited,
            tokens: gateway.tokens(view.0.now()),
        })
    }

    fn targets(&self, balancer: &Balancer) -> Vec<(PieceId, u32, u64)> {
        let pipe = |index: u32| self.0.links[index as usize].pipe.id;
        balancer.targets.iter().map(|t| (pipe(t.pipe), t.active, t.sent)).collect()
    }

    /// The brokers, in blueprint order.
    pub fn brokers(&self) -> impl Iterator<Item = BrokerView> + use<'a> {
        let run = self.0;
        run.brokers.iter().map(move |broker| BrokerView::of(broker, run))
    }

    /// The requests whose events a broker keeps in a partition, the oldest first: acknowledged, but not committed.
    pub fn log(&self, broker: PieceId, partition: usize) -> impl Iterator<Item = RequestId> + use<'a> {
        let brokers = self.0.brokers.iter().filter(move |each| each.id == broker);
        let logs = brokers.filter_map(move |broker| broker.partitions.get(partition));
        logs.flat_map(|partition| partition.log.iter().map(|event| event.context.root))
    }

    /// The call sites: first those of the springs, a site for each class, then those of the services' programs, then those of
    /// the brokers, one for each outlet.
    pub fn sites(&self) -> impl Iterator<Item = SiteView> + use<'a> {
        let now = self.0.now();
        self.0.sites.iter().map(move |site| SiteView {
            caller: site.caller,
            id: site.id,
            active: site.active,
            retries: site.budget.as_ref().map_or(0, Budget::retries),
            breaker: site.breaker.as_ref().map(|breaker| breaker.state(now)),
            trials: site.breaker.as_ref().map_or(0, Breaker::trials),
            bulkhead: site.bulkhead.as_ref().map(|bulkhead| (bulkhead.in_flight(), bulkhead.waiting())),
        })
    }

    /// The hazards, in blueprint order.
    pub fn hazards(&self) -> impl Iterator<Item = HazardView> + use<'a> {
        self.0.hazards.iter().map(|hazard| HazardView { id: hazard.spec.id, on: hazard.spec.on, active: hazard.active })
    }

    /// The pipes, in blueprint order.
    pub fn pipes(&self) -> impl Iterator<Item = PipeView<'a>> + use<'a> {
        let run = self.0;
        run.links.iter().zip(run.ways.chunks(2)).enumerate().map(move |(index, (link, ways))| PipeView {
            index: index as u16,
            id: link.pipe.id,
            shut: link.pipe.shut,
            propagation_ns: link.pipe.propagation_ns,
            lost: link.pipe.lost,
            link,
            ways,
            run,
        })
    }

    /// The messages in all pipes, in no particular order: the pipe, the direction, and what is seen of it.
    pub fn hops(&self) -> impl Iterator<Item = (PieceId, Direction, Hop)> + use<'a> {
        let run = self.0;
        run.messages().map(move |(slot, pipe, way)| (run.links[usize::from(pipe)].pipe.id, way, run.hop(slot, way)))
    }

    /// Bytes of hot state for each attempt in flight, and for each event that is pending.
    pub const fn hot_bytes() -> (usize, usize) {
        (size_of::<crate::call::attempt::Attempt>(), EventList::<u64>::EVENT_BYTES)
    }
}
