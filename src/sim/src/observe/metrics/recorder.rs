//! A histogram of durations that still grows.
//!
//! The scale is the one of HdrHistogram with two significant digits, counted in ticks: 256 bins of one tick, then 128
//! bins for each doubling. Written out here, because a recorder has to be small where a piece sees few requests, and
//! quick to seal at the end of a window: the first durations of a window are a list, and after that only those blocks of
//! bins exist in which something is.

use super::histogram::{Bin, Histogram, TICK_LOG2};

/// Bins of a block.
const BLOCK: usize = 64;
/// Bins of the scale: up to 32 bits of ticks, which is 73 minutes. What is longer belongs to the last one.
const BINS: usize = bin_of(u32::MAX) as usize + 1;
/// Durations of a window that are listed: so many take a quarter of what their blocks would.
const FEW: usize = 256;
/// No such block.
const NONE: u8 = u8::MAX;

/// Durations of the present window. What is needed while they are few comes first.
#[derive(Clone, Debug)]
#[repr(C)]
pub(super) struct Recorder {
    sum_ns: u64,
    max_ns: u64,
    /// All of them in ticks, in the order in which they came, while they are few; then none.
    few: Vec<u32>,
    /// All of them in bins when they are more.
    blocks: Vec<[u32; BLOCK]>,
    /// Where each block of the scale lies among those that exist.
    places: [u8; BINS / BLOCK],
}

impl Default for Recorder {
    fn default() -> Self {
        Self { sum_ns: 0, max_ns: 0, few: Vec::new(), blocks: Vec::new(), places: [NONE; BINS / BLOCK] }
    }
}

impl Recorder {
    #[inline]
    pub fn record(&mut self, ns: u64) {
        self.sum_ns = self.sum_ns.wrapping_add(ns);
        self.max_ns = self.max_ns.max(ns);
        let ticks = (ns >> TICK_LOG2).min(u64::from(u32::MAX)) as u32;
        if self.blocks.is_empty() {
            self.list(ticks);
        } else {
            self.count(ticks);
        }
    }

    #[inline(never)]
    fn list(&mut self, ticks: u32) {
        self.few.push(ticks);
        if self.few.len() > FEW {
            let few = std::mem::take(&mut self.few);
            few.iter().for_each(|&ticks| self.count(ticks));
            self.few = few;
            self.few.clear();
        }
    }

    #[inline]
    fn count(&mut self, ticks: u32) {
        let bin = usize::from(bin_of(ticks));
        match self.blocks.get_mut(usize::from(self.places[bin / BLOCK])) {
            Some(block) => block[bin % BLOCK] += 1,
            None => self.begin_block(bin),
        }
    }

    #[cold]
    fn begin_block(&mut self, bin: usize) {
        self.places[bin / BLOCK] = self.blocks.len() as u8;
        let mut block = [0; BLOCK];
        block[bin % BLOCK] = 1;
        self.blocks.push(block);
    }

    /// Whether there is nothing.
    pub const fn is_empty(&self) -> bool {
        self.few.is_empty() && self.blocks.is_empty()
    }

    /// What there is so far.
    pub fn histogram(&self) -> Histogram {
        let bins = if self.blocks.is_empty() { self.listed() } else { self.counted() };
        Histogram::new(self.sum_ns, self.max_ns, &bins)
    }

    fn listed(&self) -> Vec<Bin> {
        let mut numbers: Vec<u16> = self.few.iter().map(|&ticks| bin_of(ticks)).collect();
        numbers.sort_unstable();
        let equal = numbers.chunk_by(|a, b| a == b);
        equal.map(|bin| Bin { number: bin[0], count: bin.len() as u32 }).collect()
    }

    fn counted(&self) -> Vec<Bin> {
        let there = self.places.iter().enumerate().filter(|&(_, &place)| place != NONE);
        let mut bins = vec![Bin { number: 0, count: 0 }; self.blocks.len() * BLOCK];
        let mut len = 0;
        for (first, &place) in there.map(|(nth, place)| (nth * BLOCK, place)) {
            for (nth, &count) in self.blocks[usize::from(place)].iter().enumerate() {
                // Written in any case, and kept if there is anything: which are is not to be foretold.
                bins[len] = Bin { number: (first + nth) as u16, count };
                len += usize::from(count > 0);
            }
        }
        bins.truncate(len);
        bins
    }

    /// Begins a new window.
    pub fn clear(&mut self) {
        self.few.clear();
        self.blocks.clear();
        self.places = [NONE; BINS / BLOCK];
        (self.sum_ns, self.max_ns) = (0, 0);
    }
}

/// The bin of a duration.
#[inline]
pub(super) const fn bin_of(ticks: u32) -> u16 {
    // Bits beyond the eight that matter.
    let excess = (ticks | 0xff).ilog2() - 7;
    ((excess << 7) + (ticks >> excess)) as u16
}

/// The longest duration of a bin, in ticks.
pub(super) const fn last_of(bin: u16) -> u32 {
    let excess = (bin as u32 >> 7).saturating_sub(1);
    let mantissa = bin as u64 - ((excess as u64) << 7);
    (((mantissa + 1) << excess) - 1) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use hdrhistogram::Histogram as Peer;
    use proptest::prelude::*;

    proptest! {
        /// The scale is HdrHistogram's.
        #[test]
        fn a_bin_ends_where_the_peers_does(bits in 0u32..32, any in any::<u32>()) {
            let peer = Peer::<u8>::new_with_bounds(1, u64::from(u32::MAX), 2).unwrap();
            let ticks = any & ((1 << bits) | ((1 << bits) - 1));
            prop_assert_eq!(u64::from(last_of(bin_of(ticks))), peer.highest_equivalent(u64::from(ticks)));
        }
    }

    proptest! {
        /// A window of few durations and one of many are counted alike, one after the other.
        #[test]
        fn a_list_and_blocks_count_the_same(durations in prop::collection::vec(0u64..1 << 40, 1..2 * FEW)) {
            let mut listed = Histogram::default();
            let mut all = Recorder::default();
            (0..=FEW).for_each(|_| all.record(1));
            all.clear();
            for &ns in &durations {
                let mut alone = Recorder::default();
                alone.record(ns);
                listed = listed.merge(&alone.histogram());
                all.record(ns);
            }
            prop_assert_eq!(all.histogram(), listed);
            prop_assert!(!all.is_empty());
        }
    }

    #[test]
    fn bins_follow_one_another() {
        assert_eq!((bin_of(0), last_of(0), BINS % BLOCK), (0, 0, 0));
        for bin in 1..BINS as u16 {
            assert_eq!(bin_of(last_of(bin)), bin);
            assert_eq!(bin_of(last_of(bin - 1) + 1), bin);
        }
        assert_eq!(last_of(BINS as u16 - 1), u32::MAX);
    }
}
