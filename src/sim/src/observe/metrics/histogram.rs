//! A histogram of durations that is complete: small, sorted, and quick to merge.

use std::cmp::Ordering;

/// Nanoseconds of a tick, as a power of two. Durations are counted in ticks, about a microsecond each.
pub(super) const TICK_LOG2: u32 = 10;
/// Longest duration that is told from longer ones: an hour, in ticks.
pub(super) const TICKS_MAX: u64 = 3_600_000_000_000 >> TICK_LOG2;

/// How long things took. Durations within a bin count as equal: a bin is 1/128 of its durations wide, or 1.024 µs.
/// Number, sum and maximum are exact.
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
    /// The longest of them, in ticks.
    pub ticks: u32,
    /// How many there were; no more than fit.
    pub count: u32,
}

impl Histogram {
    /// A histogram of these bins, shortest first.
    pub(super) fn new(sum_ns: u64, max_ns: u64, bins: Vec<Bin>) -> Self {
        debug_assert!(bins.is_sorted_by_key(|bin| bin.ticks), "bins are in order");
        let count = bins.iter().map(|bin| u64::from(bin.count)).sum();
        Self { count, sum_ns, max_ns, bins: bins.into_boxed_slice() }
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
        // All that is longer than the scale shares its last bin.
        let longest = u64::from(bin.ticks) >= TICKS_MAX;
        Some(if longest { self.max_ns } else { bin.last_ns().min(self.max_ns) })
    }

    /// How many are at most so long. Never too many; those within 1/128 or 1.024 µs below `ns` may be missing.
    pub fn count_within(&self, ns: u64) -> u64 {
        if ns >= self.max_ns {
            return self.count;
        }
        let bins = self.bins.iter().take_while(|bin| bin.last_ns() <= ns && u64::from(bin.ticks) < TICKS_MAX);
        bins.map(|bin| u64::from(bin.count)).sum()
    }

    /// The durations of both.
    #[must_use]
    pub fn merge(&self, other: &Self) -> Self {
        let mut bins: Vec<Bin> = Vec::with_capacity(self.bins.len().max(other.bins.len()));
        let (mut ours, mut theirs) = (&self.bins[..], &other.bins[..]);
        while let (Some(a), Some(b)) = (ours.first(), theirs.first()) {
            let count = match a.ticks.cmp(&b.ticks) {
                Ordering::Less => a.count,
                Ordering::Equal => a.count.saturating_add(b.count),
                Ordering::Greater => b.count,
            };
            bins.push(Bin { ticks: a.ticks.min(b.ticks), count });
            (ours, theirs) = (&ours[usize::from(a.ticks <= b.ticks)..], &theirs[usize::from(b.ticks <= a.ticks)..]);
        }
        bins.extend(ours.iter().chain(theirs));
        Self {
            count: self.count + other.count,
            sum_ns: self.sum_ns.saturating_add(other.sum_ns),
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
    /// The longest duration of the bin, in nanoseconds.
    const fn last_ns(self) -> u64 {
        ((self.ticks as u64 + 1) << TICK_LOG2) - 1
    }
}
