//! A histogram of durations that still grows.
//!
//! Many windows see only a few durations of a piece. Those are kept as they are; only a crowd gets the counters of a
//! whole scale, which take 14 KB.

use super::histogram::{Bin, Histogram, TICK_LOG2, TICKS_MAX};
use hdrhistogram::Histogram as Scale;

/// How many durations are kept as they are.
const FEW_MAX: usize = 64;
/// Significant decimal digits of a bin.
const DIGITS: u8 = 2;

/// Durations of the present window.
#[derive(Clone, Debug, Default)]
pub(super) struct Recorder {
    sum_ns: u64,
    max_ns: u64,
    /// Each in ticks, while they are few.
    few: Vec<u32>,
    /// All of them, once they are not.
    many: Option<Box<Scale<u32>>>,
}

impl Recorder {
    #[inline]
    pub fn record(&mut self, ns: u64) {
        self.sum_ns = self.sum_ns.saturating_add(ns);
        self.max_ns = self.max_ns.max(ns);
        let ticks = (ns >> TICK_LOG2).min(TICKS_MAX);
        match &mut self.many {
            Some(scale) => scale.saturating_record(ticks),
            None => self.record_one_of_few(ticks as u32),
        }
    }

    fn record_one_of_few(&mut self, ticks: u32) {
        self.few.push(ticks);
        if self.few.len() > FEW_MAX {
            let mut scale = scale(TICKS_MAX);
            self.few.drain(..).for_each(|ticks| scale.saturating_record(u64::from(ticks)));
            self.many = Some(Box::new(scale));
        }
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.many.as_ref().map_or(self.few.len() as u64, |scale| scale.len())
    }

    /// What there is so far. `layout` says which durations count as equal.
    pub fn histogram(&self, layout: &Layout) -> Histogram {
        let bins = match &self.many {
            Some(scale) => {
                let bin = |bin: hdrhistogram::iterators::IterationValue<u32>| Bin {
                    ticks: bin.value_iterated_to().min(TICKS_MAX) as u32,
                    count: bin.count_at_value(),
                };
                scale.iter_recorded().map(bin).collect()
            }
            None => layout.bins(&self.few),
        };
        Histogram::new(self.sum_ns, self.max_ns, bins)
    }

    /// Begins a new window. The scale stays where the window that ends was crowded.
    pub fn clear(&mut self) {
        if self.count() <= FEW_MAX as u64 {
            self.many = None;
        } else if let Some(scale) = &mut self.many {
            scale.reset();
        }
        self.few.clear();
        (self.sum_ns, self.max_ns) = (0, 0);
    }
}

/// Which durations count as equal.
#[derive(Clone, Debug)]
pub(super) struct Layout(Scale<u8>);

impl Default for Layout {
    fn default() -> Self {
        Self(scale(2))
    }
}

impl Layout {
    fn bins(&self, durations: &[u32]) -> Vec<Bin> {
        let mut ticks: Vec<u32> =
            durations.iter().map(|&t| self.0.highest_equivalent(u64::from(t)).min(TICKS_MAX) as u32).collect();
        // Equal numbers cannot be told apart, so no order among them is lost.
        ticks.sort_unstable();
        let equal = ticks.chunk_by(|a, b| a == b);
        equal.map(|equal| Bin { ticks: equal[0], count: equal.len() as u32 }).collect()
    }
}

fn scale<C: hdrhistogram::Counter>(ticks_max: u64) -> Scale<C> {
    Scale::new_with_bounds(1, ticks_max, DIGITS).expect("the bounds are in order, and two digits are allowed")
}
