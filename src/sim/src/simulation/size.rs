//! How large a run is: what a copy of it takes, and how much has been computed.

use super::Simulation;
use crate::call::balancer::Target;
use crate::call::breaker::Breaker;
use crate::net::hop::Direction;

/// What a balancer keeps for a target beside the target itself, in bytes, at most.
const TARGET_BYTES: usize = 64;
/// An entry of a tree of versions with its share of the nodes, in bytes.
const VERSION_BYTES: usize = 24;
/// What an entry of a queue takes, in bytes, at most.
const QUEUED_BYTES: usize = 16;

impl Simulation {
    /// Bytes that a copy of this run takes on the heap, to within a few hundredths; what copies share is left out. It
    /// grows with what is in flight, not with what has happened.
    pub fn heap_bytes(&self) -> usize {
        let slabs = [
            self.attempts.heap_bytes(),
            self.trails.heap_bytes(),
            self.calls.heap_bytes(),
            self.frames.heap_bytes(),
            size_of_val(&self.ledgers[..]),
            size_of_val(&self.call_ledgers[..]),
            self.events.heap_bytes(),
        ];
        slabs.into_iter().sum::<usize>() + self.pieces_bytes() + self.links_bytes() + self.sites_bytes()
    }

    /// How much work a run has been so far: messages that entered a pipe, and requests that were issued and served.
    /// What a stretch of a run costs to compute is about proportional to by how much this grows.
    pub fn work_done(&self) -> u64 {
        let view = self.view();
        let moved = view.pipes().map(|pipe| pipe.entered(Direction::Forward) + pipe.entered(Direction::Backward));
        let served = self.stations.iter().map(|station| station.served + station.rejected + station.failed);
        moved.chain(served).fold(self.totals.issued, u64::saturating_add)
    }

    fn pieces_bytes(&self) -> usize {
        let springs = self
            .springs
            .iter()
            .map(|spring| size_of_val(spring) + size_of_val(&spring.users[..]) + size_of_val(&spring.classes[..]));
        let stations = self.stations.iter().map(|station| {
            let programs = size_of_val(&station.programs.ops[..]) + size_of_val(&station.programs.times[..]);
            let queued =
                station.room.len() as usize + station.pools.iter().map(|p| p.waiting() as usize).sum::<usize>();
            let replicas = size_of_val(&station.replicas[..]) + size_of_val(&station.pools[..]);
            let stored = (station.versions.len() + station.kept_keys.len()) * VERSION_BYTES;
            size_of_val(station) + programs + replicas + queued * QUEUED_BYTES + stored
        });
        let balancers = self.balancers.iter().map(|hub| {
            let gateway = hub.gateway.as_ref().map_or(0, |gateway| gateway.heap_bytes());
            size_of_val(hub) + hub.balancer.targets.len() * (size_of::<Target>() + TARGET_BYTES) + gateway
        });
        let brokers = self.brokers.iter().map(|broker| size_of_val(broker) + broker.heap_bytes());
        springs.chain(stations).chain(balancers).chain(brokers).sum()
    }

    fn links_bytes(&self) -> usize {
        let waiting = |side: &crate::net::lane::Side| side.waiting(self.now) * 8;
        let links =
            self.links.iter().map(|link| size_of_val(link) + link.pipe.sides.iter().map(waiting).sum::<usize>());
        size_of_val(&self.ways[..]) + links.sum::<usize>()
    }

    fn sites_bytes(&self) -> usize {
        let sites = self.sites.iter().map(|site| {
            let waiting = site.bulkhead.as_ref().map_or(0, |bulkhead| bulkhead.waiting() as usize * size_of::<u32>());
            let breaker = site.breaker.as_ref().map_or(0, Breaker::heap_bytes);
            size_of_val(site) + size_of_val(&site.pipes[..]) + waiting + breaker
        });
        let windows = self.hazards.iter().map(|hazard| size_of_val(&hazard.spec.schedule.windows[..]));
        size_of_val(&self.hazards[..]) + sites.sum::<usize>() + windows.sum::<usize>()
    }
}
