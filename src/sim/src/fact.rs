//! Facts: what a run tells its observer. Telling never changes the run.

use crate::call::request::{Cause, Outcome, Parts};
use crate::command::Action;
use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::time::Time;
use crate::net::pipe::{Direction, Hop};

/// Something that happened.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Fact {
    /// A spring issued a request.
    Issued {
        /// The request.
        request: RequestId,
    },
    /// A message entered a pipe. All its times are known from now on.
    Entered {
        /// The pipe.
        pipe: PieceId,
        /// Which way it goes.
        direction: Direction,
        /// The message.
        hop: Hop,
    },
    /// A message was lost in front of a pipe, because too many waited.
    Lost {
        /// The pipe.
        pipe: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A balancer chose a pipe.
    Chosen {
        /// The balancer.
        balancer: PieceId,
        /// The pipe.
        pipe: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A worker began with a request.
    Began {
        /// The service.
        service: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A worker finished a request.
    Finished {
        /// The service.
        service: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A request found a service's queue full.
    Rejected {
        /// The service.
        service: PieceId,
        /// The request.
        request: RequestId,
    },
    /// The client has its answer, or has given up. Every request ends exactly once.
    Ended {
        /// The request.
        request: RequestId,
        /// When it was issued.
        issued_at: Time,
        /// How it ended.
        outcome: Outcome,
        /// Where its time went; adds up to the time from issue to end.
        parts: Parts,
        /// What took the largest part of that time, or refused it.
        cause: Cause,
    },
    /// A command took effect.
    Applied {
        /// The command.
        action: Action,
    },
}

/// Receives facts as they happen, in order of time.
pub trait Observer {
    /// Receives one fact.
    fn fact(&mut self, at: Time, fact: &Fact);
}

/// Takes no notice.
impl Observer for () {
    fn fact(&mut self, _at: Time, _fact: &Fact) {}
}

impl<F: FnMut(Time, &Fact)> Observer for F {
    fn fact(&mut self, at: Time, fact: &Fact) {
        self(at, fact);
    }
}
