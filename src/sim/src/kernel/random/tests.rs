//! Draws against the distributions that they claim, and against each other. Seeds are fixed, so a test that passes
//! passes always; the stated levels say how likely a sound generator would have failed when the seed was first chosen.

use super::ziggurat::{Edges, exponential_density, normal_density};
use super::*;

const PURPOSES: [Purpose; 13] = [
    Purpose::Interarrival,
    Purpose::ServiceDemand,
    Purpose::Balance,
    Purpose::Class,
    Purpose::Key,
    Purpose::Jitter,
    Purpose::Loss,
    Purpose::Backoff,
    Purpose::Branch,
    Purpose::Think,
    Purpose::Hazard,
    Purpose::Sleep,
    Purpose::Routing,
];

const SAMPLES: usize = 300_000;

/// First draws of many children, as the simulation draws them.
fn samples(purpose: Purpose, draw: fn(&mut Stream) -> f64) -> Vec<f64> {
    let key = Key::of_seed(1).child(7);
    (0..SAMPLES as u64).map(|i| draw(&mut key.child(i).stream(purpose))).collect()
}

/// The `k`-th moment has the expected value, within five standard errors (level below 10^-6).
fn assert_moment(samples: &[f64], k: i32, expected: f64, variance: f64) {
    let n = samples.len() as f64;
    let mean = samples.iter().map(|x| (0..k).fold(1.0, |power, _| power * x)).sum::<f64>() / n;
    assert!((mean - expected).abs() <= 5.0 * (variance / n).sqrt(), "moment {k}: {mean}, expected {expected}");
}

/// Kolmogorov and Smirnov's test at level 0.001 (1.95 by the limiting distribution).
fn assert_distributed(mut samples: Vec<f64>, distribution: fn(f64) -> f64) {
    samples.sort_by(f64::total_cmp);
    let n = samples.len() as f64;
    let off = |(i, &x): (usize, &f64)| {
        let p = distribution(x);
        (p - i as f64 / n).max((i + 1) as f64 / n - p)
    };
    let furthest = samples.iter().enumerate().map(off).fold(0.0, f64::max);
    assert!(furthest * n.sqrt() <= 1.95, "off by {furthest}");
}

#[test]
fn the_exponential_is_distributed_so() {
    let samples = samples(Purpose::ServiceDemand, Stream::exponential);
    // E X^k = k!, and the variance of X^k is (2k)! - k!^2.
    for (k, expected, variance) in [(1, 1.0, 1.0), (2, 2.0, 20.0), (3, 6.0, 684.0), (4, 24.0, 39_744.0)] {
        assert_moment(&samples, k, expected, variance);
    }
    // The share beyond where the tail begins, e^-7.697 = 0.000454.
    let beyond = samples.iter().filter(|&&x| x > tables::EXPONENTIAL_EDGES[1]).count() as f64;
    let expected = SAMPLES as f64 * exponential_density(tables::EXPONENTIAL_EDGES[1]);
    assert!((beyond - expected).abs() < 5.0 * expected.sqrt(), "{beyond} of {expected} in the tail");
    assert_distributed(samples, |x| 1.0 - libm::exp(-x));
}

#[test]
fn the_normal_is_distributed_so() {
    let samples = samples(Purpose::Jitter, Stream::normal);
    // The variance of X^k is E X^2k - (E X^k)^2 with even moments 1, 3, 15, 105.
    for (k, expected, variance) in [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0)] {
        assert_moment(&samples, k, expected, variance);
    }
    let beyond = samples.iter().filter(|x| x.abs() > tables::NORMAL_EDGES[1]).count() as f64;
    let expected = SAMPLES as f64 * libm::erfc(tables::NORMAL_EDGES[1] / 2f64.sqrt());
    assert!((beyond - expected).abs() < 5.0 * expected.sqrt(), "{beyond} of {expected} in the tail");
    assert_distributed(samples, |x| 0.5 * libm::erfc(-x / 2f64.sqrt()));
}

#[test]
fn later_values_of_one_stream_are_distributed_so_too() {
    let mut stream = Key::of_seed(2).stream(Purpose::Sleep);
    let exponentials = (0..SAMPLES).map(|_| stream.exponential()).collect();
    assert_distributed(exponentials, |x| 1.0 - libm::exp(-x));
    let normals = (0..SAMPLES).map(|_| stream.normal()).collect();
    assert_distributed(normals, |x| 0.5 * libm::erfc(-x / 2f64.sqrt()));
    let units = (0..SAMPLES).map(|_| stream.unit()).collect();
    assert_distributed(units, |x| x);
}

/// Edges of 256 layers of equal area below a density whose tail begins at `begins`.
fn edges(begins: f64, area: f64, density: fn(f64) -> f64, inverse: fn(f64) -> f64) -> Edges {
    let mut edges = [0.0; 257];
    edges[0] = area / density(begins);
    edges[1] = begins;
    for i in 2..256 {
        edges[i] = inverse(area / edges[i - 1] + density(edges[i - 1]));
    }
    edges
}

fn exponential_edges() -> Edges {
    let begins = 7.697_117_470_131_05;
    edges(begins, (begins + 1.0) * exponential_density(begins), exponential_density, |y| -libm::log(y))
}

fn normal_edges() -> Edges {
    let begins = 3.654_152_885_361_009;
    let tail = (std::f64::consts::PI / 2.0).sqrt() * libm::erfc(begins / 2f64.sqrt());
    let area = begins * normal_density(begins) + tail;
    edges(begins, area, normal_density, |y| (-2.0 * libm::log(y)).sqrt())
}

#[test]
fn the_tables_are_what_the_method_says() {
    assert_eq!(exponential_edges().map(f64::to_bits), tables::EXPONENTIAL_EDGES.map(f64::to_bits));
    assert_eq!(normal_edges().map(f64::to_bits), tables::NORMAL_EDGES.map(f64::to_bits));
    // The highest layer ends at the top of the density: only then are the areas equal.
    for (edges, density) in
        [(exponential_edges(), exponential_density as fn(f64) -> f64), (normal_edges(), normal_density)]
    {
        let area = edges[0] * density(edges[1]);
        let highest = edges[255] * (1.0 - density(edges[255]));
        assert!((highest / area - 1.0).abs() < 1e-9, "the highest layer has {highest}, the others {area}");
    }
}

/// The draws that the rules fix, as another implementation of this module's text (in whole numbers of any size) gives
/// them.
#[test]
fn draws_are_what_they_were() {
    let mut stream = Key::of_seed(42).child(3).stream(Purpose::Balance);
    assert_eq!([stream.bits(), stream.bits()], [13739140830468770750, 8205094361178196569]);
    assert_eq!([stream.below(10), stream.below(10)], [0, 9]);
    assert_eq!(stream.pair_below(10), (2, 5));
    assert_eq!(
        [stream.unit(), stream.exponential(), stream.normal()],
        [0.5831926648160339, 0.003768134903847945, 0.689720169680465]
    );
    assert_eq!(PURPOSES.map(|purpose| purpose as u64), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
}

#[test]
fn indices_are_even_and_pairs_independent() {
    let key = Key::of_seed(3);
    let (mut counts, mut pairs) = ([0u32; 7], [0u32; 49]);
    for i in 0..490_000 {
        counts[key.child(i).stream(Purpose::Balance).below(7) as usize] += 1;
        let (a, b) = key.child(i).stream(Purpose::Routing).pair_below(7);
        pairs[(a * 7 + b) as usize] += 1;
    }
    assert_even("indices", &counts);
    assert_even("pairs", &pairs);
}

#[test]
fn a_chance_is_as_likely_as_said_and_takes_one_value() {
    let mut stream = Key::of_seed(4).stream(Purpose::Loss);
    let mut other = stream.clone();
    let n = 100_000;
    let happened = (0..n).filter(|_| stream.chance(0.2)).count() as f64;
    assert!((happened - 20_000.0).abs() < 5.0 * 16_000f64.sqrt(), "{happened}");
    assert!((0..n).all(|_| !other.chance(0.0)));
    assert_eq!(stream.bits(), other.bits());
    assert!((0..n).all(|_| stream.chance(1.0)));
}

/// Chi-squared test: mean is the cells less one, variance twice that. Six standard deviations; by Wilson and Hilferty's
/// approximation a level below 10^-5 for 7 cells and below 10^-7 for 256.
fn assert_even(what: &str, counts: &[u32]) {
    let expected = counts.iter().map(|&c| f64::from(c)).sum::<f64>() / counts.len() as f64;
    let off: f64 = counts.iter().map(|&c| (f64::from(c) - expected) * (f64::from(c) - expected) / expected).sum();
    let freedom = (counts.len() - 1) as f64;
    assert!((off - freedom).abs() <= 6.0 * (2.0 * freedom).sqrt(), "{what}: chi-squared {off} with {freedom}");
}

/// Pairs of values fill a table of 16 by 16 evenly: by their highest bits, their lowest, and some between.
fn assert_independent(what: &str, pairs: impl Iterator<Item = (u64, u64)>) {
    let mut counts = [[0u32; 256]; 3];
    for (a, b) in pairs {
        for (shift, counts) in [60, 30, 0].into_iter().zip(&mut counts) {
            counts[((a >> shift & 15) << 4 | b >> shift & 15) as usize] += 1;
        }
    }
    counts.iter().for_each(|counts| assert_even(what, counts));
}

#[test]
fn purposes_are_independent() {
    let key = Key::of_seed(5).child(1);
    for (i, &a) in PURPOSES.iter().enumerate() {
        for &b in &PURPOSES[i + 1..] {
            let pairs = (0..40_000).map(|id| (key.child(id).stream(a).bits(), key.child(id).stream(b).bits()));
            assert_independent(&format!("{a:?} and {b:?}"), pairs);
        }
    }
}

#[test]
fn neighbours_are_independent() {
    let draw = |key: Key| key.stream(Purpose::Balance).bits();
    let key = Key::of_seed(6);
    let ids = 0..100_000u64;
    assert_independent("consecutive ids", ids.clone().map(|id| (draw(key.child(id)), draw(key.child(id + 1)))));
    assert_independent("parent and child", ids.clone().map(|id| (draw(key.child(id)), draw(key.child(id).child(0)))));
    assert_independent("consecutive seeds", ids.clone().map(|id| (draw(Key::of_seed(id)), draw(Key::of_seed(id + 1)))));
    assert_independent(
        "consecutive parents",
        ids.clone().map(|id| (draw(key.child(id).child(9)), draw(key.child(id + 1).child(9)))),
    );
    assert_independent(
        "ids far apart",
        ids.clone().map(|id| (draw(key.child(id << 40)), draw(key.child((id + 1) << 40)))),
    );
    assert_independent(
        "consecutive values",
        ids.map(|id| {
            let mut stream = key.child(id).stream(Purpose::Balance);
            (stream.bits(), stream.bits())
        }),
    );
}

#[test]
fn a_stream_is_what_others_call_splitmix64() {
    use rand_core::{Rng, SeedableRng};
    for seed in [0, 1, 0x5049_5045, u64::MAX] {
        let (mut ours, mut theirs) = (Stream(seed), rand_xoshiro::SplitMix64::seed_from_u64(seed));
        for _ in 0..1_000 {
            assert_eq!(ours.bits(), theirs.next_u64(), "seed {seed}");
        }
    }
}

#[test]
fn digits_are_the_halves_of_a_product() {
    let mut stream = Key::of_seed(8).stream(Purpose::Key);
    let bounds = [0, 1, 2, 3, 10, 65_536, u32::MAX - 1, u32::MAX];
    let fractions = [0, 1, u64::from(u32::MAX), 1 << 32, u64::MAX - 1, u64::MAX];
    for fraction in fractions.into_iter().chain((0..10_000).map(|_| stream.bits())) {
        for bound in bounds {
            let product = u128::from(fraction) * u128::from(bound);
            assert_eq!(digit(fraction, bound), ((product >> 64) as u32, product as u64), "{fraction} in base {bound}");
        }
    }
}
