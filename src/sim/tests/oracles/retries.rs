//! Retries: how much load they make, and what budgets leave of it.

use super::harness::*;
use pipe_maze_sim::*;
use std::collections::BTreeSet;

/// The shortest possible waits between tries: a nanosecond.
pub const AT_ONCE: Backoff = Backoff { base_ns: 1, cap_ns: 1, multiplier: 1.0, jitter: Jitter::None };

/// A client that waits for ever and tries again so often.
pub fn retrying(retries: u32, budget: BudgetSpec) -> ClientSpec {
    let retry = RetrySpec { retries, backoff: AT_ONCE, budget, on: RetryOn::default() };
    ClientSpec { retry: Some(retry), ..ClientSpec::with_timeout_ns(NEVER_NS) }
}

/// A service that fails with that probability, at once, on any number of workers.
pub fn failing(probability: f64) -> ServiceSpec {
    let program = vec![Step::Chance { probability, then: vec![Step::Fail], otherwise: vec![] }];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    ServiceSpec { endpoints, ..room(100_000, EXPONENTIAL) }
}

/// For each request in order: at which time it came, and how often a worker of `room` began with it.
fn tries(world: &Blueprint, nth: u64) -> Vec<f64> {
    let mut tries = Vec::new();
    watch(world, nth, |_, fact| match fact {
        Fact::Issued { .. } => tries.push(0.0),
        Fact::Began { service, request, .. } if *service == id("room") => tries[request.number as usize] += 1.0,
        _ => {}
    });
    tries
}

#[test]
fn retries_multiply_load_by_a_geometric_sum() {
    // FACTS RT-LOAD: (1 - p^(n+1)) / (1 - p).
    for (nth, (p, n, load)) in (150..).zip([(0.5, 2, 1.75), (0.1, 3, 1.111), (0.9, 4, 4.0951)]) {
        let call = call(retrying(n, BudgetSpec::Unlimited));
        let world = line(spring("spring", 100.0, 60_000).calling(call), failing(p));
        assert_mean(&format!("load of {n} retries at p = {p}"), &tries(&world, nth), load);
        let failed = endings(&world, nth);
        let name = format!("failures after {n} retries at p = {p}");
        let residual = p.powi(n as i32 + 1);
        if residual > 0.01 {
            assert_mean(&name, &whether(&failed, |e| e.outcome == Outcome::Failed), residual);
        }
    }
}

#[test]
fn three_hops_of_three_tries_are_twenty_seven() {
    // FACTS RT-LOAD, where everything fails.
    let client = || retrying(2, BudgetSpec::Unlimited);
    let hop = |name: &str, to: &str| {
        let program = vec![Step::Call(call_of(id(to)).client(client()))];
        let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
        ServiceSpec { id: id(name), endpoints, ..room(1_000, EXPONENTIAL) }
    };
    let mut world = line(spring("spring", 10.0, 1_000).calling(call(client())), hop("first", "second"));
    world.services.extend([hop("second", "room"), failing(1.0)]);
    world.pipes.extend([wire(id("first"), id("second")), wire(id("second"), id("room"))]);
    let tries = tries(&world, 155);
    assert!(tries.iter().all(|&n| n == 27.0), "{:?}", &tries[..10]);
}

#[test]
fn finagles_budget_caps_retries_at_a_fifth() {
    // FACTS RT-BUDGET. Everything fails; what is deposited and not spent when it is forgotten is less than a retry's
    // price for each of the ten slices of the memory. So retries are at most 20 % of the requests, and at least that
    // less one retry a second.
    let finagle = BudgetSpec::Finagle { ttl_ns: 10 * UNIT_NS, percent: 20, reserve_per_s: 0 };
    let world = line(spring("spring", 500.0, 100_000).calling(call(retrying(3, finagle))), failing(1.0));
    let tries = tries(&world, 156);
    let (requests, retries) = (tries.len() as f64, tries.iter().sum::<f64>() - tries.len() as f64);
    println!("oracle | Finagle's budget: load | {} | 1.2", 1.0 + retries / requests);
    assert!(retries <= 0.2 * requests, "{retries} retries of {requests} requests");
    assert!(retries >= 0.2 * requests - requests / 500.0, "{retries} retries of {requests} requests");
}

#[test]
fn finagles_reserve_is_a_hundred_retries_at_once() {
    // FACTS RT-BUDGET: 10 a second for 10 s. Requests deposit nothing here, so a hundred retries and no more.
    let reserve = BudgetSpec::Finagle { ttl_ns: 10 * UNIT_NS, percent: 0, reserve_per_s: 10 };
    let world = line(spring("spring", 1_000.0, 8_000).calling(call(retrying(1, reserve))), failing(1.0));
    let tries = tries(&world, 157);
    assert_eq!(tries.iter().sum::<f64>() as usize - tries.len(), 100, "within the first eight seconds");
}

#[test]
fn grpcs_throttle_stops_at_half_its_tokens() {
    // FACTS RT-BUDGET: of 10 tokens a failure takes one, and a retry needs more than 5: after the first four failures.
    let client = retrying(1, BudgetSpec::grpc());
    let world = line(spring("spring", 10.0, 1_000).calling(call(client)), failing(1.0));
    let tries = tries(&world, 158);
    // Requests one and two fail, are tried again, and fail again: 6 tokens. The third's first failure leaves 5.
    assert_eq!(tries[..3], [2.0, 2.0, 1.0]);
    assert!(tries[3..].iter().all(|&n| n == 1.0));
}

#[test]
fn resilience4j_tries_three_times_about_half_a_second_apart() {
    // FACTS CB-R4J: three tries, 500 ms and 1.5 times as long, each randomised by 50 %: uniform around that.
    let retry = RetrySpec { backoff: Backoff::resilience4j(), ..retrying(2, BudgetSpec::Unlimited).retry.unwrap() };
    let client = ClientSpec { retry: Some(retry), ..ClientSpec::with_timeout_ns(NEVER_NS) };
    let mut waits = [Vec::new(), Vec::new()];
    let run = watch(&line(spring("spring", 100.0, 10_000).calling(call(client)), failing(1.0)), 918, |_, fact| {
        if let Fact::Retried { retries, delay_ns, .. } = *fact {
            waits[usize::from(retries) - 1].push(delay_ns as f64 / MS as f64);
        }
    });
    let issued = run.view().totals().issued as usize;
    assert_eq!([waits[0].len(), waits[1].len()], [issued, issued], "everything fails, and two retries are all");
    for (waits, interval) in waits.iter().zip([500.0, 750.0]) {
        assert!(waits.iter().all(|wait| (0.5 * interval..1.5 * interval).contains(wait)));
        assert_mean(&format!("resilience4j: wait of {interval} ms"), waits, interval);
        // Of a uniform draw between half and one and a half: a twelfth of the interval's square.
        let squares: Vec<f64> = waits.iter().map(|wait| (wait - interval).powi(2)).collect();
        assert_mean(&format!("resilience4j: variance of {interval} ms"), &squares, interval * interval / 12.0);
    }
}

#[test]
fn a_call_by_grpc_is_sent_five_times_at_most() {
    // FACTS RT-BUDGET: larger numbers of attempts are taken for five. A store of a thousand tokens allows all retries of
    // sixty requests that fail; hedges count, too.
    let budget = BudgetSpec::Grpc { max_tokens: 1_000, token_ratio_milli: 1 };
    let hedge = Some(HedgeSpec { delay_ns: 1, max: 2 });
    let most = |retries, budget, hedge| {
        let client = ClientSpec { hedge, ..retrying(retries, budget) };
        // The room is asked and fails after a unit, so that hedges are sent.
        let program = vec![Step::Compute { time: Distribution::Constant { mean_ns: UNIT_NS } }, Step::Fail];
        let service = ServiceSpec { endpoints: vec![EndpointSpec { id: EndpointId::MAIN, program }], ..failing(1.0) };
        let tries = tries(&line(spring("spring", 1.0, 60).calling(call(client)), service), 917);
        assert!(tries.len() > 30 && tries.iter().all(|&n| n == tries[0]), "{tries:?}");
        tries[0] as u32
    };
    assert_eq!([1, 3, 4, 5, 100].map(|retries| most(retries, budget, None)), [2, 4, 5, 5, 5]);
    assert_eq!([1, 2, 3, 100].map(|retries| most(retries, budget, hedge)), [4, 5, 5, 5]);
    // No other budget has such a limit.
    let lavish = BudgetSpec::Finagle { ttl_ns: 60 * UNIT_NS, percent: 100_000, reserve_per_s: 0 };
    for unlimited in [BudgetSpec::Unlimited, lavish, BudgetSpec::Envoy { min_concurrent: 1_000, percent: 20 }] {
        assert_eq!([most(10, unlimited, None), most(10, unlimited, hedge)], [11, 13]);
    }
}

#[test]
fn envoys_budget_counts_those_at_once() {
    // FACTS RT-BUDGET: at most 20 % of the active requests may be retries. Each try fails after a second, and a hundred
    // come in each second at equal distances: a hundred first tries are under way (or one more, in the instant in which
    // one comes and one fails), and r retries, r + 1 <= (100 + r) / 5, so that r grows to 24 or 25 and no further.
    let program = vec![Step::Compute { time: Distribution::Constant { mean_ns: UNIT_NS } }, Step::Fail];
    let endpoints = vec![EndpointSpec { id: EndpointId::MAIN, program }];
    let service = ServiceSpec { endpoints, ..room(100_000, EXPONENTIAL) };
    let client = call(retrying(1, BudgetSpec::envoy()));
    let spring = spring("spring", 100.0, 6_000).calling(client).traffic(Traffic::Deterministic { rate_per_s: 100.0 });
    let (mut active, mut retrying, mut retried) = (0, BTreeSet::new(), [0; 70]);
    watch(&line(spring, service), 159, |now, fact| match *fact {
        Fact::Issued { .. } => active += 1,
        Fact::Retried { request, .. } => {
            retrying.insert(request);
            retried[(now.as_ns() / UNIT_NS) as usize] += 1;
            assert!(retrying.len() <= (active / 5).max(3), "{} retries of {active}", retrying.len());
        }
        Fact::Ended { request, .. } => {
            active -= 1;
            retrying.remove(&request);
        }
        _ => {}
    });
    assert!(retried[10..55].iter().all(|n| (24..=25).contains(n)), "{retried:?}");
}
