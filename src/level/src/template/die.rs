//! The die that templates throw: SplitMix64 (Steele, Lea, Flood 2014), the same everywhere.

use crate::grid::Cell;
use pipe_maze_sim::{Digest, PieceId};

/// A stream of draws that belongs to what it was made of.
pub(super) struct Die(u64);

impl Die {
    pub fn new(key: &str, words: &[u64]) -> Self {
        let mut digest = Digest::EMPTY;
        digest.fold(PieceId::from_name(key).0);
        words.iter().for_each(|&word| digest.fold(word));
        Self(digest.as_u64())
    }

    /// Any number.
    pub const fn any(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from one to another, both included.
    pub const fn whole(&mut self, from: u32, to: u32) -> u32 {
        let count = (to - from) as u128 + 1;
        from + ((self.any() as u128 * count) >> 64) as u32
    }

    /// A number between two, in thousandths of the way.
    pub fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * f64::from(self.whole(0, 1_000)) / 1_000.0
    }

    /// A cell of a rectangle, corners included.
    pub fn cell(&mut self, first: (i32, i32), last: (i32, i32)) -> Cell {
        let column = self.whole(first.0 as u32, last.0 as u32);
        let row = self.whole(first.1 as u32, last.1 as u32);
        Cell::new(column as i32, row as i32)
    }
}
