//! Spans: one interval of a sampled request's story, for traces and waterfalls.

use crate::call::outcome::Outcome;
use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::random::Key;
use crate::kernel::time::Time;
use crate::observe::parts::Parts;
use serde::{Deserialize, Serialize};

/// Whose interval it is (the kinds of OpenTelemetry that occur here).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum SpanKind {
    /// A call, from when its client wants it until its client has the answer or has given up.
    Client,
    /// One try of a call.
    Attempt,
    /// A service's work for one try, from its arrival until it leaves.
    Server,
}

/// An interval of a request's story. A child lies within its parent, unless `abandoned`.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub struct Span {
    /// The request.
    pub trace: RequestId,
    /// Its identity; a pure function of seed, request, call path and try.
    pub id: u64,
    /// The identity of the span that caused it; 0 for a root.
    pub parent: u64,
    /// Whose it is.
    pub kind: SpanKind,
    /// The caller, or the service.
    pub piece: PieceId,
    /// Its begin.
    pub start: Time,
    /// Its end.
    pub end: Time,
    /// Where the time went. Of a server's span: its own queue and work; what it spent waiting for calls is the rest.
    pub parts: Parts,
    /// How long the service waited for calls that it made, in nanoseconds; `parts` and this add up to the duration.
    pub waiting_ns: u64,
    /// How it ended.
    pub outcome: Outcome,
    /// Nobody waited for it any longer when it ended.
    pub abandoned: bool,
}

/// The identity of an attempt's span.
pub(crate) fn attempt_id(key: Key) -> u64 {
    key.child(1).bits() | 1
}

/// The identity of the span of the service's work for an attempt.
pub(crate) fn server_id(key: Key) -> u64 {
    key.child(2).bits() | 1
}

/// The identity of a call's span.
pub(crate) fn call_id(key: Key) -> u64 {
    key.child(3).bits() | 1
}
