//! A histogram of durations that still grows.
//!
//! The scale is the one of HdrHistogram with two significant digits, counted in ticks: 256 bins of one tick, then 128
//! bins for each doubling. Written out here, because a recorder has to be small where a piece sees few requests, and
//! quick to seal at the end of a window: only those blocks of bins exist in which something is.

use super::histogram::{Bin, Histogram, TICK_LOG2};

/// Bins of a block.
const BLOCK: usize = 64;
/// Bins of the scale: up to 32 bits of ticks, which is 73 minutes. What is longer belongs to the last one.
const BINS: usize = bin_of(u32::MAX) as usize + 1;
/// No such block.
const NONE: u8 = u8::MAX;

/// Durations of the present window.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    sum_ns: u64,
    max_ns: u64,
    /// Where each block of the scale lies among those that exist.
    places: [u8; BINS / BLOCK],
    blocks: Vec<[u32; BLOCK]>,
}

impl Default for Recorder {
    fn default() -> Self {
        Self { sum_ns: 0, max_ns: 0, places: [NONE; BINS / BLOCK], blocks: Vec::new() }
    }
}

impl Recorder {
    #[inline]
    pub fn record(&mut self, ns: u64) {
        self.sum_ns = self.sum_ns.wrapping_add(ns);
        self.max_ns = self.max_ns.max(ns);
        let ticks = (ns >> TICK_LOG2).min(u64::from(u32::MAX)) as u32;
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
        self.blocks.is_empty()
    }

    /// What there is so far.
    pub fn histogram(&self) -> Histogram {
        let there = self.places.iter().enumerate().filter(|&(_, &place)| place != NONE);
        let mut bins = Vec::with_capacity(self.blocks.len() * BLOCK);
        for (first, &place) in there.map(|(nth, place)| (nth * BLOCK, place)) {
            let counts = self.blocks[usize::from(place)].iter().enumerate().filter(|&(_, &count)| count > 0);
            bins.extend(counts.map(|(nth, &count)| Bin { number: (first + nth) as u16, count }));
        }
        Histogram::new(self.sum_ns, self.max_ns, &bins)
    }

    /// Begins a new window.
    pub fn clear(&mut self) {
        self.places = [NONE; BINS / BLOCK];
        self.blocks.clear();
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
