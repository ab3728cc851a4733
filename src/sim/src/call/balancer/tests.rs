//! The balancer against `FACTS` LB-RR, LB-LR and LB-EWMA. Shares are checked within five standard errors of a binomial
//! proportion, which a sound balancer leaves once in about two million checks.

use super::*;
use proptest::prelude::*;

const NOW: Time = Time::ZERO;

/// A balancer whose target i leads into pipe 100 + i and has the i-th weight; its outlets are given in reverse.
fn balancer(policy: Policy, weights: &[u32]) -> Balancer {
    let pipes = weights.iter().enumerate().rev().map(|(i, &weight)| (i as u8, 100 + i as u32, weight));
    Balancer::new(PieceId(4), policy, pipes.collect())
}

fn key(i: u64) -> Key {
    Key::of_seed(1).child(i)
}

/// The next choices as letters, the first target being A; each request is answered at once.
fn turns(b: &mut Balancer, count: usize) -> String {
    let mut choose = |i| {
        let target = b.choose(NOW, key(i as u64)).unwrap();
        b.release(target, NOW, None);
        (b'A' + target as u8) as char
    };
    (0..count).map(&mut choose).collect()
}

/// How often a fresh balancer, prepared by `prepare`, picks target 2 of 4.
fn share_of_the_third(policy: Policy, draws: u64, prepare: impl Fn(&mut Balancer)) -> u64 {
    let mut balancer = balancer(policy, &[1; 4]);
    prepare(&mut balancer);
    let pick = |i: &u64| {
        let mut b = balancer.clone();
        b.choose(NOW, key(*i)) == Some(2)
    };
    (0..draws).filter(pick).count() as u64
}

fn assert_share(hits: u64, draws: u64, expected: f64) {
    let (share, n) = (hits as f64 / draws as f64, draws as f64);
    assert!((share - expected).abs() < 5.0 * (expected * (1.0 - expected) / n).sqrt(), "{hits} of {draws}");
}

#[test]
fn round_robin_takes_outlets_in_turn_and_skips_shut_ones() {
    let mut b = balancer(Policy::RoundRobin, &[1; 3]);
    assert_eq!(turns(&mut b, 4), "ABCA");
    b.set_open(101, false);
    // The fifth turn is 4 modulo 2 open targets: A again, as in Envoy.
    assert_eq!(turns(&mut b, 4), "ACAC");
    assert_eq!(b.targets.iter().map(|t| t.sent).collect::<Vec<_>>(), [4, 1, 3]);
}

#[test]
fn weights_of_one_and_two_give_the_vector_of_the_fact() {
    assert_eq!(turns(&mut balancer(Policy::RoundRobin, &[1, 2]), 9), "BABBABBAB");
}

#[test]
fn five_one_one_repeats_without_drift() {
    let mut b = balancer(Policy::RoundRobin, &[5, 1, 1]);
    for _ in 0..1_000 {
        assert_eq!(turns(&mut b, 7), "AAAABCA");
    }
}

#[test]
fn a_changed_set_of_open_targets_starts_the_weighted_schedule_anew() {
    let mut b = balancer(Policy::RoundRobin, &[1, 2, 1]);
    turns(&mut b, 2);
    b.set_open(102, false);
    assert_eq!(turns(&mut b, 9), "BABBABBAB");
    b.set_open(101, false);
    assert_eq!(turns(&mut b, 3), "AAA");
}

#[test]
fn equal_weights_above_one_are_plain_turns() {
    assert_eq!(turns(&mut balancer(Policy::RoundRobin, &[7; 3]), 6), "ABCABC");
}

#[test]
fn least_request_without_load_takes_weighted_turns() {
    for policy in [Policy::LeastRequest, Policy::LeastRequestFullScan] {
        assert_eq!(turns(&mut balancer(policy, &[1, 2]), 9), "BABBABBAB");
    }
}

#[test]
fn least_request_with_weights_serves_by_weight_over_load() {
    // B has weight 2 but one request in flight: both are due every second, and A, inserted first, comes first.
    let mut b = balancer(Policy::LeastRequest, &[1, 2]);
    b.set_open(100, false);
    assert_eq!(b.choose(NOW, key(0)), Some(1));
    b.set_open(100, true);
    assert_eq!(turns(&mut b, 6), "ABABAB");
}

#[test]
fn least_request_takes_the_busiest_of_n_once_in_n_squared() {
    let hits = share_of_the_third(Policy::LeastRequest, 160_000, |b| b.targets[2].active = 50);
    assert_share(hits, 160_000, 1.0 / 16.0);
}

#[test]
fn least_request_takes_the_idlest_of_n_unless_both_draws_miss_it() {
    let hits = share_of_the_third(Policy::LeastRequest, 160_000, |b| {
        b.targets.iter_mut().for_each(|t| t.active = 9);
        b.targets[2].active = 8;
    });
    assert_share(hits, 160_000, 1.0 - 9.0 / 16.0);
}

#[test]
fn least_request_keeps_the_first_of_a_tie() {
    for i in 0..1_000 {
        let (first, _) = stream(PieceId(4), key(i), 0).pair_below(8);
        let mut b = balancer(Policy::LeastRequest, &[1; 8]);
        assert_eq!(b.choose(NOW, key(i)), Some(first as usize));
    }
}

#[test]
fn power_of_two_never_takes_the_busiest_and_takes_the_idlest_half_the_time() {
    assert_eq!(share_of_the_third(Policy::PowerOfTwo, 10_000, |b| b.targets[2].active = 50), 0);
    let hits = share_of_the_third(Policy::PowerOfTwo, 160_000, |b| {
        b.targets.iter_mut().for_each(|t| t.active = 9);
        b.targets[2].active = 8;
    });
    // Two of four distinct targets hold a given one with probability 1/2.
    assert_share(hits, 160_000, 0.5);
}

#[test]
fn random_and_ties_of_a_full_scan_are_even() {
    assert_share(share_of_the_third(Policy::Random, 160_000, |b| b.targets[2].active = 50), 160_000, 0.25);
    assert_share(share_of_the_third(Policy::LeastRequestFullScan, 160_000, |_| ()), 160_000, 0.25);
    let hits = share_of_the_third(Policy::LeastRequestFullScan, 160_000, |b| b.targets[0].active = 1);
    assert_share(hits, 160_000, 1.0 / 3.0);
}

#[test]
fn a_full_scan_finds_the_idlest_always() {
    let hits = share_of_the_third(Policy::LeastRequestFullScan, 1_000, |b| {
        b.targets.iter_mut().for_each(|t| t.active = 9);
        b.targets[2].active = 8;
    });
    assert_eq!(hits, 1_000);
}

#[test]
fn least_response_time_leaves_the_slow_target_until_it_is_forgiven() {
    let mut b = balancer(Policy::LeastResponseTime, &[1; 2]);
    assert!(b.wants_rtt());
    for (target, rtt_ns) in [(0, 1_000_000), (1, 2_000_000)] {
        b.send(target);
        b.release(target, NOW, Some(rtt_ns));
    }
    assert_eq!(b.choose(NOW, key(0)), Some(0));
    // One in flight at A: 2 x 1 ms there and 1 x 2 ms at B tie, so it is the first draw's.
    b.send(0);
    assert_eq!(b.choose(NOW, key(1)), Some(1), "3 ms expected at A, 2 ms at B");
}

#[test]
fn a_choice_avoids_what_was_tried_and_gives_up_after_five_reselections() {
    let mut b = balancer(Policy::RoundRobin, &[1; 8]);
    assert_eq!(b.choose_avoiding(NOW, key(0), 0b1_1111), Some(5));
    assert_eq!(b.choose_avoiding(NOW, key(0), 0), Some(6), "each reselection was a turn");
    let mut b = balancer(Policy::RoundRobin, &[1; 8]);
    assert_eq!(b.choose_avoiding(NOW, key(0), 0b11_1111), Some(5), "the sixth choice is taken as it comes");
    assert_eq!(b.targets.iter().map(|t| t.sent).sum::<u64>(), 1);
}

#[test]
fn avoiding_one_of_two_fails_once_in_64_draws() {
    let (draws, mut hits) = (160_000, 0);
    for i in 0..draws {
        hits += u64::from(balancer(Policy::Random, &[1; 2]).choose_avoiding(NOW, key(i), 1) == Some(0));
    }
    assert_share(hits, draws, 1.0 / 64.0);
}

#[test]
fn nothing_is_chosen_where_all_is_shut() {
    let mut b = balancer(Policy::LeastRequest, &[1; 2]);
    b.set_open(100, false);
    b.set_open(101, false);
    assert_eq!((b.choose(NOW, key(0)), b.choose_avoiding(NOW, key(0), 1)), (None, None));
    b.set_open(101, true);
    assert_eq!(b.choose(NOW, key(0)), Some(1));
}

#[test]
fn draws_belong_to_the_request_and_the_balancer() {
    let choices = |id| {
        let mut b = Balancer::new(PieceId(id), Policy::Random, (0..8).map(|i| (i, u32::from(i), 1)).collect());
        (0..50).map(|i| b.choose(NOW, key(i)).unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(choices(4), choices(4));
    assert_ne!(choices(4), choices(5));
}

#[test]
fn a_changed_policy_starts_afresh_and_the_same_one_does_not() {
    let mut b = balancer(Policy::RoundRobin, &[1; 3]);
    turns(&mut b, 1);
    b.set_policy(Policy::RoundRobin);
    assert_eq!(turns(&mut b, 1), "B");
    b.set_policy(Policy::Random);
    b.set_policy(Policy::RoundRobin);
    assert_eq!(turns(&mut b, 1), "A");
}

proptest! {
    /// Over each period of as many choices as the weights' sum, every target has exactly its weight of them.
    #[test]
    fn weighted_shares_are_exact_over_a_period(
        weights in prop::collection::vec(1u32..=1_000, 1..8), periods in 1u32..4,
    ) {
        let mut b = balancer(Policy::RoundRobin, &weights);
        let period: u32 = weights.iter().sum();
        turns(&mut b, (period * periods) as usize);
        // Equal weights take plain turns, whose period is the number of targets: a divisor of the sum.
        for (target, weight) in b.targets.iter().zip(&weights) {
            prop_assert_eq!(target.sent, u64::from(weight * periods));
        }
    }

    /// Whatever happens: only open targets are chosen, and what is in flight is what was sent and not released.
    #[test]
    fn only_open_targets_are_chosen(
        weights in prop::collection::vec(1u32..4, 1..6),
        policy in prop::sample::select(vec![
            Policy::RoundRobin, Policy::LeastRequest, Policy::Random, Policy::LeastRequestFullScan, Policy::PowerOfTwo,
            Policy::LeastResponseTime,
        ]),
        steps in prop::collection::vec((0u8..4, 0u32..6), 1..200),
    ) {
        let mut b = balancer(policy, &weights);
        let mut flying = Vec::new();
        for (i, &(step, n)) in steps.iter().enumerate() {
            let now = Time::from_ms(i as u64);
            match step {
                0 => b.set_open(100 + n, i % 3 != 0),
                1 if !flying.is_empty() => b.release(flying.remove(0), now, Some(u64::from(n))),
                _ => match b.choose_avoiding(now, key(i as u64), u64::from(n)) {
                    Some(target) => {
                        prop_assert!(b.targets[target].open);
                        flying.push(target);
                    }
                    None => prop_assert!(b.targets.iter().all(|t| !t.open)),
                },
            }
        }
        prop_assert_eq!(b.targets.iter().map(|t| t.active as usize).sum::<usize>(), flying.len());
    }
}
