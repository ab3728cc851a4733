//! What the parameters of a distribution may be.

use super::Distribution;

/// The longest mean: ten years, in nanoseconds.
const MEAN_NS_MAX: u64 = 10 * 365 * 86_400 * 1_000_000_000;
/// Most points of a measured distribution.
const POINTS_MAX: usize = 10_000;

impl Distribution {
    /// Whether the parameters make a distribution.
    pub fn is_valid(&self) -> bool {
        self.problem().is_none()
    }

    /// The first parameter that is out of range, and what is allowed.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        self.problem_of_shape().or_else(|| match self {
            Self::Uniform { max_ns, .. } => too_long("max_ns", *max_ns),
            Self::HyperExponential { mean_a_ns, mean_b_ns, .. } => {
                too_long("mean_a_ns", *mean_a_ns).or_else(|| too_long("mean_b_ns", *mean_b_ns))
            }
            Self::Pareto { .. } if self.mean_ns() > MEAN_NS_MAX => {
                Some(("minimum_ns", "so short that the mean is at most ten years"))
            }
            Self::Empirical { points } => points.last().and_then(|&(_, ns)| too_long("points", ns)),
            _ => too_long("mean_ns", self.mean_ns()),
        })
    }

    /// The same for what makes the shape. Comparisons are such that a NaN fails them.
    fn problem_of_shape(&self) -> Option<(&'static str, &'static str)> {
        match *self {
            Self::Erlang { stages, .. } if !(1..=1_000).contains(&stages) => Some(("stages", "from 1 to 1,000")),
            Self::LogNormal { sigma, .. } if !(0.0..=4.0).contains(&sigma) => Some(("sigma", "from 0 to 4")),
            Self::Pareto { shape, .. } if !(shape > 1.0 && shape <= 100.0) => {
                Some(("shape", "above 1 and at most 100"))
            }
            Self::HyperExponential { p, .. } if !(0.0..=1.0).contains(&p) => Some(("p", "from 0 to 1")),
            Self::Uniform { min_ns, max_ns } if min_ns > max_ns => Some(("min_ns", "at most max_ns")),
            Self::Empirical { ref points } if !(2..=POINTS_MAX).contains(&points.len()) => {
                Some(("points", "from 2 to 10,000"))
            }
            Self::Empirical { ref points } if !rising(points) => {
                Some(("points", "rising, with probabilities from 0 to 1, the last one 1"))
            }
            _ => None,
        }
    }
}

fn too_long(field: &'static str, ns: u64) -> Option<(&'static str, &'static str)> {
    (ns > MEAN_NS_MAX).then_some((field, "at most ten years"))
}

fn rising(points: &[(f64, u64)]) -> bool {
    points[0].0 >= 0.0
        && points[points.len() - 1].0 == 1.0
        && points.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 <= pair[1].1)
}
