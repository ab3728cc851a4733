//! When an enemy strikes: fixed by the level, never by the seed.

use crate::format::Rule;
use crate::kind::Require;
use crate::limits::DURATION_MS_MAX;
use pipe_maze_sim::{Time, Window};
use serde::{Deserialize, Serialize};

/// Most strikes of one enemy.
const STRIKES_MAX: usize = 1_000;

/// When an enemy strikes, in simulated milliseconds since the water flows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Schedule {
    /// From the start, for ever.
    Always,
    /// Again and again.
    Every {
        /// When for the first time.
        first_ms: u64,
        /// After how long again, from one begin to the next.
        every_ms: u64,
        /// For how long each time.
        for_ms: u64,
    },
    /// At these times: from and to.
    At(Vec<(u64, u64)>),
}

impl Schedule {
    /// What it is in a simulation whose springs flow until `end_ms`.
    pub(super) fn lower(&self, end_ms: u64) -> pipe_maze_sim::Schedule {
        pipe_maze_sim::Schedule { windows: self.windows(end_ms), repeat_ns: None }
    }

    /// The times in which it strikes, in order, as far as they begin before `end_ms`.
    pub(crate) fn windows(&self, end_ms: u64) -> Vec<Window> {
        let window = |(from, to): (u64, u64)| Window { from: Time::from_ms(from), to: Time::from_ms(to) };
        match self {
            Self::Always => vec![Window { from: Time::ZERO, to: Time::MAX }],
            Self::Every { first_ms, every_ms, for_ms } => {
                let begins = std::iter::successors(Some(*first_ms), |from| from.checked_add((*every_ms).max(1)));
                let begins = begins.take_while(|&from| from < end_ms).take(STRIKES_MAX);
                begins.map(|from| window((from, from.saturating_add(*for_ms)))).collect()
            }
            Self::At(times) => times.iter().copied().filter(|&(from, _)| from < end_ms).map(window).collect(),
        }
    }

    /// Reports what is out of range in a level whose springs flow until `end_ms`.
    pub(super) fn check(&self, end_ms: u64, require: Require<'_>) {
        let time_ok = |ms: u64| ms <= DURATION_MS_MAX;
        match self {
            Self::Always => {}
            Self::Every { first_ms, every_ms, for_ms } => {
                require(time_ok(*first_ms), "schedule, first_ms", Rule::AtMost(DURATION_MS_MAX as f64));
                require(time_ok(*every_ms), "schedule, every_ms", Rule::AtMost(DURATION_MS_MAX as f64));
                let strikes = end_ms.saturating_sub(*first_ms) / (*every_ms).max(1);
                let few = strikes < STRIKES_MAX as u64;
                require(few, "schedule, every_ms", Rule::FewerStrikes(STRIKES_MAX as f64));
                require((1..*every_ms).contains(for_ms), "schedule, for_ms", Rule::BelowEvery);
            }
            Self::At(times) => {
                require((1..=STRIKES_MAX).contains(&times.len()), "schedule", Rule::Between(1.0, STRIKES_MAX as f64));
                let whole = times.iter().all(|&(from, to)| from < to && time_ok(to));
                let apart = times.windows(2).all(|pair| pair[0].1 <= pair[1].0);
                require(whole && apart, "schedule", Rule::Apart(DURATION_MS_MAX as f64));
            }
        }
    }
}
