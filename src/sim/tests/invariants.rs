//! What must hold for every blueprint, seed and sequence of commands.

use pipe_maze_sim::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A world of one or two springs, balancers in a tree, and services, at random sizes and loads.
fn worlds() -> impl Strategy<Value = Blueprint> {
    let pipe = (0u32..20, 1u64..5_000_000, 200u64..1_000_000, 0u32..6);
    let room = (1u32..3, 1u32..4, 0u32..8, 1u64..60_000_000, any::<bool>());
    let pipes = prop::collection::vec(pipe, 12);
    let rooms = prop::collection::vec(room, 1..5);
    (pipes, rooms, 1.0f64..300.0, 1u64..400_000_000, any::<bool>(), 0usize..3).prop_map(
        |(pipes, rooms, rate_per_s, timeout_ns, least, depth)| {
            let policy = if least { Policy::LeastRequest } else { Policy::RoundRobin };
            let spring = PieceId(1);
            let stop_at = Time::from_ms(800);
            let mut blueprint = Blueprint {
                springs: vec![SpringSpec::new(spring).rate_per_s(rate_per_s).timeout_ns(timeout_ns).stop_at(stop_at)],
                ..Blueprint::default()
            };
            let mut shapes = pipes.into_iter().enumerate();
            let mut join = |from, outlet, to| {
                let (i, (cells, propagation_ns_per_cell, bandwidth_bytes_per_s, queue_limit)) =
                    shapes.next().expect("twelve pipes are enough");
                let id = PieceId(1_000 + i as u64);
                PipeSpec {
                    outlet,
                    cells,
                    propagation_ns_per_cell,
                    bandwidth_bytes_per_s,
                    queue_limit,
                    ..PipeSpec::new(id, from, to)
                }
            };
            let mut last = spring;
            for i in 0..depth {
                let id = PieceId(10 + i as u64);
                blueprint.balancers.push(BalancerSpec { id, policy });
                let pipe = join(last, 0, id);
                blueprint.pipes.push(pipe);
                last = id;
            }
            for (i, (replicas, workers, queue_limit, mean_ns, constant)) in rooms.into_iter().enumerate() {
                let id = PieceId(100 + i as u64);
                let service_time =
                    if constant { Distribution::Constant { mean_ns } } else { Distribution::Exponential { mean_ns } };
                blueprint.services.push(ServiceSpec {
                    replicas,
                    workers,
                    queue_limit,
                    service_time,
                    ..ServiceSpec::new(id)
                });
                if depth > 0 || i == 0 {
                    let pipe = join(last, i as u8, id);
                    blueprint.pipes.push(pipe);
                }
            }
            blueprint
        },
    )
}

/// Commands at random times: valves and policies, some of them at pieces that do not exist.
fn commands() -> impl Strategy<Value = Vec<(u64, Action)>> {
    let action = prop_oneof![
        (1_000u64..1_013, any::<bool>()).prop_map(|(id, shut)| Action::SetShut { pipe: PieceId(id), shut }),
        (10u64..13, any::<bool>()).prop_map(|(id, least)| Action::SetPolicy {
            balancer: PieceId(id),
            policy: if least { Policy::LeastRequest } else { Policy::RoundRobin },
        }),
    ];
    prop::collection::vec((0u64..1_000, action), 0..12).prop_map(|mut list| {
        list.sort_by_key(|&(at, _)| at);
        list
    })
}

type Log = Vec<(Time, Fact)>;

fn play(run: &mut Simulation, commands: &[(u64, Action)], log: &mut Log, chunk_ms: u64) {
    let mut observer = |at: Time, fact: &Fact| log.push((at, *fact));
    let mut pending = commands.iter().peekable();
    for ms in (0..1_000).step_by(chunk_ms as usize) {
        while let Some((at, action)) = pending.next_if(|(at, _)| *at < ms + chunk_ms) {
            run.advance_to(Time::from_ms(*at), &mut observer);
            let _ = run.apply(*action, &mut observer);
        }
        run.advance_to(Time::from_ms(ms + chunk_ms), &mut observer);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn every_request_ends_once_time_never_runs_back_and_parts_add_up(
        world in worlds(), seed: u64, commands in commands(),
    ) {
        let mut run = Simulation::new(&world, seed).unwrap();
        let mut log = Log::new();
        play(&mut run, &commands, &mut log, 1_000);
        run.advance_to(Time::MAX, &mut |at: Time, fact: &Fact| log.push((at, *fact)));
        let mut ends = BTreeMap::new();
        let mut last = Time::ZERO;
        for (at, fact) in &log {
            prop_assert!(*at >= last, "time runs back");
            last = *at;
            if let Fact::Ended { request, issued_at, parts, .. } = fact {
                *ends.entry(*request).or_insert(0u32) += 1;
                prop_assert_eq!(parts.total_ns(), at.since_ns(*issued_at));
            }
        }
        let totals = run.view().totals();
        prop_assert!(ends.values().all(|&n| n == 1));
        prop_assert_eq!(ends.len() as u64, totals.issued);
        prop_assert_eq!(totals.ended(), totals.issued);
        prop_assert_eq!(run.view().in_flight(), 0, "drained means empty");
        for balancer in run.view().balancers() {
            prop_assert!(balancer.targets.iter().all(|&(_, active, _)| active == 0), "{:?}", balancer);
        }
    }

    #[test]
    fn chunks_and_clones_change_nothing(world in worlds(), seed: u64, commands in commands(), chunk in 1u64..200) {
        let (mut whole, mut parts) = (Log::new(), Log::new());
        let mut one = Simulation::new(&world, seed).unwrap();
        play(&mut one, &commands, &mut whole, 1_000);
        let mut other = Simulation::new(&world, seed).unwrap();
        play(&mut other, &commands, &mut parts, chunk);
        other.advance_to(Time::from_ms(1_000), &mut ());
        // A chunk that does not divide the second runs a little further; both then run to the same end.
        one.advance_to(other.now(), &mut |at: Time, fact: &Fact| whole.push((at, *fact)));
        prop_assert_eq!(one.digest(), other.digest());
        prop_assert_eq!(&whole, &parts);
        let mut copy = one.clone();
        one.advance_to(Time::from_ms(5_000), &mut ());
        copy.advance_to(Time::from_ms(5_000), &mut |_: Time, _: &Fact| ());
        prop_assert_eq!(one.digest(), copy.digest());
    }

    #[test]
    fn capacities_hold(world in worlds(), seed: u64) {
        let mut run = Simulation::new(&world, seed).unwrap();
        while run.step(Time::from_ms(400), &mut ()) {
            for s in run.view().services() {
                prop_assert!(s.busy <= s.workers && s.queued <= s.queue_limit);
                prop_assert!(s.queued == 0 || s.busy == s.workers, "nobody waits while a worker is idle");
            }
        }
    }

    #[test]
    fn an_unconnected_piece_changes_no_draw(world in worlds(), seed: u64) {
        let ends = |world: &Blueprint| {
            let mut run = Simulation::new(world, seed).unwrap();
            let mut ends = Vec::new();
            run.advance_to(Time::from_ms(2_000), &mut |at: Time, fact: &Fact| {
                if let Fact::Ended { request, .. } = fact && request.spring == PieceId(1) {
                    ends.push((at, *fact));
                }
            });
            ends
        };
        let mut larger = world.clone();
        larger.springs.insert(0, SpringSpec::new(PieceId(7_000)).rate_per_s(40.0));
        larger.services.insert(0, ServiceSpec::new(PieceId(7_001)));
        larger.balancers.insert(0, BalancerSpec { id: PieceId(7_002), policy: Policy::LeastRequest });
        prop_assert_eq!(ends(&world), ends(&larger));
    }
}

#[test]
fn an_inconsistent_blueprint_is_refused_with_every_reason() {
    let (a, b) = (PieceId(1), PieceId(2));
    let blueprint = Blueprint {
        springs: vec![SpringSpec::new(a).rate_per_s(f64::NAN).timeout_ns(0)],
        services: vec![ServiceSpec { workers: 0, ..ServiceSpec::new(a) }],
        pipes: vec![PipeSpec { bandwidth_bytes_per_s: 0, ..PipeSpec::new(b, b, a) }],
        ..Blueprint::default()
    };
    let problems = Simulation::new(&blueprint, 0).unwrap_err();
    let text: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(problems.len(), 6, "{text:#?}");
    assert!(text.iter().any(|t| t.contains("rate_per_s must be from 0 to 10,000,000")), "{text:#?}");
}

#[test]
fn a_refused_command_says_why_and_changes_nothing() {
    let mut run = Simulation::new(&Blueprint::default(), 0).unwrap();
    let before = run.digest();
    let refusal = run.apply(Action::SetShut { pipe: PieceId(9), shut: true }, &mut ()).unwrap_err();
    assert_eq!(refusal, Refusal::NoSuchPipe(PieceId(9)));
    assert_eq!(run.digest(), before);
}
