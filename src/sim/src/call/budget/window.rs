//! A sum over the last while, as Finagle's `WindowedAdder` keeps it.

use crate::kernel::digest::Digest;
use crate::kernel::time::Time;

/// Slices of the while, Finagle's number. Nine are closed and one is being written, so that what was added is forgotten
/// after nine to ten tenths of it; more slices would forget more smoothly than what is modelled.
const SLICES: u64 = 10;
const CLOSED: usize = SLICES as usize - 1;

/// The sum of what was added lately. It can be negative: it forgets deposits before the later withdrawals.
#[derive(Clone, Debug)]
pub(super) struct SlidingSum {
    slice_ns: u64,
    /// Sums of the closed slices; `next` is the oldest.
    closed: [i64; CLOSED],
    next: usize,
    /// The slice that is being written, and when it began.
    current: i64,
    began_at: Time,
}

impl SlidingSum {
    pub fn new(range_ns: u64) -> Self {
        let slice_ns = (range_ns / SLICES).max(1);
        Self { slice_ns, closed: [0; CLOSED], next: 0, current: 0, began_at: Time::ZERO }
    }

    pub fn add(&mut self, now: Time, amount: i64) {
        self.roll(now);
        self.current += amount;
    }

    pub fn sum(&mut self, now: Time) -> i64 {
        self.roll(now);
        self.current + self.closed.iter().sum::<i64>()
    }

    /// Closes the slice whose time is over, and empty ones for those in which nothing happened. As in Finagle the next
    /// slice begins now, not where the last one ended, so what is forgotten depends a little on when it is looked at.
    fn roll(&mut self, now: Time) {
        let slices = now.since_ns(self.began_at) / self.slice_ns;
        if slices == 0 {
            return;
        }
        self.close(self.current);
        for _ in 0..(slices - 1).min(CLOSED as u64) {
            self.close(0);
        }
        self.current = 0;
        self.began_at = now;
    }

    fn close(&mut self, sum: i64) {
        self.closed[self.next] = sum;
        self.next = (self.next + 1) % CLOSED;
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.began_at.as_ns());
        digest.fold(self.current as u64);
        self.closed[self.next..].iter().chain(&self.closed[..self.next]).for_each(|&sum| digest.fold(sum as u64));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Finagle's own test of its adder, with ten slices of a second in place of three.
    #[test]
    fn the_sum_slides_and_skips() {
        let second = |s: u64| Time::from_ms(1_000 * s);
        let mut sum = SlidingSum::new(10_000_000_000);
        sum.add(second(0), 1);
        sum.add(second(1), 2);
        assert_eq!((2..=9).map(|s| sum.sum(second(s))).collect::<Vec<_>>(), [3; 8]);
        assert_eq!((sum.sum(second(10)), sum.sum(second(11))), (2, 0));
        sum.add(second(20), 5);
        assert_eq!((sum.sum(second(29)), sum.sum(second(30))), (5, 0));
        sum.add(second(30), 7);
        assert_eq!(sum.sum(second(1_000_000)), 0);
    }

    #[test]
    fn a_slice_begins_with_what_is_done_first_after_the_last() {
        let mut sum = SlidingSum::new(10_000_000_000);
        sum.add(Time::from_ms(1_900), 1);
        // That slice began at 1.9 s, not at 1 s, so it is forgotten ten seconds later.
        assert_eq!(sum.clone().sum(Time::from_ms(11_900)), 0);
        // Being read moves it on as well: the slice that is read in begins at 11.899 s, and the oldest stays that long.
        assert_eq!(sum.sum(Time::from_ms(11_899)), 1);
        assert_eq!(sum.clone().sum(Time::from_ms(12_898)), 1);
        assert_eq!(sum.sum(Time::from_ms(12_899)), 0);
    }
}
