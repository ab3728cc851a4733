//! A call site: a place from which calls are made, with all that its calls share.

use crate::blueprint::{CallSpec, ClientSpec};
use crate::call::breaker::{Breaker, BreakerState};
use crate::call::budget::Budget;
use crate::call::bulkhead::Bulkhead;
use crate::call::timers::TimerList;
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;

/// A class of a spring, or a call in a program.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Whose it is.
    pub caller: PieceId,
    /// Its identity among all sites; draws refer to it.
    pub id: u64,
    /// The spring that it belongs to, if it does.
    pub spring: u16,
    /// The endpoint that it calls, by number.
    pub endpoint: u16,
    pub request_bytes: u32,
    pub response_bytes: u32,
    /// Its calls need no record.
    pub is_plain: bool,
    pub optional: bool,
    pub client: ClientSpec,
    /// The pipes that lead to what it calls, in order of preference.
    pub pipes: Vec<u16>,
    /// Timeouts of its attempts.
    pub timers: TimerList,
    pub breaker: Option<Breaker>,
    /// The state of its breaker that was told last.
    pub breaker_told: BreakerState,
    pub bulkhead: Option<Bulkhead>,
    pub budget: Option<Budget>,
    /// Calls under way.
    pub active: u32,
}

impl Site {
    pub fn new(caller: PieceId, id: u64, spec: &CallSpec, endpoint: u16, pipes: Vec<u16>) -> Self {
        let client = &spec.client;
        Self {
            caller,
            id,
            spring: u16::MAX,
            endpoint,
            request_bytes: spec.request_bytes,
            response_bytes: spec.response_bytes,
            is_plain: false,
            optional: spec.optional,
            pipes,
            timers: TimerList::new(client.try_timeout_ns.unwrap_or(client.timeout_ns)),
            breaker: client.breaker.map(Breaker::new),
            breaker_told: BreakerState::Closed,
            bulkhead: client.bulkhead.map(Bulkhead::new),
            budget: client.retry.as_ref().map(|retry| Budget::new(retry.budget)),
            active: 0,
            client: client.clone(),
        }
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.id);
        digest.fold(u64::from(self.active));
        if let Some(breaker) = &self.breaker {
            breaker.fold_into(digest);
        }
        if let Some(bulkhead) = &self.bulkhead {
            bulkhead.fold_into(digest);
        }
        if let Some(budget) = &self.budget {
            budget.fold_into(digest);
        }
    }
}
