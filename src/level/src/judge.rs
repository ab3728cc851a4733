//! The judge: whether a run meets its objectives, from the facts that the simulation tells.

mod budget;
mod classes;
mod foes;
mod goals;
mod latencies;
mod report;
mod streams;

pub use budget::BudgetReport;
pub use classes::ClassReport;
pub use foes::EnemyReport;
pub(crate) use foes::Struck;
pub use report::{Loss, Report, Standing, Verdict};

use crate::enemy::Enemy;
use crate::format::{Level, Objective};
use crate::kind::Class;
use crate::milliseconds::to_ns;
use budget::Budget;
use classes::ClassBook;
use foes::{End, Foe};
use goals::Goals;
use latencies::Latencies;
use pipe_maze_sim::{Classes, Fact, Observer, Outcome, Parts, PieceId, RequestId, Time};
use std::collections::BTreeMap;
use std::sync::Arc;
use streams::Streams;

/// Watches a run and judges it. It reads facts and changes nothing.
#[derive(Clone, Debug)]
pub struct Judge {
    objectives: Arc<[Objective]>,
    /// Whether the player defends the error budget; in chaos levels he is to spend it.
    defends: bool,
    goals: Goals,
    cost: u32,
    slo_ns: u64,
    issued: u64,
    /// Latencies of answered requests, in the order of their ends.
    latencies: Latencies,
    /// Events of brokers, as long as the run is not over.
    streams: Streams,
    good: u64,
    losses: Vec<Loss>,
    /// The time of the last fact, or a later one that is known.
    now: Time,
    flow_ends_at: Time,
    /// When the springs had stopped and every request had ended.
    over_at: Option<Time>,
    budget: Budget,
    /// When more requests had failed or been late than may.
    exhausted_at: Option<Time>,
    foes: Vec<Foe>,
    classes: ClassBook,
}

/// What the judge must be told of a run beside its facts.
#[derive(Clone, Debug)]
pub(crate) struct Briefing {
    /// The enemies, and what each strikes.
    pub enemies: Vec<(Enemy, Struck)>,
    /// Which class each request is of.
    pub classes: Classes,
}

impl Judge {
    /// A judge for this level of a board that costs this much. It knows nothing of pipes, and takes each enemy of the level
    /// for one that requests can meet.
    pub fn new(level: &Level, cost: u32) -> Self {
        let enemies = level.enemies.iter().map(|enemy| (enemy.clone(), Struck { matters: true, ..Struck::default() }));
        let enemies = enemies.collect();
        Self::briefed(level, cost, Briefing { enemies, classes: Classes::default() })
    }

    pub(crate) fn briefed(level: &Level, cost: u32, briefing: Briefing) -> Self {
        let slo = level.objectives.iter().find_map(Objective::slo);
        let (share, within_ms) = slo.unwrap_or((0.0, f64::INFINITY));
        Self {
            objectives: level.objectives.clone().into(),
            defends: !level.is_to_break(),
            goals: Goals::new(&level.objectives),
            cost,
            slo_ns: to_ns(within_ms),
            issued: 0,
            latencies: Latencies::default(),
            streams: Streams::default(),
            good: 0,
            losses: Vec::new(),
            now: Time::ZERO,
            flow_ends_at: Time::from_ms(level.flow.duration_ms),
            over_at: None,
            exhausted_at: None,
            budget: Budget::new(1.0 - share, level.requests(), level.flow.duration_ms),
            foes: Foe::all(level, &briefing.enemies),
            classes: ClassBook::new(level, briefing.classes),
        }
    }

    /// Tells the judge how late it is, where no fact does.
    pub fn note_time(&mut self, now: Time) {
        self.now = self.now.max(now);
        if !self.foes.is_empty() {
            let in_flight = self.issued.saturating_sub(self.ended());
            self.foes.iter_mut().for_each(|foe| foe.pass(now, in_flight));
        }
    }

    fn ended(&self) -> u64 {
        self.good + self.losses.iter().map(|loss| loss.count).sum::<u64>()
    }

    /// How the run stands now.
    pub fn report(&self) -> Report {
        let mut losses = self.losses.clone();
        losses.sort_by_key(|loss| std::cmp::Reverse(loss.count));
        let lost: u64 = losses.iter().map(|loss| loss.count).sum();
        let answered = self.latencies.len() as u64;
        let late = answered - self.good;
        let standings = (0..self.objectives.len()).map(|nth| self.standing(nth)).collect();
        let mut by_piece: BTreeMap<PieceId, u64> = BTreeMap::new();
        for loss in &losses {
            *by_piece.entry(loss.cause.piece()).or_default() += loss.count;
        }
        let mut by_piece: Vec<(PieceId, u64)> = by_piece.into_iter().collect();
        by_piece.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
        Report {
            standings,
            issued: self.issued,
            good: self.good,
            late,
            failed: lost - late,
            losses,
            budget: self.budget(),
            enemies: self.enemies().collect(),
            classes: self.classes.report(),
            by_piece,
        }
    }

    /// The class of a request.
    pub fn class_of(&self, request: RequestId) -> Class {
        self.classes.of(request)
    }

    /// How each enemy stands now, in the order of the level.
    pub fn enemies(&self) -> impl Iterator<Item = EnemyReport> {
        self.foes.iter().map(|foe| foe.report(self.now))
    }

    /// When the error budget ran out, if it did: from then on the run is lost, whatever comes.
    pub const fn exhausted_at(&self) -> Option<Time> {
        self.exhausted_at
    }

    /// The verdict if the run ended now.
    pub fn verdict(&self) -> Verdict {
        let met = self.exhausted_at.is_none() && (0..self.objectives.len()).all(|nth| self.meets(nth) == Some(true));
        if met { Verdict::Won } else { Verdict::Lost }
    }

    /// A percentile of the latency of answered requests, by nearest rank, in nanoseconds.
    pub fn latency_ns(&self, share: f64) -> Option<u64> {
        self.latencies.percentile(share)
    }

    /// Whether the `nth` objective is met now; nothing while it has no figure. The same as its [`Standing`] says, but
    /// quick however many requests have ended, so that it can be asked again and again.
    pub fn meets(&self, nth: usize) -> Option<bool> {
        match self.objectives.get(nth)? {
            Objective::P99 { .. } => self.goals.p99(nth, self.latencies.len() as u64),
            Objective::ConsumerLag { at_most_ms } => {
                let (p99, oldest_ns) = (self.goals.p99(nth, self.streams.len()), self.oldest_ns());
                let left = oldest_ns.map(|ns| ns as f64 / 1e6 <= *at_most_ms);
                p99.into_iter().chain(left).reduce(|both, one| both && one)
            }
            _ => {
                let standing = self.standing(nth);
                standing.value.map(|_| standing.met)
            }
        }
    }

    /// The objectives.
    pub fn objectives(&self) -> &[Objective] {
        &self.objectives
    }

    /// The SLO: how long a good answer may take, in nanoseconds.
    pub const fn slo_ns(&self) -> u64 {
        self.slo_ns
    }

    /// What the board cost when the water began to flow, in coins.
    pub const fn cost(&self) -> u32 {
        self.cost
    }

    /// How the error budget stands now.
    pub fn budget(&self) -> BudgetReport {
        self.budget.report(self.now.min(self.flow_ends_at))
    }

    /// Requests that have ended well so far.
    pub const fn good(&self) -> u64 {
        self.good
    }

    /// Bytes that a copy takes on the heap beside what it shares with others.
    pub(crate) fn heap_bytes(&self) -> usize {
        let foes: usize = self.foes.iter().map(Foe::heap_bytes).sum();
        let small = size_of_val(&self.losses[..]) + self.budget.heap_bytes() + self.goals.heap_bytes();
        self.latencies.heap_bytes() + self.streams.heap_bytes() + self.classes.heap_bytes() + foes + small
    }

    /// Bytes that all copies share.
    pub(crate) fn shared_bytes(&self) -> usize {
        self.latencies.shared_bytes() + self.streams.shared_bytes()
    }

    fn standing(&self, nth: usize) -> Standing {
        let objective = self.objectives[nth];
        let (value, slack) = match objective {
            Objective::GoodShare { at_least, .. } => {
                let ended = self.ended();
                let value = (ended > 0).then(|| self.good as f64 / ended as f64);
                let room = (1.0 - at_least).max(1e-9);
                (value, value.map_or(-1.0, |share| (share - at_least) / room))
            }
            Objective::Break { good_share_at_most, .. } => {
                let ended = self.ended();
                let value = (ended > 0).then(|| self.good as f64 / ended as f64);
                let room = (1.0 - good_share_at_most).max(1e-9);
                (value, value.map_or(-1.0, |share| (good_share_at_most - share) / room))
            }
            Objective::P99 { at_most_ms } => {
                let value = self.latency_ns(0.99).map(|ns| ns as f64 / 1e6);
                (value, value.map_or(-1.0, |ms| (at_most_ms - ms) / at_most_ms))
            }
            Objective::ConsumerLag { at_most_ms } => {
                // What is not committed yet has waited so long already.
                let ns = self.streams.p99_ns().max(self.oldest_ns());
                let value = ns.map(|ns| ns as f64 / 1e6);
                (value, value.map_or(-1.0, |ms| (at_most_ms - ms) / at_most_ms))
            }
            Objective::Cost { at_most } => {
                let (cost, bound) = (f64::from(self.cost), f64::from(at_most));
                (Some(cost), (bound - cost) / bound.max(1.0))
            }
            Objective::ClassShare { class, at_least, .. } => {
                let value = self.classes.ended(class).map(|ended| self.goals.within(nth) as f64 / ended as f64);
                let room = (1.0 - at_least).max(1e-9);
                (value, value.map_or(-1.0, |share| (share - at_least) / room))
            }
            Objective::ErrorBudget { at_least } => {
                let left = (self.ended() > 0).then(|| self.budget.report(self.now).left);
                (left, left.map_or(-1.0, |left| (left - at_least) / (1.0 - at_least).max(1e-9)))
            }
            Objective::Beaten { at_least } => {
                let beaten = self.enemies().filter(|enemy| enemy.beaten).count() as f64;
                let bound = f64::from(at_least);
                (Some(beaten), (beaten - bound) / bound.max(1.0))
            }
        };
        Standing { objective, value, met: value.is_some() && slack >= 0.0, slack }
    }

    /// How long the oldest event has been left that is not committed, in nanoseconds: until now, or until the run was over.
    fn oldest_ns(&self) -> Option<u64> {
        let over_at = self.over_at.or_else(|| self.is_over_by(self.now).then_some(self.flow_ends_at));
        self.streams.oldest_ns(over_at.unwrap_or(self.now))
    }

    /// Whether by that time the springs have stopped and every request has ended.
    fn is_over_by(&self, at: Time) -> bool {
        at >= self.flow_ends_at && self.issued == self.ended()
    }

    /// Whether faults made the difference: without the time that they added it would have been answered in time, or it
    /// failed after they had held it up.
    fn hurt(&self, outcome: Outcome, parts: Parts) -> bool {
        let without_ns = parts.total_ns().saturating_sub(parts.hazard_ns);
        parts.hazard_ns > 0 && (outcome != Outcome::Answered || without_ns <= self.slo_ns)
    }

    fn lose(&mut self, one: Loss) {
        let same = |loss: &&mut Loss| loss.outcome == one.outcome && loss.cause == one.cause;
        match self.losses.iter_mut().find(same) {
            Some(loss) => {
                let count = loss.count + 1;
                if one.worst_parts.total_ns() > loss.worst_parts.total_ns() {
                    *loss = one;
                }
                loss.count = count;
            }
            None => self.losses.push(one),
        }
    }
}

impl Observer for Judge {
    fn fact(&mut self, at: Time, fact: &Fact) {
        if at > self.now {
            self.note_time(at);
        }
        if self.over_at.is_none() && self.is_over_by(at) {
            // The last request had ended before the springs stopped.
            self.over_at = Some(self.flow_ends_at);
        }
        match *fact {
            Fact::Issued { .. } => {
                self.issued += 1;
                self.foes.iter_mut().for_each(|foe| foe.issued(at));
            }
            Fact::BreakerTurned { caller, state, .. } => {
                self.foes.iter_mut().for_each(|foe| foe.breaker(at, caller, state));
            }
            Fact::Ended { request, issued_at, outcome, parts, cause } => {
                let answered = (outcome == Outcome::Answered).then(|| parts.total_ns());
                let good = answered.is_some_and(|ns| ns <= self.slo_ns);
                let class = self.classes.end(request, good);
                if let Some(ns) = answered {
                    self.latencies.push(ns);
                    self.goals.answered(class, ns);
                }
                self.budget.end(at, good);
                if self.exhausted_at.is_none() && self.defends && self.budget.is_spent() {
                    self.exhausted_at = Some(at);
                }
                let end = End { at, issued_at, cause, good, hurt: self.hurt(outcome, parts) };
                self.foes.iter_mut().for_each(|foe| foe.ended(&end));
                if good {
                    self.good += 1;
                } else {
                    self.lose(Loss {
                        outcome,
                        cause,
                        count: 1,
                        worst: request,
                        worst_issued_at: issued_at,
                        worst_parts: parts,
                    });
                }
            }
            // What becomes of events once the run is over is no matter: it would depend on how long one goes on looking.
            Fact::Appended { broker, partition, events, .. } if self.over_at.is_none() => {
                self.streams.appended(at, (broker, partition), events);
            }
            Fact::Committed { broker, partition, took_ns, .. } if self.over_at.is_none() => {
                self.goals.committed(took_ns);
                self.streams.committed((broker, partition), took_ns);
            }
            _ => {}
        }
        if self.over_at.is_none() && matches!(fact, Fact::Ended { .. }) && self.is_over_by(at) {
            self.over_at = Some(at);
        }
    }

    fn follows(&self) -> bool {
        false
    }
}
