//! The ring: one place of the vertex buffer for each message, filled as messages enter and freed in the same order.
//!
//! Nothing is written when a message moves, and nothing when it comes out: the shader knows when that is. So a frame
//! writes what has entered since the last one, and what was given up.

use super::instance::{Words, state};
use pipe_maze_sim::Time;
use std::ops::Range;

/// Places of a new ring.
const CAPACITY_MIN: usize = 256;
/// Most places: many times what a board can be seen to hold.
const CAPACITY_MAX: usize = 1 << 18;
/// Most stretches that are written one by one.
const STRETCHES_MAX: usize = 64;

/// Instances in the order in which their messages entered.
#[derive(Clone, Debug, Default)]
pub struct Ring {
    places: Vec<Words>,
    owners: Vec<Owner>,
    /// Where the oldest is, and how many follow, those that have come out included.
    oldest: usize,
    len: usize,
    /// Where each attempt's newest instance is.
    by_attempt: Vec<u32>,
    changed: Vec<Range<usize>>,
}

/// Whose a place is, and until when.
#[derive(Clone, Copy, Debug)]
struct Owner {
    attempt: u32,
    exit_at: Time,
}

impl Ring {
    /// Forgets everything; the places stay.
    pub fn clear(&mut self) {
        (self.oldest, self.len) = (0, 0);
        self.by_attempt.clear();
        self.places.fill(Words::default());
        self.change_all();
    }

    /// Adds the instance of a message that enters at `now`.
    pub fn append(&mut self, attempt: u32, words: Words, exit_at: Time, now: Time) {
        if self.len == self.places.len() {
            self.make_room(now);
        }
        let place = (self.oldest + self.len) % self.places.len();
        self.len += 1;
        self.places[place] = words;
        self.owners[place] = Owner { attempt, exit_at };
        let attempt = attempt as usize;
        if self.by_attempt.len() <= attempt {
            self.by_attempt.resize(attempt + 1, u32::MAX);
        }
        self.by_attempt[attempt] = place as u32;
        self.change(place);
    }

    /// Marks the message of an attempt as given up, if it is in a pipe at `now`.
    pub fn abandon(&mut self, attempt: u32, now: Time) {
        let Some(&place) = self.by_attempt.get(attempt as usize) else { return };
        let place = place as usize;
        let current = |owner: &Owner| owner.attempt == attempt && owner.exit_at >= now;
        if self.owners.get(place).is_some_and(current) {
            self.places[place][1] |= state::ABANDONED;
            self.change(place);
        }
    }

    /// Frees the places of the oldest messages, as far as they have come out before `now`.
    pub fn retire(&mut self, now: Time) {
        while self.len > 0 && self.owners[self.oldest].exit_at < now {
            self.oldest = (self.oldest + 1) % self.places.len();
            self.len -= 1;
        }
    }

    /// Places in use.
    pub const fn len(&self) -> usize {
        self.len
    }

    /// All places, whether in use or not.
    pub fn places(&self) -> &[Words] {
        &self.places
    }

    /// The instances of messages that are in a pipe at `now`, oldest first.
    pub fn in_pipes(&self, now: Time) -> impl Iterator<Item = &Words> {
        let places = (0..self.len).map(|i| (self.oldest + i) % self.places.len());
        places.filter(move |&place| self.owners[place].exit_at >= now).map(|place| &self.places[place])
    }

    /// Takes the stretches of places that have been written since they were taken last.
    pub fn take_changed(&mut self) -> Vec<Range<usize>> {
        std::mem::take(&mut self.changed)
    }

    /// Drops what has come out, and doubles the ring where what is left takes more than half of it.
    fn make_room(&mut self, now: Time) {
        let kept: Vec<(Words, Owner)> = (0..self.len)
            .map(|i| (self.oldest + i) % self.places.len())
            .filter(|&place| self.owners[place].exit_at >= now)
            .map(|place| (self.places[place], self.owners[place]))
            .collect();
        let mut capacity = self.places.len().max(CAPACITY_MIN);
        if kept.len() * 2 > capacity {
            capacity = (capacity * 2).min(CAPACITY_MAX);
        }
        // Beyond the limit the oldest are not shown.
        let kept = &kept[kept.len().saturating_sub(capacity - 1)..];
        self.places = vec![Words::default(); capacity];
        self.owners = vec![Owner { attempt: u32::MAX, exit_at: Time::ZERO }; capacity];
        (self.oldest, self.len) = (0, kept.len());
        self.by_attempt.fill(u32::MAX);
        for (place, &(words, owner)) in kept.iter().enumerate() {
            self.places[place] = words;
            self.owners[place] = owner;
            self.by_attempt[owner.attempt as usize] = place as u32;
        }
        self.change_all();
    }

    fn change(&mut self, place: usize) {
        let full = self.changed.len() >= STRETCHES_MAX;
        match self.changed.last_mut() {
            Some(last) if last.contains(&place) => {}
            Some(last) if last.end == place => last.end += 1,
            _ if full => self.change_all(),
            _ => self.changed.push(place..place + 1),
        }
    }

    fn change_all(&mut self) {
        self.changed.clear();
        self.changed.push(0..self.places.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: u32) -> Words {
        [name, 0, 0, 0, 0, 0, 0, 0]
    }

    fn names(ring: &Ring, now: u64) -> Vec<u32> {
        ring.in_pipes(Time::from_ns(now)).map(|words| words[0]).collect()
    }

    #[test]
    fn places_are_used_again_and_what_stays_is_kept_in_order() {
        let mut ring = Ring::default();
        for n in 0..10_000u32 {
            let now = Time::from_ns(u64::from(n));
            ring.retire(now);
            // Every hundredth stays long, the others for ten turns.
            let stay = if n % 100 == 0 { 1_000_000 } else { 10 };
            ring.append(n % 700, words(n), now.plus_ns(stay), now);
        }
        let kept = names(&ring, 10_000);
        assert_eq!(kept.len(), 100 + 10, "{kept:?}");
        assert!(kept.is_sorted());
        assert!(ring.places().len() <= 512, "{}", ring.places().len());
    }

    #[test]
    fn only_the_message_that_an_attempt_has_in_a_pipe_is_marked() {
        let mut ring = Ring::default();
        let ns = Time::from_ns;
        ring.append(3, words(1), ns(10), ns(0));
        ring.append(3, words(2), ns(30), ns(10));
        ring.abandon(3, ns(20));
        ring.abandon(4, ns(20));
        let marked: Vec<u32> = ring.places().iter().filter(|w| w[1] & state::ABANDONED != 0).map(|w| w[0]).collect();
        assert_eq!(marked, [2]);
        ring.abandon(3, ns(40));
        assert_eq!(names(&ring, 40), [0u32; 0]);
    }

    #[test]
    fn a_copy_that_follows_the_changes_is_the_same() {
        let mut ring = Ring::default();
        let mut copy: Vec<Words> = Vec::new();
        for n in 0..5_000u32 {
            let now = Time::from_ns(u64::from(n));
            ring.append(n % 900, words(n), now.plus_ns(u64::from(n % 800)), now);
            ring.abandon(n * 7 % 900, now);
            ring.retire(now);
            if n % 13 == 0 {
                copy.resize(ring.places().len(), Words::default());
                for stretch in ring.take_changed() {
                    copy[stretch.clone()].copy_from_slice(&ring.places()[stretch]);
                }
                assert_eq!(copy, ring.places());
            }
        }
    }
}
