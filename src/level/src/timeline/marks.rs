//! Marks: moments of a run that are worth going to.

use crate::limits::MARKS_MAX;
use crate::play::Play;
use pipe_maze_sim::{BreakerState, Cause, Fact, Outcome, PieceId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Shares of the error budget whose crossing is marked, in hundredths, falling.
const BUDGET_STEPS: [i8; 4] = [75, 50, 25, 0];

/// A moment of a run that is worth going to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// When. What follows from facts is exact; what follows from figures (objectives, error budget, enemies beaten) was
    /// found at that time and happened at most a sixty-fourth of a window of the series before.
    pub at: Time,
    /// What.
    pub kind: MarkKind,
}

/// What a mark says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum MarkKind {
    /// The player gave the `nth` order of the branch, and the Navigator set out.
    Order {
        /// Its place in [`super::Branch::commands`].
        nth: usize,
    },
    /// The `nth` order of the branch took effect.
    Command {
        /// Its place in [`super::Branch::commands`].
        nth: usize,
    },
    /// An objective began to hold, or to fail.
    Objective {
        /// Its place in the level.
        nth: usize,
        /// Whether it holds from now on.
        met: bool,
    },
    /// Less of the error budget is left for the first time.
    BudgetLeft {
        /// What is left at most, in hundredths.
        percent: i8,
    },
    /// The error budget began, or ceased, to burn faster than it lasts.
    Burning {
        /// Whether it does from now on.
        fast: bool,
    },
    /// A request was lost to a piece, pipe or enemy for the first time.
    Loss {
        /// What it failed by, or was late by.
        cause: Cause,
    },
    /// A breaker opened or closed.
    Breaker {
        /// Whose it is.
        caller: PieceId,
        /// The call site among those of the caller.
        site: u64,
        /// Whether it is open from now on.
        open: bool,
    },
    /// A service began to turn requests away because its queue was full, or a broker because its log was, or it has had room
    /// again for a while.
    Overload {
        /// The service, or the broker.
        service: PieceId,
        /// Whether it is full from now on.
        full: bool,
    },
    /// An enemy strikes, or ceases.
    Enemy {
        /// The enemy.
        enemy: PieceId,
        /// Whether it strikes from now on.
        active: bool,
    },
    /// An enemy is beaten, or is not any longer.
    Beaten {
        /// The enemy.
        enemy: PieceId,
        /// Whether it is beaten from now on.
        beaten: bool,
    },
}

impl MarkKind {
    /// What it takes back, for figures that can turn to and fro.
    const fn opposite(self) -> Option<Self> {
        match self {
            Self::Objective { nth, met } => Some(Self::Objective { nth, met: !met }),
            Self::Burning { fast } => Some(Self::Burning { fast: !fast }),
            _ => None,
        }
    }

    /// Whether it comes from the level's schedule or is rare: such marks find room when others do not.
    const fn is_rare(self) -> bool {
        matches!(
            self,
            Self::BudgetLeft { .. }
                | Self::Objective { .. }
                | Self::Enemy { .. }
                | Self::Beaten { .. }
                | Self::Loss { .. }
        )
    }
}

/// Marks of a run so far, and what must be known to see the next one.
#[derive(Clone, Debug)]
pub(super) struct Marks {
    marks: Arc<Vec<Mark>>,
    dropped: u64,
    slo_ns: u64,
    /// What lasts shorter than this leaves no mark, in nanoseconds.
    flicker_ns: u64,
    objectives: Vec<Option<bool>>,
    /// How many of [`BUDGET_STEPS`] have been crossed.
    budget_steps: usize,
    burning: bool,
    beaten: Vec<bool>,
    /// Services that turn requests away: when they last did.
    full: BTreeMap<PieceId, Time>,
    /// Breakers that are open.
    open: BTreeMap<(PieceId, u64), ()>,
}

impl Marks {
    pub fn new(play: &Play, flicker_ns: u64) -> Self {
        Self {
            marks: Arc::default(),
            dropped: 0,
            slo_ns: play.judge().slo_ns(),
            flicker_ns,
            objectives: vec![None; play.judge().objectives().len()],
            budget_steps: 0,
            burning: false,
            beaten: vec![false; play.judge().enemies().count()],
            full: BTreeMap::new(),
            open: BTreeMap::new(),
        }
    }

    pub fn fact(&mut self, at: Time, fact: &Fact) {
        match *fact {
            Fact::Rejected { service, cause: Cause::Full(_) | Cause::LogFull(_), .. } => {
                let is_new = self.full.insert(service, at).is_none();
                if is_new {
                    self.add(at, MarkKind::Overload { service, full: true });
                }
            }
            Fact::Ended { outcome, parts, cause, .. }
                if (outcome != Outcome::Answered || parts.total_ns() > self.slo_ns) && self.is_first(cause) =>
            {
                self.add(at, MarkKind::Loss { cause });
            }
            Fact::BreakerTurned { caller, site, state } => {
                let open = match state {
                    BreakerState::Open => self.open.insert((caller, site), ()).is_none(),
                    BreakerState::Closed => self.open.remove(&(caller, site)).is_some(),
                    // A trial: whether it succeeds is not known yet.
                    BreakerState::HalfOpen => false,
                };
                if open {
                    self.add(at, MarkKind::Breaker { caller, site, open: state == BreakerState::Open });
                }
            }
            Fact::HazardTurned { hazard, active, .. } => self.add(at, MarkKind::Enemy { enemy: hazard, active }),
            _ => {}
        }
    }

    /// Looks at the figures.
    pub fn take_stock(&mut self, play: &Play) {
        let (now, judge) = (play.simulation().now(), play.judge());
        for nth in 0..self.objectives.len() {
            let met = judge.meets(nth);
            let before = std::mem::replace(&mut self.objectives[nth], met);
            // At first an objective is neither met nor missed; that it holds then is no news.
            if let Some(met) = met.filter(|&met| before.unwrap_or(true) != met) {
                self.add(now, MarkKind::Objective { nth, met });
            }
        }
        let budget = judge.budget();
        while let Some(&percent) = BUDGET_STEPS.get(self.budget_steps)
            && budget.left * 100.0 <= f64::from(percent)
            && budget.spent > 0
        {
            self.budget_steps += 1;
            self.add(now, MarkKind::BudgetLeft { percent });
        }
        let fast = budget.burn_rate > 1.0;
        if fast != std::mem::replace(&mut self.burning, fast) {
            self.add(now, MarkKind::Burning { fast });
        }
        for (nth, report) in judge.enemies().enumerate() {
            if report.beaten != std::mem::replace(&mut self.beaten[nth], report.beaten) {
                self.add(now, MarkKind::Beaten { enemy: report.id, beaten: report.beaten });
            }
        }
        let calm_ns = self.flicker_ns;
        let calm: Vec<PieceId> =
            self.full.iter().filter(|(_, at)| now.since_ns(**at) > calm_ns).map(|(&service, _)| service).collect();
        for service in calm {
            if let Some(last) = self.full.remove(&service) {
                self.add(last, MarkKind::Overload { service, full: false });
            }
        }
    }

    /// Whether nothing has been lost to what the cause names so far.
    fn is_first(&self, cause: Cause) -> bool {
        let has_room = self.marks.len() < MARKS_MAX;
        let is_of =
            |mark: &Mark| matches!(mark.kind, MarkKind::Loss { cause: other } if other.piece() == cause.piece());
        has_room && !self.marks.iter().any(is_of)
    }

    pub fn all(&self) -> &[Mark] {
        &self.marks
    }

    pub const fn dropped(&self) -> u64 {
        self.dropped
    }

    pub fn heap_bytes(&self) -> usize {
        let small = self.objectives.len() * size_of::<Option<bool>>() + self.beaten.len();
        small + (self.full.len() + self.open.len()) * 64
    }

    pub fn shared_bytes(&self) -> usize {
        size_of_val(&self.marks[..])
    }

    /// A mark, unless it takes back a figure's turn from just before: then both are left out.
    fn add(&mut self, at: Time, kind: MarkKind) {
        let marks = Arc::make_mut(&mut self.marks);
        let recent = marks.iter().rposition(|mark| Some(mark.kind) == kind.opposite());
        if let Some(place) = recent.filter(|&place| at.since_ns(marks[place].at) < self.flicker_ns) {
            marks.remove(place);
            return;
        }
        let limit = if kind.is_rare() { MARKS_MAX } else { MARKS_MAX / 2 };
        if marks.len() >= limit {
            self.dropped += 1;
            return;
        }
        // What is found late stands where it belongs.
        let place = marks.partition_point(|mark| mark.at <= at);
        marks.insert(place, Mark { at, kind });
    }
}
