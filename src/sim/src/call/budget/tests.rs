//! The budgets against `FACTS` RT-BUDGET.

use super::*;
use crate::blueprint::wrong;
use proptest::prelude::*;

fn retries(budget: &mut Budget, now: Time, active: u32) -> usize {
    (0..10_000).take_while(|_| budget.try_retry(now, active)).count()
}

#[test]
fn an_unlimited_budget_has_no_end() {
    assert_eq!(retries(&mut Budget::new(BudgetSpec::default()), Time::ZERO, 0), 10_000);
}

#[test]
fn finagle_gives_100_free_retries_at_the_start() {
    assert_eq!(retries(&mut Budget::new(BudgetSpec::finagle()), Time::ZERO, 0), 100);
}

#[test]
fn finagle_gives_one_retry_for_five_requests() {
    let mut budget = Budget::new(BudgetSpec::finagle());
    (0..999).for_each(|_| budget.on_request(Time::ZERO));
    assert_eq!(retries(&mut budget, Time::ZERO, 0), 100 + 199);
    budget.on_request(Time::ZERO);
    assert_eq!(retries(&mut budget, Time::ZERO, 0), 1);
}

#[test]
fn finagle_forgets_deposits_and_withdrawals_after_ten_seconds() {
    let mut budget = Budget::new(BudgetSpec::finagle());
    (0..1_000).for_each(|_| budget.on_request(Time::ZERO));
    assert_eq!(retries(&mut budget.clone(), Time::from_ms(9_999), 0), 300);
    assert_eq!(retries(&mut budget, Time::from_ms(10_000), 0), 100, "the requests are forgotten");
    assert_eq!(retries(&mut budget.clone(), Time::from_ms(19_999), 0), 0);
    assert_eq!(retries(&mut budget, Time::from_ms(20_000), 0), 100, "the withdrawals are forgotten");
}

#[test]
fn finagle_prices_follow_the_percentage() {
    let spec = |percent, reserve_per_s| BudgetSpec::Finagle { ttl_ns: 10_000_000_000, percent, reserve_per_s };
    let after_100_requests = |spec| {
        let mut budget = Budget::new(spec);
        (0..100).for_each(|_| budget.on_request(Time::ZERO));
        retries(&mut budget, Time::ZERO, 0)
    };
    assert_eq!(after_100_requests(spec(20, 0)), 20);
    assert_eq!(after_100_requests(spec(50, 0)), 50);
    assert_eq!(after_100_requests(spec(200, 0)), 200);
    assert_eq!(after_100_requests(spec(0, 7)), 70, "the reserve alone");
    assert_eq!(after_100_requests(spec(0, 0)), 0);
}

#[test]
fn envoy_allows_three_at_once_or_a_fifth_of_the_active() {
    for (active, expected) in [(0, 3), (15, 3), (19, 3), (20, 4), (100, 20), (104, 20), (105, 21)] {
        let mut budget = Budget::new(BudgetSpec::envoy());
        assert_eq!(retries(&mut budget, Time::ZERO, active), expected, "{active} active");
        budget.retry_ended(Time::ZERO);
        assert_eq!(retries(&mut budget, Time::ZERO, active), 1);
    }
}

#[test]
fn envoy_counts_what_is_active_now() {
    let mut budget = Budget::new(BudgetSpec::envoy());
    assert_eq!(retries(&mut budget, Time::ZERO, 50), 10);
    assert!(!budget.try_retry(Time::ZERO, 10), "ten retries are more than three");
    assert!(budget.try_retry(Time::ZERO, 55));
}

#[test]
fn grpc_retries_only_above_half_of_the_tokens() {
    let mut budget = Budget::new(BudgetSpec::grpc());
    for failures in 1..=12 {
        budget.on_failure(Time::ZERO);
        assert_eq!(budget.try_retry(Time::ZERO, 0), failures <= 4, "after {failures} failures");
    }
    // Empty, not below: 51 successes of a tenth are the first to exceed five tokens.
    (0..50).for_each(|_| budget.on_success(Time::ZERO));
    assert!(!budget.try_retry(Time::ZERO, 0));
    budget.on_success(Time::ZERO);
    assert!(budget.try_retry(Time::ZERO, 0));
    assert!(budget.try_retry(Time::ZERO, 0), "a retry itself costs nothing");
}

/// The vector of gRPC's own `retry_throttle_test.cc`: 4 tokens at most, 1.6 for a success.
#[test]
fn grpc_agrees_with_its_own_test() {
    let mut budget = Budget::new(BudgetSpec::Grpc { max_tokens: 4, token_ratio_milli: 1_600 });
    let failure = |budget: &mut Budget| {
        budget.on_failure(Time::ZERO);
        budget.try_retry(Time::ZERO, 0)
    };
    assert!(failure(&mut budget));
    budget.on_success(Time::ZERO);
    assert!(failure(&mut budget), "full again, not above");
    assert!(!failure(&mut budget), "at half");
    assert!(!failure(&mut budget));
}

fn fields(spec: BudgetSpec) -> Vec<&'static str> {
    wrong(|require| spec.check(require))
}

#[test]
fn problems_name_the_field() {
    for spec in [BudgetSpec::Unlimited, BudgetSpec::finagle(), BudgetSpec::envoy(), BudgetSpec::grpc()] {
        assert!(fields(spec).is_empty());
    }
    assert_eq!(fields(BudgetSpec::Finagle { ttl_ns: 61_000_000_000, percent: 20, reserve_per_s: 10 }), ["ttl_ns"]);
    assert_eq!(fields(BudgetSpec::Finagle { ttl_ns: 1_000_000_000, percent: 100_001, reserve_per_s: 10 }), ["percent"]);
    assert_eq!(fields(BudgetSpec::Envoy { min_concurrent: 3, percent: 101 }), ["percent"]);
    assert_eq!(fields(BudgetSpec::Grpc { max_tokens: 0, token_ratio_milli: 100 }), ["max_tokens"]);
    assert_eq!(fields(BudgetSpec::Grpc { max_tokens: 10, token_ratio_milli: 0 }), ["token_ratio_milli"]);
}

#[test]
fn every_bad_field_is_named() {
    let finagle = BudgetSpec::Finagle { ttl_ns: 999_999_999, percent: 100_001, reserve_per_s: 1_000_001 };
    assert_eq!(fields(finagle), ["ttl_ns", "percent", "reserve_per_s"]);
    let grpc = BudgetSpec::Grpc { max_tokens: 1_001, token_ratio_milli: 1_000_001 };
    assert_eq!(fields(grpc), ["max_tokens", "token_ratio_milli"]);
}

#[test]
fn the_digest_shows_what_is_left() {
    let digest = |budget: &Budget| {
        let mut digest = Digest::EMPTY;
        budget.fold_into(&mut digest);
        digest
    };
    for spec in [BudgetSpec::finagle(), BudgetSpec::envoy(), BudgetSpec::grpc()] {
        let mut budget = Budget::new(spec);
        let full = digest(&budget);
        budget.on_failure(Time::ZERO);
        assert!(budget.try_retry(Time::ZERO, 0));
        assert_ne!(digest(&budget), full);
    }
}

proptest! {
    /// A withdrawal never overdraws, and nine seconds have no more retries than the reserve and a fifth of all
    /// requests: what was withdrawn is remembered for nine slices of a second at least.
    #[test]
    fn finagle_never_overdraws(steps in prop::collection::vec((0u64..2_000, 0u8..3, 1u32..40), 1..100)) {
        let mut budget = Budget::new(BudgetSpec::finagle());
        let (mut now, mut requests, mut allowed) = (Time::ZERO, 0, Vec::new());
        for (wait_ms, kind, times) in steps {
            now = now.plus_ns(wait_ms * 1_000_000);
            for _ in 0..times {
                if kind == 0 {
                    budget.on_request(now);
                    requests += 1;
                } else if budget.try_retry(now, 0) {
                    allowed.push(now);
                }
            }
            let recent = allowed.iter().filter(|&&at| now.since_ns(at) < 9_000_000_000);
            prop_assert!(recent.count() <= 100 + requests / 5);
            if let Account::Tokens { recent, reserve, .. } = &budget.0
                && allowed.last() == Some(&now)
            {
                prop_assert!(recent.clone().sum(now) + reserve >= 0);
            }
        }
    }

    /// The tokens of gRPC stay between none and all of them.
    #[test]
    fn grpc_tokens_stay_in_range(
        max_tokens in 1u32..20, ratio in 1u32..3_000, steps in prop::collection::vec(any::<bool>(), 0..200),
    ) {
        let mut budget = Budget::new(BudgetSpec::Grpc { max_tokens, token_ratio_milli: ratio });
        for ok in steps {
            if ok { budget.on_success(Time::ZERO) } else { budget.on_failure(Time::ZERO) }
            if let Account::Throttle { tokens, most, .. } = budget.0 {
                prop_assert!(tokens <= most);
                prop_assert_eq!(budget.try_retry(Time::ZERO, 0), 2 * tokens > most);
            }
        }
    }
}
