//! A retry budget: how much of a client's traffic may be retries, so that failing once does not mean failing threefold.
//!
//! Each kind is one product's rule (`FACTS` RT-BUDGET). The driver tells every budget everything; each makes use of
//! what it knows:
//!
//! | | first try | answer, failure | asked for a retry | the retry's end |
//! |---|---|---|---|---|
//! | Finagle | deposits | | withdraws | |
//! | Envoy | | | counts it | counts it off |
//! | gRPC | | adds, takes | looks only | |

mod window;

use crate::blueprint::Require;
use crate::kernel::digest::Digest;
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};
use window::SlidingSum;

/// Which rule limits retries.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub enum BudgetSpec {
    /// None, as in Istio unless one is configured.
    #[default]
    Unlimited,
    /// A share of the requests of the last while, and a reserve beside it.
    Finagle {
        /// How long a request is remembered, in nanoseconds; 1 to 60 s.
        ttl_ns: u64,
        /// Retries per hundred requests.
        percent: u32,
        /// Retries a second that need no requests; so many seconds' worth as the memory is long are there at once.
        reserve_per_s: u32,
    },
    /// A share of the requests that are active now.
    Envoy {
        /// Retries at once that are always allowed.
        min_concurrent: u32,
        /// Retries at once per hundred requests active or pending, if those are more.
        percent: u32,
    },
    /// A store of tokens that failures use up faster than successes fill it. Its clients send a call five times at most,
    /// hedges included, however many retries they are given.
    Grpc {
        /// Tokens at the start, and at most; retries stop at half of them.
        max_tokens: u32,
        /// Thousandths of a token for each success. A failure takes a whole one.
        token_ratio_milli: u32,
    },
}

impl BudgetSpec {
    /// Finagle's defaults: 20 % of the requests of the last 10 s, and 10 a second.
    pub const fn finagle() -> Self {
        Self::Finagle { ttl_ns: 10_000_000_000, percent: 20, reserve_per_s: 10 }
    }

    /// Envoy's defaults: 20 % of the active requests, at least 3.
    pub const fn envoy() -> Self {
        Self::Envoy { min_concurrent: 3, percent: 20 }
    }

    /// The values of the example in gRPC's proposal A6, which has no defaults: 10 tokens, 0.1 for a success.
    pub const fn grpc() -> Self {
        Self::Grpc { max_tokens: 10, token_ratio_milli: 100 }
    }

    /// How often a call is sent at most, hedges included: gRPC's clients take each larger number for five.
    pub const fn attempts_max(&self) -> u32 {
        if let Self::Grpc { .. } = self { GRPC_ATTEMPTS_MAX } else { u32::MAX }
    }

    /// Says of each field whether it is in range, and what is allowed there.
    pub fn check(&self, require: Require<'_>) {
        match *self {
            Self::Unlimited => {}
            Self::Finagle { ttl_ns, percent, reserve_per_s } => {
                require((1_000_000_000..=60_000_000_000).contains(&ttl_ns), "ttl_ns", "from 1 s to 60 s");
                require(percent <= 100_000, "percent", "at most 100,000");
                require(reserve_per_s <= 1_000_000, "reserve_per_s", "at most 1,000,000");
            }
            Self::Envoy { percent, .. } => require(percent <= 100, "percent", "at most 100"),
            Self::Grpc { max_tokens, token_ratio_milli } => {
                require((1..=1_000).contains(&max_tokens), "max_tokens", "from 1 to 1,000");
                require((1..=1_000_000).contains(&token_ratio_milli), "token_ratio_milli", "from 1 to 1,000,000");
            }
        }
    }
}

/// Milli-tokens that Finagle deposits for a request, so that a retry's price is whole for percentages above 100 too.
const DEPOSIT: i64 = 1_000;
/// How often a client of gRPC sends a call at most (`FACTS` RT-BUDGET).
const GRPC_ATTEMPTS_MAX: u32 = 5;
/// Milli-tokens that gRPC takes for a failure.
const FAILURE: u64 = 1_000;

/// A retry budget in a run.
#[derive(Clone, Debug)]
pub(crate) struct Budget(Account);

#[derive(Clone, Debug)]
enum Account {
    Unlimited,
    /// What was deposited less what was withdrawn lately; a balance of `reserve` more than that.
    Tokens {
        recent: SlidingSum,
        deposit: i64,
        price: i64,
        reserve: i64,
    },
    Concurrent {
        retries: u32,
        min: u32,
        percent: u32,
    },
    Throttle {
        tokens: u64,
        most: u64,
        ratio: u64,
    },
}

impl Budget {
    pub fn new(spec: BudgetSpec) -> Self {
        Self(match spec {
            BudgetSpec::Unlimited => Account::Unlimited,
            BudgetSpec::Finagle { ttl_ns, percent, reserve_per_s } => {
                // Without a share for requests nothing is deposited, and a retry costs one token of the reserve.
                let (deposit, price) =
                    if percent == 0 { (0, 1) } else { (DEPOSIT, DEPOSIT * 100 / i64::from(percent)) };
                let seconds = (ttl_ns / 1_000_000_000) as i64;
                let reserve = i64::from(reserve_per_s) * seconds * price;
                Account::Tokens { recent: SlidingSum::new(ttl_ns), deposit, price, reserve }
            }
            BudgetSpec::Envoy { min_concurrent, percent } => {
                Account::Concurrent { retries: 0, min: min_concurrent, percent }
            }
            BudgetSpec::Grpc { max_tokens, token_ratio_milli } => {
                let most = u64::from(max_tokens) * 1_000;
                Account::Throttle { tokens: most, most, ratio: u64::from(token_ratio_milli) }
            }
        })
    }

    /// A request was sent for the first time. Retries and hedges are none.
    pub fn on_request(&mut self, now: Time) {
        if let Account::Tokens { recent, deposit, .. } = &mut self.0 {
            recent.add(now, *deposit);
        }
    }

    /// A try was answered.
    pub fn on_success(&mut self, _now: Time) {
        if let Account::Throttle { tokens, most, ratio } = &mut self.0 {
            *tokens = (*tokens + *ratio).min(*most);
        }
    }

    /// A try failed. It counts before a retry for it is asked for.
    pub fn on_failure(&mut self, _now: Time) {
        if let Account::Throttle { tokens, .. } = &mut self.0 {
            *tokens = tokens.saturating_sub(FAILURE);
        }
    }

    /// Whether a retry may be made; if so, it is paid for. `active`: requests active and pending now.
    pub fn try_retry(&mut self, now: Time, active: u32) -> bool {
        match &mut self.0 {
            Account::Unlimited => true,
            Account::Tokens { recent, price, reserve, .. } => {
                let affordable = recent.sum(now) + *reserve >= *price;
                if affordable {
                    recent.add(now, -*price);
                }
                affordable
            }
            Account::Concurrent { retries, min, percent } => {
                let share = u64::from(active) * u64::from(*percent) / 100;
                let allowed = u64::from(*retries) < share.max(u64::from(*min));
                *retries += u32::from(allowed);
                allowed
            }
            Account::Throttle { tokens, most, .. } => *tokens > *most / 2,
        }
    }

    /// A retry that was allowed has ended. Envoy counts it from when it is allowed, its wait included, until here, and
    /// counts it off before the same request asks for another.
    pub fn retry_ended(&mut self, _now: Time) {
        if let Account::Concurrent { retries, .. } = &mut self.0 {
            debug_assert!(*retries > 0, "a retry ends once, where it was allowed");
            *retries = retries.saturating_sub(1);
        }
    }

    /// Retries that are counted as under way; 0 where the rule counts none.
    pub fn retries(&self) -> u32 {
        if let Account::Concurrent { retries, .. } = self.0 { retries } else { 0 }
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        match &self.0 {
            Account::Unlimited => digest.fold(0),
            Account::Tokens { recent, .. } => recent.fold_into(digest),
            Account::Concurrent { retries, .. } => digest.fold(u64::from(*retries)),
            Account::Throttle { tokens, .. } => digest.fold(*tokens),
        }
    }
}

#[cfg(test)]
mod tests;
