//! One queue: M/M/c, M/G/1, G/M/1, LIFO. Means, tails, and the share that waits at all.

use super::harness::*;
use pipe_maze_sim::*;

/// Erlang's B by its recursion, and C from it (`FACTS` Q-ERLANG).
pub fn erlang_b(load: f64, servers: u32) -> f64 {
    (1..=servers).fold(1.0, |b, c| load * b / (f64::from(c) + load * b))
}

fn erlang_c(rho: f64, servers: u32) -> f64 {
    let b = erlang_b(rho * f64::from(servers), servers);
    b / (1.0 - rho * (1.0 - b))
}

#[test]
fn m_m_1_sojourns_are_exponential() {
    let all = endings(&line(spring("spring", 0.8, 500_000), room(1, EXPONENTIAL)), 1);
    assert!(all.iter().all(|e| e.outcome == Outcome::Answered));
    // FACTS Q-MM1.
    assert_mean("M/M/1 W", &each(&all, |e| e.sojourn), 5.0);
    let all = endings(&line(spring("spring", 0.5, 2_300_000), room(1, EXPONENTIAL)), 2);
    assert_mean("M/M/1 P(W > p95)", &whether(&all, |e| e.sojourn > 5.9915), 0.05);
    assert_mean("M/M/1 P(W > p99)", &whether(&all, |e| e.sojourn > 9.2103), 0.01);
}

#[test]
fn m_m_c_waits_as_erlang_says() {
    // FACTS Q-ERLANG: c, C, Wq; then how many come.
    let rho = 0.8;
    let rows = [
        (2, 0.711111, 1.77778, 500_000),
        (4, 0.596432, 0.745541, 900_000),
        (10, 0.409180, 0.204590, 1_500_000),
        (20, 0.256078, 0.064019, 2_500_000),
    ];
    for (nth, (c, share, wait, requests)) in (10..).zip(rows) {
        assert!((erlang_c(rho, c) - share).abs() < 1e-6, "FACTS and the recursion agree");
        let all = endings(&line(spring("spring", rho * f64::from(c), requests), room(c, EXPONENTIAL)), nth);
        assert_mean(&format!("M/M/{c} P(Wq > 0)"), &whether(&all, |e| e.wait > 0.0), share);
        assert_mean(&format!("M/M/{c} Wq"), &each(&all, |e| e.wait), wait);
        // Who waits, waits for an exponential time of rate c (1 - rho): its median.
        let median = 2f64.ln() / (f64::from(c) * (1.0 - rho));
        assert_mean(&format!("M/M/{c} median"), &whether(&all, |e| e.wait > median), share / 2.0);
    }
}

#[test]
fn replicas_and_permits_are_servers_too() {
    let world = line(spring("spring", 8.0, 1_200_000), ServiceSpec { replicas: 2, ..room(5, EXPONENTIAL) });
    assert_mean("2 replicas x 5 workers Wq", &each(&endings(&world, 20), |e| e.wait), 0.204590);
    // A pool of four permits among many workers makes M/M/4; waiting for a permit counts as waiting.
    let program = vec![Step::Acquire { pool: 0 }, Step::Compute { time: EXPONENTIAL }, Step::Release { pool: 0 }];
    let pooled = ServiceSpec {
        endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program }],
        pools: vec![PoolSpec { permits: 4, queue_limit: ENDLESS }],
        ..room(100_000, EXPONENTIAL)
    };
    let all = endings(&line(spring("spring", 3.2, 800_000), pooled), 21);
    assert_mean("pool of 4 permits Wq", &each(&all, |e| e.wait), 0.745541);
}

/// P(Wq <= t) of M/D/1 (`FACTS` Q-MD1). The sum alternates: where t is small, doubles are precise enough.
fn m_d_1(rho: f64, t: f64) -> f64 {
    let term = |k: u32| {
        let x = rho * (t - f64::from(k));
        (1..=k).fold(x.exp(), |product, i| product * -x / f64::from(i))
    };
    (1.0 - rho) * (0..=t as u32).map(term).sum::<f64>()
}

#[test]
fn m_d_1_waits_have_their_law() {
    let constant = Distribution::Constant { mean_ns: UNIT_NS };
    let all = endings(&line(spring("spring", 0.8, 400_000), room(1, constant.clone())), 30);
    assert_mean("M/D/1 Wq", &each(&all, |e| e.wait), 2.0);
    // FACTS Q-MD1: percentiles at rho = 0.8, then others by the formula, which must agree with those.
    assert!((m_d_1(0.8, 1.2759) - 0.5).abs() < 1e-4 && (m_d_1(0.8, 6.6203) - 0.95).abs() < 1e-4);
    assert_mean("M/D/1 P(Wq > p50)", &whether(&all, |e| e.wait > 1.2759), 0.5);
    assert_mean("M/D/1 P(Wq > 3.5)", &whether(&all, |e| e.wait > 3.5), 1.0 - m_d_1(0.8, 3.5));
    let all = endings(&line(spring("spring", 0.5, 1_700_000), room(1, constant)), 31);
    assert_mean("M/D/1 P(Wq > 0)", &whether(&all, |e| e.wait > 0.0), 0.5);
    assert_mean("M/D/1 P(Wq > p95)", &whether(&all, |e| e.wait > 2.0506), 0.05);
    assert_mean("M/D/1 P(Wq > p99)", &whether(&all, |e| e.wait > 3.3363), 0.01);
}

#[test]
fn m_g_1_waits_by_the_second_moment_only() {
    // H2 of mean 1, squared coefficient of variation 4 and balanced means.
    let p = (1.0 + 0.6f64.sqrt()) / 2.0;
    let branch = |p: f64| (UNIT_NS as f64 / (2.0 * p)).round() as u64;
    let hyper = Distribution::HyperExponential { p, mean_a_ns: branch(p), mean_b_ns: branch(1.0 - p) };
    assert!((hyper.scv() - 4.0).abs() < 1e-6);
    let skewed = Distribution::LogNormal { mean_ns: UNIT_NS, sigma: 1.0 };
    // FACTS Q-MG1, at rho = 0.8.
    let rows = [(Distribution::Erlang { stages: 2, mean_ns: UNIT_NS }, 3.0), (skewed, 5.436564), (hyper, 10.0)];
    for (nth, (time, wait)) in (40..).zip(rows) {
        let name = format!("M/G/1 of cs2 {:.2}: Wq", time.scv());
        let all = endings(&line(spring("spring", 0.8, 1_000_000), room(1, time)), nth);
        assert_mean(&name, &each(&all, |e| e.wait), wait);
        assert_mean(&format!("{name} > 0"), &whether(&all, |e| e.wait > 0.0), 0.8);
    }
}

#[test]
fn lifo_waits_as_long_on_average_but_less_evenly() {
    // M/M/1 at rho = 0.5. E[Wq] is 1 either way. E[Wq^2] is 2 rho / (1 - rho)^2 = 4 first come first served, and
    // 1 / (1 - rho) times that last come first served (Takacs 1963).
    for (nth, discipline, square) in [(50, Discipline::Fifo, 4.0), (51, Discipline::Lifo, 8.0)] {
        let service = ServiceSpec { discipline, ..room(1, EXPONENTIAL) };
        let all = endings(&line(spring("spring", 0.5, 900_000), service), nth);
        assert_mean(&format!("{discipline:?} Wq"), &each(&all, |e| e.wait), 1.0);
        assert_mean(&format!("{discipline:?} Wq^2"), &each(&all, |e| e.wait * e.wait), square);
    }
}
