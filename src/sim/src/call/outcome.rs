//! How a call ends, seen by whoever made it, and what is to blame.

use crate::kernel::id::PieceId;
use serde::{Deserialize, Serialize};

/// How a request, or a call within one, ended for its client.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[repr(u8)]
pub enum Outcome {
    /// Answered.
    Answered = 0,
    /// The client gave up waiting.
    TimedOut = 1,
    /// The service, or a broker's partition, had no room for it, or dropped it from its queue; or a gateway turned it away.
    Rejected = 2,
    /// No open pipe led on from the caller or from a balancer.
    NoRoute = 3,
    /// The service answered with an error, because its own work or a call that it made failed, or because it went down.
    Failed = 4,
    /// The client did not even try: its breaker was open or its bulkhead full.
    ShortCircuited = 5,
}

impl Outcome {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 6] =
        [Self::Answered, Self::TimedOut, Self::Rejected, Self::NoRoute, Self::Failed, Self::ShortCircuited];
}

/// What took the largest part of a request's time, or made it fail.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Cause {
    /// It waited in the queue of this service.
    Queue(PieceId),
    /// A worker of this service was slow with it.
    Service(PieceId),
    /// It travelled; most of it through this pipe.
    Pipe(PieceId),
    /// This hazard held it up, or destroyed its message.
    Hazard(PieceId),
    /// Its client, this piece, held it back: back-off, a hedge's delay, or a bulkhead.
    Client(PieceId),
    /// The queue of this service was full, or its queue discipline dropped the request.
    Full(PieceId),
    /// No open pipe led on from this piece.
    NoRoute(PieceId),
    /// The message was lost in front of this pipe, where too many waited, or within it.
    Lost(PieceId),
    /// No replica of this service was up.
    Down(PieceId),
    /// This service answered with an error of its own, or has no such endpoint.
    Error(PieceId),
    /// The breaker of this caller was open.
    Open(PieceId),
    /// The bulkhead of this caller was full.
    Bulkhead(PieceId),
    /// The deadline had passed before this service began with it, or before this caller made the call.
    Expired(PieceId),
    /// It was above the rate that this gateway lets through.
    Limited(PieceId),
    /// This broker held it: its event waited for its batch to be full or due, and to be written.
    Broker(PieceId),
    /// The partition of this broker that its event belongs to kept too many that are not committed yet.
    LogFull(PieceId),
}

impl Cause {
    /// The piece, pipe or hazard that it names.
    pub const fn piece(self) -> PieceId {
        match self {
            Self::Queue(id)
            | Self::Service(id)
            | Self::Pipe(id)
            | Self::Hazard(id)
            | Self::Client(id)
            | Self::Full(id)
            | Self::NoRoute(id)
            | Self::Lost(id)
            | Self::Down(id)
            | Self::Error(id)
            | Self::Open(id)
            | Self::Bulkhead(id)
            | Self::Expired(id)
            | Self::Limited(id)
            | Self::Broker(id)
            | Self::LogFull(id) => id,
        }
    }
}
