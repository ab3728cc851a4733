//! Streams: how long acknowledged events wait until they are worked off. A broker answers its producers at once, so a system
//! could look fast and leave all the work undone; this tells.

use super::latencies::Latencies;
use pipe_maze_sim::{PieceId, Time};
use std::collections::{BTreeMap, VecDeque};

/// Events of all brokers, up to the end of the run.
#[derive(Clone, Debug, Default)]
pub(super) struct Streams {
    /// For each partition: when its events were acknowledged that are not committed yet, and how many each time.
    logs: BTreeMap<(PieceId, u16), VecDeque<(Time, u32)>>,
    /// How long those took that are committed.
    lags: Latencies,
}

impl Streams {
    /// So many events were acknowledged.
    pub fn appended(&mut self, at: Time, (broker, partition): (PieceId, u16), events: u32) {
        self.logs.entry((broker, partition)).or_default().push_back((at, events));
    }

    /// The oldest event of a partition was committed, so long after it was acknowledged.
    pub fn committed(&mut self, (broker, partition): (PieceId, u16), took_ns: u64) {
        self.lags.push(took_ns);
        let Some(log) = self.logs.get_mut(&(broker, partition)) else { return };
        if let Some((_, events)) = log.front_mut() {
            *events -= 1;
            if *events == 0 {
                log.pop_front();
            }
        }
    }

    /// How many events have been committed.
    pub fn len(&self) -> u64 {
        self.lags.len() as u64
    }

    /// How long 99 of 100 of them took at most, by nearest rank, in nanoseconds.
    pub fn p99_ns(&self) -> Option<u64> {
        self.lags.percentile(0.99)
    }

    /// How long ago the oldest event was acknowledged that is not committed, in nanoseconds.
    pub fn oldest_ns(&self, now: Time) -> Option<u64> {
        let oldest = self.logs.values().filter_map(|log| log.front()).map(|&(at, _)| at).min()?;
        Some(now.since_ns(oldest))
    }

    /// Bytes that a copy takes on the heap beside what it shares with others.
    pub fn heap_bytes(&self) -> usize {
        let batches: usize = self.logs.values().map(VecDeque::len).sum();
        self.lags.heap_bytes() + self.logs.len() * 64 + batches * size_of::<(Time, u32)>()
    }

    /// Bytes that all copies share.
    pub fn shared_bytes(&self) -> usize {
        self.lags.shared_bytes()
    }
}
