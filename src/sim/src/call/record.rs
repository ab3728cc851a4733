//! The record of a call whose client does more than wait: tries, back-off, hedges; and of every call within a program.

use crate::call::attempt::NONE;
use crate::kernel::id::RequestId;
use crate::kernel::random::Key;
use crate::kernel::time::Time;

/// Most tries of one call that can be under way at once: the first and its hedges.
pub(crate) const OUTSTANDING_MAX: usize = 5;

/// Who waits for a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Owner {
    /// The spring that issued the request.
    Spring,
    /// The program run of that slot and epoch.
    Frame { frame: u32, epoch: u16 },
    /// That partition of a broker, which delivers its oldest event.
    Partition { broker: u16, partition: u16 },
}

/// What travels with a request into every call that it causes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Context {
    pub root: RequestId,
    /// The key of the record that the request is about.
    pub data_key: u64,
    /// Whether the request is about a record at all.
    pub keyed: bool,
    pub deadline: Time,
    pub priority: u8,
    /// Whether it may be done twice, by its nature or because it bears an idempotency key.
    pub repeatable: bool,
    /// Names what is to be done, however often it is tried; nothing where it bears no idempotency key.
    pub operation: Option<Key>,
    pub sampled: bool,
    /// Calls above this one.
    pub depth: u8,
    /// The span that caused it.
    pub parent: u64,
}

/// A call.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub site: u16,
    pub owner: Owner,
    pub context: Context,
    pub key: Key,
    pub started: Time,
    /// The other calls of the same program run.
    pub sibling_prev: u32,
    pub sibling_next: u32,
    /// Slots of the attempts that it waits for, oldest first.
    outstanding: [u32; OUTSTANDING_MAX],
    /// Attempts that have set out.
    pub tries: u16,
    /// Attempts in flight, those included that nobody waits for.
    pub live: u16,
    pub hedges: u16,
    pub retries: u16,
    pub previous_delay_ns: u64,
    /// When its back-off, or its wait for its bulkhead, ends.
    pub wake_at: Time,
    /// When it sends a hedge.
    pub hedge_at: Time,
    /// Targets of the first balancer that it has tried, by bit.
    pub tried: u64,
    pub ended: bool,
    /// It waits for its bulkhead.
    pub waits: bool,
    /// Its bulkhead has room for it; it will be told in an instant.
    pub enters: bool,
    /// A retry of it is counted in its budget.
    pub budgeted: bool,
}

impl Call {
    pub fn new(site: u16, owner: Owner, context: Context, key: Key, now: Time) -> Self {
        Self {
            site,
            owner,
            context,
            key,
            started: now,
            sibling_prev: NONE,
            sibling_next: NONE,
            outstanding: [NONE; OUTSTANDING_MAX],
            tries: 0,
            live: 0,
            hedges: 0,
            retries: 0,
            previous_delay_ns: 0,
            wake_at: Time::MAX,
            hedge_at: Time::MAX,
            tried: 0,
            ended: false,
            waits: false,
            enters: false,
            budgeted: false,
        }
    }

    /// The attempts that it waits for, oldest first.
    pub fn outstanding(&self) -> impl Iterator<Item = u32> + use<> {
        self.outstanding.into_iter().take_while(|&slot| slot != NONE)
    }

    pub fn expect(&mut self, slot: u32) {
        let free = self.outstanding.iter_mut().find(|s| **s == NONE);
        *free.expect("the check bounds hedges, and a retry waits for the end of the try before") = slot;
    }

    pub fn forget(&mut self, slot: u32) {
        if let Some(i) = self.outstanding.iter().position(|&s| s == slot) {
            self.outstanding.copy_within(i + 1.., i);
            self.outstanding[OUTSTANDING_MAX - 1] = NONE;
        }
    }
}
