//! What can happen next: a kind, a small number and an index; eight bytes.

/// What happens.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(super) enum Kind {
    /// The spring `index` issues its next request.
    Issue = 1,
    /// The user `index` of the closed spring `small` has thought enough.
    Ask,
    /// The request of the attempt `index` comes out of the pipe `small` at a service.
    ExitAtService,
    /// The same at a balancer.
    ExitAtBalancer,
    /// Its answer comes back out of the pipe `small` to a balancer.
    BackAtBalancer,
    /// The same to whoever called.
    BackAtCaller,
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
    /// The request of the attempt `index` comes out of the pipe `small` at a broker.
    ExitAtBroker,
    /// The open batch of the partition `small` of the broker `index` may have waited long enough.
    Linger,
    /// A batch of the partition `small` of the broker `index` is written.
    Written,
    /// The partition `small` of the broker `index` may deliver its oldest event again.
    Redeliver,
}

/// An event: a kind, a small number and an index, in one word. Epochs tell whether what it was meant for is still there.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Event(u64);

impl Event {
    #[inline]
    pub const fn new(kind: Kind, small: u16, index: u32) -> Self {
        Self((kind as u64) << 56 | (small as u64) << 32 | index as u64)
    }

    #[inline(always)]
    pub const fn kind(self) -> Kind {
        match self.0 >> 56 {
            1 => Kind::Issue,
            2 => Kind::Ask,
            3 => Kind::ExitAtService,
            4 => Kind::ExitAtBalancer,
            5 => Kind::BackAtBalancer,
            6 => Kind::BackAtCaller,
            7 => Kind::Finish,
            8 => Kind::Expire,
            9 => Kind::Deadline,
            10 => Kind::Retry,
            11 => Kind::Hedge,
            12 => Kind::Enter,
            13 => Kind::Leave,
            14 => Kind::Grant,
            15 => Kind::Cancel,
            16 => Kind::Hazard,
            17 => Kind::Started,
            18 => Kind::ExitAtBroker,
            19 => Kind::Linger,
            20 => Kind::Written,
            21 => Kind::Redeliver,
            _ => unreachable!(),
        }
    }

    #[inline]
    pub const fn small(self) -> u16 {
        (self.0 >> 32) as u16
    }

    #[inline]
    pub const fn index(self) -> u32 {
        self.0 as u32
    }

    /// What the digest is told of it.
    #[inline]
    pub const fn word(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Kind};

    #[test]
    fn kind_number_and_index_come_out_as_they_went_in() {
        for bits in 1..=Kind::Redeliver as u8 {
            let event = Event(u64::from(bits) << 56 | 7);
            assert_eq!((event.kind() as u8, event.small(), event.index()), (bits, 0, 7));
            let again = Event::new(event.kind(), u16::MAX, u32::MAX);
            assert_eq!((again.kind() as u8, again.small(), again.index()), (bits, u16::MAX, u32::MAX));
        }
    }

    #[test]
    fn an_event_takes_eight_bytes() {
        assert_eq!(size_of::<Event>(), 8);
    }
}
