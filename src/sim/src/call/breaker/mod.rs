//! A circuit breaker: a client that stops calling a service which fails too often, and tries it again later.
//!
//! ```text
//!            too many failures                 the wait is over
//!  Closed ───────────────────────> Open ───────────────────────> HalfOpen
//!    ^                              ^                                │
//!    │                              └────────── failure ─────────────┤
//!    └───────────────────────────────────────── success ─────────────┘
//! ```
//!
//! For each call the driver asks `Breaker::permit`; a call that is permitted ends in exactly one `Breaker::record`
//! or `Breaker::abandon`, or the half-open state would wait for it forever. Calls that were refused are told to
//! nobody. Nothing happens by itself: the breaker catches up when it is asked. The two kinds differ in what they count
//! and when they look; each has a file of its own. As in both originals, a call that was permitted before the circuit
//! opened and ends while it is half open counts as if it had been a trial.

mod hystrix;
mod resilience4j;

use crate::blueprint::Require;
use crate::call::DURATION_NS_MAX;
use crate::kernel::digest::Digest;
use crate::kernel::time::Time;
use hystrix::Hystrix;
use resilience4j::Resilience4j;
use serde::{Deserialize, Serialize};

/// When a circuit opens and closes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum BreakerSpec {
    /// Netflix Hystrix 1.5 (`FACTS` CB-HYSTRIX).
    Hystrix {
        /// Calls in the window from which on the share of errors counts.
        request_volume: u32,
        /// Whole percent of errors from which on the circuit opens.
        error_percent: u32,
        /// How long it stays open at least, in nanoseconds.
        sleep_ns: u64,
        /// Length of the window, in nanoseconds; of it as many snapshot intervals as are whole.
        window_ns: u64,
        /// How often the window is looked at, in nanoseconds.
        snapshot_ns: u64,
    },
    /// Resilience4j with a window of the last calls (`FACTS` CB-R4J).
    Resilience4j {
        /// Calls in the window.
        window: u32,
        /// Calls from which on the shares count; the window's or the trials' number if that is less.
        minimum_calls: u32,
        /// Percent of failures from which on the circuit opens.
        failure_percent: u32,
        /// A call that takes longer is slow, whether it fails or not; in nanoseconds.
        slow_call_ns: u64,
        /// Percent of slow calls from which on the circuit opens.
        slow_percent: u32,
        /// How long it stays open at least, in nanoseconds.
        open_ns: u64,
        /// Trials that are permitted half open.
        half_open_calls: u32,
    },
}

impl Default for BreakerSpec {
    fn default() -> Self {
        Self::resilience4j()
    }
}

impl BreakerSpec {
    /// Hystrix's defaults: 20 calls and 50 % errors in 10 s, looked at every 500 ms; 5 s open.
    pub const fn hystrix() -> Self {
        Self::Hystrix {
            request_volume: 20,
            error_percent: 50,
            sleep_ns: 5_000_000_000,
            window_ns: 10_000_000_000,
            snapshot_ns: 500_000_000,
        }
    }

    /// Resilience4j's defaults: 50 % failures, or all slower than a minute, in 100 calls; a minute open; 10 trials.
    pub const fn resilience4j() -> Self {
        Self::Resilience4j {
            window: 100,
            minimum_calls: 100,
            failure_percent: 50,
            slow_call_ns: 60_000_000_000,
            slow_percent: 100,
            open_ns: 60_000_000_000,
            half_open_calls: 10,
        }
    }

    /// Says of each field whether it is in range, and what is allowed there.
    pub fn check(&self, require: Require<'_>) {
        const DURATION: &str = "at most a day";
        const PERCENT: &str = "from 1 to 100";
        const CALLS: &str = "from 1 to 10,000";
        let percent = |value: u32| (1..=100).contains(&value);
        let calls = |value: u32| (1..=10_000).contains(&value);
        match *self {
            Self::Hystrix { request_volume, error_percent, sleep_ns, window_ns, snapshot_ns } => {
                // A window of no time has no intervals, however long those are.
                let buckets = window_ns.checked_div(snapshot_ns).unwrap_or(window_ns.min(1));
                require(request_volume >= 1, "request_volume", "at least 1");
                require(percent(error_percent), "error_percent", PERCENT);
                require(sleep_ns <= DURATION_NS_MAX, "sleep_ns", DURATION);
                require(window_ns <= DURATION_NS_MAX, "window_ns", DURATION);
                require(
                    (1..=hystrix::BUCKETS_MAX).contains(&buckets),
                    "window_ns",
                    "from 1 to 1,000 snapshot intervals",
                );
                require(snapshot_ns >= 1, "snapshot_ns", "at least 1 ns");
            }
            Self::Resilience4j {
                window,
                minimum_calls,
                failure_percent,
                slow_call_ns,
                slow_percent,
                open_ns,
                half_open_calls,
            } => {
                require(calls(window), "window", CALLS);
                require(calls(minimum_calls), "minimum_calls", CALLS);
                require(percent(failure_percent), "failure_percent", PERCENT);
                require(slow_call_ns <= DURATION_NS_MAX, "slow_call_ns", DURATION);
                require(percent(slow_percent), "slow_percent", PERCENT);
                require(open_ns <= DURATION_NS_MAX, "open_ns", DURATION);
                require(calls(half_open_calls), "half_open_calls", CALLS);
            }
        }
    }
}

/// What a circuit lets through.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum BreakerState {
    /// Every call.
    Closed,
    /// None.
    Open,
    /// A few, to see how they fare.
    HalfOpen,
}

/// A circuit breaker in a run.
#[derive(Clone, Debug)]
pub(crate) struct Breaker(Kind);

#[derive(Clone, Debug)]
enum Kind {
    Hystrix(Hystrix),
    Resilience4j(Resilience4j),
}

impl Breaker {
    /// A closed circuit.
    pub fn new(spec: BreakerSpec) -> Self {
        Self(match spec {
            BreakerSpec::Hystrix { request_volume, error_percent, sleep_ns, window_ns, snapshot_ns } => {
                Kind::Hystrix(Hystrix::new(request_volume, error_percent, sleep_ns, window_ns, snapshot_ns))
            }
            BreakerSpec::Resilience4j {
                window,
                minimum_calls,
                failure_percent,
                slow_call_ns,
                slow_percent,
                open_ns,
                half_open_calls,
            } => {
                let limits = resilience4j::Limits { minimum_calls, failure_percent, slow_call_ns, slow_percent };
                Kind::Resilience4j(Resilience4j::new(window, limits, open_ns, half_open_calls))
            }
        })
    }

    /// Whether a call may be made. `false`: it is short-circuited, and its client answers for it at once.
    pub fn permit(&mut self, now: Time) -> bool {
        match &mut self.0 {
            Kind::Hystrix(breaker) => breaker.permit(now),
            Kind::Resilience4j(breaker) => breaker.permit(now),
        }
    }

    /// A permitted call was answered (`ok`), or failed, timed out or was rejected, after `duration_ns`.
    pub fn record(&mut self, now: Time, ok: bool, duration_ns: u64) {
        match &mut self.0 {
            Kind::Hystrix(breaker) => breaker.record(now, ok),
            Kind::Resilience4j(breaker) => breaker.record(now, ok, duration_ns),
        }
    }

    /// A permitted call was cancelled: nobody will know how it would have ended.
    pub fn abandon(&mut self, now: Time) {
        match &mut self.0 {
            Kind::Hystrix(breaker) => breaker.abandon(now),
            Kind::Resilience4j(breaker) => breaker.abandon(),
        }
    }

    /// The state at `now`, if nothing is asked or told before.
    pub fn state(&self, now: Time) -> BreakerState {
        match &self.0 {
            Kind::Hystrix(breaker) => breaker.state(now),
            Kind::Resilience4j(breaker) => breaker.state(),
        }
    }

    /// Calls by which a half-open circuit finds out how its service fares, and which have not ended.
    pub fn trials(&self) -> u32 {
        match &self.0 {
            // It permits a single one, and stays half open until that ends.
            Kind::Hystrix(breaker) => u32::from(breaker.is_half_open()),
            Kind::Resilience4j(breaker) => breaker.trials(),
        }
    }

    /// Bytes that a copy takes on the heap.
    pub fn heap_bytes(&self) -> usize {
        match &self.0 {
            Kind::Hystrix(breaker) => breaker.heap_bytes(),
            Kind::Resilience4j(breaker) => breaker.heap_bytes(),
        }
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        match &self.0 {
            Kind::Hystrix(breaker) => breaker.fold_into(digest),
            Kind::Resilience4j(breaker) => breaker.fold_into(digest),
        }
    }
}

#[cfg(test)]
mod tests;
