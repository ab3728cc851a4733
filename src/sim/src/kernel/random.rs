//! Random draws that belong to things, not to the order of events.
//!
//! Every draw is a pure function of the run's seed, of what it belongs to (a request, or a piece by its stable id) and
//! of its purpose. So adding a piece, or losing one request, changes no draw of any other, and two runs that differ in
//! one decision can be compared request by request. The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable
//! pseudorandom number generators", OOPSLA 2014), seeded anew for each draw from a mixed key.

use rand_core::{Rng, SeedableRng};
use rand_xoshiro::SplitMix64;

/// What a draw is for. A purpose never shares its stream with another; the numbers are part of the rules.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u64)]
pub enum Purpose {
    /// The gap before a spring's next request.
    Interarrival = 1,
    /// How much work a request brings to a service.
    ServiceDemand = 2,
    /// A balancer's choice among its targets.
    Balance = 3,
}

/// The key of a family of draws.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Key(u64);

impl Key {
    /// The key of a run.
    pub fn of_seed(seed: u64) -> Self {
        Self(mix(seed ^ 0x5049_5045_4d41_5a45))
    }

    /// The key of something within this one: a piece, a request, a try.
    #[must_use]
    pub fn child(self, id: u64) -> Self {
        Self(mix(self.0 ^ mix(id.wrapping_add(0x9e37_79b9_7f4a_7c15))))
    }

    /// The generator for one purpose. Its first values are this draw's.
    pub fn stream(self, purpose: Purpose) -> Stream {
        Stream(SplitMix64::seed_from_u64(self.child(purpose as u64).0))
    }
}

/// The values of one draw, in order.
#[derive(Clone, Debug)]
pub struct Stream(SplitMix64);

impl Stream {
    /// A number in (0, 1]: 53 random bits, never zero, so that its logarithm is finite.
    pub fn unit(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) + 1) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// An exponential variate of mean 1, by inversion with the portable logarithm.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(self.unit())
    }

    /// An index below `bound` (Lemire's multiply-shift; its bias is below 2^-32 for the bounds used here).
    pub fn below(&mut self, bound: u32) -> u32 {
        ((u128::from(self.0.next_u64()) * u128::from(bound)) >> 64) as u32
    }
}

/// A bijective scrambling of 64 bits (the finaliser of SplitMix64, variant 13 of Stafford).
pub(crate) const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_has_mean_and_variance_one() {
        let n = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for i in 0..n {
            let x = Key::of_seed(1).child(i).stream(Purpose::ServiceDemand).exponential();
            sum += x;
            squares += x * x;
        }
        let mean = sum / n as f64;
        let variance = squares / n as f64 - mean * mean;
        // Six standard errors: 1/sqrt(n) for the mean, sqrt(8/n) for the variance.
        assert!((mean - 1.0).abs() < 6.0 / (n as f64).sqrt(), "mean {mean}");
        assert!((variance - 1.0).abs() < 6.0 * (8.0 / n as f64).sqrt(), "variance {variance}");
    }

    #[test]
    fn indices_are_even() {
        let mut counts = [0u32; 7];
        for i in 0..70_000 {
            counts[Key::of_seed(3).child(i).stream(Purpose::Balance).below(7) as usize] += 1;
        }
        for count in counts {
            assert!((f64::from(count) - 10_000.0).abs() < 6.0 * (10_000.0f64 * 6.0 / 7.0).sqrt(), "{counts:?}");
        }
    }

    #[test]
    fn purposes_and_children_differ() {
        let key = Key::of_seed(9);
        assert_ne!(key.stream(Purpose::Balance).unit(), key.stream(Purpose::ServiceDemand).unit());
        assert_ne!(key.child(0), key.child(1));
        assert_ne!(key.child(0), key);
    }
}
