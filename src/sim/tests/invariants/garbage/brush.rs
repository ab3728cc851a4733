//! What spoils fields, and remembers which.

use crate::genes::Dice;
use pipe_maze_sim::*;
use std::collections::BTreeSet;

/// A piece that is not there.
pub const NOWHERE: PieceId = PieceId(77_777);
/// Longer than anything may take.
pub const LONG_NS: u64 = u64::MAX / 3;

/// A piece, and the field of which something is wrong.
pub type Blot = (PieceId, &'static str);

/// Spoils the fields of one piece after the other. No field is spoilt twice, so that nothing that is wrong goes away
/// again.
pub struct Brush {
    pub dice: Dice,
    /// What is wrong with the pieces that are done.
    pub blots: BTreeSet<Blot>,
    /// Fields of the piece at hand.
    fields: BTreeSet<&'static str>,
    done: BTreeSet<PieceId>,
}

impl Brush {
    pub fn new(dice: Dice) -> Self {
        Self { dice, blots: BTreeSet::new(), fields: BTreeSet::new(), done: BTreeSet::new() }
    }

    /// Whether to spoil something that takes more than a bad value.
    pub fn dips(&mut self) -> bool {
        self.dice.percent(30)
    }

    /// One of these, if it has not been taken before.
    pub fn take<'a, T>(&mut self, list: &'a mut [T], id: impl Fn(&T) -> PieceId) -> Option<&'a mut T> {
        let nth = self.dice.bits() as usize % list.len().max(1);
        let piece = list.get_mut(nth)?;
        self.done.insert(id(piece)).then_some(piece)
    }

    /// These fields of the piece at hand are wrong.
    pub fn note(&mut self, fields: &[&'static str]) {
        self.fields.extend(fields);
    }

    /// Puts a bad value into a field, or leaves it as it is.
    pub fn blot<T: Clone>(&mut self, field: &mut T, bad: &[T], name: &'static str) {
        if self.dips() {
            *field = self.dice.pick(bad);
            self.note(&[name]);
        }
    }

    /// The same where the value tells which fields are wrong then.
    pub fn blot_all<T: Clone>(&mut self, field: &mut T, bad: &[(T, &[&'static str])]) {
        if self.dips() {
            let (value, names) = self.dice.pick(bad);
            *field = value;
            self.note(names);
        }
    }

    /// The same with no number, an endless one, or one that is too small or large for anything.
    pub fn blot_number(&mut self, field: &mut f64, name: &'static str) {
        self.blot(field, &[f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0, 1e300], name);
    }

    /// The same with parameters that make no distribution.
    pub fn blot_time(&mut self, field: &mut Distribution) {
        let measured = |points: &[(f64, u64)]| Distribution::Empirical { points: points.into() };
        self.blot_all(
            field,
            &[
                (Distribution::Constant { mean_ns: LONG_NS }, &["mean_ns"]),
                (Distribution::Exponential { mean_ns: u64::MAX }, &["mean_ns"]),
                (Distribution::Erlang { stages: 0, mean_ns: 1 }, &["stages"]),
                (Distribution::Erlang { stages: 1_001, mean_ns: LONG_NS }, &["stages", "mean_ns"]),
                (Distribution::LogNormal { mean_ns: 1, sigma: f64::NAN }, &["sigma"]),
                (Distribution::LogNormal { mean_ns: LONG_NS, sigma: 5.0 }, &["sigma", "mean_ns"]),
                (Distribution::Pareto { shape: 1.0, minimum_ns: 1 }, &["shape"]),
                (Distribution::Pareto { shape: f64::NAN, minimum_ns: LONG_NS }, &["shape", "minimum_ns"]),
                (Distribution::HyperExponential { p: f64::NAN, mean_a_ns: 1, mean_b_ns: LONG_NS }, &["p", "mean_b_ns"]),
                (Distribution::HyperExponential { p: 0.5, mean_a_ns: LONG_NS, mean_b_ns: 1 }, &["mean_a_ns"]),
                (Distribution::Uniform { min_ns: 2, max_ns: 1 }, &["min_ns"]),
                (Distribution::Uniform { min_ns: u64::MAX, max_ns: LONG_NS }, &["min_ns", "max_ns"]),
                (measured(&[]), &["points"]),
                (measured(&[(0.5, 1)]), &["points"]),
                (measured(&[(f64::NAN, 1), (1.0, LONG_NS)]), &["points"]),
            ],
        );
    }

    /// The piece at hand is done.
    pub fn put_down(&mut self, id: PieceId) {
        let fields = std::mem::take(&mut self.fields);
        self.blots.extend(fields.into_iter().map(|field| (id, field)));
    }
}
