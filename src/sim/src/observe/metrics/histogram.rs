//! A histogram of durations that is complete: small, sorted, and quick to merge.

use super::recorder::last_of;
use std::cmp::Ordering;

/// Nanoseconds of a tick, as a power of two. Durations are counted in ticks, about a microsecond each.
pub(super) const TICK_LOG2: u32 = 10;
/// How long things took. Durations within a bin count as equal: a bin is 1/128 of its durations wide, or 1.024 µs. All
/// that is longer than 73 minutes is in one bin. Number, sum and maximum are exact.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Histogram {
    count: u64,
    sum_ns: u64,
    max_ns: u64,
    /// Bins in which something is, shortest first.
    bins: Box<[Bin]>,
}

/// Durations that count as equal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bin {
    /// Which of the scale's bins, shortest first.
    pub number: u16,
    /// How many there were; no more than fit.
    pub count: u32,
}

impl Histogram {
    /// A histogram of these bins, shortest first.
    pub(super) fn new(sum_ns: u64, max_ns: u64, bins: &[Bin]) -> Self {
        debug_assert!(bins.is_sorted_by_key(|bin| bin.number), "bins are in order");
        Self { count: bins.iter().map(|bin| u64::from(bin.count)).sum(), sum_ns, max_ns, bins: bins.into() }
    }

    /// How many durations there are.
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Their sum, in nanoseconds.
    pub const fn sum_ns(&self) -> u64 {
        self.sum_ns
    }

    /// The longest, in nanoseconds; 0 where there is none.
    pub const fn max_ns(&self) -> u64 {
        self.max_ns
    }

    /// Their mean, in nanoseconds; nothing where there is none.
    pub fn mean_ns(&self) -> Option<f64> {
        (self.count > 0).then(|| self.sum_ns as f64 / self.count as f64)
    }

    /// The duration that a share of them, 0 to 1, does not exceed, in nanoseconds: by nearest rank. It is never below
    /// the exact one, and above it by less than 1/128 of it or 1.024 µs. Nothing where there is none.
    pub fn percentile_ns(&self, share: f64) -> Option<u64> {
        let rank = ((self.count as f64 * share).ceil() as u64).clamp(1, self.count.max(1));
        let mut seen = 0;
        let reaches = |bin: &&Bin| {
            seen += u64::from(bin.count);
            seen >= rank
        };
        let bin = self.bins.iter().find(reaches)?;
        Some(bin.last_ns().min(self.max_ns))
    }

    /// How many are at most so long. Never too many; those within 1/128 or 1.024 µs below `ns` may be missing.
    pub fn count_within(&self, ns: u64) -> u64 {
        if ns >= self.max_ns {
            return self.count;
        }
        let bins = self.bins.iter().take_while(|bin| bin.last_ns() <= ns);
        bins.map(|bin| u64::from(bin.count)).sum()
    }

    /// The durations of both.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let mut bins: Vec<Bin> = Vec::with_capacity(self.bins.len().max(other.bins.len()));
        let (mut ours, mut theirs) = (&self.bins[..], &other.bins[..]);
        while let (Some(a), Some(b)) = (ours.first(), theirs.first()) {
            let count = match a.number.cmp(&b.number) {
                Ordering::Less => a.count,
                Ordering::Equal => a.count.saturating_add(b.count),
                Ordering::Greater => b.count,
            };
            bins.push(Bin { number: a.number.min(b.number), count });
            (ours, theirs) = (&ours[usize::from(a.number <= b.number)..], &theirs[usize::from(b.number <= a.number)..]);
        }
        bins.extend(ours.iter().chain(theirs));
        Self {
            count: self.count + other.count,
            sum_ns: self.sum_ns.wrapping_add(other.sum_ns),
            max_ns: self.max_ns.max(other.max_ns),
            bins: bins.into_boxed_slice(),
        }
    }

    /// Bins in which something is.
    pub(super) fn bins(&self) -> usize {
        self.bins.len()
    }
}

impl Bin {
    /// The longest duration of the bin, in nanoseconds; of the last bin there is none.
    const fn last_ns(self) -> u64 {
        match last_of(self.number) {
            u32::MAX => u64::MAX,
            ticks => ((ticks as u64 + 1) << TICK_LOG2) - 1,
        }
    }
}
