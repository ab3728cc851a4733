//! Where pipes join pieces: an end of a pipe that lies in the mouth of a port is joined to it.

use super::{Board, Pipe};
use crate::edit::Refusal;
use crate::grid::{Cell, Heading};

/// A pipe and what its ends join.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Joint<'a> {
    /// The pipe.
    pub pipe: &'a Pipe,
    /// Where requests come in: the piece, its outlet's number and the heading from the pipe to the piece.
    pub source: Option<(&'a str, u8, Heading)>,
    /// Where requests go: the piece, and the heading from the pipe to the piece.
    pub target: Option<(&'a str, Heading)>,
    /// Whether requests flow against the order in which the cells are stored.
    pub reversed: bool,
}

impl Joint<'_> {
    /// Whether water can flow: both ends join a piece.
    pub const fn is_whole(&self) -> bool {
        self.source.is_some() && self.target.is_some()
    }

    /// The cells in the order in which requests flow.
    pub fn cells_along(&self) -> Vec<Cell> {
        let cells = self.pipe.cells.iter().copied();
        if self.reversed { cells.rev().collect() } else { cells.collect() }
    }
}

/// A port whose mouth is a given cell.
#[derive(Clone, Copy)]
struct Mouth<'a> {
    piece: &'a str,
    outlet: Option<u8>,
    /// From the pipe to the piece.
    heading: Heading,
}

impl Board {
    /// All pipes with what they join.
    pub fn joints(&self) -> impl Iterator<Item = Joint<'_>> {
        self.pipes.iter().map(|pipe| self.joint(pipe))
    }

    /// The cell in which the valve of a pipe sits: half way along.
    pub fn valve_cell(&self, pipe: &Pipe) -> Cell {
        let cells = self.joint(pipe).cells_along();
        cells.get(cells.len() / 2).copied().unwrap_or_default()
    }

    /// Whether a pipe to some port can end in this cell.
    pub fn is_mouth(&self, cell: Cell) -> bool {
        self.mouths(cell).next().is_some()
    }

    fn joint<'a>(&'a self, pipe: &'a Pipe) -> Joint<'a> {
        let (source, target, reversed) = self.ends(&pipe.cells);
        let source = source.map(|m| (m.piece, m.outlet.unwrap_or(0), m.heading));
        Joint { pipe, source, target: target.map(|m| (m.piece, m.heading)), reversed }
    }

    /// The outlet and the inlet at the ends of these cells, and whether the outlet is at the last one.
    fn ends(&self, cells: &[Cell]) -> (Option<Mouth<'_>>, Option<Mouth<'_>>, bool) {
        let (Some(&first), Some(&last)) = (cells.first(), cells.last()) else { return (None, None, false) };
        let outlet = |cell| self.mouths(cell).find(|m| m.outlet.is_some());
        let inlet = |cell| self.mouths(cell).find(|m| m.outlet.is_none());
        let along = (outlet(first), inlet(last));
        let against = (outlet(last), inlet(first));
        let joined = |(a, b): &(Option<Mouth<'_>>, Option<Mouth<'_>>)| u8::from(a.is_some()) + u8::from(b.is_some());
        if joined(&against) > joined(&along) { (against.0, against.1, true) } else { (along.0, along.1, false) }
    }

    /// Refuses cells whose ends join two outlets or two inlets.
    pub(super) fn check_ends(&self, cells: &[Cell]) -> Result<(), Refusal> {
        let (source, target, _) = self.ends(cells);
        let (Some(&first), Some(&last)) = (cells.first(), cells.last()) else { return Err(Refusal::NoCells) };
        let both_joined = cells.len() > 1 && self.is_mouth(first) && self.is_mouth(last);
        if both_joined && (source.is_none() || target.is_none()) {
            return Err(Refusal::SameWay(last));
        }
        Ok(())
    }

    fn mouths(&self, cell: Cell) -> impl Iterator<Item = Mouth<'_>> {
        self.pieces.iter().flat_map(move |piece| {
            let ports = piece.ports().filter(move |port| port.mouth_at(piece.at) == cell);
            ports.map(move |port| Mouth { piece: &piece.name, outlet: port.outlet, heading: port.heading.opposite() })
        })
    }
}
