//! CoDel (RFC 8289): sheds load where even the shortest recent wait was too long, however long the queue.
//!
//! ```text
//!              wait >= target for one interval: drop one
//!   serving  ------------------------------------------->  dropping: one more at each `drop_next_at`,
//!            <-------------------------------------------            interval / sqrt(count) apart
//!              wait < target, or (almost) nobody left
//! ```
//!
//! The RFC's `deque` drops in a loop until it has something to serve. Here each drop is handed to the caller, who asks
//! again; [`Stage`] remembers where in that loop the machine stands.

use crate::kernel::digest::Digest;
use crate::kernel::time::Time;

/// The state machine of one queue.
#[derive(Clone, Debug)]
pub(super) struct Codel {
    target_ns: u64,
    interval_ns: u64,
    /// When the wait will have been above the target for a whole interval (the RFC's `first_above_time_`).
    ripe_at: Option<Time>,
    drop_next_at: Time,
    /// Drops since it began to drop.
    count: u32,
    /// What `count` was when it last began to drop.
    last_count: u32,
    dropping: bool,
    stage: Stage,
}

/// Where in the RFC's `deque` the machine stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Stage {
    /// At its beginning.
    Start,
    /// After the drop with which it began to drop: the next one is served.
    Entered,
    /// After a drop in its loop: the next one decides whether the loop goes on.
    Loop,
}

impl Codel {
    pub fn new(target_ns: u64, interval_ns: u64) -> Self {
        Self {
            target_ns,
            interval_ns,
            ripe_at: None,
            drop_next_at: Time::ZERO,
            count: 0,
            last_count: 0,
            dropping: false,
            stage: Stage::Start,
        }
    }

    /// Whether to drop the message that has waited `wait_ns` and leaves `behind` others in the queue.
    pub fn drops(&mut self, now: Time, wait_ns: u64, behind: usize) -> bool {
        let ripe = self.is_ripe(now, wait_ns, behind);
        match std::mem::replace(&mut self.stage, Stage::Start) {
            Stage::Start if self.dropping => self.dropping = ripe,
            Stage::Start => {
                if ripe {
                    self.begin_to_drop(now);
                }
                return ripe;
            }
            Stage::Entered => return false,
            Stage::Loop if ripe => self.drop_next_at = self.control_law(self.drop_next_at),
            Stage::Loop => self.dropping = false,
        }
        let drops = self.dropping && now >= self.drop_next_at;
        if drops {
            self.count = self.count.saturating_add(1);
            self.stage = Stage::Loop;
        }
        drops
    }

    /// The queue was found empty.
    pub fn rest(&mut self) {
        self.ripe_at = None;
        self.dropping = false;
        self.stage = Stage::Start;
    }

    pub fn fold_into(&self, digest: &mut Digest) {
        digest.fold(self.ripe_at.map_or(0, |at| at.as_ns().wrapping_add(1)));
        digest.fold(self.drop_next_at.as_ns());
        digest.fold(u64::from(self.count) | u64::from(self.last_count) << 32);
        digest.fold(u64::from(self.dropping) | (self.stage as u64) << 1);
    }

    /// Whether the wait has been above the target for an interval (the RFC's `dodequeue`). Its rule that a queue of no
    /// more than one packet's bytes drops nothing, so that the link never idles, is here: at most one message behind.
    fn is_ripe(&mut self, now: Time, wait_ns: u64, behind: usize) -> bool {
        if wait_ns < self.target_ns || behind <= 1 {
            self.ripe_at = None;
            return false;
        }
        match self.ripe_at {
            Some(at) => now >= at,
            None => {
                self.ripe_at = Some(now.plus_ns(self.interval_ns));
                false
            }
        }
    }

    /// Where the last time of dropping is not long over, the rate of drops that then sufficed is where to begin.
    fn begin_to_drop(&mut self, now: Time) {
        let needed_last = self.count.saturating_sub(self.last_count);
        let recent = now.since_ns(self.drop_next_at) < self.interval_ns.saturating_mul(16);
        self.dropping = true;
        self.count = if needed_last > 1 && recent { needed_last } else { 1 };
        self.last_count = self.count;
        self.drop_next_at = self.control_law(now);
        self.stage = Stage::Entered;
    }

    /// The next drop: sooner, the more there were.
    fn control_law(&self, at: Time) -> Time {
        at.plus_ns((self.interval_ns as f64 / f64::from(self.count).sqrt()) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What CoDel does with each message when one that has waited so long is asked for at each of these milliseconds.
    fn run(codel: &mut Codel, asked_ms: impl IntoIterator<Item = u64>, wait_ms: u64) -> Vec<u64> {
        let mut dropped_ms = Vec::new();
        for at_ms in asked_ms {
            while codel.drops(Time::from_ms(at_ms), wait_ms * 1_000_000, 10) {
                dropped_ms.push(at_ms);
            }
        }
        dropped_ms
    }

    fn codel() -> Codel {
        Codel::new(5_000_000, 100_000_000)
    }

    #[test]
    fn drops_follow_the_control_law() {
        // Above the target from 0: ripe at 100, when it begins to drop with a count of 1. `drop_next` is then 200; the
        // drop there makes the count 2, so the next is 100/sqrt(2) later, and so on:
        // 200, 270.71, 328.45, 378.45, 423.17, 463.99, 501.79. One message is asked for in each millisecond.
        let dropped = run(&mut codel(), 0..502, 6);
        assert_eq!(dropped, [100, 200, 271, 329, 379, 424, 464]);
    }

    #[test]
    fn a_large_backlog_drops_several_at_once() {
        // Nobody asks between 100 and 400: the drops of 200, 270.71, 328.45 and 378.45 are made up for then.
        assert_eq!(run(&mut codel(), [0, 100, 400], 6), [100, 400, 400, 400, 400]);
    }

    #[test]
    fn one_short_wait_ends_it_and_what_sufficed_is_remembered() {
        let mut codel = codel();
        // Drops at 100, 200, 271 and 329: count 4, 3 of them since it began.
        assert_eq!(run(&mut codel, 0..350, 6).len(), 4);
        assert_eq!(run(&mut codel, [350], 4), [0; 0]);
        assert!(!codel.dropping);
        // Above again from 351: ripe at 451, now with a count of 3: 57.73 ms to the next, then 50 ms.
        assert_eq!(run(&mut codel, 351..570, 6), [451, 509, 559]);
        // Long after, it begins from 1 again: 100 ms to the next.
        assert_eq!(run(&mut codel, [570], 4), [0; 0]);
        assert_eq!(run(&mut codel, 3_000..3_250, 6), [3_100, 3_200]);
    }

    #[test]
    fn sixteen_intervals_later_what_sufficed_is_forgotten() {
        // As above: three drops after the first, and the next would have been at 378.45. What is ripe 1,600 ms after
        // that begins from 1 (100 ms to the next drop), and what is ripe before from 3 (57.74 ms).
        for (ripe_ms, next_ms) in [(1_978, 2_036), (1_979, 2_079)] {
            let mut codel = codel();
            assert_eq!(run(&mut codel, 0..350, 6).len(), 4);
            assert_eq!(run(&mut codel, [350], 4), [0; 0]);
            assert_eq!(run(&mut codel, ripe_ms - 100..next_ms + 1, 6), [ripe_ms, next_ms]);
        }
    }

    #[test]
    fn a_short_wait_ends_a_row_of_drops() {
        let mut codel = codel();
        assert_eq!(run(&mut codel, [0, 100], 6), [100]);
        // Three drops are due at 350; the one after the first of them came just now.
        assert!(codel.drops(Time::from_ms(350), 6_000_000, 10));
        assert!(!codel.drops(Time::from_ms(350), 1_000_000, 10));
        assert!(!codel.dropping);
    }

    #[test]
    fn the_last_messages_are_never_dropped() {
        let mut codel = codel();
        for at_ms in 0..1_000 {
            assert!(!codel.drops(Time::from_ms(at_ms), 1_000_000_000, 1));
        }
        // Two behind: above from 1,000, so ripe at 1,100.
        let dropped: Vec<u64> = (1_000..1_200).filter(|&ms| codel.drops(Time::from_ms(ms), 1_000_000_000, 2)).collect();
        assert_eq!(dropped, [1_100]);
    }

    #[test]
    fn an_empty_queue_forgets_the_wait() {
        let mut codel = codel();
        assert_eq!(run(&mut codel, [0, 99], 6), [0; 0]);
        codel.rest();
        assert_eq!(run(&mut codel, 100..200, 6), [0; 0]);
        assert_eq!(run(&mut codel, [200], 6), [200]);
    }
}
