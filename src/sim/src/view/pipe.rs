//! What is seen of a pipe, and of the messages in it.

use crate::call::attempt::{Flag, Place};
use crate::call::outcome::Outcome;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use crate::net::hop::{Direction, Hop, Payload};
use crate::observe::ledger::Ledger;
use crate::simulation::{Link, Simulation, Way};

/// A pipe.
#[derive(Clone, Copy)]
pub struct PipeView<'a> {
    /// Which one.
    pub id: PieceId,
    /// Whether its valve is shut.
    pub shut: bool,
    /// Time through it without waiting or transmission, in nanoseconds.
    pub propagation_ns: u64,
    /// Messages lost, in front of it or within.
    pub lost: u64,
    pub(super) link: &'a Link,
    /// Its two directions.
    pub(super) ways: &'a [Way],
    pub(super) run: &'a Simulation,
    /// Its place among the pipes.
    pub(super) index: u16,
}

impl<'a> PipeView<'a> {
    /// The messages in one direction, in no particular order. Looks at all that is in flight: whoever wants the messages of
    /// several pipes asks [`super::View::hops`] once.
    pub fn hops(&self, direction: Direction) -> impl Iterator<Item = Hop> + use<'a> {
        let (run, index) = (self.run, self.index);
        let here = run.messages().filter(move |&(_, pipe, way)| pipe == index && way == direction);
        here.map(move |(slot, _, way)| run.hop(slot, way))
    }

    /// How many messages are in one direction.
    pub fn in_flight(&self, direction: Direction) -> usize {
        self.ways[direction as usize].lane.len as usize
    }

    /// Messages that wait at the entrance of one direction at `now`.
    pub fn waiting(&self, direction: Direction, now: Time) -> usize {
        self.link.pipe.sides[direction as usize].waiting(now)
    }

    /// Messages that have entered one direction, those included that are still in it.
    pub fn entered(&self, direction: Direction) -> u64 {
        let lane = &self.ways[direction as usize].lane;
        lane.carried + u64::from(lane.len)
    }

    /// Messages that have come out at the far end of one direction.
    pub fn carried(&self, direction: Direction) -> u64 {
        self.ways[direction as usize].lane.carried
    }
}

impl Simulation {
    /// The messages in pipes: the attempt, the pipe, and the direction.
    pub(crate) fn messages(&self) -> impl Iterator<Item = (u32, u16, Direction)> {
        let messages = self.attempts.iter().filter(|(_, attempt)| attempt.place() == Place::Pipe);
        messages.map(|(slot, attempt)| {
            let direction = if attempt.is(Flag::Returning) { Direction::Backward } else { Direction::Forward };
            (slot, attempt.pipe, direction)
        })
    }

    /// What is seen of an attempt's message in a pipe. Without attribution its transmission seems to begin at once.
    #[inline(always)]
    pub(crate) fn hop(&self, slot: u32, direction: Direction) -> Hop {
        let attempt = self.attempts.get(slot);
        let ledger = self.ledgers.get(slot as usize);
        let payload = match (direction, attempt.outcome()) {
            (Direction::Forward, _) => Payload::Request,
            (Direction::Backward, Outcome::Answered) => Payload::Response,
            (Direction::Backward, _) => Payload::Error,
        };
        let awaited = !attempt.is(Flag::OneWay);
        let timeout_ns = self.sites[usize::from(self.site_of(attempt))].timers.timeout_ns;
        Hop {
            request: self.request_of(slot),
            payload,
            attempt: slot,
            again: attempt.is(Flag::Recorded) && attempt.site > 0,
            abandoned: awaited && attempt.is(Flag::Done),
            sent_at: attempt.started,
            timeout_ns: if awaited { timeout_ns } else { 0 },
            enqueue_at: ledger.map_or(self.now(), |ledger| ledger.since),
            start_at: ledger.map_or(self.now(), Ledger::transmission_at),
            exit_at: attempt.at,
        }
    }
}
