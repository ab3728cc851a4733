//! Ways through the tunnels: which cells are open, and the shortest way over them.

use crate::board::Board;
use crate::grid::{Cell, Ground, Heading, Terrain};
use crate::kind::Kind;

/// Where one can go on a board. It stays the same while water flows, since nothing is built then.
pub(super) struct Ways<'a> {
    terrain: &'a Terrain,
    /// Row by row: whether one can stand there.
    open: Vec<bool>,
    /// The mouths of all warp pipes: who is at one is a step away from every other.
    warps: Vec<Cell>,
}

impl<'a> Ways<'a> {
    pub fn of(board: &'a Board) -> Self {
        let terrain = board.terrain();
        let mut open: Vec<bool> = terrain.cells().map(|cell| terrain.ground(cell) != Ground::Rock).collect();
        // Who comes out of a spring's shaft passes it; houses and warp pipes fill the tunnel.
        let walls = board.pieces().iter().filter(|piece| piece.stands_on_ground() && !is_spring(piece.spec.kind()));
        for cell in walls.flat_map(|piece| piece.cells()) {
            if let Some(place) = place(terrain, cell) {
                open[place] = false;
            }
        }
        let mut ways = Self { terrain, open, warps: Vec::new() };
        let warps = board.pieces().iter().filter(|piece| piece.spec.kind() == Kind::WarpPipe);
        let mouths = warps.flat_map(|piece| piece.ports().map(|port| port.mouth_at(piece.at)));
        ways.warps = mouths.filter(|&mouth| ways.is_open(mouth)).collect();
        ways
    }

    pub fn is_open(&self, cell: Cell) -> bool {
        place(self.terrain, cell).is_some_and(|place| self.open[place])
    }

    /// The shortest way from a cell to one of `goals`, both included; of several as short always the same. Nothing where
    /// no way leads.
    pub fn shortest(&self, from: Cell, goals: &[Cell]) -> Option<Vec<Cell>> {
        let mut came_from: Vec<Option<Cell>> = vec![None; self.open.len()];
        let mut ring = vec![from];
        *came_from.get_mut(place(self.terrain, from)?)? = Some(from);
        let mut warped = false;
        while !ring.is_empty() {
            if let Some(&goal) = ring.iter().find(|cell| goals.contains(cell)) {
                return Some(self.back(&came_from, goal));
            }
            let mut next = Vec::new();
            for &cell in &ring {
                let beside = Heading::ALL.map(|heading| cell.step(heading));
                // Who is in a warp pipe first has been everywhere that warp pipes lead.
                let dives = !warped && self.warps.contains(&cell);
                warped |= dives;
                let through = self.warps.iter().copied().filter(|_| dives);
                for neighbour in beside.into_iter().filter(|&cell| self.is_open(cell)).chain(through) {
                    if let Some(from @ None) = place(self.terrain, neighbour).map(|place| &mut came_from[place]) {
                        *from = Some(cell);
                        next.push(neighbour);
                    }
                }
            }
            ring = next;
        }
        None
    }

    fn back(&self, came_from: &[Option<Cell>], goal: Cell) -> Vec<Cell> {
        let before = |cell: &Cell| came_from[place(self.terrain, *cell)?].filter(|from| from != cell);
        let mut way: Vec<Cell> = std::iter::successors(Some(goal), before).collect();
        way.reverse();
        way
    }
}

fn is_spring(kind: Kind) -> bool {
    kind == Kind::Spring
}

fn place(terrain: &Terrain, cell: Cell) -> Option<usize> {
    terrain.contains(cell).then_some((cell.row * terrain.columns() + cell.column) as usize)
}
