//! Breakers: a service that fails sees no more than their probes.

use super::harness::*;
use super::retries::failing;
use pipe_maze_sim::*;

/// Requests a second, and how long a service takes to fail, in units.
const RATE: f64 = 50.0;
const ANSWER: f64 = 0.25;

/// The times between the openings of a breaker before a service that always fails, and the tries it lets through.
fn cycles(breaker: BreakerSpec, nth: u64) -> (Vec<f64>, Vec<f64>) {
    let client = ClientSpec { breaker: Some(breaker), ..ClientSpec::with_timeout_ns(NEVER_NS) };
    let mut service = failing(1.0);
    let time = Distribution::Constant { mean_ns: (ANSWER * UNIT_NS as f64) as u64 };
    service.endpoints[0].program.insert(0, Step::Compute { time });
    let world = line(spring("spring", RATE, 200_000).calling(call(client)), service);
    let (mut opened, mut tries, mut lengths, mut probes) = (None, 0.0, Vec::new(), Vec::new());
    watch(&world, nth, |now, fact| match fact {
        Fact::Began { .. } => tries += 1.0,
        Fact::BreakerTurned { state: BreakerState::Open, .. } => {
            if let Some(before) = opened.replace(now) {
                lengths.push(units(now.since_ns(before)));
                probes.push(tries);
            }
            tries = 0.0;
        }
        _ => {}
    });
    (lengths, probes)
}

#[test]
fn resilience4j_sends_ten_probes_a_round() {
    // A round: open for 5 s, a gap until the first request that asks, nine more gaps, and the last one's answer.
    let breaker = BreakerSpec::Resilience4j {
        window: 100,
        minimum_calls: 100,
        failure_percent: 50,
        slow_call_ns: 60 * UNIT_NS,
        slow_percent: 100,
        open_ns: 5 * UNIT_NS,
        half_open_calls: 10,
    };
    let (lengths, probes) = cycles(breaker, 170);
    assert!(probes.iter().skip(1).all(|&n| n == 10.0), "{probes:?}");
    assert_mean("Resilience4j: a round", &lengths[1..], 5.0 + 10.0 / RATE + ANSWER);
}

#[test]
fn hystrix_sends_one_probe_a_round() {
    let (lengths, probes) = cycles(BreakerSpec::hystrix(), 171);
    assert!(probes.iter().skip(1).all(|&n| n == 1.0), "{probes:?}");
    assert_mean("Hystrix: a round", &lengths[1..], 5.0 + 1.0 / RATE + ANSWER);
}
