//! Facts: what a run tells its observer. Telling never changes the run.

use crate::call::breaker::BreakerState;
use crate::call::outcome::{Cause, Outcome};
use crate::command::Action;
use crate::kernel::id::{PieceId, RequestId};
use crate::kernel::time::Time;
use crate::net::hop::{Direction, Hop};
use crate::observe::parts::Parts;
use crate::observe::span::Span;
use crate::service::replica::ReplicaState;

/// Something that happened. `request` is always the request that a spring issued, however deep in its calls it was.
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
        /// Its size, in bytes.
        bytes: u32,
        /// The message.
        hop: Hop,
    },
    /// A message was lost: too many waited in front of the pipe, or it went astray within.
    Lost {
        /// The pipe.
        pipe: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A balancer or a gateway chose a pipe.
    Chosen {
        /// The balancer or gateway.
        balancer: PieceId,
        /// The pipe.
        pipe: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A worker began with a request, or a broker began to write its event.
    Began {
        /// The service, or the broker.
        service: PieceId,
        /// The request.
        request: RequestId,
        /// How long the request had waited in the queue, or in the open batch, in nanoseconds; unknown without attribution.
        waited_ns: Option<u64>,
    },
    /// A worker finished a request, with or without success, or a broker has written its event.
    Finished {
        /// The service, or the broker.
        service: PieceId,
        /// The request.
        request: RequestId,
        /// How long the worker was at it, in nanoseconds, without the time in which it waited for pools and calls;
        /// unknown without attribution.
        worked_ns: Option<u64>,
    },
    /// A service sent a request back without working on it: its queue was full, it was down, it has no such endpoint. Or a
    /// broker did, whose log was full, or a gateway: the request was above its rate.
    Rejected {
        /// The service, broker or gateway.
        service: PieceId,
        /// The request.
        request: RequestId,
        /// Why.
        cause: Cause,
    },
    /// A service's store was read or written.
    Stored {
        /// The service.
        service: PieceId,
        /// The request.
        request: RequestId,
        /// The record.
        key: u64,
        /// Its version: how often it has been written.
        version: u64,
        /// Written just now; otherwise read.
        written: bool,
    },
    /// A client has given up an attempt: nobody waits for it any longer, wherever it is.
    Abandoned {
        /// The request.
        request: RequestId,
        /// The attempt, as in [`Hop::attempt`].
        attempt: u32,
    },
    /// A client will try a call again after a while.
    Retried {
        /// Whose call it is: a spring or a service.
        caller: PieceId,
        /// The request.
        request: RequestId,
        /// How many retries the call has made, this one included.
        retries: u16,
        /// How long it waits before, in nanoseconds.
        delay_ns: u64,
    },
    /// A client sent a second attempt beside the first.
    Hedged {
        /// Whose call it is.
        caller: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A client did not send a call, because its breaker was open or its bulkhead full.
    ShortCircuited {
        /// Whose call it is.
        caller: PieceId,
        /// The request.
        request: RequestId,
    },
    /// A breaker opened, closed or began to probe.
    BreakerTurned {
        /// Whose breaker it is.
        caller: PieceId,
        /// The call site among those of the caller.
        site: u64,
        /// What it is now.
        state: BreakerState,
    },
    /// A hazard became active, or ceased.
    HazardTurned {
        /// The hazard.
        hazard: PieceId,
        /// The pipe or service that suffers from it.
        on: PieceId,
        /// Whether it is active now.
        active: bool,
    },
    /// A replica came up, went down, stood still or went on.
    ReplicaTurned {
        /// The service.
        service: PieceId,
        /// Which of its replicas, from 0.
        replica: u32,
        /// What it is now.
        state: ReplicaState,
        /// Whether it stands still.
        paused: bool,
    },
    /// A broker has written a batch and acknowledges its events, which may be delivered from now on.
    Appended {
        /// The broker.
        broker: PieceId,
        /// Which of its partitions, from 0.
        partition: u16,
        /// How many events.
        events: u32,
        /// The request that produced the first of them.
        request: RequestId,
    },
    /// A member of a broker's group has processed an event: it is done with. Every event that was appended is committed once,
    /// in the order of its partition.
    Committed {
        /// The broker.
        broker: PieceId,
        /// Which of its partitions, from 0.
        partition: u16,
        /// The request that produced the event. It has ended already, with the acknowledgement.
        request: RequestId,
        /// How long after it was appended, in nanoseconds.
        took_ns: u64,
    },
    /// The delivery of an event has failed: it will be delivered again, and those behind it wait.
    Redelivered {
        /// The broker.
        broker: PieceId,
        /// Which of its partitions, from 0.
        partition: u16,
        /// The request that produced the event.
        request: RequestId,
        /// How often it has been delivered.
        tries: u32,
        /// How the delivery ended.
        outcome: Outcome,
        /// Why; unknown without attribution.
        cause: Option<Cause>,
        /// How long the partition waits before the next delivery, in nanoseconds.
        delay_ns: u64,
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
        /// What took the largest part of that time, or made it fail.
        cause: Cause,
    },
    /// A command took effect.
    Applied {
        /// The command.
        action: Action,
    },
}

impl Fact {
    /// The request concerned, if it is about one.
    pub const fn request(&self) -> Option<RequestId> {
        match *self {
            Self::Entered { hop, .. } => Some(hop.request),
            Self::Issued { request }
            | Self::Lost { request, .. }
            | Self::Chosen { request, .. }
            | Self::Began { request, .. }
            | Self::Finished { request, .. }
            | Self::Rejected { request, .. }
            | Self::Stored { request, .. }
            | Self::Abandoned { request, .. }
            | Self::Retried { request, .. }
            | Self::Hedged { request, .. }
            | Self::ShortCircuited { request, .. }
            | Self::Appended { request, .. }
            | Self::Committed { request, .. }
            | Self::Redelivered { request, .. }
            | Self::Ended { request, .. } => Some(request),
            Self::BreakerTurned { .. }
            | Self::HazardTurned { .. }
            | Self::ReplicaTurned { .. }
            | Self::Applied { .. } => None,
        }
    }

    /// The piece, pipe or hazard at which it happened; for what a client does and for ends, the client.
    pub const fn piece(&self) -> Option<PieceId> {
        match *self {
            Self::Issued { request } | Self::Abandoned { request, .. } | Self::Ended { request, .. } => {
                Some(request.spring)
            }
            Self::Entered { pipe, .. } | Self::Lost { pipe, .. } => Some(pipe),
            Self::Chosen { balancer, .. } => Some(balancer),
            Self::Began { service, .. }
            | Self::Finished { service, .. }
            | Self::Rejected { service, .. }
            | Self::Stored { service, .. }
            | Self::ReplicaTurned { service, .. } => Some(service),
            Self::Retried { caller, .. }
            | Self::Hedged { caller, .. }
            | Self::ShortCircuited { caller, .. }
            | Self::BreakerTurned { caller, .. } => Some(caller),
            Self::Appended { broker, .. } | Self::Committed { broker, .. } | Self::Redelivered { broker, .. } => {
                Some(broker)
            }
            Self::HazardTurned { on, .. } => Some(on),
            Self::Applied { .. } => None,
        }
    }
}

/// Receives what happens, as it happens, in order of time.
///
/// Any `FnMut(Time, &Fact)` is one, as are [`crate::Metrics`], [`crate::Causes`], [`crate::Tracer`], pairs of observers, and
/// `()`, which takes no notice. Whether a run is observed makes no difference to it:
///
/// ```
/// use pipe_maze_sim::reference::reference_load;
/// use pipe_maze_sim::{Fact, Observer, Simulation, Time};
///
/// #[derive(Default)]
/// struct Waiting { longest_ns: u64 }
///
/// impl Observer for Waiting {
///     fn fact(&mut self, _at: Time, fact: &Fact) {
///         if let Fact::Began { waited_ns: Some(waited_ns), .. } = *fact {
///             self.longest_ns = self.longest_ns.max(waited_ns);
///         }
///     }
/// }
///
/// let mut seen = Simulation::new(&reference_load(1_000), 1).expect("the reference load is sound");
/// let mut unseen = seen.clone();
/// let mut waiting = Waiting::default();
/// seen.advance_to(Time::MAX, &mut waiting);
/// unseen.advance_to(Time::MAX, &mut ());
/// assert!(waiting.longest_ns > 0);
/// assert_eq!(seen.digest(), unseen.digest());
/// ```
pub trait Observer {
    /// Receives one fact.
    fn fact(&mut self, at: Time, fact: &Fact);

    /// Receives one fact about a pipe or a service, with its place among those of the run's blueprint, brokers behind the
    /// services: whoever keeps something for each of them need not look for it by name. Not all such facts come this way.
    #[inline(always)]
    fn fact_of(&mut self, _place: u16, at: Time, fact: &Fact) {
        self.fact(at, fact);
    }

    /// Whether facts are wanted at all. Where not, none is made.
    fn listens(&self) -> bool {
        true
    }

    /// Whether it wants to follow every message and every piece of work, or only what is decided: issues, ends, losses,
    /// and what changes. Facts that are not wanted may still come.
    fn follows(&self) -> bool {
        self.listens()
    }

    /// Whether the spans of that request are wanted. Asked once, when it is issued, in a run with attribution.
    fn samples(&self, _request: RequestId) -> bool {
        false
    }

    /// Receives one span of a sampled request, when it ends.
    fn span(&mut self, _span: &Span) {}
}

/// Takes no notice.
impl Observer for () {
    fn fact(&mut self, _at: Time, _fact: &Fact) {}

    fn listens(&self) -> bool {
        false
    }
}

impl<F: FnMut(Time, &Fact)> Observer for F {
    fn fact(&mut self, at: Time, fact: &Fact) {
        self(at, fact);
    }
}

/// Two observers that someone else owns, at once.
pub struct Both<'a, A: ?Sized, B: ?Sized>(pub &'a mut A, pub &'a mut B);

impl<A: Observer + ?Sized, B: Observer + ?Sized> Observer for Both<'_, A, B> {
    /// Compiled in place, where the fact's kind is known: most of what two observers do with it falls away then.
    #[inline(always)]
    fn fact(&mut self, at: Time, fact: &Fact) {
        self.0.fact(at, fact);
        self.1.fact(at, fact);
    }

    #[inline(always)]
    fn fact_of(&mut self, place: u16, at: Time, fact: &Fact) {
        self.0.fact_of(place, at, fact);
        self.1.fact_of(place, at, fact);
    }

    fn listens(&self) -> bool {
        self.0.listens() || self.1.listens()
    }

    fn follows(&self) -> bool {
        self.0.follows() || self.1.follows()
    }

    fn samples(&self, request: RequestId) -> bool {
        self.0.samples(request) || self.1.samples(request)
    }

    fn span(&mut self, span: &Span) {
        self.0.span(span);
        self.1.span(span);
    }
}

/// Two observers at once.
impl<A: Observer, B: Observer> Observer for (A, B) {
    #[inline(always)]
    fn fact(&mut self, at: Time, fact: &Fact) {
        Both(&mut self.0, &mut self.1).fact(at, fact);
    }

    #[inline(always)]
    fn fact_of(&mut self, place: u16, at: Time, fact: &Fact) {
        Both(&mut self.0, &mut self.1).fact_of(place, at, fact);
    }

    fn listens(&self) -> bool {
        self.0.listens() || self.1.listens()
    }

    fn follows(&self) -> bool {
        self.0.follows() || self.1.follows()
    }

    fn samples(&self, request: RequestId) -> bool {
        self.0.samples(request) || self.1.samples(request)
    }

    fn span(&mut self, span: &Span) {
        Both(&mut self.0, &mut self.1).span(span);
    }
}
