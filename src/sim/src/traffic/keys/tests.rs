//! Frequencies of keys by chi-square tests at the level 1e-4.

use super::*;
use crate::blueprint::wrong;
use crate::kernel::random::{Key, Purpose};

const DRAWS: u64 = 100_000;

fn draws(spec: &KeySpec) -> Vec<u64> {
    let (sampler, key) = (KeySampler::new(spec), Key::of_seed(11));
    (0..DRAWS).map(|i| sampler.draw(&mut key.child(i).stream(Purpose::Key))).collect()
}

/// Pearson's statistic of 16 classes. With 15 degrees of freedom it exceeds 44.263 once in 10,000 times.
fn chi_square(classes: impl Iterator<Item = usize>, expected: [f64; 16]) -> f64 {
    let mut counts = [0u32; 16];
    classes.for_each(|class| counts[class] += 1);
    counts.iter().zip(expected).map(|(&n, e)| (f64::from(n) - e) * (f64::from(n) - e) / e).sum()
}

const CHI_SQUARE_15_MAX: f64 = 44.263;

#[test]
fn zipf_keys_are_as_popular_as_the_law_says() {
    for exponent in [0.0, 0.8, 1.0, 1.2] {
        let weights = std::array::from_fn::<f64, 16, _>(|k| 1.0 / ((k + 1) as f64).powf(exponent));
        let total: f64 = weights.iter().sum();
        let keys = draws(&KeySpec::Zipf { keys: 16, exponent });
        let found = chi_square(keys.iter().map(|&k| k as usize), weights.map(|w| w / total * DRAWS as f64));
        assert!(found < CHI_SQUARE_15_MAX, "exponent {exponent}: {found}");
    }
}

#[test]
fn a_large_table_reaches_its_last_key() {
    // In octaves: 1, 2-3, 4-7 and so on, up to 32,768-65,535 of the ranks; the very last rank is not among them.
    let keys = draws(&KeySpec::Zipf { keys: 65_536, exponent: 1.0 });
    let harmonic = |from: u32, to: u32| (from..to).map(|k| 1.0 / f64::from(k)).sum::<f64>();
    let total = harmonic(1, 65_537);
    let expected = std::array::from_fn(|i| harmonic(1 << i, 1 << (i + 1)) / total * DRAWS as f64);
    let ranks = keys.iter().map(|&k| k as u32 + 1).filter(|&rank| rank < 65_536);
    let found = chi_square(ranks.map(|rank| rank.ilog2() as usize), expected);
    assert!(found < CHI_SQUARE_15_MAX, "{found}");
    let KeySampler::Zipf { cumulative } = KeySampler::new(&KeySpec::Zipf { keys: 65_536, exponent: 1.0 }) else {
        panic!("not a Zipf sampler")
    };
    assert_eq!(cumulative.last(), Some(&1.0));
}

#[test]
fn uniform_keys_and_sessions_are_alike() {
    let even = [DRAWS as f64 / 16.0; 16];
    let keys = draws(&KeySpec::Uniform { keys: 16 });
    assert!(chi_square(keys.iter().map(|&k| k as usize), even) < CHI_SQUARE_15_MAX);
    // A million sessions: their keys lie in each sixteenth of all numbers alike.
    let sessions = draws(&KeySpec::Session { sessions: 1_000_000 });
    assert!(chi_square(sessions.iter().map(|&k| (k >> 60) as usize), even) < CHI_SQUARE_15_MAX);
}

#[test]
fn sessions_are_distinct_and_far_apart() {
    let mut keys = draws(&KeySpec::Session { sessions: 16 });
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 16);
    assert!(keys.windows(2).all(|pair| pair[1] - pair[0] > 1 << 32));
}

#[test]
fn one_key_is_key_zero() {
    assert!(draws(&KeySpec::None).iter().all(|&key| key == 0));
    assert!(draws(&KeySpec::Zipf { keys: 1, exponent: 1.0 }).iter().all(|&key| key == 0));
}

#[test]
fn bad_parameters_are_named() {
    let fields = |spec: KeySpec| wrong(|require| spec.check(require));
    assert_eq!(fields(KeySpec::Uniform { keys: 0 }), ["keys"]);
    assert_eq!(fields(KeySpec::Zipf { keys: 65_537, exponent: 1.0 }), ["keys"]);
    assert_eq!(fields(KeySpec::Zipf { keys: 1, exponent: f64::NAN }), ["exponent"]);
    assert_eq!(fields(KeySpec::Zipf { keys: 0, exponent: 8.1 }), ["keys", "exponent"]);
    assert_eq!(fields(KeySpec::Session { sessions: 0 }), ["sessions"]);
    assert!(fields(KeySpec::Zipf { keys: 65_536, exponent: 8.0 }).is_empty());
    assert!(fields(KeySpec::None).is_empty());
}
