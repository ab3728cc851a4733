//! The circuit breaker of Resilience4j with a count-based window (`FACTS` CB-R4J; `CircuitBreakerStateMachine`,
//! `CircuitBreakerMetrics`).
//!
//! The window is looked at with every call that ends. An open circuit becomes half open with the first call that asks
//! after the wait, not by itself. Half open, a window of its own holds as many calls as are permitted; when it holds
//! the minimum, the circuit closes or opens. A cancelled call gives its permission back.

use super::BreakerState;
use crate::kernel::digest::Digest;
use crate::kernel::time::Time;

/// What opens the circuit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    pub minimum_calls: u32,
    pub failure_percent: u32,
    pub slow_call_ns: u64,
    pub slow_percent: u32,
}

#[derive(Clone, Debug)]
pub(super) struct Resilience4j {
    limits: Limits,
    /// Calls in the window of a closed circuit.
    window: u32,
    open_ns: u64,
    half_open_calls: u32,
    state: BreakerState,
    opened_at: Time,
    /// Calls that are still permitted while the circuit is half open.
    permissions: u32,
    calls: LastCalls,
}

impl Resilience4j {
    pub fn new(window: u32, limits: Limits, open_ns: u64, half_open_calls: u32) -> Self {
        Self {
            limits,
            window,
            open_ns,
            half_open_calls,
            state: BreakerState::Closed,
            opened_at: Time::ZERO,
            permissions: 0,
            calls: LastCalls::new(window, half_open_calls),
        }
    }

    pub fn permit(&mut self, now: Time) -> bool {
        if self.state == BreakerState::Open && now.since_ns(self.opened_at) > self.open_ns {
            self.state = BreakerState::HalfOpen;
            self.permissions = self.half_open_calls;
            self.calls.wipe(self.half_open_calls);
        }
        match self.state {
            BreakerState::Closed => true,
            BreakerState::Open => false,
            BreakerState::HalfOpen => {
                let permitted = self.permissions > 0;
                self.permissions -= u32::from(permitted);
                permitted
            }
        }
    }

    pub fn record(&mut self, now: Time, ok: bool, duration_ns: u64) {
        // Resilience4j counts what ends while the circuit is open for display only: half open starts afresh.
        if self.state == BreakerState::Open {
            return;
        }
        self.calls.push(Call { failed: !ok, slow: duration_ns > self.limits.slow_call_ns });
        match self.calls.verdict(&self.limits) {
            None => {}
            Some(Verdict::TooMuch) => {
                self.state = BreakerState::Open;
                self.opened_at = now;
            }
            Some(Verdict::Fine) if self.state == BreakerState::HalfOpen => {
                self.state = BreakerState::Closed;
                self.calls.wipe(self.window);
            }
            Some(Verdict::Fine) => {}
        }
    }

    /// Gives the permission back. One that was given before the circuit opened adds none beyond the number of trials.
    pub fn abandon(&mut self) {
        if self.state == BreakerState::HalfOpen {
            self.permissions = (self.permissions + 1).min(self.half_open_calls);
        }
    }

    pub fn state(&self) -> BreakerState {
        self.state
    }

    /// Calls that were permitted while half open and have not ended; fewer where others ended in their stead.
    pub fn trials(&self) -> u32 {
        let half_open = self.state == BreakerState::HalfOpen;
        let settled = self.permissions.saturating_add(self.calls.count);
        if half_open { self.half_open_calls.saturating_sub(settled) } else { 0 }
    }

    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.calls.ring)
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.state as u64 | u64::from(self.permissions) << 8);
        digest.fold(self.opened_at.as_ns());
        self.calls.fold_into(digest);
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, Default)]
struct Call {
    failed: bool,
    slow: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Verdict {
    Fine,
    TooMuch,
}

/// The last calls, in a ring.
#[derive(Clone, Debug)]
struct LastCalls {
    ring: Box<[Call]>,
    /// How much of the ring is in use.
    size: u32,
    next: u32,
    count: u32,
    failed: u32,
    slow: u32,
}

impl LastCalls {
    /// Room for either window, so that a change of state allocates nothing.
    fn new(window: u32, half_open_calls: u32) -> Self {
        let room = window.max(half_open_calls).max(1) as usize;
        let ring = vec![Call::default(); room].into_boxed_slice();
        Self { ring, size: window.max(1), next: 0, count: 0, failed: 0, slow: 0 }
    }

    fn push(&mut self, call: Call) {
        let oldest = std::mem::replace(&mut self.ring[self.next as usize], call);
        self.next = (self.next + 1) % self.size;
        if self.count == self.size {
            self.failed -= u32::from(oldest.failed);
            self.slow -= u32::from(oldest.slow);
        } else {
            self.count += 1;
        }
        self.failed += u32::from(call.failed);
        self.slow += u32::from(call.slow);
    }

    /// `None`: there are too few calls for a verdict.
    fn verdict(&self, limits: &Limits) -> Option<Verdict> {
        if self.count < limits.minimum_calls.min(self.size) {
            return None;
        }
        let reaches = |count: u32, percent: u32| u64::from(count) * 100 >= u64::from(percent) * u64::from(self.count);
        let too_much = reaches(self.failed, limits.failure_percent) || reaches(self.slow, limits.slow_percent);
        Some(if too_much { Verdict::TooMuch } else { Verdict::Fine })
    }

    /// Forgets everything; from now on holds so many calls.
    fn wipe(&mut self, size: u32) {
        (self.size, self.next, self.count, self.failed, self.slow) = (size.max(1), 0, 0, 0, 0);
    }

    fn fold_into(&self, digest: &mut Digest) {
        digest.fold(u64::from(self.next) | u64::from(self.count) << 32);
        digest.fold(u64::from(self.failed) | u64::from(self.slow) << 32);
    }
}
