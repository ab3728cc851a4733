//! Routes: the cells of every pipe, as texels that the shader looks up.
//!
//! A texel is a cell: where it lies, and through which sides the water comes in and goes out. A route is a run of
//! texels. WebGL2 has no storage buffers; a small texture of integers, written when the board changes, does as well.

use bevy::prelude::Resource;
use pipe_maze_level::board::Joint;
use pipe_maze_level::{Board, Cell, Heading};
use pipe_maze_sim::PieceId;
use std::collections::BTreeMap;

/// Texels in a row of the texture.
pub const TEXTURE_WIDTH: usize = 256;
/// Rows of the texture. More cells than fit are more than a board has.
pub const TEXTURE_HEIGHT: usize = 64;

/// Where a route's texels are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Route {
    /// The first of them.
    pub first: u32,
    /// How many.
    pub cells: u32,
}

impl Route {
    const CELLS_BITS: u32 = 12;

    /// Both numbers in one word.
    pub const fn word(self) -> u32 {
        self.first << Self::CELLS_BITS | self.cells
    }
}

/// The routes of a board.
#[derive(Resource, Clone, PartialEq, Debug, Default)]
pub struct Routes {
    by_pipe: BTreeMap<PieceId, Route>,
    texels: Vec<u32>,
}

impl Routes {
    /// The routes of all pipes through which water can flow.
    pub fn new(board: &Board) -> Self {
        let mut routes = Self::default();
        let bridges = board.bridges();
        for joint in board.joints().filter(Joint::is_whole) {
            let first = routes.texels.len();
            routes.texels.extend(texels(&joint, |cell| bridges.contains(&cell)));
            if routes.texels.len() > TEXTURE_WIDTH * TEXTURE_HEIGHT {
                routes.texels.truncate(first);
                break;
            }
            let route = Route { first: first as u32, cells: (routes.texels.len() - first) as u32 };
            routes.by_pipe.insert(PieceId::from_name(&joint.pipe.name), route);
        }
        routes
    }

    /// The route through a pipe.
    pub fn of(&self, pipe: PieceId) -> Option<Route> {
        self.by_pipe.get(&pipe).copied()
    }

    /// All texels.
    pub fn texels(&self) -> &[u32] {
        &self.texels
    }
}

/// A texel for each cell, in the order in which requests pass.
fn texels(joint: &Joint<'_>, is_bridge: impl Fn(Cell) -> bool) -> impl Iterator<Item = u32> {
    let cells = joint.cells_along();
    let source = joint.source.map_or(Heading::West, |(_, _, heading)| heading);
    let target = joint.target.map_or(Heading::East, |(_, heading)| heading);
    (0..cells.len()).map(move |i| {
        let from = if i == 0 { Some(source) } else { cells[i].heading_to(cells[i - 1]) };
        let to = cells.get(i + 1).map_or(Some(target), |&next| cells[i].heading_to(next));
        let (from, to) = (from.unwrap_or(source), to.unwrap_or(target));
        // What runs east and west passes under what runs north and south.
        let under = is_bridge(cells[i]) && matches!(from, Heading::East | Heading::West);
        texel(cells[i], from, to) | if under { UNDER } else { 0 }
    })
}

/// The bit that says that the water passes under a bridge.
const UNDER: u32 = 1 << 28;

/// Column in bits 0 to 11, row in 12 to 23, the sides in 24 to 25 and 26 to 27.
fn texel(cell: Cell, from: Heading, to: Heading) -> u32 {
    let side = |heading: Heading| Heading::ALL.iter().position(|&each| each == heading).unwrap_or(0) as u32;
    cell.column as u32 & 0xFFF | (cell.row as u32 & 0xFFF) << 12 | side(from) << 24 | side(to) << 26
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_pipes_that_cross_the_level_one_is_under() {
        let session = crate::board::tests::flowing();
        let board = session.board();
        let routes = Routes::new(board);
        let under = |pipe: &str| {
            let route = routes.of(PieceId::from_name(pipe)).unwrap();
            let texels = &routes.texels()[route.first as usize..(route.first + route.cells) as usize];
            texels
                .iter()
                .filter(|&&texel| texel & UNDER != 0)
                .map(|texel| (texel & 0xFFF, texel >> 12 & 0xFFF))
                .collect()
        };
        let bridge = *board.bridges().iter().next().unwrap();
        let found: Vec<(u32, u32)> = under("to-store");
        assert_eq!(found, [(bridge.column as u32, bridge.row as u32)]);
        assert_eq!(under("to-orders"), Vec::new());
    }
}
