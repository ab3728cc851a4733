//! Moving and turning a piece: the pipes that join it follow like a rubber band.
//!
//! Each pipe that joins the piece is taken up, the piece is put where it shall be, and the pipe is laid again: as much
//! of it as can stay, from its other end on, and then the fewest new cells to the port that it joined. Where there is
//! no way to the port, what can stay stays, with a loose end.

use super::{Board, Joint, Piece, Pipe};
use crate::edit::{Edit, Refusal};
use crate::grid::{Cell, Facing, Heading};
use std::collections::{BTreeMap, BTreeSet};

impl Board {
    pub(super) fn shift(&mut self, name: &str, to: Cell) -> Result<Edit, Refusal> {
        let piece = &self.pieces[self.own_piece(name)?];
        let moved = Piece { at: to, ..piece.clone() };
        self.put_elsewhere(&moved)
    }

    pub(super) fn rotate(&mut self, name: &str, to: Facing) -> Result<Edit, Refusal> {
        let piece = &self.pieces[self.own_piece(name)?];
        if !piece.spec.kind().turns() {
            return Err(Refusal::NoTurn(piece.spec.kind()));
        }
        let turned = Piece { facing: to, ..piece.clone() };
        self.put_elsewhere(&turned)
    }

    /// Puts a piece where it shall be, with its pipes and with the power-ups on it and on them.
    fn put_elsewhere(&mut self, piece: &Piece) -> Result<Edit, Refusal> {
        self.check_of_use(piece)?;
        let clashes = self.clashes();
        let joined: Vec<Joined> = self.joints().filter_map(|joint| Joined::to(&joint, &piece.name)).collect();
        let mut trial = self.clone();
        let mut undo = Vec::new();
        let from = self.piece(&piece.name).map_or(piece.at, |before| before.at);
        let mounted: Vec<Piece> =
            self.piece(&piece.name).into_iter().flat_map(|host| self.power_ups_on_piece(host)).cloned().collect();
        undo.extend(mounted.iter().map(|each| trial.take_off(&each.name)));
        let mut lifted = Vec::new();
        for each in &joined {
            lifted.push(trial.lift(&each.pipe.name, &mut undo));
            undo.push(trial.take_up(&each.pipe.name)?);
        }
        undo.push(trial.restore(piece.clone())?);
        for each in mounted {
            let at = each.at.offset(piece.at.column - from.column, piece.at.row - from.row);
            undo.push(trial.restore(Piece { at, ..each })?);
        }
        for (each, lifted) in joined.iter().zip(lifted) {
            let cells = each.cells_to(&trial, piece)?;
            undo.push(trial.restore_pipe(&Pipe { cells, ..each.pipe.clone() })?);
            trial.settle(lifted, &each.pipe.name, &mut undo);
        }
        trial.check_new_clash(&clashes)?;
        *self = trial;
        Ok(inverse(undo))
    }
}

/// What undoes all of it, from what undoes each step.
pub(super) fn inverse(mut undo: Vec<Edit>) -> Edit {
    undo.reverse();
    if undo.len() == 1 { undo.swap_remove(0) } else { Edit::Batch(undo) }
}

/// A pipe that joins the piece which moves.
struct Joined {
    pipe: Pipe,
    /// The port that its first stored cell joins, if that is one of the piece's: outlet or inlet.
    first: Option<Option<u8>>,
    /// The same of its last stored cell.
    last: Option<Option<u8>>,
    /// Where the piece stood.
    mouth: Cell,
}

impl Joined {
    fn to(joint: &Joint<'_>, name: &str) -> Option<Self> {
        let source = joint.source.filter(|(piece, ..)| *piece == name).map(|(_, outlet, _)| Some(outlet));
        let target = joint.target.filter(|(piece, _)| *piece == name).map(|_| None);
        let (first, last) = if joint.reversed { (target, source) } else { (source, target) };
        let cells = &joint.pipe.cells;
        let mouth = if first.is_some() { cells.first() } else { cells.last() };
        let mouth = *mouth.filter(|_| first.is_some() || last.is_some())?;
        Some(Self { pipe: joint.pipe.clone(), first, last, mouth })
    }

    /// The pipe's cells now that the piece stands where it stands, and the pipe itself is taken up.
    fn cells_to(&self, board: &Board, piece: &Piece) -> Result<Vec<Cell>, Refusal> {
        match (self.first, self.last) {
            (Some(_), Some(_)) => self.carried(board, piece),
            (Some(port), None) => {
                let from_far: Vec<Cell> = self.pipe.cells.iter().rev().copied().collect();
                let mut cells = self.followed(board, &from_far, piece.mouth(port))?;
                cells.reverse();
                Ok(cells)
            }
            (None, port) => self.followed(board, &self.pipe.cells, port.and_then(|port| piece.mouth(port))),
        }
    }

    /// A pipe from the piece to itself goes where the piece goes.
    fn carried(&self, board: &Board, piece: &Piece) -> Result<Vec<Cell>, Refusal> {
        let Some(to) = self.first.and_then(|port| piece.mouth(port)) else { return Ok(self.pipe.cells.clone()) };
        let (columns, rows) = (to.column - self.mouth.column, to.row - self.mouth.row);
        let cells: Vec<Cell> = self.pipe.cells.iter().map(|cell| cell.offset(columns, rows)).collect();
        board.check_route(&self.pipe.name, &cells)?;
        Ok(cells)
    }

    /// The cells from the far end to `mouth`, or as many of them as can stay.
    fn followed(&self, board: &Board, from_far: &[Cell], mouth: Option<Cell>) -> Result<Vec<Cell>, Refusal> {
        // Where a cell is in the way, no longer part of the pipe can stay: they are not tried one by one, for there may be
        // thousands. Only the last cell counts otherwise than in the whole: it can be no bridge.
        let most = board.check_cells(&self.pipe.name, from_far).map_or_else(|(nth, _)| nth, |()| from_far.len());
        let stays = |count: &usize| board.check_route(&self.pipe.name, &from_far[..*count]).is_ok();
        let count = (1..=most).rev().find(stays);
        let Some(count) = count else {
            let cell = from_far.first().copied().unwrap_or_default();
            return Err(Refusal::PipeThere(cell, self.pipe.name.clone()));
        };
        let kept = &from_far[..count];
        Ok(mouth.and_then(|mouth| self.reach(board, kept, mouth)).unwrap_or_else(|| kept.to_vec()))
    }

    /// The cells kept, up to the one from which the fewest new cells lead to `mouth`, and those. Of several such cells
    /// the last, so that a long way that was meant stays long.
    fn reach(&self, board: &Board, kept: &[Cell], mouth: Cell) -> Option<Vec<Cell>> {
        let mut came_from = BTreeMap::from([(mouth, mouth)]);
        let mut ring = BTreeSet::from([mouth]);
        while !ring.is_empty() {
            let reached = (0..kept.len()).rev().filter(|&i| ring.contains(&kept[i]));
            let mut routes = reached.map(|i| {
                let way =
                    std::iter::successors(Some(kept[i]), |at| came_from.get(at).filter(|&next| next != at).copied());
                kept[..i].iter().copied().chain(way).collect::<Vec<Cell>>()
            });
            if let Some(route) = routes.find(|route| board.check_route(&self.pipe.name, route).is_ok()) {
                return Some(route);
            }
            let mut next = BTreeSet::new();
            for &cell in ring.iter().filter(|&&cell| cell == mouth || board.is_free(cell)) {
                for neighbour in Heading::ALL.map(|heading| cell.step(heading)) {
                    let open = board.is_free(neighbour) || kept.contains(&neighbour);
                    if open && !came_from.contains_key(&neighbour) {
                        came_from.insert(neighbour, cell);
                        next.insert(neighbour);
                    }
                }
            }
            ring = next;
        }
        None
    }
}
