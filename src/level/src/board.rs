//! The board: what stands in a level at one moment of building. Edits change it; nothing else does.

mod apply;
mod bridges;
mod build;
mod checks;
mod clip;
mod history;
mod joints;
mod power_ups;
mod shift;

pub use clip::{Clip, ClipPiece, ClipPipe};
pub use history::History;
pub use joints::Joint;

use crate::enemy::Enemy;
use crate::format::{Level, PipeRules, Stock};
use crate::grid::{Cell, Facing, Ground, Terrain};
use crate::kind::param::By;
use crate::kind::{Kind, KindSpec, Param, Port, Stands};
use crate::limits::NAME_BYTES_MAX;
use std::sync::Arc;

/// A piece on the board.
#[derive(Clone, PartialEq, Debug)]
pub struct Piece {
    /// Its name, unique on the board.
    pub name: String,
    /// Its top left cell.
    pub at: Cell,
    /// Where its outlets point.
    pub facing: Facing,
    /// What it is.
    pub spec: KindSpec,
    /// Whether it belongs to the level and cannot be moved or removed.
    pub fixed: bool,
    /// Parameters that the level lets the player set, beyond those that he may set anyway.
    pub knobs: Vec<String>,
}

impl Piece {
    /// The cells that it occupies.
    pub fn cells(&self) -> impl Iterator<Item = Cell> + use<> {
        footprint(self.spec.kind(), self.at)
    }

    /// Where pipes join it, relative to its top left cell.
    pub fn ports(&self) -> impl Iterator<Item = Port> + use<> {
        let (facing, columns) = (self.facing, self.spec.kind().size().0);
        let own: Vec<Port> = self.spec.kind().ports().iter().filter(|port| self.spec.has(port)).copied().collect();
        own.into_iter().map(move |port| port.facing(facing, columns))
    }

    /// The cell in which a pipe to that outlet ends, or to its inlet.
    pub fn mouth(&self, outlet: Option<u8>) -> Option<Cell> {
        self.ports().find(|port| port.outlet == outlet).map(|port| port.mouth_at(self.at))
    }

    /// Whether the player may set that parameter of it.
    pub fn may_set(&self, param: &Param) -> bool {
        let free = match param.by {
            By::Anyone => true,
            By::Player => !self.fixed,
            By::Author => false,
        };
        free || self.knobs.iter().any(|knob| knob == param.key)
    }

    /// Whether it stands on the ground, and not on a pipe or piece.
    pub(crate) fn stands_on_ground(&self) -> bool {
        self.spec.kind().stands() == Stands::Ground
    }
}

/// A pipe on the board.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pipe {
    /// Its name, unique on the board.
    pub name: String,
    /// Its cells in the order in which they were laid; never empty.
    pub cells: Vec<Cell>,
    /// Whether its valve is shut.
    pub shut: bool,
}

/// What stands in a level. Cheap to clone.
///
/// Pieces and pipes are kept in order of their names, so that equal builds are equal boards and give equal runs,
/// whatever the order in which they were built.
#[derive(Clone, PartialEq, Debug)]
pub struct Board {
    terrain: Arc<Terrain>,
    inventory: Arc<[Stock]>,
    enemies: Arc<[Enemy]>,
    rules: PipeRules,
    budget: u32,
    pieces: Vec<Piece>,
    pipes: Vec<Pipe>,
}

impl Board {
    /// The board as the level gives it: the fixed pieces, and what is built already. An edit that the board refuses is
    /// left out; a level that was parsed has none.
    pub fn new(level: &Level) -> Self {
        let mut board = Self::bare(level);
        for edit in &level.start {
            let _ = board.apply(edit);
        }
        board
    }

    /// The fixed pieces of a level alone.
    pub(crate) fn bare(level: &Level) -> Self {
        let mut pieces = level.pieces.clone();
        pieces.sort_by(|a, b| a.name.cmp(&b.name));
        Self {
            terrain: Arc::new(level.terrain.clone()),
            inventory: level.inventory.clone().into(),
            enemies: level.enemies.clone().into(),
            rules: level.pipes,
            budget: level.budget,
            pieces,
            pipes: Vec::new(),
        }
    }

    /// The player's pieces and pipes of this board, with what a level says of everything else.
    pub(crate) fn on(&self, level: &Level) -> Self {
        let mut board = Self { pipes: self.pipes.clone(), ..Self::bare(level) };
        board.pieces.extend(self.pieces.iter().filter(|piece| !piece.fixed).cloned());
        board.pieces.sort_by(|a, b| a.name.cmp(&b.name));
        board
    }

    /// Says whether a piece belongs to the level: what does can be changed only while it does not.
    pub(crate) fn set_fixed(&mut self, name: &str, fixed: bool) {
        self.pieces.iter_mut().filter(|piece| piece.name == name).for_each(|piece| piece.fixed = fixed);
    }

    /// The terrain under it.
    pub fn terrain(&self) -> &Terrain {
        &self.terrain
    }

    /// The pieces, in order of their names.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// The pipes, in order of their names.
    pub fn pipes(&self) -> &[Pipe] {
        &self.pipes
    }

    /// The piece of that name.
    pub fn piece(&self, name: &str) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.name == name)
    }

    /// The pipe of that name.
    pub fn pipe(&self, name: &str) -> Option<&Pipe> {
        self.pipes.iter().find(|pipe| pipe.name == name)
    }

    /// The piece that stands on a cell: where there is a power-up on something, the power-up.
    pub fn piece_at(&self, cell: Cell) -> Option<&Piece> {
        self.power_up_at(cell).or_else(|| self.ground_piece_at(cell))
    }

    /// The piece that stands on the ground of a cell.
    pub fn ground_piece_at(&self, cell: Cell) -> Option<&Piece> {
        self.pieces.iter().find(|piece| piece.stands_on_ground() && piece.cells().any(|c| c == cell))
    }

    /// The enemies of the level.
    pub fn enemies(&self) -> &[Enemy] {
        &self.enemies
    }

    /// The pipe that runs through a cell; at a bridge the first of the two.
    pub fn pipe_at(&self, cell: Cell) -> Option<&Pipe> {
        self.pipes_at(cell).next()
    }

    /// The pipes that run through a cell: none, one, or two that cross.
    pub fn pipes_at(&self, cell: Cell) -> impl Iterator<Item = &Pipe> {
        self.pipes.iter().filter(move |pipe| pipe.cells.contains(&cell))
    }

    /// Whether a pipe can be laid through a cell.
    pub fn is_free(&self, cell: Cell) -> bool {
        self.terrain.contains(cell)
            && self.terrain.ground(cell) == Ground::Tunnel
            && self.ground_piece_at(cell).is_none()
            && self.pipe_at(cell).is_none()
    }

    /// How many pieces of a kind are still in the inventory.
    pub fn left(&self, kind: Kind) -> u32 {
        let placed = self.pieces.iter().filter(|p| !p.fixed && p.spec.kind() == kind).count() as u32;
        self.stock(kind).map_or(0, |stock| stock.count.saturating_sub(placed))
    }

    /// Coins spent on the player's pieces and pipes.
    pub fn cost(&self) -> u32 {
        let pieces = self.pieces.iter().filter(|p| !p.fixed);
        let pieces = pieces.map(|p| self.stock(p.spec.kind()).map_or(0, |stock| stock.price));
        let cells: usize = self.pipes.iter().map(|pipe| pipe.cells.len()).sum();
        let bridges = self.bridges().len() as u32;
        let pipes = self.rules.price_per_cell.saturating_mul(cells as u32);
        let bridges = self.rules.price_per_bridge.unwrap_or(0).saturating_mul(bridges);
        pieces.fold(pipes.saturating_add(bridges), u32::saturating_add)
    }

    /// Coins that may still be spent.
    pub fn coins_left(&self) -> u32 {
        self.budget.saturating_sub(self.cost())
    }

    /// A name with this stem that nothing on the board has.
    pub fn free_name(&self, stem: &str) -> String {
        let names = (1..).map(|n| format!("{stem}-{n}"));
        names.into_iter().find(|name| !self.has(name)).unwrap_or_else(|| stem.to_owned())
    }

    /// Whether a piece, pipe or enemy has that name.
    pub(crate) fn has(&self, name: &str) -> bool {
        let is_enemy = self.enemies.iter().any(|enemy| enemy.name == name);
        is_enemy || self.piece(name).is_some() || self.pipe(name).is_some()
    }

    fn stock(&self, kind: Kind) -> Option<&Stock> {
        self.inventory.iter().find(|stock| stock.kind == kind)
    }
}

/// The cells of a piece of that kind whose top left cell is `at`.
pub fn footprint(kind: Kind, at: Cell) -> impl Iterator<Item = Cell> + use<> {
    let (columns, rows) = kind.size();
    (0..rows).flat_map(move |row| (0..columns).map(move |column| at.offset(column, row)))
}

/// Whether a text can be a name: 1 to 32 characters of a-z, 0-9 and `-`.
pub fn is_name(text: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=NAME_BYTES_MAX).contains(&text.len()) && text.bytes().all(allowed)
}
