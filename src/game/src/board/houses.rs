//! How machines that answer requests are built: from which sprites, and where things stand in them.

use super::looks::{Hangs, PieceLook};
use crate::atlas::{Atlas, Frame};
use crate::sound::Sound;
use pipe_maze_level::{Kind, Piece};
use pipe_maze_sim::PieceId;

// What answers requests is drawn by one plugin, for all such kinds.
pub(super) const ROOM: PieceLook = PieceLook {
    ghost: "room-ok",
    hangs: Hangs::Corner,
    slot: "room-ok",
    portrait: "room-mini-ok",
    placed: Sound::PutDown,
    plugin: |_| {},
};

pub(super) const VAULT: PieceLook = PieceLook {
    ghost: "vault-shell-ok",
    hangs: Hangs::Corner,
    slot: "vault-mini-ok",
    portrait: "vault-mini-ok",
    placed: Sound::PutDown,
    plugin: |_| {},
};

/// Most connections that a vault shows.
pub const BOOKS: usize = 18;

/// The look of a machine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum House {
    /// A machine room, under a roof of that family.
    Room(&'static str),
    /// A vault.
    Vault,
}

impl House {
    /// The look of that piece. Rooms differ by their names, so that each keeps its roof wherever it goes.
    pub fn of(piece: &Piece) -> Self {
        const ROOFS: [&str; 4] = ["roof-gable", "roof-barrel", "roof-saw", "roof-dome"];
        match piece.spec.kind() {
            Kind::Vault => Self::Vault,
            _ => Self::Room(ROOFS[(PieceId::from_name(&piece.name).0 % 4) as usize]),
        }
    }

    /// The stems of the sprites that are drawn for each state, back to front.
    pub fn shells(self) -> Vec<&'static str> {
        match self {
            Self::Room(roof) => vec![roof, "room-body"],
            Self::Vault => vec!["vault-shell"],
        }
    }

    /// The pane over its tank.
    pub const fn glass(self) -> &'static str {
        match self {
            Self::Room(_) => "room-tank-glass",
            Self::Vault => "vault-tank-glass",
        }
    }

    /// The sprite that says where tank, plate and people are.
    pub fn frame(self, atlas: &Atlas) -> Option<&Frame> {
        atlas.frame(match self {
            Self::Room(_) => "room-body-ok",
            Self::Vault => "vault-shell-ok",
        })
    }

    /// The sprite that says where its chimney is.
    pub fn chimney(self, atlas: &Atlas) -> Option<&Frame> {
        match self {
            Self::Room(roof) => atlas.frame(&format!("{roof}-ok")),
            Self::Vault => atlas.frame("vault-shell-ok"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pipe_maze_level::{Cell, Facing};

    #[test]
    fn every_house_has_its_sprites_and_all_roofs_are_used() {
        let atlas = Atlas::blank();
        let piece = |name: &str, kind: Kind| Piece {
            name: name.into(),
            at: Cell::default(),
            facing: Facing::East,
            spec: kind.default_spec(),
            fixed: false,
            knobs: Vec::new(),
        };
        let rooms = (1..=4).map(|n| House::of(&piece(&format!("machine-room-{n}"), Kind::MachineRoom)));
        let houses: Vec<House> = rooms.chain([House::of(&piece("vault-1", Kind::Vault))]).collect();
        assert!((1..5).all(|i| !houses[..i].contains(&houses[i])), "{houses:?}");
        for house in houses {
            for (stem, state) in house.shells().iter().flat_map(|stem| ["ok", "strain", "failed"].map(|s| (stem, s))) {
                assert!(atlas.frame(&format!("{stem}-{state}")).is_some(), "{stem}-{state}");
            }
            assert!(atlas.frame(house.glass()).is_some());
            let frame = house.frame(&atlas).unwrap();
            assert!(frame.tank.is_some() && frame.plate.is_some() && frame.badge.is_some());
            assert!(house.chimney(&atlas).unwrap().smoke.is_some(), "{house:?}");
        }
    }
}
