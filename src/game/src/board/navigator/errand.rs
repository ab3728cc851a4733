//! An errand while one plans, when time stands still and building takes none: from where the Navigator stands to what was
//! built, and home again. All of it follows from when it began.

use crate::atlas::CELL;
use crate::board::centre;
use bevy::math::Vec2;
use pipe_maze_level::{Board, Cell, Kind, Piece, navigator};

/// World units in a second on the way, and the longest that a way may take, in seconds.
const SPEED: f32 = CELL * 13.0;
const WAY_S_MAX: f32 = 0.9;
/// How long the work takes, and how long it is looked at, in seconds.
const FIX_S: f32 = 0.9;
const LOOK_S: f32 = 0.7;
/// From which difference in height on the way is ridden, in world units.
const STEP: f32 = CELL * 0.75;
/// How high above the middle of its cell a pipe can be stood upon, in world units.
const PIPE_TOP: f32 = 15.0;
/// How much wider than its cell a spring is on each side, with room for who stands beside it, in world units.
const BASIN: f32 = CELL * 0.8;

/// What the Navigator does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pose {
    /// Stands about.
    Idle,
    /// Goes somewhere on foot.
    Walking,
    /// Goes up or down.
    Riding,
    /// Builds.
    Fixing,
}

/// A way there and back.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Errand {
    /// Where it began.
    pub from: Vec2,
    /// Where there is work.
    pub to: Vec2,
    /// Where it ends.
    pub home: Vec2,
    /// When it began, by the beat.
    pub since_s: f64,
}

impl Default for Errand {
    fn default() -> Self {
        Self::rest(Vec2::ZERO)
    }
}

impl Errand {
    /// Nothing to do.
    pub const fn rest(home: Vec2) -> Self {
        Self { from: home, to: home, home, since_s: f64::NEG_INFINITY }
    }

    /// How long all of it takes, in seconds.
    pub fn whole_s(&self) -> f32 {
        way_s(self.from, self.to) + FIX_S + LOOK_S + way_s(self.to, self.home)
    }

    /// So many seconds after it began: where the Navigator is, doing what, and whether facing left.
    pub fn at(&self, since_s: f32) -> (Vec2, Pose, bool) {
        let there_s = way_s(self.from, self.to);
        let back_s = since_s - there_s - FIX_S - LOOK_S;
        if since_s < there_s {
            on_way(self.from, self.to, since_s / there_s)
        } else if since_s < there_s + FIX_S {
            (self.to, Pose::Fixing, false)
        } else if back_s < 0.0 {
            (self.to, Pose::Idle, false)
        } else if back_s < way_s(self.to, self.home) {
            on_way(self.to, self.home, back_s / way_s(self.to, self.home))
        } else {
            (self.home, Pose::Idle, false)
        }
    }
}

fn way_s(from: Vec2, to: Vec2) -> f32 {
    (from.distance(to) / SPEED).min(WAY_S_MAX)
}

fn on_way(from: Vec2, to: Vec2, share: f32) -> (Vec2, Pose, bool) {
    let rides = (from.y - to.y).abs() > STEP;
    let eased = share * share * (3.0 - 2.0 * share);
    let hop = if rides { (share * std::f32::consts::PI).sin() * CELL * 0.6 } else { 0.0 };
    let pose = if rides { Pose::Riding } else { Pose::Walking };
    (from.lerp(to, eased) + Vec2::new(0.0, hop), pose, to.x < from.x)
}

/// Where he starts when the water is turned on.
pub fn home(board: &Board) -> Vec2 {
    on(board, navigator::home(board))
}

/// Beside a spring he stands so far from the middle of his cell that he is not in its basin, but on the ground.
fn clear_of_spring(board: &Board, cell: Cell) -> f32 {
    let springs = board.pieces().iter().filter(|piece| piece.spec.kind() == Kind::Spring);
    let beside = springs.flat_map(|spring| {
        let (columns, rows) = spring.spec.kind().size();
        [(-1, -1.0), (columns, 1.0)].map(|(column, side)| (spring.at.offset(column, rows - 1), side))
    });
    let side = beside.into_iter().find(|&(place, _)| place == cell).map_or(0.0, |(_, side)| side);
    // At the edge of the board there is less room.
    let x = centre(cell).x;
    let (least, most) = (CELL * 0.4, board.terrain().columns() as f32 * CELL - CELL * 0.4);
    (x + side * BASIN).clamp(least.min(x), most.max(x)) - x
}

/// Where one stands to work on what differs between two boards: the first piece that is new or changed, else the first
/// such pipe, else where something was taken away.
pub fn changed(before: &Board, after: &Board) -> Option<Vec2> {
    let piece = |of: &Board, other: &Board| {
        let new = of.pieces().iter().find(|piece| other.piece(&piece.name) != Some(*piece));
        new.map(|piece| beside(of, piece))
    };
    let pipe = |of: &Board, other: &Board| {
        let new = of.pipes().iter().find(|pipe| other.pipe(&pipe.name) != Some(*pipe));
        new.and_then(|pipe| pipe.cells.get(pipe.cells.len() / 2)).map(|&cell| on(of, cell))
    };
    let found = piece(after, before).or_else(|| pipe(after, before));
    found.or_else(|| piece(before, after)).or_else(|| pipe(before, after))
}

/// At the inlet of a piece, or where there is none, at its lower left.
fn beside(board: &Board, piece: &Piece) -> Vec2 {
    let (_, rows) = piece.spec.kind().size();
    on(board, piece.mouth(None).unwrap_or_else(|| piece.at.offset(if rows > 1 { -1 } else { 0 }, rows - 1)))
}

/// On top of the pipe in a cell, or on the cell's ground.
pub fn on(board: &Board, cell: Cell) -> Vec2 {
    let height = if board.pipe_at(cell).is_some() { PIPE_TOP } else { -CELL * 0.5 };
    centre(cell) + Vec2::new(clear_of_spring(board, cell), height)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::board::tests::flowing;
    use pipe_maze_level::Edit;

    #[test]
    fn an_errand_leads_there_and_home_again() {
        let errand =
            Errand { from: Vec2::ZERO, to: Vec2::new(400.0, -10.0), home: Vec2::new(0.0, 200.0), since_s: 0.0 };
        assert_eq!(errand.at(0.0), (errand.from, Pose::Walking, false));
        assert_eq!(errand.at(1.0), (errand.to, Pose::Fixing, false));
        assert_eq!(errand.at(2.0).1, Pose::Idle);
        let (at, pose, left) = errand.at(errand.whole_s() - 0.1);
        assert!(pose == Pose::Riding && left && at.x < 400.0);
        assert_eq!(errand.at(f32::INFINITY), (errand.home, Pose::Idle, false));
        // It began before everything.
        assert_eq!(Errand::rest(errand.home).at(f32::INFINITY), (errand.home, Pose::Idle, false));
    }

    #[test]
    fn at_home_he_stands_beside_the_spring_and_on_the_ground() {
        let session = flowing();
        let board = session.board();
        let spring = board.pieces().iter().find(|piece| piece.spec.kind() == Kind::Spring).unwrap();
        let (columns, rows) = spring.spec.kind().size();
        let middle = centre(spring.at).x + (columns - 1) as f32 * CELL * 0.5;
        let at = home(board);
        assert!((at.x - middle).abs() >= CELL * 1.5, "clear of its basin: {at}");
        assert!((at.y - (centre(spring.at.offset(0, rows - 1)).y - CELL * 0.5)).abs() < 1e-3, "on its ground: {at}");
    }

    #[test]
    fn the_way_leads_to_what_was_changed() {
        let mut session = flowing();
        session.stop();
        let before = session.board().clone();
        assert_eq!(changed(&before, &before), None);
        session.edit(&Edit::Remove { name: "fire".into() }).unwrap();
        let fire = before.piece("fire").unwrap();
        let at = changed(&before, session.board()).unwrap();
        assert!(at.distance(centre(fire.at)) < CELL, "{at}");
        session.undo();
        session.edit(&Edit::RemovePipe { name: "feed".into() }).unwrap();
        assert!(changed(&before, session.board()).is_some());
    }
}
