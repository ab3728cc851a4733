//! The ledger of an attempt or a call: which part of its time each piece took. Entries are booked when it moves, so
//! that they always add up to the time since its start.

use crate::call::outcome::{Cause, Outcome};
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::observe::parts::Parts;

/// What time is spent on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// In the pipe of this index.
    Network = 0,
    /// In the queue of the service of this index; beyond the services, in the open batch of a broker.
    Queue = 1,
    /// With a worker of the service of this index; beyond the services, while a broker wrote.
    Service = 2,
    /// Held up by the hazard of this index.
    Hazard = 3,
    /// Held back by the call site of this index.
    Client = 4,
}

impl Part {
    pub const ALL: [Self; 5] = [Self::Network, Self::Queue, Self::Service, Self::Hazard, Self::Client];
}

/// The longest stay that is told from longer ones: three days.
const STAY_NS_MAX: u64 = u64::MAX >> 16;

/// Parts that every request has: network, queue and service.
const COMMON: usize = 3;

/// Where time went. What every stay changes lies in the first line of a cache, what a service is asked for in the second;
/// the third one is for what few need.
#[derive(Clone, Copy, Debug)]
#[repr(C, align(64))]
pub(crate) struct Ledger {
    /// Up to when it is booked.
    pub since: Time,
    common: [Share; COMMON],
    /// Whether some of the present stay is a hazard's: `hazard` and `hazard_ns` mean nothing otherwise.
    expects_hazard: bool,
    /// Whether it failed: `failure` means nothing otherwise.
    has_failed: bool,
    /// Whether anything is booked in `others`; they mean nothing until then.
    has_others: bool,
    /// Whether anything is in `aside`.
    is_set_aside: bool,
    /// Whose `hazard_ns` is.
    hazard: u16,
    /// When it came to its service, if it is there.
    pub arrived_at: Time,
    /// What its own service's queue and pools took.
    pub own_queue_ns: u64,
    /// How long its service waited for calls that it made.
    pub waiting_ns: u64,
    /// What of the present stay is a hazard's.
    hazard_ns: u64,
    failure: (Outcome, Cause),
    /// When the transmission of the present message begins, where it had to wait for that; else some time before `since`.
    transmission_at: Time,
    others: [Share; Part::ALL.len() - COMMON],
    /// What of a stay that was interrupted is still to be a hazard's: which one's, and how much.
    aside: (u16, u64),
}

/// What one part took.
#[derive(Clone, Copy, Debug)]
struct Share {
    ns: u64,
    /// The longest single stay: nanoseconds above, the piece's index in the low 16 bits.
    longest: u64,
}

impl Share {
    const NONE: Self = Self { ns: 0, longest: 0 };
}

impl Default for Ledger {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl Ledger {
    /// In which nothing is booked, since the start of the run.
    pub const EMPTY: Self = Self {
        since: Time::ZERO,
        common: [Share::NONE; COMMON],
        expects_hazard: false,
        has_failed: false,
        has_others: false,
        is_set_aside: false,
        hazard: 0,
        arrived_at: Time::ZERO,
        own_queue_ns: 0,
        waiting_ns: 0,
        hazard_ns: 0,
        failure: (Outcome::Answered, Cause::NoRoute(PieceId(0))),
        transmission_at: Time::ZERO,
        others: [Share::NONE; Part::ALL.len() - COMMON],
        aside: (0, 0),
    };

    pub fn new(now: Time) -> Self {
        Self { since: now, ..Self::EMPTY }
    }

    /// Makes a new ledger of it. Only its first line changes: what lies behind it means nothing until it is written again,
    /// and when its former messages' transmissions began does not matter.
    #[inline]
    pub fn restart(&mut self, now: Time) {
        self.since = now;
        self.common = [Share::NONE; COMMON];
        self.expects_hazard = false;
        self.has_failed = false;
        self.has_others = false;
        self.is_set_aside = false;
    }

    /// It comes to its service.
    #[inline]
    pub fn arrive(&mut self, now: Time) {
        self.arrived_at = now;
        self.own_queue_ns = 0;
        self.waiting_ns = 0;
    }

    /// Why it failed, if it did.
    #[inline]
    pub fn failure(&self) -> Option<(Outcome, Cause)> {
        self.has_failed.then_some(self.failure)
    }

    /// Notes why it failed, or that it did not.
    pub fn set_failure(&mut self, failure: Option<(Outcome, Cause)>) {
        self.has_failed = failure.is_some();
        self.failure = failure.unwrap_or(self.failure);
    }

    /// Books the time since the last entry; a hazard's share goes to the hazard.
    #[inline]
    pub fn book(&mut self, now: Time, part: Part, piece: u16) -> u64 {
        let mut ns = now.since_ns(self.since);
        self.since = now;
        if self.expects_hazard {
            ns -= self.book_hazard(ns);
        }
        self.add(part, piece, ns);
        ns
    }

    /// Books the hazard's share of a stay of so long, and gives it.
    #[cold]
    #[inline(never)]
    fn book_hazard(&mut self, ns: u64) -> u64 {
        self.expects_hazard = false;
        let share_ns = self.hazard_ns.min(ns);
        self.add(Part::Hazard, self.hazard, share_ns);
        share_ns
    }

    /// The present message had to wait for its transmission, which begins then.
    pub fn expect_transmission(&mut self, at: Time) {
        self.transmission_at = at;
    }

    /// When the transmission of the present message begins.
    pub fn transmission_at(&self) -> Time {
        self.transmission_at.max(self.since)
    }

    /// Of the stay that begins, `ns` will be the hazard's.
    pub fn expect_hazard(&mut self, hazard: u16, ns: u64) {
        self.expects_hazard = ns > 0;
        self.hazard = hazard;
        self.hazard_ns = ns;
    }

    /// The present stay is interrupted: what of it is still to be a hazard's waits until it goes on.
    pub fn set_aside(&mut self, now: Time) {
        let hazard_ns = if self.expects_hazard { self.hazard_ns } else { 0 };
        let left_ns = hazard_ns.saturating_sub(now.since_ns(self.since));
        self.is_set_aside = left_ns > 0;
        self.aside = (self.hazard, left_ns);
    }

    /// The stay that was interrupted goes on.
    pub fn take_up(&mut self) {
        if std::mem::take(&mut self.is_set_aside) {
            let (hazard, left_ns) = self.aside;
            self.expect_hazard(hazard, left_ns);
        }
    }

    /// Takes over what a call has booked, from `self.since` to the call's last entry.
    pub fn absorb(&mut self, other: &Self) {
        for part in Part::ALL {
            let Share { ns, longest } = other.share(part);
            if longest > 0 {
                let own = self.share_mut(part);
                own.ns += ns;
                own.longest = own.longest.max(longest);
            }
        }
        self.since = other.since;
        if !self.has_failed {
            self.set_failure(other.failure());
        }
    }

    pub fn parts(&self) -> Parts {
        let [network_ns, queue_ns, service_ns, hazard_ns, client_ns] = Part::ALL.map(|part| self.share(part).ns);
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
            if self.share(part).ns > self.share(slowest).ns {
                slowest = part;
            }
        }
        (slowest, self.share(slowest).longest as u16)
    }

    #[inline]
    fn add(&mut self, part: Part, piece: u16, ns: u64) {
        let share = self.share_mut(part);
        share.ns += ns;
        share.longest = share.longest.max(ns.min(STAY_NS_MAX) << 16 | u64::from(piece));
    }

    #[inline]
    fn share(&self, part: Part) -> Share {
        match self.common.get(part as usize) {
            Some(share) => *share,
            None if self.has_others => self.others[part as usize - COMMON],
            None => Share::NONE,
        }
    }

    #[inline]
    fn share_mut(&mut self, part: Part) -> &mut Share {
        if (part as usize) < COMMON {
            return &mut self.common[part as usize];
        }
        if !self.has_others {
            self.has_others = true;
            self.others = [Share::NONE; Part::ALL.len() - COMMON];
        }
        &mut self.others[part as usize - COMMON]
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
    fn a_ledger_used_again_remembers_nothing() {
        let mut ledger = Ledger::new(Time::ZERO);
        ledger.expect_hazard(7, 30);
        ledger.expect_transmission(Time::from_ns(3));
        ledger.book(Time::from_ns(200), Part::Client, 1);
        ledger.expect_hazard(7, 30);
        ledger.restart(Time::from_ns(300));
        assert_eq!((ledger.parts().total_ns(), ledger.transmission_at()), (0, Time::from_ns(300)));
        ledger.book(Time::from_ns(310), Part::Client, 2);
        assert_eq!((ledger.parts().client_ns, ledger.parts().total_ns()), (10, 10));
        assert_eq!(ledger.slowest(), (Part::Client, 2));
    }

    #[test]
    fn what_every_stay_changes_is_one_line_of_a_cache() {
        assert_eq!(std::mem::offset_of!(Ledger, arrived_at), 64);
        assert!(std::mem::offset_of!(Ledger, waiting_ns) < 128 && std::mem::offset_of!(Ledger, others) >= 128);
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
