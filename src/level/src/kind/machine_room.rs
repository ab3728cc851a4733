//! The machine room: a service, which may call others.

use super::capacity::{self, capacity, is_one, one};
use super::param::{By, NO_YES, Param, Unit, get, set};
use super::{PieceKind, Port, Require, ServiceTime};
use crate::board::Piece;
use crate::format::{Rule, is_default};
use crate::grid::Heading;
use crate::limits::TIMEOUT_MS_MAX;
use crate::lower::Lowering;
use pipe_maze_sim::{Discipline, EndpointId, EndpointSpec, PieceId, ServiceSpec, Step, Wait};
use serde::{Deserialize, Serialize};

/// Parameters of a machine room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineRoomSpec {
    /// Copies of the service.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub replicas: u32,
    /// Workers of each copy.
    pub workers: u32,
    /// Requests that may wait.
    pub queue: u32,
    /// How long a request keeps a worker, calls apart.
    pub service_time: ServiceTime,
    /// Who is served next.
    #[serde(default, skip_serializing_if = "is_default")]
    pub line: Line,
    /// How many outlets it has, 0 to 3. For each request it calls what the pipe at each of them leads to.
    #[serde(default, skip_serializing_if = "is_default")]
    pub outlets: u8,
    /// Whether those calls are made one after the other or at once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub calls: Calls,
    /// How long it waits for one of those calls, in simulated milliseconds.
    #[serde(
        default = "MachineRoomSpec::call_timeout_default",
        skip_serializing_if = "MachineRoomSpec::is_call_timeout_default"
    )]
    pub call_timeout_ms: u64,
    /// Percent of the work that only one worker of a copy can do at a time, as behind a lock (Gunther's sigma).
    #[serde(default, skip_serializing_if = "is_default")]
    pub contention_percent: f64,
    /// Percent of its work that each worker of a copy pays for agreeing with each other one (Gunther's kappa).
    #[serde(default, skip_serializing_if = "is_default")]
    pub crosstalk_percent: f64,
    /// How long a copy takes to start, in simulated milliseconds.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start_up_ms: u64,
    /// Whether work is dropped whose deadline has passed when its turn comes. Only calls whose sidecar sends it along have
    /// one that the room knows of.
    #[serde(default, skip_serializing_if = "is_default")]
    pub drops_expired: bool,
}

/// Whether calls are made one after the other or at once.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Calls {
    /// One after the other, in the order of the outlets.
    #[default]
    Sequential,
    /// All at once.
    Parallel,
}

/// Who is served next.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Line {
    /// The one that came first.
    #[default]
    Fifo,
    /// The one that came last.
    Lifo,
    /// The one of the highest priority, and among equals the one that came first.
    Priority,
    /// The one that came first; some are dropped while even the shortest wait is too long (CoDel, RFC 8289).
    Codel,
}

/// The lines in the order of their names.
const LINES: [Line; 4] = [Line::Fifo, Line::Lifo, Line::Priority, Line::Codel];
const LINE_NAMES: [&str; 4] = ["fifo", "lifo", "priority", "codel"];

impl Line {
    const fn discipline(self) -> Discipline {
        match self {
            Self::Fifo => Discipline::Fifo,
            Self::Lifo => Discipline::Lifo,
            Self::Priority => Discipline::Priority,
            Self::Codel => Discipline::CODEL,
        }
    }
}

impl MachineRoomSpec {
    pub(crate) const DEFAULT: Self = Self {
        replicas: 1,
        workers: 4,
        queue: 20,
        service_time: ServiceTime::Exponential { mean_ms: 50.0 },
        line: Line::Fifo,
        outlets: 0,
        calls: Calls::Sequential,
        call_timeout_ms: 1_000,
        contention_percent: 0.0,
        crosstalk_percent: 0.0,
        start_up_ms: 0,
        drops_expired: false,
    };

    const fn call_timeout_default() -> u64 {
        Self::DEFAULT.call_timeout_ms
    }

    fn is_call_timeout_default(ms: &u64) -> bool {
        *ms == Self::call_timeout_default()
    }

    /// What it does for a request: works, then calls.
    fn program(&self, piece: &Piece, to: &Lowering<'_>) -> Vec<Step> {
        let calls = to.calls(piece, self.call_timeout_ms);
        let mut program = vec![Step::Compute { time: self.service_time.distribution() }];
        match self.calls {
            Calls::Parallel if calls.len() > 1 => program.push(Step::Parallel { calls, wait: Wait::All }),
            Calls::Parallel | Calls::Sequential => program.extend(calls.into_iter().map(Step::Call)),
        }
        program
    }
}

impl PieceKind for MachineRoomSpec {
    const KEY: &'static str = "machine-room";
    const SIZE: (i32, i32) = (5, 4);
    const TURNS: bool = true;
    const ANSWERS: bool = true;
    const CALLS: bool = true;
    const PORTS: &'static [Port] = &[
        Port::inlet(-1, 2, Heading::West),
        Port::outlet(0, 5, 3, Heading::East),
        Port::outlet(1, 5, 2, Heading::East),
        Port::outlet(2, 5, 1, Heading::East),
    ];
    const PARAMS: &'static [Param] = &[
        capacity!(MachineRoom, queue),
        Param::choice(
            "line",
            &LINE_NAMES,
            get!(MachineRoom, |s| s.line as u8 as f64),
            set!(MachineRoom, |s, value| s.line = LINES.get(value as usize).copied().unwrap_or_default()),
        ),
        Param::choice(
            "calls",
            &["sequential", "parallel"],
            get!(MachineRoom, |s| s.calls as u8 as f64),
            set!(MachineRoom, |s, value| {
                s.calls = if value > 0.0 { Calls::Parallel } else { Calls::Sequential };
            }),
        ),
        Param::count(
            "call-timeout",
            1,
            60_000,
            get!(MachineRoom, |s| s.call_timeout_ms as f64),
            set!(MachineRoom, |s, value| s.call_timeout_ms = value as u64),
        )
        .unit(Unit::Ms),
        capacity!(MachineRoom, replicas),
        capacity!(MachineRoom, workers),
        capacity!(MachineRoom, service_time),
        Param::count(
            "outlets",
            0,
            3,
            get!(MachineRoom, |s| f64::from(s.outlets)),
            set!(MachineRoom, |s, value| s.outlets = value as u8),
        )
        .by(By::Author)
        .advanced(),
        capacity!(MachineRoom, contention),
        capacity!(MachineRoom, crosstalk),
        capacity!(MachineRoom, start_up),
        Param::choice(
            "drops-expired",
            &NO_YES,
            get!(MachineRoom, |s| f64::from(u8::from(s.drops_expired))),
            set!(MachineRoom, |s, value| s.drops_expired = value > 0.0),
        )
        .by(By::Author)
        .advanced(),
    ];

    fn has(&self, port: &Port) -> bool {
        port.outlet.is_none_or(|outlet| outlet < self.outlets)
    }

    fn check(&self, require: Require<'_>) {
        capacity::check(self.replicas, self.workers, self.queue, &self.service_time, require);
        capacity::check_finer(self.contention_percent, self.crosstalk_percent, self.start_up_ms, require);
        require(self.outlets <= 3, "outlets", Rule::AtMost(3.0));
        let timeout_ok = (1..=TIMEOUT_MS_MAX).contains(&self.call_timeout_ms);
        require(timeout_ok, "call_timeout_ms", Rule::whole(1u64, TIMEOUT_MS_MAX));
    }

    fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
        let program = self.program(piece, to);
        // Without calls a worker is simply held for the service time.
        let endpoints =
            if program.len() > 1 { vec![EndpointSpec { id: EndpointId::MAIN, program }] } else { Vec::new() };
        to.blueprint.services.push(ServiceSpec {
            replicas: self.replicas,
            workers: self.workers,
            queue_limit: self.queue,
            service_time: self.service_time.distribution(),
            discipline: self.line.discipline(),
            contention: capacity::contention(self.contention_percent, self.crosstalk_percent),
            start_up_ns: self.start_up_ms.saturating_mul(1_000_000),
            drops_expired: self.drops_expired,
            endpoints,
            ..ServiceSpec::new(PieceId::from_name(&piece.name))
        });
    }
}
