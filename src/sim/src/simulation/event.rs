//! What can happen next: a kind and a slot, eight bytes.

/// An event. Epochs tell whether what it was meant for is still there.
#[derive(Clone, Copy, Debug)]
pub(super) enum Event {
    /// A spring issues its next request.
    Issue { spring: u16 },
    /// A user of a closed spring has thought enough.
    Ask { spring: u16, user: u32 },
    /// The first message of a lane comes out.
    Exit { lane: u32 },
    /// A message that keeps no order comes out.
    Stray { epoch: u16, slot: u32 },
    /// Work is done.
    Finish { epoch: u16, slot: u32 },
    /// The oldest attempt of a call site may have waited long enough.
    Expire { site: u16 },
    /// A call's deadline.
    Deadline { epoch: u16, call: u32 },
    /// A back-off ends.
    Retry { epoch: u16, call: u32 },
    /// It is time for a hedge.
    Hedge { epoch: u16, call: u32 },
    /// A bulkhead has room.
    Enter { epoch: u16, call: u32 },
    /// A call has waited for its bulkhead long enough.
    Leave { epoch: u16, call: u32 },
    /// A pool has given a permit to a program.
    Grant { epoch: u16, frame: u32 },
    /// Word that nobody waits reaches an attempt.
    Cancel { epoch: u16, slot: u32 },
    /// A hazard's state may change.
    Hazard { hazard: u16 },
    /// A replica has started.
    Started { station: u16, replica: u16, starts: u16 },
}

impl Event {
    /// What the digest is told of it.
    pub const fn word(self) -> u64 {
        const fn pack(kind: u64, high: u64, low: u64) -> u64 {
            kind << 56 | high << 32 | low
        }
        match self {
            Self::Issue { spring } => pack(1, 0, spring as u64),
            Self::Ask { spring, user } => pack(2, spring as u64, user as u64),
            Self::Exit { lane } => pack(3, 0, lane as u64),
            Self::Stray { slot, .. } => pack(4, 0, slot as u64),
            Self::Finish { slot, .. } => pack(5, 0, slot as u64),
            Self::Expire { site } => pack(6, 0, site as u64),
            Self::Deadline { call, .. } => pack(7, 0, call as u64),
            Self::Retry { call, .. } => pack(8, 0, call as u64),
            Self::Hedge { call, .. } => pack(9, 0, call as u64),
            Self::Enter { call, .. } => pack(10, 0, call as u64),
            Self::Leave { call, .. } => pack(11, 0, call as u64),
            Self::Grant { frame, .. } => pack(12, 0, frame as u64),
            Self::Cancel { slot, .. } => pack(13, 0, slot as u64),
            Self::Hazard { hazard } => pack(14, 0, hazard as u64),
            Self::Started { station, replica, .. } => pack(15, station as u64, replica as u64),
        }
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
