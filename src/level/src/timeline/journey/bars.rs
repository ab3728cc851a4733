//! The bars of a waterfall, from spans and messages.

use super::super::watch::Watcher;
use pipe_maze_sim::{Direction, Hop, Outcome, PieceId, Span, SpanKind, Time};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Most bars of a waterfall; the later ones are left out.
const BARS_MAX: usize = 128;
/// Deepest level of a bar below the request.
const DEPTH_MAX: u32 = 12;

/// A bar of the waterfall.
#[derive(Clone, PartialEq, Debug)]
pub struct Bar {
    /// What it stands for.
    pub kind: BarKind,
    /// Whose it is: the client, the pipe or the service.
    pub piece: PieceId,
    /// How far below the request it stands; 0 for the request itself.
    pub depth: u32,
    /// Its begin.
    pub from: Time,
    /// Its end, at most that of the request.
    pub to: Time,
    /// What its time was spent on, in order, without a gap.
    pub stretches: Vec<Stretch>,
    /// How it ended; nothing for a message in a pipe.
    pub outcome: Option<Outcome>,
}

/// What a bar stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BarKind {
    /// The request, as its client sees it.
    Request,
    /// One of several tries of a call, from 1.
    Try(u32),
    /// A message in a pipe, that way.
    Pipe(Direction),
    /// A service's work.
    Service,
}

/// A stretch of a bar.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// What it was spent on.
    pub what: What,
    /// Its begin.
    pub from: Time,
    /// Its end.
    pub to: Time,
}

impl Stretch {
    /// Its length, in nanoseconds.
    pub const fn ns(&self) -> u64 {
        self.to.since_ns(self.from)
    }
}

/// What time is spent on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum What {
    /// In pipes.
    Network,
    /// In a service's queue, or waiting for its pools.
    Queue,
    /// With a worker.
    Service,
    /// Held up by a fault.
    Hazard,
    /// A service waits for an answer to a call.
    Waiting,
    /// Held back by its client, or waiting for an answer that will not come.
    Client,
}

impl What {
    /// All of them, in the order in which a legend lists them.
    pub const ALL: [Self; 6] = [Self::Queue, Self::Service, Self::Network, Self::Hazard, Self::Waiting, Self::Client];
}

/// What bars are made from.
pub(super) struct Builder<'a> {
    pub watcher: &'a Watcher,
    /// Of each pipe: time through it without waiting or transmission, in nanoseconds.
    pub propagation: BTreeMap<PieceId, u64>,
    pub issued_at: Time,
    pub ended_at: Time,
}

type Message = (PieceId, Direction, Hop);

impl Builder<'_> {
    /// The bars, each below what caused it, in order of time.
    pub fn bars(&self) -> Vec<Bar> {
        let mut bars = Vec::new();
        let spans = &self.watcher.spans;
        match spans.iter().find(|span| span.parent == 0) {
            Some(root) => {
                bars.push(self.bar(root, BarKind::Request, 0));
                self.call(root, 1, &mut bars);
            }
            // There was no room for its span; the messages are there all the same.
            None => bars.extend(self.watcher.hops.iter().map(|hop| self.pipe(hop, 0, 1))),
        }
        // A service that turns a request away at once is worth a bar, a pipe of no length is not.
        bars.retain(|bar| bar.from < bar.to || bar.kind == BarKind::Service);
        bars.truncate(BARS_MAX);
        bars
    }

    /// What belongs to a call: its tries, where there are several, else what its one try did.
    fn call(&self, call: &Span, depth: u32, bars: &mut Vec<Bar>) {
        let mut tries = self.children(call.id, SpanKind::Attempt);
        tries.sort_by_key(|span| span.start);
        match tries.as_slice() {
            // A plain request is call and try in one.
            [] => self.attempt(call, depth, bars),
            [only] => self.attempt(only, depth, bars),
            several => {
                for (nth, each) in several.iter().enumerate() {
                    bars.push(self.bar(each, BarKind::Try(nth as u32 + 1), depth));
                    self.attempt(each, depth + 1, bars);
                }
            }
        }
    }

    /// What one try did: its messages, the service's work, and the calls that made.
    fn attempt(&self, attempt: &Span, depth: u32, bars: &mut Vec<Bar>) {
        let depth = depth.min(DEPTH_MAX);
        let servers = self.children(attempt.id, SpanKind::Server);
        let messages = self.messages(attempt, servers.first());
        let calls: Vec<&Span> = servers.iter().flat_map(|server| self.children(server.id, SpanKind::Client)).collect();
        let below_ns: u64 = calls.iter().map(|call| call.parts.hazard_ns).sum();
        let mut held_ns = attempt.parts.hazard_ns.saturating_sub(below_ns);
        let mut held: BTreeMap<usize, u64> = BTreeMap::new();
        // What a fault took, the message lost that was late by most: nothing else makes it so late.
        let mut order: Vec<usize> = (0..messages.len()).collect();
        order.sort_by_key(|&nth| Reverse(self.late_ns(messages[nth])));
        for nth in order {
            let own_ns = held_ns.min(self.late_ns(messages[nth]));
            held.insert(nth, own_ns);
            held_ns -= own_ns;
        }
        let pipe = |nth: usize| self.pipe(messages[nth], held.get(&nth).copied().unwrap_or(0), depth);
        let there = messages.partition_point(|message| message.1 == Direction::Forward);
        bars.extend((0..there).map(pipe));
        for server in servers {
            bars.push(self.server(server, held_ns, depth));
            let mut calls = self.children(server.id, SpanKind::Client);
            calls.sort_by_key(|span| span.start);
            calls.into_iter().for_each(|call| self.call(call, depth + 1, bars));
        }
        bars.extend((there..messages.len()).map(pipe));
    }

    fn children(&self, of: u64, kind: SpanKind) -> Vec<&Span> {
        self.watcher.spans.iter().filter(|span| span.parent == of && span.kind == kind).collect()
    }

    /// The messages of a try: those that set out with it, and came to its service when that began.
    fn messages(&self, attempt: &Span, server: Option<&&Span>) -> Vec<&Message> {
        let set_out = |message: &&Message| message.2.sent_at == attempt.start;
        let arrives = |slot: u32| {
            let mut own = self.watcher.hops.iter().filter(set_out).filter(|message| message.2.attempt == slot);
            server.is_none_or(|server| {
                own.any(|message| message.1 == Direction::Forward && message.2.exit_at == server.start)
            })
        };
        let slot =
            self.watcher.hops.iter().filter(set_out).map(|message| message.2.attempt).find(|&slot| arrives(slot));
        let own = self.watcher.hops.iter().filter(set_out).filter(|message| Some(message.2.attempt) == slot);
        let mut own: Vec<&Message> = own.collect();
        own.sort_by_key(|message| (message.1 == Direction::Backward, message.2.enqueue_at));
        own
    }

    /// How much later than an undisturbed one a message comes out.
    fn late_ns(&self, message: &Message) -> u64 {
        let propagation_ns = self.propagation.get(&message.0).copied().unwrap_or(0);
        message.2.exit_at.since_ns(message.2.start_at).saturating_sub(propagation_ns)
    }

    fn bar(&self, span: &Span, kind: BarKind, depth: u32) -> Bar {
        let outcome = Some(span.outcome).filter(|_| span.end <= self.ended_at);
        let (from, to) = self.clip(span.start, span.end);
        let stretches = vec![Stretch { what: What::Client, from, to }];
        Bar { kind, piece: span.piece, depth, from, to, stretches, outcome }
    }

    fn pipe(&self, message: &Message, held_ns: u64, depth: u32) -> Bar {
        let &(piece, direction, hop) = message;
        let (from, to) = self.clip(hop.enqueue_at, hop.exit_at);
        // A fault holds a message back at the far end.
        let held_at = Time::from_ns(hop.exit_at.as_ns().saturating_sub(held_ns)).clamp(from, to);
        let stretches = stretches([(What::Network, from, held_at), (What::Hazard, held_at, to)]);
        Bar { kind: BarKind::Pipe(direction), piece, depth, from, to, stretches, outcome: None }
    }

    /// A service's work: first its queue; then it works, except while calls that it made are under way. When in that time
    /// a fault stopped it is not recorded: it is shown at the end.
    fn server(&self, server: &Span, held_ns: u64, depth: u32) -> Bar {
        let (from, to) = self.clip(server.start, server.end);
        let queued_to = server.start.plus_ns(server.parts.queue_ns).clamp(from, to);
        let held_ns = held_ns.min(server.parts.service_ns);
        let held_at = Time::from_ns(to.as_ns().saturating_sub(held_ns)).clamp(queued_to, to);
        let mut parts = vec![(What::Queue, from, queued_to)];
        let mut at = queued_to;
        let mut calls = self.children(server.id, SpanKind::Client);
        calls.sort_by_key(|span| span.start);
        for call in calls.into_iter().filter(|_| server.waiting_ns > 0) {
            let (begin, end) = (call.start.clamp(at, held_at), call.end.clamp(at, held_at));
            parts.extend([(What::Service, at, begin), (What::Waiting, begin, end)]);
            at = at.max(end);
        }
        parts.extend([(What::Service, at, held_at), (What::Hazard, held_at, to)]);
        let outcome = Some(server.outcome).filter(|_| server.end <= self.ended_at);
        let kind = BarKind::Service;
        Bar { kind, piece: server.piece, depth, from, to, stretches: stretches(parts), outcome }
    }

    /// An interval, as far as it lies within the request's.
    fn clip(&self, from: Time, to: Time) -> (Time, Time) {
        let from = from.clamp(self.issued_at, self.ended_at);
        (from, to.clamp(from, self.ended_at))
    }
}

/// Those that have a length; neighbours of a kind are one.
fn stretches(parts: impl IntoIterator<Item = (What, Time, Time)>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    for (what, from, to) in parts.into_iter().filter(|(_, from, to)| from < to) {
        match stretches.last_mut() {
            Some(last) if last.what == what => last.to = to,
            _ => stretches.push(Stretch { what, from, to }),
        }
    }
    stretches
}
