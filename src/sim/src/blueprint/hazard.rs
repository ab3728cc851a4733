//! Hazards: faults that come and go by a schedule, never by the seed.

use crate::kernel::distribution::Distribution;
use crate::kernel::id::PieceId;
use crate::kernel::time::Time;
use serde::{Deserialize, Serialize};

/// A fault, where it is, and when.
///
/// ```
/// use pipe_maze_sim::*;
///
/// let (spring, room, pipe) = (PieceId::from_name("spring"), PieceId::from_name("room"), PieceId::from_name("pipe"));
/// // A second without an answer, every ten seconds, the first one at 2 s.
/// let cut = HazardSpec {
///     id: PieceId::from_name("cut"),
///     on: pipe,
///     schedule: Schedule::cycle(Time::from_ms(2_000), 1_000_000_000, 10_000_000_000),
///     fault: Fault::Partition { forward: false, backward: true },
/// };
/// let blueprint = Blueprint {
///     springs: vec![SpringSpec::new(spring).traffic(Traffic::Deterministic { rate_per_s: 20.0 })],
///     services: vec![ServiceSpec { workers: 20, ..ServiceSpec::new(room) }],
///     pipes: vec![PipeSpec::new(pipe, spring, room)],
///     hazards: vec![cut],
///     ..Blueprint::default()
/// };
/// let mut run = Simulation::new(&blueprint, 1).expect("it is sound");
/// run.advance_to(Time::from_ms(70_000), &mut ());
/// // Six times in a minute, and 20 a second.
/// let totals = run.view().totals();
/// assert!(totals.timed_out.abs_diff(6 * 20) <= 12 && totals.answered + totals.timed_out == totals.issued);
/// ```
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct HazardSpec {
    /// Which hazard this is.
    pub id: PieceId,
    /// The pipe or service that suffers from it.
    pub on: PieceId,
    /// When it is active.
    pub schedule: Schedule,
    /// What it does then.
    pub fault: Fault,
}

/// When a hazard is active.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Schedule {
    /// The times, rising and apart.
    pub windows: Vec<Window>,
    /// After how long they come again, in nanoseconds; no window ends later than this.
    pub repeat_ns: Option<u64>,
}

/// An interval of time; the end is not part of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Window {
    /// Its begin.
    pub from: Time,
    /// Its end.
    pub to: Time,
}

impl Schedule {
    /// Never, until a command says so.
    pub const fn never() -> Self {
        Self { windows: Vec::new(), repeat_ns: None }
    }

    /// From the start, for ever.
    pub fn always() -> Self {
        Self::once(Time::ZERO, Time::MAX)
    }

    /// Once.
    pub fn once(from: Time, to: Time) -> Self {
        Self { windows: vec![Window { from, to }], repeat_ns: None }
    }

    /// Again and again: for `active_ns` from `first`, every `period_ns`.
    pub fn cycle(first: Time, active_ns: u64, period_ns: u64) -> Self {
        Self { windows: vec![Window { from: first, to: first.plus_ns(active_ns) }], repeat_ns: Some(period_ns) }
    }
}

/// What a hazard does while it is active.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum Fault {
    /// A pipe holds each message up; messages keep their order.
    Delay {
        /// By how much.
        extra: Distribution,
    },
    /// A pipe loses messages.
    Loss {
        /// The share, 0 to 1.
        probability: f64,
    },
    /// A pipe has only a part of its bandwidth.
    Bandwidth {
        /// The part, above 0, at most 1.
        factor: f64,
    },
    /// A pipe carries nothing in a direction. Senders do not notice: a connection that is half open looks like this.
    Partition {
        /// Requests vanish.
        forward: bool,
        /// Responses vanish.
        backward: bool,
    },
    /// Replicas take longer for work that they begin (grey failure).
    Slow {
        /// How many times as long, 1 to 10,000.
        factor: f64,
        /// How many replicas, the first ones.
        replicas: u32,
    },
    /// Replicas answer with an error instead of working (grey failure).
    Errors {
        /// The share, 0 to 1.
        probability: f64,
    },
    /// Replicas stand still, work and all (a long garbage collection, a frozen virtual machine).
    Pause {
        /// How many replicas, the first ones.
        replicas: u32,
    },
    /// Replicas go down at the begin and start again at the end. Where several crashes overlap, at the end of the last
    /// one that strikes the replica.
    Crash {
        /// How many replicas, the first ones.
        replicas: u32,
        /// Whether they vanish without a word (power), or their connections are reset (a process that dies).
        silent: bool,
    },
}
