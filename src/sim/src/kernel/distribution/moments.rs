//! Means and variations of distributions, in closed form.

use super::{Distribution, empirical};

impl Distribution {
    /// The mean, in nanoseconds. That of a Pareto distribution is the mean of the law without the limit on its draws.
    pub fn mean_ns(&self) -> u64 {
        match *self {
            Self::Constant { mean_ns }
            | Self::Exponential { mean_ns }
            | Self::Erlang { mean_ns, .. }
            | Self::LogNormal { mean_ns, .. } => mean_ns,
            Self::Pareto { shape, minimum_ns } => (minimum_ns as f64 * shape / (shape - 1.0)).round() as u64,
            Self::HyperExponential { p, mean_a_ns, mean_b_ns } => {
                (p * mean_a_ns as f64 + (1.0 - p) * mean_b_ns as f64).round() as u64
            }
            Self::Uniform { min_ns, max_ns } => min_ns + max_ns.saturating_sub(min_ns) / 2,
            Self::Empirical { ref points } => empirical::moments(points).0.round() as u64,
        }
    }

    /// The squared coefficient of variation: variance over squared mean (the cs² of `FACTS` Q-MG1). Zero for a
    /// distribution that is always zero, infinite where there is no variance.
    pub fn scv(&self) -> f64 {
        match *self {
            Self::Constant { .. } => 0.0,
            Self::Exponential { mean_ns } => f64::from(u8::from(mean_ns > 0)),
            Self::Erlang { mean_ns: 0, .. } | Self::LogNormal { mean_ns: 0, .. } => 0.0,
            Self::Erlang { stages, .. } => 1.0 / f64::from(stages),
            Self::LogNormal { sigma, .. } => libm::expm1(sigma * sigma),
            Self::Pareto { shape, .. } if shape <= 2.0 => f64::INFINITY,
            Self::Pareto { shape, .. } => 1.0 / (shape * (shape - 2.0)),
            Self::HyperExponential { p, mean_a_ns, mean_b_ns } => {
                let (a, b) = (mean_a_ns as f64, mean_b_ns as f64);
                relative_variance(p * a + (1.0 - p) * b, 2.0 * (p * a * a + (1.0 - p) * b * b))
            }
            Self::Uniform { min_ns, max_ns } => {
                // The variance of n equally likely neighbours is (n² - 1)/12.
                let (mean, span) = ((min_ns as f64 + max_ns as f64) / 2.0, max_ns.saturating_sub(min_ns) as f64);
                relative_variance(mean, mean * mean + span * (span + 2.0) / 12.0)
            }
            Self::Empirical { ref points } => {
                let (mean, square) = empirical::moments(points);
                relative_variance(mean, square)
            }
        }
    }
}

/// The squared coefficient of variation from the first two moments. Never below zero, whatever the rounding.
fn relative_variance(mean: f64, square: f64) -> f64 {
    if mean > 0.0 { (square / (mean * mean) - 1.0).max(0.0) } else { 0.0 }
}
