//! How each kind looks. A kind's picture is a file of its own, which says here under which names its sprites are found and
//! which plugin draws it; palette, cursor, inspector, map and sound ask here. A new kind is such a file and a line below.

use super::{CELL, balancers, brokers, centre, corner, enemies, gateways, houses, power_ups, rooms, springs};
use crate::sound::Sound;
use bevy::prelude::*;
use pipe_maze_level::{Cell, EnemyKind, Kind};

/// How the pieces of a kind look where they are not at work.
pub struct PieceLook {
    /// The sprite that stands on the board while it is placed.
    pub ghost: &'static str,
    /// Where that sprite hangs.
    pub hangs: Hangs,
    /// Its picture in the palette.
    pub slot: &'static str,
    /// Its small picture in the inspector.
    pub portrait: &'static str,
    /// What is heard when one is placed.
    pub placed: Sound,
    /// What draws its pieces at work.
    pub plugin: fn(&mut App),
}

/// How the enemies of a kind look where they are not at work, and how they sound.
pub struct EnemyLook {
    /// Its small picture while it is at large.
    pub active: &'static str,
    /// Its small picture once it is beaten.
    pub beaten: &'static str,
    /// What is heard when it strikes.
    pub strike: Sound,
    /// What draws its enemies at work.
    pub plugin: fn(&mut App),
}

/// Where a sprite hangs, in the cells that its piece occupies.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hangs {
    /// By the top left corner of the first cell.
    Corner,
    /// By the centre of the first cell.
    Centre,
    /// By the centre of the cell below the first.
    Below,
    /// By the centre of the cell that lies below the first and to its right.
    Middle,
}

impl Hangs {
    /// That point, in world units, for a piece whose first cell is `at`.
    pub fn point(self, at: Cell) -> Vec2 {
        match self {
            Self::Corner => corner(at),
            Self::Centre => centre(at),
            Self::Below => centre(at) - Vec2::new(0.0, CELL),
            Self::Middle => centre(at) + Vec2::new(CELL, -CELL),
        }
    }
}

/// The look of a kind of piece. A new kind gets its line here.
pub const fn piece(kind: Kind) -> &'static PieceLook {
    match kind {
        Kind::Spring => &springs::LOOK,
        Kind::MachineRoom => &houses::ROOM,
        Kind::Vault => &houses::VAULT,
        Kind::WarpPipe => &balancers::LOOK,
        Kind::CircuitBreakerFire => &power_ups::FIRE,
        Kind::ServiceMeshSuperMushroom => &power_ups::MUSHROOM,
        Kind::ApiGatewayStar => &gateways::LOOK,
        Kind::EventStormLightning => &brokers::LOOK,
    }
}

/// The look of a kind of enemy. A new kind gets its line here.
pub const fn enemy(kind: EnemyKind) -> &'static EnemyLook {
    match kind {
        EnemyKind::LatencyPiranhaPlant => &enemies::PIRANHA,
        EnemyKind::CoordinationThwomp => &enemies::THWOMP,
        EnemyKind::CircuitBreakerThwomp => &enemies::PRESS,
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(rooms::plugin);
    Kind::ALL.iter().for_each(|&kind| (piece(kind).plugin)(app));
    EnemyKind::ALL.iter().for_each(|&kind| (enemy(kind).plugin)(app));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::atlas::Atlas;

    #[test]
    fn every_kind_has_its_sprites() {
        let atlas = Atlas::blank();
        let pieces = Kind::ALL.iter().map(|&kind| piece(kind)).flat_map(|look| [look.ghost, look.slot, look.portrait]);
        let enemies = EnemyKind::ALL.iter().map(|&kind| enemy(kind)).flat_map(|look| [look.active, look.beaten]);
        for name in pieces.chain(enemies) {
            assert!(atlas.frame(name).is_some(), "the atlas lacks {name}");
        }
    }
}
