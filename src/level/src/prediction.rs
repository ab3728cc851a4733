//! Prediction: what the player says will break first before the water flows, and how right that was.

use crate::format::{Level, Objective};
use crate::milliseconds::to_ns;
use crate::timeline::{Onset, Timeline};
use pipe_maze_sim::{PieceId, Time};

/// Parts of the time of flow among which one chooses.
pub const SPELLS: usize = 3;
/// Bounds of the bands of the worst p99, as multiples of what an answer may take.
const BANDS: [u64; 3] = [1, 2, 4];
/// What an answer may take where a level does not say, in milliseconds.
const BOUND_MS: f64 = 1_000.0;

/// What the player says. What is not said is not asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Prediction {
    /// What breaks first.
    pub breaks: Option<Breaks>,
    /// In which part of the time of flow, from 0.
    pub spell: Option<usize>,
    /// In which band the worst p99 lies, from 0.
    pub band: Option<usize>,
}

/// What breaks first, as [`Onset::broke`] has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Breaks {
    /// Nothing: the system held, whatever it lost.
    Nothing,
    /// That piece or pipe.
    Piece(PieceId),
}

/// How right a prediction was.
#[derive(Clone, PartialEq, Debug)]
pub struct Score {
    /// What broke first, in truth.
    pub breaks: Breaks,
    /// When, and at how many requests a simulated second; nothing where nothing broke.
    pub broke: Option<(Time, f64)>,
    /// In which part of the time of flow that was.
    pub spell: Option<usize>,
    /// The worst p99 of a window of the series, in nanoseconds; nothing where there was no answer.
    pub worst_p99_ns: Option<u64>,
    /// In which band that lies.
    pub band: Option<usize>,
    /// Each question that was answered, and whether rightly.
    pub answers: Vec<(Question, bool)>,
}

/// A question that a prediction may answer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Question {
    /// What breaks first.
    Breaks,
    /// In which part of the time of flow.
    Spell,
    /// In which band the worst p99 lies.
    Band,
}

impl Score {
    /// How many answers were right.
    pub fn right(&self) -> usize {
        self.answers.iter().filter(|(_, right)| *right).count()
    }
}

/// Bounds of the bands of the worst p99 of a level, in nanoseconds, rising: a band lies below each, and one above all.
pub fn band_bounds_ns(level: &Level) -> [u64; 3] {
    let p99 = level.objectives.iter().find_map(|each| match *each {
        Objective::P99 { at_most_ms } => Some(at_most_ms),
        _ => None,
    });
    let within = level.objectives.iter().find_map(|each| match *each {
        Objective::GoodShare { within_ms, .. } | Objective::ClassShare { within_ms, .. } => Some(within_ms),
        _ => None,
    });
    let slo_ns = to_ns(p99.or(within).unwrap_or(BOUND_MS));
    BANDS.map(|times| slo_ns.saturating_mul(times))
}

/// The part of the time of flow that a moment lies in.
pub fn spell_of(at: Time, flow_ends_at: Time) -> usize {
    let share = at.as_ns() as f64 / flow_ends_at.as_ns().max(1) as f64;
    ((share * SPELLS as f64) as usize).min(SPELLS - 1)
}

/// How right a prediction was about the branch that is shown, up to the moment that is shown.
pub fn score(prediction: &Prediction, level: &Level, timeline: &Timeline, onset: &Onset) -> Score {
    let broke = onset.broke;
    let breaks = broke.map_or(Breaks::Nothing, |broke| Breaks::Piece(broke.piece));
    let flow_ends_at = timeline.play().flow_ends_at();
    let spell = broke.map(|broke| spell_of(broke.at, flow_ends_at));
    let series = timeline.series(timeline.current()).unwrap_or_default();
    let flowing = series.windows.iter().filter(|window| window.start < flow_ends_at.min(timeline.now()));
    let worst_p99_ns = flowing.filter_map(|window| window.p99_ns).max();
    let band = worst_p99_ns.map(|ns| band_bounds_ns(level).iter().filter(|bound| ns > **bound).count());
    let mut answers = Vec::new();
    answers.extend(prediction.breaks.map(|said| (Question::Breaks, said == breaks)));
    answers.extend(prediction.spell.map(|said| (Question::Spell, Some(said) == spell)));
    answers.extend(prediction.band.map(|said| (Question::Band, Some(said) == band)));
    let broke = broke.map(|broke| (broke.at, broke.load_per_s));
    Score { breaks, broke, spell, worst_p99_ns, band, answers }
}
