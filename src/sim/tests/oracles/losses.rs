//! Queues with an end: how many are turned away, and how long the others stay.

use super::harness::*;
use super::single_queue::erlang_b;
use pipe_maze_sim::*;

#[test]
fn m_m_c_k_turns_away_as_many_as_it_should() {
    // FACTS Q-MM1K and Q-MMCK: load, servers, places in the system, loss, sojourn of those let in; then how many come.
    let rows = [
        (0.8, 1, 5, 0.088819, 2.5631, 200_000),
        (1.6, 2, 5, 0.102744, 1.505451, 200_000),
        (3.2, 4, 10, 0.035741, 1.374059, 400_000),
        (8.0, 10, 20, 0.009107, 1.145060, 3_300_000),
    ];
    for (nth, (load, servers, places, loss, sojourn, requests)) in (70..).zip(rows) {
        let service = ServiceSpec { queue_limit: places - servers, ..room(servers, EXPONENTIAL) };
        let all = endings(&line(spring("spring", load, requests), service), nth);
        let answered: Vec<Ending> = all.iter().copied().filter(|e| e.outcome == Outcome::Answered).collect();
        assert_mean(&format!("M/M/{servers}/{places} loss"), &whether(&all, |e| e.outcome == Outcome::Rejected), loss);
        assert_mean(&format!("M/M/{servers}/{places} W"), &each(&answered, |e| e.sojourn), sojourn);
    }
}

#[test]
fn without_a_queue_only_the_mean_of_the_work_matters() {
    // Erlang's loss formula is insensitive: constant and skewed work lose alike. FACTS Q-MMCK: B(10, 10).
    assert!((erlang_b(10.0, 10) - 0.214582).abs() < 1e-6);
    let skewed = Distribution::LogNormal { mean_ns: UNIT_NS, sigma: 1.0 };
    for (nth, time) in (80..).zip([Distribution::Constant { mean_ns: UNIT_NS }, skewed]) {
        let name = format!("M/G/10/10 of cs2 {:.2}: loss", time.scv());
        let service = ServiceSpec { queue_limit: 0, ..room(10, time) };
        let all = endings(&line(spring("spring", 10.0, 150_000), service), nth);
        assert_mean(&name, &whether(&all, |e| e.outcome == Outcome::Rejected), 0.214582);
    }
}

#[test]
fn a_bulkhead_is_a_queue_of_its_own() {
    // Ten calls at once to a service of many workers: M/M/10/10 with the bulkhead in the service's place.
    let client = |max_waiting, max_wait_ns| ClientSpec {
        bulkhead: Some(BulkheadSpec { max_concurrent: 10, max_waiting, max_wait_ns }),
        ..ClientSpec::with_timeout_ns(NEVER_NS)
    };
    let world = |rate, client| line(spring("spring", rate, 150_000).calling(call(client)), room(100_000, EXPONENTIAL));
    let all = endings(&world(10.0, client(0, 0)), 82);
    let kept_out = whether(&all, |e| e.outcome == Outcome::ShortCircuited);
    assert_mean("bulkhead of 10: kept out", &kept_out, 0.214582);
    // Where calls may wait for a day it is M/M/10: Wq = 0.204590 at rho = 0.8.
    let all = endings(&world(8.0, client(100_000, 86_400 * UNIT_NS)), 83);
    assert_mean("bulkhead of 10 with a queue: W", &each(&all, |e| e.sojourn), 1.204590);
}

#[test]
fn impatient_clients_who_cancel_leave_as_gnedenko_says() {
    // M/M/1 where clients leave, from the queue and from the worker, once they have been there for tau: the work ahead of
    // a newcomer has the density of M/M/1 up to tau, so a share P0 exp(-(mu - lambda) tau) gives up (Gnedenko and
    // Kovalenko 1966), with P0 = 1 / (1 + lambda (1 - exp(-(mu - lambda) tau)) / (mu - lambda)).
    let (lambda, tau) = (0.8f64, 5.0f64);
    let left = (-(1.0 - lambda) * tau).exp();
    let idle = 1.0 / (1.0 + lambda * (1.0 - left) / (1.0 - lambda));
    let client = ClientSpec { cancels: true, ..ClientSpec::with_timeout_ns(5 * UNIT_NS) };
    let world = line(spring("spring", lambda, 300_000).calling(call(client)), room(1, EXPONENTIAL));
    let all = endings(&world, 84);
    assert_mean("M/M/1+D gives up", &whether(&all, |e| e.outcome == Outcome::TimedOut), idle * left);
}
