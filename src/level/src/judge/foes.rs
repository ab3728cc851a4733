//! Enemies: what each has cost, and whether it is beaten.
//!
//! An enemy is beaten when it strikes what water flows through and nobody suffers: one whole strike, or a time that the level sets, without a loss
//! that is due to it, while requests come. Due to it is what the simulation says; of the requests that were under way
//! while it struck, those that would have been good without the time that faults added, and those lost at the very thing
//! that it strikes; and what a breaker refuses that it made open. A later loss takes the verdict back.

use crate::enemy::Enemy;
use crate::format::Level;
use pipe_maze_sim::{BreakerState, Cause, PieceId, Time, Window};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How an enemy stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct EnemyReport {
    /// Its identity.
    pub id: PieceId,
    /// Requests that failed or were late because of it.
    pub loss: u64,
    /// Whether it is beaten.
    pub beaten: bool,
}

/// What an enemy strikes in this run, and who calls what lies behind.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Struck {
    pub on: Option<PieceId>,
    /// Whether requests of a spring can get there: only then is there something to suffer from it.
    pub matters: bool,
    pub callers: BTreeSet<PieceId>,
}

/// The end of a request, as far as enemies are concerned.
pub(super) struct End {
    pub at: Time,
    pub issued_at: Time,
    pub cause: Cause,
    pub good: bool,
    /// Whether faults made the difference, whichever they were.
    pub hurt: bool,
}

/// An enemy as the judge sees it. Its strikes follow from the level; what the run does with them is told in facts.
#[derive(Clone, Debug)]
pub(super) struct Foe {
    id: PieceId,
    struck: Struck,
    /// Its strikes while springs flow, oldest first.
    windows: Arc<[Window]>,
    /// The strike that is under way or comes next.
    next: usize,
    beaten_after_ns: u64,
    loss: u64,
    /// When the last loss was, or the start.
    clean_since: Time,
    /// Whether a request has been issued in a strike since then.
    was_tried: bool,
    /// How long it has struck since then, strikes that are over.
    struck_ns: u64,
    /// Strikes without a loss so far that are over: when, and how many requests from before that end are under way.
    settling: Vec<(Time, u64)>,
    /// Whether a whole strike has passed without a loss since then.
    has_failed: bool,
    /// Callers whose breakers it made open.
    blamed: BTreeSet<PieceId>,
}

impl Foe {
    pub fn all(level: &Level, enemies: &[(Enemy, Struck)]) -> Vec<Self> {
        let end = Time::from_ms(level.flow.duration_ms);
        let foes = enemies.iter().map(|(enemy, struck)| {
            let windows = enemy.schedule.windows(level.flow.duration_ms).into_iter();
            Self {
                id: enemy.id(),
                struck: struck.clone(),
                windows: windows
                    .map(|w| Window { from: w.from, to: w.to.min(end) })
                    .filter(|w| w.from < w.to)
                    .collect(),
                next: 0,
                beaten_after_ns: level.flow.beaten_after_ms.saturating_mul(1_000_000),
                loss: 0,
                clean_since: Time::ZERO,
                was_tried: false,
                struck_ns: 0,
                settling: Vec::new(),
                has_failed: false,
                blamed: BTreeSet::new(),
            }
        });
        foes.collect()
    }

    /// Bytes that a copy takes on the heap, about.
    pub fn heap_bytes(&self) -> usize {
        let callers = self.struck.callers.len() + self.blamed.len();
        size_of::<Self>() + size_of_val(&self.settling[..]) + 2 * callers * size_of::<PieceId>()
    }

    /// Lets its strikes end whose time has come. `in_flight` requests are under way.
    pub fn pass(&mut self, now: Time, in_flight: u64) {
        while let Some(window) = self.windows.get(self.next).copied().filter(|window| window.to <= now) {
            self.next += 1;
            self.struck_ns += window.to.since_ns(window.from.max(self.clean_since));
            let whole = self.clean_since <= window.from;
            if whole && self.was_tried {
                self.settling.push((window.to, in_flight));
                self.settle();
            }
        }
    }

    fn settle(&mut self) {
        let before = self.settling.len();
        self.settling.retain(|&(_, pending)| pending > 0);
        self.has_failed |= self.settling.len() < before;
    }

    pub fn issued(&mut self, now: Time) {
        self.was_tried |= self.strikes(now);
    }

    /// A breaker turned. If it opened because of this enemy, what it refuses until it has closed is this enemy's doing.
    pub fn breaker(&mut self, now: Time, caller: PieceId, state: BreakerState) {
        match state {
            BreakerState::Open if self.strikes(now) && self.struck.callers.contains(&caller) => {
                self.blamed.insert(caller);
            }
            BreakerState::Closed => {
                self.blamed.remove(&caller);
            }
            _ => {}
        }
    }

    /// A request has ended.
    pub fn ended(&mut self, end: &End) {
        if !end.good && self.is_due_to_it(end) {
            self.loss += 1;
            self.clean_since = end.at;
            (self.was_tried, self.has_failed, self.struck_ns) = (false, false, 0);
            self.settling.clear();
        }
        for (_, pending) in self.settling.iter_mut().filter(|(until, _)| end.issued_at < *until) {
            *pending = pending.saturating_sub(1);
        }
        self.settle();
    }

    pub fn report(&self, now: Time) -> EnemyReport {
        let present = self.windows.get(self.next).filter(|window| window.from <= now);
        let present_ns = present.map_or(0, |window| now.since_ns(window.from.max(self.clean_since)));
        let long = self.was_tried && self.struck_ns + present_ns >= self.beaten_after_ns;
        EnemyReport { id: self.id, loss: self.loss, beaten: self.struck.matters && (self.has_failed || long) }
    }

    fn strikes(&self, now: Time) -> bool {
        self.windows.get(self.next).is_some_and(|window| window.from <= now)
    }

    fn is_due_to_it(&self, end: &End) -> bool {
        match end.cause {
            Cause::Hazard(id) => id == self.id,
            Cause::Open(caller) => self.blamed.contains(&caller),
            cause => {
                // Under way while it struck: the present strike, or the last one.
                let last = self.next.checked_sub(1).and_then(|i| self.windows.get(i));
                let met = self.strikes(end.at) || last.is_some_and(|window| end.issued_at < window.to);
                met && self.struck.on.is_some_and(|on| end.hurt || on == cause.piece())
            }
        }
    }
}
