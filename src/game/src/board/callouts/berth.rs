//! Where a call-out lies: near what it speaks of, in the room between the panels, and over as little as possible.

use super::super::enemies::cell_of;
use super::super::{area, centre};
use crate::atlas::CELL;
use bevy::math::{Rect, Vec2};
use pipe_maze_level::Board;

/// How much worse it is to cover a unit of something said before, of a piece or an enemy, and of a pipe, than to be a
/// unit further away.
const SAID: f32 = 40.0;
const PIECE: f32 = 1.0;
const PIPE: f32 = 0.35;
/// What a unit of distance costs for each unit of the card's height.
const AWAY: f32 = 0.12;
/// How far from what it speaks of it had best lie, in world units: there is room for a beak and a line.
const GAP: f32 = CELL * 0.55;
/// Places that are tried across the room and down it, besides those right beside it.
const TRIED: (u8, u8) = (7, 11);

/// What a call-out had better not cover, and how bad it is to.
#[derive(Default)]
pub(super) struct Crowd(Vec<(Rect, f32)>);

impl Crowd {
    /// Of a board: pieces with their roofs, enemies, pipes.
    pub fn of(board: &Board) -> Self {
        let mut crowd = Vec::new();
        for piece in board.pieces() {
            let cells = area(piece);
            let roof = Vec2::new(0.0, CELL * 0.8);
            crowd.push((Rect { min: cells.min, max: cells.max + roof }, PIECE));
        }
        // What hangs over a machine does so somewhere above its roof.
        let targets = board.enemies().iter().filter_map(|enemy| board.piece(enemy.target(board)?));
        for machine in targets {
            let cells = area(machine);
            let top = Vec2::new(cells.center().x, cells.max.y);
            crowd.push((Rect::from_corners(top - Vec2::X * CELL, top + Vec2::new(CELL, CELL * 3.4)), PIECE));
        }
        for cell in board.enemies().iter().filter_map(|enemy| cell_of(enemy, board)) {
            // Most of it rises over its cell.
            let (low, high) = (Vec2::new(-1.2, -0.9) * CELL, Vec2::new(1.2, 2.2) * CELL);
            crowd.push((Rect::from_corners(centre(cell) + low, centre(cell) + high), PIECE));
        }
        for &cell in board.pipes().iter().flat_map(|pipe| &pipe.cells) {
            crowd.push((Rect::from_center_size(centre(cell), Vec2::splat(CELL)), PIPE));
        }
        Self(crowd)
    }

    /// With what hangs over the board, such as panels, and what was said before.
    pub fn and(mut self, said: impl IntoIterator<Item = Rect>) -> Self {
        self.0.extend(said.into_iter().map(|rect| (rect, SAID)));
        self
    }

    /// The middle of the best place for a card of that size which speaks of what is at `place`.
    pub fn berth(&self, place: Rect, size: Vec2, room: Rect) -> Vec2 {
        let half = ((room.size() - size) * 0.5).max(Vec2::ZERO);
        let within = |at: Vec2| room.center() + (at - room.center()).clamp(-half, half);
        let beside = (size + place.size()) * 0.5 + GAP;
        let near =
            [(0.0, 1.0), (1.0, 0.4), (-1.0, 0.4), (0.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (1.0, -1.0), (-1.0, -1.0)];
        let near = near.into_iter().map(|(x, y)| place.center() + beside * Vec2::new(x, y));
        let (across, down) = TRIED;
        let far = (0..across).flat_map(|x| (0..down).map(move |y| (x, y))).map(|(x, y)| {
            let share = Vec2::new(f32::from(x) / f32::from(across - 1), f32::from(y) / f32::from(down - 1));
            room.center() + (share * 2.0 - 1.0) * half
        });
        let places = near.chain(far).map(within);
        let costs = places.map(|at| (self.cost(at, place, size), at));
        costs.min_by(|(a, _), (b, _)| a.total_cmp(b)).map_or(place.center(), |(_, at)| at)
    }

    fn cost(&self, at: Vec2, place: Rect, size: Vec2) -> f32 {
        let card = Rect::from_center_size(at, size);
        let covered = |rect: &Rect| {
            let common = card.intersect(*rect);
            if common.is_empty() { 0.0 } else { common.width() * common.height() }
        };
        let crowd: f32 = self.0.iter().map(|(rect, weight)| covered(rect) * weight).sum();
        // What it speaks of must be seen beside it.
        let hidden = covered(&place) * SAID;
        // Neither far away nor so near that nothing leads there.
        let apart = (place.min - card.max).max(card.min - place.max).max(Vec2::ZERO).length();
        crowd + hidden + (apart - GAP).abs() * size.y * AWAY
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;

    const ROOM: Rect = Rect { min: Vec2::new(-400.0, -300.0), max: Vec2::new(400.0, 300.0) };

    #[test]
    fn what_is_said_covers_nothing_that_was_said_before_nor_what_it_speaks_of() {
        let size = Vec2::new(150.0, 40.0);
        let mut said: Vec<Rect> = Vec::new();
        for target in [Vec2::ZERO, Vec2::new(10.0, 2.0), Vec2::new(390.0, 290.0), Vec2::new(-399.0, -250.0)] {
            let place = Rect::from_center_size(target, Vec2::splat(CELL));
            let at = Crowd::default().and(said.clone()).berth(place, size, ROOM);
            let card = Rect::from_center_size(at, size);
            assert!(ROOM.contains(card.min) && ROOM.contains(card.max), "{card:?}");
            assert!(said.iter().all(|other| other.intersect(card).is_empty()), "{card:?} {said:?}");
            assert!(!card.contains(target), "{card:?} {target}");
            said.push(card);
        }
    }

    #[test]
    fn it_lies_near_where_nothing_is_in_the_way() {
        let place = Rect::from_center_size(Vec2::ZERO, Vec2::splat(CELL));
        let at = Crowd::default().berth(place, Vec2::new(150.0, 40.0), ROOM);
        assert!(at.y > 0.0 && at.length() < 80.0, "{at}");
    }

    #[test]
    fn no_room_is_covered_while_there_is_space_beside_it() {
        let session = flowing();
        let board = session.board();
        let size = Vec2::new(170.0, 46.0);
        let terrain = board.terrain();
        let whole = Vec2::new(terrain.columns() as f32, -(terrain.rows() as f32)) * CELL;
        let room = Rect::from_corners(Vec2::new(-200.0, 100.0), whole + Vec2::new(200.0, -100.0));
        for piece in board.pieces() {
            let card = Rect::from_center_size(Crowd::of(board).berth(area(piece), size, room), size);
            for other in board.pieces() {
                let other = area(other);
                assert!(card.intersect(other).is_empty(), "{}: {card:?} {other:?}", piece.name);
            }
        }
    }
}
