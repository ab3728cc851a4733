//! Templates: levels that are drawn, so that practice never ends. Each comes with its solution and its decoys.
//!
//! ```text
//!   (template, seed, difficulty) --draw--> map, figures, builds --calibrate--> objective --prove--> instance
//!                                     ^                              |              |
//!                                     +------- drawn anew -----------+--------------+
//! ```
//!
//! The solution and the decoys are built with the level, so each instance can be won by construction. How well they do
//! is measured on some seeds; the objective is put between them, and then proved on others. What does not hold is drawn
//! anew, always the same way: the same template, seed and difficulty give the same instance everywhere.

mod balance;
mod die;
mod drawing;
mod retry;
mod site;

use crate::format::{Level, Objective};
use crate::judge::Verdict;
use crate::proof::{Proof, Prover};
use crate::solution::Solution;
use die::Die;
pub use drawing::{Drawing, DrawingProgress};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// How difficult an instance can be.
pub const DIFFICULTIES: RangeInclusive<u8> = 1..=5;
/// Seeds on which an instance is measured, and as many others on which it is proved.
pub const SEEDS: u64 = 4;
/// How often an instance is drawn at most.
const DRAWS_MAX: u32 = 24;
/// By how much solutions must do better than decoys, as a share of requests.
const GAP_MIN: f64 = 0.05;
/// The margin by which an instance is proved at least.
const MARGIN_MIN: f64 = 0.1;

/// An idea for levels.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Template {
    /// Rooms of unequal speed: a balancer that sends each the same drowns the slow ones.
    BalanceRooms,
    /// A pipe that is slammed again and again: what is lost must be tried again, and soon enough.
    RetrySlam,
}

/// A level that was drawn.
#[derive(Clone, PartialEq, Debug)]
pub struct Instance {
    /// The level.
    pub level: Level,
    /// Its solutions, each with its name.
    pub solutions: Vec<(String, Solution)>,
    /// Its decoys, each with its name.
    pub decoys: Vec<(String, Solution)>,
}

impl Template {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::BalanceRooms, Self::RetrySlam];

    /// Its name in texts' keys and in the names of its levels.
    pub const fn key(self) -> &'static str {
        match self {
            Self::BalanceRooms => "balance-rooms",
            Self::RetrySlam => "retry-slam",
        }
    }

    /// The instance of that seed and difficulty, put within [`DIFFICULTIES`]. It takes some tenths of a second, natively;
    /// a [`Drawing`] makes the same one bit by bit.
    /// Nothing where every one that was drawn was too easy or too hard; tests have never met that.
    pub fn instance(self, seed: u64, difficulty: u8) -> Option<Instance> {
        let mut drawing = Drawing::new(self, seed, difficulty);
        while !drawing.advance(u64::MAX) {}
        drawing.into_instance()
    }

    fn draw(self, die: &mut Die, difficulty: u8) -> Option<Instance> {
        match self {
            Self::BalanceRooms => balance::draw(die, difficulty),
            Self::RetrySlam => retry::draw(die, difficulty),
        }
    }
}

impl Instance {
    /// What computes its proof on [`SEEDS`] seeds.
    fn prover(&self, seed_base: u64) -> Prover {
        let level = Arc::new(self.level.clone());
        Prover::new(level, &self.solutions, &self.decoys, seed_base, SEEDS)
    }

    /// Puts the share that is asked for between what the solutions reach and what the decoys do.
    fn calibrate(&mut self, proof: &Proof) -> Option<()> {
        let shares = |expected: Verdict| {
            proof.rows.iter().filter(move |row| row.expected == expected).filter_map(|row| row.values.first())
        };
        let worst_win = shares(Verdict::Won).map(|&(least, _)| least).fold(f64::INFINITY, f64::min);
        // A decoy of which nothing is answered has no figure at all.
        let best_loss = shares(Verdict::Lost).map(|&(_, most)| most).fold(0.0, f64::max);
        if !worst_win.is_finite() || worst_win - best_loss < GAP_MIN {
            return None;
        }
        let share = ((best_loss + (worst_win - best_loss) * 0.6) * 100.0).round() / 100.0;
        for objective in &mut self.level.objectives {
            if let Objective::GoodShare { at_least, .. } = objective {
                *at_least = share;
            }
        }
        Some(())
    }

    fn name(&mut self, id: &str) {
        self.level.id = id.into();
        let all = self.solutions.iter_mut().chain(&mut self.decoys);
        all.for_each(|(_, solution)| solution.level = id.into());
    }
}
