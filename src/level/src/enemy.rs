//! Enemies: faults of the level, each with a place, a target and a schedule. What each does is in a file of its own.

mod breaker_thwomp;
mod coordination_thwomp;
mod piranha;
mod schedule;

pub use breaker_thwomp::{CircuitBreakerThwompSpec, Grip};
pub use coordination_thwomp::{Blow, CoordinationThwompSpec};
pub use piranha::LatencyPiranhaPlantSpec;
pub use schedule::Schedule;

use crate::board::{Board, Pipe};
use crate::grid::Cell;
use crate::kind::Require;
use pipe_maze_sim::{Fault, HazardSpec, PieceId};
use serde::{Deserialize, Serialize};

/// An enemy of a level.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Enemy {
    /// Its name, unique in the level.
    pub name: String,
    /// What it is.
    pub kind: EnemySpec,
    /// Where it is drawn. Without a target by name it strikes what is in one of these cells.
    pub cells: Vec<Cell>,
    /// The pipe or piece that it strikes. One that strikes pipes strikes the pipe that leads into that piece.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
    /// When it strikes.
    pub schedule: Schedule,
}

/// What an enemy strikes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strikes {
    /// A pipe.
    Pipe,
    /// A service.
    Service,
}

/// A kind of enemy.
pub(crate) trait EnemyKindSpec {
    /// Its name in texts' keys and in the script interface.
    const KEY: &'static str;
    /// What it strikes.
    const STRIKES: Strikes;
    /// One as it comes out of the palette.
    const DEFAULT: Self;

    /// What it does in the simulation.
    fn fault(&self) -> Fault;

    /// Which of the faults that its kind can be it is, as the end of texts' keys; and how strong it is, where one number
    /// says that: milliseconds, a factor, or a share in percent.
    fn form(&self) -> (&'static str, Option<f64>);

    /// Reports each parameter that is out of range.
    fn check(&self, _require: Require<'_>) {}
}

/// Makes the enums of all kinds of enemy and forwards what they have in common.
macro_rules! enemies {
    ($($(#[$doc:meta])* $kind:ident($spec:ty),)+) => {
        /// A kind of enemy, without parameters.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum EnemyKind {
            $($(#[$doc])* $kind,)+
        }

        /// A kind of enemy with its parameters.
        #[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
        pub enum EnemySpec {
            $($(#[$doc])* $kind($spec),)+
        }

        impl EnemyKind {
            /// All kinds.
            pub const ALL: &'static [Self] = &[$(Self::$kind),+];

            /// Its name in texts' keys and in the script interface.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$kind => <$spec as EnemyKindSpec>::KEY,)+ }
            }

            /// What it strikes.
            pub const fn strikes(self) -> Strikes {
                match self { $(Self::$kind => <$spec as EnemyKindSpec>::STRIKES,)+ }
            }

            /// An enemy of this kind as it comes out of the editor's palette.
            pub const fn default_spec(self) -> EnemySpec {
                match self { $(Self::$kind => EnemySpec::$kind(<$spec as EnemyKindSpec>::DEFAULT),)+ }
            }
        }

        impl EnemySpec {
            /// The kind.
            pub const fn kind(&self) -> EnemyKind {
                match self { $(Self::$kind(_) => EnemyKind::$kind,)+ }
            }

            /// Which of the faults that its kind can be it is, as the end of the key of its text, `foe-FORM`; and how strong
            /// it is, where one number says that: milliseconds, a factor, or a share in percent.
            pub fn form(&self) -> (&'static str, Option<f64>) {
                match self { $(Self::$kind(spec) => EnemyKindSpec::form(spec),)+ }
            }

            fn fault(&self) -> Fault {
                match self { $(Self::$kind(spec) => spec.fault(),)+ }
            }

            fn check(&self, require: Require<'_>) {
                match self { $(Self::$kind(spec) => spec.check(require),)+ }
            }
        }
    };
}

// A new kind of enemy is a file in this folder, and a line here.
enemies! {
    /// Bites a pipe: what passes is held up.
    LatencyPiranhaPlant(LatencyPiranhaPlantSpec),
    /// Slams on a machine: it stands still, goes down, is slow, or answers with errors.
    CoordinationThwomp(CoordinationThwompSpec),
    /// Slams a pipe shut, or squeezes it, or makes it leak.
    CircuitBreakerThwomp(CircuitBreakerThwompSpec),
}

impl EnemySpec {
    /// The ends of the keys of all texts that say what an enemy does, with a number where there is one in them.
    pub fn forms() -> Vec<(&'static str, Option<f64>)> {
        let presses = [
            Grip::Shut,
            Grip::ShutForward,
            Grip::ShutBackward,
            Grip::Leak { percent: 30.0 },
            Grip::Squeeze { percent: 20.0 },
        ];
        let stones =
            [Blow::Pause, Blow::Crash, Blow::Vanish, Blow::Slow { factor: 3.0 }, Blow::Errors { percent: 50.0 }];
        let presses = presses.map(|grip| CircuitBreakerThwompSpec { grip }.form());
        let stones = stones.map(|blow| CoordinationThwompSpec { blow, replicas: None }.form());
        std::iter::once(LatencyPiranhaPlantSpec::DEFAULT.form()).chain(stones).chain(presses).collect()
    }
}

impl Enemy {
    /// Its identity in the simulation.
    pub const fn id(&self) -> PieceId {
        PieceId::from_name(self.name.as_str())
    }

    /// The name of the pipe or piece that it strikes on that board, if there is one.
    pub fn target<'a>(&self, board: &'a Board) -> Option<&'a str> {
        match self.kind.kind().strikes() {
            Strikes::Pipe => self.pipe(board),
            Strikes::Service => {
                let named = self.on.iter().filter_map(|name| board.piece(name));
                let there =
                    self.cells.iter().filter(|_| self.on.is_none()).filter_map(|&cell| board.ground_piece_at(cell));
                let mut found = named.chain(there).filter(|piece| piece.spec.kind().answers());
                found.next().map(|piece| piece.name.as_str())
            }
        }
    }

    /// The pipe that it strikes: a whole one, since nothing flows in others.
    fn pipe<'a>(&self, board: &'a Board) -> Option<&'a str> {
        let is_target = |pipe: &Pipe, to: &str| match &self.on {
            Some(on) => *on == pipe.name || on == to,
            None => pipe.cells.iter().any(|cell| self.cells.contains(cell)),
        };
        board.joints().filter(|joint| joint.is_whole()).find_map(|joint| {
            let (to, _) = joint.target?;
            is_target(joint.pipe, to).then_some(joint.pipe.name.as_str())
        })
    }

    /// What it is in the simulation of that board; nothing where there is nothing to strike.
    pub(crate) fn hazard(&self, board: &Board, end_ms: u64) -> Option<HazardSpec> {
        let on = PieceId::from_name(self.target(board)?);
        Some(HazardSpec { id: self.id(), on, schedule: self.schedule.lower(end_ms), fault: self.kind.fault() })
    }

    /// Reports each parameter that is out of range in a level whose springs flow until `end_ms`.
    pub(crate) fn check(&self, end_ms: u64, require: Require<'_>) {
        self.kind.check(require);
        self.schedule.check(end_ms, require);
    }
}
