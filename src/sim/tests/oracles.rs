//! The simulation against closed forms (`FACTS` Q-*). Tolerances are confidence intervals from batch means, at four
//! standard errors, not tuned by hand.

use pipe_maze_sim::*;

const BATCHES: usize = 40;
/// A timeout that never comes.
const LONG_NS: u64 = 300_000_000_000_000_000;

/// Runs one spring into one service through a pipe of no length and gives each answered request's parts, warm-up cut.
fn run(rate_per_s: f64, service: ServiceSpec, seed: u64, requests: u64) -> (Vec<Parts>, Totals) {
    let (spring, room) = (PieceId::from_name("spring"), service.id);
    let stop_at = Time::from_ns((requests as f64 / rate_per_s * 1e9) as u64);
    let pipe = PipeSpec::new(PieceId::from_name("pipe"), spring, room);
    let blueprint = Blueprint {
        springs: vec![SpringSpec::new(spring).rate_per_s(rate_per_s).stop_at(stop_at).timeout_ns(LONG_NS)],
        services: vec![service],
        pipes: vec![PipeSpec { cells: 0, bandwidth_bytes_per_s: u64::MAX, ..pipe }],
        ..Blueprint::default()
    };
    let mut simulation = Simulation::new(&blueprint, seed).expect("the blueprint is sound");
    let mut parts = Vec::new();
    let warm_up = requests / 10;
    simulation.advance_to(Time::MAX, &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { request, outcome: Outcome::Answered, parts: p, .. } = fact
            && request.number > warm_up
        {
            parts.push(*p);
        }
    });
    (parts, simulation.view().totals())
}

/// Mean and four standard errors, by batch means.
fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let batch = values.len() / BATCHES;
    let means: Vec<f64> = values.chunks_exact(batch).map(|c| c.iter().sum::<f64>() / batch as f64).collect();
    let mean = means.iter().sum::<f64>() / means.len() as f64;
    let variance = means.iter().map(|m| (m - mean).powi(2)).sum::<f64>() / (means.len() - 1) as f64;
    (mean, 4.0 * (variance / means.len() as f64).sqrt())
}

fn assert_close(what: &str, values: &[f64], expected: f64) {
    let (mean, error) = mean_and_error(values);
    assert!((mean - expected).abs() <= error, "{what}: {mean} +- {error}, expected {expected}");
}

fn service(workers: u32, queue_limit: u32, service_time: Distribution) -> ServiceSpec {
    ServiceSpec { workers, queue_limit, service_time, ..ServiceSpec::new(PieceId::from_name("room")) }
}

const MEAN_NS: u64 = 1_000_000_000;

fn waits(parts: &[Parts]) -> Vec<f64> {
    parts.iter().map(|p| p.queue_ns as f64 / MEAN_NS as f64).collect()
}

#[test]
fn m_m_1_waits_as_q_mm1_says() {
    let exponential = Distribution::Exponential { mean_ns: MEAN_NS };
    let (parts, totals) = run(0.8, service(1, 1_000_000, exponential), 1, 400_000);
    assert_eq!(totals.issued, totals.answered);
    assert_close("Wq", &waits(&parts), 4.0);
    let sojourns: Vec<f64> = parts.iter().map(|p| p.total_ns() as f64 / MEAN_NS as f64).collect();
    assert_close("W", &sojourns, 5.0);
    let late: Vec<f64> = sojourns.iter().map(|&w| f64::from(u8::from(w > 23.0259))).collect();
    assert_close("P(W > p99)", &late, 0.01);
}

#[test]
fn m_m_4_waits_as_q_erlang_says() {
    let exponential = Distribution::Exponential { mean_ns: MEAN_NS };
    let (parts, _) = run(3.6, service(4, 1_000_000, exponential), 2, 400_000);
    assert_close("Wq", &waits(&parts), 1.96938);
}

#[test]
fn replicas_times_workers_make_one_pool() {
    let exponential = Distribution::Exponential { mean_ns: MEAN_NS };
    let pool = ServiceSpec { replicas: 2, ..service(5, 1_000_000, exponential) };
    let (parts, _) = run(8.0, pool, 3, 400_000);
    assert_close("Wq", &waits(&parts), 0.204590);
}

#[test]
fn m_d_1_and_erlang_wait_as_q_mg1_says() {
    let (parts, _) = run(0.8, service(1, 1_000_000, Distribution::Constant { mean_ns: MEAN_NS }), 4, 300_000);
    assert_close("M/D/1 Wq", &waits(&parts), 2.0);
    let erlang = Distribution::Erlang { stages: 2, mean_ns: MEAN_NS };
    let (parts, _) = run(0.8, service(1, 1_000_000, erlang), 5, 400_000);
    assert_close("M/E2/1 Wq", &waits(&parts), 3.0);
}

#[test]
fn m_m_1_k_rejects_as_q_mm1k_says() {
    // K = 5 places in the system: one with the worker, four in the queue.
    let exponential = Distribution::Exponential { mean_ns: MEAN_NS };
    let (_, totals) = run(0.8, service(1, 4, exponential), 6, 400_000);
    let share = totals.rejected as f64 / totals.issued as f64;
    assert!((share - 0.088819).abs() < 0.0025, "{share}");
}

/// Mean waiting and work at `n` rooms behind a balancer, in units of the mean service time.
fn balanced(policy: Policy, rooms: u64, rho: f64, seed: u64) -> Vec<f64> {
    let (spring, lb) = (PieceId::from_name("spring"), PieceId::from_name("lb"));
    let requests = 300_000.0;
    let rate_per_s = rho * rooms as f64;
    let stop_at = Time::from_ns((requests / rate_per_s * 1e9) as u64);
    let time = Distribution::Exponential { mean_ns: MEAN_NS };
    let free = |id: u64, from, to| PipeSpec {
        cells: 0,
        bandwidth_bytes_per_s: u64::MAX,
        ..PipeSpec::new(PieceId(id), from, to)
    };
    let mut pipes = vec![free(1, spring, lb)];
    pipes.extend((0..rooms).map(|i| PipeSpec { outlet: i as u8, ..free(100 + i, lb, PieceId(200 + i)) }));
    let blueprint = Blueprint {
        springs: vec![SpringSpec::new(spring).rate_per_s(rate_per_s).stop_at(stop_at).timeout_ns(LONG_NS)],
        services: (0..rooms)
            .map(|i| ServiceSpec { id: PieceId(200 + i), ..service(1, 1_000_000, time.clone()) })
            .collect(),
        balancers: vec![BalancerSpec { id: lb, policy }],
        pipes,
        ..Blueprint::default()
    };
    let mut simulation = Simulation::new(&blueprint, seed).expect("the blueprint is sound");
    let mut sojourns = Vec::new();
    simulation.advance_to(Time::MAX, &mut |_: Time, fact: &Fact| {
        if let Fact::Ended { request, parts, .. } = fact
            && request.number > 30_000
        {
            sojourns.push(parts.total_ns() as f64 / MEAN_NS as f64);
        }
    });
    sojourns
}

#[test]
fn least_request_with_replacement_waits_as_q_p2c_finite_says() {
    // FACTS gives these from simulation, to 1 %.
    for (rooms, expected) in [(3, 4.63), (5, 3.71), (10, 3.12)] {
        let (mean, error) = mean_and_error(&balanced(Policy::LeastRequest, rooms, 0.9, 7));
        assert!((mean - expected).abs() <= error + 0.01 * expected, "{rooms} rooms: {mean} +- {error}, not {expected}");
    }
}

#[test]
fn round_robin_over_two_turns_gaps_into_erlang_2() {
    // Every second arrival of a Poisson process: E2/M/1. Its wait lies well below that of M/M/1 (4) and above M/D/1 / 2.
    // Exactly: sigma solves sigma = (2 rho / (2 rho + 1 - sigma))^2 for rho = 0.8; Wq = sigma / (1 - sigma).
    let rho = 0.8f64;
    let sigma = (0..200).fold(0.5f64, |s, _| (2.0 * rho / (2.0 * rho + 1.0 - s)).powi(2));
    assert_close("W", &balanced(Policy::RoundRobin, 2, rho, 8), sigma / (1.0 - sigma) + 1.0);
}
