//! Latencies in the order in which they were measured. What is full is sealed and shared by all copies, so that a copy
//! of a judge costs what is open, not what has happened.

use std::sync::Arc;

/// Latencies of a sealed chunk.
const CHUNK: usize = 1_024;

/// Latencies, in nanoseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Latencies {
    sealed: Vec<Arc<[u64]>>,
    open: Vec<u64>,
}

impl Latencies {
    pub fn push(&mut self, ns: u64) {
        self.open.push(ns);
        if self.open.len() == CHUNK {
            self.sealed.push(self.open.as_slice().into());
            self.open.clear();
        }
    }

    pub fn len(&self) -> usize {
        self.sealed.len() * CHUNK + self.open.len()
    }

    /// A percentile by nearest rank; nothing where there is none.
    pub fn percentile(&self, share: f64) -> Option<u64> {
        let count = self.len();
        if count == 0 {
            return None;
        }
        let rank = ((count as f64 * share).ceil() as usize).clamp(1, count) - 1;
        let chunks = self.sealed.iter().map(|chunk| &chunk[..]).chain(std::iter::once(&self.open[..]));
        let mut all = Vec::with_capacity(count);
        chunks.for_each(|chunk| all.extend_from_slice(chunk));
        Some(*all.select_nth_unstable(rank).1)
    }

    /// Bytes that a copy takes on the heap beside what it shares with others.
    pub fn heap_bytes(&self) -> usize {
        size_of_val(&self.sealed[..]) + size_of_val(&self.open[..])
    }

    /// Bytes that all copies share.
    pub fn shared_bytes(&self) -> usize {
        self.sealed.len() * (CHUNK * size_of::<u64>() + 2 * size_of::<usize>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_all_chunks_and_copies_do_not_disturb_each_other() {
        let mut latencies = Latencies::default();
        assert_eq!(latencies.percentile(0.5), None);
        (1..=2_500).rev().for_each(|ns| latencies.push(ns));
        let mut copy = latencies.clone();
        copy.push(9_999);
        assert_eq!([0.0, 0.5, 0.99, 1.0].map(|share| latencies.percentile(share)), [1, 1_250, 2_475, 2_500].map(Some));
        assert_eq!((copy.percentile(1.0), copy.len(), latencies.len()), (Some(9_999), 2_501, 2_500));
        assert!(latencies.heap_bytes() < 10_000 && latencies.shared_bytes() > 16_000);
    }
}
