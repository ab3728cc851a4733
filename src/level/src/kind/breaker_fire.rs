//! The circuit breaker fire: a power-up on a pipe. The caller whose calls go into it stops calling while too many fail, and
//! has no more of them under way at once than its bulkhead lets through.

use super::param::{Param, Unit, get, set};
use super::{PieceKind, Port, Require, Stands};
use crate::format::{Rule, is_default};
use crate::limits::WAIT_MS_MAX;
use pipe_maze_sim::{BreakerSpec, BulkheadSpec, ClientSpec};
use serde::{Deserialize, Serialize};

/// Parameters of a circuit breaker and a bulkhead: Resilience4j's, with a window of the last calls.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct CircuitBreakerFireSpec {
    /// Percent of failures from which on it opens.
    pub failure_percent: u32,
    /// Calls that it looks back on.
    pub window: u32,
    /// How long it stays open at least, in simulated milliseconds.
    pub open_ms: u64,
    /// Calls that it lets through to see whether all is well again.
    pub trials: u32,
    /// A call that takes longer counts as slow, in simulated milliseconds.
    pub slow_call_ms: u64,
    /// Percent of slow calls from which on it opens.
    pub slow_percent: u32,
    /// The bulkhead: calls that it lets through at once; 0: any number.
    #[serde(skip_serializing_if = "is_default")]
    pub bulkhead: u32,
    /// Calls that may wait for the bulkhead; one more is refused.
    #[serde(skip_serializing_if = "is_default")]
    pub bulkhead_line: u32,
    /// How long a call may wait for the bulkhead, in simulated milliseconds.
    #[serde(skip_serializing_if = "is_default")]
    pub bulkhead_wait_ms: u64,
}

impl CircuitBreakerFireSpec {
    pub(super) const DEFAULT: Self = Self {
        failure_percent: 50,
        window: 20,
        open_ms: 2_000,
        trials: 5,
        slow_call_ms: 60_000,
        slow_percent: 100,
        bulkhead: 0,
        bulkhead_line: 0,
        bulkhead_wait_ms: 0,
    };

    fn bulkhead(&self) -> Option<BulkheadSpec> {
        (self.bulkhead > 0).then_some(BulkheadSpec {
            max_concurrent: self.bulkhead,
            max_waiting: self.bulkhead_line,
            max_wait_ns: self.bulkhead_wait_ms.saturating_mul(1_000_000),
        })
    }

    const fn breaker(&self) -> BreakerSpec {
        BreakerSpec::Resilience4j {
            window: self.window,
            minimum_calls: self.window,
            failure_percent: self.failure_percent,
            slow_call_ns: self.slow_call_ms.saturating_mul(1_000_000),
            slow_percent: self.slow_percent,
            open_ns: self.open_ms.saturating_mul(1_000_000),
            half_open_calls: self.trials,
        }
    }
}

impl Default for CircuitBreakerFireSpec {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl PieceKind for CircuitBreakerFireSpec {
    const KEY: &'static str = "circuit-breaker-fire";
    const SIZE: (i32, i32) = (1, 1);
    const STANDS: Stands = Stands::Pipe;
    const PORTS: &'static [Port] = &[];
    const PARAMS: &'static [Param] = &[
        Param::count(
            "failure-percent",
            1,
            100,
            get!(CircuitBreakerFire, |s| f64::from(s.failure_percent)),
            set!(CircuitBreakerFire, |s, value| s.failure_percent = value as u32),
        )
        .unit(Unit::Percent),
        Param::count(
            "window",
            1,
            1_000,
            get!(CircuitBreakerFire, |s| f64::from(s.window)),
            set!(CircuitBreakerFire, |s, value| s.window = value as u32),
        ),
        Param::count(
            "open-time",
            1,
            600_000,
            get!(CircuitBreakerFire, |s| s.open_ms as f64),
            set!(CircuitBreakerFire, |s, value| s.open_ms = value as u64),
        )
        .unit(Unit::Ms),
        Param::count(
            "trials",
            1,
            100,
            get!(CircuitBreakerFire, |s| f64::from(s.trials)),
            set!(CircuitBreakerFire, |s, value| s.trials = value as u32),
        ),
        Param::count(
            "slow-call",
            1,
            600_000,
            get!(CircuitBreakerFire, |s| s.slow_call_ms as f64),
            set!(CircuitBreakerFire, |s, value| s.slow_call_ms = value as u64),
        )
        .unit(Unit::Ms)
        .advanced(),
        Param::count(
            "slow-percent",
            1,
            100,
            get!(CircuitBreakerFire, |s| f64::from(s.slow_percent)),
            set!(CircuitBreakerFire, |s, value| s.slow_percent = value as u32),
        )
        .unit(Unit::Percent)
        .advanced(),
        Param::count(
            "bulkhead",
            0,
            1_000,
            get!(CircuitBreakerFire, |s| f64::from(s.bulkhead)),
            set!(CircuitBreakerFire, |s, value| s.bulkhead = value as u32),
        )
        .advanced(),
        Param::count(
            "bulkhead-line",
            0,
            1_000,
            get!(CircuitBreakerFire, |s| f64::from(s.bulkhead_line)),
            set!(CircuitBreakerFire, |s, value| s.bulkhead_line = value as u32),
        )
        .advanced(),
        Param::count(
            "bulkhead-wait",
            0,
            60_000,
            get!(CircuitBreakerFire, |s| s.bulkhead_wait_ms as f64),
            set!(CircuitBreakerFire, |s, value| s.bulkhead_wait_ms = value as u64),
        )
        .unit(Unit::Ms)
        .advanced(),
    ];

    fn check(&self, require: Require<'_>) {
        let (percent, calls) = (Rule::Between(1.0, 100.0), Rule::Between(1.0, 10_000.0));
        require((1..=100).contains(&self.failure_percent), "failure_percent", percent.clone());
        require((1..=10_000).contains(&self.window), "window", calls.clone());
        require(self.open_ms <= WAIT_MS_MAX, "open_ms", Rule::AtMost(WAIT_MS_MAX as f64));
        require((1..=10_000).contains(&self.trials), "trials", calls);
        require(self.slow_call_ms <= WAIT_MS_MAX, "slow_call_ms", Rule::AtMost(WAIT_MS_MAX as f64));
        require((1..=100).contains(&self.slow_percent), "slow_percent", percent);
        require(self.bulkhead <= 10_000, "bulkhead", Rule::AtMost(10_000.0));
        require(self.bulkhead_line <= 10_000, "bulkhead_line", Rule::AtMost(10_000.0));
        require(self.bulkhead_wait_ms <= WAIT_MS_MAX, "bulkhead_wait_ms", Rule::AtMost(WAIT_MS_MAX as f64));
    }

    fn equip(&self, client: &mut ClientSpec) {
        client.breaker = Some(self.breaker());
        client.bulkhead = self.bulkhead();
    }
}
