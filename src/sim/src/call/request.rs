//! A request: where its time goes, and how it ends.

use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};

/// How a request ended, seen by its client.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// Answered.
    Answered,
    /// The client gave up waiting.
    TimedOut,
    /// The service's queue was full.
    Rejected,
    /// No open pipe led on from the spring or from a balancer.
    NoRoute,
}

/// Where a request's time went until it ended, in nanoseconds. The parts add up to its latency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Parts {
    /// In pipes: waiting for bandwidth, transmission and propagation, there and back.
    pub network_ns: u64,
    /// In a service's queue.
    pub queue_ns: u64,
    /// With a worker.
    pub service_ns: u64,
}

impl Parts {
    /// The sum of the parts.
    pub const fn total_ns(&self) -> u64 {
        self.network_ns + self.queue_ns + self.service_ns
    }
}

/// What took the largest part of a request's time, or refused it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Cause {
    /// It waited in the queue of this service.
    Queue(PieceId),
    /// A worker of this service was slow with it.
    Service(PieceId),
    /// It travelled; most of it through this pipe.
    Pipe(PieceId),
    /// The queue of this service was full.
    Full(PieceId),
    /// No open pipe led on from this piece.
    NoRoute(PieceId),
    /// The message was lost in front of this pipe, where too many waited.
    Lost(PieceId),
}

/// Most balancers that a request can pass through.
pub(crate) const HOPS_MAX: usize = 8;

/// Where a request is now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Place {
    /// In the pipe of this index.
    Pipe(u32),
    /// Waiting at the service of this index.
    Queue(u32),
    /// With a worker of the service of this index.
    Worker(u32),
    /// Lost in front of the pipe of this index.
    Lost(u32),
}

/// A request in flight.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request {
    pub id: RequestId,
    pub spring: u32,
    pub issued_at: Time,
    /// Pipes that it came through, in order.
    pub path: [u32; HOPS_MAX],
    pub depth: u8,
    pub place: Place,
    pub since: Time,
    pub parts: Parts,
    /// The pipe in which it spent the most time, and that time.
    pub slowest_pipe: (u32, u64),
    /// The service that it reached.
    pub service: Option<u32>,
    pub refusal: Option<(Outcome, Cause)>,
    /// The client has its answer, or has given up.
    pub done: bool,
}

impl Request {
    pub fn new(id: RequestId, spring: u32, now: Time) -> Self {
        Self {
            id,
            spring,
            issued_at: now,
            path: [0; HOPS_MAX],
            depth: 0,
            place: Place::Lost(0),
            since: now,
            parts: Parts::default(),
            slowest_pipe: (0, 0),
            service: None,
            refusal: None,
            done: false,
        }
    }

    /// Books the time since the last move to where the request is, and moves it.
    pub fn move_to(&mut self, now: Time, place: Place) {
        self.settle(now);
        self.place = place;
    }

    /// Books the time since the last move to where the request is.
    pub fn settle(&mut self, now: Time) {
        let ns = now.since_ns(self.since);
        self.since = now;
        match self.place {
            Place::Pipe(pipe) => {
                self.parts.network_ns += ns;
                if ns > self.slowest_pipe.1 {
                    self.slowest_pipe = (pipe, ns);
                }
            }
            // A lost message looks to its client like a network that does not answer.
            Place::Lost(_) => self.parts.network_ns += ns,
            Place::Queue(_) => self.parts.queue_ns += ns,
            Place::Worker(_) => self.parts.service_ns += ns,
        }
    }
}
