//! What was recorded of a run, asked for what gave in, what made it, and what came of it.

mod held_out;

use super::{OnsetKind, OnsetStep};
use crate::edit::Edit;
use crate::kind::KindSpec;
use crate::losses::{LossReport, PieceLoss};
use crate::timeline::{Mark, MarkKind, Series, Timeline, Window};
use pipe_maze_sim::{Cause, PieceId, Time};
use std::sync::Arc;

/// Shares of the loss from which a piece may be what gave in.
const SHARE_MIN: f64 = 0.1;
/// A service that works for this share of the time, with requests waiting, cannot keep up.
const BUSY: f64 = 0.95;
/// How many wait on average then, at least.
const QUEUED_MIN: f64 = 1.0;
/// Tries beyond the first, for each request and at all, from which they pile on.
const RETRIES: (f64, u64) = (0.2, 4);
/// Windows that say how much was issued: a tenth of the time of flow.
const LOAD_WINDOWS: usize = 6;
/// What happens within this part of the time of flow happens at about the same time.
const ABOUT: u64 = 20;
/// A burst is this much above the mean.
const BURST: f64 = 1.5;

/// What was recorded of the branch that is shown, up to the moment that is shown.
pub(super) struct Evidence<'a> {
    timeline: &'a Timeline,
    marks: Vec<Mark>,
    windows: Vec<Arc<Window>>,
    pub losses: LossReport,
}

/// What gave in: the piece, pipe or enemy that losses are laid at, and when it began.
#[derive(Clone, Copy)]
pub(super) struct Culprit {
    pub piece: PieceId,
    pub at: Time,
    /// Whether that was found by windows, and not by a mark.
    by_windows: bool,
}

impl<'a> Evidence<'a> {
    pub fn new(timeline: &'a Timeline) -> Self {
        let now = timeline.now();
        let marks = timeline.marks().into_iter().filter(|mark| mark.at <= now).collect();
        let Series { mut windows, .. } = timeline.series(timeline.current()).unwrap_or_default();
        windows.retain(|window| window.start < now.min(timeline.play().flow_ends_at()));
        Self { timeline, marks, windows, losses: LossReport::of(timeline.play()) }
    }

    /// The first to give in, of those that much was lost to. What only passes a failure on (a client that does not call,
    /// because its breaker is open) is one only where there is no other; and what is as slow as ever (a pipe, a worker)
    /// only where no queue or fault cost more: those are what made it too late.
    pub fn culprit(&self) -> Option<Culprit> {
        let causes_of = |piece: PieceId| {
            self.losses.causes.iter().map(|loss| loss.cause).filter(move |cause| cause.piece() == piece)
        };
        let passes_on = |piece: PieceId| {
            causes_of(piece).all(|cause| matches!(cause, Cause::Open(_) | Cause::Bulkhead(_) | Cause::Client(_)))
        };
        let is_as_ever =
            |piece: PieceId| causes_of(piece).all(|cause| matches!(cause, Cause::Pipe(_) | Cause::Service(_)));
        let weighty = || self.losses.pieces.iter().filter(|loss| loss.share >= SHARE_MIN);
        let most =
            weighty().filter(|loss| !is_as_ever(loss.piece) && !passes_on(loss.piece)).map(PieceLoss::count).max();
        let meant = weighty().filter(|loss| !is_as_ever(loss.piece) || most.is_none_or(|most| loss.count() >= most));
        let found = meant.filter_map(|loss| Some((passes_on(loss.piece), self.gave_in(loss.piece)?, loss.piece)));
        let found: Vec<(bool, Time, PieceId)> = found.collect();
        let (passes_on, earliest, _) = found.iter().copied().min()?;
        // Of those that gave in at about the same time the one that cost most: they are listed so.
        let about_ns = self.timeline.play().flow_ends_at().as_ns() / ABOUT;
        let &(_, first, piece) =
            found.iter().find(|each| each.0 == passes_on && each.1.since_ns(earliest) <= about_ns)?;
        // Strain that led to it without a pause is its begin.
        let strained = self.strained(piece, first).map(|(at, _)| at).filter(|at| *at <= first);
        Some(Culprit { piece, at: strained.unwrap_or(first), by_windows: strained.is_some() })
    }

    /// When a piece first lost a request, or had its queue full.
    fn gave_in(&self, piece: PieceId) -> Option<Time> {
        let first = self.marks.iter().find(|mark| match mark.kind {
            MarkKind::Loss { cause } => cause.piece() == piece,
            MarkKind::Overload { service, full } => full && service == piece,
            _ => false,
        });
        first.map(|mark| mark.at)
    }

    /// Since when a service could not keep up when it first lost a request, and how busy it was from then on.
    fn strained(&self, piece: PieceId, first: Time) -> Option<(Time, f64)> {
        let service = |window: &Window| window.services.iter().find(|each| each.id == piece).copied();
        let is_strained = |window: &Arc<Window>| {
            service(window).is_some_and(|each| each.utilisation >= BUSY && each.queued >= QUEUED_MIN)
        };
        let here = self.windows.partition_point(|window| window.start <= first).checked_sub(1)?;
        // The loss itself may come as late as the answer, when all is over: then the strain was just before.
        let last = (0..=here).rev().take(8).find(|&nth| is_strained(&self.windows[nth]))?;
        let from = (0..=last).rev().take_while(|&nth| is_strained(&self.windows[nth])).last()?;
        let to = (last..self.windows.len()).take_while(|&nth| is_strained(&self.windows[nth])).last()?;
        let busy = self.windows[from..=to].iter().filter_map(|window| Some(service(window)?.utilisation));
        Some((self.windows[from].start, busy.sum::<f64>() / (to - from + 1) as f64))
    }

    /// The last thing from outside before it gave in.
    pub fn trigger(&self, culprit: Option<Culprit>, broke_at: Time) -> OnsetStep {
        // What was found by windows may have begun anywhere within the first of them.
        let by_windows = culprit.is_some_and(|culprit| culprit.by_windows && culprit.at == broke_at);
        let slack_ns = self.windows.first().map_or(0, |window| window.end.since_ns(window.start));
        let latest = if by_windows { broke_at.plus_ns(slack_ns) } else { broke_at };
        let outside = self.rises().into_iter().chain(self.strikes(culprit)).chain(self.commands());
        let last = outside.filter(|step| step.at <= latest).max_by_key(|step| step.at);
        last.unwrap_or_else(|| {
            let springs = self.timeline.play().board().pieces().iter();
            let spring =
                springs.filter(|piece| matches!(piece.spec, KindSpec::Spring(_))).map(|piece| &piece.name).next();
            let per_s = self.load_per_s(broke_at);
            OnsetStep {
                at: Time::ZERO,
                piece: spring.map(|name| PieceId::from_name(name)),
                kind: OnsetKind::Began { per_s },
            }
        })
    }

    /// When springs issued more.
    fn rises(&self) -> Vec<OnsetStep> {
        let duration_ms = self.timeline.play().flow_ends_at().as_ns() / 1_000_000;
        let mut steps = Vec::new();
        for piece in self.timeline.play().board().pieces() {
            let KindSpec::Spring(spec) = &piece.spec else { continue };
            let rate = spec.rate_per_s_total();
            let own = spec.profile.rises(duration_ms).into_iter().map(|(ms, from, to)| OnsetStep {
                at: Time::from_ms(ms),
                piece: Some(PieceId::from_name(&piece.name)),
                kind: OnsetKind::Rose { from_per_s: rate * from, to_per_s: rate * to },
            });
            steps.extend(own);
            if spec.profile.is_uneven() {
                steps.extend(self.bursts(PieceId::from_name(&piece.name)));
            }
        }
        steps
    }

    /// Where the rate changes as no curve says: when more came than before, as it was recorded.
    fn bursts(&self, spring: PieceId) -> Vec<OnsetStep> {
        let mean = self.windows.iter().map(|window| per_s(window.offered, window)).sum::<f64>()
            / self.windows.len().max(1) as f64;
        let pairs = self.windows.windows(2).filter_map(|pair| {
            let [from_per_s, to_per_s] = [&pair[0], &pair[1]].map(|window| per_s(window.offered, window));
            let is_burst = to_per_s > mean * BURST && from_per_s <= mean * BURST;
            let kind = OnsetKind::Rose { from_per_s, to_per_s };
            is_burst.then_some(OnsetStep { at: pair[1].start, piece: Some(spring), kind })
        });
        pairs.collect()
    }

    /// When enemies struck that something was lost to, or that strike what gave in.
    fn strikes(&self, culprit: Option<Culprit>) -> Vec<OnsetStep> {
        let play = self.timeline.play();
        let hurts = |enemy: PieceId| play.judge().enemies().any(|report| report.id == enemy && report.loss > 0);
        let strikes = self.marks.iter().filter_map(|mark| match mark.kind {
            MarkKind::Enemy { enemy, active: true } => Some((mark.at, enemy)),
            _ => None,
        });
        let meant = strikes.filter(|&(_, enemy)| {
            culprit.is_some_and(|culprit| culprit.piece == enemy || culprit.piece == self.place(enemy)) || hurts(enemy)
        });
        meant
            .map(|(at, enemy)| OnsetStep { at, piece: Some(self.place(enemy)), kind: OnsetKind::Struck { enemy } })
            .collect()
    }

    /// What the player did that can take capacity away: a valve shut, a setting changed.
    fn commands(&self) -> Vec<OnsetStep> {
        let now = self.timeline.now();
        let commands = self.timeline.commands().iter().enumerate();
        let taken = commands.filter(|(_, command)| command.at <= now && command.recalled_at.is_none());
        let steps = taken.filter_map(|(nth, command)| {
            let name = match &command.edit {
                Edit::Valve { name, shut: true } => name,
                Edit::Configure { name, .. } => name,
                _ => return None,
            };
            let piece = Some(PieceId::from_name(name));
            Some(OnsetStep { at: command.at, piece, kind: OnsetKind::Command { nth } })
        });
        steps.collect()
    }

    /// How what gave in could not keep up, where it is a service.
    pub fn strain(&self, culprit: Culprit) -> Option<OnsetStep> {
        let first = self.gave_in(culprit.piece)?;
        let full = self.marks.iter().any(|mark| mark.kind == MarkKind::Overload { service: culprit.piece, full: true });
        let strained = self.strained(culprit.piece, first);
        if strained.is_none() && !full {
            return None;
        }
        let mut services = self.timeline.play().simulation().view().services();
        let workers = services.find(|service| service.id == culprit.piece)?.workers;
        let report = self.timeline.play().report();
        let waits = report.losses.iter().filter(|loss| loss.cause.piece() == culprit.piece);
        let waited_ns = waits.map(|loss| loss.worst_parts.queue_ns).max().unwrap_or(0);
        let utilisation = strained.map_or(1.0, |(_, busy)| busy);
        let kind = OnsetKind::Strained { workers, utilisation, waited_ns, full };
        Some(OnsetStep { at: culprit.at, piece: Some(culprit.piece), kind })
    }

    /// When tries beyond the first piled on.
    pub fn retries(&self, since: Time) -> Option<OnsetStep> {
        let piled = |window: &&Arc<Window>| {
            window.end > since
                && window.retried >= RETRIES.1
                && window.retried as f64 >= window.offered as f64 * RETRIES.0
        };
        let first = self.windows.iter().find(piled)?;
        let worst = self.windows.iter().filter(piled).max_by_key(|window| window.retried)?;
        let sites = self.timeline.play().simulation().view().sites();
        let caller = sites.max_by_key(|site| site.retries).map(|site| site.caller);
        let tries = 1.0 + worst.retried as f64 / worst.offered.max(1) as f64;
        let kind = OnsetKind::Retries { per_s: per_s(worst.retried, worst), tries };
        Some(OnsetStep { at: first.start.max(since), piece: caller, kind })
    }

    /// When the first breaker opened.
    pub fn opened(&self, since: Time) -> Option<OnsetStep> {
        self.marks.iter().filter(|mark| mark.at >= since).find_map(|mark| match mark.kind {
            MarkKind::Breaker { caller, open: true, .. } => {
                Some(OnsetStep { at: mark.at, piece: Some(caller), kind: OnsetKind::Opened })
            }
            _ => None,
        })
    }

    /// The first request that was lost to it.
    pub fn lost(&self, culprit: Culprit) -> Option<OnsetStep> {
        let at = self.marks.iter().find_map(|mark| match mark.kind {
            MarkKind::Loss { cause } if cause.piece() == culprit.piece => Some(mark.at),
            _ => None,
        })?;
        let report = self.timeline.play().report();
        let worst = report.losses.iter().find(|loss| loss.cause.piece() == culprit.piece)?;
        let count = self.losses.pieces.iter().find(|loss| loss.piece == culprit.piece).map_or(0, |loss| loss.count());
        let kind = OnsetKind::Lost { cause: worst.cause, outcome: worst.outcome, worst: worst.worst_parts, count };
        Some(OnsetStep { at, piece: Some(self.place(culprit.piece)), kind })
    }

    /// How long answers took before anything gave in.
    pub fn slow(&self) -> Option<OnsetStep> {
        let window = self.windows.iter().find(|window| window.p50_ns.is_some())?;
        Some(OnsetStep { at: window.start, piece: None, kind: OnsetKind::Slow { p50_ns: window.p50_ns? } })
    }

    /// What it led to at last: the budget spent, or an objective missed for good.
    pub fn effect(&self) -> Option<OnsetStep> {
        let spent = self.marks.iter().find(|mark| matches!(mark.kind, MarkKind::BudgetLeft { percent: 0 }));
        if let Some(mark) = spent {
            return Some(OnsetStep { at: mark.at, piece: None, kind: OnsetKind::Spent });
        }
        let standings = self.timeline.play().report().standings;
        let missed = standings.iter().enumerate().filter(|(_, standing)| standing.value.is_some() && !standing.met);
        let since = missed.map(|(nth, _)| {
            let turned = self.marks.iter().rev().find(|mark| mark.kind == MarkKind::Objective { nth, met: false });
            (turned.map_or(self.timeline.now(), |mark| mark.at), nth)
        });
        let (at, nth) = since.min()?;
        Some(OnsetStep { at, piece: None, kind: OnsetKind::Missed { nth } })
    }

    /// Requests a second that were issued from then on, for a while: a window alone is too short to say.
    pub fn load_per_s(&self, at: Time) -> f64 {
        let first = self.windows.partition_point(|window| window.end <= at).min(self.windows.len().saturating_sub(1));
        let some = self.windows.get(first..(first + LOAD_WINDOWS).min(self.windows.len())).unwrap_or_default();
        let ns: u64 = some.iter().map(|window| window.end.since_ns(window.start)).sum();
        some.iter().map(|window| window.offered).sum::<u64>() as f64 * 1e9 / ns.max(1) as f64
    }

    /// Where something is: of an enemy what it strikes, of others themselves.
    pub fn place(&self, piece: PieceId) -> PieceId {
        let hazards = self.timeline.play().simulation().view().hazards();
        hazards.into_iter().find(|hazard| hazard.id == piece).map_or(piece, |hazard| hazard.on)
    }
}

fn per_s(count: u64, window: &Window) -> f64 {
    count as f64 * 1e9 / window.end.since_ns(window.start).max(1) as f64
}
