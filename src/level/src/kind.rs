//! The kinds of piece: what each occupies, where pipes join it, and what it is in the simulation.

use crate::grid::{Cell, Facing, Heading};
use pipe_maze_sim::{Distribution, Policy};
use serde::{Deserialize, Serialize};

/// A kind of piece, without parameters: what inventories and palettes list.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum Kind {
    /// A source of requests.
    Spring,
    /// A service.
    MachineRoom,
    /// A load balancer.
    WarpPipe,
}

impl Kind {
    /// All kinds. A new kind is one line here and one arm in each method below.
    pub const ALL: [Self; 3] = [Self::Spring, Self::MachineRoom, Self::WarpPipe];

    /// The kind's name in texts' keys and in the script interface.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Spring => "spring",
            Self::MachineRoom => "machine-room",
            Self::WarpPipe => "warp-pipe",
        }
    }

    /// Columns and rows that it occupies.
    pub const fn size(self) -> (i32, i32) {
        match self {
            Self::Spring => (1, 2),
            Self::MachineRoom => (5, 4),
            Self::WarpPipe => (2, 3),
        }
    }

    /// Whether its pieces can be turned.
    pub const fn turns(self) -> bool {
        match self {
            Self::Spring => false,
            Self::MachineRoom | Self::WarpPipe => true,
        }
    }

    /// Where pipes join it, relative to its top left cell.
    pub const fn ports(self) -> &'static [Port] {
        const SPRING: [Port; 1] = [Port::outlet(0, 0, 2, Heading::South)];
        const MACHINE_ROOM: [Port; 1] = [Port::inlet(-1, 2, Heading::West)];
        const WARP_PIPE: [Port; 4] = [
            Port::inlet(-1, 1, Heading::West),
            Port::outlet(0, 2, 0, Heading::East),
            Port::outlet(1, 2, 1, Heading::East),
            Port::outlet(2, 2, 2, Heading::East),
        ];
        match self {
            Self::Spring => &SPRING,
            Self::MachineRoom => &MACHINE_ROOM,
            Self::WarpPipe => &WARP_PIPE,
        }
    }

    /// A piece of this kind as it comes out of the palette.
    pub const fn default_spec(self) -> KindSpec {
        match self {
            Self::Spring => KindSpec::Spring(SpringSpec::DEFAULT),
            Self::MachineRoom => KindSpec::MachineRoom(MachineRoomSpec::DEFAULT),
            Self::WarpPipe => KindSpec::WarpPipe(WarpPipeSpec { policy: Policy::RoundRobin }),
        }
    }
}

/// A place where a pipe joins a piece.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Port {
    /// The cell outside the piece in which a pipe to this port ends, relative to the piece's top left cell.
    pub mouth: (i32, i32),
    /// From the piece towards that cell.
    pub heading: Heading,
    /// The outlet's number, or nothing where requests come in here.
    pub outlet: Option<u8>,
}

impl Port {
    const fn inlet(column: i32, row: i32, heading: Heading) -> Self {
        Self { mouth: (column, row), heading, outlet: None }
    }

    const fn outlet(number: u8, column: i32, row: i32, heading: Heading) -> Self {
        Self { mouth: (column, row), heading, outlet: Some(number) }
    }

    /// The port of a piece that faces that way and is so many columns wide.
    #[must_use]
    pub const fn facing(self, facing: Facing, columns: i32) -> Self {
        match facing {
            Facing::East => self,
            Facing::West => {
                let (column, row) = self.mouth;
                Self { mouth: (columns - 1 - column, row), heading: self.heading.mirrored(), outlet: self.outlet }
            }
        }
    }

    /// The cell in which a pipe to this port ends, for a piece whose top left cell is `at`.
    pub const fn mouth_at(&self, at: Cell) -> Cell {
        at.offset(self.mouth.0, self.mouth.1)
    }
}

/// A kind with its parameters.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub enum KindSpec {
    /// A source of requests.
    Spring(SpringSpec),
    /// A service.
    MachineRoom(MachineRoomSpec),
    /// A load balancer.
    WarpPipe(WarpPipeSpec),
}

impl KindSpec {
    /// The kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Spring(_) => Kind::Spring,
            Self::MachineRoom(_) => Kind::MachineRoom,
            Self::WarpPipe(_) => Kind::WarpPipe,
        }
    }
}

/// Parameters of a spring.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpringSpec {
    /// Mean requests per simulated second (Poisson).
    pub rate_per_s: f64,
    /// How long its clients wait, in simulated milliseconds.
    pub timeout_ms: u64,
    /// What its droplets look like.
    #[serde(default)]
    pub class: Class,
    /// Size of a request, in bytes.
    #[serde(default = "SpringSpec::request_bytes_default")]
    pub request_bytes: u32,
    /// Size of a response, in bytes.
    #[serde(default = "SpringSpec::response_bytes_default")]
    pub response_bytes: u32,
}

impl SpringSpec {
    const DEFAULT: Self =
        Self { rate_per_s: 10.0, timeout_ms: 5_000, class: Class::Browse, request_bytes: 500, response_bytes: 2_000 };

    const fn request_bytes_default() -> u32 {
        Self::DEFAULT.request_bytes
    }

    const fn response_bytes_default() -> u32 {
        Self::DEFAULT.response_bytes
    }
}

/// A class of requests: a shape and a colour on the board.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Class {
    /// A circle.
    #[default]
    Browse,
    /// A diamond.
    Buy,
    /// A triangle.
    Batch,
}

/// Parameters of a machine room.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MachineRoomSpec {
    /// Copies of the service.
    #[serde(default = "MachineRoomSpec::replicas_default")]
    pub replicas: u32,
    /// Workers of each copy.
    pub workers: u32,
    /// Requests that may wait.
    pub queue: u32,
    /// How long a request keeps a worker.
    pub service_time: ServiceTime,
}

impl MachineRoomSpec {
    const DEFAULT: Self =
        Self { replicas: 1, workers: 4, queue: 20, service_time: ServiceTime::Exponential { mean_ms: 50.0 } };

    const fn replicas_default() -> u32 {
        Self::DEFAULT.replicas
    }
}

/// A service-time distribution, in simulated milliseconds.
#[derive(Clone, Copy, PartialEq, Debug, Serialize, Deserialize)]
pub enum ServiceTime {
    /// Always the same.
    Constant {
        /// The time.
        mean_ms: f64,
    },
    /// Memoryless.
    Exponential {
        /// The mean.
        mean_ms: f64,
    },
    /// The sum of several exponentials.
    Erlang {
        /// How many.
        stages: u32,
        /// The mean of the sum.
        mean_ms: f64,
    },
}

impl ServiceTime {
    /// The mean, in simulated milliseconds.
    pub const fn mean_ms(&self) -> f64 {
        match *self {
            Self::Constant { mean_ms } | Self::Exponential { mean_ms } | Self::Erlang { mean_ms, .. } => mean_ms,
        }
    }

    /// The simulation's distribution.
    pub fn distribution(&self) -> Distribution {
        let mean_ns = (self.mean_ms() * 1e6) as u64;
        match *self {
            Self::Constant { .. } => Distribution::Constant { mean_ns },
            Self::Exponential { .. } => Distribution::Exponential { mean_ns },
            Self::Erlang { stages, .. } => Distribution::Erlang { stages, mean_ns },
        }
    }
}

/// Parameters of a warp pipe.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WarpPipeSpec {
    /// How it chooses among its outlets.
    pub policy: Policy,
}
