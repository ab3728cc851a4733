//! How long a client waits before it tries again.

use crate::blueprint::Require;
use crate::call::DURATION_NS_MAX;
use crate::kernel::random::Stream;
use serde::{Deserialize, Serialize};

/// How chance spreads the waits of clients that failed together (`FACTS` RT-JITTER, IST-BACKOFF, CB-R4J).
///
/// With v = min(cap, base x multiplier^n) after the n-th failure in a row, and U a uniform draw:
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Jitter {
    /// v: clients that failed together try again together.
    None,
    /// U[0, v].
    Full,
    /// v/2 + U[0, v/2].
    Equal,
    /// min(cap, U[base, 3s]), where s is the wait before this one, at first the base. No multiplier.
    Decorrelated,
    /// U[0, base x 2^(n−1)), the interval no longer than ten times the base nor the cap. No multiplier. So Envoy's
    /// source; its documentation still says base x (2^n − 1).
    Envoy,
    /// min(cap, i x U[1 − f, 1 + f)), where i = base x multiplier^(n−1), so that the first wait is about the base. So
    /// resilience4j's exponential random back-off.
    Randomized {
        /// 100 f, resilience4j's randomisation factor: 0 to 100, by default 50.
        percent: u32,
    },
}

/// Exponential back-off.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Backoff {
    /// What the waits start from, in nanoseconds.
    pub base_ns: u64,
    /// The longest wait, in nanoseconds.
    pub cap_ns: u64,
    /// By what each further failure multiplies the wait, 1 to 10.
    pub multiplier: f64,
    /// How chance spreads the waits.
    pub jitter: Jitter,
}

/// Failures that count: the wait after more of them in a row is drawn as after this many.
const FAILURES_MAX: u32 = 1_000;

impl Default for Backoff {
    /// As Istio's proxies wait: 25 ms, doubled up to 250 ms, jittered.
    fn default() -> Self {
        Self { base_ns: 25_000_000, cap_ns: 250_000_000, multiplier: 2.0, jitter: Jitter::Envoy }
    }
}

impl Backoff {
    /// As resilience4j waits by default where its back-off is exponential and random: 500 ms, 1.5 times as long after each
    /// further failure, randomised by 50 %, with no limit below a day. It makes three tries in all: two retries.
    pub const fn resilience4j() -> Self {
        Self {
            base_ns: 500_000_000,
            cap_ns: DURATION_NS_MAX,
            multiplier: 1.5,
            jitter: Jitter::Randomized { percent: 50 },
        }
    }

    /// Says of each field whether it is in range, and what is allowed there.
    pub fn check(&self, require: Require<'_>) {
        let sound = (1..=DURATION_NS_MAX).contains(&self.base_ns);
        let cap_ns_min = if sound { self.base_ns } else { 1 };
        require(sound, "base_ns", "from 1 ns to a day");
        require((cap_ns_min..=DURATION_NS_MAX).contains(&self.cap_ns), "cap_ns", "from base_ns to a day");
        require((1.0..=10.0).contains(&self.multiplier), "multiplier", "from 1 to 10");
        if let Jitter::Randomized { percent } = self.jitter {
            require(percent <= 100, "percent", "from 0 to 100");
        }
    }

    /// The wait after the `failure`-th failure in a row (1 at the first), in nanoseconds. `previous_ns` is the wait
    /// before it, 0 at the first failure; `stream` belongs to this wait alone.
    pub fn delay_ns(&self, failure: u32, previous_ns: u64, stream: &mut Stream) -> u64 {
        match self.jitter {
            Jitter::None => self.exponential_ns(failure),
            Jitter::Full => up_to(self.exponential_ns(failure), stream),
            Jitter::Equal => {
                let half = self.exponential_ns(failure) / 2;
                half + up_to(half, stream)
            }
            Jitter::Decorrelated => {
                let longest = previous_ns.max(self.base_ns).saturating_mul(3);
                (self.base_ns + up_to(longest - self.base_ns, stream)).min(self.cap_ns)
            }
            Jitter::Envoy => {
                // The fifth doubling, 16 times the base, is beyond the ten that are allowed already.
                let doubled = self.base_ns.saturating_mul(1 << failure.saturating_sub(1).min(4));
                below(doubled.min(self.base_ns.saturating_mul(10)).min(self.cap_ns), stream)
            }
            Jitter::Randomized { percent } => {
                let (interval, share) = (self.grown_ns(failure.saturating_sub(1)), f64::from(percent) / 100.0);
                // The limit is on what is drawn, not on the interval, as in the library.
                let drawn = interval * (1.0 - share + 2.0 * share * (1.0 - stream.unit()));
                (drawn as u64).min(self.cap_ns)
            }
        }
    }

    /// min(cap, base x multiplier^failure).
    fn exponential_ns(&self, failure: u32) -> u64 {
        (self.grown_ns(failure) as u64).min(self.cap_ns)
    }

    /// base x multiplier^times, never infinite, by multiplications alone: a library's power may differ in the last bit.
    fn grown_ns(&self, times: u32) -> f64 {
        (0..times.min(FAILURES_MAX)).fold(self.base_ns as f64, |wait, _| (wait * self.multiplier).min(f64::MAX))
    }
}

/// A uniform draw from (0, limit], to the nanosecond from [0, limit].
fn up_to(limit: u64, stream: &mut Stream) -> u64 {
    ((limit as f64 * stream.unit()) as u64).min(limit)
}

/// A uniform draw from [0, limit).
fn below(limit: u64, stream: &mut Stream) -> u64 {
    ((limit as f64 * (1.0 - stream.unit())) as u64).min(limit.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::blueprint::wrong;
    use crate::kernel::random::{Key, Purpose};
    use proptest::prelude::*;

    const MS: u64 = 1_000_000;

    fn backoff(jitter: Jitter) -> Backoff {
        Backoff { base_ns: 10 * MS, cap_ns: 100 * MS, multiplier: 2.0, jitter }
    }

    fn fields(backoff: Backoff) -> Vec<&'static str> {
        wrong(|require| backoff.check(require))
    }

    fn stream(i: u64) -> Stream {
        Key::of_seed(5).child(i).stream(Purpose::Backoff)
    }

    /// Many draws lie in [from, to], reach within a thousandth of both ends, and have the mean and the law of a uniform
    /// draw.
    fn assert_uniform(backoff: Backoff, failure: u32, previous_ns: u64, from_ns: u64, to_ns: u64) {
        const DRAWS: u64 = 20_000;
        let mut draws: Vec<u64> = (0..DRAWS).map(|i| backoff.delay_ns(failure, previous_ns, &mut stream(i))).collect();
        draws.sort_unstable();
        let (least, most) = (draws[0], draws[draws.len() - 1]);
        let width = (to_ns - from_ns) as f64;
        assert!(from_ns <= least && most <= to_ns, "{least}..{most}, expected {from_ns}..{to_ns}");
        // All draws miss a given thousandth with probability 0.999^20,000, about 2e-9.
        assert!(((least - from_ns).max(to_ns - most) as f64) < width / 1e3, "{least}..{most}, {from_ns}..{to_ns}");
        // Five standard errors of a uniform mean.
        let mean = draws.iter().sum::<u64>() as f64 / DRAWS as f64;
        let middle = (from_ns + to_ns) as f64 / 2.0;
        assert!((mean - middle).abs() < 5.0 * width / (12.0 * DRAWS as f64).sqrt(), "{mean}, expected {middle}");
        // Kolmogorov: farther from the law by 2.5 / sqrt(n) with probability 2 exp(-2 x 2.5^2), about 7e-6.
        let shares = draws.iter().map(|&draw| (draw - from_ns) as f64 / width);
        let off = shares.enumerate().map(|(i, share)| (share - (i as f64 + 0.5) / DRAWS as f64).abs());
        assert!(off.fold(0.0, f64::max) < 2.5 / (DRAWS as f64).sqrt(), "not uniform from {from_ns} to {to_ns}");
    }

    #[test]
    fn without_jitter_the_first_wait_is_the_base_multiplied_once() {
        let waits = |n| backoff(Jitter::None).delay_ns(n, 0, &mut stream(0)) / MS;
        assert_eq!([1, 2, 3, 4, 5, u32::MAX].map(waits), [20, 40, 80, 100, 100, 100]);
    }

    #[test]
    fn a_multiplier_of_one_keeps_the_base() {
        let constant = Backoff { multiplier: 1.0, ..backoff(Jitter::None) };
        assert_eq!(constant.delay_ns(u32::MAX, 0, &mut stream(0)), 10 * MS);
    }

    #[test]
    fn full_and_equal_jitter_spread_over_the_whole_and_the_upper_half() {
        assert_uniform(backoff(Jitter::Full), 2, 0, 0, 40 * MS);
        assert_uniform(backoff(Jitter::Full), 9, 0, 0, 100 * MS);
        assert_uniform(backoff(Jitter::Equal), 2, 0, 20 * MS, 40 * MS);
        assert_uniform(backoff(Jitter::Equal), 9, 0, 50 * MS, 100 * MS);
    }

    #[test]
    fn decorrelated_jitter_depends_on_the_wait_before() {
        assert_uniform(backoff(Jitter::Decorrelated), 1, 0, 10 * MS, 30 * MS);
        assert_uniform(backoff(Jitter::Decorrelated), 7, 25 * MS, 10 * MS, 75 * MS);
        let capped =
            (0..1_000).filter(|&i| backoff(Jitter::Decorrelated).delay_ns(2, 100 * MS, &mut stream(i)) == 100 * MS);
        // U[10, 300] is at least 100 with probability 200/290.
        let (share, p) = (capped.count() as f64 / 1e3, 200.0 / 290.0);
        assert!((share - p).abs() < 5.0 * (p * (1.0 - p) / 1e3f64).sqrt(), "{share}");
    }

    #[test]
    fn envoy_doubles_from_the_base_to_ten_times_the_base() {
        for (failure, interval_ms) in [(1, 25), (2, 50), (3, 100), (4, 200), (5, 250), (u32::MAX, 250)] {
            assert_uniform(Backoff::default(), failure, 0, 0, interval_ms * MS - 1);
        }
        let lax = Backoff { cap_ns: 9_999 * MS, ..Backoff::default() };
        assert_uniform(lax, 9, 0, 0, 250 * MS - 1);
        let strict = Backoff { cap_ns: 60 * MS, ..Backoff::default() };
        assert_uniform(strict, 9, 0, 0, 60 * MS - 1);
    }

    #[test]
    fn randomised_waits_lie_around_the_interval() {
        let resilience4j = Backoff::resilience4j();
        for (failure, from_us, to_us) in [(1, 250_000, 750_000), (2, 375_000, 1_125_000), (3, 562_500, 1_687_500)] {
            assert_uniform(resilience4j, failure, 0, from_us * 1_000, to_us * 1_000 - 1);
        }
        let wide = Backoff { cap_ns: 200 * MS, ..backoff(Jitter::Randomized { percent: 100 }) };
        assert_uniform(wide, 3, 0, 0, 80 * MS - 1);
        let exact = backoff(Jitter::Randomized { percent: 0 });
        let waits = |n| exact.delay_ns(n, 0, &mut stream(0)) / MS;
        assert_eq!([1, 2, 3, 4, 5, u32::MAX].map(waits), [10, 20, 40, 80, 100, 100]);
        // The limit cuts what is drawn: of U[40, 120] a quarter is above 100.
        let half = backoff(Jitter::Randomized { percent: 50 });
        let capped = (0..1_000).filter(|&i| half.delay_ns(4, 0, &mut stream(i)) == 100 * MS).count();
        let p = 0.25;
        assert!((capped as f64 / 1e3 - p).abs() < 5.0 * (p * (1.0 - p) / 1e3f64).sqrt(), "{capped}");
    }

    #[test]
    fn problems_name_the_field() {
        assert!(fields(Backoff::default()).is_empty());
        assert_eq!(fields(Backoff { base_ns: 0, ..Backoff::default() }), ["base_ns"]);
        assert_eq!(fields(Backoff { cap_ns: 1, ..Backoff::default() }), ["cap_ns"]);
        for multiplier in [f64::NAN, 0.5, 10.5, f64::INFINITY] {
            assert_eq!(fields(Backoff { multiplier, ..Backoff::default() }), ["multiplier"]);
        }
        assert!(fields(Backoff::resilience4j()).is_empty());
        assert!(fields(backoff(Jitter::Randomized { percent: 100 })).is_empty());
        assert_eq!(fields(backoff(Jitter::Randomized { percent: 101 })), ["percent"]);
    }

    #[test]
    fn every_bad_field_is_named() {
        let bad = Backoff { base_ns: 0, cap_ns: 0, multiplier: 0.5, ..Backoff::default() };
        assert_eq!(fields(bad), ["base_ns", "cap_ns", "multiplier"]);
        let too_long = Backoff { base_ns: DURATION_NS_MAX + 1, cap_ns: DURATION_NS_MAX, ..Backoff::default() };
        assert_eq!(fields(too_long), ["base_ns"], "with a base that may be, the cap would be right");
    }

    proptest! {
        /// No wait of any sound back-off is longer than its cap.
        #[test]
        fn no_wait_exceeds_the_cap(
            base_ns in 1..=DURATION_NS_MAX, more_ns in 0..=DURATION_NS_MAX, multiplier in 1.0..=10.0f64,
            failure: u32, previous_ns: u64, i: u64, percent in 0..=100u32,
        ) {
            let cap_ns = base_ns.saturating_add(more_ns).min(DURATION_NS_MAX);
            let randomized = Jitter::Randomized { percent };
            for jitter in [Jitter::None, Jitter::Full, Jitter::Equal, Jitter::Decorrelated, Jitter::Envoy, randomized] {
                let backoff = Backoff { base_ns, cap_ns, multiplier, jitter };
                prop_assert!(fields(backoff).is_empty());
                prop_assert!(backoff.delay_ns(failure, previous_ns, &mut stream(i)) <= cap_ns);
            }
        }
    }
}
