//! What is seen of a message in a pipe.

use crate::kernel::id::RequestId;
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};

/// Which way a message goes.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Direction {
    /// From the pipe's `from` to its `to`: requests.
    Forward,
    /// Back: responses.
    Backward,
}

/// What a message is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Payload {
    /// A request on its way to a service.
    Request,
    /// The answer of a service.
    Response,
    /// The answer of a service, or of a balancer, that could not do the work.
    Error,
}

/// One message in a pipe. All its times are known when it enters.
///
/// ```text
///  enqueue_at        start_at                  exit_at
///      |-- waiting -----|-- transmission --|-- propagation --|
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hop {
    /// The request that it belongs to.
    pub request: RequestId,
    /// What it is.
    pub payload: Payload,
    /// The place of its attempt among those in flight: an attempt keeps it, and no two have the same at once.
    pub attempt: u32,
    /// Whether its call had been tried before.
    pub again: bool,
    /// Whether its client has given it up.
    pub abandoned: bool,
    /// When its attempt set out.
    pub sent_at: Time,
    /// How long its client waits for it since then, in nanoseconds; 0 where no client waits.
    pub timeout_ns: u64,
    /// When it came to the pipe.
    pub enqueue_at: Time,
    /// When its transmission begins.
    pub start_at: Time,
    /// When its last byte leaves the far end.
    pub exit_at: Time,
}
