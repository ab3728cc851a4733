//! A call site: a place from which calls are made, with all that its calls share.

use crate::blueprint::{CallSpec, ClientSpec};
use crate::call::breaker::{Breaker, BreakerState};
use crate::call::budget::Budget;
use crate::call::bulkhead::Bulkhead;
use crate::call::timers::TimerList;
use crate::kernel::digest::Digest;
use crate::kernel::id::PieceId;
use crate::kernel::random::Key;

/// A class of a spring, or a call in a program. What every attempt of a plain one needs is the first line of a cache.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub(crate) struct Site {
    /// Timeouts of its attempts.
    pub timers: TimerList,
    /// Whose it is.
    pub caller: PieceId,
    /// The caller's key, where that is a spring.
    pub caller_key: Key,
    /// Calls under way.
    pub active: u32,
    pub request_bytes: u32,
    pub response_bytes: u32,
    /// The spring that it belongs to, if it does.
    pub spring: u16,
    /// The endpoint that it calls, by number.
    pub endpoint: u16,
    /// The pipe that it prefers, if any leads to what it calls.
    pub first_pipe: u16,
    /// Its calls need no record.
    pub is_plain: bool,
    /// It belongs to a spring of users who think after each request.
    pub is_closed: bool,
    pub optional: bool,
    /// Its identity among all sites; draws refer to it.
    pub id: u64,
    /// The pipes that lead to what it calls, in order of preference.
    pub pipes: Vec<u16>,
    pub client: ClientSpec,
    pub breaker: Option<Breaker>,
    /// The state of its breaker that was told last.
    pub breaker_told: BreakerState,
    pub bulkhead: Option<Bulkhead>,
    pub budget: Option<Budget>,
}

impl Site {
    pub fn new(caller: PieceId, id: u64, spec: &CallSpec, endpoint: u16, pipes: Vec<u16>) -> Self {
        let client = &spec.client;
        Self {
            timers: TimerList::new(client.try_timeout_ns.unwrap_or(client.timeout_ns)),
            caller,
            caller_key: Key::NONE,
            active: 0,
            request_bytes: spec.request_bytes,
            response_bytes: spec.response_bytes,
            spring: u16::MAX,
            endpoint,
            first_pipe: pipes.first().copied().unwrap_or(u16::MAX),
            is_plain: false,
            is_closed: false,
            optional: spec.optional,
            id,
            pipes,
            breaker: client.breaker.map(Breaker::new),
            breaker_told: BreakerState::Closed,
            bulkhead: client.bulkhead.map(Bulkhead::new),
            budget: client.retry.as_ref().map(|retry| Budget::new(retry.budget)),
            client: client.clone(),
        }
    }

    /// Its calls are the requests of a spring.
    pub fn belong_to(&mut self, spring: u16, key: Key, is_closed: bool) {
        self.spring = spring;
        self.caller_key = key;
        self.is_closed = is_closed;
        self.is_plain = self.client.is_plain();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_plain_attempts_need_is_one_line_of_a_cache() {
        assert_eq!(std::mem::offset_of!(Site, id), 64);
    }
}
