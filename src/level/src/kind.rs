//! The kinds of piece: one file each, and the list of them.
//!
//! A kind is a type of parameters that implements `PieceKind`: its size, its ports, its knobs, its bounds, and what it
//! is in the simulation. Everything else that lists kinds does so from `kinds!`.

mod breaker_fire;
mod capacity;
mod event_storm;
mod gateway_star;
mod machine_room;
mod mesh_mushroom;
pub mod param;
mod port;
mod service_time;
mod spring;
mod vault;
mod warp_pipe;

pub use breaker_fire::CircuitBreakerFireSpec;
pub use event_storm::EventStormLightningSpec;
pub(crate) use gateway_star::interval_ns;
pub use gateway_star::{ApiGatewayStarSpec, Limits, Way};
pub use machine_room::{Calls, Line, MachineRoomSpec};
pub use mesh_mushroom::ServiceMeshSuperMushroomSpec;
pub use param::Param;
pub use port::Port;
pub use service_time::ServiceTime;
pub use spring::{Class, ClassRate, Keys, SpringSpec};
pub use vault::VaultSpec;
pub use warp_pipe::WarpPipeSpec;
pub(crate) use warp_pipe::policy_at;

use crate::board::Piece;
use crate::format::Rule;
use crate::grid::Cell;
use crate::lower::Lowering;
use pipe_maze_sim::ClientSpec;
use serde::{Deserialize, Serialize};

impl Kind {
    /// The middle cell of a piece whose upper left cell is there: by it a hand holds it.
    pub const fn middle(self, corner: Cell) -> Cell {
        let (columns, rows) = self.size();
        corner.offset(columns / 2, rows / 2)
    }

    /// The upper left cell of a piece whose middle is there.
    pub const fn corner(self, middle: Cell) -> Cell {
        let (columns, rows) = self.size();
        middle.offset(-(columns / 2), -(rows / 2))
    }
}

/// What a piece stands on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stands {
    /// On carved ground of its own.
    Ground,
    /// On a pipe, and changes the calls that go into it.
    Pipe,
    /// On a piece that makes calls, and changes all of them.
    Caller,
}

/// Reports a field that is out of range: whether all is well, the field, and what is allowed.
pub(crate) type Require<'a> = &'a mut dyn FnMut(bool, &str, Rule);

/// A kind of piece.
pub(crate) trait PieceKind {
    /// Its name in texts' keys and in the script interface.
    const KEY: &'static str;
    /// Columns and rows that it occupies.
    const SIZE: (i32, i32);
    /// Where pipes can join it.
    const PORTS: &'static [Port];
    /// What can be set about it.
    const PARAMS: &'static [Param];
    /// Whether its pieces can be turned.
    const TURNS: bool = false;
    /// What its pieces stand on.
    const STANDS: Stands = Stands::Ground;
    /// Whether it answers requests.
    const ANSWERS: bool = false;
    /// Whether it makes calls of its own: power-ups change those.
    const CALLS: bool = false;

    /// Whether this piece has that port of its kind.
    fn has(&self, _port: &Port) -> bool {
        true
    }

    /// Reports each parameter that is out of range.
    fn check(&self, _require: Require<'_>) {}

    /// Adds to a blueprint what it is in the simulation.
    fn lower(&self, _piece: &Piece, _to: &mut Lowering<'_>) {}

    /// A power-up: changes how the calls of what it stands on are made.
    fn equip(&self, _client: &mut ClientSpec) {}

    /// A power-up: what it adds to each message's way, in nanoseconds.
    fn hop_ns(&self) -> u64 {
        0
    }
}

/// Makes the enums of all kinds and forwards what they have in common.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident($spec:ty) = $default:expr,)+) => {
        /// A kind of piece, without parameters: what inventories and palettes list.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        /// A kind with its parameters.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub enum KindSpec {
            $($(#[$doc])* $kind($spec),)+
        }

        impl Kind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// The kind's name in texts' keys and in the script interface.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$kind => <$spec as PieceKind>::KEY,)+ }
            }

            /// Columns and rows that it occupies.
            pub const fn size(self) -> (i32, i32) {
                match self { $(Self::$kind => <$spec as PieceKind>::SIZE,)+ }
            }

            /// Where pipes can join its pieces, relative to their top left cell.
            pub const fn ports(self) -> &'static [Port] {
                match self { $(Self::$kind => <$spec as PieceKind>::PORTS,)+ }
            }

            /// What can be set about its pieces, main knobs first.
            pub const fn params(self) -> &'static [Param] {
                match self { $(Self::$kind => <$spec as PieceKind>::PARAMS,)+ }
            }

            /// Whether its pieces can be turned.
            pub const fn turns(self) -> bool {
                match self { $(Self::$kind => <$spec as PieceKind>::TURNS,)+ }
            }

            /// What its pieces stand on.
            pub const fn stands(self) -> Stands {
                match self { $(Self::$kind => <$spec as PieceKind>::STANDS,)+ }
            }

            /// Whether its pieces answer requests.
            pub const fn answers(self) -> bool {
                match self { $(Self::$kind => <$spec as PieceKind>::ANSWERS,)+ }
            }

            /// Whether its pieces make calls of their own.
            pub const fn calls(self) -> bool {
                match self { $(Self::$kind => <$spec as PieceKind>::CALLS,)+ }
            }

            /// A piece of this kind as it comes out of the palette, where the level does not say otherwise.
            pub const fn default_spec(self) -> KindSpec {
                match self { $(Self::$kind => KindSpec::$kind($default),)+ }
            }
        }

        impl KindSpec {
            /// The kind.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)+ }
            }

            /// Whether this piece has that port of its kind.
            pub fn has(&self, port: &Port) -> bool {
                match self { $(Self::$kind(spec) => spec.has(port),)+ }
            }

            pub(crate) fn check(&self, require: Require<'_>) {
                match self { $(Self::$kind(spec) => spec.check(require),)+ }
            }

            pub(crate) fn lower(&self, piece: &Piece, to: &mut Lowering<'_>) {
                match self { $(Self::$kind(spec) => spec.lower(piece, to),)+ }
            }

            pub(crate) fn equip(&self, client: &mut ClientSpec) {
                match self { $(Self::$kind(spec) => spec.equip(client),)+ }
            }

            pub(crate) fn hop_ns(&self) -> u64 {
                match self { $(Self::$kind(spec) => spec.hop_ns(),)+ }
            }
        }
    };
}

// A new kind is a file beside this one, and a line here.
kinds! {
    /// A source of requests.
    Spring(SpringSpec) = SpringSpec::DEFAULT,
    /// A service.
    MachineRoom(MachineRoomSpec) = MachineRoomSpec::DEFAULT,
    /// A service at the end of the way: a database.
    Vault(VaultSpec) = VaultSpec::DEFAULT,
    /// A load balancer.
    WarpPipe(WarpPipeSpec) = WarpPipeSpec::DEFAULT,
    /// A power-up on a pipe: a circuit breaker for the calls that go into it.
    CircuitBreakerFire(CircuitBreakerFireSpec) = CircuitBreakerFireSpec::DEFAULT,
    /// A power-up on a caller: retries, with a budget, for all of its calls.
    ServiceMeshSuperMushroom(ServiceMeshSuperMushroomSpec) = ServiceMeshSuperMushroomSpec::DEFAULT,
    /// An API gateway: routes by class, and limits the rate.
    ApiGatewayStar(ApiGatewayStarSpec) = ApiGatewayStarSpec::DEFAULT,
    /// A message broker.
    EventStormLightning(EventStormLightningSpec) = EventStormLightningSpec::DEFAULT,
}
