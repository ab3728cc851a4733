//! From a checked blueprint to a run at time zero.

use super::event::{Event, Kind};
use super::faults::state_at;
use super::{Class, Hazard, Hub, Link, Node, Options, Simulation, Spring, Way, way};
use crate::blueprint::{Blueprint, BrokerSpec, CallSpec, EndpointId, HazardSpec, ServiceSpec, SpringSpec};
use crate::call::attempt::Attempts;
use crate::call::balancer::{Balancer, Policy, Target};
use crate::call::gateway::Gateway;
use crate::call::site::Site;
use crate::call::trail::Trails;
use crate::kernel::digest::Digest;
use crate::kernel::event_list::EventList;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, mix};
use crate::kernel::slab::Slab;
use crate::kernel::time::Time;
use crate::net::hop::Direction;
use crate::net::lane::Lane;
use crate::net::pipe::Pipe;
use crate::platform::stream::broker::{Broker, Member};
use crate::service::program::Programs;
use crate::service::station::Station;
use crate::traffic::Traffic;
use crate::traffic::arrivals::Arrivals;
use crate::traffic::keys::KeySampler;
use crate::view::Totals;
use std::collections::BTreeMap;

impl Simulation {
    pub(super) fn build(blueprint: &Blueprint, seed: u64, options: Options) -> Self {
        let nodes = nodes(blueprint);
        let links = links(blueprint, &nodes);
        let leaving = pipes_by(&links, |link| link.from);
        let mut sites = Sites::new(&links, &leaving, &nodes);
        let key = Key::of_seed(seed);
        let springs: Vec<Spring> =
            blueprint.springs.iter().enumerate().map(|(i, s)| spring(s, i, key, &mut sites)).collect();
        let stations = blueprint.services.iter().map(|spec| station(spec, &mut sites)).collect();
        let brokers = blueprint.brokers.iter().enumerate().map(|(i, s)| broker(s, i, key, &mut sites)).collect();
        let sites = sites.made;
        let mut ways = ways(&links);
        let balancers = hubs(blueprint, &links, &leaving, &mut ways);
        let mut digest = Digest::EMPTY;
        digest.fold(seed);
        let hazard =
            |spec: &HazardSpec| Hazard { spec: spec.clone(), active: false, overridden: false, paused: Vec::new() };
        let hazards = blueprint.hazards.iter().map(hazard);
        let mut run = Self {
            now: Time::ZERO,
            events: EventList::new(),
            digest,
            attribution: options.attribution,
            attempts: Attempts::new(),
            trails: Trails::new(),
            calls: Slab::new(),
            frames: Slab::new(),
            ledgers: Vec::new(),
            call_ledgers: Vec::new(),
            springs,
            stations,
            balancers,
            brokers,
            links,
            ways,
            sites,
            hazards: hazards.collect(),
            totals: Totals::default(),
        };
        run.schedule_first_events();
        run
    }

    fn schedule_first_events(&mut self) {
        // Hazards first: one that is active from the start is active before the first request.
        for hazard in 0..self.hazards.len() as u16 {
            let (active, next) = state_at(&self.hazards[usize::from(hazard)].spec.schedule, Time::ZERO);
            let at = if active { Time::ZERO } else { next };
            if at < Time::MAX {
                self.events.push(at, Event::new(Kind::Hazard, 0, u32::from(hazard)));
            }
        }
        for index in 0..self.springs.len() as u16 {
            if self.springs[usize::from(index)].users.is_empty() {
                self.schedule_next_issue(index);
            } else {
                self.schedule_users(index);
            }
        }
    }

    /// The users of a closed spring come one after the other, each after a thinking time.
    fn schedule_users(&mut self, index: u16) {
        let spring = &self.springs[usize::from(index)];
        let Traffic::Closed { think, .. } = &spring.traffic else { return };
        for user in 0..spring.users.len() as u32 {
            let key = spring.key.child(u64::MAX - u64::from(user));
            let at = Time::from_ns(think.sample_ns(&mut key.stream(crate::kernel::random::Purpose::Think)));
            if at < spring.stop_at {
                self.events.push(at, Event::new(Kind::Ask, index, user));
            }
        }
    }
}

/// The pipes at each piece, in their order.
type PipesBy = BTreeMap<Node, Vec<u16>>;

fn pipes_by(links: &[Link], end: fn(&Link) -> Node) -> PipesBy {
    let mut pipes = PipesBy::new();
    for (pipe, link) in links.iter().enumerate() {
        pipes.entry(end(link)).or_default().push(pipe as u16);
    }
    pipes
}

/// Call sites as they are made, and what is needed to make them.
struct Sites<'a> {
    links: &'a [Link],
    leaving: &'a PipesBy,
    nodes: &'a BTreeMap<PieceId, Node>,
    endpoints: BTreeMap<EndpointId, u16>,
    made: Vec<Site>,
}

impl<'a> Sites<'a> {
    const fn new(links: &'a [Link], leaving: &'a PipesBy, nodes: &'a BTreeMap<PieceId, Node>) -> Self {
        Self { links, leaving, nodes, endpoints: BTreeMap::new(), made: Vec::new() }
    }

    fn make(&mut self, caller: PieceId, nth: u64, spec: &CallSpec) -> u16 {
        let pipes = self.pipes(caller, spec.to);
        self.make_through(pipes, caller, nth, spec)
    }

    /// A site whose calls take these pipes.
    fn make_through(&mut self, pipes: Vec<u16>, caller: PieceId, nth: u64, spec: &CallSpec) -> u16 {
        let endpoint = self.endpoint(spec.endpoint);
        let id = mix(caller.0 ^ mix(nth + 1));
        self.made.push(Site::new(caller, id, spec, endpoint, pipes));
        (self.made.len() - 1) as u16
    }

    fn endpoint(&mut self, id: EndpointId) -> u16 {
        let next = self.endpoints.len() as u16;
        *self.endpoints.entry(id).or_insert(next)
    }

    /// The pipes from a caller to a piece, lowest outlet first; to any piece, where none is named.
    fn pipes(&self, caller: PieceId, to: Option<PieceId>) -> Vec<u16> {
        let leaving = self.leaving.get(&self.nodes[&caller]).map_or(&[][..], Vec::as_slice);
        let to = to.and_then(|to| self.nodes.get(&to)).copied();
        let fits = |&pipe: &u16| to.is_none_or(|to| self.links[usize::from(pipe)].to == to);
        let mut pipes: Vec<u16> = leaving.iter().copied().filter(fits).collect();
        pipes.sort_by_key(|&pipe| self.links[usize::from(pipe)].pipe.outlet);
        if to.is_none() {
            // Whatever the lowest outlet leads to, and nothing else.
            pipes.truncate(1);
        }
        pipes
    }
}

fn spring(spec: &SpringSpec, index: usize, key: Key, sites: &mut Sites<'_>) -> Spring {
    let key = key.child(spec.id.0);
    let mut weight = 0;
    let mut classes = Vec::new();
    for (nth, class) in spec.classes.iter().enumerate() {
        let site = sites.make(spec.id, nth as u64, &class.call);
        let is_closed = matches!(spec.traffic, Traffic::Closed { .. });
        sites.made[usize::from(site)].belong_to(index as u16, key, is_closed);
        weight += class.weight;
        classes.push(Class {
            weight,
            site,
            keys: KeySampler::new(&class.keys),
            priority: class.priority,
            idempotent: class.idempotent,
            idempotency_key: class.idempotency_key,
            path: class.path,
        });
    }
    let users = if let Traffic::Closed { users, .. } = spec.traffic { vec![0; users as usize] } else { Vec::new() };
    Spring {
        id: spec.id,
        key,
        traffic: spec.traffic.clone(),
        arrivals: Arrivals::new(&spec.traffic, key),
        stop_at: spec.stop_at,
        issued: 0,
        next_number: 0,
        users,
        classes,
    }
}

fn station(spec: &ServiceSpec, sites: &mut Sites<'_>) -> Station {
    let mut nth = 0;
    // Endpoints are numbered before the programs are compiled: both need the list of sites.
    let numbers: BTreeMap<EndpointId, u16> = spec.endpoints.iter().map(|e| (e.id, sites.endpoint(e.id))).collect();
    let mut site = |call: &CallSpec| {
        nth += 1;
        sites.make(spec.id, nth, call)
    };
    let programs = Programs::compile(spec, &mut site, &mut |id| numbers[&id]);
    Station::new(spec, programs)
}

/// A broker, with a call site for each outlet.
fn broker(spec: &BrokerSpec, index: usize, key: Key, sites: &mut Sites<'_>) -> Broker {
    let outlet = |pipe: u16| sites.links[usize::from(pipe)].pipe.outlet;
    let mut pipes = sites.leaving.get(&Node::Broker(index as u16)).cloned().unwrap_or_default();
    pipes.sort_by_key(|&pipe| outlet(pipe));
    let outlets: Vec<u8> = pipes.iter().map(|&pipe| outlet(pipe)).collect();
    let members = pipes.into_iter().zip(outlets).map(|(pipe, outlet)| {
        let site = sites.make_through(vec![pipe], spec.id, u64::from(outlet), &spec.consume);
        Member { pipe, site, open: true }
    });
    let members = members.collect();
    Broker::new(spec, key, members)
}

fn hubs(blueprint: &Blueprint, links: &[Link], leaving: &PipesBy, ways: &mut [Way]) -> Vec<Hub> {
    let arriving = pipes_by(links, |link| link.to);
    let at = |pipes: &PipesBy, node: Node| pipes.get(&node).cloned().unwrap_or_default();
    let balancers = blueprint.balancers.iter().map(|spec| (spec.id, spec.policy, None));
    // A gateway stands where a balancer could; what it decides takes the place of a policy.
    let gateways = blueprint.gateways.iter().map(|spec| (spec.id, Policy::RoundRobin, Some(spec)));
    let hubs = balancers.chain(gateways).enumerate().map(|(index, (id, policy, gateway))| {
        let node = Node::Balancer(index as u16);
        let target = |pipe: u16| {
            let Pipe { outlet, weight, .. } = links[usize::from(pipe)].pipe;
            (outlet, u32::from(pipe), weight)
        };
        let pipes = at(leaving, node).into_iter().map(target).collect();
        let balancer = Balancer::new(id, policy, pipes);
        for (target, each) in balancer.targets.iter().enumerate() {
            for direction in [Direction::Forward, Direction::Backward] {
                ways[way(each.pipe as u16, direction)].target = target as u16;
            }
        }
        let inbound = at(&arriving, node);
        let outlet = |target: &Target| links[target.pipe as usize].pipe.outlet;
        let place = |wanted: u8| balancer.targets.iter().position(|target| outlet(target) == wanted);
        let gateway = gateway.map(|spec| Box::new(Gateway::new(spec, place)));
        let (inbound, ways_in) = (inbound.first().copied().unwrap_or(u16::MAX), inbound.len() as u32);
        Hub { balancer, gateway, inbound, ways_in }
    });
    hubs.collect()
}

fn nodes(blueprint: &Blueprint) -> BTreeMap<PieceId, Node> {
    let springs = blueprint.springs.iter().enumerate().map(|(i, s)| (s.id, Node::Spring(i as u16)));
    let services = blueprint.services.iter().enumerate().map(|(i, s)| (s.id, Node::Station(i as u16)));
    let hubs = blueprint.balancers.iter().map(|b| b.id).chain(blueprint.gateways.iter().map(|g| g.id));
    let balancers = hubs.enumerate().map(|(i, id)| (id, Node::Balancer(i as u16)));
    let brokers = blueprint.brokers.iter().enumerate().map(|(i, b)| (b.id, Node::Broker(i as u16)));
    springs.chain(services).chain(balancers).chain(brokers).collect()
}

fn links(blueprint: &Blueprint, nodes: &BTreeMap<PieceId, Node>) -> Vec<Link> {
    // The check has made sure that both ends exist.
    let link = |spec| {
        let pipe: &crate::blueprint::PipeSpec = spec;
        Link { pipe: Pipe::new(pipe), from: nodes[&pipe.from], to: nodes[&pipe.to] }
    };
    blueprint.pipes.iter().map(link).collect()
}

fn ways(links: &[Link]) -> Vec<Way> {
    let both = |link: &Link| {
        let forward = match link.to {
            Node::Balancer(_) => Kind::ExitAtBalancer,
            Node::Broker(_) => Kind::ExitAtBroker,
            Node::Spring(_) | Node::Station(_) => Kind::ExitAtService,
        };
        let backward = if matches!(link.from, Node::Balancer(_)) { Kind::BackAtBalancer } else { Kind::BackAtCaller };
        let each = |kind, end: Node| Way {
            lane: Lane::new(link.pipe.propagation_ns),
            pipe: link.pipe.id,
            end: end.index(),
            target: 0,
            exit: kind,
            plain: link.pipe.is_plain(),
        };
        [each(forward, link.to), each(backward, link.from)]
    };
    links.iter().flat_map(both).collect()
}
