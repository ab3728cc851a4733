//! What an attempt belongs to: its request, its key, its call site, its service.

use crate::call::attempt::{Attempt, Flag};
use crate::call::record::Call;
use crate::call::site::Site;
use crate::kernel::id::RequestId;
use crate::kernel::random::Key;
use crate::kernel::slab::Slab;
use crate::kernel::time::Time;
use crate::net::hop::Direction;
use crate::simulation::{Simulation, Spring, Way, way};

/// Tells a call's further tries from the calls that its first one makes: these have numbers of at most 32 bits.
const AGAIN: u64 = 1 << 40;

impl Simulation {
    /// The request that an attempt belongs to.
    #[inline]
    pub(crate) fn request_of(&self, slot: u32) -> RequestId {
        let attempt = self.attempts.get(slot);
        if attempt.is(Flag::Recorded) {
            return self.calls.get(attempt.tag).context.root;
        }
        RequestId { spring: self.sites[usize::from(attempt.site)].caller, number: u64::from(attempt.tag) }
    }

    /// The key of an attempt's own draws. A call's first try has the call's own key, so that a client which could try again
    /// but need not has the luck of one that could not.
    #[inline]
    pub(in crate::simulation) fn attempt_key(&self, attempt: &Attempt) -> Key {
        if attempt.is(Flag::Recorded) {
            let key = self.calls.get(attempt.tag).key;
            return if attempt.site == 0 { key } else { key.child(AGAIN | u64::from(attempt.site)) };
        }
        self.sites[usize::from(attempt.site)].caller_key.child(u64::from(attempt.tag))
    }

    /// The call site of an attempt.
    #[inline]
    pub(crate) fn site_of(&self, attempt: &Attempt) -> u16 {
        if attempt.is(Flag::Recorded) { self.calls.get(attempt.tag).site } else { attempt.site }
    }

    /// The service that an attempt has come to.
    #[inline]
    pub(in crate::simulation) fn station_of(&self, attempt: &Attempt) -> u16 {
        Self::station_at(&self.ways, attempt)
    }

    #[inline]
    pub(in crate::simulation) fn station_at(ways: &[Way], attempt: &Attempt) -> u16 {
        ways[way(attempt.pipe, Direction::Forward)].end
    }

    /// The priority of an attempt, of borrowed parts.
    pub(in crate::simulation) fn priority_in(
        (springs, calls, sites): (&[Spring], &Slab<Call>, &[Site]),
        attempt: &Attempt,
    ) -> u8 {
        if attempt.is(Flag::Recorded) {
            return calls.get(attempt.tag).context.priority;
        }
        let site = &sites[usize::from(attempt.site)];
        let classes = &springs[usize::from(site.spring)].classes;
        classes[usize::from(attempt.site - classes[0].site)].priority
    }

    /// Until when someone waits for an attempt.
    pub(in crate::simulation) fn deadline_of(&self, attempt: &Attempt) -> Time {
        let client = &self.sites[usize::from(self.site_of(attempt))].client;
        if !client.propagates_deadline {
            return Time::MAX;
        }
        if attempt.is(Flag::Recorded) {
            return self.calls.get(attempt.tag).context.deadline;
        }
        let started: Time = attempt.started;
        started.plus_ns(client.timeout_ns)
    }
}
