//! What the parameters of a distribution may be.

use super::Distribution;
use crate::blueprint::Require;

/// The longest mean: ten years, in nanoseconds.
const MEAN_NS_MAX: u64 = 10 * 365 * 86_400 * 1_000_000_000;
/// Most points of a measured distribution.
const POINTS_MAX: usize = 10_000;
const TEN_YEARS: &str = "at most ten years";

impl Distribution {
    /// Whether the parameters make a distribution.
    pub fn is_valid(&self) -> bool {
        let mut valid = true;
        self.check(&mut |ok, _, _| valid &= ok);
        valid
    }

    /// Says of each parameter whether it is in range, and what is allowed. Comparisons are such that a NaN fails them.
    pub fn check(&self, require: Require<'_>) {
        let short = |ns: u64| ns <= MEAN_NS_MAX;
        match *self {
            Self::Constant { mean_ns } | Self::Exponential { mean_ns } => {
                require(short(mean_ns), "mean_ns", TEN_YEARS);
            }
            Self::Erlang { stages, mean_ns } => {
                require((1..=1_000).contains(&stages), "stages", "from 1 to 1,000");
                require(short(mean_ns), "mean_ns", TEN_YEARS);
            }
            Self::LogNormal { mean_ns, sigma } => {
                require(short(mean_ns), "mean_ns", TEN_YEARS);
                require((0.0..=4.0).contains(&sigma), "sigma", "from 0 to 4");
            }
            Self::Pareto { shape, minimum_ns } => {
                let sound = shape > 1.0 && shape <= 100.0;
                // No shape makes the mean shorter than the minimum.
                let mean_ns = if sound { self.mean_ns() } else { minimum_ns };
                require(sound, "shape", "above 1 and at most 100");
                require(short(mean_ns), "minimum_ns", "so short that the mean is at most ten years");
            }
            Self::HyperExponential { p, mean_a_ns, mean_b_ns } => {
                require((0.0..=1.0).contains(&p), "p", "from 0 to 1");
                require(short(mean_a_ns), "mean_a_ns", TEN_YEARS);
                require(short(mean_b_ns), "mean_b_ns", TEN_YEARS);
            }
            Self::Uniform { min_ns, max_ns } => {
                require(min_ns <= max_ns, "min_ns", "at most max_ns");
                require(short(max_ns), "max_ns", TEN_YEARS);
            }
            Self::Empirical { ref points } => {
                require((2..=POINTS_MAX).contains(&points.len()), "points", "from 2 to 10,000");
                require(rising(points), "points", "rising, with probabilities from 0 to 1, the last one 1");
                require(points.iter().all(|&(_, ns)| short(ns)), "points", TEN_YEARS);
            }
        }
    }
}

/// Whether the points are as they should be, however many there are; of none, nothing is wrong but their number.
fn rising(points: &[(f64, u64)]) -> bool {
    points.first().is_none_or(|first| first.0 >= 0.0)
        && points.last().is_none_or(|last| last.0 == 1.0)
        && points.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1)
}
