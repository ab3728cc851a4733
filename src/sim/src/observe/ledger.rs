//! The ledger of an attempt or a call: which part of its time each piece took. Entries are booked when it moves, so
//! that they always add up to the time since its start.

use crate::call::outcome::{Cause, Outcome};
use crate::kernel::time::Time;
use crate::observe::parts::Parts;

/// What time is spent on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// In the pipe of this index.
    Network = 0,
    /// In the queue of the service of this index.
    Queue = 1,
    /// With a worker of the service of this index.
    Service = 2,
    /// Held up by the hazard of this index.
    Hazard = 3,
    /// Held back by the call site of this index.
    Client = 4,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Network, Self::Queue, Self::Service, Self::Hazard, Self::Client];
}

/// What a ledger says in the end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Account {
    pub parts: Parts,
    /// The part that took most, and the piece whose longest single stay it holds.
    pub slowest: (Part, u16),
    pub failure: Option<(Outcome, Cause)>,
}

impl Account {
    #[inline]
    pub fn of(ledger: &Ledger) -> Self {
        Self { parts: ledger.parts(), slowest: ledger.slowest(), failure: ledger.failure }
    }
}

impl Default for Account {
    fn default() -> Self {
        Self::of(&Ledger::default())
    }
}

/// The longest stay that is told from longer ones: three days.
const STAY_NS_MAX: u64 = u64::MAX >> 16;

/// Where time went. What every stay changes lies in the first line of a cache.
#[derive(Clone, Copy, Debug, Default)]
#[repr(C, align(64))]
pub(crate) struct Ledger {
    /// Up to when it is booked.
    pub since: Time,
    /// What of the present stay is a hazard's.
    hazard_ns: u64,
    shares: [Share; 5],
    /// When the present message's transmission began.
    pub transmission_at: Time,
    /// When it came to its service.
    pub arrived_at: Time,
    /// What its own service's queue and pools took.
    pub own_queue_ns: u64,
    /// How long its service waited for calls that it made.
    pub waiting_ns: u64,
    /// Why it failed.
    pub failure: Option<(Outcome, Cause)>,
    /// Whose `hazard_ns` is.
    hazard: u16,
}

/// What one part took.
#[derive(Clone, Copy, Debug, Default)]
struct Share {
    ns: u64,
    /// The longest single stay: nanoseconds above, the piece's index in the low 16 bits.
    longest: u64,
}

impl Ledger {
    pub fn new(now: Time) -> Self {
        Self { since: now, ..Self::default() }
    }

    /// Books the time since the last entry; a hazard's share goes to the hazard.
    #[inline]
    pub fn book(&mut self, now: Time, part: Part, piece: u16) -> u64 {
        let mut ns = now.since_ns(self.since);
        self.since = now;
        if self.hazard_ns > 0 {
            let share = self.hazard_ns.min(ns);
            self.add(Part::Hazard, self.hazard, share);
            self.hazard_ns = 0;
            ns -= share;
        }
        self.add(part, piece, ns);
        ns
    }

    /// Of the stay that begins, `ns` will be the hazard's.
    pub fn expect_hazard(&mut self, hazard: u16, ns: u64) {
        self.hazard = hazard;
        self.hazard_ns = ns;
    }

    /// Takes over what a call has booked, from `self.since` to the call's last entry.
    pub fn absorb(&mut self, other: &Self) {
        for (own, other) in self.shares.iter_mut().zip(&other.shares) {
            own.ns += other.ns;
            own.longest = own.longest.max(other.longest);
        }
        self.since = other.since;
        if self.failure.is_none() {
            self.failure = other.failure;
        }
    }

    pub fn parts(&self) -> Parts {
        let [network_ns, queue_ns, service_ns, hazard_ns, client_ns] = self.shares.map(|share| share.ns);
        Parts { network_ns, queue_ns, service_ns, hazard_ns, client_ns }
    }

    /// Since it came to its service: what neither the queue and pools nor calls took.
    pub fn worked_ns(&self, now: Time) -> u64 {
        let own_ns = now.since_ns(self.arrived_at).saturating_sub(self.waiting_ns);
        own_ns - self.own_queue_ns.min(own_ns)
    }

    /// The part that took most, and the piece whose longest single stay it holds.
    #[inline]
    pub fn slowest(&self) -> (Part, u16) {
        let mut slowest = Part::Network;
        for part in Part::ALL {
            if self.shares[part as usize].ns > self.shares[slowest as usize].ns {
                slowest = part;
            }
        }
        (slowest, self.shares[slowest as usize].longest as u16)
    }

    #[inline]
    fn add(&mut self, part: Part, piece: u16, ns: u64) {
        let share = &mut self.shares[part as usize];
        share.ns += ns;
        share.longest = share.longest.max(ns.min(STAY_NS_MAX) << 16 | u64::from(piece));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_add_up_and_a_hazards_share_is_its_own() {
        let mut ledger = Ledger::new(Time::from_ns(100));
        ledger.expect_hazard(7, 30);
        ledger.book(Time::from_ns(200), Part::Network, 1);
        ledger.book(Time::from_ns(250), Part::Queue, 2);
        let parts = ledger.parts();
        assert_eq!((parts.network_ns, parts.hazard_ns, parts.queue_ns), (70, 30, 50));
        assert_eq!(parts.total_ns(), 150);
        assert_eq!(ledger.slowest(), (Part::Network, 1));
    }

    #[test]
    fn a_call_that_is_taken_over_continues_the_sum() {
        let mut parent = Ledger::new(Time::ZERO);
        parent.book(Time::from_ns(10), Part::Service, 1);
        let mut child = Ledger::new(Time::from_ns(10));
        child.book(Time::from_ns(90), Part::Queue, 4);
        parent.absorb(&child);
        parent.book(Time::from_ns(95), Part::Service, 1);
        assert_eq!(parent.parts().total_ns(), 95);
        assert_eq!(parent.slowest(), (Part::Queue, 4));
    }
}
