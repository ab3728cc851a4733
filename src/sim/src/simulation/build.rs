//! From a checked blueprint to a run at time zero.

use super::{Event, Link, Node, Simulation, Spring};
use crate::blueprint::Blueprint;
use crate::call::balancer::Balancer;
use crate::call::slab::Slab;
use crate::kernel::digest::Digest;
use crate::kernel::event_list::EventList;
use crate::kernel::id::PieceId;
use crate::kernel::random::{Key, Purpose};
use crate::kernel::time::Time;
use crate::net::pipe::Pipe;
use crate::service::station::Station;
use crate::view::Totals;
use std::collections::BTreeMap;

impl Simulation {
    pub(super) fn build(blueprint: &Blueprint, seed: u64) -> Self {
        let nodes = nodes(blueprint);
        let links: Vec<Link> = blueprint.pipes.iter().map(|spec| link(spec, &nodes)).collect();
        let outlets = |node: Node| {
            let leaving = links.iter().enumerate().filter(move |(_, link)| link.from == node);
            leaving.map(|(index, link)| (link.pipe.outlet, index as u32))
        };
        let springs = blueprint.springs.iter().enumerate().map(|(i, spec)| Spring {
            spec: spec.clone(),
            issued: 0,
            outlet: outlets(Node::Spring(i as u32)).next().map(|(_, pipe)| pipe),
        });
        let balancers = blueprint.balancers.iter().enumerate();
        let balancers = balancers.map(|(i, spec)| Balancer::new(spec, outlets(Node::Balancer(i as u32)).collect()));
        let mut digest = Digest::EMPTY;
        digest.fold(seed);
        let mut run = Self {
            key: Key::of_seed(seed),
            now: Time::ZERO,
            events: EventList::new(),
            digest,
            requests: Slab::default(),
            springs: springs.collect(),
            stations: blueprint.services.iter().map(Station::new).collect(),
            balancers: balancers.collect(),
            pipes: links,
            totals: Totals::default(),
        };
        (0..run.springs.len()).for_each(|spring| run.schedule_next_issue(spring as u32));
        run
    }

    /// Draws the gap before a spring's next request. A gap that ends after the spring stops schedules nothing.
    pub(super) fn schedule_next_issue(&mut self, index: u32) {
        let spring = &self.springs[index as usize];
        if spring.spec.rate_per_s <= 0.0 {
            return;
        }
        let key = self.key.child(spring.spec.id.0).child(spring.issued);
        let gap_ns = key.stream(Purpose::Interarrival).exponential() * 1e9 / spring.spec.rate_per_s;
        let at = self.now.plus_ns(gap_ns as u64);
        if at < spring.spec.stop_at {
            self.events.push(at, Event::Issue { spring: index });
        }
    }
}

fn nodes(blueprint: &Blueprint) -> BTreeMap<PieceId, Node> {
    let springs = blueprint.springs.iter().enumerate().map(|(i, s)| (s.id, Node::Spring(i as u32)));
    let services = blueprint.services.iter().enumerate().map(|(i, s)| (s.id, Node::Station(i as u32)));
    let balancers = blueprint.balancers.iter().enumerate().map(|(i, b)| (b.id, Node::Balancer(i as u32)));
    springs.chain(services).chain(balancers).collect()
}

fn link(spec: &crate::blueprint::PipeSpec, nodes: &BTreeMap<PieceId, Node>) -> Link {
    // The check has made sure that both ends exist.
    Link { pipe: Pipe::new(spec), from: nodes[&spec.from], to: nodes[&spec.to] }
}
