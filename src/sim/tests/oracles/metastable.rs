//! Metastable failure (`FACTS` RT-METASTABLE): a short stall, and retries that keep the service down ever after, or not.
//!
//! The service does mu = 100 a second. Clients give a try half a second and try three times more. While nobody is
//! answered in time each request is 4 tries, so the queue of the collapsed state grows by 4 lambda - mu: collapse
//! feeds itself where lambda is above 25 a second, and dies out below.

use super::harness::*;
use super::retries::AT_ONCE;
use pipe_maze_sim::*;

/// Seconds simulated, the stall from 20 to 26 s included.
const SECONDS: usize = 1_000;

fn storm(rate: f64, client: ClientSpec) -> Blueprint {
    let spring = spring("spring", rate, 0).stop_at(at(SECONDS as f64)).calling(call(client));
    let service = room(1, Distribution::Exponential { mean_ns: 10 * MS });
    let stall = HazardSpec {
        id: id("stall"),
        on: service.id,
        schedule: Schedule::once(at(20.0), at(26.0)),
        fault: Fault::Pause { replicas: 1 },
    };
    Blueprint { hazards: vec![stall], ..line(spring, service) }
}

fn naive(budget: BudgetSpec) -> ClientSpec {
    let retry = RetrySpec { retries: 3, backoff: AT_ONCE, budget, on: RetryOn::default() };
    let try_timeout_ns = Some(500 * MS);
    ClientSpec { try_timeout_ns, retry: Some(retry), ..ClientSpec::with_timeout_ns(NEVER_NS) }
}

/// For each second: how many requests were issued, how many answered, and how many waited at its end.
fn story(world: &Blueprint, nth: u64) -> Vec<[f64; 3]> {
    let mut run = Simulation::new(world, seed(nth)).expect("the blueprint is sound");
    let mut before = run.view().totals();
    let mut story = Vec::new();
    for second in 1..=SECONDS {
        run.advance_to(at(second as f64), &mut ());
        let totals = run.view().totals();
        let queued = run.view().services().map(|service| service.queued).sum::<u32>();
        story.push([
            (totals.issued - before.issued) as f64,
            (totals.answered - before.answered) as f64,
            f64::from(queued),
        ]);
        before = totals;
    }
    story
}

/// The share of those issued since that second that were answered.
fn goodput(story: &[[f64; 3]]) -> f64 {
    story.iter().map(|s| s[1]).sum::<f64>() / story.iter().map(|s| s[0]).sum::<f64>()
}

#[test]
fn a_storm_of_retries_outlives_its_trigger_above_the_threshold() {
    for (nth, rate) in [(160, 30.0), (161, 60.0)] {
        let story = story(&storm(rate, naive(BudgetSpec::Unlimited)), nth);
        assert!(goodput(&story[5..20]) > 0.99, "at {rate} a second all is well before the stall");
        assert_eq!(goodput(&story[40..]), 0.0, "at {rate} a second nobody is ever answered again");
        // Nobody is left idle, and nobody is answered: the queue grows by 4 lambda - mu.
        let growth: Vec<f64> = story[60..].windows(2).map(|pair| pair[1][2] - pair[0][2]).collect();
        assert_mean(&format!("collapse at {rate} a second: growth"), &growth, 4.0 * rate - 100.0);
    }
}

#[test]
fn below_the_threshold_the_same_storm_heals() {
    let story = story(&storm(20.0, naive(BudgetSpec::Unlimited)), 162);
    assert!(goodput(&story[28..30]) < 0.05, "the stall leaves a queue longer than the clients' patience");
    // 6 s of 80 tries a second are worked off at 100 - 80 a second: 24 s, and as long again for the fluid's noise.
    assert!(goodput(&story[26 + 48..]) > 0.999, "it heals");
}

#[test]
fn a_budget_lifts_the_threshold_to_its_own_load() {
    // With a fifth of retries at most, the worst load at 60 a second is 72, below mu: the stall heals. At 90 it is 108.
    let finagle = BudgetSpec::Finagle { ttl_ns: 10 * UNIT_NS, percent: 20, reserve_per_s: 0 };
    let healed = story(&storm(60.0, naive(finagle)), 163);
    assert!(goodput(&healed[60..]) > 0.999, "60 a second heal");
    let collapsed = story(&storm(90.0, naive(finagle)), 164);
    assert_eq!(goodput(&collapsed[100..]), 0.0, "90 a second do not");
}
