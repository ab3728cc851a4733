//! Faults by schedule, seen by requests that come at random: what share of them suffers, and how much.
//!
//! Poisson arrivals see time averages, so a fault that is active for a share of the time meets that share of them. The
//! service has workers for all and works for half a unit; a fault lasts two units of every twenty.

use super::harness::*;
use pipe_maze_sim::*;

fn suffering(fault: Fault, start_up: f64, timeout_ns: u64) -> Blueprint {
    let service = ServiceSpec {
        start_up_ns: at(start_up).as_ns(),
        ..room(100_000, Distribution::Constant { mean_ns: UNIT_NS / 2 })
    };
    let schedule = Schedule::cycle(at(10.0), 2 * UNIT_NS, 20 * UNIT_NS);
    let hazard = HazardSpec { id: id("hazard"), on: service.id, schedule, fault };
    let call = call(ClientSpec::with_timeout_ns(timeout_ns));
    Blueprint { hazards: vec![hazard], ..line(spring("spring", 15.0, 120_000).calling(call), service) }
}

#[test]
fn a_crash_costs_its_own_time_and_the_work_under_way() {
    // Those fail that come while it is down, or up to half a unit before: 2.5 of 20.
    let reset = Fault::Crash { replicas: 1, silent: false };
    let all = endings(&suffering(reset.clone(), 0.0, NEVER_NS), 240);
    assert_mean("crash: failed", &whether(&all, |e| e.outcome == Outcome::Failed), 0.125);
    // With three units to start, those who come in the meantime wait: 3 of 20, for 1.5 on average.
    let all = endings(&suffering(reset, 3.0, NEVER_NS), 241);
    assert_mean("crash, then start: failed", &whether(&all, |e| e.outcome == Outcome::Failed), 0.125);
    assert_mean("crash, then start: waited", &whether(&all, |e| e.wait > 0.0), 0.15);
    assert_mean("crash, then start: Wq", &each(&all, |e| e.wait), 0.15 * 1.5);
    // One that vanishes says nothing.
    let all = endings(&suffering(Fault::Crash { replicas: 1, silent: true }, 0.0, 10 * UNIT_NS), 242);
    assert_mean("silent crash: timed out", &whether(&all, |e| e.outcome == Outcome::TimedOut), 0.125);
}

#[test]
fn a_pause_delays_the_work_under_way_and_those_who_come() {
    let mut hazard_parts = Vec::new();
    let mut sojourns = Vec::new();
    watch(&suffering(Fault::Pause { replicas: 1 }, 0.0, NEVER_NS), 243, |now, fact| {
        if let Fact::Ended { issued_at, parts, .. } = fact {
            hazard_parts.push(units(parts.hazard_ns));
            sojourns.push(units(now.since_ns(*issued_at)));
        }
    });
    // Half a unit's worth of requests is held up for two units; two units' worth wait for one on average.
    assert_mean("pause: W", &sojourns, 0.5 + (0.5 * 2.0 + 2.0 * 1.0) / 20.0);
    assert_mean("pause: booked on the hazard", &hazard_parts, 0.5 * 2.0 / 20.0);
}

#[test]
fn grey_failures_touch_what_begins_while_they_last() {
    // Three times as long, for a tenth of the requests.
    let all = endings(&suffering(Fault::Slow { factor: 3.0, replicas: 1 }, 0.0, NEVER_NS), 244);
    assert_mean("slow: W", &each(&all, |e| e.sojourn), 0.5 * (0.9 + 0.1 * 3.0));
    let all = endings(&suffering(Fault::Errors { probability: 0.3 }, 0.0, NEVER_NS), 245);
    assert_mean("errors: failed", &whether(&all, |e| e.outcome == Outcome::Failed), 0.1 * 0.3);
}

#[test]
fn a_heavy_tail_has_its_index() {
    // Work by Pareto's law of index 1.5, for all at once. Beyond any threshold the logarithm of the excess is
    // exponential of mean 1 / index: Hill's estimator.
    let time = Distribution::Pareto { shape: 1.5, minimum_ns: UNIT_NS };
    let all = endings(&line(spring("spring", 100.0, 200_000), room(1_000_000, time)), 246);
    assert_mean("Pareto: P(X > 10)", &whether(&all, |e| e.sojourn > 10.0), 10f64.powf(-1.5));
    let excess: Vec<f64> = all.iter().filter(|e| e.sojourn > 4.0).map(|e| (e.sojourn / 4.0).ln()).collect();
    assert_mean("Pareto: 1 / index", &excess, 1.0 / 1.5);
}
