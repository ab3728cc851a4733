//! Metastable failure (`FACTS` RT-METASTABLE): a short stall, and retries that keep the service down ever after, or not.
//!
//! The service does mu = 100 a second. Clients give a try half a second and try three times more. While nobody is
//! answered in time each request is 4 tries, so the queue of the collapsed state grows by 4 lambda - mu: collapse
//! feeds itself where lambda is above 25 a second, and dies out below.

use super::harness::*;
use super::retries::AT_ONCE;
use pipe_maze_sim::*;

/// Requests come for so many seconds; the service stands still from 20 to 26 s.
fn storm(rate: f64, client: ClientSpec, seconds: usize) -> Blueprint {
    let spring = spring("spring", rate, 0).stop_at(at(seconds as f64)).calling(call(client));
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

/// What became of the requests, by the second in which they came, and how many tries wait at each second's end.
struct Story {
    issued: Vec<u64>,
    answered: Vec<u64>,
    queued: Vec<f64>,
}

impl Story {
    /// The share of those that came in these seconds that were answered, whenever that was.
    fn goodput(&self, seconds: std::ops::RangeFrom<usize>) -> f64 {
        self.goodput_until(seconds.start..self.issued.len())
    }

    fn goodput_until(&self, seconds: std::ops::Range<usize>) -> f64 {
        let sum = |counts: &[u64]| counts[seconds.clone()].iter().sum::<u64>() as f64;
        sum(&self.answered) / sum(&self.issued)
    }
}

fn story(world: &Blueprint, nth: u64) -> Story {
    let mut run = Simulation::new(world, seed(nth)).expect("the blueprint is sound");
    let seconds = (world.springs[0].stop_at.as_ns() / UNIT_NS) as usize;
    let mut story = Story { issued: vec![0; seconds], answered: vec![0; seconds], queued: Vec::new() };
    // Nobody waits for longer than four tries of half a second.
    for second in 1..=seconds + 3 {
        run.advance_to(at(second as f64), &mut |_: Time, fact: &Fact| {
            if let Fact::Ended { issued_at, outcome, .. } = fact {
                let came = (issued_at.as_ns() / UNIT_NS) as usize;
                story.issued[came] += 1;
                story.answered[came] += u64::from(*outcome == Outcome::Answered);
            }
        });
        story.queued.push(f64::from(run.view().services().map(|service| service.queued).sum::<u32>()));
    }
    story.queued.truncate(seconds);
    assert_eq!(story.issued.iter().sum::<u64>(), run.view().totals().issued, "all have ended");
    story
}

// Every share below is exact. Where a service is not in trouble, a try outlasts its half second with the probability
// exp(-(mu - lambda) / 2) of M/M/1, 2e-9 at 60 a second, and is tried again. Where it is, nobody is answered whose tries all
// find more than 50 others in front of them. Queues are compared with that by their fluid's mean and by the variance of
// what comes and is done: lambda x tries^2 + mu a second, for a request's tries come together. Chance has less than one in
// 100,000 to exceed the 4.7 standard deviations that are left it.

#[test]
fn a_storm_of_retries_outlives_its_trigger_above_the_threshold() {
    for (nth, rate, seconds) in [(160, 30.0, 4_000), (161, 60.0, 1_000)] {
        let story = story(&storm(rate, naive(BudgetSpec::Unlimited), seconds), nth);
        // In the last second before the stall some are caught by it.
        assert_eq!(story.goodput_until(5..19), 1.0, "at {rate} a second all is well before the stall");
        // It leaves 24 lambda tries, at least 720, and they grow by 20 a second or more. A Brownian motion of that drift and
        // of variance 16 lambda + mu falls by 670 once in exp(2 x 20 x 670 / 580), which is e^46, and less often at 60.
        assert_eq!(story.goodput(20..), 0.0, "at {rate} a second nobody is ever answered again");
        // Nobody is left idle, and nobody is answered: the queue grows by 4 lambda - mu.
        let growth: Vec<f64> = story.queued[60..].windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_mean(&format!("collapse at {rate} a second: growth"), &growth, 4.0 * rate - 100.0);
    }
}

#[test]
fn below_the_threshold_the_same_storm_heals() {
    let story = story(&storm(20.0, naive(BudgetSpec::Unlimited), 1_000), 162);
    // Six seconds of 80 tries are 480, worked off at 100 - 80 a second. Who comes before 30 s tries until 31.5 s, and finds
    // 370 then: 320 above 50, and the standard deviation is sqrt(420 x 5.5 + 320 x 6) = 65.
    assert_eq!(story.goodput_until(20..30), 0.0, "the stall leaves a queue longer than the clients' patience");
    // 60 s after the stall the fluid would be 1,200 - 430 beyond the 50; sqrt(420 x 60 + 320 x 6) = 165.
    assert_eq!(story.goodput(26 + 60..), 1.0, "it heals");
}

#[test]
fn a_budget_lifts_the_threshold_to_its_own_load() {
    // With a fifth of retries at most, the worst load at 60 a second is 72, below mu: the stall heals. At 90 it is 108.
    let finagle = BudgetSpec::Finagle { ttl_ns: 10 * UNIT_NS, percent: 20, reserve_per_s: 0 };
    // The stall leaves 360 requests and the retries of sixteen seconds' requests at most, 192, which are worked off at 28 a
    // second: after 34 s the fluid would be 28 x 34 - 502 = 450 beyond the 50; sqrt((1.44 x 60 + 100) x 40) = 86.
    let healed = story(&storm(60.0, naive(finagle), 1_000), 163);
    assert_eq!(healed.goodput(26 + 34..), 1.0, "60 a second heal");
    // It leaves 540 requests and the retries of ten seconds' requests at least, 180, and they grow by 8 a second. Of
    // variance 1.44 x 90 + 100 they fall by 670 once in exp(2 x 8 x 670 / 230), which is e^46.
    let collapsed = story(&storm(90.0, naive(finagle), 1_000), 164);
    assert_eq!(collapsed.goodput(20..), 0.0, "90 a second do not");
}
