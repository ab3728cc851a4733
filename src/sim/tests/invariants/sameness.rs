//! The same run, however it is advanced, watched or copied; and what is not touched stays the same.

use crate::commands::orders;
use crate::genes::genes;
use crate::play::{END, Log, logs, play, start};
use crate::worlds::{apart, world};
use pipe_maze_sim::*;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn a_clone_runs_on_like_the_original(genes in genes(), seed: u64, ms in 0u64..800) {
        let world = world(genes);
        let orders = orders(&world, genes);
        let (mut whole, mut parts) = (Log::new(), Log::new());
        let mut one = start(&world, seed);
        play(&mut one, &orders, END, &mut logs(&mut whole));
        let mut other = start(&world, seed);
        play(&mut other, &orders, Time::from_ms(ms), &mut logs(&mut parts));
        let mut copy = other.clone();
        let mut copied = parts.clone();
        play(&mut other, &orders, END, &mut logs(&mut parts));
        drop(other);
        play(&mut copy, &orders, END, &mut logs(&mut copied));
        prop_assert_eq!(one.digest(), copy.digest());
        prop_assert_eq!(difference(&whole, &parts), None);
        prop_assert_eq!(difference(&whole, &copied), None);
    }

    #[test]
    fn chunks_and_steps_change_nothing(genes in genes(), seed: u64, chunk_ns in 1_000_000u64..200_000_000) {
        let world = world(genes);
        let orders = orders(&world, genes);
        let (mut whole, mut chunks, mut steps) = (Log::new(), Log::new(), Log::new());
        let mut one = start(&world, seed);
        play(&mut one, &orders, END, &mut logs(&mut whole));
        let mut chunked = start(&world, seed);
        while chunked.now() < END {
            let until = chunked.now().plus_ns(chunk_ns).min(END);
            play(&mut chunked, &orders, until, &mut logs(&mut chunks));
        }
        let mut stepped = start(&world, seed);
        for &(at, action) in &orders {
            while stepped.step(at, &mut logs(&mut steps)) {}
            stepped.advance_to(at, &mut ());
            let _ = stepped.apply(action, &mut logs(&mut steps));
        }
        while stepped.step(END, &mut logs(&mut steps)) {}
        stepped.advance_to(END, &mut ());
        prop_assert_eq!(one.digest(), chunked.digest());
        prop_assert_eq!(one.digest(), stepped.digest());
        prop_assert_eq!(difference(&whole, &chunks), None);
        prop_assert_eq!(difference(&whole, &steps), None);
    }

    #[test]
    fn watching_changes_nothing(genes in genes(), seed: u64) {
        let world = world(genes);
        let orders = orders(&world, genes);
        let mut digests = Vec::new();
        for attribution in [true, false] {
            let options = Options { attribution };
            let build = || Simulation::with_options(&world, seed, options).unwrap();
            let (mut unseen, mut seen, mut sampled) = (build(), build(), build());
            play(&mut unseen, &orders, END, &mut ());
            play(&mut seen, &orders, END, &mut |_: Time, _: &Fact| ());
            play(&mut sampled, &orders, END, &mut Sampler);
            digests.extend([unseen.digest(), seen.digest(), sampled.digest()]);
        }
        prop_assert!(digests.iter().all(|digest| *digest == digests[0]), "{:?}", digests);
    }

    #[test]
    fn an_unconnected_piece_changes_no_draw(genes in genes(), seed: u64) {
        let world = world(genes);
        let orders = orders(&world, genes);
        let larger = beside(&world);
        let alone = ends(&world, seed, |run, log| play(run, &orders, END, log));
        let mut beside = ends(&larger, seed, |run, log| play(run, &orders, END, log));
        beside.retain(|(_, fact)| !matches!(fact, Fact::Ended { request, .. } if request.spring == PieceId(7_000)));
        prop_assert_eq!(difference(&alone, &beside), None);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    /// In a world where nobody is in anybody's way, what is lost of one request is felt by no other, whatever else befalls
    /// them: loss, jitter, connections, delays, errors, slow replicas, partitions.
    #[test]
    fn a_lost_request_changes_no_other(genes in genes(), seed: u64, nth: prop::sample::Index) {
        let world = apart(genes);
        let mut sent = Vec::new();
        let from_spring = |id| world.pipes.iter().any(|pipe| pipe.id == id && pipe.from == PieceId(1));
        start(&world, seed).advance_to(END, &mut |at: Time, fact: &Fact| {
            if let Fact::Entered { pipe, hop, direction: Direction::Forward, .. } = fact && from_spring(*pipe) {
                sent.push((at, hop.request));
            }
        });
        prop_assume!(!sent.is_empty());
        let (at, _) = sent[nth.index(sent.len())];
        // Who sends at the same instant shares its fate.
        let lost: Vec<RequestId> = sent.iter().filter(|(t, _)| *t == at).map(|&(_, request)| request).collect();
        let others = |mut ends: Log| {
            ends.retain(|(_, fact)| !matches!(fact, Fact::Ended { request, .. } if lost.contains(request)));
            ends
        };
        let whole = ends(&world, seed, |run, log| run.advance_to(END, log));
        let without = ends(&world, seed, |run, log| {
            for (at, forward) in [(at, true), (at.plus_ns(1), false)] {
                run.advance_to(at, log);
                for pipe in world.pipes.iter().filter(|pipe| pipe.from == PieceId(1)) {
                    run.apply(Action::SetPartition { pipe: pipe.id, forward, backward: false }, log).unwrap();
                }
            }
            run.advance_to(END, log);
        });
        prop_assert_eq!(difference(&others(whole), &others(without)), None, "request lost at {}", at);
    }
}

/// That world, and in front of all its pieces others which have nothing to do with them: a spring that calls a service
/// which fails, a gateway that limits, and a broker that delivers to the same service, under a hazard.
fn beside(world: &Blueprint) -> Blueprint {
    let mut larger = world.clone();
    let [spring, service, balancer, broker, gateway] = [7_000, 7_001, 7_002, 7_005, 7_006].map(PieceId);
    let mut source = SpringSpec::new(spring).rate_per_s(400.0).stop_at(Time::from_ms(400));
    let class = source.classes[0].clone();
    let to = |piece| ClassSpec { call: CallSpec::new(piece, EndpointId::MAIN), ..class.clone() };
    source.classes = vec![to(service), to(gateway), to(broker)];
    larger.springs.insert(0, source);
    let endpoints = vec![EndpointSpec { id: EndpointId::from_name("new"), program: vec![Step::Fail] }];
    larger.services.insert(0, ServiceSpec { endpoints, ..ServiceSpec::new(service) });
    larger.balancers.insert(0, BalancerSpec { id: balancer, policy: Policy::Random });
    let routes = vec![RouteSpec { paths: Vec::new(), to: vec![(0, 1), (1, 1)] }];
    let limit = Some(RateLimitSpec { paths: Vec::new(), interval_ns: 20_000_000, burst: 3 });
    larger.gateways.insert(0, GatewaySpec { id: gateway, routes, limit });
    larger.brokers.insert(0, BrokerSpec::new(broker));
    let pipes =
        [(spring, 0, service), (spring, 1, gateway), (spring, 2, broker), (gateway, 0, service), (broker, 0, service)];
    for (id, (from, outlet, to)) in (7_010..).zip(pipes) {
        larger.pipes.insert(0, PipeSpec { outlet, ..PipeSpec::new(PieceId(id), from, to) });
    }
    let fault = Fault::Errors { probability: 0.5 };
    let hazard = HazardSpec { id: PieceId(7_004), on: service, schedule: Schedule::always(), fault };
    larger.hazards.insert(0, hazard);
    larger
}

/// Samples every other request.
struct Sampler;

impl Observer for Sampler {
    fn fact(&mut self, _at: Time, _fact: &Fact) {}

    fn samples(&self, request: RequestId) -> bool {
        request.number.is_multiple_of(2)
    }
}

/// The first facts that differ.
fn difference(one: &Log, other: &Log) -> Option<(Option<(Time, Fact)>, Option<(Time, Fact)>)> {
    let nth = (0..one.len().max(other.len())).find(|&nth| one.get(nth) != other.get(nth))?;
    Some((one.get(nth).copied(), other.get(nth).copied()))
}

/// Writes down how requests end.
#[derive(Default)]
struct Ends(Log);

impl Observer for Ends {
    fn fact(&mut self, at: Time, fact: &Fact) {
        if matches!(fact, Fact::Ended { .. }) {
            self.0.push((at, *fact));
        }
    }
}

/// How requests end in a run of that world.
fn ends(world: &Blueprint, seed: u64, play: impl Fn(&mut Simulation, &mut Ends)) -> Log {
    let mut ends = Ends::default();
    play(&mut start(world, seed), &mut ends);
    ends.0
}
