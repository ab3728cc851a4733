//! Fan-out: the last, the first, the k-th of n exponential answers; and the share that meets at least one bad one.

use super::harness::*;
use pipe_maze_sim::*;

/// A root that makes `n` calls at once to a service with workers for all.
fn fan(n: usize, wait: Wait, requests: u64, leaf: Vec<Step>, cancels: bool) -> Blueprint {
    let client = ClientSpec { cancels, ..ClientSpec::with_timeout_ns(NEVER_NS) };
    let calls = vec![call_of(id("leaf")).client(client); n];
    let endpoint = |program| vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let root = ServiceSpec { endpoints: endpoint(vec![Step::Parallel { calls, wait }]), ..room(100_000, EXPONENTIAL) };
    let mut world = line(spring("spring", 10.0, requests), root);
    world.services.push(ServiceSpec { id: id("leaf"), endpoints: endpoint(leaf), ..room(1_000_000, EXPONENTIAL) });
    world.pipes.push(wire(id("room"), id("leaf")));
    world
}

fn exponential() -> Vec<Step> {
    vec![Step::Compute { time: EXPONENTIAL }]
}

/// H_n = 1 + 1/2 + ... + 1/n.
fn harmonic(n: usize) -> f64 {
    (1..=n).map(|i| 1.0 / i as f64).sum()
}

#[test]
fn the_last_of_n_takes_h_n() {
    // FACTS Q-FANOUT.
    for (nth, (n, expected, requests)) in (190..).zip([(10, 2.928968, 20_000), (100, 5.187378, 3_000)]) {
        assert!((harmonic(n) - expected).abs() < 1e-6);
        let all = endings(&fan(n, Wait::All, requests, exponential(), false), nth);
        assert_mean(&format!("all of {n}"), &each(&all, |e| e.sojourn), expected);
        // The distribution too: the maximum is below t with probability (1 - exp(-t))^n.
        let median = -(1.0 - 0.5f64.powf(1.0 / n as f64)).ln();
        assert_mean(&format!("all of {n}: above the median"), &whether(&all, |e| e.sojourn > median), 0.5);
    }
}

#[test]
fn the_kth_of_n_takes_h_n_less_h_n_minus_k() {
    for (nth, (k, n)) in (195..).zip([(2, 3), (3, 5), (9, 10)]) {
        let all = endings(&fan(n, Wait::Quorum(k), 20_000, exponential(), false), nth);
        let expected = harmonic(n) - harmonic(n - usize::from(k));
        assert_mean(&format!("{k} of {n}"), &each(&all, |e| e.sojourn), expected);
    }
}

#[test]
fn the_first_of_n_takes_a_share_and_cancels_the_others() {
    let world = fan(5, Wait::Any, 20_000, exponential(), true);
    let mut sum = 0;
    let mut sojourns = Vec::new();
    let run = watch(&world, 200, |now, fact| {
        if let Fact::Ended { issued_at, .. } = fact {
            sum += now.since_ns(*issued_at);
            sojourns.push(units(now.since_ns(*issued_at)));
        }
    });
    assert_mean("any of 5", &sojourns, 0.2);
    // Five workers until the first is done, and none beyond: the leaf's work is five times the sum of the minima.
    let leaf = run.view().services().find(|service| service.id == id("leaf")).expect("there is a leaf");
    assert_eq!(leaf.busy_ns, 5 * sum, "cancelled work ends when word comes, here at once");
}

#[test]
fn many_calls_meet_rare_failures_often() {
    // FACTS Q-FANOUT: 1 - (1 - p)^n.
    let rows = [(0.01, 10, 0.095618, 40_000), (0.01, 100, 0.633968, 8_000), (0.001, 100, 0.095208, 36_000)];
    for (nth, (p, n, expected, requests)) in (205..).zip(rows) {
        let leaf = vec![Step::Chance { probability: p, then: vec![Step::Fail], otherwise: vec![] }];
        let all = endings(&fan(n, Wait::All, requests, leaf, false), nth);
        let failed = whether(&all, |e| e.outcome == Outcome::Failed);
        assert_mean(&format!("one of {n} failures of {p}"), &failed, expected);
    }
}

#[test]
fn a_quorum_fails_where_too_few_succeed() {
    // Three of five at p = 0.3: it fails where three or more fail, 0.16308; any of five where all fail, 0.00243.
    let leaf = || vec![Step::Chance { probability: 0.3, then: vec![Step::Fail], otherwise: vec![] }];
    let all = endings(&fan(5, Wait::Quorum(3), 30_000, leaf(), false), 210);
    assert_mean("quorum 3 of 5 fails", &whether(&all, |e| e.outcome == Outcome::Failed), 0.16308);
    let optional = endings(&fan(5, Wait::Any, 30_000, vec![Step::Fail], false), 211);
    assert!(optional.iter().all(|e| e.outcome == Outcome::Failed));
}
