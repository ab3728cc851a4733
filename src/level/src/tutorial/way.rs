//! The way of a pipe that a step wants drawn: through cells that are free whatever stands on the board by now.

use super::Which;
use crate::board::Board;
use crate::edit::Edit;
use crate::grid::Cell;
use std::collections::BTreeSet;

/// Where a pipe can be begun or ended.
#[derive(Clone, Copy)]
struct End {
    cell: Cell,
    /// It is the loose end of a pipe that joins the piece already: that one is drawn on.
    loose: bool,
}

/// The cells of the shortest pipe that can be laid now from one to the other, in the order in which they are drawn. It
/// keeps off the ports of others where it can. Nothing where there is no way, or none that can be paid.
pub(super) fn find(board: &Board, from: &Which, to: &Which) -> Option<Vec<Cell>> {
    let (sources, targets) = (ends(board, from, true), ends(board, to, false));
    let pairs = || sources.iter().flat_map(|source| targets.iter().map(move |target| (*source, *target)));
    let best = |keep_off: &BTreeSet<Cell>| {
        let ways = pairs().filter_map(|(source, target)| match (source.loose, target.loose) {
            // Two pipes do not become one.
            (true, true) => None,
            // It is drawn from where it already is.
            (false, true) => drawn(board, target, source, keep_off),
            _ => drawn(board, source, target, keep_off),
        });
        ways.min_by_key(Vec::len)
    };
    best(&board.all_mouths()).or_else(|| best(&BTreeSet::new()))
}

/// The outlets, or the inlets, of those pieces to which a pipe can be laid.
fn ends(board: &Board, which: &Which, outlet: bool) -> Vec<End> {
    let mut ends = Vec::new();
    for piece in which.find(board) {
        for port in piece.ports().filter(|port| port.outlet.is_some() == outlet) {
            let mouth = port.mouth_at(piece.at);
            if board.is_free(mouth) {
                ends.push(End { cell: mouth, loose: false });
            }
            let loose = board.joints().filter_map(|joint| {
                let (source, target) = (joint.source.map(|(name, ..)| name), joint.target.map(|(name, _)| name));
                let cells = joint.cells_along();
                let (&first, &last) = (cells.first()?, cells.last()?);
                let (own, other, at, end) =
                    if outlet { (source, target, first, last) } else { (target, source, last, first) };
                (own == Some(&*piece.name) && other.is_none() && at == mouth).then_some(end)
            });
            ends.extend(loose.map(|cell| End { cell, loose: true }));
        }
    }
    ends
}

fn drawn(board: &Board, from: End, to: End, keep_off: &BTreeSet<Cell>) -> Option<Vec<Cell>> {
    let new = if from.loose {
        board.route_on(from.cell, to.cell, keep_off)?
    } else {
        board.route(from.cell, to.cell, keep_off)?
    };
    let lay = Edit::LayPipe { name: board.free_name("pipe"), cells: new.clone() };
    if board.refusal(&lay).is_some() {
        return None;
    }
    Some(if from.loose { [from.cell].into_iter().chain(new).collect() } else { new })
}
