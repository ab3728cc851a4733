//! Contention: workers that share locks, caches and state slow one another down.

use crate::blueprint::Require;
use serde::{Deserialize, Serialize};

/// Gunther's Universal Scalability Law (N. Gunther: "Guerrilla Capacity Planning", 2007, chapter 4): N busy workers
/// do the work of C(N) = N / (1 + sigma (N - 1) + kappa N (N - 1)). The default is no contention: C(N) = N.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Contention {
    /// The part of the work that only one worker can do at a time, 0 to 1: queueing for a lock, say.
    pub sigma: f64,
    /// The cost of agreeing with each other worker, 0 to 1: caches to keep coherent, say. Where it is above 0, more
    /// workers than sqrt((1 - sigma) / kappa) do less work than fewer.
    pub kappa: f64,
}

impl Contention {
    /// The factor by which `busy` busy workers stretch the time of each one's work: N / C(N). At least 1.
    pub fn stretch(&self, busy: u32) -> f64 {
        let n = f64::from(busy.max(1));
        1.0 + (self.sigma + self.kappa * n) * (n - 1.0)
    }

    /// Says of each parameter whether it is in range, and what is allowed. A NaN is out of range.
    pub fn check(&self, require: Require<'_>) {
        require((0.0..=1.0).contains(&self.sigma), "sigma", "from 0 to 1");
        require((0.0..=1.0).contains(&self.kappa), "kappa", "from 0 to 1");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::wrong;

    #[test]
    fn no_contention_stretches_nothing() {
        assert!([0, 1, 2, 1_000_000].iter().all(|&busy| Contention::default().stretch(busy) == 1.0));
    }

    #[test]
    fn without_kappa_it_is_amdahls_law() {
        let amdahl = Contention { sigma: 0.25, kappa: 0.0 };
        let capacity = |n: u32| f64::from(n) / amdahl.stretch(n);
        assert_eq!(capacity(1), 1.0);
        assert_eq!(capacity(3), 2.0);
        assert!((capacity(u32::MAX) - 4.0).abs() < 1e-6, "never more than 1 / sigma workers' work");
    }

    #[test]
    fn with_kappa_capacity_peaks_where_the_law_says() {
        // sqrt((1 - 0.04) / 0.0006) = 40.
        let shared = Contention { sigma: 0.04, kappa: 0.0006 };
        let capacity = |n: u32| f64::from(n) / shared.stretch(n);
        let peak = (1..200).max_by(|&a, &b| capacity(a).total_cmp(&capacity(b)));
        assert_eq!(peak, Some(40));
        // 40 / (1 + 0.04 x 39 + 0.0006 x 40 x 39) by hand.
        assert!((capacity(40) - 40.0 / 3.496).abs() < 1e-9);
    }

    #[test]
    fn bad_parameters_are_named() {
        let fields = |sigma, kappa| wrong(|require| Contention { sigma, kappa }.check(require));
        assert_eq!(fields(f64::NAN, 0.0), ["sigma"]);
        assert_eq!(fields(0.0, -0.1), ["kappa"]);
        assert_eq!(fields(0.0, f64::INFINITY), ["kappa"]);
        assert_eq!(fields(1.1, f64::NAN), ["sigma", "kappa"]);
        assert!(fields(1.0, 1.0).is_empty());
    }
}
