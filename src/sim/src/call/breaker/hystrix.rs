//! The circuit breaker of Netflix Hystrix 1.5 (`FACTS` CB-HYSTRIX; `HystrixCircuitBreaker`, `HealthCountsStream`).
//!
//! Calls are counted in buckets as long as the snapshot interval, 500 ms. Each time a bucket is full, and only then,
//! the window of the last buckets is looked at, 10 s of them; so a circuit opens up to 500 ms after the calls that
//! open it. Hystrix does this on a timer, here it is caught up with at the next call, with the same result. (The ten
//! buckets of a second that Hystrix is known for are those of its dashboard's counters.)
//!
//! A call that was cancelled while the circuit is half open opens it again: "if the executing command gets
//! unsubscribed, the status will transition to OPEN". Hystrix computes the percentage in doubles, cut to an integer,
//! which makes 28 of 29 out of 100; here it is exact.

use super::BreakerState;
use crate::kernel::digest::Digest;
use crate::kernel::time::Time;

/// Most buckets of a window.
pub(super) const BUCKETS_MAX: u64 = 1_000;

#[derive(Clone, Debug)]
pub(super) struct Hystrix {
    request_volume: u32,
    error_percent: u32,
    sleep_ns: u64,
    state: BreakerState,
    /// When the circuit opened last.
    opened_at: Time,
    window: Window,
}

impl Hystrix {
    pub fn new(request_volume: u32, error_percent: u32, sleep_ns: u64, window_ns: u64, snapshot_ns: u64) -> Self {
        Self {
            request_volume,
            error_percent,
            sleep_ns,
            state: BreakerState::Closed,
            opened_at: Time::ZERO,
            window: Window::new(window_ns, snapshot_ns.max(1)),
        }
    }

    pub fn permit(&mut self, now: Time) -> bool {
        self.catch_up(now);
        // One probe, after strictly more than the sleep; until it ends there is no other.
        let probe = self.state == BreakerState::Open && now.since_ns(self.opened_at) > self.sleep_ns;
        if probe {
            self.state = BreakerState::HalfOpen;
        }
        probe || self.state == BreakerState::Closed
    }

    pub fn record(&mut self, now: Time, ok: bool) {
        self.catch_up(now);
        if self.state == BreakerState::HalfOpen {
            if ok {
                self.state = BreakerState::Closed;
                self.window.wipe(now);
            } else {
                self.open(now);
            }
        }
        // The event is counted after the circuit has closed, so the probe is the first call of the new window.
        self.window.count(ok);
    }

    pub fn abandon(&mut self, now: Time) {
        self.catch_up(now);
        if self.state == BreakerState::HalfOpen {
            self.open(now);
        }
    }

    pub fn state(&self, now: Time) -> BreakerState {
        if self.trips_at(now).is_some() { BreakerState::Open } else { self.state }
    }

    pub fn is_half_open(&self) -> bool {
        self.state == BreakerState::HalfOpen
    }

    /// Looks at every snapshot up to `now`.
    fn catch_up(&mut self, now: Time) {
        if !self.window.is_due(now) {
            return;
        }
        if let Some(at) = self.trips_at(now) {
            self.open(at);
        }
        self.window.roll(now);
    }

    /// At which snapshot up to `now` a closed circuit opens, if nothing more is counted.
    fn trips_at(&self, now: Time) -> Option<Time> {
        if self.state != BreakerState::Closed {
            return None;
        }
        self.window.snapshots(now).find(|(_, counts)| self.is_too_much(*counts)).map(|(at, _)| at)
    }

    fn is_too_much(&self, counts: Counts) -> bool {
        let enough = counts.calls >= u64::from(self.request_volume).max(1);
        enough && counts.errors * 100 / counts.calls >= u64::from(self.error_percent)
    }

    fn open(&mut self, at: Time) {
        self.state = BreakerState::Open;
        self.opened_at = at;
    }

    pub fn heap_bytes(&self) -> usize {
        size_of_val(&*self.window.buckets)
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.state as u64);
        digest.fold(self.opened_at.as_ns());
        self.window.fold_into(digest);
    }
}

/// Calls that ended, and how many of them failed.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    calls: u64,
    errors: u64,
}

impl Counts {
    fn less(self, other: Self) -> Self {
        Self { calls: self.calls - other.calls, errors: self.errors - other.errors }
    }
}

/// The buckets, in a ring: `head` is being filled, the one after it is the oldest.
#[derive(Clone, Debug)]
struct Window {
    snapshot_ns: u64,
    buckets: Box<[Counts]>,
    head: usize,
    sum: Counts,
    /// When the bucket that is being filled began.
    began_at: Time,
}

impl Window {
    fn new(window_ns: u64, snapshot_ns: u64) -> Self {
        let buckets = (window_ns / snapshot_ns).clamp(1, BUCKETS_MAX) as usize;
        let buckets = vec![Counts::default(); buckets].into_boxed_slice();
        Self { snapshot_ns, buckets, head: 0, sum: Counts::default(), began_at: Time::ZERO }
    }

    fn count(&mut self, ok: bool) {
        for counts in [&mut self.buckets[self.head], &mut self.sum] {
            counts.calls += 1;
            counts.errors += u64::from(!ok);
        }
    }

    fn is_due(&self, now: Time) -> bool {
        now.since_ns(self.began_at) >= self.snapshot_ns
    }

    /// What the snapshots that are due by `now` see, and when. Those beyond the window's length see nothing.
    fn snapshots(&self, now: Time) -> impl Iterator<Item = (Time, Counts)> {
        let due = now.since_ns(self.began_at) / self.snapshot_ns;
        let mut sum = self.sum;
        (1..=due.min(self.buckets.len() as u64)).map(move |nth| {
            let seen = sum;
            sum = sum.less(self.buckets[(self.head + nth as usize) % self.buckets.len()]);
            (self.began_at.plus_ns(nth * self.snapshot_ns), seen)
        })
    }

    /// Begins the bucket that `now` lies in.
    fn roll(&mut self, now: Time) {
        let due = now.since_ns(self.began_at) / self.snapshot_ns;
        for _ in 0..due.min(self.buckets.len() as u64) {
            self.head = (self.head + 1) % self.buckets.len();
            self.sum = self.sum.less(std::mem::take(&mut self.buckets[self.head]));
        }
        self.began_at = self.began_at.plus_ns(due * self.snapshot_ns);
    }

    /// Forgets everything and begins a bucket now.
    fn wipe(&mut self, now: Time) {
        self.buckets.fill(Counts::default());
        self.sum = Counts::default();
        self.began_at = now;
    }

    fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.began_at.as_ns());
        let (newer, older) = self.buckets.split_at(self.head + 1);
        for counts in older.iter().chain(newer) {
            digest.fold(counts.calls | counts.errors << 32);
        }
    }
}
