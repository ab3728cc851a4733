//! Where on the board a request is on a leg of its way.

use crate::atlas::CELL;
use crate::board::{centre, corner};
use bevy::math::Vec2;
use pipe_maze_level::timeline::{Leg, LegKind};
use pipe_maze_level::{Board, Heading};
use pipe_maze_sim::{Direction, PieceId, Time};

/// The point at which a request is on that leg at that moment, in world units; nothing where the place is gone.
pub fn of_leg(board: &Board, leg: &Leg, at: Time) -> Option<Vec2> {
    match leg.kind {
        LegKind::Pipe(direction) => in_pipe(board, leg.piece, direction, leg.share(at) as f32),
        LegKind::Queue | LegKind::Work | LegKind::Waiting | LegKind::Client => of_piece(board, leg.piece),
    }
}

/// The middle of a piece or pipe; of an enemy the middle of what it strikes.
pub fn of(board: &Board, id: PieceId) -> Option<Vec2> {
    let struck = board.enemies().iter().find(|enemy| enemy.id() == id).and_then(|enemy| enemy.target(board));
    let id = struck.map_or(id, PieceId::from_name);
    of_piece(board, id).or_else(|| in_pipe(board, id, Direction::Forward, 0.5))
}

fn of_piece(board: &Board, id: PieceId) -> Option<Vec2> {
    let piece = board.pieces().iter().find(|piece| PieceId::from_name(&piece.name) == id)?;
    let (columns, rows) = piece.spec.kind().size();
    Some(corner(piece.at) + Vec2::new(columns as f32, -rows as f32) * CELL * 0.5)
}

/// So far through a pipe, 0 to 1, that way.
pub fn in_pipe(board: &Board, id: PieceId, direction: Direction, share: f32) -> Option<Vec2> {
    let joint = board.joints().find(|joint| PieceId::from_name(&joint.pipe.name) == id)?;
    let cells = joint.cells_along();
    let (first, last) = (*cells.first()?, *cells.last()?);
    let edge = |heading: Heading| {
        let (x, y) = heading.offset();
        Vec2::new(x as f32, -(y as f32)) * CELL * 0.5
    };
    let begin = joint.source.map(|(_, _, heading)| centre(first) + edge(heading));
    let end = joint.target.map(|(_, heading)| centre(last) + edge(heading));
    let points: Vec<Vec2> = begin.into_iter().chain(cells.into_iter().map(centre)).chain(end).collect();
    let share = if direction == Direction::Forward { share } else { 1.0 - share };
    Some(along(&points, share.clamp(0.0, 1.0)))
}

/// So far along a line through those points, 0 to 1.
fn along(points: &[Vec2], share: f32) -> Vec2 {
    let whole: f32 = points.windows(2).map(|pair| pair[0].distance(pair[1])).sum();
    let mut left = whole * share;
    for pair in points.windows(2) {
        let length = pair[0].distance(pair[1]);
        if left <= length && length > 0.0 {
            return pair[0].lerp(pair[1], left / length);
        }
        left -= length;
    }
    points.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    #[test]
    fn a_pipe_is_ridden_from_its_source_to_its_target_and_back() {
        let session = flowing();
        let board = session.board();
        for joint in board.joints().filter(|joint| joint.is_whole()) {
            let id = PieceId::from_name(&joint.pipe.name);
            let at = |direction, share| in_pipe(board, id, direction, share).unwrap();
            let cells = joint.cells_along();
            let (begin, end) = (at(Direction::Forward, 0.0), at(Direction::Forward, 1.0));
            assert!(begin.distance(centre(cells[0])) <= CELL * 0.51, "{}", joint.pipe.name);
            assert!(end.distance(centre(*cells.last().unwrap())) <= CELL * 0.51, "{}", joint.pipe.name);
            assert!(at(Direction::Backward, 0.0).distance(end) < 0.01);
            let steps: Vec<Vec2> = (0..=200).map(|n| at(Direction::Forward, n as f32 / 200.0)).collect();
            let longest = steps.windows(2).map(|pair| pair[0].distance(pair[1])).fold(0.0, f32::max);
            assert!(longest <= (cells.len() + 1) as f32 * CELL / 200.0 + 0.01, "{}: no jump", joint.pipe.name);
        }
        assert_eq!(of(board, PieceId(7)), None);
    }
}
