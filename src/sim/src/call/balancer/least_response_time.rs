//! Lowest expected response time: Finagle's Peak EWMA under the power of two choices (`FACTS` LB-EWMA).

use super::{Target, random};
use crate::kernel::digest::Digest;
use crate::kernel::random::Stream;
use crate::kernel::time::Time;

/// The time constant τ of the average, in nanoseconds: 10 s, so its half-life is τ ln 2 = 6.93 s.
const DECAY_NS: f64 = 10e9;
/// The load of a target that has requests in flight but no history: 2^47 − 1, larger than that of any with history.
const PENALTY: f64 = ((1u64 << 47) - 1) as f64;

/// A moving average of response times that jumps to every peak and decays slowly from it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct PeakEwma {
    average_ns: f64,
    observed_at: Time,
}

impl PeakEwma {
    /// Takes a response time in. The weight of the past shrinks with the time since the last observation.
    pub fn observe(&mut self, now: Time, rtt_ns: u64) {
        let rtt_ns = rtt_ns as f64;
        if rtt_ns > self.average_ns {
            self.average_ns = rtt_ns;
        } else {
            let past = libm::exp(-(now.since_ns(self.observed_at) as f64) / DECAY_NS);
            self.average_ns = self.average_ns * past + rtt_ns * (1.0 - past);
        }
        self.observed_at = now;
    }

    /// What one more request would meet. Reading observes a response time of zero, so that a target which nobody asks
    /// is forgiven in time.
    fn load(&mut self, now: Time, active: u32) -> f64 {
        self.observe(now, 0);
        if self.average_ns == 0.0 && active > 0 {
            PENALTY + f64::from(active)
        } else {
            self.average_ns * (f64::from(active) + 1.0)
        }
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.average_ns.to_bits());
        digest.fold(self.observed_at.as_ns());
    }
}

/// The one of two distinct targets with strictly less load, the first at a tie.
pub(super) fn pick(targets: &[Target], open: &[u32], times: &mut [PeakEwma], now: Time, stream: &mut Stream) -> u32 {
    let (first, second) = random::pick_two(open, stream);
    let mut load = |target: u32| times[target as usize].load(now, targets[target as usize].active);
    if load(second) < load(first) { second } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: u64 = 1_000_000;

    #[test]
    fn a_peak_counts_at_once_and_is_forgotten_by_half_in_6_93_seconds() {
        let mut times = PeakEwma::default();
        times.observe(Time::from_ms(1), 20 * MS);
        times.observe(Time::from_ms(1), 100 * MS);
        assert_eq!(times.average_ns, 100e6);
        // Ten seconds times ln 2, rounded to a nanosecond: half, but for that rounding (relative error below 1e-10).
        let half_life_later = Time::from_ms(1).plus_ns(6_931_471_806);
        assert!((times.load(half_life_later, 0) / 50e6 - 1.0).abs() < 1e-10);
    }

    #[test]
    fn a_lower_sample_counts_by_the_time_that_has_passed() {
        let mut times = PeakEwma::default();
        times.observe(Time::ZERO, 100 * MS);
        times.observe(Time::ZERO, 10 * MS);
        assert_eq!(times.average_ns, 100e6, "no time has passed");
        times.observe(Time::from_ms(10_000), 10 * MS);
        let e = std::f64::consts::E;
        assert!((times.average_ns / (100e6 / e + 10e6 * (1.0 - 1.0 / e)) - 1.0).abs() < 1e-14);
    }

    #[test]
    fn load_grows_with_requests_in_flight_and_the_unknown_is_penalised() {
        let mut known = PeakEwma::default();
        known.observe(Time::ZERO, 7 * MS);
        assert_eq!(known.load(Time::ZERO, 0), 7e6);
        assert_eq!(known.load(Time::ZERO, 3), 28e6);
        let mut unknown = PeakEwma::default();
        assert_eq!(unknown.load(Time::ZERO, 0), 0.0, "the first request to it costs nothing");
        assert_eq!(unknown.load(Time::ZERO, 2), (i64::MAX >> 16) as f64 + 2.0);
    }
}
