//! Streams of facts that are compared.

use super::FirstFact;
use pipe_maze_sim::{Fact, Observer, PieceId, Time};
use std::collections::BTreeMap;

/// The facts of one run within a step.
#[derive(Default)]
pub(super) struct Side(pub Vec<(Time, Fact)>);

impl Observer for Side {
    fn fact(&mut self, at: Time, fact: &Fact) {
        // That the commands differ is known; what they lead to is asked.
        if !matches!(fact, Fact::Applied { .. }) {
            self.0.push((at, lasting(fact)));
        }
    }
}

/// A fact without what says nothing outside of its run: in which slot an attempt is kept.
pub(super) fn lasting(fact: &Fact) -> Fact {
    match *fact {
        Fact::Entered { pipe, direction, bytes, mut hop } => {
            hop.attempt = 0;
            Fact::Entered { pipe, direction, bytes, hop }
        }
        Fact::Abandoned { request, .. } => Fact::Abandoned { request, attempt: 0 },
        fact => fact,
    }
}

/// The first place at which two streams differ.
pub(super) fn first_mismatch(first: &[(Time, Fact)], second: &[(Time, Fact)]) -> Option<FirstFact> {
    let same = first.iter().zip(second).take_while(|(a, b)| a == b).count();
    let next = [first.get(same), second.get(same)];
    let at = next.iter().flatten().map(|(at, _)| *at).min()?;
    let facts = next.map(|next| next.filter(|(its, _)| *its == at).map(|(_, fact)| *fact));
    let piece = facts.iter().flatten().find_map(Fact::piece);
    Some(FirstFact { at, piece, facts })
}

/// When each piece began to behave differently.
#[derive(Default)]
pub(super) struct Pieces(BTreeMap<PieceId, Time>);

impl Pieces {
    /// Compares what both runs did within a step, piece by piece.
    pub fn compare(&mut self, sides: &[Vec<(Time, Fact)>; 2]) {
        let mut streams: BTreeMap<PieceId, [Vec<&(Time, Fact)>; 2]> = BTreeMap::new();
        for (nth, facts) in sides.iter().enumerate() {
            for told in facts {
                if let Some(piece) = told.1.piece().filter(|piece| !self.0.contains_key(piece)) {
                    streams.entry(piece).or_default()[nth].push(told);
                }
            }
        }
        for (piece, [first, second]) in streams {
            let same = first.iter().zip(&second).take_while(|(a, b)| a == b).count();
            let next = [first.get(same), second.get(same)];
            if let Some(at) = next.iter().flatten().map(|told| told.0).min() {
                self.0.insert(piece, at);
            }
        }
    }

    /// When that piece did, if it did.
    pub fn differs_at(&self, piece: PieceId) -> Option<Time> {
        self.0.get(&piece).copied()
    }
}
