//! Draws against closed forms. Moments at five standard errors; whole distributions by Kolmogorov and Smirnov's test
//! at the level 1e-4.

use super::Distribution::{self, *};
use crate::blueprint::wrong;
use crate::kernel::random::{Key, Purpose};

const DRAWS: u64 = 200_000;
const MEAN_NS: u64 = 1_000_000_000;

fn draws(distribution: &Distribution, seed: u64) -> Vec<f64> {
    let key = Key::of_seed(seed);
    let draw = |i| distribution.sample_ns(&mut key.child(i).stream(Purpose::ServiceDemand)) as f64;
    (0..DRAWS).map(draw).collect()
}

fn empirical(points: &[(f64, u64)]) -> Distribution {
    Empirical { points: points.into() }
}

fn fields(distribution: &Distribution) -> Vec<&'static str> {
    wrong(|require| distribution.check(require))
}

/// Holds the mean and the squared coefficient of variation of draws against the closed forms.
fn assert_moments(distribution: &Distribution) {
    let (values, mean_ns) = (draws(distribution, 5), distribution.mean_ns() as f64);
    let n = values.len() as f64;
    let moment = |k: i32| values.iter().map(|v| (v / mean_ns - 1.0).powi(k)).sum::<f64>() / n;
    let (bias, variance, fourth) = (moment(1), moment(2), moment(4));
    let scv = distribution.scv();
    assert!(bias.abs() <= 5.0 * (scv / n).sqrt() + 1e-9, "{distribution:?}: mean off by {bias}");
    let error = ((fourth - variance * variance) / n).sqrt();
    assert!((variance - scv).abs() <= 5.0 * error + 1e-9, "{distribution:?}: {variance} +- {error}, expected {scv}");
}

/// The largest distance between the share of draws up to a value and `cumulative` there.
fn assert_distributed(distribution: &Distribution, cumulative: impl Fn(f64) -> f64) {
    let mut values = draws(distribution, 6);
    values.sort_by(f64::total_cmp);
    let n = values.len() as f64;
    // Both sides of each step. Draws are rounded down, so half a nanosecond is added back; it is far below 1/n here.
    let distance = values.iter().enumerate().map(|(i, &v)| {
        let p = cumulative(v + 0.5);
        (p - i as f64 / n).abs().max((p - (i + 1) as f64 / n).abs())
    });
    let distance = distance.fold(0.0, f64::max);
    // sqrt(ln(2/1e-4)/2) over sqrt(n).
    assert!(distance < 2.2252 / n.sqrt(), "{distribution:?}: distance {distance}");
}

#[test]
fn moments_are_those_of_the_closed_forms() {
    let all = [
        Constant { mean_ns: MEAN_NS },
        Exponential { mean_ns: MEAN_NS },
        Erlang { stages: 3, mean_ns: MEAN_NS },
        LogNormal { mean_ns: MEAN_NS, sigma: 0.5 },
        Pareto { shape: 12.0, minimum_ns: MEAN_NS },
        HyperExponential { p: 0.9, mean_a_ns: MEAN_NS / 2, mean_b_ns: 5 * MEAN_NS },
        Uniform { min_ns: MEAN_NS, max_ns: 3 * MEAN_NS },
        empirical(&[(0.25, MEAN_NS), (0.5, 2 * MEAN_NS), (0.5, 3 * MEAN_NS), (1.0, 9 * MEAN_NS)]),
    ];
    all.iter().for_each(assert_moments);
    assert!((LogNormal { mean_ns: 1, sigma: 1.0 }.scv() - 1.718_282).abs() < 1e-6, "Q-MG1");
    assert_eq!(Pareto { shape: 2.0, minimum_ns: 1 }.scv(), f64::INFINITY);
    // 0.25 of 1, the same of 1.5 on average, and half of 6: the mean by hand.
    assert_eq!(all[7].mean_ns(), 3_625_000_000);
    assert!((Uniform { min_ns: 0, max_ns: 5 }.scv() - 35.0 / 12.0 / 6.25).abs() < 1e-12, "a die with faces 0 to 5");
}

#[test]
fn balanced_h2_has_the_variation_asked_for() {
    // Balanced means (p a = (1 - p) b) and cs² = 4: p = (1 + sqrt(3/5))/2, `FACTS` Q-MG1.
    let p = (1.0 + 0.6f64.sqrt()) / 2.0;
    let (mean_a_ns, mean_b_ns) = ((5e8 / p) as u64, (5e8 / (1.0 - p)) as u64);
    let h2 = HyperExponential { p, mean_a_ns, mean_b_ns };
    assert!((h2.scv() - 4.0).abs() < 1e-6, "{}", h2.scv());
    assert!(h2.mean_ns().abs_diff(MEAN_NS) <= 1);
}

#[test]
fn heavy_tails_follow_their_laws() {
    let minimum = MEAN_NS as f64;
    for shape in [1.1, 1.5, 3.0] {
        let pareto = Pareto { shape, minimum_ns: MEAN_NS };
        assert_distributed(&pareto, |x| 1.0 - libm::pow(minimum / x.max(minimum), shape));
    }
    for sigma in [0.5, 2.0] {
        let normal = |z: f64| libm::erfc(-z / 2f64.sqrt()) / 2.0;
        let log_normal = LogNormal { mean_ns: MEAN_NS, sigma };
        assert_distributed(&log_normal, |x| normal((libm::log(x / MEAN_NS as f64) + sigma * sigma / 2.0) / sigma));
    }
}

#[test]
fn measured_points_are_joined_by_straight_lines() {
    let points = [(0.0, 1_000_000), (0.5, 2_000_000), (0.75, 10_000_000), (1.0, 80_000_000)];
    assert_distributed(&empirical(&points), |x| {
        let above = points.partition_point(|&(_, ns)| (ns as f64) < x).clamp(1, points.len() - 1);
        let ((p0, a), (p1, b)) = (points[above - 1], points[above]);
        (p0 + (p1 - p0) * (x - a as f64) / (b - a) as f64).min(1.0)
    });
    let measured = |p| super::empirical::quantile_ns(&points, p);
    assert_eq!([0.0, 0.25, 0.5, 0.625, 1.0].map(measured), [1_000_000, 1_500_000, 2_000_000, 6_000_000, 80_000_000]);
    let step = [(0.25, 1), (0.5, 2), (0.5, 3), (1.0, 5)];
    assert_eq!([0.0, 0.25, 0.5, 0.75].map(|p| super::empirical::quantile_ns(&step, p)), [1, 1, 2, 4]);
}

#[test]
fn a_pareto_draw_lasts_a_year_at_most() {
    let endless = Pareto { shape: 1.000_001, minimum_ns: 300 * 86_400 * 1_000_000_000 };
    let longest = draws(&endless, 7).into_iter().fold(0.0, f64::max);
    assert_eq!(longest, super::PARETO_DRAW_NS_MAX);
}

#[test]
fn a_uniform_draw_reaches_both_ends_and_no_further() {
    let values = draws(&Uniform { min_ns: 3, max_ns: 5 }, 8);
    for (value, share) in [(3.0, 1.0 / 3.0), (4.0, 1.0 / 3.0), (5.0, 1.0 / 3.0)] {
        let found = values.iter().filter(|&&v| v == value).count() as f64 / DRAWS as f64;
        assert!((found - share).abs() < 5.0 * (share * (1.0 - share) / DRAWS as f64).sqrt(), "{value}: {found}");
    }
    let whole = Uniform { min_ns: 0, max_ns: u64::MAX };
    assert!(draws(&whole, 9).iter().any(|&v| v > 1.8e19));
}

#[test]
fn bad_parameters_are_named() {
    let cases = [
        (Erlang { stages: 0, mean_ns: 1 }, "stages"),
        (Erlang { stages: 1_001, mean_ns: 1 }, "stages"),
        (LogNormal { mean_ns: 1, sigma: f64::NAN }, "sigma"),
        (LogNormal { mean_ns: 1, sigma: 4.1 }, "sigma"),
        (Pareto { shape: 1.0, minimum_ns: 1 }, "shape"),
        (Pareto { shape: f64::INFINITY, minimum_ns: 1 }, "shape"),
        (Pareto { shape: 1.000_001, minimum_ns: u64::MAX >> 8 }, "minimum_ns"),
        (HyperExponential { p: -0.1, mean_a_ns: 1, mean_b_ns: 1 }, "p"),
        (HyperExponential { p: 0.1, mean_a_ns: 1, mean_b_ns: u64::MAX }, "mean_b_ns"),
        (Uniform { min_ns: 2, max_ns: 1 }, "min_ns"),
        (Exponential { mean_ns: u64::MAX }, "mean_ns"),
        (empirical(&[(1.0, 1)]), "points"),
        (empirical(&[(0.5, 1), (0.9, 2)]), "points"),
        (empirical(&[(0.5, 2), (1.0, 1)]), "points"),
        (empirical(&[(f64::NAN, 2), (1.0, 3)]), "points"),
        (empirical(&[(0.0, 2), (f64::NAN, 2), (1.0, 3)]), "points"),
    ];
    for (distribution, field) in cases {
        assert_eq!(fields(&distribution), [field], "{distribution:?}");
        assert!(!distribution.is_valid());
    }
    for sound in [empirical(&[(0.0, 0), (1.0, 1)]), Uniform { min_ns: 1, max_ns: 1 }] {
        assert!(fields(&sound).is_empty() && sound.is_valid(), "{sound:?}");
    }
}

#[test]
fn at_most_ten_thousand_points_are_measured() {
    let measured =
        |count: u32| empirical(&(1..=count).map(|n| (f64::from(n) / f64::from(count), 1)).collect::<Vec<_>>());
    assert!(fields(&measured(10_000)).is_empty());
    assert_eq!(fields(&measured(10_001)), ["points"]);
}

#[test]
fn every_bad_parameter_is_named() {
    let long_ns = 10 * 365 * 86_400 * 1_000_000_000 + 1;
    let cases: [(Distribution, &[&str]); 9] = [
        (Erlang { stages: 0, mean_ns: long_ns }, &["stages", "mean_ns"]),
        (LogNormal { mean_ns: long_ns, sigma: -0.1 }, &["mean_ns", "sigma"]),
        (Pareto { shape: f64::NAN, minimum_ns: long_ns }, &["shape", "minimum_ns"]),
        // What the mean would be follows from a shape that there is none for.
        (Pareto { shape: 0.5, minimum_ns: long_ns - 1 }, &["shape"]),
        (HyperExponential { p: 1.1, mean_a_ns: long_ns, mean_b_ns: u64::MAX }, &["p", "mean_a_ns", "mean_b_ns"]),
        (Uniform { min_ns: u64::MAX, max_ns: long_ns }, &["min_ns", "max_ns"]),
        (empirical(&[]), &["points"]),
        (empirical(&[(0.5, long_ns)]), &["points"; 3]),
        (empirical(&[(0.0, long_ns), (0.5, 1)]), &["points"; 2]),
    ];
    for (distribution, named) in cases {
        assert_eq!(fields(&distribution), named, "{distribution:?}");
        assert!(!distribution.is_valid());
    }
}
