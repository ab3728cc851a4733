//! The service mesh super mushroom: a power-up on a caller. Its sidecar tries failed calls again, within a budget, and
//! costs each message a little time on its way.

use super::param::{By, NO_YES, Param, Unit, get, set};
use super::{PieceKind, Port, Require, Stands};
use crate::format::{Rule, is_default};
use crate::limits::{TIMEOUT_MS_MAX, WAIT_MS_MAX};
use crate::milliseconds::to_ns;
use pipe_maze_sim::{Backoff, BudgetSpec, ClientSpec, HedgeSpec, Jitter, RetryOn, RetrySpec};
use serde::{Deserialize, Serialize};

/// Parameters of a sidecar, after Envoy's.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ServiceMeshSuperMushroomSpec {
    /// Tries beyond the first.
    pub retries: u32,
    /// How long it waits for one try, in simulated milliseconds.
    pub try_timeout_ms: u64,
    /// Retries at once per hundred calls under way; three are always allowed.
    pub budget_percent: u32,
    /// What the waits before retries start from, in simulated milliseconds.
    pub backoff_ms: u64,
    /// The longest wait before a retry, in simulated milliseconds.
    pub backoff_cap_ms: u64,
    /// What the sidecar adds to each message's way, there and back, in simulated milliseconds.
    pub hop_ms: f64,
    /// How long it waits for an answer before it sends a second copy of a request beside the first, in simulated
    /// milliseconds; 0: it never does.
    #[serde(skip_serializing_if = "is_default")]
    pub hedge_ms: u64,
    /// Whether it sends word to the service when it has given a call up.
    #[serde(skip_serializing_if = "is_default")]
    pub cancels: bool,
    /// Whether a call's deadline travels with it: what is left of it limits the calls made on its behalf, and a machine may
    /// drop what is too late.
    #[serde(skip_serializing_if = "is_default")]
    pub deadline: bool,
}

impl ServiceMeshSuperMushroomSpec {
    pub(super) const DEFAULT: Self = Self {
        retries: 2,
        try_timeout_ms: 500,
        budget_percent: 20,
        backoff_ms: 25,
        backoff_cap_ms: 250,
        hop_ms: 1.0,
        hedge_ms: 0,
        cancels: false,
        deadline: false,
    };

    fn retry(&self) -> RetrySpec {
        RetrySpec {
            retries: self.retries,
            backoff: Backoff {
                base_ns: self.backoff_ms.saturating_mul(1_000_000),
                // The knob of the base may be turned above the cap.
                cap_ns: self.backoff_cap_ms.max(self.backoff_ms).saturating_mul(1_000_000),
                multiplier: 2.0,
                jitter: Jitter::Envoy,
            },
            budget: BudgetSpec::Envoy { min_concurrent: 3, percent: self.budget_percent },
            on: RetryOn { timeout: true, rejected: true, failed: true, no_route: true },
        }
    }
}

impl Default for ServiceMeshSuperMushroomSpec {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl PieceKind for ServiceMeshSuperMushroomSpec {
    const KEY: &'static str = "service-mesh-super-mushroom";
    const SIZE: (i32, i32) = (1, 1);
    const STANDS: Stands = Stands::Caller;
    const PORTS: &'static [Port] = &[];
    const PARAMS: &'static [Param] = &[
        Param::count(
            "retries",
            0,
            10,
            get!(ServiceMeshSuperMushroom, |s| f64::from(s.retries)),
            set!(ServiceMeshSuperMushroom, |s, value| s.retries = value as u32),
        ),
        Param::count(
            "try-timeout",
            1,
            60_000,
            get!(ServiceMeshSuperMushroom, |s| s.try_timeout_ms as f64),
            set!(ServiceMeshSuperMushroom, |s, value| s.try_timeout_ms = value as u64),
        )
        .unit(Unit::Ms),
        Param::count(
            "retry-budget",
            0,
            100,
            get!(ServiceMeshSuperMushroom, |s| f64::from(s.budget_percent)),
            set!(ServiceMeshSuperMushroom, |s, value| s.budget_percent = value as u32),
        )
        .unit(Unit::Percent),
        Param::count(
            "backoff",
            1,
            10_000,
            get!(ServiceMeshSuperMushroom, |s| s.backoff_ms as f64),
            set!(ServiceMeshSuperMushroom, |s, value| s.backoff_ms = value as u64),
        )
        .unit(Unit::Ms),
        Param::count(
            "backoff-cap",
            1,
            60_000,
            get!(ServiceMeshSuperMushroom, |s| s.backoff_cap_ms as f64),
            set!(ServiceMeshSuperMushroom, |s, value| s.backoff_cap_ms = value as u64),
        )
        .unit(Unit::Ms)
        .advanced(),
        Param::number(
            "hop-cost",
            Unit::Ms,
            0.0,
            1_000.0,
            get!(ServiceMeshSuperMushroom, |s| s.hop_ms),
            set!(ServiceMeshSuperMushroom, |s, value| s.hop_ms = value),
        )
        .by(By::Author)
        .advanced(),
        Param::count(
            "hedge",
            0,
            60_000,
            get!(ServiceMeshSuperMushroom, |s| s.hedge_ms as f64),
            set!(ServiceMeshSuperMushroom, |s, value| s.hedge_ms = value as u64),
        )
        .unit(Unit::Ms)
        .advanced(),
        Param::choice(
            "cancels",
            &NO_YES,
            get!(ServiceMeshSuperMushroom, |s| f64::from(u8::from(s.cancels))),
            set!(ServiceMeshSuperMushroom, |s, value| s.cancels = value > 0.0),
        )
        .advanced(),
        Param::choice(
            "deadline",
            &NO_YES,
            get!(ServiceMeshSuperMushroom, |s| f64::from(u8::from(s.deadline))),
            set!(ServiceMeshSuperMushroom, |s, value| s.deadline = value > 0.0),
        )
        .advanced(),
    ];

    fn check(&self, require: Require<'_>) {
        require(self.retries <= 10, "retries", Rule::AtMost(10.0));
        let try_ok = (1..=TIMEOUT_MS_MAX).contains(&self.try_timeout_ms);
        require(try_ok, "try_timeout_ms", Rule::whole(1u64, TIMEOUT_MS_MAX));
        require((1..=WAIT_MS_MAX).contains(&self.backoff_ms), "backoff_ms", Rule::whole(1u64, WAIT_MS_MAX));
        require(self.backoff_cap_ms <= WAIT_MS_MAX, "backoff_cap_ms", Rule::AtMost(WAIT_MS_MAX as f64));
        require(self.budget_percent <= 100, "budget_percent", Rule::AtMost(100.0));
        require((0.0..=1_000.0).contains(&self.hop_ms), "hop_ms", Rule::Between(0.0, 1_000.0));
        require(self.hedge_ms <= WAIT_MS_MAX, "hedge_ms", Rule::AtMost(WAIT_MS_MAX as f64));
    }

    fn equip(&self, client: &mut ClientSpec) {
        client.try_timeout_ns = Some(self.try_timeout_ms.saturating_mul(1_000_000));
        client.retry = (self.retries > 0).then(|| self.retry());
        let delay_ns = self.hedge_ms.saturating_mul(1_000_000);
        client.hedge = (self.hedge_ms > 0).then_some(HedgeSpec { delay_ns, max: 1 });
        client.cancels |= self.cancels;
        client.propagates_deadline |= self.deadline;
    }

    fn hop_ns(&self) -> u64 {
        to_ns(self.hop_ms)
    }
}
