//! Hedging: a second copy after a while, on exponential work with workers for all.

use super::harness::*;
use pipe_maze_sim::*;

fn hedged(delay: f64, max: u32, nth: u64) -> (Vec<f64>, Vec<f64>, f64) {
    let hedge = HedgeSpec { delay_ns: at(delay).as_ns(), max };
    let client = ClientSpec { hedge: Some(hedge), cancels: true, ..ClientSpec::with_timeout_ns(NEVER_NS) };
    let world = line(spring("spring", 100.0, 100_000).calling(call(client)), room(100_000, EXPONENTIAL));
    let mut hedges = Vec::new();
    let mut sojourns = Vec::new();
    let run = watch(&world, nth, |now, fact| match fact {
        Fact::Issued { .. } => hedges.push(0.0),
        Fact::Hedged { request, .. } => hedges[request.number as usize] += 1.0,
        Fact::Ended { issued_at, .. } => sojourns.push(units(now.since_ns(*issued_at))),
        _ => {}
    });
    let busy = run.view().services().map(|service| service.busy_ns).sum::<u64>();
    (hedges, sojourns, units(busy) / run.view().totals().issued as f64)
}

#[test]
fn a_hedge_is_sent_to_those_that_are_late_and_halves_the_rest() {
    // Work of mean 1, hedged at d: exp(-d) of the requests are hedged, and since exponential work has no memory, what
    // is left of those is the lesser of two: W = 1 - exp(-d) + exp(-d) / 2.
    for (nth, delay) in (180..).zip([0.5f64, 2.0]) {
        let late = (-delay).exp();
        let (hedges, sojourns, _) = hedged(delay, 1, nth);
        assert_mean(&format!("hedge at {delay}: share hedged"), &hedges, late);
        assert_mean(&format!("hedge at {delay}: W"), &sojourns, 1.0 - late / 2.0);
    }
}

#[test]
fn hedges_at_once_race_and_cost_nothing_where_losers_are_cancelled() {
    // Three copies at once: the least of three, 1/3. All three are at work until then, so the work is 3 x 1/3 = 1.
    let (hedges, sojourns, work) = hedged(0.0, 2, 182);
    assert!(hedges.iter().all(|&n| n == 2.0));
    assert_mean("three at once: W", &sojourns, 1.0 / 3.0);
    let work_too: Vec<f64> = sojourns.iter().map(|w| 3.0 * w).collect();
    assert!((work - mean(&work_too)).abs() < 1e-6, "a cancelled copy leaves its worker at once: {work}");
}
