//! The judge: whether a run meets its objectives, from the facts that the simulation tells.

use crate::format::{Level, Objective};
use pipe_maze_sim::{Cause, Fact, Observer, Outcome, Parts, RequestId, Time};

/// Watches a run and judges it. It reads facts and changes nothing.
#[derive(Clone, Debug)]
pub struct Judge {
    objectives: Vec<Objective>,
    cost: u32,
    slo_ns: u64,
    issued: u64,
    /// Latencies of answered requests, in nanoseconds, in the order of their ends.
    latencies_ns: Vec<u64>,
    good: u64,
    losses: Vec<Loss>,
}

/// What one cause cost.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Loss {
    /// The outcome; `Answered` stands for answered too late.
    pub outcome: Outcome,
    /// The cause.
    pub cause: Cause,
    /// How many requests.
    pub count: u64,
    /// The worst of them.
    pub worst: RequestId,
    /// Where the worst one's time went.
    pub worst_parts: Parts,
}

/// How one objective stands.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Standing {
    /// The objective.
    pub objective: Objective,
    /// The present figure, in the objective's unit (share, milliseconds or coins); nothing while there is none.
    pub value: Option<f64>,
    /// Whether it is met.
    pub met: bool,
    /// How far the figure is from its bound, as a share of the bound (of the room below 1 for shares); positive is met.
    pub slack: f64,
}

/// How a run stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Report {
    /// Each objective.
    pub standings: Vec<Standing>,
    /// Requests issued.
    pub issued: u64,
    /// Requests answered within the SLO.
    pub good: u64,
    /// Requests answered, but too late.
    pub late: u64,
    /// Requests that failed.
    pub failed: u64,
    /// What the bad requests are due to, the worst first; the counts add up to `late + failed`.
    pub losses: Vec<Loss>,
}

/// The end of a run.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Verdict {
    /// Every objective is met.
    Won,
    /// At least one is not.
    Lost,
}

impl Judge {
    /// A judge for this level of a board that costs this much.
    pub fn new(level: &Level, cost: u32) -> Self {
        let slo_ms = level.objectives.iter().filter_map(|objective| match objective {
            Objective::GoodShare { within_ms, .. } => Some(*within_ms),
            _ => None,
        });
        Self {
            objectives: level.objectives.clone(),
            cost,
            slo_ns: (slo_ms.fold(f64::INFINITY, f64::min) * 1e6) as u64,
            issued: 0,
            latencies_ns: Vec::new(),
            good: 0,
            losses: Vec::new(),
        }
    }

    /// How the run stands now.
    pub fn report(&self) -> Report {
        let mut losses = self.losses.clone();
        losses.sort_by_key(|loss| std::cmp::Reverse(loss.count));
        let lost: u64 = losses.iter().map(|loss| loss.count).sum();
        let answered = self.latencies_ns.len() as u64;
        let late = answered - self.good;
        let standings = self.objectives.iter().map(|&objective| self.standing(objective)).collect();
        Report { standings, issued: self.issued, good: self.good, late, failed: lost - late, losses }
    }

    /// The verdict if the run ended now.
    pub fn verdict(&self) -> Verdict {
        let met = self.objectives.iter().all(|&objective| self.standing(objective).met);
        if met { Verdict::Won } else { Verdict::Lost }
    }

    /// A percentile of the latency of answered requests, by nearest rank, in nanoseconds.
    pub fn latency_ns(&self, share: f64) -> Option<u64> {
        let count = self.latencies_ns.len();
        if count == 0 {
            return None;
        }
        let rank = ((count as f64 * share).ceil() as usize).clamp(1, count) - 1;
        let mut latencies = self.latencies_ns.clone();
        Some(*latencies.select_nth_unstable(rank).1)
    }

    fn standing(&self, objective: Objective) -> Standing {
        let (value, slack) = match objective {
            Objective::GoodShare { at_least, .. } => {
                let ended = self.good + self.losses.iter().map(|loss| loss.count).sum::<u64>();
                let value = (ended > 0).then(|| self.good as f64 / ended as f64);
                let room = (1.0 - at_least).max(1e-9);
                (value, value.map_or(-1.0, |share| (share - at_least) / room))
            }
            Objective::P99 { at_most_ms } => {
                let value = self.latency_ns(0.99).map(|ns| ns as f64 / 1e6);
                (value, value.map_or(-1.0, |ms| (at_most_ms - ms) / at_most_ms))
            }
            Objective::Cost { at_most } => {
                let (cost, bound) = (f64::from(self.cost), f64::from(at_most));
                (Some(cost), (bound - cost) / bound.max(1.0))
            }
        };
        Standing { objective, value, met: value.is_some() && slack >= 0.0, slack }
    }

    fn lose(&mut self, outcome: Outcome, cause: Cause, request: RequestId, parts: Parts) {
        match self.losses.iter_mut().find(|loss| loss.outcome == outcome && loss.cause == cause) {
            Some(loss) => {
                loss.count += 1;
                if parts.total_ns() > loss.worst_parts.total_ns() {
                    (loss.worst, loss.worst_parts) = (request, parts);
                }
            }
            None => self.losses.push(Loss { outcome, cause, count: 1, worst: request, worst_parts: parts }),
        }
    }
}

impl Observer for Judge {
    fn fact(&mut self, _at: Time, fact: &Fact) {
        match *fact {
            Fact::Issued { .. } => self.issued += 1,
            Fact::Ended { request, outcome, parts, cause, .. } => {
                if outcome == Outcome::Answered {
                    self.latencies_ns.push(parts.total_ns());
                }
                if outcome == Outcome::Answered && parts.total_ns() <= self.slo_ns {
                    self.good += 1;
                } else {
                    self.lose(outcome, cause, request, parts);
                }
            }
            _ => {}
        }
    }
}
