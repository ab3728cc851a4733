//! Random worlds: springs, up to three tiers of services, and the pipes and balancers between them.

use crate::genes::{Dice, Genes, Trait};
use crate::{hazards, programs};
use pipe_maze_sim::traffic::{Phase, RatePoint};
use pipe_maze_sim::*;

/// The broker, where there is one.
pub const BROKER: PieceId = PieceId(20);
/// When the springs stop.
pub const STOP: Time = Time::from_ms(500);
pub const POLICIES: [Policy; 6] = [
    Policy::RoundRobin,
    Policy::LeastRequest,
    Policy::Random,
    Policy::LeastRequestFullScan,
    Policy::PowerOfTwo,
    Policy::LeastResponseTime,
];

/// The world of these genes.
pub fn world(genes: Genes) -> Blueprint {
    let mut plan = Plan { genes, blueprint: Blueprint::default(), pipes: genes.dice(1) };
    plan.tiers();
    let mut blueprint = plan.blueprint;
    programs::give_programs(&mut blueprint, genes);
    springs(&mut blueprint, genes);
    hazards::add(&mut blueprint, genes);
    blueprint
}

/// The same genes without what lets one request feel another, as far as it is a trait; for the rest see [`apart`]. Two ends
/// of the same instant are of that kind, an answer and a timeout, or a deadline and the one that it came from: which comes
/// first depends on when their events were scheduled, and those of a pipe or a call site are shared.
pub fn spacious(genes: Genes) -> Genes {
    let felt = [
        Trait::Coarse,
        Trait::Deadlines,
        Trait::Loops,
        Trait::Pools,
        Trait::Contention,
        Trait::Narrow,
        Trait::Breakers,
        Trait::Bulkheads,
        Trait::Commands,
        Trait::Users,
        Trait::Disciplines,
        Trait::Brokers,
        Trait::Limits,
    ];
    felt.into_iter().fold(genes, Genes::without)
}

/// The world of such genes in which nobody is in anybody's way: workers for all, choices that look at nobody, messages that
/// never wait behind another, which then may be delayed as each one's draw says, connections for each request alone, and of
/// the hazards of services those that strike each request by its own draw, or all alike.
pub fn apart(genes: Genes) -> Blueprint {
    let mut world = world(spacious(genes));
    world.services.iter_mut().for_each(|service| service.workers = 100_000);
    world.balancers.iter_mut().for_each(|balancer| balancer.policy = Policy::Random);
    let none = || JitterSpec { extra: Distribution::Constant { mean_ns: 0 }, reorders: true };
    for pipe in &mut world.pipes {
        pipe.jitter.get_or_insert_with(none).reorders = true;
        pipe.connection.iter_mut().for_each(|connection| connection.idle_ns = 0);
    }
    world.hazards.retain(|hazard| !matches!(hazard.fault, Fault::Pause { .. } | Fault::Crash { .. }));
    for hazard in &mut world.hazards {
        match &mut hazard.fault {
            Fault::Slow { replicas, .. } => *replicas = u32::MAX,
            // Those that draw for each one do so all the time, so that there is something to be felt.
            Fault::Delay { .. } | Fault::Errors { .. } | Fault::Loss { .. } => hazard.schedule = Schedule::always(),
            _ => {}
        }
    }
    world
}

/// A world in the making.
struct Plan {
    genes: Genes,
    blueprint: Blueprint,
    pipes: Dice,
}

impl Plan {
    fn tiers(&mut self) {
        let mut dice = self.genes.dice(2);
        let deep = self.genes.has(Trait::Deep);
        let sizes = [dice.between(1, 3), dice.between(1, 2), if deep { dice.between(1, 2) } else { 0 }];
        let mut entries = vec![PieceId(1)];
        if self.genes.has(Trait::Users) {
            entries.push(PieceId(2));
        }
        let mut tiers = Vec::new();
        for (tier, &size) in sizes.iter().enumerate().filter(|&(_, &size)| size > 0) {
            let services: Vec<PieceId> = (0..size).map(|i| PieceId(100 * (tier as u64 + 1) + i)).collect();
            services.iter().for_each(|&id| self.service(id));
            self.lead(&entries, &services, tier as u64, &mut dice);
            entries.clone_from(&services);
            tiers.push(services);
        }
        if self.genes.has(Trait::Loops) {
            let (last, first) = (tiers[tiers.len() - 1][0], tiers[0][0]);
            self.pipe(last, 30, first);
        } else if self.genes.has(Trait::Brokers) {
            // In a loop each event would beget others: that would end, but not soon.
            self.stream(tiers[0][0], &tiers[tiers.len() - 1]);
        }
    }

    /// A broker between those who produce, the first spring among them, and those who consume.
    fn stream(&mut self, producer: PieceId, members: &[PieceId]) {
        let (genes, mut dice) = (self.genes, self.genes.dice(10));
        let id = BROKER;
        let partitions = dice.small(1, 5) as u16;
        let (log_limit, batch_events) = (dice.small(1, 40), dice.small(1, 6));
        let (linger_ns, append) = (dice.ns(20), dice.time(10));
        let redeliver_backoff_ns = 20_000_000 + dice.ns(80);
        let consume = programs::consume(genes, &mut dice);
        let spec =
            BrokerSpec { id, partitions, log_limit, batch_events, linger_ns, append, consume, redeliver_backoff_ns };
        self.blueprint.brokers.push(spec);
        self.pipe(PieceId(1), 20, id);
        self.pipe(producer, 20, id);
        for outlet in 0..dice.between(0, 3) {
            let member = dice.pick(members);
            self.pipe(id, outlet as u8, member);
        }
    }

    /// Joins those who call with those who are called: pipe by pipe, or through balancers.
    fn lead(&mut self, from: &[PieceId], to: &[PieceId], tier: u64, dice: &mut Dice) {
        let (policy, other, two) = (dice.pick(&POLICIES), dice.pick(&POLICIES), dice.percent(50));
        if !self.genes.has(Trait::Balancers) {
            for &each in from {
                to.iter().enumerate().for_each(|(outlet, &to)| self.pipe(each, outlet as u8, to));
            }
            return;
        }
        let balancer = PieceId(10 + 2 * tier);
        self.blueprint.balancers.push(BalancerSpec { id: balancer, policy });
        from.iter().for_each(|&each| self.pipe(each, 0, balancer));
        if two {
            // A second balancer in front of the first for some: two in a row, and two ways into the first.
            let before = PieceId(11 + 2 * tier);
            if self.genes.has(Trait::Classes) && dice.percent(60) {
                let gateway = gateway(before, self.genes, dice);
                self.blueprint.gateways.push(gateway);
            } else {
                self.blueprint.balancers.push(BalancerSpec { id: before, policy: other });
            }
            self.pipe(from[0], 1, before);
            self.pipe(before, 0, balancer);
            self.pipe(before, 3, to[0]);
        }
        to.iter().enumerate().for_each(|(outlet, &to)| self.pipe(balancer, outlet as u8, to));
    }

    fn pipe(&mut self, from: PieceId, outlet: u8, to: PieceId) {
        let id = PieceId(1_000 + self.blueprint.pipes.len() as u64);
        let (genes, dice) = (self.genes, &mut self.pipes);
        let (cells, ns, weight) = (dice.small(0, 3), dice.ns(6), dice.small(1, 3));
        let (bandwidth, room) = (dice.between(20_000, 2_000_000), dice.small(0, 6));
        let (loss, jitter, reorders) = (dice.share(15), dice.time(5), dice.percent(60));
        let connection = ConnectionSpec { round_trips: dice.small(0, 3), idle_ns: dice.ns(40) };
        let (lossy, shaky, connected) = (dice.percent(60), dice.percent(60), dice.percent(60));
        let narrow = genes.has(Trait::Narrow);
        self.blueprint.pipes.push(PipeSpec {
            outlet,
            cells,
            propagation_ns_per_cell: ns,
            bandwidth_bytes_per_s: if narrow { bandwidth } else { u64::MAX },
            queue_limit: if narrow { room } else { 100_000 },
            weight: if dice.percent(50) { 1 } else { weight },
            loss: if genes.has(Trait::Loss) && lossy { loss } else { 0.0 },
            jitter: (genes.has(Trait::Jitter) && shaky).then_some(JitterSpec { extra: jitter, reorders }),
            connection: (genes.has(Trait::Connections) && connected).then_some(connection),
            ..PipeSpec::new(id, from, to)
        });
    }

    fn service(&mut self, id: PieceId) {
        let genes = self.genes;
        let mut dice = genes.dice(id.0 << 8);
        let (replicas, workers, queue_limit) = (dice.small(1, 3), dice.small(1, 3), dice.small(0, 8));
        let codel = Discipline::Codel { target_ns: dice.some_ns(10), interval_ns: 11_000_000 + dice.ns(30) };
        let discipline = dice.pick(&[Discipline::Fifo, Discipline::Lifo, Discipline::Priority, codel]);
        let contention = Contention { sigma: dice.share(50), kappa: dice.share(10) };
        let start_up_ns = dice.ns(100);
        let service_time = dice.time(60);
        let drops = dice.percent(70);
        self.blueprint.services.push(ServiceSpec {
            replicas: if genes.has(Trait::Replicas) { replicas } else { 1 },
            workers,
            queue_limit,
            discipline: if genes.has(Trait::Disciplines) { discipline } else { Discipline::Fifo },
            service_time,
            contention: if genes.has(Trait::Contention) { contention } else { Contention::default() },
            start_up_ns: if genes.has(Trait::Replicas) { start_up_ns } else { 0 },
            drops_expired: genes.has(Trait::DropsExpired) && drops,
            ..ServiceSpec::new(id)
        });
    }
}

/// Classes name one of these paths.
pub const PATHS: [EndpointId; 2] = [EndpointId::MAIN, EndpointId::from_name("other")];

/// A gateway with outlets 0 and 3, to which a route may also send what neither of them takes.
fn gateway(id: PieceId, genes: Genes, dice: &mut Dice) -> GatewaySpec {
    let paths = |dice: &mut Dice| if dice.percent(50) { Vec::new() } else { vec![dice.pick(&PATHS)] };
    let route = |dice: &mut Dice| RouteSpec {
        paths: paths(dice),
        to: (0..dice.between(1, 3)).map(|_| (dice.pick(&[0, 3, 3, 9]), dice.small(1, 9))).collect(),
    };
    let routes = (0..dice.between(0, 3)).map(|_| route(dice)).collect();
    let limit = RateLimitSpec { paths: paths(dice), interval_ns: dice.ns(40), burst: dice.small(1, 5) };
    GatewaySpec { id, routes, limit: (genes.has(Trait::Limits) && dice.percent(80)).then_some(limit) }
}

fn springs(blueprint: &mut Blueprint, genes: Genes) {
    let mut dice = genes.dice(3);
    let rate_per_s = dice.between(5, 250) as f64;
    let phase = |rate_per_s, mean_ns| Phase { rate_per_s, mean_ns };
    let point = |ms, rate_per_s| RatePoint { at: Time::from_ms(ms), rate_per_s };
    let times: Vec<Time> = (0..dice.between(0, 60)).map(|_| Time::from_ns(dice.ns(500))).collect();
    let open = dice.pick(&[
        Traffic::Poisson { rate_per_s },
        Traffic::Deterministic { rate_per_s },
        Traffic::Bursty { phases: vec![phase(rate_per_s, 50_000_000), phase(2.0 * rate_per_s, 20_000_000)] },
        Traffic::Curve { points: vec![point(0, 0.0), point(250, rate_per_s), point(400, 5.0)], repeat_ns: None },
        Traffic::Replay { arrivals: sorted(times).into() },
    ]);
    let users = Traffic::Closed { users: dice.small(1, 6), think: dice.time(40) };
    let think_is_long = matches!(&users, Traffic::Closed { think, .. } if think.mean_ns() > 100_000);
    let mut add = |id: u64, traffic: Traffic| {
        let id = PieceId(id);
        let count = if genes.has(Trait::Classes) { dice.between(1, 3) } else { 1 };
        let classes = (0..count).map(|_| programs::class(blueprint, id, genes, &mut dice)).collect();
        blueprint.springs.push(SpringSpec { id, traffic, stop_at: STOP, classes });
    };
    add(1, open);
    if genes.has(Trait::Users) {
        let think = Distribution::Constant { mean_ns: 5_000_000 };
        add(2, if think_is_long { users } else { Traffic::Closed { users: 3, think } });
    }
}

fn sorted(mut times: Vec<Time>) -> Vec<Time> {
    times.sort();
    times
}
