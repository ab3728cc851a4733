//! The client's side of a call.

use crate::call::backoff::Backoff;
use crate::call::breaker::BreakerSpec;
use crate::call::budget::BudgetSpec;
use crate::call::bulkhead::BulkheadSpec;
use crate::call::hedge::HedgeSpec;
use serde::{Deserialize, Serialize};

/// How a client treats its calls. Breaker, bulkhead and budget are shared by all calls of one call site.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ClientSpec {
    /// How long it waits in all, tries and back-off included, in nanoseconds.
    pub timeout_ns: u64,
    /// How long it waits for one try, in nanoseconds.
    pub try_timeout_ns: Option<u64>,
    /// Whether and how it tries again.
    pub retry: Option<RetrySpec>,
    /// Whether it sends a second try before the first has failed.
    pub hedge: Option<HedgeSpec>,
    /// When it stops trying for a while.
    pub breaker: Option<BreakerSpec>,
    /// How many calls it has under way at once.
    pub bulkhead: Option<BulkheadSpec>,
    /// Whether what is left of the caller's own deadline limits the call (`FACTS` RT-LOAD: the deadline left, not a
    /// timeout for each hop, should travel).
    pub propagates_deadline: bool,
    /// Whether it tells the callee when it has given up. The message takes as long as the pipes to the service are
    /// long, uses no bandwidth, and is never lost.
    pub cancels: bool,
}

impl Default for ClientSpec {
    /// Five seconds, and nothing else.
    fn default() -> Self {
        Self::with_timeout_ns(5_000_000_000)
    }
}

impl ClientSpec {
    /// A client that waits so long, and does nothing else.
    pub const fn with_timeout_ns(timeout_ns: u64) -> Self {
        Self {
            timeout_ns,
            try_timeout_ns: None,
            retry: None,
            hedge: None,
            breaker: None,
            bulkhead: None,
            propagates_deadline: false,
            cancels: false,
        }
    }

    /// Whether a call needs no record beyond its one attempt.
    pub(crate) const fn is_plain(&self) -> bool {
        self.try_timeout_ns.is_none()
            && self.retry.is_none()
            && self.hedge.is_none()
            && self.breaker.is_none()
            && self.bulkhead.is_none()
    }
}

/// Retries.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct RetrySpec {
    /// Tries beyond the first, 1 to 100.
    pub retries: u32,
    /// How long it waits before each.
    pub backoff: Backoff,
    /// What limits retries over all calls of the site.
    pub budget: BudgetSpec,
    /// Which failures it tries again after.
    pub on: RetryOn,
}

/// Which failures are worth another try.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RetryOn {
    /// A try timed out.
    pub timeout: bool,
    /// A service rejected it.
    pub rejected: bool,
    /// A service answered with an error or went down.
    pub failed: bool,
    /// There was no route.
    pub no_route: bool,
}

impl Default for RetryOn {
    /// All of them.
    fn default() -> Self {
        Self { timeout: true, rejected: true, failed: true, no_route: true }
    }
}
