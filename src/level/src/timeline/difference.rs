//! The first difference between two branches, and the way from there to the outcome.
//!
//! Both runs are computed side by side from the last keyframe that they share, step by step, and their facts are compared:
//! all of them for the first that differs, those of each piece for when that piece began to behave differently, and the
//! ends of requests for whom it helped or harmed. A second pass follows the first request that ended differently.

mod streams;

use super::{BranchId, Moment, Timeline};
use crate::edit::Edit;
use crate::orders::Command;
use pipe_maze_sim::{Cause, Fact, Observer, Outcome, PieceId, RequestId, Time};
use std::collections::BTreeMap;
use streams::{Pieces, Side, first_mismatch, lasting};

/// Most links of a chain between its first and its last.
const LINKS_MAX: usize = 8;
/// Most requests that have ended in one of the runs and are waited for in the other.
const PENDING_MAX: usize = 100_000;
/// Most facts of the request that is followed, in each run.
const FOLLOWED_MAX: usize = 10_000;

/// How two branches differ.
#[derive(Clone, PartialEq, Debug)]
pub struct Difference {
    /// When what was ordered, or taken back, differs for the first time.
    pub split_at: Time,
    /// The order that either has there and the other has not.
    pub commands: [Option<Command>; 2],
    /// The first thing that happened in one and not, or otherwise, in the other.
    pub first: Option<FirstFact>,
    /// The first request that ended otherwise for its client.
    pub request: Option<RequestDifference>,
    /// From the command to that request's ends, in order of time.
    pub chain: Vec<Link>,
    /// Requests that were good in the second only.
    pub gained: u64,
    /// Requests that were good in the first only.
    pub forfeited: u64,
    /// Up to when they were compared.
    pub compared_to: Time,
}

/// The first thing that differs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct FirstFact {
    /// When.
    pub at: Time,
    /// Where.
    pub piece: Option<PieceId>,
    /// What happened then in each; nothing where the next thing happened later.
    pub facts: [Option<Fact>; 2],
}

/// How a request ended.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct End {
    /// When it ended for its client.
    pub at: Time,
    /// When it was issued.
    pub issued_at: Time,
    /// How.
    pub outcome: Outcome,
    /// Whether it was answered within the SLO.
    pub good: bool,
    /// What took the largest part of its time, or made it fail.
    pub cause: Cause,
}

/// A request that ended otherwise: with another outcome, or in time in one run only.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RequestDifference {
    /// The request.
    pub request: RequestId,
    /// How it ended in each.
    pub ends: [End; 2],
}

/// A link of the chain from the command to an outcome.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// When.
    pub at: Time,
    /// Where.
    pub piece: Option<PieceId>,
    /// What.
    pub kind: LinkKind,
}

/// What a link of the chain is.
#[derive(Clone, PartialEq, Debug)]
pub enum LinkKind {
    /// The command that only one run has: 0 for the first, 1 for the second.
    Command(usize, Edit),
    /// The first fact that differs.
    First([Option<Fact>; 2]),
    /// A piece through which the request came began to behave differently.
    PieceDiffers,
    /// The request itself fared differently for the first time.
    RequestDiffers([Option<Fact>; 2]),
    /// The request ended in this run: 0 for the first, 1 for the second.
    Ended(usize, End),
}

impl Timeline {
    /// How two branches differ, up to a time, at most to the end of the run; neither needs to have been seen so far.
    /// Nothing where there are no such branches, or they have the same commands until then.
    pub fn difference(&self, first: BranchId, second: BranchId, until: Time) -> Option<Difference> {
        let logs = [self.branch(first)?.commands(), self.branch(second)?.commands()];
        let (split_at, nth) = parted(logs)?;
        let start = self.moment(first, split_at)?;
        let until = until.min(start.play.ends_at());
        if split_at >= until {
            return None;
        }
        let stands = |command: &&Command| {
            command.given_at == split_at || (command.given_at < split_at && command.recalled_at != Some(split_at))
        };
        let commands = logs.map(|log| log.get(nth).filter(stands).cloned());
        let mut search = Search::new(&start, logs);
        search.run(until);
        let request = search.request.map(|(_, difference)| difference);
        let mut difference = Difference {
            split_at,
            commands,
            first: search.first,
            request,
            chain: Vec::new(),
            gained: search.gained,
            forfeited: search.forfeited,
            compared_to: until,
        };
        difference.chain = chain(&difference, &start, (logs, nth), &search.pieces);
        Some(difference)
    }
}

/// When two logs part for the first time, and at which place; nothing where they are the same.
fn parted(logs: [&[Command]; 2]) -> Option<(Time, usize)> {
    let places = 0..logs[0].len().max(logs[1].len());
    let parted = places.filter_map(|nth| match logs.map(|log| log.get(nth)) {
        [Some(a), Some(b)] if a == b => None,
        [Some(a), Some(b)] if (a.given_at, &a.edit) == (b.given_at, &b.edit) && a.recalled_at != b.recalled_at => {
            a.recalled_at.into_iter().chain(b.recalled_at).min().map(|at| (at, nth))
        }
        both => both.into_iter().flatten().map(|command| command.given_at).min().map(|at| (at, nth)),
    });
    parted.min()
}

/// Two runs side by side.
struct Search<'a> {
    runs: [Moment; 2],
    logs: [&'a [Command]; 2],
    slo_ns: u64,
    first: Option<FirstFact>,
    pieces: Pieces,
    /// Ends that the other run has not come to.
    pending: BTreeMap<RequestId, (usize, End)>,
    /// The request that ended otherwise first, and when.
    request: Option<(Time, RequestDifference)>,
    gained: u64,
    forfeited: u64,
}

impl<'a> Search<'a> {
    fn new(start: &Moment, logs: [&'a [Command]; 2]) -> Self {
        Self {
            runs: [start.clone(), start.clone()],
            logs,
            slo_ns: start.play.judge().slo_ns(),
            first: None,
            pieces: Pieces::default(),
            pending: BTreeMap::new(),
            request: None,
            gained: 0,
            forfeited: 0,
        }
    }

    fn run(&mut self, until: Time) {
        while self.runs[0].now() < until {
            let now = self.runs[0].now();
            let to = self.runs[0].book.next_tick(now).min(until);
            let sides = [0, 1].map(|nth| {
                let mut side = Side::default();
                self.runs[nth].follow(self.logs[nth], to, &mut side, |_| {});
                side.0
            });
            if self.first.is_none() {
                self.first = first_mismatch(&sides[0], &sides[1]);
            }
            if self.first.is_some() {
                self.pieces.compare(&sides);
                for (nth, facts) in sides.iter().enumerate() {
                    facts.iter().for_each(|(at, fact)| self.end(nth, *at, fact));
                }
            }
        }
    }

    /// Books an end, and compares it with that of the other run.
    fn end(&mut self, nth: usize, at: Time, fact: &Fact) {
        let Fact::Ended { request, issued_at, outcome, parts, cause } = *fact else { return };
        let good = outcome == Outcome::Answered && parts.total_ns() <= self.slo_ns;
        let own = End { at, issued_at, outcome, good, cause };
        let Some((other_nth, other)) = self.pending.remove(&request) else {
            if self.pending.len() < PENDING_MAX {
                self.pending.insert(request, (nth, own));
            }
            return;
        };
        if other_nth == nth || (own.outcome == other.outcome && own.good == other.good) {
            return;
        }
        let ends = if nth == 0 { [own, other] } else { [other, own] };
        self.gained += u64::from(ends[1].good && !ends[0].good);
        self.forfeited += u64::from(ends[0].good && !ends[1].good);
        let since = at.min(other.at);
        if self.request.is_none_or(|(before, least)| (since, request) < (before, least.request)) {
            self.request = Some((since, RequestDifference { request, ends }));
        }
    }
}

/// From the command to the request's ends, in order of time: where each run has a command of its own, one of them may take
/// effect when the other has made a difference already. The logs part at the place `nth`.
fn chain(difference: &Difference, start: &Moment, (logs, nth): ([&[Command]; 2], usize), pieces: &Pieces) -> Vec<Link> {
    let mut chain = sooner(difference, logs.map(|log| log.get(nth..).unwrap_or_default()));
    chain.extend(links(difference, start, logs, pieces));
    chain.sort_by_key(|link| link.at);
    chain
}

/// Commands that were given after the logs had parted, and took effect before the first difference: whoever is near is there
/// sooner than who was sent first.
fn sooner(difference: &Difference, own: [&[Command]; 2]) -> Vec<Link> {
    let Some(first) = difference.first else { return Vec::new() };
    let mut links = Vec::new();
    for (side, commands) in own.into_iter().enumerate() {
        let named = |command: &Command| difference.commands[side].as_ref() == Some(command);
        let took_effect = |command: &&Command| command.at <= first.at && command.recalled_at.is_none();
        let others = commands.iter().filter(took_effect).filter(|command| !named(command));
        links.extend(others.take(LINKS_MAX).map(|command| ordered(side, command)));
    }
    links
}

/// The link of a command that one side has.
fn ordered(side: usize, Command { at, edit, .. }: &Command) -> Link {
    Link { at: *at, piece: None, kind: LinkKind::Command(side, edit.clone()) }
}

/// The links of the chain: commands, the first difference, what lies between, the ends.
fn links(difference: &Difference, start: &Moment, logs: [&[Command]; 2], pieces: &Pieces) -> Vec<Link> {
    let commands = difference.commands.iter().enumerate();
    let mut chain: Vec<Link> =
        commands.filter_map(|(side, command)| command.as_ref().map(|command| ordered(side, command))).collect();
    let Some(first) = difference.first else { return chain };
    chain.push(Link { at: first.at, piece: first.piece, kind: LinkKind::First(first.facts) });
    let Some(RequestDifference { request, ends }) = difference.request else { return chain };
    let last_at = ends[0].at.max(ends[1].at);
    let stories = [0, 1].map(|nth| {
        let mut story = Story { request, facts: Vec::new() };
        start.clone().follow(logs[nth], last_at.plus_ns(1), &mut story, |_| {});
        story.facts
    });
    let own = first_mismatch(&stories[0], &stories[1]).filter(|own| own.at <= last_at);
    let differs_at = own.map_or(last_at, |own| own.at);
    let met = stories.iter().flatten().filter_map(|(_, fact)| fact.piece());
    let mut between: Vec<Link> = Vec::new();
    for piece in met {
        let Some(at) = pieces.differs_at(piece).filter(|&at| at <= differs_at) else { continue };
        let known = between.iter().any(|link| link.piece == Some(piece));
        if !known && Some(piece) != first.piece {
            between.push(Link { at, piece: Some(piece), kind: LinkKind::PieceDiffers });
        }
    }
    between.sort_by_key(|link| link.at);
    between.truncate(LINKS_MAX);
    chain.extend(between);
    chain.extend(own.map(|own| Link { at: own.at, piece: own.piece, kind: LinkKind::RequestDiffers(own.facts) }));
    let mut sides = [0, 1];
    sides.sort_by_key(|&nth| ends[nth].at);
    chain.extend(sides.map(|nth| {
        let piece = Some(ends[nth].cause.piece());
        Link { at: ends[nth].at, piece, kind: LinkKind::Ended(nth, ends[nth]) }
    }));
    chain
}

/// What happens to one request.
struct Story {
    request: RequestId,
    facts: Vec<(Time, Fact)>,
}

impl Observer for Story {
    fn fact(&mut self, at: Time, fact: &Fact) {
        if fact.request() == Some(self.request) && self.facts.len() < FOLLOWED_MAX {
            self.facts.push((at, lasting(fact)));
        }
    }
}
