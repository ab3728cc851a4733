//! What can happen next: a kind, a small number and an index; eight bytes.

/// What happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Kind {
    /// The spring `index` issues its next request.
    Issue = 1,
    /// The user `index` of the closed spring `small` has thought enough.
    Ask,
    /// A request comes out of the pipe `index` at a service: the first message of its lane.
    ExitAtService,
    /// The same at a balancer.
    ExitAtBalancer,
    /// An answer comes back out of the pipe `index` to a balancer.
    BackAtBalancer,
    /// The same to whoever called.
    BackAtCaller,
    /// A message that keeps no order comes out: the attempt `index` of epoch `small`.
    Stray,
    /// Work on the attempt `index` of epoch `small` is done.
    Finish,
    /// The oldest attempt of the call site `index` may have waited long enough.
    Expire,
    /// The deadline of the call `index` of epoch `small`.
    Deadline,
    /// The back-off of the call `index` of epoch `small` ends.
    Retry,
    /// It is time for a hedge of the call `index` of epoch `small`.
    Hedge,
    /// A bulkhead has room for the call `index` of epoch `small`.
    Enter,
    /// The call `index` of epoch `small` has waited for its bulkhead long enough.
    Leave,
    /// A pool has given a permit to the frame `index` of epoch `small`.
    Grant,
    /// Word that nobody waits reaches the attempt `index` of epoch `small`.
    Cancel,
    /// The state of the hazard `index` may change.
    Hazard,
    /// The replica `index & 0xffff` of the service `small` has started for the `index >> 16`-th time.
    Started,
}

/// An event. Epochs tell whether what it was meant for is still there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    pub kind: Kind,
    pub small: u16,
    pub index: u32,
}

impl Event {
    pub const fn new(kind: Kind, small: u16, index: u32) -> Self {
        Self { kind, small, index }
    }

    /// What the digest is told of it.
    #[inline]
    pub const fn word(self) -> u64 {
        (self.kind as u64) << 56 | (self.small as u64) << 32 | self.index as u64
    }
}

#[cfg(test)]
mod tests {
    use super::Event;

    #[test]
    fn an_event_takes_eight_bytes() {
        assert_eq!(size_of::<Event>(), 8);
    }
}
