//! Load balancing: few rooms behind one balancer, by exact solution; and shares.

use super::harness::*;
use super::markov;
use pipe_maze_sim::*;
use std::collections::BTreeMap;

/// A balancer over rooms of one worker; the pipes' weights say how many.
fn balanced(policy: Policy, weights: &[u32], rho: f64, requests: u64) -> Blueprint {
    let rooms = weights.len() as u64;
    let lb = id("lb");
    let mut pipes = vec![wire(id("spring"), lb)];
    pipes.extend((0..rooms).zip(weights).map(|(i, &weight)| PipeSpec {
        id: PieceId(100 + i),
        outlet: i as u8,
        weight,
        ..wire(lb, PieceId(200 + i))
    }));
    Blueprint {
        springs: vec![spring("spring", rho * rooms as f64, requests)],
        services: (0..rooms).map(|i| ServiceSpec { id: PieceId(200 + i), ..room(1, EXPONENTIAL) }).collect(),
        balancers: vec![BalancerSpec { id: lb, policy }],
        pipes,
        ..Blueprint::default()
    }
}

fn sojourns(world: &Blueprint, nth: u64) -> Vec<f64> {
    each(&endings(world, nth), |e| e.sojourn)
}

#[test]
fn three_rooms_wait_as_their_markov_chain_says() {
    let rows: [(Policy, markov::Choice); 3] = [
        (Policy::LeastRequest, markov::of_two_draws),
        (Policy::PowerOfTwo, markov::of_two_rooms),
        (Policy::LeastRequestFullScan, markov::of_all),
    ];
    for (nth, (policy, choice)) in (120..).zip(rows) {
        let world = balanced(policy, &[1; markov::ROOMS], 0.7, 250_000);
        assert_mean(&format!("{policy:?}, 3 rooms: W"), &sojourns(&world, nth), markov::sojourn(0.7, choice));
    }
}

#[test]
fn more_rooms_wait_as_facts_says() {
    // FACTS Q-P2C-FINITE at rho = 0.9, known to 1 %.
    let rows = [
        (Policy::LeastRequest, 3, 4.63),
        (Policy::PowerOfTwo, 3, 4.29),
        (Policy::LeastRequestFullScan, 3, 3.99),
        (Policy::LeastRequest, 5, 3.71),
        (Policy::LeastRequest, 10, 3.12),
        (Policy::PowerOfTwo, 5, 3.47),
        (Policy::PowerOfTwo, 10, 2.98),
        (Policy::LeastRequestFullScan, 5, 2.79),
        (Policy::LeastRequestFullScan, 10, 1.91),
        (Policy::LeastRequest, 100, 2.66),
        (Policy::PowerOfTwo, 100, 2.64),
    ];
    for (nth, (policy, rooms, expected)) in (920..).zip(rows) {
        // The fewer the rooms, the longer they remember.
        let requests = BTreeMap::from([(3, 1_000_000), (5, 700_000), (10, 350_000), (100, 130_000)])[&rooms];
        let world = balanced(policy, &vec![1; rooms], 0.9, requests);
        assert_mean_about(&format!("{policy:?}, {rooms} rooms: W"), &sojourns(&world, nth), expected, 0.01);
    }
}

#[test]
fn round_robin_over_two_turns_gaps_into_erlang_2() {
    // Every second arrival of a Poisson process: E2/M/1 with sigma = (2 rho / (2 rho + 1 - sigma))^2, Wq = sigma /
    // (1 - sigma).
    let rho = 0.8f64;
    let sigma = (0..200).fold(0.5f64, |s, _| (2.0 * rho / (2.0 * rho + 1.0 - s)).powi(2));
    let all = endings(&balanced(Policy::RoundRobin, &[1, 1], rho, 600_000), 135);
    assert_mean("round robin: Wq", &each(&all, |e| e.wait), sigma / (1.0 - sigma));
    // An arrival finds the worker busy with probability sigma.
    assert_mean("round robin: P(Wq > 0)", &whether(&all, |e| e.wait > 0.0), sigma);
}

#[test]
fn random_choice_thins_a_poisson_process_into_poisson_processes() {
    let world = balanced(Policy::Random, &[1; 4], 0.5, 400_000);
    let mut counts = [const { Vec::new() }; 4];
    let (mut sojourns, mut chosen, mut first) = (Vec::new(), Vec::new(), Vec::new());
    watch(&world, 140, |now, fact| match fact {
        Fact::Chosen { pipe, .. } => {
            let target = (pipe.0 - 100) as usize;
            let window = (now.as_ns() / (5 * UNIT_NS)) as usize;
            counts[target].resize(counts[target].len().max(window + 1), 0.0);
            counts[target][window] += 1.0;
            chosen.push(target);
        }
        Fact::Ended { issued_at, .. } => sojourns.push(units(now.since_ns(*issued_at))),
        _ => {}
    });
    // Each target: a Poisson process of rate 0.5, in windows of five units, so that mean and variance are 2.5.
    for (target, counts) in counts.iter().enumerate() {
        assert_mean(&format!("thinned {target}: mean"), counts, 2.5);
        let squares: Vec<f64> = counts.iter().map(|n| (n - 2.5).powi(2)).collect();
        assert_mean(&format!("thinned {target}: variance"), &squares, 2.5);
    }
    // Independent of one another, and of the choice before.
    let products: Vec<f64> = counts[0].iter().zip(&counts[1]).map(|(a, b)| a * b).collect();
    assert_mean("thinned: product", &products, 2.5 * 2.5);
    first.extend(chosen.windows(2).map(|pair| f64::from(u8::from(pair[0] == pair[1]))));
    assert_mean("thinned: the same twice", &first, 0.25);
    // And so each room is M/M/1 (FACTS Q-MM1).
    assert_mean("thinned: W", &sojourns[40_000..], 2.0);
}

#[test]
fn weighted_turns_follow_the_vector_of_facts() {
    // FACTS LB-RR, without rotation: A = 1, B = 2 gives BABBABBAB.
    let mut turns = String::new();
    watch(&balanced(Policy::RoundRobin, &[1, 2], 0.1, 300), 145, |_, fact| {
        if let Fact::Chosen { pipe, .. } = fact {
            turns.push(if pipe.0 == 100 { 'A' } else { 'B' });
        }
    });
    assert_eq!(turns[..9], *"BABBABBAB");
    // 5 : 1 : 1 in exact arithmetic: where all three are due at once, those go first whose turn was set first.
    turns.clear();
    watch(&balanced(Policy::RoundRobin, &[5, 1, 1], 0.1, 7_000), 146, |_, fact| {
        if let Fact::Chosen { pipe, .. } = fact {
            turns.push(char::from(b'A' + (pipe.0 - 100) as u8));
        }
    });
    assert!("AAAABCA".chars().cycle().zip(turns.chars()).all(|(expected, turn)| expected == turn), "{turns}");
}

#[test]
fn the_lowest_response_time_shuns_a_slow_room_and_forgives_it() {
    // FACTS LB-EWMA: the average of a response time jumps to a peak and decays with 10 s. Work takes 10 ms, a request comes
    // every 50 ms; up to 230 s the second room takes ten times as long. Its average falls from 100 ms to the 10 ms of the
    // other within 10 s x ln 10 after its answer; the first request after that finds out that it is slow still. The other's
    // average is up to 40 ms old by then, and requests are 50 ms apart.
    let slow_until = at(230.0);
    let mut world = balanced(Policy::LeastResponseTime, &[1, 1], 1.0, 1);
    world.springs[0].traffic = Traffic::Deterministic { rate_per_s: 20.0 };
    world.springs[0].stop_at = at(400.0);
    world.services.iter_mut().for_each(|room| room.service_time = Distribution::Constant { mean_ns: 10 * MS });
    let fault = Fault::Slow { factor: 10.0, replicas: 1 };
    let schedule = Schedule::once(Time::ZERO, slow_until);
    world.hazards = vec![HazardSpec { id: id("slow"), on: PieceId(201), schedule, fault }];
    let mut turns: Vec<(Time, PieceId)> = Vec::new();
    watch(&world, 147, |now, fact| {
        if let Fact::Chosen { pipe, .. } = fact {
            turns.push((now, *pipe));
        }
    });
    let slow: Vec<f64> = turns
        .iter()
        .filter(|&&(at, pipe)| pipe == PieceId(101) && at < slow_until)
        .map(|turn| units(turn.0.as_ns()))
        .collect();
    let rest = 0.1 + 10.0 * 10f64.ln();
    for pair in slow.windows(2) {
        assert!((rest..rest + 0.04 + 0.05).contains(&(pair[1] - pair[0])), "{slow:?}");
    }
    assert_eq!(slow.len(), 10, "of 4,600 requests, a fifth of a percent");
    let after = |seconds: f64| turns.iter().position(|turn| turn.0 >= at(seconds)).expect("there are some");
    let back = turns[after(230.0)..].iter().position(|turn| turn.1 == PieceId(101)).expect("it is asked again");
    assert!(back <= 465, "{back} requests, 23.2 s at most");
    // Since then each is the one that was asked less recently.
    let even = &turns[after(260.0)..];
    assert!(even.len() > 2_700 && even.windows(2).all(|pair| pair[0].1 != pair[1].1));
}
