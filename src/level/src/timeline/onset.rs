//! What broke first: from the first cause to the last effect, as the recorded marks, series and losses tell it.
//!
//! ```text
//!  trigger --------> strain ------> retries, breakers ------> loss ------> effect
//!  spring, enemy,    the piece      load that nobody          the first    budget spent,
//!  the player        that gave in   asked for                 request      objective missed
//! ```
//!
//! The piece that gave in is the one that lost a request or had a full queue first, of those that much was lost to. The
//! trigger is the last thing from outside before it was strained; without one the load was too much from the start.
//!
//! Where the aim is to break the system, its breaking is the success, and that it held out is what went wrong: then the chain
//! says what struck, what little was lost, and that it still stands.

mod evidence;

use super::Timeline;
use crate::format::Objective;
use crate::judge::{Standing, Verdict};
use evidence::Evidence;
use pipe_maze_sim::{Cause, Outcome, Parts, PieceId, Time};

/// Most steps of the chain.
const STEPS_MAX: usize = 5;

/// What broke first, and what came of it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Onset {
    /// In order of time, the first cause first; empty where nothing was lost and no objective missed.
    pub steps: Vec<OnsetStep>,
    /// What gave in first, of a run that did not hold: one that met what it is to meet has strained, and did not break.
    pub broke: Option<Broke>,
}

/// What gave in first.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Broke {
    /// The piece or pipe; of an enemy's doing, what it strikes.
    pub piece: PieceId,
    /// When.
    pub at: Time,
    /// Requests a simulated second that were issued then.
    pub load_per_s: f64,
}

/// A step from the first cause to the last effect.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OnsetStep {
    /// When.
    pub at: Time,
    /// Where, if it has a place.
    pub piece: Option<PieceId>,
    /// What.
    pub kind: OnsetKind,
}

/// What a step is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum OnsetKind {
    /// The water came, and it was too much from the start.
    Began {
        /// Requests a simulated second.
        per_s: f64,
    },
    /// A spring issued more.
    Rose {
        /// Requests a simulated second before.
        from_per_s: f64,
        /// And afterwards.
        to_per_s: f64,
    },
    /// An enemy struck; `piece` is what it strikes.
    Struck {
        /// The enemy.
        enemy: PieceId,
    },
    /// The player did something.
    Command {
        /// Its place in the commands of the branch.
        nth: usize,
    },
    /// A service could not keep up.
    Strained {
        /// Workers that were up.
        workers: u32,
        /// The share of their time that was spent working, from then on until it was over, 0 to 1.
        utilisation: f64,
        /// The longest time that a lost request waited in its queue, in nanoseconds.
        waited_ns: u64,
        /// Whether its queue was full.
        full: bool,
    },
    /// Tries of calls beyond their first piled on.
    Retries {
        /// Of them a simulated second, at most.
        per_s: f64,
        /// All tries for each request in that time.
        tries: f64,
    },
    /// Answers took long, though nothing was lost yet.
    Slow {
        /// Half of the first answers took at least so long, in nanoseconds.
        p50_ns: u64,
    },
    /// A breaker opened.
    Opened,
    /// The first request was lost to what most of the loss is due to.
    Lost {
        /// What it was lost to.
        cause: Cause,
        /// How the worst of them ended.
        outcome: Outcome,
        /// Where the worst one's time went.
        worst: Parts,
        /// How many were lost to it.
        count: u64,
    },
    /// The error budget was spent.
    Spent,
    /// An objective was missed, and stayed so.
    Missed {
        /// Its place in the level.
        nth: usize,
    },
}

impl OnsetKind {
    /// Of steps at the same time, causes come first.
    const fn rank(self) -> u8 {
        match self {
            Self::Began { .. } | Self::Rose { .. } | Self::Struck { .. } | Self::Command { .. } => 0,
            Self::Strained { .. } | Self::Slow { .. } => 1,
            Self::Lost { .. } => 2,
            Self::Retries { .. } => 3,
            Self::Opened => 4,
            Self::Missed { .. } => 5,
            Self::Spent => 6,
        }
    }
}

impl Timeline {
    /// What broke first in the branch that is shown, up to the moment that is shown.
    pub fn onset(&self) -> Onset {
        let evidence = Evidence::new(self);
        let missed = self.play().report().standings.iter().any(|standing| standing.value.is_some() && !standing.met);
        let has_lost = self.play().verdict() == Some(Verdict::Lost) || missed;
        if evidence.losses.lost == 0 && !has_lost {
            return Onset::default();
        }
        let culprit = evidence.culprit();
        let effect = evidence.effect();
        let broke_at = culprit.map_or(Time::ZERO, |culprit| culprit.at);
        // Where an objective is missed before anything is lost, all was too slow from the start.
        let too_slow = effect.filter(|effect| culprit.is_none() || effect.at < broke_at);
        let trigger = evidence.trigger(culprit, too_slow.map_or(broke_at, |_| Time::ZERO));
        if let Some(nth) = self.held_out() {
            return Onset { steps: evidence.held_out(trigger, nth), broke: None };
        }
        let mut steps = vec![trigger];
        if too_slow.is_some() {
            steps.extend(evidence.slow());
        } else if let Some(culprit) = culprit {
            steps.extend(evidence.strain(culprit));
            steps.extend(evidence.retries(culprit.at));
            steps.extend(evidence.opened(culprit.at));
            steps.extend(evidence.lost(culprit));
        }
        // What came after the outcome did not lead to it.
        steps.retain(|step| effect.is_none_or(|effect| step.at <= effect.at));
        steps.extend(effect);
        for step in &mut steps {
            // What was found by windows may seem to begin a little before what caused it.
            step.at = step.at.max(trigger.at);
        }
        steps.sort_by_key(|step| (step.at, step.kind.rank()));
        while steps.len() > STEPS_MAX
            && let Some(nth) = dispensable(&steps)
        {
            steps.remove(nth);
        }
        // What a system that is to hold has lost does not count where it held.
        let held = self.aim().is_none() && self.play().verdict() == Some(Verdict::Won);
        let broke = culprit.filter(|_| !held).map(|culprit| Broke {
            piece: evidence.place(culprit.piece),
            at: culprit.at.max(trigger.at),
            load_per_s: evidence.load_per_s(culprit.at.max(trigger.at)),
        });
        Onset { steps, broke }
    }

    /// The objective to break the system, by its place in the level, where that was missed.
    fn held_out(&self) -> Option<usize> {
        self.aim().filter(|_| self.play().verdict() == Some(Verdict::Lost))
    }

    /// The objective to break the system, by its place in the level, where that is the aim.
    fn aim(&self) -> Option<usize> {
        let is_aim = |standing: &Standing| matches!(standing.objective, Objective::Break { .. });
        self.play().report().standings.iter().position(is_aim)
    }
}

/// The step that is missed least: neither cause nor strain nor effect.
fn dispensable(steps: &[OnsetStep]) -> Option<usize> {
    let of = |is: fn(&OnsetKind) -> bool| steps.iter().position(|step| is(&step.kind));
    of(|kind| matches!(kind, OnsetKind::Opened)).or_else(|| of(|kind| matches!(kind, OnsetKind::Lost { .. })))
}
