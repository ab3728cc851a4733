//! What the hand is about to do, before it is done: the edit, whether it is refused, how it would look and what it costs.

use super::carry::Load;
use super::{Carrying, Doing, Hand, Tool, fault};
use crate::session::Session;
use pipe_maze_level::board::{Clip, footprint};
use pipe_maze_level::grid::Facing;
use pipe_maze_level::{Board, Cell, Edit, Enemy, EnemyKind, Kind, Piece, Refusal};

/// An edit that is not done yet.
#[derive(Clone, PartialEq, Debug)]
pub struct Preview {
    /// The edit.
    pub edit: Edit,
    /// Why it would be refused.
    pub refusal: Option<Refusal>,
    /// How it would look.
    pub ghost: Ghost,
    /// What it costs.
    pub price: Price,
}

/// Pieces and pipes that are not there yet.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ghost {
    /// Kinds, top left cells, and where they face.
    pub pieces: Vec<(Kind, Cell, Facing)>,
    /// Faults and their cells.
    pub faults: Vec<(EnemyKind, Cell)>,
    /// Cells of pipes.
    pub pipes: Vec<Vec<Cell>>,
    /// Cells where something stands now and would not then.
    pub vacated: Vec<Cell>,
}

/// What an edit costs, or gives back.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Price {
    /// Coins more than before.
    pub coins: i64,
    /// Cells of pipe on the way there and back, now.
    pub round_trip_cells: usize,
    /// The same before the edit; nothing where nothing was there.
    pub round_trip_cells_before: Option<usize>,
}

impl Hand {
    /// What would happen if the hand let go, or pressed, now.
    pub fn preview(&self, session: &Session) -> Option<Preview> {
        if session.play().is_some() {
            return None;
        }
        let board = session.board();
        let edit = match (&self.doing, self.tool) {
            (Doing::Drawing(drawing), _) => drawing.edit(board)?,
            (Doing::Rerouting(rerouting), _) => rerouting.edit()?,
            (Doing::Carrying(carrying), _) => carrying.edit(board, self.cursor)?,
            (Doing::Nothing, Tool::Place(_) | Tool::Loose(_)) if self.rest == Some(self.cursor) => return None,
            (Doing::Nothing | Doing::Placing, Tool::Place(kind)) => self.placing(board, kind),
            (Doing::Nothing | Doing::Placing, Tool::Loose(kind)) => {
                Edit::PlaceEnemy { name: board.free_name(kind.key()), kind, at: self.cursor }
            }
            _ => return None,
        };
        let mut after = board.clone();
        let refusal = after.apply(&edit).err();
        let ghost = match (&refusal, &self.doing) {
            (None, _) => Ghost::of_change(board, &after),
            (Some(_), Doing::Carrying(carrying)) => carrying.ghost(board, self.cursor),
            (Some(_), _) => Ghost::meant(&edit),
        };
        let price = Price::of_change(board, &after);
        Some(Preview { edit, refusal, ghost, price })
    }

    /// The upper left cell of what it places: with its middle at the cursor, or where it is attracted to.
    fn corner(&self, kind: Kind) -> Cell {
        let attracted = |&(wanted, corner): &(Kind, Cell)| {
            wanted == kind && !self.turned && footprint(kind, corner).any(|cell| cell == self.cursor)
        };
        self.magnet.filter(attracted).map_or_else(|| kind.corner(self.cursor), |(_, corner)| corner)
    }

    fn placing(&self, board: &Board, kind: Kind) -> Edit {
        let name = board.free_name(kind.key());
        let place = Edit::Place { name: name.clone(), kind, at: self.corner(kind) };
        if !self.turned {
            return place;
        }
        Edit::Batch(vec![place, Edit::Rotate { name, to: Facing::default().turned() }])
    }
}

impl Ghost {
    /// What is on one board and not, or not so, on the other.
    fn of_change(before: &Board, after: &Board) -> Self {
        let pieces = after.pieces().iter().filter(|piece| before.piece(&piece.name) != Some(*piece));
        let pipes = after.pipes().iter().filter(|pipe| before.pipe(&pipe.name) != Some(*pipe));
        let stood = before.pieces().iter().flat_map(Piece::cells);
        let stood = stood.chain(before.pipes().iter().flat_map(|pipe| pipe.cells.iter().copied()));
        let is_empty = |cell: &Cell| after.piece_at(*cell).is_none() && after.pipe_at(*cell).is_none();
        Self {
            pieces: pieces.map(|piece| (piece.spec.kind(), piece.at, piece.facing)).collect(),
            faults: after.faults().iter().filter(|fault| !before.faults().contains(fault)).flat_map(place_of).collect(),
            pipes: pipes.map(|pipe| pipe.cells.clone()).collect(),
            vacated: stood.filter(is_empty).collect(),
        }
    }

    /// What an edit names, where it cannot be done.
    fn meant(edit: &Edit) -> Self {
        let mut ghost = Self::default();
        match edit {
            Edit::Place { kind, at, .. } => ghost.pieces.push((*kind, *at, Facing::default())),
            Edit::PlaceEnemy { kind, at, .. } => ghost.faults.push((*kind, *at)),
            Edit::LayPipe { cells, .. } | Edit::Reroute { cells, .. } => ghost.pipes.push(cells.clone()),
            Edit::Batch(edits) => {
                for each in edits.iter().map(Self::meant) {
                    ghost.pieces.extend(each.pieces);
                    ghost.faults.extend(each.faults);
                    ghost.pipes.extend(each.pipes);
                }
                let turned = edits.iter().any(|edit| matches!(edit, Edit::Rotate { .. }));
                if let (true, [(_, _, facing)]) = (turned, ghost.pieces.as_mut_slice()) {
                    *facing = facing.turned();
                }
            }
            _ => {}
        }
        ghost
    }

    /// The upper edge's middle cell, and how many rows it has.
    pub fn top(&self) -> Option<Cell> {
        let corners = self.pieces.iter().map(|(kind, at, _)| at.offset((kind.size().0 - 1) / 2, 0));
        let faults = self.faults.iter().map(|&(_, at)| at);
        corners
            .chain(faults)
            .chain(self.pipes.iter().filter_map(|cells| cells.last().copied()))
            .min_by_key(|cell| cell.row)
    }
}

impl Carrying {
    /// What it carries, where the hand is, whether it may be put down there or not.
    fn ghost(&self, board: &Board, cursor: Cell) -> Ghost {
        let by = (cursor.column - self.grip.column, cursor.row - self.grip.row);
        match &self.load {
            Load::Copy(clip, origin) => copied(clip, origin.offset(by.0, by.1)),
            Load::Things(names) => {
                let pieces = names.iter().filter_map(|name| board.piece(name));
                let facing = |facing: Facing| if self.turned { facing.turned() } else { facing };
                Ghost {
                    pieces: pieces
                        .map(|piece| (piece.spec.kind(), piece.at.offset(by.0, by.1), facing(piece.facing)))
                        .collect(),
                    faults: names
                        .iter()
                        .filter_map(|name| fault(board, name))
                        .flat_map(place_of)
                        .map(|(kind, at)| (kind, at.offset(by.0, by.1)))
                        .collect(),
                    ..Ghost::default()
                }
            }
        }
    }
}

fn place_of(fault: &Enemy) -> Option<(EnemyKind, Cell)> {
    fault.cells.first().map(|&at| (fault.kind.kind(), at))
}

fn copied(clip: &Clip, at: Cell) -> Ghost {
    let place = |cell: &Cell| at.offset(cell.column, cell.row);
    Ghost {
        pieces: clip.pieces.iter().map(|piece| (piece.kind, place(&piece.at), piece.facing)).collect(),
        pipes: clip.pipes.iter().map(|pipe| pipe.cells.iter().map(place).collect()).collect(),
        ..Ghost::default()
    }
}

impl Price {
    fn of_change(before: &Board, after: &Board) -> Self {
        let changed = after.pipes().iter().filter(|pipe| before.pipe(&pipe.name) != Some(*pipe));
        let mut price = Self { coins: i64::from(after.cost()) - i64::from(before.cost()), ..Self::default() };
        for pipe in changed {
            price.round_trip_cells += pipe.cells.len() * 2;
            if let Some(old) = before.pipe(&pipe.name) {
                *price.round_trip_cells_before.get_or_insert(0) += old.cells.len() * 2;
            }
        }
        price
    }
}
